# See ../en/site.ftl.

## Marks beside the title of an incident, and severities

site-mark-drill = Exercice
site-mark-reconstruction = Reconstitution
severity-minor = légère
severity-moderate = moyenne
severity-major = forte
severity-near-total = quasi totale

## The front page

home-title = Les coupures d’internet, preuves à l’appui
home-description = Les perturbations d’internet à mesure qu’elles sont détectées, confirmées et résorbées.
home-updated = Dernière mise à jour : { $time }.
home-subscribe = S’abonner : { $ways }.
home-subscribe-all = tous les incidents (Atom)
home-subscribe-corrections = corrections (Atom)
home-subscribe-more = autres flux
home-subscribe-mail = par e-mail
home-now = En ce moment
home-none-open = Aucun incident en cours n’est publié.
home-places = Tous les lieux en un coup d’œil : le niveau de chaque pays et de chaque réseau surveillés
home-map-note = Les pays qui ont un incident en cours sur cette page, selon sa gravité la plus forte : { $severities }. La liste les nomme tous ; un pays sans couleur n’est pas pour autant connu comme exempt de coupures. Contours : Natural Earth.
home-map = Pays ayant un incident en cours : { $incidents }
home-map-empty = Aucun pays n’est signalé : aucun incident en cours n’est publié
home-timeline = Quand, et combien de temps
home-past = Incidents passés
home-follow = Suivre
home-follow-all = Tous les incidents : { $feeds }. Corrections et annulations : { $corrections }. La page d’un incident renvoie au flux de son pays.
home-follow-mail = { $link } : vous choisissez les lieux et l’ampleur minimale d’une baisse.
home-follow-mail-link = Par e-mail
home-follow-alerts = { $link } : pour les logiciels qui relaient les alertes au public. Chaque alerte indique son statut ; celle qui est marquée comme un test ne doit pas être relayée comme une alerte.
home-follow-alerts-link = Alertes (CAP 1.2)
home-follow-map = { $link } : les incidents en cours, avec leurs lieux, pour des cartes.
home-follow-map-link = Données cartographiques (GeoJSON)
home-follow-calendar = { $link } : les périodes où une baisse est attendue, par exemple une maintenance annoncée.
home-follow-calendar-link = Calendrier (iCalendar)
home-follow-api = { $link } : les lieux, les incidents et les relevés qui sont à la base des graphiques.
home-follow-api-link = Données pour programmes (JSON, décrites avec OpenAPI)
home-sources = Sources
home-sources-note = Situation : { $time }. Une source défaillante ou silencieuse n’ouvre ni ne clôt jamais un incident. { $link }
home-sources-note-link = Les mêmes informations en données (JSON)
home-column-signal = Signal
home-column-reading = Dernier relevé
home-column-state = État
home-no-reading = aucun pour l’instant

## The page of a country or a network

