# The sentences of the pages, and the texts that ../../words/en.toml has in English; see
# ../en/pages.ftl.

## What every page has

site-feed = Interrupções da internet
site-feed-corrections = Correções e anulações
site-skip = Ir para o texto
site-navigation = Site
site-languages = Idiomas
site-places = Lugares
site-archive = Arquivo
site-digest = Resumo
site-corrections = Correções
site-status = Estado das fontes
site-methodology = Metodologia
site-about = Quem somos
site-feeds = Feeds
site-unpublished = Somente para o operador: esta página mostra eventos que não foram publicados. Não a repasse.
site-unreviewed = Esta tradução foi feita por uma máquina e nenhuma pessoa a revisou. A página que vale é a original: { $language }.
site-reconstruction = Reconstituição: tudo o que consta nestas páginas foi elaborado com informações publicadas; não é uma medição.
site-replayed = Repetição ou simulação: estas páginas não mostram o que acontece agora.
site-scorecard = Com que frequência acertamos
site-contact = Correções e perguntas: { $contact }.
site-no-contact = nenhum endereço configurado

## The first paragraph

lead-retracted = { $within }: retira-se esta informação sobre uma perturbação no serviço de internet.
lead-usual = Situação { own-at }: o nível baixo se tornou o habitual; portanto, pode se tratar de uma mudança duradoura, e não de uma perturbação.
lead-suspected = { $within }: uma única fonte ({ $source_one }) mostra uma queda da conectividade; não corroborada.
lead-suspected-eased = { $within }: uma única fonte ({ $source_one }) mostrou uma queda da conectividade, que diminuiu; não corroborada.
lead-restored-alone = { $within }: uma única fonte ({ $source_one }) mostrou uma queda da conectividade; a queda não foi corroborada, e a fonte voltou a níveis normais. Situação { own-at }.
lead-drop-began = { drop-began }
lead-drop-began-ended = A queda começou { $onset } e terminou { $ended }.
lead-restored = { $within }: a conectividade voltou a níveis normais. Situação { own-at }.
lead-worst-began = A perturbação, em seu pior momento uma { $a_noun }, começou { $onset }.
lead-worst-began-ended = A perturbação, em seu pior momento uma { $a_noun }, começou { $onset } e terminou { $ended }.
lead-confirmed = { $families ->
    [one] { $within } – medições independentes confirmam uma { $a_noun }; uma delas ainda mostra uma queda: { $sources }.
    [two] { $within } – duas medições independentes confirmam uma { $a_noun }: { $sources }.
    [three] { $within } – três medições independentes confirmam uma { $a_noun }: { $sources }.
    [four] { $within } – quatro medições independentes confirmam uma { $a_noun }: { $sources }.
    [five] { $within } – cinco medições independentes confirmam uma { $a_noun }: { $sources }.
   *[other] { $within } – medições independentes confirmam uma { $a_noun }: { $sources }.
}
lead-confirmed-partly = { $families ->
    [one] { $within } – a conectividade se recuperou em parte após uma { $a_noun }, confirmada por medições independentes; uma delas ainda mostra uma queda: { $sources }.
    [two] { $within } – a conectividade se recuperou em parte após uma { $a_noun }, confirmada por duas medições independentes: { $sources }.
    [three] { $within } – a conectividade se recuperou em parte após uma { $a_noun }, confirmada por três medições independentes: { $sources }.
    [four] { $within } – a conectividade se recuperou em parte após uma { $a_noun }, confirmada por quatro medições independentes: { $sources }.
    [five] { $within } – a conectividade se recuperou em parte após uma { $a_noun }, confirmada por cinco medições independentes: { $sources }.
   *[other] { $within } – a conectividade se recuperou em parte após uma { $a_noun }, confirmada por medições independentes: { $sources }.
}
lead-facts-confirm = { $within }: as informações publicadas confirmam uma { $a_noun }.
lead-facts-confirm-partly = { $within }: a conectividade se recuperou em parte após uma { $a_noun }, confirmada pelas informações publicadas.
lead-corrected = Correção: { $statement }
lead-wrong-lowest = Correção: desde nossa informação de { $wrong_at }, indicávamos { $wrong_lowest } do nível normal como o nível mais baixo; segundo medições revisadas, foi de { $lowest }.
lead-wrong-onset = Correção: desde nossa informação de { $wrong_at }, situávamos o início { $wrong_onset }; medições revisadas indicam outra coisa.
lead-wrong-onset-too = Também situávamos o início { $wrong_onset }; medições revisadas indicam outra coisa.

## The page of an incident: its top

incident-pair = { $name }: { $value }
incident-dated = { $what }, { $time }
incident-earlier = Anteriores: { $n }
incident-more = Mais: { $n }
incident-csv = Dados (CSV)
incident-drill = Simulação: é um exercício. Nada do que consta nesta página está acontecendo agora.
incident-reconstruction = Reconstituição: tudo o que consta nesta página foi elaborado com informações publicadas; não é uma medição.
incident-silent = Sem dados desde a última medição: { $time }
incident-as-of = Hora dos dados: { $time }
incident-reported-once = Incidente { $incident }, por { $publisher }. Primeira informação: { $first }.
incident-reported-often = Incidente { $incident }, por { $publisher }. Primeira informação: { $first }; última: { $last }.
incident-numbers = Em números

