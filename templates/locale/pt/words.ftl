# The vocabulary, and how times, numbers and lists are put; see ../en/words.ftl.

dates-clock = H'h'mm
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
times-local = { $moment } ({ $local }{ INITIAL($city) ->
    [c] , { $city }
   *[other] {" "}em { $city }
})
times-brief = { $day } { HOUR($time) ->
    [0] à
    [1] à
   *[other] às
} { $time } UTC
times-moment = { $day } { HOUR($time) ->
    [0] à
    [1] à
   *[other] às
} { $time }
times-around = por volta { HOUR($moment) ->
    [0] da
    [1] da
   *[other] das
} { $moment }
times-between = entre { HOUR($since) ->
    [0] a
    [1] a
   *[other] as
} { $since } e { HOUR($until) ->
    [0] a
    [1] a
   *[other] as
} { $until } UTC
times-between-on = entre { HOUR($since) ->
    [0] a
    [1] a
   *[other] as
} { $since } e { HOUR($until) ->
    [0] a
    [1] a
   *[other] as
} { $until } UTC de { $day }
times-between-days = entre { HOUR($since) ->
    [0] a
    [1] a
   *[other] as
} { $since } e { HOUR($until) ->
    [0] a
    [1] a
   *[other] as
} { $until }
times-morning = na manhã de { $day }{ INITIAL($city) ->
    [c] , { $city }
   *[other] , em { $city }
} ({ $since }–{ $until } UTC)
times-afternoon = na tarde de { $day }{ INITIAL($city) ->
    [c] , { $city }
   *[other] , em { $city }
} ({ $since }–{ $until } UTC)
times-evening = na noite de { $day }{ INITIAL($city) ->
    [c] , { $city }
   *[other] , em { $city }
} ({ $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = Hora local, { $city } ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
durations-about = cerca de { $one }
durations-between = de { $shortest } a { $longest }
durations-least = menos de { $longest }
durations-parts = { $large } e { $small }
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
lists-timed = { $level } ({ $time })
numbers-percent = { $n }%
numbers-trace = menos de 1%
numbers-above = mais de { $n }%
numbers-range = { $low }–{ $high }%
kinds-suspected = Possível
kinds-confirmed = Confirmado
kinds-escalated = Agravamento
kinds-updated = Atualização
kinds-partly-restored = Restabelecimento parcial
kinds-reopened = Nova queda
kinds-restored = Restabelecimento
kinds-corrected = Correção
kinds-retracted = Anulação
nouns-operator-minor = perturbação leve em algumas redes
nouns-operator-moderate = perturbação em algumas redes
nouns-operator-major = perturbação significativa em algumas redes
nouns-operator-near-total = perda quase total de serviço em algumas redes
nouns-mobile-minor = perturbação leve no serviço de internet móvel
nouns-mobile-moderate = perturbação no serviço de internet móvel
nouns-mobile-major = perturbação significativa no serviço de internet móvel
nouns-mobile-near-total = interrupção quase total da internet móvel
nouns-regional-minor = perturbação regional leve no serviço de internet
nouns-regional-moderate = perturbação regional no serviço de internet
nouns-regional-major = perturbação regional significativa no serviço de internet
nouns-regional-near-total = interrupção regional quase total da internet
nouns-national-minor = perturbação leve no serviço de internet em escala nacional
nouns-national-moderate = perturbação no serviço de internet em escala nacional
nouns-national-major = perturbação significativa no serviço de internet em escala nacional
nouns-national-near-total = interrupção quase total da internet em escala nacional
nouns-place-minor = perturbação leve no serviço de internet
nouns-place-moderate = perturbação no serviço de internet
nouns-place-major = perturbação significativa no serviço de internet
nouns-place-near-total = interrupção quase total da internet
places-within = { $name }
subjects-operator = { $parts }: a conectividade
subjects-regional = { $parts }: a conectividade
subjects-national = { $parts }: a conectividade
subjects-mobile = { $place }: a internet móvel
subjects-place = { $place }: a conectividade à internet
families-active-probing = medições por ping
families-traffic = tráfego
families-control-plane = rotas BGP
families-telemetry = telemetria
families-telescope = telescópio de rede
products-traffic = tráfego do { $product }
products-telemetry = telemetria do { $product }
methods-weekly = nível normal no mesmo dia da semana e no mesmo horário
methods-daily = nível normal no mesmo horário do dia
methods-flat = nível normal dos dias anteriores
methods-kept = nível anterior à queda
methods-none = nível normal
methods-unknown = nível normal
credits-line = { $credit } – { $licence }
credits-reserved = todos os direitos reservados
credits-sources = { $signals } ({ $source })
credits-source = { $signals }, { $source }
credits-measured = { $signals } ({ $source })
credits-unsigned = { $signals }
credits-join = { $head }; { $next }
