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
# The hours from which the parts of the day begin, by the clocks of the place.
own-day-parts = 5 morning, 12 afternoon, 20 evening
times-morning = en la mañana del { $day } en { $city } ({ $since }–{ $until } UTC)
times-afternoon = en la tarde del { $day } en { $city } ({ $since }–{ $until } UTC)
times-evening = en la tarde-noche del { $day } en { $city } ({ $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = Hora de { $city } ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
durations-about = aproximadamente { $one }
durations-between = de { $shortest } a { $longest }
durations-least = menos de { $longest }
durations-parts = { $large } y { $small }
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
lists-first = { $name } en { own-level }
lists-next = { $name } en { own-level }
lists-more = { $n } más
lists-still = { $name } en { own-level }
lists-timed = { $level } ({ $time })
numbers-percent = { $n } %
numbers-trace = menos del 1 %
numbers-above = más de { $n } %
numbers-range = { $low }–{ $high } %
kinds-suspected = Posible
kinds-confirmed = Confirmado
kinds-escalated = Agravamiento
kinds-updated = Actualización
kinds-partly-restored = Restablecimiento parcial
kinds-reopened = Nueva caída
kinds-restored = Restablecimiento
kinds-corrected = Corrección
kinds-retracted = Anulación
nouns-operator-minor = alteración leve en redes concretas
nouns-operator-moderate = alteración en redes concretas
nouns-operator-major = alteración importante en redes concretas
nouns-operator-near-total = pérdida casi total del servicio en redes concretas
nouns-mobile-minor = alteración leve del servicio de internet móvil
nouns-mobile-moderate = alteración del servicio de internet móvil
nouns-mobile-major = alteración importante del servicio de internet móvil
nouns-mobile-near-total = interrupción casi total de internet móvil
nouns-regional-minor = alteración regional leve del servicio de internet
nouns-regional-moderate = alteración regional del servicio de internet
nouns-regional-major = alteración regional importante del servicio de internet
nouns-regional-near-total = interrupción regional casi total de internet
nouns-national-minor = alteración leve del servicio de internet a escala nacional
nouns-national-moderate = alteración del servicio de internet a escala nacional
nouns-national-major = alteración importante del servicio de internet a escala nacional
nouns-national-near-total = interrupción casi total de internet a escala nacional
nouns-place-minor = alteración leve del servicio de internet
nouns-place-moderate = alteración del servicio de internet
nouns-place-major = alteración importante del servicio de internet
nouns-place-near-total = interrupción casi total de internet
places-within = en { $name }
subjects-operator = La conectividad de { $parts }
subjects-regional = La conectividad en { $parts }
subjects-national = La conectividad de { $parts }
subjects-mobile = La conectividad a internet móvil { $within }
subjects-place = La conectividad a internet { $within }
families-active-probing = mediciones por ping
families-traffic = tráfico
families-control-plane = rutas BGP
families-telemetry = telemetría
families-telescope = telescopio de red
products-traffic = tráfico de { $product }
products-telemetry = telemetría de { $product }
methods-weekly = nivel normal a la misma hora del mismo día de la semana
methods-daily = nivel normal a la misma hora del día
methods-flat = nivel normal de los días anteriores
methods-kept = nivel previo a la caída
methods-none = nivel normal
methods-unknown = nivel normal
credits-line = { $credit } – { $licence }
credits-reserved = todos los derechos reservados
credits-sources = { $signals } ({ $source })
credits-source = { $signals }, { $source }
credits-measured = { $signals } ({ $source })
credits-unsigned = { $signals }
credits-join = { $head }; { $next }
