# The sentences of the pages, and the texts that ../../words/en.toml has in English; see
# ../en/pages.ftl.

## What every page has

site-feed = Coupures d’internet
site-feed-corrections = Corrections et annulations
site-skip = Aller au texte
site-navigation = Site
site-languages = Langues
site-places = Lieux
site-archive = Archives
site-digest = Bilan
site-corrections = Corrections
site-status = État des sources
site-methodology = Méthodologie
site-about = À propos
site-feeds = Flux
site-unpublished = Réservé à l’exploitant : cette page montre des événements qui ne sont pas publiés. Ne la transmettez pas.
site-unreviewed = Cette traduction a été faite par une machine et personne ne l’a vérifiée. Seule la page d’origine fait foi : { $language }.
site-reconstruction = Reconstitution : tout ce qui figure sur ces pages est établi à partir d’informations publiées, et non mesuré.
site-replayed = Rediffusion ou exercice : ces pages ne montrent pas ce qui se passe en ce moment.
site-scorecard = À quelle fréquence nous avons eu raison
site-contact = Corrections et questions : { $contact }.
site-no-contact = aucune adresse n’est configurée

## The first paragraph

lead-retracted = Cette information sur une perturbation de l’accès à internet ({ $within }) est retirée.
lead-usual = Situation constatée { $as_of } : le niveau bas est devenu le niveau habituel ; il peut donc s’agir d’un changement durable et non d’une perturbation.
lead-suspected = { $within } : une seule source ({ $source_one }) montre une baisse de la connectivité ; non corroborée.
lead-suspected-eased = { $within } : une seule source ({ $source_one }) a montré une baisse de la connectivité, qui s’est atténuée ; non corroborée.
lead-restored-alone = { $within } : une seule source ({ $source_one }) a montré une baisse de la connectivité ; celle-ci n’a pas été corroborée, et la source est revenue à un niveau normal. Situation constatée { $as_of }.
lead-drop-began = { drop-began }
lead-drop-began-ended = Début de la baisse : { $onset } ; fin : { $ended }.
lead-restored = { $within } : la connectivité est revenue à un niveau normal. Situation constatée { $as_of }.
lead-worst-began = Au plus fort : { $a_noun }. Début de la perturbation : { $onset }.
lead-worst-began-ended = Au plus fort : { $a_noun }. Début de la perturbation : { $onset } ; fin : { $ended }.
lead-confirmed = { $families ->
    [one] { $within } – { $a_noun } : confirmation par des mesures indépendantes, dont une montre encore une baisse : { $sources }.
    [two] { $within } – { $a_noun } : confirmation par deux mesures indépendantes, { $sources }.
    [three] { $within } – { $a_noun } : confirmation par trois mesures indépendantes, { $sources }.
    [four] { $within } – { $a_noun } : confirmation par quatre mesures indépendantes, { $sources }.
    [five] { $within } – { $a_noun } : confirmation par cinq mesures indépendantes, { $sources }.
   *[other] { $within } – { $a_noun } : confirmation par des mesures indépendantes, { $sources }.
}
lead-confirmed-partly = { $families ->
    [one] { $within } : la connectivité est partiellement rétablie ; au plus fort, { $a_noun } – confirmation par des mesures indépendantes, dont une montre encore une baisse : { $sources }.
    [two] { $within } : la connectivité est partiellement rétablie ; au plus fort, { $a_noun } – confirmation par deux mesures indépendantes, { $sources }.
    [three] { $within } : la connectivité est partiellement rétablie ; au plus fort, { $a_noun } – confirmation par trois mesures indépendantes, { $sources }.
    [four] { $within } : la connectivité est partiellement rétablie ; au plus fort, { $a_noun } – confirmation par quatre mesures indépendantes, { $sources }.
    [five] { $within } : la connectivité est partiellement rétablie ; au plus fort, { $a_noun } – confirmation par cinq mesures indépendantes, { $sources }.
   *[other] { $within } : la connectivité est partiellement rétablie ; au plus fort, { $a_noun } – confirmation par des mesures indépendantes, { $sources }.
}
lead-facts-confirm = { $within } – { $a_noun } : confirmation par les faits publiés.
lead-facts-confirm-partly = { $within } : la connectivité est partiellement rétablie ; au plus fort, { $a_noun } – confirmation par les faits publiés.
lead-corrected = Correction : { $statement }
lead-wrong-lowest = Correction : depuis notre information du { $wrong_at }, nous indiquions { $wrong_lowest } du niveau normal comme niveau le plus bas ; d’après des mesures révisées, il était de { $lowest }.
lead-wrong-onset = Correction : depuis notre information du { $wrong_at }, nous indiquions comme début : { $wrong_onset } ; des mesures révisées donnent un autre moment.
lead-wrong-onset-too = Nous indiquions comme début : { $wrong_onset } ; des mesures révisées donnent un autre moment.

## The page of an incident: its top

