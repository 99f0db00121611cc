# The vocabulary, and how times, numbers and lists are put; see ../en/words.ftl.

dates-clock = HH:mm
dates-date = d MMMM
dates-dated = y 'ж'. d MMMM
dates-day = d MMMM, EEEE 'күні'
dates-short = d MMM
dates-tick = d MMM, EEE
times-utc = { $time } UTC
times-on = { $day }, { $time }
times-local = { $moment } ({ $city } уақытымен { $local })
times-brief = { $day } { $time } UTC
times-moment = { $day } { $time }
# After a time and before "басталды".
times-around = { $moment } шамасында
times-between = { $since }–{ $until } UTC аралығында
times-between-on = { $day } { $since }–{ $until } UTC аралығында
times-between-days = { $since } және { $until } аралығында
times-morning = { $day } таңертең ({ $city } уақытымен; { $since }–{ $until } UTC)
times-afternoon = { $day } түстен кейін ({ $city } уақытымен; { $since }–{ $until } UTC)
times-evening = { $day } кешке ({ $city } уақытымен; { $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = { $city } уақыты ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
durations-about = шамамен { $one }
durations-between = { $shortest } және { $longest } аралығында
durations-least = { $longest } ішінде
durations-parts = { $large } { $small }
durations-day = { $n } күн
durations-hour = { $n } сағат
durations-minute = { $n } минут
lists-comma = { $head }, { $next }
lists-and = { $head } және { $last }
lists-first = { $name } ({ own-plain-level })
lists-next = { $name } ({ own-plain-level })
lists-more = тағы { $n }
lists-still = { $name } бойынша { $level }
lists-timed = { $level } ({ $time })
# The same as `lists-still`, with "бір пайыздан аз" for the smallest level.
own-still-traffic = { $name } бойынша { own-plain-level }{ $when }
own-still-active-probing = { own-still-traffic }
own-still-telemetry = { own-still-traffic }
own-still-control-plane = { own-still-traffic }
own-still-telescope = { own-still-traffic }
own-still-when = {" "}({ $time })
# After "қалыпты деңгейдің"; see `own-makes-level`.
numbers-percent = { $n }%
numbers-trace = бір пайызынан аз
numbers-above = { NUMBER($n, useGrouping: 0) }%-ынан көп
numbers-range = { $low ->
    [0] { $low }–{ $high }%-ы
   *[other] { $low }–{ $high }%
}
kinds-suspected = Расталмаған дерек
kinds-confirmed = Расталды
kinds-escalated = Жағдай нашарлады
kinds-updated = Жаңа мәлімет
kinds-partly-restored = Ішінара қалпына келді
kinds-reopened = Қайта төмендеді
kinds-restored = Қалпына келді
kinds-corrected = Түзету
kinds-retracted = Қайтарып алынды
nouns-operator-minor = жекелеген желілердегі интернеттің шағын іркілісі
nouns-operator-moderate = жекелеген желілердегі интернет іркілісі
nouns-operator-major = жекелеген желілердегі интернеттің елеулі іркілісі
nouns-operator-near-total = жекелеген желілердегі интернеттің толық дерлік үзілісі
nouns-mobile-minor = мобильді интернеттің шағын іркілісі
nouns-mobile-moderate = мобильді интернет іркілісі
nouns-mobile-major = мобильді интернеттің елеулі іркілісі
nouns-mobile-near-total = мобильді интернеттің толық дерлік үзілісі
nouns-regional-minor = интернеттің өңірлік ауқымдағы шағын іркілісі
nouns-regional-moderate = өңірлік ауқымдағы интернет іркілісі
nouns-regional-major = интернеттің өңірлік ауқымдағы елеулі іркілісі
nouns-regional-near-total = интернеттің өңірлік ауқымдағы толық дерлік үзілісі
nouns-national-minor = интернеттің ел ауқымындағы шағын іркілісі
nouns-national-moderate = ел ауқымындағы интернет іркілісі
nouns-national-major = интернеттің ел ауқымындағы елеулі іркілісі
nouns-national-near-total = интернеттің ел ауқымындағы толық дерлік үзілісі
nouns-place-minor = интернеттің шағын іркілісі
nouns-place-moderate = интернет іркілісі
nouns-place-major = интернеттің елеулі іркілісі
nouns-place-near-total = интернеттің толық дерлік үзілісі
# "In the territory of": the name stays as it is. Networks and regions have no territory.
places-within = { $code ->
    [none] { $name } шегінде
   *[other] { $name } аумағында
}
subjects-operator = { $parts } бойынша интернет байланысы
subjects-regional = { $parts } бойынша интернет байланысы
subjects-national = { $parts } бойынша интернет байланысы
subjects-mobile = { $within } мобильді интернет байланысы
subjects-place = { $within } интернет байланысы
families-active-probing = белсенді өлшеу
families-traffic = трафик
families-control-plane = BGP маршрутизациясы
families-telemetry = телеметрия
families-telescope = желілік телескоп тіркеген фондық трафик
products-traffic = { $product } трафигі
products-telemetry = { $product } телеметриясы
# Before "шаққандағы пайыз".
methods-weekly = аптаның дәл сол сағатындағы қалыпты деңгейге
methods-daily = тәуліктің дәл сол сағатындағы қалыпты деңгейге
methods-flat = алдыңғы күндердің қалыпты деңгейіне
methods-kept = төмендегенге дейінгі деңгейге
methods-none = қалыпты деңгейге
methods-unknown = қалыпты деңгейге
credits-line = { $credit } – { $licence }
credits-reserved = барлық құқықтар қорғалған
credits-sources = { $signals } ({ $source })
credits-source = { $signals }, { $source }
credits-measured = { $signals } ({ $source })
credits-unsigned = { $signals }
credits-join = { $head }; { $next }

# Shares of the normal level with their endings. "%" is read "пайыз", so an ending never
# varies; only "бір пайызынан аз" (HOUR gives 0) and "1000%-ынан көп" have theirs already.
# A range that begins with 0 ends in "-ы" by itself (`numbers-range`).

## "makes up 4% of the normal level"; without a verb, "is less than one percent of it"

own-makes-level = { HOUR($level) ->
    [0] { $level }
    [1000] { $level }
   *[other] { $level }-ын құрайды
}
own-makes-number = { HOUR($number) ->
    [0] { $number }
    [1000] { $number }
   *[other] { $number }-ын құрайды
}
own-makes-range = { HOUR($operator_range) ->
    [0] { $operator_range }
    [1000] { $operator_range }
   *[other] { $operator_range }-ын құрайды
}

## "4% of the normal level"

own-share-level = { HOUR($level) ->
    [0] { $level }
    [1000] { $level }
   *[other] { $level }-ы
}
own-share-range = { HOUR($operator_range) ->
    [0] { $operator_range }
    [1000] { $operator_range }
   *[other] { $operator_range }-ы
}
own-share-lowest = { HOUR($lowest) ->
    [0] { $lowest }
    [1000] { $lowest }
   *[other] { $lowest }-ы
}
own-share-wrong_lowest = { HOUR($wrong_lowest) ->
    [0] { $wrong_lowest }
    [1000] { $wrong_lowest }
   *[other] { $wrong_lowest }-ы
}
own-share-number = { HOUR($number) ->
    [0] { $number }
    [1000] { $number }
   *[other] { $number }-ы
}

## The number alone

own-plain-level = { HOUR($level) ->
    [0] бір пайыздан аз
   *[other] { $level }
}
own-plain-lowest = { HOUR($lowest) ->
    [0] бір пайыздан аз
   *[other] { $lowest }
}
own-plain-wrong_lowest = { HOUR($wrong_lowest) ->
    [0] бір пайыздан аз
   *[other] { $wrong_lowest }
}