## What was said

incident-posts = O que foi publicado, do mais recente ao mais antigo
incident-check-picture = Verificar esta imagem
incident-text-in = Idioma: { $language }
incident-text-shorter = Um texto mais curto
incident-posted = Publicado { $where }.
incident-not-posted = Ainda não publicado.
incident-step-csv = Dados deste passo (CSV)
incident-folded-updates = { $n ->
    [1] Uma atualização diária: { $first }
   *[other] { $n } atualizações diárias. Primeira: { $first }; última: { $last }
}
incident-folded-steps = { $n ->
    [1] Um passo anterior: { $first }
   *[other] { $n } passos anteriores. Primeiro: { $first }; último: { $last }
}
incident-folded-mixed = { $updates ->
    [1] { $n } passos anteriores, entre eles uma atualização diária. Primeiro: { $first }; último: { $last }
   *[other] { $n } passos anteriores, entre eles { $updates } atualizações diárias. Primeiro: { $first }; último: { $last }
}

## The chart and its table

incident-chart = O gráfico mais recente
incident-table = Os dados deste gráfico em uma tabela
incident-table-note = { $hours ->
    [1] Em porcentagem do nível normal. Cada linha traz a última medição da hora que termina no momento indicado; { $readings }.
   *[other] Em porcentagem do nível normal. Cada linha traz a última medição das { $hours } horas que terminam no momento indicado; { $readings }.
}
incident-table-csv = todas as medições (CSV)
incident-table-label = Os dados do gráfico mais recente
incident-table-until = Até { $utc }
incident-table-none = sem dados
incident-charts = Os mesmos dados em outros gráficos

## The timeline

incident-timeline = Linha do tempo, do mais recente ao mais antigo
incident-timeline-note = As informações são o que foi publicado aqui. As medições são o que os dados mostram. O contexto é o que uma pessoa registrou, com uma fonte; não é medido.
incident-kind-event = Informação
incident-kind-measurement = Medição
incident-kind-context = Contexto

## What is happening, and what it means

incident-happening = { $within }: o que está acontecendo?
incident-causes = O que se diz da causa
incident-cause-recorded = ({ $source }; registrado: { $time })
incident-cause-archived = ({ $source }, { $copy }; registrado: { $time })
incident-cause-source = fonte
incident-cause-copy = cópia arquivada
incident-meaning = O que significa uma perturbação desta classe
incident-class = Como a classe foi atribuída
incident-class-note = Uma classe diz com que se parece o padrão nos dados, segundo regras que são as mesmas para todos os países; não diz nada sobre quem nem por quê.
incident-class-step = Classificação, { $time }: { $name } ({ $rule }; versão { $version } das regras).

## Who is cut off

impact-heading = Quem está sem conexão
impact-caption = Redes monitoradas, no último passo
impact-column-kind = Tipo
impact-column-watched = Monitoradas
impact-column-down = Com queda
impact-column-unknown = Em estado desconhecido
impact-column-level = Nível mediano das que têm queda
impact-level = { $level } do nível normal
impact-level-unknown = desconhecido
impact-none-down = nenhuma com queda
impact-none-watched = não é monitorada nenhuma rede que se saiba ser deste tipo
impact-note = Desconhecido não significa normal: uma rede da qual não há dados não é contada nem como rede com queda nem como normal. As redes de outros tipos, ou de um tipo que não conhecemos, não estão nesta tabela.
impact-no-networks = Não é monitorada aqui nenhuma rede que se saiba ser móvel, fixa ou de hospedagem.
affected-regions = Regiões que caíram
affected-networks = Redes que caíram
affected-column-name = Nome
affected-column-signal = Medição
affected-column-level = Do normal, na última etapa
affected-column-lowest = Mínimo
impact-kinds-mobile = Móvel
impact-kinds-fixed = Linhas fixas
impact-kinds-hosting = Hospedagem
impact-by-place = { $family }
impact-by-users = { $family } das redes móveis e fixas
impact-by-services = { $family } das redes de hospedagem
impact-users-ordinary = Acesso dos usuários: normal. As pessoas no local acessam a internet como de costume, até onde estes dados mostram: { $by }.
impact-users-dropped = Acesso dos usuários: com queda. Menos pessoas que de costume acessam a internet no local, como mostram estes dados: { $by }.
impact-users-unknown = Acesso dos usuários: desconhecido. Nada do que é medido aqui indica se as pessoas no local acessam a internet agora.
impact-users-pending = Acesso dos usuários: ainda desconhecido. Nenhuma medição desde o início indica se as pessoas no local acessam a internet.
impact-services-ordinary = Serviços hospedados: normais. O que está hospedado no local é acessível a partir do resto do mundo, até onde estes dados mostram: { $by }.
impact-services-dropped = Serviços hospedados: com queda. Uma parte menor do que está hospedado no local é acessível a partir do resto do mundo, como mostram estes dados: { $by }.
impact-services-unknown = Serviços hospedados: estado desconhecido. Nada do que é medido aqui indica se o que está hospedado no local é acessível agora a partir do resto do mundo.
impact-services-pending = Serviços hospedados: estado ainda desconhecido. Nenhuma medição desde o início indica se o que está hospedado no local é acessível a partir do resto do mundo.

