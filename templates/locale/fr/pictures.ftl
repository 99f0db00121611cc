# Pages to check a picture, and pages to embed; see ../en/pictures.ftl.

embed-reported = Tel que publié { $time }
embed-frozen = Ceci reste tel que publié. { $page } peut comporter des étapes plus récentes. { $credits }.
embed-frozen-page = La page
embed-full = La page complète, avec les données et les corrections
picture-corrected = { $label } depuis, { $time } : { $facts }
picture-title = Image { $picture }
picture-description = L’original figé d’un graphique de l’incident { $incident }, avec son SHA-256 et ses données.
picture-approved = Voici le graphique tel qu’il a été approuvé pour publication, octet pour octet.
picture-shown = Voici le graphique de l’étape tel que la page le montre.
picture-same = Une image que vous avez n’est la même que si elle montre la même chose et si son fichier a le même SHA-256. Les services réenregistrent souvent les images, ce qui change le fichier : comparez alors ce qu’elle montre.
picture-incident = Incident
picture-step = Étape
picture-data = Données
picture-sources = Sources
picture-all = Toutes les images
picture-all-of-incident = de cet incident
pictures-title = Images de { $incident }
pictures-description = Les graphiques de l’incident { $incident } tels qu’ils ont été publiés, avec leur SHA-256.
pictures-none = Il n’y a pas d’image de cet incident.
picture_check-title = Vérifier une image
picture_check-description = Comment vérifier si un graphique qu’on vous a montré est bien l’un des nôtres, inchangé.
picture_check-intro = Chaque graphique nomme son incident à sa dernière ligne, par exemple « incident { $example } ». Il y a deux façons de voir l’original.
picture_check-by-incident = Avec l’identifiant de l’incident : ouvrez { $folder } suivi de l’identifiant sur ce site. Cette page énumère chaque graphique de l’incident tel qu’il a été publié. Comparez-le à ce qu’on vous a montré.
picture_check-by-file = Avec le fichier : calculez son SHA-256, par exemple avec { $command }, et ouvrez { $folder } suivi des douze premiers chiffres. S’il y a une page et que tous les chiffres sont les mêmes, le fichier est inchangé. Les services réenregistrent souvent les images, ce qui change le fichier : suivez alors la première façon.
picture_check-none = Si l’identifiant d’un graphique n’a pas de page ici, c’est que le signalement a été retiré, ou que le graphique n’est pas de nous.
