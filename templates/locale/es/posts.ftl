# Every sentence of a post; see ../en/posts.ftl for what stands between braces.

stop = .
gap = {" "}
hashtag = { $tag }
own-at = { HOUR($as_of) ->
    [1] a la
   *[other] a las
} { $as_of }
own-level = { INITIAL($level) ->
    [m] { $level }
   *[other] el { $level }
}
own-number = { INITIAL($number) ->
    [m] { $number }
   *[other] el { $number }
}
own-lowest = { INITIAL($lowest) ->
    [m] { $lowest }
   *[other] el { $lowest }
}
own-of = { HOUR($as_of) ->
    [1] de la
   *[other] de las
} { $as_of }
opening-drill = [Simulacro, no es noticia]
opening-reconstruction = [Reconstrucción]
opening-reconstruction-short = { opening-reconstruction }
suspected = Posible caída de la conectividad { $where }, según una sola fuente ({ $source_one }); no corroborada
suspected-short = Posible caída { $where }, según una sola fuente; no corroborada
suspected-eased = Remite la posible caída de la conectividad { $where } que mostraba una sola fuente ({ $source_one }); no corroborada
suspected-eased-short = Remite la posible caída { $where } que mostraba una sola fuente; no corroborada
confirmed = Confirmado: { $noun } { $where }
again = Actualización: la conectividad { $where } ha vuelto a caer tras una recuperación parcial
again-goes-on = Actualización: la conectividad { $where } ha vuelto a caer tras una recuperación parcial; continúa la { $noun }
wider = Actualización: la alteración { $where } se ha extendido y ahora es una { $noun }
deeper = Actualización: la alteración { $where } se ha agravado y ahora es una { $noun }
grown = Actualización: la alteración { $where } ha crecido y ahora es una { $noun }
now-short = Actualización: ahora, { $noun } { $where }
continues = Actualización: continúa la { $noun } { $where }
still-partly-back = Actualización: la conectividad { $where } sigue recuperada solo en parte
partly-back = Actualización: la conectividad { $where } se ha recuperado en parte
reopened = Actualización: la conectividad { $where } ha vuelto a caer: { $noun }
restored = Restablecimiento: la conectividad { $where } ha vuelto a niveles normales
restored-alone = Fin de la caída de la conectividad { $where } que mostraba una sola fuente; no fue corroborada
restored-parts = Restablecimiento: { SMALL($subject) } se recupera hasta { own-number } del nivel normal ({ $tag })
retracted = Anulación: retiramos nuestra información sobre una alteración del servicio de internet { $where }
corrected-noun = Corrección: la alteración { $where } se describe ahora como una { $noun }
corrected-report = Corrección de nuestra información sobre { $place }
corrected-statement = Corrección sobre la alteración { $where }:
level = Conectividad: { $level } del nivel normal { own-at }.
level-it = Última medición: { $level } del nivel normal { own-at }.
level-reads = Medición: { $level } del nivel normal { own-at }.
level-undated = Conectividad: { $level } del nivel normal.
level-none = No se puede indicar el nivel { own-at }.
level-short = { $level } del nivel normal ({ $as_of_brief }).
level-none-short = Nivel desconocido ({ $as_of_brief }).
level-silent = Sin datos nuevos de { $silent_signal } desde { HOUR($as_of) ->
    [1] la
   *[other] las
} { $as_of }.
level-networks = Respecto al nivel normal, { own-at }: { $operator_levels }.
where-affected = { $scope ->
    [operator] En las redes afectadas:
    [mobile] En las redes afectadas:
   *[other] En las zonas afectadas:
}
level-parts = { where-affected } { $operator_range } del nivel normal { own-at }.
level-parts-short = { where-affected } { $operator_range } del nivel normal ({ $as_of_brief }).
lowest = Nivel más bajo: { $lowest }.
lowest-of = Nivel más bajo: { $lowest } del nivel normal.
lowest-so-far = Nivel más bajo hasta ahora: { $lowest }.
lowest-so-far-of = Nivel más bajo hasta ahora: { $lowest } del nivel normal.
as-of = Situación { own-at }.
missing-almost-all = Se ha perdido casi toda la conectividad.
missing-most = Se ha perdido la mayor parte de la conectividad.
missing-some = Se ha perdido parte de la conectividad.
began = Comienzo: { $onset }.
first-began = Comienzo de la primera caída: { $onset }.
began-as = Comenzó el { $onset_day } como una { $earlier }.
began-as-short = Al inicio: { $earlier }.
disruption-began = Comienzo de la alteración: { $onset }.
drop-began = Comienzo de la caída: { $onset }.
drop-named = Comienzo de la caída de la que informamos: { $onset }.
ended = Fin: { $ended }.
lasted = Duración de la alteración: { $duration }.
lasted-alone = Duración: { $duration }.
lasting = Duración hasta ahora: { $duration }.
lasted-cuts = Cortes: { $cut_count }; duración total: { $duration }.
lasting-cuts = Cortes hasta ahora: { $cut_count }; duración total: { $duration }.
regions = Afecta a: { $regions }.
operators = Afecta a: { $operators }.
operator-levels = Por red: { $operator_levels }.
recovered = De nuevo en niveles normales: { $recovered }.
back-and-still = De nuevo en niveles normales: { $back }. Aún por debajo { own-at }: { $still }.
back-and-still-short = Ya en niveles normales: { $back }. { still-short }
still-short = Aún por debajo ({ $as_of_brief }): { $still }.
measured = Datos: { $measured }.
sources = Señales: { $sources }.
source = Fuente: { $measured_by }.
credits = Fuentes y licencias: { $credits }.
cause-unknown = Se desconoce la causa.
restrictions = Es posible que algunos servicios sigan restringidos sin que estos datos lo reflejen.
reconstructed = Elaborado con información publicada; no es una medición.
report = El informe, con el gráfico, sus datos y todos los pasos hasta ahora:
corrected-readings = Corrección: unas mediciones revisadas modifican nuestra información del { $wrong_at } sobre { $place }.
wrong-lowest = Dimos como nivel más bajo { INITIAL($wrong_lowest) ->
    [m] { $wrong_lowest }
   *[other] el { $wrong_lowest }
} del nivel normal; en realidad fue { own-lowest }.
wrong-lowest-short = Nivel más bajo: { $lowest }, no { $wrong_lowest }.
wrong-onset = Comienzo: { $onset }, no { $wrong_onset }.
wrong-onset-short = Comenzó a una hora distinta de la indicada.
alone = Una sola fuente muestra una caída; sin corroborar.
alone-short = Sin corroborar.
unsupported = Los datos { own-of } ya no la respaldan.
marked-retracted = Anulado. Lo que decía aquí ya no es válido; nuestro mensaje más reciente de este hilo dice por qué.
marked-corrected = Corregido: nuestro mensaje más reciente de este hilo dice qué estaba mal aquí.
test = Mensaje de prueba, no es noticia. Se retira enseguida.
test-at = Enviado el { $at } UTC.