## What we cannot see

incident-observed = O que não podemos ver
incident-judged = Medido aqui, com dados no último passo: { $signals }.
incident-unjudged = Medido aqui, sem dados que possam ser avaliados: { $signals }. Isso conta como desconhecido, e não como normal.
incident-unmeasured = Não medido para o lugar como um todo: { $families }.
incident-apart = Intervalo entre medições: { $step }; o que dura menos pode passar despercebido.
incident-unnoticed = Quedas demasiado pequenas ou demasiado breves não são detectadas: { $methodology }.
incident-unnoticed-link = que profundidade e que duração uma queda precisa ter em cada sinal
incident-unseen = Conexões mais lentas, sites ou aplicativos bloqueados e interrupções em redes ou áreas que não são monitoradas podem não aparecer nestas medições.
incident-smallest = A menor queda que se pode notar
incident-smallest-note = Do lugar como um todo, pelas regras em vigor e pela variação habitual das suas leituras na última etapa. Uma queda maior também pode passar despercebida.
incident-smallest-alone = { $signal }: por si só, só gera suspeita a partir de { $depth } abaixo do normal; leituras baixas necessárias: { $n } ({ $span }).
incident-smallest-not-alone = { $signal }: por si só, nunca gera suspeita.
incident-smallest-joint = Junto com outra família, só conta a partir de { $depth } abaixo do normal; leituras baixas necessárias: { $n } ({ $span }).
incident-smallest-range = { $least } a { $most } (conforme a hora)
incident-smallest-some = { $least } (em algumas horas nem uma queda total se destaca)
incident-smallest-never = { $signal }: nenhuma queda se destaca da variação habitual.
incident-smallest-unknown = { $signal }: não se sabe; não há variação habitual guardada.
incident-smallest-confirmed = Uma queda só é confirmada se duas famílias a mostrarem juntas.
incident-smallest-shallow = Quedas menores só contam se o tráfego e outra família as mostrarem juntas durante { $time }.
incident-smallest-none = Não se sabe qual é a menor queda que se pode notar aqui.
incident-troubles = Fontes com falhas ou sem dados
incident-checks = Outras explicações examinadas
incident-checks-as-of = No último passo:
incident-passed = Verificações que não encontraram nada: { $n }
incident-noted = { $result } – { $note }

## The history of the place

incident-history = Histórico
incident-previous-count = Incidentes anteriores registrados aqui ({ $within }): { $n }.
incident-previous-more = Incidentes anteriores registrados aqui ({ $within }): mais de { $n }.
incident-previous-none = Nenhum está registrado aqui.
incident-confirmed-all = Entre eles, os mostrados por duas medições independentes:
incident-confirmed-newest = Entre os mais recentes, os mostrados por duas medições independentes:
incident-by-kind = por tipo: { $counts }
incident-by-season = por data de início: { $counts }
incident-by-length = por duração: { $counts }
incident-reading = Para ler mais, e incidentes anteriores
incident-reading-previous = Para ler mais: nada por enquanto. Incidentes anteriores:
incident-reading-none = Para ler mais: nada por enquanto. Incidentes anteriores: nenhum está registrado aqui.
incident-reading-cited = Mais informações, em fontes já citadas:
incident-reading-item = { $source }: { $address } ({ $copy })
incident-reading-unarchived = sem cópia arquivada na web
incident-reading-before = Anteriormente:
incident-reading-before-none = Anteriormente: nada registrado aqui.
incident-articles = Leitura adicional, escolhida pela redação; os títulos são dos próprios veículos:
incident-article = { $what } ({ $details })
incident-article-asked = cópia arquivada pedida, não confirmada
incident-article-failed = não foi possível arquivar uma cópia
incident-article-withdrawn = Um link foi retirado desta lista: { $time }. O motivo indicado: { $reason }.
incident-newest-listed = Os mais recentes estão listados aqui. { $archive }
incident-archive = Todos os incidentes, por mês

## The method, and who we are

incident-method = Metodologia
incident-baseline = 100% equivale ao seguinte: { $baseline }. Um nível é uma medição dividida por esse valor. Regra aplicada: { $rule }.
incident-method-more = Mais sobre a metodologia
incident-method-families = As medições que faltam aparecem como lacunas e nunca são contadas como zero. Os sinais são agrupados em famílias que observam a mesma coisa: medições por ping, tráfego, rotas BGP, telemetria, telescópios de rede. São necessárias duas famílias independentes no mesmo intervalo para confirmar uma perturbação; com uma só, a perturbação é chamada de “possível”. O que se confirma é a perturbação, nunca sua causa.
incident-method-times = Os momentos são intervalos: um início está entre o fim da última medição normal e o fim da primeira que não foi normal.
incident-method-words = As quantidades expressas em palavras correspondem a números. Perdeu-se “quase toda” a conectividade quando faltam 90% do nível normal ou mais, “a maior parte” a partir de 50% e “parte” a partir de 20%. Uma perturbação é chamada de leve enquanto restam 75% ou mais, e de significativa abaixo de 50%; a interrupção ou a perda de serviço é chamada de quase total abaixo de 20%. “Por volta de” significa que a hora é conhecida com margem de 15 minutos; quando tudo o que se sabe é um intervalo de 3 horas ou mais dentro de uma mesma parte do dia, essa parte é indicada: a manhã começa às 5 horas, a tarde às 12 e a noite às 18, no horário do lugar.
incident-independence = Independência
incident-independence-text = O Outagewire acompanha medições de conectividade e informa sobre as perturbações com os dados em que se baseia cada número. As mesmas regras, os mesmos limites e as mesmas palavras valem para todos os países e todas as redes. Um programa produz os textos e os gráficos a partir desses dados; quando uma pessoa os aprovou ou modificou, isso fica registrado.
incident-feeds = Acompanhar este lugar: { $place }. Correções e anulações: { $corrections }.
incident-corrections = Correções e contato
incident-correction = { $label }, { $time }: { $facts }
incident-uncorrected = Nada foi corrigido nesta página.
incident-contact = Imprensa, correções e perguntas, também de quem opera as redes ou é citado aqui: { $contact }.