incident-pair = { $name } : { $value }
incident-dated = { $what }, { $time }
incident-earlier = Plus anciens : { $n }
incident-more = Autres : { $n }
incident-csv = Données (CSV)
incident-drill = Exercice. Rien de ce qui figure sur cette page n’est en train de se produire.
incident-reconstruction = Reconstitution : tout ce qui figure sur cette page est établi à partir d’informations publiées, et non mesuré.
incident-silent = Aucune mesure depuis { $time }
incident-as-of = Situation constatée { $time }
incident-reported-once = Incident { $incident }, par { $publisher }. Premier signalement : { $first }.
incident-reported-often = Incident { $incident }, par { $publisher }. Premier signalement : { $first } ; dernier : { $last }.
incident-numbers = En chiffres

## What was said

incident-posts = Ce qui a été publié, du plus récent au plus ancien
incident-check-picture = Vérifier cette image
incident-text-in = En langue { $language }
incident-text-shorter = Un texte plus court
incident-posted = Publié { $where }.
incident-not-posted = Pas encore publié.
incident-step-csv = Données de cette étape (CSV)
incident-folded-updates = { $n ->
    [1] Une mise à jour quotidienne : { $first }
   *[other] { $n } mises à jour quotidiennes. Première : { $first } ; dernière : { $last }
}
incident-folded-steps = { $n ->
    [1] Une étape antérieure : { $first }
   *[other] { $n } étapes antérieures. Première : { $first } ; dernière : { $last }
}
incident-folded-mixed = { $updates ->
    [1] { $n } étapes antérieures, dont une mise à jour quotidienne. Première : { $first } ; dernière : { $last }
   *[other] { $n } étapes antérieures, dont { $updates } mises à jour quotidiennes. Première : { $first } ; dernière : { $last }
}

## The chart and its table

incident-chart = Le graphique le plus récent
incident-table = Les données de ce graphique en tableau
incident-table-note = { $hours ->
    [1] En pourcentage du niveau normal. Chaque ligne donne la dernière mesure de l’heure qui précède ; { $readings }.
   *[other] En pourcentage du niveau normal. Chaque ligne donne la dernière mesure des { $hours } heures qui précèdent ; { $readings }.
}
incident-table-csv = toutes les mesures (CSV)
incident-table-label = Les données du graphique le plus récent
incident-table-until = Jusqu’à { $utc }
incident-table-none = aucune mesure
incident-charts = Les mêmes données dans d’autres graphiques

## The timeline

incident-timeline = Chronologie, du plus récent au plus ancien
incident-timeline-note = Les publications sont ce qui a paru ici. Les mesures sont ce que montrent les relevés. Le contexte est ce qu’une personne a versé au dossier, avec une source ; il n’est pas mesuré.
incident-kind-event = Publication
incident-kind-measurement = Mesure
incident-kind-context = Contexte

## What is happening, and what it means

incident-happening = Que se passe-t-il ? ({ $within })
incident-causes = Ce qui est dit de la cause
incident-cause-recorded = ({ $source } ; au dossier depuis { $time })
incident-cause-archived = ({ $source }, { $copy } ; au dossier depuis { $time })
incident-cause-source = source
incident-cause-copy = copie archivée
incident-meaning = Ce que signifie une perturbation de cette classe
incident-class = Comment la classe a été déterminée
incident-class-note = Une classe dit à quoi ressemblent les données, selon des règles qui sont les mêmes pour tous les pays ; elle ne dit rien de l’auteur ni du motif.
incident-class-step = Situation constatée { $time } : { $name } ({ $rule } ; version { $version } des règles).

## Who is cut off

impact-heading = Qui est coupé d’internet
impact-caption = Réseaux surveillés, à la dernière étape
impact-column-kind = Type
impact-column-watched = Surveillés
impact-column-down = En baisse
impact-column-unknown = Inconnus
impact-column-level = Niveau médian de ceux en baisse
impact-level = { $level } du niveau normal
impact-level-unknown = inconnu
impact-none-down = aucun en baisse
impact-none-watched = aucun réseau connu comme étant de ce type n’est surveillé
impact-note = Inconnu ne veut pas dire normal : un réseau qui ne donne rien n’est compté ni comme étant en baisse, ni comme étant normal. Les réseaux d’un autre type, ou d’un type que nous ne connaissons pas, ne figurent pas dans ce tableau.
impact-no-networks = Aucun réseau connu comme étant mobile, fixe ou d’hébergement n’est surveillé ici.
affected-regions = Régions touchées par la baisse
affected-networks = Réseaux touchés par la baisse
affected-column-name = Nom
affected-column-signal = Mesure
affected-column-level = Part de la normale, à la dernière étape
affected-column-lowest = Minimum
impact-kinds-mobile = Mobile
impact-kinds-fixed = Lignes fixes
impact-kinds-hosting = Hébergement
impact-by-place = { $family }
impact-by-users = { $family } des réseaux mobiles et fixes
impact-by-services = { $family } des réseaux d’hébergement
impact-users-ordinary = Accès des usagers : normal. Les gens sur place accèdent à internet comme d’habitude, pour autant que cette mesure le montre : { $by }.
impact-users-dropped = Accès des usagers : en baisse. Moins de gens que d’habitude accèdent sur place à internet, comme le montre cette mesure : { $by }.
impact-users-unknown = Accès des usagers : inconnu. Rien de ce qui est mesuré ici ne dit si les gens sur place accèdent actuellement à internet.
impact-users-pending = Accès des usagers : encore inconnu. Aucune mesure depuis le début ne dit si les gens sur place accèdent à internet.
impact-services-ordinary = Services hébergés : normal. Ce qui est hébergé sur place est joignable du monde entier, pour autant que cette mesure le montre : { $by }.
impact-services-dropped = Services hébergés : en baisse. Une moindre part de ce qui est hébergé sur place est joignable du monde entier, comme le montre cette mesure : { $by }.
impact-services-unknown = Services hébergés : inconnu. Rien de ce qui est mesuré ici ne dit si le monde accède actuellement à ce qui est hébergé sur place.
impact-services-pending = Services hébergés : encore inconnu. Aucune mesure depuis le début ne dit si le monde accède à ce qui est hébergé sur place.

