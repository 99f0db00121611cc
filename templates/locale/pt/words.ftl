# The vocabulary, and how times, numbers and lists are put; see ../en/words.ftl.

dates-clock = HH:mm
dates-date = { $day ->
    [1] d'º' 'de' MMMM
   *[other] d 'de' MMMM
}
dates-dated = { $day ->
    [1] d'º' 'de' MMMM 'de' y
   *[other] d 'de' MMMM 'de' y
}
dates-day = { $day ->
    [1] EEEE, d'º' 'de' MMMM
   *[other] EEEE, d 'de' MMMM
}
dates-short = { $day ->
    [1] d'º' 'de' MMM
   *[other] d 'de' MMM
}
dates-tick = { $day ->
    [1] EEE, d'º' 'de' MMM
   *[other] EEE, d 'de' MMM
}
times-utc = { $time } UTC
times-on = { $time } de { $day }
times-local = { $moment } ({ $local }, { $city })
times-brief = { $day } { HOUR($time) ->
    [1] à
   *[other] às
} { $time } UTC
times-moment = { $day } { HOUR($time) ->
    [1] à
   *[other] às
} { $time }
times-around = por volta { HOUR($moment) ->
    [1] da
   *[other] das
} { $moment }
times-between = entre { HOUR($since) ->
    [1] a
   *[other] as
} { $since } e { HOUR($until) ->
    [1] a
   *[other] as
} { $until } UTC
times-between-on = entre { HOUR($since) ->
    [1] a
   *[other] as
} { $since } e { HOUR($until) ->
    [1] a
   *[other] as
} { $until } UTC de { $day }
times-between-days = entre { HOUR($since) ->
    [1] a
   *[other] as
} { $since } e { HOUR($until) ->
    [1] a
   *[other] as
} { $until }
times-morning = na manhã de { $day }, hora local, { $city } ({ $since }–{ $until } UTC)
times-afternoon = na tarde de { $day }, hora local, { $city } ({ $since }–{ $until } UTC)
times-evening = na noite de { $day }, hora local, { $city } ({ $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = Hora local, { $city } ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
durations-about = cerca de { $one }
durations-between = entre { $shortest } e { $longest }
durations-least = menos de { $longest }
durations-parts = { $large } { $small }
durations-day = { $n ->
    [one] { $n } dia
   *[other] { $n } dias
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
lists-and = { $head } e { $last }
lists-first = { $name } em { $level }
lists-next = { $name } em { $level }
lists-more = mais { $n }
lists-still = { $name } em { $level }
numbers-percent = { $n }%
numbers-trace = menos de 1%
numbers-above = mais de { $n }%
numbers-range = { $low }–{ $high }%
kinds-suspected = Possível
kinds-confirmed = Confirmado
kinds-escalated = Agravamento
kinds-updated = Atualização
kinds-partly-restored = Parcialmente restabelecido
kinds-reopened = Nova queda
kinds-restored = Restabelecido
kinds-corrected = Correção
kinds-retracted = Retirado
nouns-operator-minor = perturbação leve em algumas redes
nouns-operator-moderate = perturbação em algumas redes
nouns-operator-major = perturbação significativa em algumas redes
nouns-operator-near-total = perda quase total de serviço em algumas redes
nouns-mobile-minor = perturbação leve da internet móvel
nouns-mobile-moderate = perturbação da internet móvel
nouns-mobile-major = perturbação significativa da internet móvel
nouns-mobile-near-total = interrupção quase total da internet móvel
nouns-regional-minor = perturbação regional leve da internet
nouns-regional-moderate = perturbação regional da internet
nouns-regional-major = perturbação regional significativa da internet
nouns-regional-near-total = interrupção regional quase total da internet
nouns-national-minor = perturbação leve da internet em escala nacional
nouns-national-moderate = perturbação da internet em escala nacional
nouns-national-major = perturbação significativa da internet em escala nacional
nouns-national-near-total = interrupção quase total da internet em escala nacional
nouns-place-minor = perturbação leve da internet
nouns-place-moderate = perturbação da internet
nouns-place-major = perturbação significativa da internet
nouns-place-near-total = interrupção quase total da internet
places-within = { $name }
subjects-operator = { $parts }: conectividade
subjects-regional = { $parts }: conectividade
subjects-national = { $parts }: conectividade
subjects-mobile = { $place }: internet móvel
subjects-place = { $place }: conectividade à internet
families-active-probing = sondagem ativa
families-traffic = tráfego
families-control-plane = rotas BGP
families-telemetry = telemetria
families-telescope = telescópio de rede
products-traffic = tráfego do { $product }
products-telemetry = telemetria do { $product }
methods-weekly = nível habitual à mesma hora da semana
methods-daily = nível habitual à mesma hora do dia
methods-flat = nível habitual dos dias anteriores
methods-kept = nível anterior à queda
methods-none = nível habitual
methods-unknown = nível habitual
credits-line = { $credit } – { $licence }
credits-sources = { $signals } ({ $source })
credits-source = { $signals }, { $source }
credits-unsigned = { $signals }
credits-join = { $head }; { $next }
lists-timed = { $level } ({ $time })
credits-reserved = todos os direitos reservados
credits-measured = { $signals } ({ $source })