## Sources, and other forms of the page

incident-licences = Fontes, licenças e como citar
incident-source = { $signal }: { $credit }. { $licence }.
incident-cite-as = Cite estas fontes sempre que usar um gráfico, um número ou um arquivo desta página. Para citar:
incident-cite = { $publisher }, “{ $title }”, incidente { $incident }, passo { $step }: { $time }, { $address }
incident-formats = Esta página como { $text }, como { $data } e para incorporar em outra página: { $following }, ou { $frozen }.
incident-format-text = texto simples
incident-format-data = dados
incident-format-following = sempre com o passo mais recente
incident-format-frozen = como está agora
incident-as-text = Esta página como texto simples
incident-as-data = Os fatos desta página em forma de dados
incident-evidence = { $evidence }: o que foi publicado, e as medições, regras e parâmetros de que isso decorre. O arquivo README.txt que ele contém diz como verificar.
incident-evidence-link = Pacote de evidências desta página (ZIP)
incident-text-drill = SIMULAÇÃO: é um exercício. Nada do que consta neste texto está acontecendo agora.
incident-text-reconstruction = RECONSTITUIÇÃO: tudo o que consta neste texto foi elaborado com informações publicadas; não é uma medição.
incident-text-id = Incidente { $incident }
incident-text-cause = { $cause } Registrado: { $time }.

## The version history

incident-versions = Histórico de versões
incident-versions-note = Cada passo cria uma nova versão do primeiro parágrafo desta página. Em relação ao passo anterior, { $added } e { $removed }.
incident-versions-added = as palavras novas estão sublinhadas
incident-versions-removed = as palavras suprimidas estão riscadas
incident-versions-earlier = Versões anteriores: { $n }
incident-version = { $step }, { $time }. Nível: { $level }. Início: { $onset }. Motivo: { $reason }.
incident-version-step = Passo { $step }, { $label }
incident-version-level = desconhecido

## What 100 percent is

methods_long-weekly = a mediana das medições no mesmo dia da semana e no mesmo horário, nas quatro semanas anteriores
methods_long-daily = a mediana das medições no mesmo horário nos dias anteriores, enquanto houver menos de quatro semanas registradas
methods_long-flat = a mediana das medições dos dias anteriores, enquanto o histórico registrado for curto
methods_long-kept = o nível da semana anterior ao início, mantido porque a perturbação já dura semanas: a mediana ou, nos sinais que seguem o ritmo do dia, o mesmo horário da semana
methods_long-none = não definido, porque o histórico registrado é curto demais
methods_long-unknown = o que as medições de horas anteriores comparáveis levam a esperar

## What a disruption of this class means for people

meaning-operator = Uma perturbação desta classe afeta os clientes das redes citadas, na camada de rede. Usuários de outras redes podem notar pouco. As ferramentas para contornar bloqueios e as VPNs precisam de uma conexão que funcione e podem não ajudar.
meaning-mobile = Uma perturbação desta classe afeta os dados móveis na camada de rede. As linhas fixas podem continuar funcionando. Onde a própria conexão se perdeu, é pouco provável que as ferramentas para contornar bloqueios e as VPNs ajudem; onde ela está apenas mais lenta ou filtrada, poderiam ajudar.
meaning-regional = Uma perturbação desta classe afeta a conectividade na camada de rede em parte do país. As ferramentas para contornar bloqueios e as VPNs precisam de uma conexão que funcione, e é pouco provável que ajudem onde não há nenhuma.
meaning-place = Uma perturbação desta classe afeta a conectividade na camada de rede. As ferramentas para contornar bloqueios e as VPNs precisam de uma conexão que funcione, e é pouco provável que ajudem onde não há nenhuma.
meaning-national = Uma perturbação desta classe afeta a conectividade na camada de rede na maior parte do país. As ferramentas para contornar bloqueios e as VPNs precisam de uma conexão que funcione, e é pouco provável que ajudem onde não há nenhuma. Os sites e serviços hospedados no país também podem ficar inacessíveis a partir do exterior.

## Classes by the pattern in the data