## What we cannot see

incident-observed = Ce que nous ne pouvons pas voir
incident-judged = Mesurés ici, avec un relevé à la dernière étape : { $signals }.
incident-unjudged = Mesurés ici, sans relevé exploitable : { $signals }. Cela compte comme inconnu, et non comme normal.
incident-unmeasured = Non mesurés pour l’ensemble du lieu : { $families }.
incident-apart = Intervalle entre les relevés : { $step } ; ce qui est plus bref peut passer inaperçu.
incident-unnoticed = Les baisses trop faibles ou trop brèves ne sont pas remarquées : { $methodology }.
incident-unnoticed-link = l’ampleur et la durée qu’une baisse doit avoir dans chaque signal
incident-unseen = Les connexions ralenties, les sites ou applications bloqués et les coupures dans des réseaux ou des zones qui ne sont pas surveillés peuvent ne pas apparaître dans ces mesures.
incident-smallest = La plus petite baisse perceptible
incident-smallest-note = Pour l’ensemble du lieu, selon les règles en vigueur et la variation habituelle de ses relevés à la dernière étape. Une baisse plus grande peut aussi passer inaperçue.
incident-smallest-alone = { $signal } : seul, ne fait soupçonner une coupure qu’à partir de { $depth } sous la normale ; relevés bas nécessaires : { $n } ({ $span }).
incident-smallest-not-alone = { $signal } : seul, ne fait jamais rien soupçonner.
incident-smallest-joint = Avec une autre famille, ne compte qu’à partir de { $depth } sous la normale ; relevés bas nécessaires : { $n } ({ $span }).
incident-smallest-range = { $least } à { $most } (selon l’heure)
incident-smallest-some = { $least } (à certaines heures, même une chute totale ne se distingue pas)
incident-smallest-never = { $signal } : aucune baisse ne se distingue de la variation habituelle.
incident-smallest-unknown = { $signal } : inconnu ; aucune variation habituelle n’est enregistrée.
incident-smallest-confirmed = Une baisse n’est confirmée que si deux familles la montrent ensemble.
incident-smallest-shallow = Les baisses plus petites ne comptent que si le trafic et une autre famille les montrent ensemble pendant { $time }.
incident-smallest-none = La plus petite baisse perceptible ici n’est pas connue.
incident-troubles = Sources défaillantes ou muettes
incident-checks = Autres explications examinées
incident-checks-as-of = À la dernière étape :
incident-passed = Vérifications qui n’ont rien trouvé : { $n }
incident-noted = { $result } – { $note }

## The history of the place

incident-history = Historique
incident-previous-count = Incidents antérieurs enregistrés ici ({ $within }) : { $n }.
incident-previous-more = Incidents antérieurs enregistrés ici ({ $within }) : plus de { $n }.
incident-previous-none = Aucun n’est enregistré ici.
incident-confirmed-all = Parmi eux, ceux que deux mesures indépendantes ont montrés :
incident-confirmed-newest = Parmi les plus récents d’entre eux, ceux que deux mesures indépendantes ont montrés :
incident-by-kind = par type : { $counts }
incident-by-season = par date de début : { $counts }
incident-by-length = par durée : { $counts }
incident-reading = À lire, et précédemment
incident-reading-previous = À lire : rien pour l’instant. Précédemment :
incident-reading-none = À lire : rien pour l’instant. Précédemment : aucun incident n’est enregistré ici.
incident-reading-cited = À lire aussi, sources citées plus haut :
incident-reading-item = { $source } : { $address } ({ $copy })
incident-reading-unarchived = non archivé sur le web
incident-reading-before = Précédemment :
incident-reading-before-none = Précédemment : rien d’enregistré ici.
incident-articles = Pour en savoir plus, choix de la rédaction ; les titres sont ceux des médias :
incident-article = { $what } ({ $details })
incident-article-asked = copie archivée demandée, non confirmée
incident-article-failed = aucune copie n’a pu être archivée
incident-article-withdrawn = Un lien a été retiré de cette liste : { $time }. La raison donnée : { $reason }.
incident-newest-listed = Les plus récents figurent ici. { $archive }
incident-archive = Tous les incidents, par mois

## The method, and who we are

