# Charts in words; see ../en/alt.ftl.

title-retracted = Retirado: { $place } – já não há perturbação relatada
title-back = { $subject } de volta ao nível habitual
title-unknown = { $subject }, não é possível indicar um nível
title-suspected = { $place }: uma única fonte mostra a conectividade em { $number } do nível habitual
title-suspected-narrow = { $subject } em { $number } do nível habitual segundo uma única fonte
title-easing = { $place }: retorno parcial; de volta: { $back }; ainda em baixa: { $still_first }
title-easing-short = { $place }: retorno parcial; ainda em baixa: { $still_first }
title-updated = { $subject } em { $number } do nível habitual
title-partly-restored = { $subject }, retorno parcial a { $number } do nível habitual
title-reopened = { $subject }, nova queda para { $number } do nível habitual
title-restored = { $subject } de volta a { $number } do nível habitual
title-corrected = Corrigido: { $subject } em { $number } do nível habitual
title-falls = { $subject }, queda para { $number } do nível habitual
alt-drill = Simulação, não é notícia.
alt-reconstruction = Reconstituição, não é uma medição.
alt-kind = { $chart }. { $title }.
alt-kinds-lines = Gráfico de linhas
alt-kinds-operators = Pequenos gráficos de linhas, um por rede
alt-kinds-strip = Faixas de tons, uma por região
alt-kinds-map = Mapa
alt-kinds-durations = Gráfico de barras
alt-kinds-timeline = Cronologia
alt-range = Porcentagem da referência ({ $method }), de { $first } a { $last } UTC.
alt-ordinary = 100% é o nível habitual.
alt-now = { CAPITAL(own-at) }: { $levels }.
alt-one = { $name } em { $level }
alt-late = { $name } em { $level } ({ HOUR($time) ->
    [1] à
   *[other] às
} { $time } UTC)
alt-silent = { $name } sem dados desde { $time }
alt-nothing = { $name } sem valor atual
alt-lowest = Mínimo: { $name } em { $level }, { $time }.
alt-gaps = As falhas nas linhas são dados em falta, não zeros.
alt-durations = Durações, { $place }. { $bars }.
alt-bar = { $name }: { $value }
alt-timeline = { $chart }. { $title }. { $told }.
alt-incident = { $name }, { $since }: { $lasted }
alt-source = Fonte: { $credits }.
