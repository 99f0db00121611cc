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
times-local = { $moment } ({ $local }, { $city })
times-brief = { $day } { $time } UTC
times-moment = { $day } { $time }
times-around = около { $moment }
times-between = между { $since } и { $until } UTC
times-between-on = между { $since } и { $until } UTC { $day }
times-between-days = между { $since } и { $until }
times-morning = утром { $day }, { $city } ({ $since }–{ $until } UTC)
times-afternoon = днём { $day }, { $city } ({ $since }–{ $until } UTC)
times-evening = вечером { $day }, { $city } ({ $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = время: { $city } ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
durations-about = примерно { $one }
durations-between = { $shortest } – { $longest }
durations-least = меньше чем { $longest }
durations-parts = { $large } { $small }
durations-day = { $n ->
    [one] { $n } день
    [few] { $n } дня
   *[other] { $n } дней
}
durations-hour = { $n ->
    [one] { $n } час
    [few] { $n } часа
   *[other] { $n } часов
}
durations-minute = { $n ->
    [one] { $n } минута
    [few] { $n } минуты
   *[other] { $n } минут
}
lists-comma = { $head }, { $next }
lists-and = { $head } и { $last }
lists-first = { $name } — { $level }
lists-next = { $name } — { $level }
lists-more = ещё { $n }
lists-still = { $name } — { $level }
numbers-percent = { $n } %
numbers-trace = менее 1 %
numbers-above = более { $n } %
numbers-range = { $low }–{ $high } %
kinds-suspected = Предположительно
kinds-confirmed = Подтверждено
kinds-escalated = Ухудшение
kinds-updated = Обновление
kinds-partly-restored = Частично восстановлено
kinds-reopened = Новый спад
kinds-restored = Восстановлено
kinds-corrected = Исправление
kinds-retracted = Отозвано
nouns-operator-minor = небольшой сбой в отдельных сетях
nouns-operator-moderate = сбой в отдельных сетях
nouns-operator-major = серьёзный сбой в отдельных сетях
nouns-operator-near-total = почти полная потеря связи в отдельных сетях
nouns-mobile-minor = небольшой сбой мобильного интернета
nouns-mobile-moderate = сбой мобильного интернета
nouns-mobile-major = серьёзный сбой мобильного интернета
nouns-mobile-near-total = почти полная потеря мобильного интернета
nouns-regional-minor = небольшой региональный сбой интернета
nouns-regional-moderate = региональный сбой интернета
nouns-regional-major = серьёзный региональный сбой интернета
nouns-regional-near-total = почти полная потеря интернета в части страны
nouns-national-minor = небольшой сбой интернета в масштабе страны
nouns-national-moderate = сбой интернета в масштабе страны
nouns-national-major = серьёзный сбой интернета в масштабе страны
nouns-national-near-total = почти полная потеря интернета в масштабе страны
nouns-place-minor = небольшой сбой интернета
nouns-place-moderate = сбой интернета
nouns-place-major = серьёзный сбой интернета
nouns-place-near-total = почти полная потеря интернета
places-within = { $name }
subjects-operator = { $parts }: связь
subjects-regional = { $parts }: связь
subjects-national = { $parts }: связь
subjects-mobile = { $place }: мобильный интернет
subjects-place = { $place }: интернет-связь
families-active-probing = активное зондирование
families-traffic = трафик
families-control-plane = маршрутизация BGP
families-telemetry = телеметрия
families-telescope = сетевой телескоп
products-traffic = трафик { $product }
products-telemetry = телеметрия { $product }
methods-weekly = обычного уровня для того же часа недели
methods-daily = обычного уровня для того же часа суток
methods-flat = обычного уровня предыдущих дней
methods-kept = уровня до спада
methods-none = обычного уровня
methods-unknown = обычного уровня
credits-line = { $credit } – { $licence }
credits-sources = { $signals } ({ $source })
credits-source = { $signals }, { $source }
credits-unsigned = { $signals }
credits-join = { $head }; { $next }
lists-timed = { $level } ({ $time })
credits-reserved = все права защищены
credits-measured = { $signals } ({ $source })