classes-national-blackout-name = interrupção em escala nacional
classes-national-blackout-meaning = Uma perturbação desta classe suprime a conectividade na camada de rede na maior parte de um país. É provável que falhem juntos as chamadas, as mensagens, os pagamentos e os serviços que precisam da internet. As ferramentas para contornar bloqueios e as VPNs precisam de uma conexão que funcione, e é pouco provável que ajudem onde não há nenhuma; poderiam ajudar as ligações que não passam pelas redes afetadas, como o roaming estrangeiro ou o satélite. Os sites e serviços hospedados no país também podem ficar inacessíveis a partir do exterior.
classes-mobile-name = redes móveis
classes-mobile-meaning = Uma perturbação desta classe afeta os dados móveis na camada de rede, enquanto as linhas fixas estão normais. A maioria das pessoas que só se conectam pelo telefone pode ficar sem conexão; as linhas fixas e o Wi-Fi que depende delas podem continuar funcionando. Onde a própria conexão se perdeu, é pouco provável que as ferramentas para contornar bloqueios e as VPNs ajudem; onde ela está apenas mais lenta ou filtrada, poderiam ajudar.
classes-regional-name = regional
classes-regional-meaning = Uma perturbação desta classe afeta a conectividade na camada de rede em parte de um país, enquanto outras partes estão normais. Os números nacionais talvez mal a mostrem. As ferramentas para contornar bloqueios e as VPNs precisam de uma conexão que funcione, e é pouco provável que ajudem onde não há nenhuma.
classes-operator-name = algumas redes
classes-operator-meaning = Uma perturbação desta classe afeta os clientes das redes citadas, na camada de rede. Usuários de outras redes podem notar pouco, e é provável que outra rede, onde houver uma disponível, funcione. As ferramentas para contornar bloqueios e as VPNs precisam de uma conexão que funcione e podem não ajudar.
classes-partial-restriction-name = mantida em um nível parcial
classes-partial-restriction-meaning = Em uma perturbação desta classe, parte da conectividade permanece e parte se perde, em um nível que se mantém por horas. Pode significar que algumas redes ou áreas estão sem conexão e outras não, que as conexões estão mais lentas ou que se perdeu capacidade. Onde resta uma conexão, as ferramentas para contornar bloqueios e as VPNs podem funcionar, mas não podem compensar a falta de capacidade; onde não resta nenhuma, é pouco provável que ajudem.
classes-routing-only-name = somente rotas
classes-routing-only-meaning = Em uma perturbação desta classe, rotas desaparecem da tabela mundial enquanto as medições por ping ou o tráfego estão normais. As pessoas podem notar pouco, ou apenas que alguns serviços estão lentos ou inacessíveis. Muitas vezes se trata de uma mudança na forma como as redes anunciam seus endereços. Não é provável que as ferramentas para contornar bloqueios e as VPNs sejam afetadas enquanto as conexões funcionarem.
classes-power-like-name = gradual, como quando falta energia
classes-power-like-meaning = Em uma perturbação desta classe, a conectividade enfraquece ao longo de uma hora ou mais, em vez de parar de uma vez, em uma única área ou com uma oscilação que se repete a cada dia. Observam-se padrões semelhantes quando os equipamentos ficam sem energia, e também em outros eventos. As conexões podem ir e vir. As ferramentas para contornar bloqueios e as VPNs não ajudam onde não há conexão.
classes-cable-like-name = vários países ao mesmo tempo
classes-cable-like-meaning = Uma perturbação desta classe começa em vários países mais ou menos ao mesmo tempo. Observam-se padrões semelhantes quando falham ligações compartilhadas por vários países, e também em outros eventos. Os serviços internacionais podem ficar lentos ou inacessíveis, enquanto os de dentro de um país continuam funcionando. As ferramentas para contornar bloqueios e as VPNs costumam precisar de uma conexão internacional e não podem substituir a capacidade perdida.
classes-exam-like-name = nos mesmos horários em vários dias
classes-exam-like-meaning = Uma perturbação desta classe volta no mesmo horário em vários dias e, a cada vez, termina em menos de meio dia. Observam-se padrões semelhantes durante exames nacionais, e também em trabalhos programados. Enquanto dura, as ferramentas para contornar bloqueios e as VPNs precisam de uma conexão que funcione, e é pouco provável que ajudem onde não há nenhuma. Ela pode voltar no mesmo horário em um dia seguinte.
classes-measurement-artefact-name = talvez a medição
classes-measurement-artefact-meaning = O padrão sugere que o que mudou pode ser a medição, e não a rede: a conectividade das pessoas pode estar normal. Disso não se conclui nada sobre as ferramentas para contornar bloqueios e as VPNs.
classes-unknown-name = nenhuma classe
classes-unknown-meaning = O padrão não corresponde a nenhuma das classes.

## What people say of the cause

causes-unknown = { cause-unknown }
causes-A1 = { $who } declara: { $statement }.
causes-A2 = O padrão é compatível com o seguinte: { $statement }; a principal explicação alternativa é: { $alternative }. Segundo { $who }.
causes-A3 = A perturbação foi ordenada por { $who } (documento: { $statement }).
causes-withdrawn = Uma declaração de { $who } sobre a causa estava aqui e foi retirada { HOUR($time) ->
    [0] à
    [1] à
   *[other] às
} { $time }: { $reason }.

