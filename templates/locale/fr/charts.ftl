# The words on a chart; see ../en/charts.ftl.

references-weekly = la médiane à la même heure du même jour de la semaine, sur les quatre semaines précédant chaque mesure (du { $since } au { $until }, hors périodes de perturbation)
references-daily = la médiane à la même heure, sur sept jours au plus avant chaque mesure (du { $since } au { $until }, hors périodes de perturbation)
references-flat = la médiane d’une semaine au plus avant chaque mesure (du { $since } au { $until }, hors périodes de perturbation)
references-kept = le niveau de la semaine précédant le début (du { $since } au { $until })
references-unknown = ce que laissent attendre des heures antérieures comparables (du { $since } au { $until }, hors périodes de perturbation)
chart-reference = 100 % correspond à { $reference }.
chart-key = % du niveau normal
chart-land = Carte : Natural Earth et US Census Bureau, domaine public ; les frontières et les noms ne préjugent pas de leur statut.
chart-ordinary = niveau normal = 100 %
chart-band = niveau normal = 100 % ; ombré : plage attendue, { $name }
chart-begins = Début de la perturbation
chart-drop = Début de la baisse
chart-ends = De nouveau au niveau normal
chart-gap = aucune donnée
chart-stale =
    { $name }
    sans données depuis le { $time }
chart-nothing =
    { $name }
    sans valeur actuelle
chart-mark_day = { $day }, { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } à { $time }
chart-foot = Données relevées { $as_of } · dernières valeurs provisoires · incident { $incident } · { $address }
chart-site = Données relevées { $as_of } · dernières valeurs provisoires · { $address }
chart-reconstructed = Reconstitution à partir d’informations publiées, et non mesure.
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
badge-retracted = l’information est retirée
badge-ended = fin : { $ended }
badge-lasted = durée : { $duration }
badge-suspected = une seule source, baisse non corroborée · début : { $onset }
badge-began = début : { $onset }
period-days = { $since } – { $until }
period-within = { $first }–{ $until }