place-title = Internet, { $place } : niveaux et coupures
place-description = Les niveaux mesurés de l’internet ({ $place }), les 28 derniers jours et les coupures enregistrées.
place-country = Pays ou territoire
place-network = Réseau AS{ $number }
place-network-within = Réseau AS{ $number }, { $country }
place-now = Maintenant
place-column-level = Niveau
place-column-reading = Dernier relevé publié
place-unpublished = aucun relevé publié
place-unpublished-month = aucun en 28 jours
place-level-note = Un niveau est un relevé en pourcentage de ce que les heures et les jours précédents laissent attendre. L’absence de relevé publié ne dit rien du réseau : un relevé peut être en retard, manquer ou ne pas être encore vérifié.
place-no-levels = Aucun relevé publié.
place-days = Les 28 derniers jours
place-days-note = Moyenne de chaque heure ; le bord inférieur d’un graphique est 0. Un vide est une heure sans relevé publié. Les jours sont ceux de l’UTC.
place-highest = Heure la plus élevée : { $value }
place-chart = { $signal }, du { $first } au { $last } : entre { $lowest } et { $highest } ; relevés pour { $read } heures sur { $hours }
place-chart-empty = { $signal }, du { $first } au { $last } : aucun relevé publié
place-history = Incidents enregistrés
place-ended-one = Un incident de ce lieu est terminé. Durée : { $longest }.
place-ended-two = Deux incidents de ce lieu sont terminés. Durée du plus long : { $longest }.
place-ended-more = Incidents terminés de ce lieu : { $n }. Durée médiane : { $median } ; durée du plus long : { $longest }.
place-classes = Incidents confirmés, par classe
place-column-class = Classe
place-column-incidents = Incidents
place-column-median = Durée médiane
place-column-longest = Le plus long
place-not-given = non indiquée
place-classes-note = Une classe dit à quoi ressemblent les données, et non qui ni pourquoi. Les exercices, les incidents annulés et ceux qui sont enregistrés pour un autre lieu ou un autre réseau ne sont pas comptés.
place-classes-durations = Les durées sont données à partir de trois incidents terminés.
place-classes-newest = Seuls les incidents les plus récents sont comptés.
place-seasons = Par date de début, en heure locale : { $counts }.
place-follow = Suivre, et données
place-feeds = Incidents de ce lieu : { $feeds }.
place-feeds-all = Incidents de tous les lieux : { $feeds }.
place-feed-later = Le flux de ce lieu commencera avec son premier incident.
place-data = Les incidents en données (JSON)
place-mail = Les incidents de ce lieu par e-mail
place-sources = Sources : { $credits }.

## All places

places-title = Tous les lieux en un coup d’œil
places-description = Le niveau de l’internet dans chaque pays et chaque réseau surveillés.
places-note = Chaque lieu surveillé, avec le niveau de chaque signal : son dernier relevé en pourcentage de ce que les heures et les jours précédents laissent attendre. Situation : { $time } ; à côté d’un niveau figure l’heure de son relevé : mois, jour et heure.
places-utc = Les heures sont en UTC.
places-missing-note = « Aucun relevé publié » ne dit rien du réseau : un relevé peut être en retard, manquer ou ne pas être encore vérifié.
places-countries = Pays et territoires
places-countries-letters = Pays par lettre
places-networks = Réseaux
places-networks-letters = Réseaux par lettre
places-column-place = Lieu
places-column-incident = Incident
places-unwatched = non surveillé
places-no-incident = aucun publié
places-empty = Aucun relevé n’est encore publié. La liste paraîtra avec le premier.

## The words of the script

script-zone = Afficher les heures dans mon fuseau horaire
script-zone-back = Afficher les heures en UTC
script-zone-note = Les heures sont maintenant dans votre fuseau horaire, { $zone }, sauf là où il est écrit UTC : dans les textes tels qu’ils ont été publiés, dans les intervalles de temps et dans les images.
script-filter = Filtrer par nom
script-filter-shown = Affichés : { $shown } sur { $all }
script-chart-time = Heure sur le graphique
script-chart-reading = { $hours ->
    [1] Dernier relevé de l’heure se terminant le { $time } :
   *[other] Dernier relevé des { $hours } heures se terminant le { $time } :
}
script-chart-closer = Agrandir autour de cette heure
script-chart-whole = Afficher toute la période
script-chart-shown = Période affichée : { $from } – { $to }
script-chart-failed = Le graphique n’a pas pu être rechargé.

## The front page's chart where the archive has more than it shows

newest-line = Les { $n } perturbations enregistrées les plus récentes
newest-line_going = Les { $n } perturbations enregistrées les plus récentes, dont { $going } en cours

## How a source stands now

standings-ordinary = normal
standings-untold = reçu ; trop peu de lieux sont surveillés pour dire si cette source est défaillante
standings-unheard = aucun relevé pour l’instant
standings-silent = silence depuis { $since }
standings-ill = défaillant depuis { $since } : { $why }
standings-ill_undated = défaillant : { $why }