## Titles of pages

page-title = { $place }: { $noun }, { $date }
page-title_suspected = { $place }: queda mostrada por uma única fonte, { $date }
page-drop = queda mostrada por uma única fonte
page-title_retracted = { $place }: informação retirada, { $date }

## Facts in numbers

facts-state = Estado
facts-place = Lugar
facts-level = Nível no último passo
facts-last_level = Nível na última medição
facts-lowest = Nível mais baixo até agora
facts-lowest_of_all = Nível mais baixo
facts-onset = Início
facts-ended = Fim
facts-duration = Duração
facts-lasting = Duração até agora
facts-networks = Redes
facts-regions = Regiões
facts-down = Sinais com queda
facts-slightly_down = Sinais ligeiramente abaixo do nível normal
facts-ordinary = Sinais em níveis normais
facts-usual_variation = Sinais cuja variação é pequena ou breve demais para contar
facts-silent = Sinais sem dados atuais
facts-last_reading = { $name }: sem dados desde { HOUR($time) ->
    [0] a
    [1] a
   *[other] as
} { $time }
facts-last_judged = { $name }: sem dados que possam ser avaliados desde { HOUR($time) ->
    [0] a
    [1] a
   *[other] as
} { $time }
facts-no_reading = sem novos dados de { $name } desde { HOUR($as_of) ->
    [0] a
    [1] a
   *[other] as
} { $as_of }
facts-cuts = { $n } cortes, { $length } no total
facts-of_ordinary = { $level } do nível normal { own-at }

## The timeline

timeline-part = { $part }, { $signal }
timeline-fell = Queda: { $name }
timeline-returned = De volta ao nível normal: { $name }
timeline-stated = Uma declaração de { $who } sobre a causa foi registrada
timeline-withdrawn = Uma declaração de { $who } sobre a causa foi retirada

## How earlier incidents are counted

history-quarter1 = de janeiro a março
history-quarter2 = de abril a junho
history-quarter3 = de julho a setembro
history-quarter4 = de outubro a dezembro
history-hours = menos de um dia
history-days = de um a sete dias
history-weeks = uma semana ou mais
history-between = duração não conhecida com precisão suficiente
history-unended = fim desconhecido

## What befell a source

faults-ill-past = { $name }: sinal não confiável desde { HOUR($since) ->
    [0] a
    [1] a
   *[other] as
} { $since } até { HOUR($until) ->
    [0] a
    [1] a
   *[other] as
} { $until }. Motivo: { $why }. Foi excluído: uma fonte com defeito nunca abre nem encerra um incidente.
faults-ill-lasting = { $name }: sinal não confiável desde { HOUR($since) ->
    [0] a
    [1] a
   *[other] as
} { $since }. Motivo: { $why }. Está excluído: uma fonte com defeito nunca abre nem encerra um incidente.
faults-ill-once = { $name }: sinal não confiável { HOUR($since) ->
    [0] à
    [1] à
   *[other] às
} { $since }. Motivo: { $why }. Foi excluído: uma fonte com defeito nunca abre nem encerra um incidente.
faults-unanswered-past = { $name }: as consultas a { $source } não obtiveram resposta utilizável desde { HOUR($since) ->
    [0] a
    [1] a
   *[other] as
} { $since } até { HOUR($until) ->
    [0] a
    [1] a
   *[other] as
} { $until }. O silêncio nunca abre nem encerra um incidente.
faults-unanswered-lasting = { $name }: as consultas a { $source } não obtêm resposta utilizável desde { HOUR($since) ->
    [0] a
    [1] a
   *[other] as
} { $since }. O silêncio nunca abre nem encerra um incidente.
faults-unanswered-once = { $name }: uma consulta a { $source } não obteve resposta utilizável { HOUR($since) ->
    [0] à
    [1] à
   *[other] às
} { $since }. O silêncio nunca abre nem encerra um incidente.
faults-silent-past = { $name }: sem dados desde { HOUR($since) ->
    [0] a
    [1] a
   *[other] as
} { $since } até { HOUR($until) ->
    [0] a
    [1] a
   *[other] as
} { $until }. O silêncio nunca abre nem encerra um incidente.
faults-silent-lasting = { $name }: sem dados desde sua medição { HOUR($since) ->
    [0] da
    [1] da
   *[other] das
} { $since }. O silêncio nunca abre nem encerra um incidente.
faults-silent-once = { $name }: sem dados { HOUR($since) ->
    [0] à
    [1] à
   *[other] às
} { $since }. O silêncio nunca abre nem encerra um incidente.
faults-mute-past = { $name }: sem dados posteriores { HOUR($since) ->
    [0] à
    [1] à
   *[other] às
} { $since } que pudessem ser avaliados no passo { HOUR($at) ->
    [0] da
    [1] da
   *[other] das
} { $at }. Contou como desconhecido, e não como normal.
faults-mute-past_undated = { $name }: sem dados que pudessem ser avaliados no passo { HOUR($at) ->
    [0] da
    [1] da
   *[other] das
} { $at }. Contou como desconhecido, e não como normal.
faults-mute-lasting = { $name }: sem dados posteriores { HOUR($since) ->
    [0] à
    [1] à
   *[other] às
} { $since } que possam ser avaliados, até o passo { HOUR($at) ->
    [0] da
    [1] da
   *[other] das
} { $at }. Conta como desconhecido, e não como normal.
faults-mute-lasting_undated = { $name }: sem dados que possam ser avaliados, até o passo { HOUR($at) ->
    [0] da
    [1] da
   *[other] das
} { $at }. Conta como desconhecido, e não como normal.
faults-doubted-past = { $name }: o sinal não passou na verificação de confiabilidade no passo { HOUR($since) ->
    [0] da
    [1] da
   *[other] das
} { $since }; no { HOUR($until) ->
    [0] da
    [1] da
   *[other] das
} { $until } isso já não ocorria. Foi excluído.
faults-doubted-lasting = { $name }: o sinal não passou na verificação de confiabilidade no passo { HOUR($since) ->
    [0] da
    [1] da
   *[other] das
} { $since }. Foi excluído.
illnesses-many-unrelated-places-fell-at-once = muitos dos lugares monitorados caíram ao mesmo tempo
illnesses-the-median-of-all-places-is-low = a maioria dos lugares apresenta níveis baixos ao mesmo tempo
illnesses-many-places-repeat-the-same-reading = muitos lugares repetem a mesma medição
illnesses-many-places-were-told-otherwise-afterwards = o que ela havia dito de muitos lugares, depois disse de outra forma
illnesses-other = suas medições se contradizem

