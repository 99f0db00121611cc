# See ../en/site.ftl.

## Marks beside the title of an incident, and severities

site-mark-drill = Учебное сообщение
site-mark-reconstruction = Реконструкция
severity-minor = небольшая
severity-moderate = умеренная
severity-major = значительная
severity-near-total = почти полная

## The front page

home-title = Перебои в работе интернета и их доказательства
home-description = Перебои в работе интернета: как они обнаруживаются, подтверждаются и заканчиваются.
home-updated = Последнее обновление: { $time }.
home-subscribe = Подписка: { $ways }.
home-subscribe-all = все инциденты (Atom)
home-subscribe-corrections = исправления (Atom)
home-subscribe-more = другие ленты
home-subscribe-mail = по электронной почте
home-now = Сейчас
home-none-open = Открытых инцидентов не опубликовано.
home-places = Все места на одной странице: уровень каждой наблюдаемой страны и сети
home-map-note = Страны, у которых есть открытый инцидент на этой странице, по наибольшей степени нарушения: { $severities }. В списке названы все; если страна не окрашена, это не значит, что перебоев в ней нет. Контуры: Natural Earth.
home-map = Страны с открытым инцидентом: { $incidents }
home-map-empty = Ни одна страна не отмечена: открытых инцидентов не опубликовано
home-timeline = Когда и как долго
home-past = Прошлые
home-follow = Следить
home-follow-all = Все инциденты: { $feeds }. Исправления и отозванные сообщения: { $corrections }. На странице инцидента есть ссылка на ленту его страны.
home-follow-mail = { $link }: вы выбираете места и то, насколько глубоким должно быть снижение.
home-follow-mail-link = По электронной почте
home-follow-alerts = { $link }: для программ, которые передают оповещения населению. В каждом оповещении сказано, как его понимать; помеченное как проверка нельзя передавать как настоящее.
home-follow-alerts-link = Оповещения (CAP 1.2)
home-follow-map = { $link }: открытые сейчас инциденты и их места, для карт.
home-follow-map-link = Данные для карт (GeoJSON)
home-follow-calendar = { $link }: время, когда ожидается снижение, например объявленные работы.
home-follow-calendar-link = Календарь (iCalendar)
home-follow-api = { $link }: места, инциденты и замеры, по которым построены графики.
home-follow-api-link = Данные для программ (JSON, описание в OpenAPI)
home-sources = Источники
home-sources-note = По состоянию на { $time }. Неисправный или молчащий источник никогда не открывает и не закрывает инцидент. { $link }
home-sources-note-link = То же в виде данных (JSON)
home-column-signal = Показатель
home-column-reading = Последний замер
home-column-state = Состояние
home-no-reading = пока нет

## The page of a country or a network

place-title = Интернет, { $place }: уровни и перебои
place-description = { $place }: измеренные уровни интернета, последние 28 дней и зарегистрированные перебои.
place-country = Страна или территория
place-network = Сеть AS{ $number }
place-network-within = Сеть AS{ $number }, { $country }
place-now = Сейчас
place-column-level = Уровень
place-column-reading = Последний опубликованный замер
place-unpublished = опубликованных замеров нет
place-unpublished-month = за 28 дней нет
place-level-note = Уровень — это замер в процентах от того, чего следует ожидать по предыдущим часам и дням. Если опубликованных замеров нет, это ничего не говорит о сети: замеры могут опаздывать, отсутствовать или быть ещё не проверенными.
place-no-levels = Опубликованных замеров нет.
place-days = Последние 28 дней
place-days-note = Среднее за каждый час; нижний край графика — 0. Разрыв — это час без опубликованных замеров. Сутки — по UTC.
place-highest = Самый высокий час: { $value }
place-chart = { $signal }, { $first } – { $last }: от { $lowest } до { $highest }; часов с замерами: { $read } из { $hours }
place-chart-empty = { $signal }, { $first } – { $last }: опубликованных замеров нет
place-history = Зарегистрированные инциденты
place-ended-one = Завершился один инцидент этого места. Длительность: { $longest }.
place-ended-two = Завершились два инцидента этого места. Длительность самого долгого: { $longest }.
place-ended-more = Завершившиеся инциденты этого места: { $n }. Медианная длительность: { $median }; длительность самого долгого: { $longest }.
place-classes = Подтверждённые инциденты по классам
place-column-class = Класс
place-column-incidents = Инциденты
place-column-median = Медианная длительность
place-column-longest = Самый долгий
place-not-given = не указано
place-classes-note = Класс говорит, на что похожа картина в данных, а не кто и почему. Учебные сообщения, отозванные инциденты и инциденты, зарегистрированные для другого места или другой сети, не учитываются.
place-classes-durations = Длительность указана, если завершились не менее трёх.
place-classes-newest = Учтены только самые новые инциденты.
place-seasons = По времени начала (местное время): { $counts }.
place-follow = Следить; данные
place-feeds = Инциденты этого места: { $feeds }.
place-feeds-all = Инциденты всех мест: { $feeds }.
place-feed-later = Лента этого места начнётся с первым инцидентом.
place-data = Инциденты в виде данных (JSON)
place-mail = Инциденты этого места по электронной почте
place-sources = Источники: { $credits }.

## All places

places-title = Все места на одной странице
places-description = Уровень интернета в каждой наблюдаемой стране и сети.
places-note = Все наблюдаемые места и уровень каждого показателя: последний замер в процентах от того, чего следует ожидать по предыдущим часам и дням. По состоянию на { $time }; рядом с уровнем — время его замера: месяц, день и час.
places-utc = Время — UTC.
places-missing-note = «Опубликованных замеров нет» ничего не говорит о сети: замеры могут опаздывать, отсутствовать или быть ещё не проверенными.
places-countries = Страны и территории
places-countries-letters = Страны по буквам
places-networks = Сети
places-networks-letters = Сети по буквам
places-column-place = Место
places-column-incident = Инцидент
places-unwatched = не наблюдается
places-no-incident = не опубликовано
places-empty = Замеры ещё не опубликованы. Список появится с первым из них.

## The words of the script

script-zone = Показать время в моём часовом поясе
script-zone-back = Показать время UTC
script-zone-note = Время теперь показано в вашем часовом поясе, { $zone }, кроме мест, где написано UTC: в текстах в том виде, в каком они опубликованы, в промежутках времени и на изображениях.
script-filter = Отбор по названию
script-filter-shown = Показано: { $shown } из { $all }
script-chart-time = Время на графике
script-chart-reading = { $hours ->
    [1] Последний замер за час, который заканчивается в { $time }:
   *[other] Последний замер за период ({ $hours } ч), который заканчивается в { $time }:
}
script-chart-closer = Увеличить вокруг этого времени
script-chart-whole = Показать весь период
script-chart-shown = Показано: { $from } – { $to }
script-chart-failed = График не удалось загрузить снова.

## The front page's chart where the archive has more than it shows

newest-line = Самые новые из зарегистрированных перебоев: { $n }
newest-line_going = Самые новые из зарегистрированных перебоев: { $n }, из них продолжаются: { $going }

## How a source stands now

standings-ordinary = обычное
standings-untold = данные поступают; наблюдаемых мест слишком мало, чтобы судить о неисправности
standings-unheard = замеров пока нет
standings-silent = нет данных с { $since }
standings-ill = неисправен с { $since }: { $why }
standings-ill_undated = неисправен: { $why }
