# The vocabulary: what is looked up by a value, and how times, numbers and lists are put.

## CLDR date patterns

dates-clock = HH:mm
dates-date = d MMMM
dates-dated = d MMMM y
dates-day = EEEE d MMMM
dates-short = d MMM
dates-tick = EEE d MMM

## Times; $day is a date, $since and $until are clocks, $city is whose clocks they are

times-utc = { $time } UTC
times-on = { $time } on { $day }
times-local = { $moment } ({ $local } in { $city })
times-brief = { $day } { $time } UTC
times-moment = { $day } { $time }
times-around = around { $moment }
times-between = between { $since } and { $until } UTC
times-between-on = between { $since } and { $until } UTC on { $day }
# Each end with its own day.
times-between-days = between { $since } and { $until }
# By the clocks of the place: from 5, from 12 and from 18 o'clock. A language with other
# parts has them in `own-day-parts`, and `own-times-night` for hours before midnight.
times-morning = on the morning of { $day } in { $city } ({ $since }–{ $until } UTC)
times-afternoon = on the afternoon of { $day } in { $city } ({ $since }–{ $until } UTC)
times-evening = on the evening of { $day } in { $city } ({ $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = { $city } time ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }

## Durations

durations-about = about { $one }
durations-between = between { $shortest } and { $longest }
durations-least = less than { $longest }
durations-parts = { $large } { $small }
durations-day = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
durations-hour = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
durations-minute = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}

## Lists: "Kcell, Tele2 and Beeline"

lists-comma = { $head }, { $next }
lists-and = { $head } and { $last }
# Levels by name: the first, and those after it.
lists-first = { $name } is at { $level }
lists-next = { $name } at { $level }
lists-more = { $n } more
lists-still = { $name } at { $level }
# What is still missing, by family: below half of normal, or less. $when is empty, or a
# time of its own.
own-still-active-probing = { $share ->
    [most] most networks still do not answer probes ({ $level } of normal{ $when })
   *[some] some networks still do not answer probes ({ $level } of normal{ $when })
}
own-still-traffic = { $share ->
    [most] most of the usual { $name } is still missing ({ $level } of normal{ $when })
   *[some] some of the usual { $name } is still missing ({ $level } of normal{ $when })
}
own-still-telemetry = { own-still-traffic }
own-still-control-plane = { $share ->
    [most] most BGP routes are still missing ({ $level } of normal{ $when })
   *[some] some BGP routes are still missing ({ $level } of normal{ $when })
}
own-still-telescope = { $share ->
    [most] most of what a network telescope usually receives is still missing ({ $level } of normal{ $when })
   *[some] some of what a network telescope usually receives is still missing ({ $level } of normal{ $when })
}
own-still-when = {" "}at { $time }
# A level that was not read at the same time as the others.
lists-timed = { $level } ({ $time })

## Numbers

numbers-percent = { $n }%
numbers-trace = less than 1%
numbers-above = more than { $n }%
numbers-range = { $low }–{ $high }%

## Steps

kinds-suspected = Suspected
kinds-confirmed = Confirmed
kinds-escalated = Escalated
kinds-updated = Update
kinds-partly-restored = Partly restored
kinds-reopened = Reopened
kinds-restored = Restored
kinds-corrected = Correction
kinds-retracted = Retracted

## What a disruption is called, by scope and severity; `place`: where nothing is "nation-scale"

nouns-operator-minor = minor disruption on individual networks
nouns-operator-moderate = disruption on individual networks
nouns-operator-major = significant disruption on individual networks
nouns-operator-near-total = near-total loss of service on individual networks
nouns-mobile-minor = minor disruption to mobile internet
nouns-mobile-moderate = disruption to mobile internet
nouns-mobile-major = significant disruption to mobile internet
nouns-mobile-near-total = near-total mobile internet blackout
nouns-regional-minor = minor regional internet disruption
nouns-regional-moderate = regional internet disruption
nouns-regional-major = significant regional internet disruption
nouns-regional-near-total = regional internet blackout
nouns-national-minor = minor nation-scale internet disruption
nouns-national-moderate = nation-scale internet disruption
nouns-national-major = significant nation-scale internet disruption
nouns-national-near-total = nation-scale internet blackout
nouns-place-minor = minor internet disruption
nouns-place-moderate = internet disruption
nouns-place-major = significant internet disruption
nouns-place-near-total = internet blackout

## The same with an article; a language without articles leaves these out

phrases-operator-minor = a minor disruption on individual networks
phrases-operator-moderate = a disruption on individual networks
phrases-operator-major = a significant disruption on individual networks
phrases-operator-near-total = a near-total loss of service on individual networks
phrases-mobile-minor = a minor disruption to mobile internet
phrases-mobile-moderate = a disruption to mobile internet
phrases-mobile-major = a significant disruption to mobile internet
phrases-mobile-near-total = a near-total mobile internet blackout
phrases-regional-minor = a minor regional internet disruption
phrases-regional-moderate = a regional internet disruption
phrases-regional-major = a significant regional internet disruption
phrases-regional-near-total = a regional internet blackout
phrases-national-minor = a minor nation-scale internet disruption
phrases-national-moderate = a nation-scale internet disruption
phrases-national-major = a significant nation-scale internet disruption
phrases-national-near-total = a nation-scale internet blackout
phrases-place-minor = a minor internet disruption
phrases-place-moderate = an internet disruption
phrases-place-major = a significant internet disruption
phrases-place-near-total = an internet blackout

## Places; $code is the country's, or `none` where it is no country

places-within = { $code ->
    [AE] in the { $name }
    [BS] in the { $name }
    [CC] in the { $name }
    [CF] in the { $name }
    [CK] in the { $name }
    [DO] in the { $name }
    [FK] in the { $name }
    [FO] in the { $name }
    [GB] in the { $name }
    [GM] in the { $name }
    [IO] in the { $name }
    [KM] in the { $name }
    [KY] in the { $name }
    [MH] in the { $name }
    [MP] in the { $name }
    [MV] in the { $name }
    [NL] in the { $name }
    [PH] in the { $name }
    [SB] in the { $name }
    [SC] in the { $name }
    [TC] in the { $name }
    [TF] in the { $name }
    [UM] in the { $name }
    [US] in the { $name }
    [VG] in the { $name }
    [VI] in the { $name }
   *[other] in { $name }
}

# Regions of few states or provinces; another language needs this message and names of them.
own-places-parts = in { $parts } ({ $name })
# A county, where a text does not name the states.
own-places-county = { $name } ({ $state })

## What a chart speaks of

subjects-operator = Connectivity of { $parts }
subjects-regional = Connectivity in { $parts }
subjects-national = Connectivity of { $parts }
subjects-mobile = Mobile internet { $within }
subjects-place = Internet connectivity { $within }

## Signals, by their families; a product is a brand such as Google

families-active-probing = active probing
families-traffic = traffic
families-control-plane = BGP routing
families-telemetry = telemetry
families-telescope = network telescope
products-traffic = { $product } traffic
products-telemetry = { $product } telemetry

## What 100 percent is

methods-weekly = the normal level for the same hour of the week
methods-daily = the normal level for the same hour of the day
methods-flat = the normal level of the days before
methods-kept = the level from before the drop
methods-none = the normal level
methods-unknown = the normal level

## Credits

credits-line = { $credit } – { $licence }
# Where the owner names no licence and reserves all rights.
credits-reserved = all rights reserved
credits-sources = { $signals } ({ $source })
credits-source = { $signals }, { $source }
credits-measured = by { $source } with { $signals }
credits-unsigned = { $signals }
credits-join = { $head }; { $next }
