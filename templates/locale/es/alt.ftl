# Charts in words; see ../en/alt.ftl.

title-retracted = Retirado: ya no se informa de ninguna alteración { $within }
title-back = { $subject }, de nuevo en el nivel habitual
title-unknown = { $subject }, no se puede dar ningún nivel
title-suspected = Conectividad { $within } según una sola fuente: { $number } del nivel habitual
title-suspected-narrow = { $subject }, { $number } del nivel habitual según una sola fuente
title-easing = Recuperación parcial { $within }: { $back }; aún por debajo: { $still_first }
title-easing-short = Recuperación parcial { $within }; aún por debajo: { $still_first }
title-updated = { $subject }, { $number } del nivel habitual
title-partly-restored = { $subject }, recuperación parcial, { $number } del nivel habitual
title-reopened = { $subject }, nueva caída, { $number } del nivel habitual
title-restored = { $subject }, recuperación, { $number } del nivel habitual
title-corrected = Corregido: { $subject }, { $number } del nivel habitual
title-falls = { $subject }, caída, { $number } del nivel habitual
alt-drill = Simulacro, no es noticia.
alt-reconstruction = Reconstrucción, no es una medición.
alt-kind = { $chart }. { $title }.
alt-kinds-lines = Gráfico de líneas
alt-kinds-operators = Pequeños gráficos de líneas, uno por red
alt-kinds-strip = Franjas de tonos, una por región
alt-kinds-map = Mapa
alt-kinds-durations = Gráfico de barras
alt-kinds-timeline = Cronología
alt-range = Porcentaje sobre { $method }, del { $first } al { $last } UTC.
alt-ordinary = El 100 % es el nivel habitual.
alt-now = { CAPITAL(own-at) }: { $levels }.
alt-one = { $name } { $level }
alt-late = { $name } { $level } ({ HOUR($time) ->
    [1] a la
   *[other] a las
} { $time } UTC)
alt-silent = { $name } sin datos desde el { $time }
alt-nothing = { $name } sin valor actual
alt-lowest = Mínimo: { $name } { $level }, el { $time }.
alt-gaps = Los huecos de las líneas son datos que faltan, no ceros.
alt-durations = Duraciones { $where }. { $bars }.
alt-bar = { $name }: { $value }
alt-timeline = { $chart }. { $title }. { $told }.
alt-incident = { $name }, { $since }: { $lasted }
alt-source = Fuente: { $credits }.
