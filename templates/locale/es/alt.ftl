# Charts in words; see ../en/alt.ftl.

title-retracted = Anulación: retiramos nuestra información sobre una alteración del servicio de internet { $within }
title-back = { $subject } ha vuelto a niveles normales
title-unknown = No se puede indicar el nivel de { SMALL($subject) }
title-silent = Se desconoce el nivel de { SMALL($subject) }: sin datos de { $silent_signal } desde el { $as_of_brief }
title-suspected = La conectividad { $within } se sitúa en { own-number } del nivel normal, según una sola fuente
title-suspected-narrow = { $subject } se sitúa en { own-number } del nivel normal, según una sola fuente
title-easing = Recuperación parcial { $within }: ya en niveles normales, { $back }; aún por debajo, { $still_first }
title-easing-short = Recuperación parcial { $within }; aún por debajo de lo normal: { $still_first }
title-updated = { $subject } se sitúa en { own-number } del nivel normal
title-partly-restored = { $subject } se recupera en parte, hasta { own-number } del nivel normal
title-reopened = { $subject } vuelve a caer, hasta { own-number } del nivel normal
title-restored = { $subject } se recupera hasta { own-number } del nivel normal
title-corrected = Corrección: { SMALL($subject) } se sitúa en { own-number } del nivel normal
title-falls = { $subject } cae hasta { own-number } del nivel normal
alt-drill = Simulacro, no es noticia.
alt-reconstruction = Reconstrucción, no es una medición.
alt-kind = { $chart }. { $title }.
alt-kinds-lines = Gráfico de líneas
alt-kinds-operators = Pequeños gráficos de líneas, uno por red
alt-kinds-strip = Franjas de tonos, una por región
alt-kinds-map = Mapa
alt-kinds-durations = Gráfico de barras
alt-kinds-timeline = Cronología
alt-range = En porcentaje del { $method }, del { $first } al { $last } UTC.
alt-ordinary = El 100 % es el nivel normal.
alt-now = Niveles { own-at }: { $levels }.
alt-one = { $name } { $level }
alt-late = { $name } { $level } ({ HOUR($time) ->
    [1] a la
   *[other] a las
} { $time } UTC)
alt-silent = { $name } sin datos desde el { $time }
alt-nothing = { $name } sin valor actual
alt-lowest = Mínimo: { $name } { $level }, el { $time }.
alt-gaps = Los huecos de las líneas indican falta de datos, no ceros.
alt-durations = Duraciones { $where }. { $bars }.
alt-bar = { $name }: { $value }
alt-timeline = { $chart }. { $title }. { $told }.
alt-incident = { $name }, { $since }: { $lasted }
alt-source = Fuente: { $credits }.
