# The vocabulary, and how times, numbers and lists are put; see ../en/words.ftl.

dates-clock = HH'h'mm
dates-date = { $day ->
    [1] d'er' MMMM
   *[other] d MMMM
}
dates-dated = { $day ->
    [1] d'er' MMMM y
   *[other] d MMMM y
}
dates-day = { $day ->
    [1] EEEE d'er' MMMM
   *[other] EEEE d MMMM
}
dates-short = { $day ->
    [1] d'er' MMM
   *[other] d MMM
}
dates-tick = { $day ->
    [1] EEE d'er' MMM
   *[other] EEE d MMM
}
times-utc = { $time } UTC
times-on = { INITIAL($day) ->
    [d] { $day } à { $time }
    [j] { $day } à { $time }
    [l] { $day } à { $time }
    [m] { $day } à { $time }
    [s] { $day } à { $time }
    [v] { $day } à { $time }
   *[other] le { $day } à { $time }
}
times-local = { $moment } ({ $local }{ INITIAL($local) ->
    [l] , { $city }
   *[other] { INITIAL($city) ->
        [l] , { $city }
       *[other] {" "}à { $city }
    }
})
times-brief = { $day } à { $time } UTC
times-moment = { $day } à { $time }
times-around = { INITIAL($moment) ->
    [d] { $moment } environ
    [j] { $moment } environ
    [l] { $moment } environ
    [m] { $moment } environ
    [s] { $moment } environ
    [v] { $moment } environ
   *[other] vers { $moment }
}
times-between = entre { $since } et { $until } UTC
times-between-on = { $day } entre { $since } et { $until } UTC
times-between-days = entre { $since } et { $until }
times-morning = dans la matinée du { $day }{ INITIAL($city) ->
    [l] , { $city }
   *[other] {" "}à { $city }
} ({ $since }–{ $until } UTC)
times-afternoon = dans l’après-midi du { $day }{ INITIAL($city) ->
    [l] , { $city }
   *[other] {" "}à { $city }
} ({ $since }–{ $until } UTC)
times-evening = dans la soirée du { $day }{ INITIAL($city) ->
    [l] , { $city }
   *[other] {" "}à { $city }
} ({ $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = Heure locale, { $city } ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
durations-about = environ { $one }
durations-between = de { $shortest } à { $longest }
durations-least = moins de { $longest }
durations-parts = { $large } et { $small }
durations-day = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
durations-hour = { $n ->
    [one] { $n } heure
   *[other] { $n } heures
}
durations-minute = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
lists-comma = { $head }, { $next }
lists-and = { $head } et { $last }
lists-first = { $name } à { $level }
lists-next = { $name } à { $level }
lists-more = { $n ->
    [one] { $n } autre
   *[other] { $n } autres
}
lists-still = { $name } à { $level }
lists-timed = { $level } ({ $time })
numbers-percent = { $n } %
numbers-trace = moins de 1 %
numbers-above = plus de { $n } %
numbers-range = { $low }–{ $high } %
kinds-suspected = Possible
kinds-confirmed = Confirmé
kinds-escalated = Aggravation
kinds-updated = Mise à jour
kinds-partly-restored = Rétablissement partiel
kinds-reopened = Nouvelle chute
kinds-restored = Rétablissement
kinds-corrected = Correction
kinds-retracted = Annulation
nouns-operator-minor = légère perturbation sur certains réseaux
nouns-operator-moderate = perturbation sur certains réseaux
nouns-operator-major = forte perturbation sur certains réseaux
nouns-operator-near-total = perte de service quasi totale sur certains réseaux
nouns-mobile-minor = légère perturbation de l’accès à l’internet mobile
nouns-mobile-moderate = perturbation de l’accès à l’internet mobile
nouns-mobile-major = forte perturbation de l’accès à l’internet mobile
nouns-mobile-near-total = interruption quasi totale de l’internet mobile
nouns-regional-minor = légère perturbation régionale de l’accès à internet
nouns-regional-moderate = perturbation régionale de l’accès à internet
nouns-regional-major = forte perturbation régionale de l’accès à internet
nouns-regional-near-total = interruption régionale quasi totale d’internet
nouns-national-minor = légère perturbation de l’accès à internet à l’échelle nationale
nouns-national-moderate = perturbation de l’accès à internet à l’échelle nationale
nouns-national-major = forte perturbation de l’accès à internet à l’échelle nationale
nouns-national-near-total = interruption quasi totale d’internet à l’échelle nationale
nouns-place-minor = légère perturbation de l’accès à internet
nouns-place-moderate = perturbation de l’accès à internet
nouns-place-major = forte perturbation de l’accès à internet
nouns-place-near-total = interruption quasi totale d’internet
places-within = { $name }
subjects-operator = { $parts } : la connectivité
subjects-regional = { $parts } : la connectivité
subjects-national = { $parts } : la connectivité
subjects-mobile = { $place } : l’internet mobile
subjects-place = { $place } : la connectivité internet
families-active-probing = mesures par ping
families-traffic = trafic
families-control-plane = routage BGP
families-telemetry = télémétrie
families-telescope = télescope réseau
products-traffic = trafic { $product }
products-telemetry = télémétrie { $product }
methods-weekly = niveau normal à la même heure du même jour de la semaine
methods-daily = niveau normal à la même heure du jour
methods-flat = niveau normal des jours précédents
methods-kept = niveau d’avant la baisse
methods-none = niveau normal
methods-unknown = niveau normal
credits-line = { $credit } – { $licence }
credits-reserved = tous droits réservés
credits-sources = { $signals } ({ $source })
credits-source = { $signals }, { $source }
credits-measured = { $signals } ({ $source })
credits-unsigned = { $signals }
credits-join = { $head } ; { $next }
