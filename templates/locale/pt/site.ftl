# See ../en/site.ftl.

## Marks beside the title of an incident, and severities

site-mark-drill = Simulação
site-mark-reconstruction = Reconstituição
severity-minor = leve
severity-moderate = moderada
severity-major = significativa
severity-near-total = quase total

## The front page

home-title = Interrupções da internet, com as suas evidências
home-description = As perturbações da internet à medida que são detectadas, confirmadas e resolvidas.
home-updated = Última atualização: { $time }.
home-subscribe = Assinar: { $ways }.
home-subscribe-all = todos os incidentes (Atom)
home-subscribe-corrections = correções (Atom)
home-subscribe-more = mais feeds
home-subscribe-mail = por e-mail
home-now = Neste momento
home-none-open = Nenhum incidente em curso está publicado.
home-places = Todos os lugares num relance: o nível de cada país e de cada rede monitorados
home-map-note = Países com um incidente em curso nesta página, pela sua maior gravidade: { $severities }. A lista traz todos; de um país sem cor não se sabe que esteja livre de interrupções. Contornos: Natural Earth.
home-map = Países com um incidente em curso: { $incidents }
home-map-empty = Nenhum país está marcado: nenhum incidente em curso está publicado
home-timeline = Quando e por quanto tempo
home-past = Incidentes passados
home-follow = Acompanhar
home-follow-all = Todos os incidentes: { $feeds }. Correções e anulações: { $corrections }. A página de um incidente traz o link do feed do seu país.
home-follow-mail = { $link }: você escolhe os lugares e a dimensão mínima de uma queda.
home-follow-mail-link = Por e-mail
home-follow-alerts = { $link }: para programas que transmitem avisos ao público. Cada alerta diz como deve ser entendido; o que está marcado como teste não deve ser transmitido como aviso.
home-follow-alerts-link = Alertas (CAP 1.2)
home-follow-map = { $link }: os incidentes em curso, com os seus lugares, para mapas.
home-follow-map-link = Dados para mapas (GeoJSON)
home-follow-calendar = { $link }: períodos em que se espera uma queda, como uma manutenção anunciada.
home-follow-calendar-link = Calendário (iCalendar)
home-follow-api = { $link }: lugares, incidentes e as medições em que se baseiam os gráficos.
home-follow-api-link = Dados para programas (JSON, descritos com OpenAPI)
home-sources = Fontes
home-sources-note = Situação: { $time }. Uma fonte defeituosa ou sem dados nunca abre nem encerra um incidente. { $link }
home-sources-note-link = O mesmo em dados (JSON)
home-column-signal = Sinal
home-column-reading = Última medição
home-column-state = Estado
home-no-reading = nenhuma ainda

## The page of a country or a network

place-title = Internet, { $place }: níveis e interrupções
place-description = Os níveis medidos da internet ({ $place }), os últimos 28 dias e as interrupções registradas.
place-country = País ou território
place-network = Rede AS{ $number }
place-network-within = Rede AS{ $number }, { $country }
place-now = Agora
place-column-level = Nível
place-column-reading = Última medição publicada
place-unpublished = sem medição publicada
place-unpublished-month = nenhuma em 28 dias
place-level-note = Um nível é uma medição em porcentagem do que as horas e os dias anteriores fazem esperar. A falta de medição publicada não diz nada sobre a rede: uma medição pode atrasar, faltar ou ainda não ter sido verificada.
place-no-levels = Sem medição publicada.
place-days = Os últimos 28 dias
place-days-note = A média de cada hora; a borda inferior de um gráfico é 0. Uma lacuna é uma hora sem medição publicada. Os dias são os de UTC.
place-highest = Hora mais alta: { $value }
place-chart = { $signal }, { $first } – { $last }: entre { $lowest } e { $highest }; medições em { $read } de { $hours } horas
place-chart-empty = { $signal }, { $first } – { $last }: sem medição publicada
place-history = Incidentes registrados
place-ended-one = Um incidente deste lugar terminou. Duração: { $longest }.
place-ended-two = Dois incidentes deste lugar terminaram. Duração do mais longo: { $longest }.
place-ended-more = Incidentes terminados deste lugar: { $n }. Duração mediana: { $median }; duração do mais longo: { $longest }.
place-classes = Incidentes confirmados, por classe
place-column-class = Classe
place-column-incidents = Incidentes
place-column-median = Duração mediana
place-column-longest = O mais longo
place-not-given = não informada
place-classes-note = Uma classe diz com que se parece o padrão nos dados, não quem nem por quê. Simulações, incidentes anulados e os registrados para outro lugar ou outra rede não são contados.
place-classes-durations = As durações são dadas quando pelo menos três terminaram.
place-classes-newest = Só os incidentes mais recentes são contados.
place-seasons = Por data de início, na hora local: { $counts }.
place-follow = Acompanhar, e dados
place-feeds = Incidentes deste lugar: { $feeds }.
place-feeds-all = Incidentes de todos os lugares: { $feeds }.
place-feed-later = O feed deste lugar começará com o seu primeiro incidente.
place-data = Os incidentes em dados (JSON)
place-mail = Os incidentes deste lugar por e-mail
place-sources = Fontes: { $credits }.

## All places

places-title = Todos os lugares num relance
places-description = O nível da internet em cada país e em cada rede monitorados.
places-note = Cada lugar monitorado, com o nível de cada sinal: a sua última medição em porcentagem do que as horas e os dias anteriores fazem esperar. Situação: { $time }; a hora ao lado de um nível é a da sua medição: mês, dia e hora.
places-utc = As horas são em UTC.
places-missing-note = “Sem medição publicada” não diz nada sobre a rede: uma medição pode atrasar, faltar ou ainda não ter sido verificada.
places-countries = Países e territórios
places-countries-letters = Países por letra
places-networks = Redes
places-networks-letters = Redes por letra
places-column-place = Lugar
places-column-incident = Incidente
places-unwatched = não monitorado
places-no-incident = nenhum publicado
places-empty = Nenhuma medição foi publicada ainda. A lista aparecerá com a primeira.

## The words of the script

script-zone = Mostrar as horas no meu fuso horário
script-zone-back = Mostrar as horas em UTC
script-zone-note = As horas estão agora no seu fuso horário, { $zone }, exceto onde está escrito UTC: nos textos tal como foram publicados, nos intervalos de tempo e nas imagens.
script-filter = Filtrar por nome
script-filter-shown = Mostrados: { $shown } de { $all }
script-chart-time = Hora no gráfico
script-chart-reading = { $hours ->
    [1] Última medição da hora até { $time }:
   *[other] Última medição das { $hours } horas até { $time }:
}
script-chart-closer = Ampliar em torno desta hora
script-chart-whole = Mostrar todo o período
script-chart-shown = Período mostrado: { $from } – { $to }
script-chart-failed = Não foi possível carregar o gráfico novamente.

## The front page's chart where the archive has more than it shows

newest-line = As { $n } perturbações registradas mais recentes
newest-line_going = As { $n } perturbações registradas mais recentes, { $going } delas em curso

## How a source stands now

standings-ordinary = normal
standings-untold = com dados; são monitorados poucos lugares para saber se está defeituosa
standings-unheard = ainda sem medições
standings-silent = sem dados desde { $since }
standings-ill = defeituosa desde { $since }: { $why }
standings-ill_undated = defeituosa: { $why }
