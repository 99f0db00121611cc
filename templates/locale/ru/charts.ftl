# The words on a chart; see ../en/charts.ftl.

references-weekly = медиана в тот же час недели за четыре недели до каждого замера ({ $since } – { $until }, без времени сбоев)
references-daily = медиана в тот же час суток за срок до семи дней перед каждым замером ({ $since } – { $until }, без времени сбоев)
references-flat = медиана за срок до недели перед каждым замером ({ $since } – { $until }, без времени сбоев)
references-kept = уровень недели до начала ({ $since } – { $until })
references-unknown = то, чего следует ждать по сравнимым часам ({ $since } – { $until }, без времени сбоев)
chart-reference = 100 % — это { $reference }.
chart-key = Проценты от обычного
chart-land = Карта: Natural Earth и US Census Bureau, общественное достояние; границы и названия ничего не говорят об их статусе.
chart-ordinary = обычный уровень = 100 %
chart-band = обычный уровень = 100 %; фон: ожидаемый диапазон, { $name }
chart-begins = Начало сбоя
chart-drop = Начало спада
chart-ends = Снова обычный уровень
chart-gap = нет данных
chart-stale =
    { $name }
    нет данных с { $time }
chart-nothing =
    { $name }
    нет текущего значения
chart-mark_day = { $day }, { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } в { $time }
chart-foot = На { $as_of } · последние значения могут уточняться · инцидент { $incident } · { $address }
chart-site = На { $as_of } · последние значения могут уточняться · { $address }
chart-reconstructed = Реконструкция по опубликованным фактам, не измерение.
chart-data = Данные: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = РЕКОНСТРУКЦИЯ
chart-drill = УЧЕНИЯ
chart-test = Тестовое изображение, не новость
chart-together = независимых семейств сигналов: { $n }
chart-ongoing = { $length }, продолжается
chart-unsure = { $name } (один источник)
chart-subtitle = { $metrics }, проценты от { $method }, { $period }
chart-lasted = { $place } — { $noun }: { $duration }
chart-lasting = { $place } — { $noun }, длится уже: { $duration }
chart-lasted_alone = { $place } — спад по данным одного источника: { $duration }
chart-lasting_alone = { $place } — спад по данным одного источника, длится уже: { $duration }
chart-beside = { $n ->
    [one] Длительность в сравнении с { $n } прежним инцидентом ({ $place }); бледным показано то, что точно не известно
   *[other] Длительность в сравнении с { $n } прежними инцидентами ({ $place }); бледным показано то, что точно не известно
}
chart-line = { $n ->
    [one] { $n } зарегистрированный сбой
    [few] { $n } зарегистрированных сбоя
   *[other] { $n } зарегистрированных сбоев
}
chart-line_going = { chart-line }, не завершено: { $going }
chart-line_period = От начала до окончания каждого, { $period }; бледным показано то, что точно не известно
badge-retracted = сообщение отозвано
badge-ended = окончание: { $ended }
badge-lasted = длительность: { $duration }
badge-suspected = один источник, подтверждения нет · начало спада: { $onset }
badge-began = начало: { $onset }
period-days = { $since } – { $until }
period-within = { $first }–{ $until }
