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
times-on = { $time } le { $day }
times-local = { $moment } ({ $local }, { $city })
times-brief = { $day } à { $time } UTC
times-moment = { $day } à { $time }
times-around = vers { $moment }
times-between = entre { $since } et { $until } UTC
times-between-on = entre { $since } et { $until } UTC le { $day }
times-between-days = entre { $since } et { $until }
times-morning = dans la matinée du { $day }, heure locale, { $city } ({ $since }–{ $until } UTC)
times-afternoon = dans l’après-midi du { $day }, heure locale, { $city } ({ $since }–{ $until } UTC)
times-evening = dans la soirée du { $day }, heure locale, { $city } ({ $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = Heure locale, { $city } ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
durations-about = environ { $one }
durations-between = entre { $shortest } et { $longest }
durations-least = moins de { $longest }
durations-parts = { $large } { $small }
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
numbers-percent = { $n } %
numbers-trace = moins de 1 %
numbers-above = plus de { $n } %
numbers-range = { $low }–{ $high } %
kinds-suspected = Possible
kinds-confirmed = Confirmé
kinds-escalated = Aggravation
kinds-updated = Mise à jour
kinds-partly-restored = Partiellement rétabli
kinds-reopened = Nouvelle chute
kinds-restored = Rétabli
kinds-corrected = Correction
kinds-retracted = Retiré
nouns-operator-minor = légère perturbation sur certains réseaux
nouns-operator-moderate = perturbation sur certains réseaux
nouns-operator-major = forte perturbation sur certains réseaux
nouns-operator-near-total = perte de service quasi totale sur certains réseaux
nouns-mobile-minor = légère perturbation de l’internet mobile
nouns-mobile-moderate = perturbation de l’internet mobile
nouns-mobile-major = forte perturbation de l’internet mobile
nouns-mobile-near-total = interruption quasi totale de l’internet mobile
nouns-regional-minor = légère perturbation régionale d’internet
nouns-regional-moderate = perturbation régionale d’internet
nouns-regional-major = forte perturbation régionale d’internet
nouns-regional-near-total = interruption régionale quasi totale d’internet
nouns-national-minor = légère perturbation d’internet à l’échelle du pays
nouns-national-moderate = perturbation d’internet à l’échelle du pays
nouns-national-major = forte perturbation d’internet à l’échelle du pays
nouns-national-near-total = interruption quasi totale d’internet à l’échelle du pays
nouns-place-minor = légère perturbation d’internet
nouns-place-moderate = perturbation d’internet
nouns-place-major = forte perturbation d’internet
nouns-place-near-total = interruption quasi totale d’internet
places-within = { $name }
subjects-operator = { $parts } : connectivité
subjects-regional = { $parts } : connectivité
subjects-national = { $parts } : connectivité
subjects-mobile = { $place } : internet mobile
subjects-place = { $place } : connectivité internet
families-active-probing = sondage actif
families-traffic = trafic
families-control-plane = routage BGP
families-telemetry = télémétrie
families-telescope = télescope réseau
products-traffic = trafic { $product }
products-telemetry = télémétrie { $product }
methods-weekly = niveau habituel à la même heure de la semaine
methods-daily = niveau habituel à la même heure du jour
methods-flat = niveau habituel des jours précédents
methods-kept = niveau d’avant la baisse
methods-none = niveau habituel
methods-unknown = niveau habituel
credits-line = { $credit } – { $licence }
credits-sources = { $signals } ({ $source })
credits-source = { $signals }, { $source }
credits-unsigned = { $signals }
credits-join = { $head } ; { $next }
lists-timed = { $level } ({ $time })
credits-reserved = tous droits réservés
credits-measured = { $signals } ({ $source })
