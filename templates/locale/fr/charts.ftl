# The words on a chart; see ../en/charts.ftl.

references-weekly = la médiane à la même heure de la semaine sur les quatre semaines précédant chaque mesure (du { $since } au { $until }, hors perturbations)
references-daily = la médiane à la même heure du jour sur sept jours au plus avant chaque mesure (du { $since } au { $until }, hors perturbations)
references-flat = la médiane d’une semaine au plus avant chaque mesure (du { $since } au { $until }, hors perturbations)
references-kept = le niveau de la semaine précédant le début (du { $since } au { $until })
references-unknown = ce que laissent attendre des heures comparables (du { $since } au { $until }, hors perturbations)
chart-reference = 100 % est { $reference }.
chart-key = Pourcentage du niveau habituel
chart-land = Carte : Natural Earth et US Census Bureau, domaine public ; frontières et noms ne disent rien de leur statut.
chart-ordinary = niveau habituel = 100 %
chart-band = niveau habituel = 100 % ; ombré : plage attendue, { $name }
chart-begins = Début de la perturbation
chart-drop = Début de la baisse
chart-ends = Retour au niveau habituel
chart-gap = aucune donnée
chart-stale =
    { $name }
    sans données depuis { $time }
chart-nothing =
    { $name }
    sans valeur actuelle
chart-mark_day = { $day }, { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } à { $time }
chart-foot = À { $as_of } · les dernières valeurs peuvent être révisées · incident { $incident } · { $address }
chart-site = À { $as_of } · les dernières valeurs peuvent être révisées · { $address }
chart-reconstructed = Reconstitution à partir de faits publiés, non mesurée.
chart-data = Données : { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = RECONSTITUTION
chart-drill = EXERCICE
chart-test = Image d’essai, pas une information
chart-together = { $n } familles de signaux indépendantes
chart-ongoing = { $length }, toujours en cours
chart-unsure = { $name } (une seule source)
chart-subtitle = { $metrics }, en pourcentage du { $method }, { $period }
chart-lasted = { $place } – { $noun } : { $duration }
chart-lasting = { $place } – { $noun } : { $duration } à ce stade
chart-lasted_alone = { $place } – baisse montrée par une seule source : { $duration }
chart-lasting_alone = { $place } – baisse montrée par une seule source : { $duration } à ce stade
chart-beside = { $n ->
    [one] Durée comparée à celle de l’incident enregistré auparavant ({ $place }) ; en clair : ce qui n’est pas connu avec certitude
   *[other] Durée comparée à celle des { $n } incidents enregistrés auparavant ({ $place }) ; en clair : ce qui n’est pas connu avec certitude
}
chart-line = { $n ->
    [one] { $n } perturbation enregistrée
   *[other] { $n } perturbations enregistrées
}
chart-line_going = { chart-line }, dont { $going } en cours
chart-line_period = Du début à la fin de chacune, { $period } ; en clair : ce qui n’est pas connu avec certitude
badge-retracted = le signalement est retiré
badge-ended = fin : { $ended }
badge-lasted = durée : { $duration }
badge-suspected = une seule source, non corroborée · début : { $onset }
badge-began = début : { $onset }
period-days = { $since } – { $until }
period-within = { $first }–{ $until }
