# The vocabulary, and how times, numbers and lists are put; see ../en/words.ftl.

dates-clock = HH:mm
dates-date = d 'de' MMMM
dates-dated = d 'de' MMMM 'de' y
dates-day = EEEE d 'de' MMMM
dates-short = d MMM
dates-tick = EEE d MMM
times-utc = { $time } UTC
times-on = { $time } del { $day }
times-local = { $moment } ({ $local } en { $city })
times-brief = { $day } { HOUR($time) ->
    [1] a la
   *[other] a las
} { $time } UTC
times-moment = { $day } { HOUR($time) ->
    [1] a la
   *[other] a las
} { $time }
times-around = hacia { HOUR($moment) ->
    [1] la
   *[other] las
} { $moment }
times-between = entre { HOUR($since) ->
    [1] la
   *[other] las
} { $since } y { HOUR($until) ->
    [1] la
   *[other] las
} { $until } UTC
times-between-on = entre { HOUR($since) ->
    [1] la
   *[other] las
} { $since } y { HOUR($until) ->
    [1] la
   *[other] las
} { $until } UTC del { $day }
times-between-days = entre { HOUR($since) ->
    [1] la
   *[other] las
} { $since } y { HOUR($until) ->
    [1] la
   *[other] las
} { $until }
times-morning = en la mañana del { $day } en { $city } ({ $since }–{ $until } UTC)
times-afternoon = en la tarde del { $day } en { $city } ({ $since }–{ $until } UTC)
times-evening = en la noche del { $day } en { $city } ({ $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = Hora de { $city } ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
durations-about = aproximadamente { $one }
durations-between = entre { $shortest } y { $longest }
durations-least = menos de { $longest }
durations-parts = { $large } { $small }
durations-day = { $n ->
    [one] { $n } día
   *[other] { $n } días
}
durations-hour = { $n ->
    [one] { $n } hora
   *[other] { $n } horas
}
durations-minute = { $n ->
    [one] { $n } minuto
   *[other] { $n } minutos
}
lists-comma = { $head }, { $next }
lists-and = { INITIAL($last) ->
    [i] { $head } e { $last }
   *[other] { $head } y { $last }
}
lists-first = { $name } { $level }
lists-next = { $name } { $level }
lists-more = { $n } más
lists-still = { $name } { $level }
numbers-percent = { $n } %
numbers-trace = menos del 1 %
numbers-above = más de { $n } %
numbers-range = { $low }–{ $high } %
kinds-suspected = Posible
kinds-confirmed = Confirmado
kinds-escalated = Agravamiento
kinds-updated = Actualización
kinds-partly-restored = Restablecido en parte
kinds-reopened = Nueva caída
kinds-restored = Restablecido
kinds-corrected = Corrección
kinds-retracted = Retirado
nouns-operator-minor = alteración leve en redes concretas
nouns-operator-moderate = alteración en redes concretas
nouns-operator-major = alteración importante en redes concretas
nouns-operator-near-total = pérdida casi total del servicio en redes concretas
nouns-mobile-minor = alteración leve de internet móvil
nouns-mobile-moderate = alteración de internet móvil
nouns-mobile-major = alteración importante de internet móvil
nouns-mobile-near-total = interrupción casi total de internet móvil
nouns-regional-minor = alteración regional leve de internet
nouns-regional-moderate = alteración regional de internet
nouns-regional-major = alteración regional importante de internet
nouns-regional-near-total = interrupción regional casi total de internet
nouns-national-minor = alteración leve de internet a escala nacional
nouns-national-moderate = alteración de internet a escala nacional
nouns-national-major = alteración importante de internet a escala nacional
nouns-national-near-total = interrupción casi total de internet a escala nacional
nouns-place-minor = alteración leve de internet
nouns-place-moderate = alteración de internet
nouns-place-major = alteración importante de internet
nouns-place-near-total = interrupción casi total de internet
places-within = en { $name }
subjects-operator = { $parts }: conectividad
subjects-regional = { $parts }: conectividad
subjects-national = { $parts }: conectividad
subjects-mobile = { $place }: internet móvil
subjects-place = { $place }: conectividad a internet
families-active-probing = sondeo activo
families-traffic = tráfico
families-control-plane = rutas BGP
families-telemetry = telemetría
families-telescope = telescopio de red
products-traffic = tráfico de { $product }
products-telemetry = telemetría de { $product }
methods-weekly = el nivel habitual a la misma hora de la semana
methods-daily = el nivel habitual a la misma hora del día
methods-flat = el nivel habitual de los días anteriores
methods-kept = el nivel previo a la caída
methods-none = el nivel habitual
methods-unknown = el nivel habitual
credits-line = { $credit } – { $licence }
credits-sources = { $signals } ({ $source })
credits-source = { $signals }, { $source }
credits-unsigned = { $signals }
credits-join = { $head }; { $next }
lists-timed = { $level } ({ $time })
credits-reserved = todos los derechos reservados
# The hours from which the parts of the day begin, by the clocks of the place.
own-day-parts = 5 morning, 12 afternoon, 20 evening
credits-measured = { $signals } ({ $source })