incident-method = Méthodologie
incident-baseline = 100 % correspond à ceci : { $baseline }. Un niveau est une mesure divisée par cette valeur. La règle appliquée : { $rule }.
incident-method-more = En savoir plus sur la méthodologie
incident-method-families = Les mesures manquantes apparaissent comme des lacunes et ne comptent jamais pour zéro. Les signaux sont regroupés en familles qui observent la même chose : mesures par ping, trafic, routage, télémétrie, télescopes. Il faut deux familles indépendantes sur le même intervalle pour confirmer une perturbation ; avec une seule, la perturbation est dite possible. Ce qui est confirmé est la perturbation, jamais sa cause.
incident-method-times = Les moments sont des intervalles : un début se situe entre la fin de la dernière mesure normale et la fin de la première qui ne l’était plus.
incident-method-words = Les quantités exprimées en mots correspondent à des nombres. La connectivité a « presque entièrement disparu » quand il manque 90 % du niveau normal ou davantage, elle a disparu « en grande partie » à partir de 50 %, « en partie » à partir de 20 %. Une perturbation est dite légère tant qu’il reste 75 % ou plus, forte en dessous de 50 % ; l’interruption ou la perte de service est dite quasi totale en dessous de 20 %. « Vers » et « environ » : à 15 minutes près ; lorsque l’on ne sait rien de plus précis que 3 heures ou plus d’une même partie de la journée, cette partie est nommée : la matinée commence à 5 heures, l’après-midi à 12 heures, la soirée à 18 heures, heure du lieu.
incident-independence = Indépendance
incident-independence-text = Outagewire surveille les mesures de connectivité et signale les perturbations avec les données sur lesquelles repose chaque nombre. Les mêmes règles, les mêmes seuils et les mêmes mots valent pour tous les pays et tous les réseaux. Les textes et les graphiques sont produits par un logiciel à partir de ces données ; lorsqu’une personne les a approuvés ou modifiés, cela figure au dossier.
incident-feeds = Suivre ce lieu : { $place }. Corrections et annulations : { $corrections }.
incident-corrections = Corrections et contact
incident-correction = { $label }, { $time } : { $facts }
incident-uncorrected = Rien n’a été corrigé sur cette page.
incident-contact = Presse, corrections et questions, y compris de la part de ceux qui exploitent les réseaux ou qui sont nommés ici : { $contact }.

## Sources, and other forms of the page

incident-licences = Sources, licences et citation
incident-source = { $signal } : { $credit }. { $licence }.
incident-cite-as = Nommez ces sources partout où vous utilisez un graphique, un nombre ou un fichier de cette page. Pour citer :
incident-cite = { $publisher }, « { $title } », incident { $incident }, étape { $step } : { $time }, { $address }
incident-formats = Cette page en { $text }, en { $data }, et à intégrer : { $following }, ou { $frozen }.
incident-format-text = texte brut
incident-format-data = données
incident-format-following = en suivant l’étape la plus récente
incident-format-frozen = telle qu’elle est maintenant
incident-as-text = Cette page en texte brut
incident-as-data = Les faits de cette page sous forme de données
incident-evidence = { $evidence } : ce qui a été publié, ainsi que les mesures, les règles et les paramètres dont cela découle. Le fichier README.txt qu’il contient dit comment le vérifier.
incident-evidence-link = Dossier de preuves de cette page (ZIP)
incident-text-drill = EXERCICE. Rien de ce qui figure dans ce texte n’est en train de se produire.
incident-text-reconstruction = RECONSTITUTION : tout ce qui figure dans ce texte est établi à partir d’informations publiées, et non mesuré.
incident-text-id = Incident { $incident }
incident-text-cause = { $cause } Au dossier depuis { $time }.

## The version history

incident-versions = Historique des versions
incident-versions-note = Chaque étape produit une nouvelle version du premier paragraphe de cette page. Par rapport à l’étape précédente, { $added } et { $removed }.
incident-versions-added = les mots nouveaux sont soulignés
incident-versions-removed = les mots supprimés sont barrés
incident-versions-earlier = Versions antérieures : { $n }
incident-version = { $step }, { $time }. Niveau : { $level }. Début : { $onset }. Motif : { $reason }.
incident-version-step = Étape { $step }, { $label }
incident-version-level = inconnu

## What 100 percent is

methods_long-weekly = la médiane des mesures à la même heure du même jour de la semaine, sur les quatre semaines précédentes
methods_long-daily = la médiane des mesures à la même heure les jours précédents, tant que moins de quatre semaines sont enregistrées
methods_long-flat = la médiane des mesures des jours précédents, tant que l’historique enregistré est court
methods_long-kept = le niveau de la semaine précédant le début, conservé parce que la perturbation dure depuis des semaines : la médiane, ou, pour les signaux qui suivent le rythme du jour, la même heure de la semaine
methods_long-none = non fixé : l’historique enregistré est trop court
methods_long-unknown = ce que laissent attendre les mesures d’heures antérieures comparables

## What a disruption of this class means for people

