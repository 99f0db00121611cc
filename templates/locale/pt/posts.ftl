# Every sentence of a post; see ../en/posts.ftl for what stands between braces.

stop = .
gap = {" "}
hashtag = { $tag }
own-at = { HOUR($as_of) ->
    [0] à
    [1] à
   *[other] às
} { $as_of }
own-of = { HOUR($as_of) ->
    [0] da
    [1] da
   *[other] das
} { $as_of }
opening-drill = [Simulação, não é notícia]
opening-reconstruction = [Reconstituição]
opening-reconstruction-short = { opening-reconstruction }
suspected = Possível queda da conectividade: { $place }, segundo uma única fonte ({ $source_one }); não corroborada
suspected-short = Possível queda: { $place }, segundo uma única fonte; não corroborada
suspected-eased = Possível queda da conectividade: { $place } – mostrada por uma única fonte ({ $source_one }), a queda diminuiu; não corroborada
suspected-eased-short = Possível queda: { $place } – mostrada por uma única fonte, diminuiu; não corroborada
confirmed = Confirmado: { $place } – { $noun }
again = Atualização: { $place } – a conectividade voltou a cair após uma recuperação parcial
again-goes-on = Atualização: { $place } – a conectividade voltou a cair após uma recuperação parcial; continua a { $noun }
wider = Atualização: { $place } – a perturbação se ampliou e agora é uma { $noun }
deeper = Atualização: { $place } – a perturbação se agravou e agora é uma { $noun }
grown = Atualização: { $place } – a perturbação aumentou e agora é uma { $noun }
now-short = Atualização: { $place } – agora, { $noun }
continues = Atualização: { $place } – continua a { $noun }
still-partly-back = Atualização: { $place } – a conectividade continua recuperada apenas em parte
partly-back = Atualização: { $place } – a conectividade se recuperou em parte
reopened = Atualização: { $place } – a conectividade voltou a cair: { $noun }
restored = Restabelecimento: { $place } – a conectividade voltou a níveis normais
restored-alone = Fim da queda da conectividade: { $place } – mostrada por uma única fonte, a queda não foi corroborada
restored-parts = Restabelecimento – { title-restored } ({ $tag })
retracted = Anulação: { $place } – retiramos nossa informação sobre uma perturbação no serviço de internet
corrected-noun = Correção: { $place } – a perturbação agora é descrita como uma { $noun }
corrected-report = Correção de nossa informação: { $place }
corrected-statement = Correção de nossa informação sobre uma perturbação: { $place }.
level = Conectividade: { $level } do nível normal { own-at }.
level-it = Última medição: { $level } do nível normal { own-at }.
level-reads = Medição: { $level } do nível normal { own-at }.
level-undated = Conectividade: { $level } do nível normal.
level-none = Não é possível indicar um nível { own-at }.
level-short = { $level } do nível normal ({ $as_of_brief }).
level-none-short = Nível desconhecido ({ $as_of_brief }).
level-silent = Sem novos dados de { $silent_signal } desde { HOUR($as_of) ->
    [0] a
    [1] a
   *[other] as
} { $as_of }.
level-networks = Em relação ao nível normal, { own-at }: { $operator_levels }.
where-affected = { $scope ->
    [operator] Nas redes afetadas:
    [mobile] Nas redes afetadas:
   *[other] Nas áreas afetadas:
}
level-parts = { where-affected } { $operator_range } do nível normal { own-at }.
level-parts-short = { where-affected } { $operator_range } do nível normal ({ $as_of_brief }).
lowest = O nível mais baixo foi de { $lowest }.
lowest-of = O nível mais baixo foi de { $lowest } do nível normal.
lowest-so-far = O nível mais baixo até agora foi de { $lowest }.
lowest-so-far-of = O nível mais baixo até agora foi de { $lowest } do nível normal.
as-of = Situação { own-at }.
missing-almost-all = Perdeu-se quase toda a conectividade.
missing-most = Perdeu-se a maior parte da conectividade.
missing-some = Perdeu-se parte da conectividade.
began = Início: { $onset }.
first-began = Início da primeira queda: { $onset }.
began-as = No início ({ $onset_day }): { $earlier }.
began-as-short = No início: { $earlier }.
disruption-began = Início da perturbação: { $onset }.
drop-began = Início da queda: { $onset }.
drop-named = Início da queda que havíamos informado: { $onset }.
ended = Fim: { $ended }.
lasted = Duração da perturbação: { $duration }.
lasted-alone = Duração: { $duration }.
lasting = Duração até agora: { $duration }.
lasted-cuts = Cortes: { $cut_count }; duração total: { $duration }.
lasting-cuts = Cortes até agora: { $cut_count }; duração total: { $duration }.
regions = Afeta: { $regions }.
operators = Afeta: { $operators }.
operator-levels = Por rede: { $operator_levels }.
recovered = De volta ao nível normal: { $recovered }.
back-and-still = De volta ao nível normal: { $back }. Ainda abaixo { own-at }: { $still }.
back-and-still-short = No nível normal: { $back }. { still-short }
still-short = Ainda abaixo ({ $as_of_brief }): { $still }.
measured = Dados: { $measured }.
sources = Sinais: { $sources }.
source = Fonte: { $measured_by }.
credits = Fontes e licenças: { $credits }.
cause-unknown = A causa é desconhecida.
restrictions = Alguns serviços podem continuar restritos sem que isso apareça nestes dados.
reconstructed = Elaborado com informações publicadas; não é uma medição.
report = O relatório, com o gráfico, seus dados e todos os passos até agora:
corrected-readings = Correção: { $place } – medições revisadas alteram nossa informação de { $wrong_at }.
wrong-lowest = Informamos { $wrong_lowest } do nível normal como o nível mais baixo; foi de { $lowest }.
wrong-lowest-short = O nível mais baixo foi de { $lowest }, e não de { $wrong_lowest }.
wrong-onset = Início: { $onset }, e não { $wrong_onset }.
wrong-onset-short = O início não foi na hora indicada.
alone = Uma única fonte mostra uma queda; não corroborada.
alone-short = Queda não corroborada.
unsupported = Os dados { own-of } não sustentam mais a informação.
marked-retracted = Anulado. O que estava aqui não vale mais; nossa publicação mais recente nesta sequência diz por quê.
marked-corrected = Corrigido: nossa publicação mais recente nesta sequência diz o que estava errado aqui.
test = Mensagem de teste, não é notícia. É retirada de imediato.
test-at = Enviada em { $at } UTC.