## Other explanations that were checked

answers-of = { $result } ({ $signal })
checks-source-health-passed = Confiabilidade da fonte: suas medições de outros lugares são as habituais
checks-source-health-failed = A fonte pode estar com defeito: também em outros lugares suas medições estavam baixas, não mudavam ou foram reescritas
checks-source-health-unanswered = Confiabilidade da fonte: não é possível verificar
checks-source-rise-passed = Nada do que voltou ao normal apenas subiu junto com todos os outros lugares
checks-source-rise-failed = A fonte apresenta níveis altos em todos os lugares: o retorno que ela mostra não é informado
checks-source-rise-unanswered = Não se sabe se a fonte apresenta níveis altos em todos os lugares
checks-geolocation-passed = Nenhum outro lugar ganhou o que este perdeu
checks-geolocation-failed = Outro lugar ganhou o que este perdeu: pode ser que simplesmente seus endereços agora sejam situados em outra parte
checks-geolocation-unanswered = Não se sabe se outro lugar ganhou o que este perdeu
checks-renumbering-passed = Nenhuma rede irmã assumiu seus endereços
checks-renumbering-failed = Uma rede irmã subiu quando esta caiu: ela pode ter assumido seus endereços
checks-renumbering-unanswered = Não se sabe se uma rede irmã assumiu seus endereços
checks-routes-without-service-passed = Não se trata só das rotas: o serviço está afetado
checks-routes-without-service-failed = As rotas caíram; as medições por ping ou o tráfego caíram pouco demais para contar, ou não caíram
checks-routes-without-service-unanswered = Não se sabe se se trata de algo além das rotas
checks-people-without-network-passed = Não se trata só da ausência das pessoas: a rede está afetada
checks-people-without-network-failed = O uso das pessoas caiu; as medições por ping ou as rotas caíram pouco demais para contar, ou não caíram
checks-people-without-network-unanswered = Não se sabe se se trata de algo além da ausência das pessoas
checks-shared-input-passed = Nada indica que apenas um mapa de endereços tenha mudado
checks-shared-input-failed = Sinais que compartilham um mapa de endereços caíram de uma só vez, e o tráfego das pessoas está normal: o mapa pode ter mudado
checks-shared-input-unanswered = Sinais que compartilham um mapa de endereços caíram de uma só vez; não é possível verificar se o tráfego das pessoas também caiu
checks-addresses-without-people-passed = Não se trata só de endereços: o tráfego das pessoas também caiu
checks-addresses-without-people-failed = Perderam-se endereços; o tráfego das pessoas está normal
checks-addresses-without-people-unanswered = Não se sabe se se trata de algo além de endereços
checks-one-vantage-passed = Mais de um ponto de observação vê isso
checks-one-vantage-failed = Só as medições por ping veem isso, a partir de seu próprio ponto de observação
checks-one-vantage-unanswered = Não se sabe se mais de um ponto de observação vê isso
checks-level-shift-passed = Não parece uma mudança duradoura de nível
checks-level-shift-failed = Com uma queda tão pouco profunda por tanto tempo, pode se tratar de uma mudança duradoura de nível, e não de uma interrupção
checks-level-shift-unanswered = Não se sabe se se trata de uma mudança duradoura de nível
checks-expected-event-passed = Nenhuma queda estava prevista para este momento
checks-expected-event-failed = Uma queda estava prevista para este momento
checks-expected-event-unanswered = Não se sabe se uma queda estava prevista para este momento
checks-partial-bin-passed = Aparece em mais medições do que a mais recente, que pode estar incompleta
checks-partial-bin-failed = Só aparece na medição mais recente, e esta pode estar incompleta
checks-partial-bin-unanswered = Não se sabe se aparece em mais medições do que a mais recente
checks-season-passed = Nenhum outro dia das últimas semanas foi tão tranquilo nestes horários
checks-season-failed = Outros dias das últimas semanas, fins de semana ou feriados, foram igualmente tranquilos nestes horários
checks-season-unanswered = Não se sabe se outros dias foram igualmente tranquilos nestes horários
checks-clock-change-passed = Não se trata só de um relógio adiantado ou atrasado em uma hora
checks-clock-change-failed = As medições são normais para uma hora antes ou depois: um relógio pode ter sido alterado
checks-clock-change-unanswered = Não se sabe se um relógio foi alterado
checks-clock-passed = O que caiu tem data anterior a este momento e posterior ao que veio antes
checks-clock-failed = Uma medição com queda tem uma data posterior ao que é possível
checks-clock-unanswered = Não se sabe se o que caiu tem a data correta
checks-population-passed = O que caiu é formado por mais do que umas poucas redes
checks-population-failed = Umas poucas redes formam tudo o que caiu: um único provedor pode ser o lugar inteiro
checks-population-unanswered = Não se sabe se mais do que umas poucas redes caíram
checks-sympathetic-passed = Cada uma das redes citadas perdeu mais do que as redes que se comunicam com ela
checks-sympathetic-failed = Algumas redes só parecem ter uma queda porque outra tem; elas não são citadas
checks-sympathetic-unanswered = Não se sabe se algumas redes só parecem ter uma queda