meaning-operator = Une perturbation de cette classe touche les clients des réseaux nommés, au niveau de la couche réseau. Les usagers d’autres réseaux peuvent ne pas remarquer grand-chose. Les logiciels de contournement et les VPN ont besoin d’une connexion qui fonctionne et peuvent ne pas aider.
meaning-mobile = Une perturbation de cette classe touche les données mobiles au niveau de la couche réseau. Les lignes fixes peuvent continuer à fonctionner. Là où la connexion elle-même a disparu, il est peu probable que les logiciels de contournement et les VPN aident ; là où elle est seulement ralentie ou filtrée, ils le pourraient.
meaning-regional = Une perturbation de cette classe touche la connectivité au niveau de la couche réseau dans une partie du pays. Les logiciels de contournement et les VPN ont besoin d’une connexion qui fonctionne ; il est peu probable qu’ils aident là où il n’y en a pas.
meaning-place = Une perturbation de cette classe touche la connectivité au niveau de la couche réseau. Les logiciels de contournement et les VPN ont besoin d’une connexion qui fonctionne ; il est peu probable qu’ils aident là où il n’y en a pas.
meaning-national = Une perturbation de cette classe touche la connectivité au niveau de la couche réseau dans la plus grande partie du pays. Les logiciels de contournement et les VPN ont besoin d’une connexion qui fonctionne ; il est peu probable qu’ils aident là où il n’y en a pas. Les sites et services hébergés dans le pays peuvent aussi être injoignables depuis l’étranger.

## Classes by the pattern in the data

classes-national-blackout-name = interruption à l’échelle nationale
classes-national-blackout-meaning = Une perturbation de cette classe supprime la connectivité au niveau de la couche réseau dans la plus grande partie d’un pays. Les appels, messages, paiements et services qui ont besoin d’internet risquent de tomber en panne ensemble. Les logiciels de contournement et les VPN ont besoin d’une connexion qui fonctionne ; il est peu probable qu’ils aident là où il n’y en a pas ; des liaisons qui ne passent pas par les réseaux touchés, comme l’itinérance étrangère ou le satellite, le pourraient. Les sites et services hébergés dans le pays peuvent aussi être injoignables depuis l’étranger.
classes-mobile-name = réseaux mobiles
classes-mobile-meaning = Une perturbation de cette classe touche les données mobiles au niveau de la couche réseau, alors que les lignes fixes sont normales. La plupart des gens qui ne sont en ligne que par téléphone peuvent être coupés ; les lignes fixes et le Wi-Fi qui en dépend peuvent continuer à fonctionner. Là où la connexion elle-même a disparu, il est peu probable que les logiciels de contournement et les VPN aident ; là où elle est seulement ralentie ou filtrée, ils le pourraient.
classes-regional-name = régionale
classes-regional-meaning = Une perturbation de cette classe touche la connectivité au niveau de la couche réseau dans une partie d’un pays, alors que d’autres parties sont normales. Les chiffres nationaux peuvent à peine la montrer. Les logiciels de contournement et les VPN ont besoin d’une connexion qui fonctionne ; il est peu probable qu’ils aident là où il n’y en a pas.
classes-operator-name = certains réseaux
classes-operator-meaning = Une perturbation de cette classe touche les clients des réseaux nommés, au niveau de la couche réseau. Les usagers d’autres réseaux peuvent ne pas remarquer grand-chose, et un autre réseau, là où il y en a un, a de bonnes chances de fonctionner. Les logiciels de contournement et les VPN ont besoin d’une connexion qui fonctionne et peuvent ne pas aider.
classes-partial-restriction-name = maintenue à un niveau partiel
classes-partial-restriction-meaning = Dans une perturbation de cette classe, une partie de la connectivité demeure et une autre a disparu, à un niveau qui se maintient pendant des heures. Cela peut signifier que certains réseaux ou certaines zones sont coupés et d’autres non, que les connexions sont ralenties, ou que de la capacité est perdue. Là où une connexion demeure, les logiciels de contournement et les VPN peuvent fonctionner, sans pouvoir remédier à un manque de capacité ; là où il n’y en a plus, il est peu probable qu’ils aident.
classes-routing-only-name = routage seul
classes-routing-only-meaning = Dans une perturbation de cette classe, des routes disparaissent de la table mondiale alors que les mesures par ping ou le trafic sont normaux. Les gens peuvent ne pas remarquer grand-chose, ou seulement que certains services sont lents ou injoignables. Il s’agit souvent d’un changement dans la façon dont des réseaux annoncent leurs adresses. Il est peu probable que les logiciels de contournement et les VPN soient touchés tant que les connexions fonctionnent.
classes-power-like-name = progressive, comme pour l’électricité
classes-power-like-meaning = Dans une perturbation de cette classe, la connectivité s’affaiblit pendant une heure ou plus au lieu de s’arrêter d’un coup, dans une seule zone ou avec une oscillation qui se répète chaque jour. On observe des courbes semblables quand des équipements tombent à court d’électricité, et lors d’autres événements aussi. Les connexions peuvent aller et venir. Les logiciels de contournement et les VPN n’aident pas là où il n’y a pas de connexion.
classes-cable-like-name = plusieurs pays à la fois
classes-cable-like-meaning = Une perturbation de cette classe commence dans plusieurs pays à peu près au même moment. On observe des courbes semblables quand des liaisons communes à plusieurs pays tombent en panne, et lors d’autres événements aussi. Les services internationaux peuvent être lents ou injoignables, alors que ceux d’un même pays continuent à fonctionner. Les logiciels de contournement et les VPN ont en général besoin d’une connexion internationale et ne peuvent pas remplacer une capacité perdue.
classes-exam-like-name = aux mêmes heures plusieurs jours
classes-exam-like-meaning = Une perturbation de cette classe revient à la même heure plusieurs jours et se termine chaque fois en moins d’une demi-journée. On observe des courbes semblables pendant des examens nationaux, et lors de travaux planifiés aussi. Tant qu’elle dure, les logiciels de contournement et les VPN ont besoin d’une connexion qui fonctionne ; il est peu probable qu’ils aident là où il n’y en a pas. Elle peut revenir à la même heure un jour suivant.
classes-measurement-artefact-name = peut-être la mesure
classes-measurement-artefact-meaning = La courbe laisse penser que c’est peut-être la mesure qui a changé, et non le réseau : la connectivité des gens peut être normale. Il n’en découle rien pour les logiciels de contournement et les VPN.
classes-unknown-name = aucune classe
classes-unknown-meaning = La courbe ne correspond à aucune des classes.

