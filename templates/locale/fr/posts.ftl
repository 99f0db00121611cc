# Every sentence of a post; see ../en/posts.ftl for what stands between braces.

stop = .
gap = {" "}
hashtag = { $tag }
own-noun = { INITIAL($noun) ->
    [i] l’{ $noun }
   *[other] la { $noun }
}
opening-drill = [Exercice, pas une information]
opening-reconstruction = [Reconstitution]
opening-reconstruction-short = { opening-reconstruction }
suspected = Possible baisse de la connectivité : { $place }, selon une seule source ({ $source_one }) ; non corroborée
suspected-short = Possible baisse : { $place }, selon une seule source ; non corroborée
suspected-eased = Possible baisse de la connectivité : { $place } – montrée par une seule source ({ $source_one }), elle s’est atténuée ; non corroborée
suspected-eased-short = Possible baisse : { $place } – montrée par une seule source, elle s’est atténuée ; non corroborée
confirmed = Confirmé : { $place } – { $noun }
again = Mise à jour : { $place } – la connectivité est retombée après un rétablissement partiel
again-goes-on = Mise à jour : { $place } – la connectivité est retombée après un rétablissement partiel ; { own-noun } se poursuit
wider = Mise à jour : { $place } – la perturbation s’est étendue : il s’agit désormais d’une { $noun }
deeper = Mise à jour : { $place } – la perturbation s’est aggravée : il s’agit désormais d’une { $noun }
grown = Mise à jour : { $place } – la perturbation s’est amplifiée : il s’agit désormais d’une { $noun }
now-short = Mise à jour : { $place } – désormais, { $noun }
continues = Mise à jour : { $place } – { own-noun } se poursuit
still-partly-back = Mise à jour : { $place } – la connectivité n’est encore que partiellement rétablie
partly-back = Mise à jour : { $place } – la connectivité est partiellement rétablie
reopened = Mise à jour : { $place } – la connectivité a de nouveau chuté : { $noun }
restored = Rétablissement : { $place } – la connectivité est revenue à un niveau normal
restored-alone = Fin de la baisse de la connectivité : { $place } – montrée par une seule source, la baisse n’a pas été corroborée
restored-parts = Rétablissement – { title-restored } ({ $tag })
retracted = Annulation : { $place } – nous retirons notre information sur une perturbation de l’accès à internet
corrected-noun = Correction : { $place } – la perturbation est désormais décrite comme une { $noun }
corrected-report = Correction de notre information : { $place }
corrected-statement = Correction de notre information sur une perturbation : { $place }.
level = Connectivité : { $level } du niveau normal { $as_of }.
level-it = Dernière mesure : { $level } du niveau normal { $as_of }.
level-reads = Mesure : { $level } du niveau normal { $as_of }.
level-undated = Connectivité : { $level } du niveau normal.
level-none = Aucun niveau ne peut être indiqué { $as_of }.
level-short = { $level } du niveau normal ({ $as_of_brief }).
level-none-short = Niveau inconnu ({ $as_of_brief }).
level-silent = Aucune nouvelle donnée ({ $silent_signal }) depuis { $as_of }.
level-networks = Par rapport au niveau normal, { $as_of } : { $operator_levels }.
where-affected = { $scope ->
    [operator] Sur les réseaux touchés :
    [mobile] Sur les réseaux touchés :
   *[other] Dans les zones touchées :
}
level-parts = { where-affected } { $operator_range } du niveau normal { $as_of }.
level-parts-short = { where-affected } { $operator_range } du niveau normal ({ $as_of_brief }).
lowest = Niveau le plus bas : { $lowest }.
lowest-of = Niveau le plus bas : { $lowest } du niveau normal.
lowest-so-far = Niveau le plus bas à ce stade : { $lowest }.
lowest-so-far-of = Niveau le plus bas à ce stade : { $lowest } du niveau normal.
as-of = Situation constatée { $as_of }.
missing-almost-all = La connectivité a presque entièrement disparu.
missing-most = La connectivité a disparu en grande partie.
missing-some = La connectivité a disparu en partie.
began = Début : { $onset }.
first-began = Début de la première chute : { $onset }.
began-as = Au début ({ $onset_day }) : { $earlier }.
began-as-short = Au début : { $earlier }.
disruption-began = Début de la perturbation : { $onset }.
drop-began = Début de la baisse : { $onset }.
drop-named = Début de la baisse que nous avions signalée : { $onset }.
ended = Fin : { $ended }.
lasted = Durée de la perturbation : { $duration }.
lasted-alone = Durée : { $duration }.
lasting = Durée à ce stade : { $duration }.
lasted-cuts = Coupures : { $cut_count } ; durée totale : { $duration }.
lasting-cuts = Coupures à ce stade : { $cut_count } ; durée totale : { $duration }.
regions = Zones touchées : { $regions }.
operators = Réseaux touchés : { $operators }.
operator-levels = Par réseau : { $operator_levels }.
recovered = De nouveau au niveau normal : { $recovered }.
back-and-still = De nouveau au niveau normal : { $back }. Encore en dessous { $as_of } : { $still }.
back-and-still-short = Au niveau normal : { $back }. { still-short }
still-short = Encore en dessous ({ $as_of_brief }) : { $still }.
measured = Données : { $measured }.
sources = Signaux : { $sources }.
source = Source : { $measured_by }.
credits = Sources et licences : { $credits }.
cause-unknown = La cause n’est pas connue.
restrictions = Certains services peuvent rester restreints sans que ces données le montrent.
reconstructed = Établi à partir d’informations publiées ; ce n’est pas une mesure.
report = Le rapport, avec le graphique, ses données et toutes les étapes à ce jour :
corrected-readings = Correction : { $place } – des mesures révisées modifient notre information du { $wrong_at }.
wrong-lowest = Le niveau le plus bas annoncé était de { $wrong_lowest } du niveau normal ; il était en fait de { $lowest }.
wrong-lowest-short = Niveau le plus bas : { $lowest }, et non { $wrong_lowest }.
wrong-onset = Début : { $onset }, et non { $wrong_onset }.
wrong-onset-short = Le début n’était pas à l’heure indiquée.
alone = Une seule source montre une baisse ; non corroborée.
alone-short = Baisse non corroborée.
unsupported = Les données relevées { $as_of } n’étayent plus cette information.
marked-retracted = Annulé. Ce qui figurait ici n’est plus valable ; notre dernier message dans ce fil dit pourquoi.
marked-corrected = Corrigé : notre dernier message dans ce fil dit ce qui était faux ici.
test = Message d’essai, pas une information. Il est retiré aussitôt.
test-at = Envoyé le { $at } UTC.
