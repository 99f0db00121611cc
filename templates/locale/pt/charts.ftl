# The words on a chart; see ../en/charts.ftl.

references-weekly = a mediana no mesmo dia da semana e no mesmo horário, nas quatro semanas anteriores a cada medição (de { $since } a { $until }, sem os períodos de perturbação)
references-daily = a mediana no mesmo horário, em até sete dias anteriores a cada medição (de { $since } a { $until }, sem os períodos de perturbação)
references-flat = a mediana de até uma semana antes de cada medição (de { $since } a { $until }, sem os períodos de perturbação)
references-kept = o nível da semana anterior ao início (de { $since } a { $until })
references-unknown = o que horas anteriores comparáveis levam a esperar (de { $since } a { $until }, sem os períodos de perturbação)
chart-reference = 100% é { $reference }.
chart-key = % do nível normal
chart-land = Mapa: Natural Earth e US Census Bureau, domínio público; as fronteiras e os nomes não implicam posição sobre seu status.
chart-ordinary = nível normal = 100%
chart-band = nível normal = 100%; sombreado: faixa esperada, { $name }
chart-begins = Início da perturbação
chart-drop = Início da queda
chart-ends = De volta ao nível normal
chart-gap = sem dados
chart-stale =
    { $name }
    sem dados desde { $time }
chart-nothing =
    { $name }
    sem valor atual
chart-mark_day = { $day }, { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } { HOUR($time) ->
    [0] à
    [1] à
   *[other] às
} { $time }
chart-foot = Dados { own-of } · últimos valores provisórios · incidente { $incident } · { $address }
chart-site = Dados { own-of } · últimos valores provisórios · { $address }
chart-reconstructed = Reconstituição a partir de informações publicadas; não é uma medição.
chart-data = Dados: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = RECONSTITUIÇÃO
chart-drill = SIMULAÇÃO
chart-test = Imagem de teste, não é notícia
chart-together = { $n } famílias de sinais independentes
chart-ongoing = { $length }, ainda em curso
chart-unsure = { $name } (uma única fonte)
chart-subtitle = { $metrics }, em porcentagem do { $method }, { $period }
chart-lasted = { $place } – { $noun }: { $duration }
chart-lasting = { $place } – { $noun }: { $duration } até agora
chart-lasted_alone = { $place } – queda mostrada por uma única fonte: { $duration }
chart-lasting_alone = { $place } – queda mostrada por uma única fonte: { $duration } até agora
chart-beside = { $n ->
    [one] Duração comparada à do incidente registrado antes ({ $place }); em tom claro: o que não se sabe ao certo
   *[other] Duração comparada à dos { $n } incidentes registrados antes ({ $place }); em tom claro: o que não se sabe ao certo
}
chart-line = { $n ->
    [one] { $n } perturbação registrada
   *[other] { $n } perturbações registradas
}
chart-line_going = { chart-line }, { $going } em curso
chart-line_period = Do início ao fim de cada uma, { $period }; em tom claro: o que não se sabe ao certo
badge-retracted = a informação foi retirada
badge-ended = fim: { $ended }
badge-lasted = duração: { $duration }
badge-suspected = uma única fonte, queda não corroborada · início: { $onset }
badge-began = início: { $onset }
period-days = { $since } – { $until }
period-within = { $first }–{ $until }