## What people say of the cause

causes-unknown = { cause-unknown }
causes-A1 = { $who } déclare : { $statement }.
causes-A2 = La courbe est compatible avec ceci : { $statement } ; la principale autre explication est : { $alternative }. Selon { $who }.
causes-A3 = La perturbation a été ordonnée par { $who } (document : { $statement }).
causes-withdrawn = Une déclaration sur la cause, de { $who }, figurait ici et a été retirée { $time } : { $reason }.

## Titles of pages

page-title = { $place } : { $noun }, { $date }
page-title_suspected = { $place } : baisse montrée par une seule source, { $date }
page-drop = baisse montrée par une seule source
page-title_retracted = { $place } : information retirée, { $date }

## Facts in numbers

facts-state = État
facts-place = Lieu
facts-level = Niveau à la dernière étape
facts-last_level = Niveau à la dernière mesure
facts-lowest = Niveau le plus bas à ce stade
facts-lowest_of_all = Niveau le plus bas
facts-onset = Début
facts-ended = Fin
facts-duration = Durée
facts-lasting = Durée à ce stade
facts-networks = Réseaux
facts-regions = Régions
facts-down = Signaux en baisse
facts-slightly_down = Signaux légèrement sous le niveau normal
facts-ordinary = Signaux au niveau normal
facts-usual_variation = Signaux dont la variation est trop faible ou trop brève pour compter
facts-silent = Signaux sans mesure actuelle
facts-last_reading = { $name } : aucune mesure depuis { $time }
facts-last_judged = { $name } : aucune mesure exploitable depuis { $time }
facts-no_reading = aucune nouvelle donnée ({ $name }) depuis { $as_of }
facts-cuts = coupures : { $n } ; durée totale : { $length }
facts-of_ordinary = { $level } du niveau normal, { $as_of }

## The timeline

timeline-part = { $part }, { $signal }
timeline-fell = Baisse : { $name }
timeline-returned = Retour au niveau normal : { $name }
timeline-stated = Une déclaration de { $who } sur la cause a été versée au dossier
timeline-withdrawn = Une déclaration de { $who } sur la cause a été retirée

## How earlier incidents are counted

history-quarter1 = de janvier à mars
history-quarter2 = d’avril à juin
history-quarter3 = de juillet à septembre
history-quarter4 = d’octobre à décembre
history-hours = moins d’un jour
history-days = d’un à sept jours
history-weeks = une semaine ou plus
history-between = durée trop mal connue
history-unended = fin inconnue

## What befell a source

faults-ill-past = { $name } n’était pas fiable : de { $since } à { $until }. Motif : { $why }. Cette source a été écartée : une source défaillante n’ouvre ni ne clôt jamais un incident.
faults-ill-lasting = { $name } n’est pas fiable depuis { $since }. Motif : { $why }. Cette source est écartée : une source défaillante n’ouvre ni ne clôt jamais un incident.
faults-ill-once = { $name } n’était pas fiable à ce moment : { $since }. Motif : { $why }. Cette source a été écartée : une source défaillante n’ouvre ni ne clôt jamais un incident.
faults-unanswered-past = { $name } : les requêtes à { $source } sont restées sans réponse exploitable. Début : { $since } ; fin : { $until }. Un silence n’ouvre ni ne clôt jamais un incident.
faults-unanswered-lasting = { $name } : les requêtes à { $source } restent sans réponse exploitable depuis { $since }. Un silence n’ouvre ni ne clôt jamais un incident.
faults-unanswered-once = { $name } : une requête à { $source } est restée sans réponse exploitable : { $since }. Un silence n’ouvre ni ne clôt jamais un incident.
faults-silent-past = { $name } est resté sans données. Début : { $since } ; fin : { $until }. Un silence n’ouvre ni ne clôt jamais un incident.
faults-silent-lasting = { $name } est sans données depuis sa mesure de ce moment : { $since }. Un silence n’ouvre ni ne clôt jamais un incident.
faults-silent-once = { $name } est resté sans données à ce moment : { $since }. Un silence n’ouvre ni ne clôt jamais un incident.
faults-mute-past = { $name } n’avait rien d’exploitable après ce moment : { $since }. Étape concernée : { $at }. Cela comptait comme inconnu, et non comme normal.
faults-mute-past_undated = { $name } n’avait rien d’exploitable. Étape concernée : { $at }. Cela comptait comme inconnu, et non comme normal.
faults-mute-lasting = { $name } n’a rien d’exploitable après ce moment : { $since }. Étape concernée : { $at }. Cela compte comme inconnu, et non comme normal.
faults-mute-lasting_undated = { $name } n’a rien d’exploitable. Étape concernée : { $at }. Cela compte comme inconnu, et non comme normal.
faults-doubted-past = { $name } n’a pas passé le contrôle de fiabilité à cette étape : { $since } ; ce n’était plus le cas à celle-ci : { $until }. Cette source a été écartée.
faults-doubted-lasting = { $name } n’a pas passé le contrôle de fiabilité à cette étape : { $since }. Cette source a été écartée.
illnesses-many-unrelated-places-fell-at-once = beaucoup des lieux surveillés ont baissé en même temps
illnesses-the-median-of-all-places-is-low = la plupart des lieux affichent un niveau bas en même temps
illnesses-many-places-repeat-the-same-reading = beaucoup de lieux répètent la même mesure
illnesses-many-places-were-told-otherwise-afterwards = ce qu’elle avait dit de beaucoup de lieux, elle l’a ensuite dit autrement
illnesses-other = ses mesures se contredisent