## Which rule applied

rules-two-families = duas medições independentes caíram juntas
rules-two-families-in-a-part = duas medições independentes caíram juntas em uma parte do lugar
rules-one-strong-family = uma medição caiu, e nenhuma outra corrobora isso
rules-many-regions = um décimo das regiões caiu
rules-a-crowded-region = um quarto das regiões de um estado ou província caiu
rules-a-network-vanished = uma rede desapareceu das rotas BGP ou das medições por ping
rules-several-shallow-families = o tráfego e outra medição caíram um pouco, juntos
rules-weak-family-only = só uma medição irregular caiu
rules-not-yet-borne-out = nenhuma outra medição corrobora isso ainda
rules-parts-only = só algumas poucas redes ou regiões caíram, em uma única medição
rules-ordinary = tudo o que pode ser avaliado está normal
rules-unknown = nada pode ser avaliado
rules-held-back = não confirmado por causa de uma verificação: { $result }
rules-held-back-unanswered = não confirmado porque uma verificação não tem resposta: { $result }
rules-a-family-is-back = uma medição voltou ao normal
rules-a-network-is-back = uma rede voltou ao normal
rules-a-person-corrected-it = um editor fez a correção
rules-a-person-withdrew-it = um editor fez a retirada
rules-a-source-rises-everywhere = a fonte apresenta níveis altos em todos os lugares
rules-all-families-back = tudo o que caiu voltou ao normal
rules-changes-too-often = muda com frequência demais para que cada mudança seja informada
rules-fell-again = voltou a cair
rules-fell-again-in-one-family-only = voltou a cair em uma única medição
rules-fell-again-in-two-families = uma medição posterior confirma o que uma única fonte mostrou
rules-fell-before-the-return = uma medição tardia mostra uma queda antes do retorno
rules-hours-passed = continua: atualização diária
rules-level-rose = o nível subiu
rules-level-shift = o nível baixo se tornou o habitual
rules-new-networks = mais redes ou regiões caíram
rules-no-change = nada mudou
rules-off-again = voltou a cair após uma recuperação parcial
rules-only-parts-still-down = só partes do lugar continuam com queda
rules-readings-were-revised = a fonte revisou suas medições
rules-scope-grew = uma parte maior do lugar está afetada
rules-severity-grew = a queda se aprofundou
rules-still-falling = continua caindo
rules-too-soon = cedo demais após a última informação
rules-taken-back-already = a informação já havia sido retirada
class_rules-withdrawn = a informação foi retirada
class_rules-an-artefact-check-failed = segundo uma verificação, a falha está na medição
class_rules-routes-down-service-ordinary = rotas caíram enquanto o serviço estava normal
class_rules-not-corroborated = não está confirmado
class_rules-same-hour-on-many-days = caiu no mesmo horário em vários dias
class_rules-several-countries-at-once = vários países caíram em meia hora
class_rules-gradual-and-regional-or-daily = caiu devagar, e só em regiões ou com uma oscilação que se repete a cada dia
class_rules-mobile-networks-only = redes móveis caíram enquanto uma rede fixa estava normal
class_rules-regions-only = só regiões caíram
class_rules-held-between = ficou entre 15% e 75% do nível normal, e mais ou menos igual por seis horas
class_rules-most-of-a-country = um país inteiro caiu abaixo de um quinto do nível normal
class_rules-single-networks = algumas redes caíram
class_rules-no-pattern = nenhuma regra se aplicou

## Where a text was posted

posted-apprise = em um serviço de mensagens
posted-bluesky = no Bluesky
posted-file = em um arquivo
posted-mail = por e-mail
posted-mastodon = no Mastodon
posted-matrix = no Matrix
posted-ntfy = como notificação
posted-readers = por e-mail aos assinantes
posted-telegram = no Telegram
posted-webhook = em outro programa
posted-websub = em um feed
posted-x = no X
posted-other = em outro canal
