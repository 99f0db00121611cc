# The vocabulary, and how times, numbers and lists are put; see ../en/words.ftl.

dates-clock = HH:mm
dates-date = d MMMM
dates-dated = d MMMM y
dates-day = { $weekday ->
    [1] 'в понедельник', d MMMM
    [2] 'во вторник', d MMMM
    [3] 'в среду', d MMMM
    [4] 'в четверг', d MMMM
    [5] 'в пятницу', d MMMM
    [6] 'в субботу', d MMMM
   *[other] 'в воскресенье', d MMMM
}
dates-short = d MMM
dates-tick = ccc, d MMM
times-utc = { $time } UTC
times-on = { $time } { $day }
times-local = { $moment } ({ $city }: { $local })
times-brief = { $day } { $time } UTC
times-moment = { $day } { $time }
times-around = около { $moment }
times-between = между { $since } и { $until } UTC
times-between-on = между { $since } и { $until } UTC { $day }
times-between-days = между { $since } и { $until }
times-morning = утром { $day }, по местному времени ({ $city }; { $since }–{ $until } UTC)
times-afternoon = днём { $day }, по местному времени ({ $city }; { $since }–{ $until } UTC)
times-evening = вечером { $day }, по местному времени ({ $city }; { $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = время: { $city } ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
# A duration always follows a word of one of the next three messages, which asks for its case.
durations-about = около { $one }
durations-between = от { $shortest } до { $longest }
durations-least = менее { $longest }
durations-parts = { $large } { $small }
durations-day = { $n ->
    [one] { $n } дня
   *[other] { $n } дней
}
durations-hour = { $n ->
    [one] { $n } часа
   *[other] { $n } часов
}
durations-minute = { $n ->
    [one] { $n } минуты
   *[other] { $n } минут
}
lists-comma = { $head }, { $next }
lists-and = { $head } и { $last }
lists-first = { $name } ({ $level })
lists-next = { $name } ({ $level })
lists-more = ещё { $n }
lists-still = { $name } на уровне { $level }
lists-timed = { $level } ({ $time })
numbers-percent = { $n }%
numbers-trace = менее 1%
numbers-above = более { $n }%
numbers-range = { $low }–{ $high }%
kinds-suspected = Предположительно
kinds-confirmed = Подтверждено
kinds-escalated = Ухудшение
kinds-updated = Обновлено
kinds-partly-restored = Частично восстановлено
kinds-reopened = Повторное снижение
kinds-restored = Восстановлено
kinds-corrected = Исправление
kinds-retracted = Отозвано
nouns-operator-minor = небольшие перебои в отдельных сетях
nouns-operator-moderate = перебои в отдельных сетях
nouns-operator-major = значительные перебои в отдельных сетях
nouns-operator-near-total = почти полное отсутствие интернет-связи в отдельных сетях
nouns-mobile-minor = небольшие перебои в работе мобильного интернета
nouns-mobile-moderate = перебои в работе мобильного интернета
nouns-mobile-major = значительные перебои в работе мобильного интернета
nouns-mobile-near-total = почти полное отсутствие мобильного интернета
nouns-regional-minor = небольшие перебои в работе интернета в части страны
nouns-regional-moderate = перебои в работе интернета в части страны
nouns-regional-major = значительные перебои в работе интернета в части страны
nouns-regional-near-total = почти полное отсутствие интернета в части страны
nouns-national-minor = небольшие перебои в работе интернета в масштабе страны
nouns-national-moderate = перебои в работе интернета в масштабе страны
nouns-national-major = значительные перебои в работе интернета в масштабе страны
nouns-national-near-total = почти полное отсутствие интернета в масштабе страны
nouns-place-minor = небольшие перебои в работе интернета
nouns-place-moderate = перебои в работе интернета
nouns-place-major = значительные перебои в работе интернета
nouns-place-near-total = почти полное отсутствие интернета
places-within = { $name }
subjects-operator = { $parts }: уровень интернет-связи
subjects-regional = { $parts }: уровень интернет-связи
subjects-national = { $parts }: уровень интернет-связи
subjects-mobile = { $place }: уровень мобильной интернет-связи
subjects-place = { $place }: уровень интернет-связи
families-active-probing = активное зондирование
families-traffic = трафик
families-control-plane = маршрутизация BGP
families-telemetry = телеметрия
families-telescope = фоновый трафик сетевого телескопа
products-traffic = трафик { $product }
products-telemetry = телеметрия { $product }
methods-weekly = обычного уровня для того же часа недели
methods-daily = обычного уровня для того же часа суток
methods-flat = обычного уровня предыдущих дней
methods-kept = уровня до снижения
methods-none = обычного уровня
methods-unknown = обычного уровня
credits-line = { $credit } – { $licence }
credits-reserved = все права защищены
credits-sources = { $signals } ({ $source })
credits-source = { $signals }, { $source }
credits-measured = { $signals } ({ $source })
credits-unsigned = { $signals }
credits-join = { $head }; { $next }
