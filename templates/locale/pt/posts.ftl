# Every sentence of a post; see ../en/posts.ftl for what stands between braces.

stop = .
gap = {" "}
hashtag = { $tag }
own-at = { HOUR($as_of) ->
    [1] à
   *[other] às
} { $as_of }
opening-drill = [Simulação, não é notícia]
opening-reconstruction = [Reconstituição]
suspected = Possível: { $place } – uma única fonte ({ $source_one }) mostra uma queda da conectividade, sem corroboração
suspected-short = Possível: { $place } – uma única fonte mostra uma queda, sem corroboração
suspected-eased = Possível: { $place } – a queda da conectividade mostrada por uma única fonte ({ $source_one }) diminuiu, sem corroboração
suspected-eased-short = Possível: { $place } – a queda mostrada por uma única fonte diminuiu, sem corroboração
confirmed = Confirmado: { $place } – { $noun }
again = Atualização: { $place } – a conectividade voltou a cair após um retorno parcial
again-goes-on = Atualização: { $place } – a conectividade voltou a cair após um retorno parcial; continua a { $noun }
wider = Atualização: { $place } – a perturbação se ampliou e agora é uma { $noun }
deeper = Atualização: { $place } – a perturbação se agravou e agora é uma { $noun }
grown = Atualização: { $place } – a perturbação aumentou e agora é uma { $noun }
now-short = Atualização: { $place } – agora, { $noun }
continues = Atualização: { $place } – continua a { $noun }
still-partly-back = Atualização: { $place } – a conectividade continua apenas parcialmente recuperada
partly-back = Atualização: { $place } – a conectividade foi parcialmente recuperada
reopened = Atualização: { $place } – a conectividade voltou a cair; continua a { $noun }
restored = Restabelecido: { $place } – a conectividade voltou ao normal
restored-alone = Restabelecido: { $place } – a queda da conectividade mostrada por uma única fonte terminou; não foi corroborada
restored-parts = Restabelecido: { title-restored } ({ $tag })
retracted = Retirado: { $place } – retiramos nosso aviso de uma perturbação
corrected-noun = Correção: { $place } – a perturbação agora é descrita como uma { $noun }
corrected-report = Correção: { $place } – nosso aviso
corrected-statement = Correção: { $place } – aviso de uma perturbação.
level = Conectividade: { $level } do nível habitual { own-at }.
level-it = Está em { $level } do nível habitual { own-at }.
level-reads = A medição indica { $level } do nível habitual { own-at }.
level-undated = A conectividade está em { $level } do nível habitual.
level-none = { CAPITAL(own-at) } não é possível indicar um nível.
level-short = { $level } do nível habitual ({ $as_of_brief }).
level-none-short = Nível desconhecido ({ $as_of_brief }).
level-networks = { $operator_levels } do nível habitual { own-at }.
level-range = Em { $operator_range } do nível habitual { own-at }.
lowest = O nível mais baixo foi de { $lowest }.
lowest-of = O nível mais baixo foi de { $lowest } do habitual.
lowest-so-far = O nível mais baixo até agora foi de { $lowest }.
lowest-so-far-of = O nível mais baixo até agora foi de { $lowest } do habitual.
as-of = Situação { own-at }.
missing-almost-all = Falta quase toda a conectividade habitual.
missing-most = Falta a maior parte da conectividade habitual.
missing-some = Falta parte da conectividade habitual.
began = Início: { $onset }.
first-began = Início da primeira queda: { $onset }.
began-as = No início ({ $onset_day }): { $earlier }.
began-as-short = No início: { $earlier }.
disruption-began = Início da perturbação: { $onset }.
drop-began = Início da queda: { $onset }.
drop-named = Início da queda de que o aviso falava: { $onset }.
ended = Fim: { $ended }.
lasted = Duração da perturbação: { $duration }.
lasted-alone = Duração: { $duration }.
lasting = Duração até agora: { $duration }.
lasted-cuts = Cortes: { $cut_count }; duração total: { $duration }.
lasting-cuts = Cortes até agora: { $cut_count }; duração total: { $duration }.
regions = Afeta: { $regions }.
operators = Afeta: { $operators }.
operator-levels = Por rede: { $operator_levels }.
recovered = De volta ao normal: { $recovered }.
back-and-still = De volta ao normal: { $back }. Ainda em baixa { own-at }: { $still }.
back-and-still-short = De volta: { $back }. Ainda em baixa: { $still } ({ $as_of_brief }).
sources = Dados: { $sources }.
source = Fonte: { $measured_by }.
credits = Fontes e licenças: { $credits }.
cause-unknown = A causa não é conhecida.
restrictions = Serviços podem continuar restritos sem que estes dados o mostrem.
reconstructed = Feito a partir de fatos publicados, não medido.
report = O relatório, com o gráfico, seus dados e todos os passos até agora:
corrected-readings = Correção: { $place } – medições revisadas alteram nosso aviso de { $wrong_at }.
wrong-lowest = O aviso indicava { $wrong_lowest } do nível habitual como o mais baixo; foi de { $lowest }.
wrong-lowest-short = O nível mais baixo foi de { $lowest }, e não de { $wrong_lowest }.
wrong-onset = Início: { $onset }, e não { $wrong_onset }.
wrong-onset-short = O início não foi na hora indicada.
alone = Uma única fonte mostra uma queda, sem corroboração.
alone-short = Sem corroboração.
unsupported = Os dados { own-at } não o sustentam mais.
marked-retracted = Retirado. O que estava aqui não vale mais; nossa publicação mais recente nesta sequência diz por quê.
marked-corrected = Corrigido: nossa publicação mais recente nesta sequência diz o que estava errado aqui.
test = Mensagem de teste, não é notícia. É retirada de imediato.
test-at = Enviada em { $at } UTC.
where-affected = { $scope ->
    [operator] Nas redes afetadas:
    [mobile] Nas redes afetadas:
   *[other] Nas áreas afetadas:
}
level-parts = { where-affected } { $operator_range } do nível habitual { own-at }.
level-parts-short = { where-affected } { $operator_range } do nível habitual ({ $as_of_brief }).
measured = Dados: { $measured }.