## Other explanations that were checked

answers-of = { $result } ({ $signal })
checks-source-health-passed = Fiabilité de la source : ses mesures d’autres lieux sont comme d’habitude
checks-source-health-failed = La source est peut-être défaillante : ailleurs aussi, ses mesures étaient basses, figées ou réécrites
checks-source-health-unanswered = Fiabilité de la source : invérifiable
checks-source-rise-passed = Rien de ce qui est revenu à la normale n’a seulement monté avec tous les autres lieux
checks-source-rise-failed = La source affiche un niveau élevé partout : le retour qu’elle montre n’est pas signalé
checks-source-rise-unanswered = On ne sait pas si la source affiche un niveau élevé partout
checks-geolocation-passed = Aucun autre lieu n’a gagné ce que celui-ci a perdu
checks-geolocation-failed = Un autre lieu a gagné ce que celui-ci a perdu : ses adresses sont peut-être seulement situées ailleurs désormais
checks-geolocation-unanswered = On ne sait pas si un autre lieu a gagné ce que celui-ci a perdu
checks-renumbering-passed = Aucun réseau apparenté n’a repris ses adresses
checks-renumbering-failed = Un réseau apparenté a monté quand celui-ci a baissé : il a peut-être repris ses adresses
checks-renumbering-unanswered = On ne sait pas si un réseau apparenté a repris ses adresses
checks-routes-without-service-passed = Il ne s’agit pas seulement des routes : le service est touché
checks-routes-without-service-failed = Les routes ont baissé ; les mesures par ping ou le trafic ont trop peu baissé pour compter, ou pas du tout
checks-routes-without-service-unanswered = On ne sait pas s’il s’agit d’autre chose que des routes
checks-people-without-network-passed = Il ne s’agit pas seulement de l’absence des gens : le réseau est touché
checks-people-without-network-failed = L’usage des gens a baissé ; les mesures par ping ou les routes ont trop peu baissé pour compter, ou pas du tout
checks-people-without-network-unanswered = On ne sait pas s’il s’agit d’autre chose que de l’absence des gens
checks-shared-input-passed = Rien ne montre que seule une carte d’adresses a changé
checks-shared-input-failed = Des signaux qui partagent une carte d’adresses ont baissé d’un coup, et le trafic des gens est normal : la carte a peut-être changé
checks-shared-input-unanswered = Des signaux qui partagent une carte d’adresses ont baissé d’un coup ; on ne peut pas vérifier si le trafic des gens a baissé aussi
checks-addresses-without-people-passed = Il ne s’agit pas seulement d’adresses : le trafic des gens a baissé aussi
checks-addresses-without-people-failed = Des adresses ont été perdues ; le trafic des gens est normal
checks-addresses-without-people-unanswered = On ne sait pas s’il s’agit d’autre chose que d’adresses
checks-one-vantage-passed = Plus d’un point d’observation le voit
checks-one-vantage-failed = Seules les mesures par ping le voient, depuis leur propre point d’observation
checks-one-vantage-unanswered = On ne sait pas si plus d’un point d’observation le voit
checks-level-shift-passed = Cela ne ressemble pas à un changement durable de niveau
checks-level-shift-failed = Peu profond depuis si longtemps, il peut s’agir d’un changement durable de niveau et non d’une coupure
checks-level-shift-unanswered = On ne sait pas s’il s’agit d’un changement durable de niveau
checks-expected-event-passed = Aucune baisse n’était prévue à ce moment
checks-expected-event-failed = Une baisse était prévue à ce moment
checks-expected-event-unanswered = On ne sait pas si une baisse était prévue à ce moment
checks-partial-bin-passed = Cela apparaît dans plus que la mesure la plus récente, qui peut être incomplète
checks-partial-bin-failed = Seule la mesure la plus récente le montre, et elle peut être incomplète
checks-partial-bin-unanswered = On ne sait pas si plus que la mesure la plus récente le montre
checks-season-passed = Aucun autre jour des semaines passées n’a été aussi calme à ces heures
checks-season-failed = D’autres jours des semaines passées, week-ends ou jours fériés, ont été aussi calmes à ces heures
checks-season-unanswered = On ne sait pas si d’autres jours ont été aussi calmes à ces heures
checks-clock-change-passed = Il ne s’agit pas seulement d’une horloge avancée ou reculée d’une heure
checks-clock-change-failed = Les mesures sont normales pour une heure plus tôt ou plus tard : une horloge a peut-être été changée
checks-clock-change-unanswered = On ne sait pas si une horloge a été changée
checks-clock-passed = Ce qui a baissé est daté d’avant maintenant, et d’après ce qui le précède
checks-clock-failed = Une mesure en baisse est datée plus tard qu’il n’est possible
checks-clock-unanswered = On ne sait pas si ce qui a baissé est correctement daté
checks-population-passed = Ce qui a baissé ne se réduit pas à une poignée de réseaux
checks-population-failed = Une poignée de réseaux constitue tout ce qui a baissé : un seul fournisseur peut être le lieu entier
checks-population-unanswered = On ne sait pas si plus d’une poignée de réseaux a baissé
checks-sympathetic-passed = Chaque réseau nommé a perdu plus que ses correspondants
checks-sympathetic-failed = Certains réseaux semblent seulement en baisse parce qu’un autre l’est ; ils ne sont pas nommés
checks-sympathetic-unanswered = On ne sait pas si certains réseaux semblent seulement en baisse

