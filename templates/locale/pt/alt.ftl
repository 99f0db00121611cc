# Charts in words; see ../en/alt.ftl.

title-retracted = Anulação: { $place } – retiramos nossa informação sobre uma perturbação no serviço de internet
title-back = { $subject } voltou a níveis normais
title-unknown = { $subject } está em nível desconhecido
title-silent = { $subject } está em nível desconhecido; sem dados de { $silent_signal } desde { $as_of_brief }
title-suspected = { $place }: conectividade em { $number } do nível normal, segundo uma única fonte
title-suspected-narrow = { $subject } está em { $number } do nível normal, segundo uma única fonte
title-easing = { $place }: recuperação parcial; de volta ao nível normal: { $back }; ainda abaixo: { $still_first }
title-easing-short = { $place }: recuperação parcial; ainda abaixo do normal: { $still_first }
title-updated = { $subject } está em { $number } do nível normal
title-partly-restored = { $subject } se recupera em parte, para { $number } do nível normal
title-reopened = { $subject } volta a cair, para { $number } do nível normal
title-restored = { $subject } volta a { $number } do nível normal
title-corrected = Correção – { $subject } está em { $number } do nível normal
title-falls = { $subject } cai para { $number } do nível normal
alt-drill = Simulação, não é notícia.
alt-reconstruction = Reconstituição, não é uma medição.
alt-kind = { $chart }. { $title }.
alt-kinds-lines = Gráfico de linhas
alt-kinds-operators = Pequenos gráficos de linhas, um por rede
alt-kinds-strip = Faixas de tons, uma por região
alt-kinds-map = Mapa
alt-kinds-durations = Gráfico de barras
alt-kinds-timeline = Linha do tempo
alt-range = Em porcentagem do { $method }, de { $first } a { $last } UTC.
alt-ordinary = 100% é o nível normal.
alt-now = Níveis { own-at }: { $levels }.
alt-one = { $name } em { $level }
alt-late = { $name } em { $level } ({ HOUR($time) ->
    [0] à
    [1] à
   *[other] às
} { $time } UTC)
alt-silent = { $name } sem dados desde { $time }
alt-nothing = { $name } sem valor atual
alt-lowest = Mínimo: { $name } em { $level }, { $time }.
alt-gaps = As lacunas nas linhas indicam ausência de dados, não zero.
alt-durations = Durações, { $place }. { $bars }.
alt-bar = { $name }: { $value }
alt-timeline = { $chart }. { $title }. { $told }.
alt-incident = { $name }, { $since }: { $lasted }
alt-source = Fonte: { $credits }.