## Which rule applied

rules-two-families = deux mesures indépendantes ont baissé ensemble
rules-two-families-in-a-part = deux mesures indépendantes ont baissé ensemble dans une partie du lieu
rules-one-strong-family = une mesure a baissé, et aucune autre ne la corrobore
rules-many-regions = un dixième des régions a baissé
rules-a-crowded-region = un quart des régions d’un même État ou d’une même province a baissé
rules-a-network-vanished = un réseau a disparu du routage ou des mesures par ping
rules-several-shallow-families = le trafic et une autre mesure ont baissé un peu, ensemble
rules-weak-family-only = seule une mesure irrégulière a baissé
rules-not-yet-borne-out = aucune autre mesure ne le corrobore encore
rules-parts-only = seuls quelques réseaux ou régions ont baissé, dans une seule mesure
rules-ordinary = tout ce qui peut être évalué est normal
rules-unknown = rien ne peut être évalué
rules-held-back = non confirmé à cause d’une vérification : { $result }
rules-held-back-unanswered = non confirmé parce qu’une vérification est sans réponse : { $result }
rules-a-family-is-back = une mesure est revenue à la normale
rules-a-network-is-back = un réseau est revenu à la normale
rules-a-person-corrected-it = un rédacteur l’a corrigé
rules-a-person-withdrew-it = un rédacteur l’a retiré
rules-a-source-rises-everywhere = la source affiche un niveau élevé partout
rules-all-families-back = tout ce qui avait baissé est revenu à la normale
rules-changes-too-often = les changements sont trop fréquents pour être tous signalés
rules-fell-again = nouvelle baisse
rules-fell-again-in-one-family-only = nouvelle baisse dans une seule mesure
rules-fell-again-in-two-families = une mesure ultérieure confirme ce qu’une source montrait
rules-fell-before-the-return = une mesure tardive montre une baisse avant le retour
rules-hours-passed = cela continue : mise à jour quotidienne
rules-level-rose = le niveau a monté
rules-level-shift = le niveau bas est devenu le niveau habituel
rules-new-networks = d’autres réseaux ou régions ont baissé
rules-no-change = rien n’a changé
rules-off-again = nouvelle baisse après un rétablissement partiel
rules-only-parts-still-down = seules des parties du lieu sont encore en baisse
rules-readings-were-revised = la source a révisé ses mesures
rules-scope-grew = une plus grande partie du lieu est touchée
rules-severity-grew = la baisse s’est aggravée
rules-still-falling = la baisse continue
rules-too-soon = trop tôt après le dernier signalement
rules-taken-back-already = l’information était déjà retirée
class_rules-withdrawn = l’information est retirée
class_rules-an-artefact-check-failed = une vérification a mis la mesure en cause
class_rules-routes-down-service-ordinary = des routes ont baissé alors que le service était normal
class_rules-not-corroborated = non confirmé
class_rules-same-hour-on-many-days = baisse à la même heure plusieurs jours
class_rules-several-countries-at-once = plusieurs pays ont baissé en une demi-heure
class_rules-gradual-and-regional-or-daily = baisse lente, et seulement dans des régions ou avec une oscillation qui se répète chaque jour
class_rules-mobile-networks-only = les réseaux mobiles ont baissé alors qu’un réseau fixe était normal
class_rules-regions-only = seules des régions ont baissé
class_rules-held-between = niveau resté entre 15 % et 75 % de la normale, et à peu près le même pendant six heures
class_rules-most-of-a-country = un pays entier est tombé sous un cinquième du niveau normal
class_rules-single-networks = certains réseaux ont baissé
class_rules-no-pattern = aucune règle ne correspondait

## Where a text was posted

posted-apprise = sur une messagerie
posted-bluesky = sur Bluesky
posted-file = dans un fichier
posted-mail = par courriel
posted-mastodon = sur Mastodon
posted-matrix = sur Matrix
posted-ntfy = par notification
posted-readers = par courriel aux abonnés
posted-telegram = sur Telegram
posted-webhook = à un autre programme
posted-websub = dans un flux
posted-x = sur X
posted-other = sur un autre canal
