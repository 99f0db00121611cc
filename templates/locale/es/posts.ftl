# Every sentence of a post; see ../en/posts.ftl for what stands between braces.

stop = .
gap = {" "}
hashtag = { $tag }
own-at = { HOUR($as_of) ->
    [1] a la
   *[other] a las
} { $as_of }
opening-drill = [Simulacro, no es noticia]
opening-reconstruction = [Reconstrucción]
suspected = Posible: una sola fuente ({ $source_one }) muestra una caída de la conectividad { $where }; sin corroborar
suspected-short = Posible: una sola fuente muestra una caída { $where }; sin corroborar
suspected-eased = Posible: la caída de la conectividad { $where } que mostraba una sola fuente ({ $source_one }) ha remitido; sin corroborar
suspected-eased-short = Posible: la caída { $where } que mostraba una sola fuente ha remitido; sin corroborar
confirmed = Confirmado: { $noun } { $where }
again = Actualización: la conectividad { $where } ha vuelto a caer tras una recuperación parcial
again-goes-on = Actualización: la conectividad { $where } ha vuelto a caer tras una recuperación parcial; continúa: { $noun }
wider = Actualización: la alteración { $where } se ha extendido y ahora es una { $noun }
deeper = Actualización: la alteración { $where } se ha agravado y ahora es una { $noun }
grown = Actualización: la alteración { $where } ha crecido y ahora es una { $noun }
now-short = Actualización: ahora, { $noun } { $where }
continues = Actualización: continúa la { $noun } { $where }
still-partly-back = Actualización: la conectividad { $where } aún se ha recuperado solo en parte
partly-back = Actualización: la conectividad { $where } se ha recuperado en parte
reopened = Actualización: la conectividad { $where } ha vuelto a caer; continúa la { $noun }
restored = Restablecido: la conectividad { $where } vuelve a ser la habitual
restored-alone = Restablecido: la caída de la conectividad { $where } que mostraba una sola fuente ha terminado; no se corroboró
restored-parts = Restablecido: { title-restored } ({ $tag })
retracted = Retirado: retiramos nuestro aviso de una alteración { $where }
corrected-noun = Corrección: la alteración { $where } se describe ahora como una { $noun }
corrected-report = Corrección: nuestro aviso sobre { $place }
corrected-statement = Corrección sobre la alteración { $where }:
level = Conectividad: { $level } del nivel habitual { own-at }.
level-it = Nivel: { $level } del habitual { own-at }.
level-reads = Medición: { $level } del nivel habitual { own-at }.
level-undated = Conectividad: { $level } del nivel habitual.
level-none = No se puede dar ningún nivel { own-at }.
level-short = { $level } del nivel habitual ({ $as_of_brief }).
level-none-short = Nivel desconocido ({ $as_of_brief }).
level-networks = Respecto al nivel habitual, { own-at }: { $operator_levels }.
level-range = Nivel: { $operator_range } del habitual { own-at }.
lowest = Nivel más bajo: { $lowest }.
lowest-of = Nivel más bajo: { $lowest } del habitual.
lowest-so-far = Nivel más bajo hasta ahora: { $lowest }.
lowest-so-far-of = Nivel más bajo hasta ahora: { $lowest } del habitual.
as-of = Situación { own-at }.
missing-almost-all = Falta casi toda la conectividad habitual.
missing-most = Falta la mayor parte de la conectividad habitual.
missing-some = Falta parte de la conectividad habitual.
began = Comienzo: { $onset }.
first-began = Comienzo de la primera caída: { $onset }.
began-as = Comenzó el { $onset_day } como una { $earlier }.
began-as-short = Al inicio: { $earlier }.
disruption-began = Comienzo de la alteración: { $onset }.
drop-began = Comienzo de la caída: { $onset }.
drop-named = Comienzo de la caída de la que hablaba el aviso: { $onset }.
ended = Fin: { $ended }.
lasted = Duración de la alteración: { $duration }.
lasted-alone = Duración: { $duration }.
lasting = Duración hasta ahora: { $duration }.
lasted-cuts = Cortes: { $cut_count }; duración total: { $duration }.
lasting-cuts = Cortes hasta ahora: { $cut_count }; duración total: { $duration }.
regions = Afecta a: { $regions }.
operators = Afecta a: { $operators }.
operator-levels = Por redes: { $operator_levels }.
recovered = De nuevo en niveles habituales: { $recovered }.
back-and-still = De nuevo en niveles habituales: { $back }. Aún por debajo { own-at }: { $still }.
back-and-still-short = De vuelta: { $back }. Aún por debajo: { $still } ({ $as_of_brief }).
sources = Datos: { $sources }.
source = Fuente: { $measured_by }.
credits = Fuentes y licencias: { $credits }.
cause-unknown = No se conoce la causa.
restrictions = Puede haber servicios restringidos de formas que estos datos no muestran.
reconstructed = Hecho a partir de datos publicados, no medido.
report = El informe, con el gráfico, sus datos y todos los pasos hasta ahora:
corrected-readings = Corrección: mediciones revisadas cambian nuestro aviso del { $wrong_at } sobre { $place }.
wrong-lowest = Nivel más bajo según el aviso: { $wrong_lowest } del habitual; en realidad: { $lowest }.
wrong-lowest-short = Nivel más bajo: { $lowest }, no { $wrong_lowest }.
wrong-onset = Comienzo: { $onset }, no { $wrong_onset }.
wrong-onset-short = Comenzó a otra hora de la que se dijo.
alone = Una sola fuente muestra una caída; sin corroborar.
alone-short = Sin corroborar.
unsupported = Los datos { own-at } ya no lo respaldan.
marked-retracted = Retirado. Lo que decía aquí ya no es válido; nuestro mensaje más reciente de este hilo dice por qué.
marked-corrected = Corregido: nuestro mensaje más reciente de este hilo dice qué estaba mal aquí.
test = Mensaje de prueba, no es noticia. Se retira enseguida.
test-at = Enviado el { $at } UTC.
where-affected = { $scope ->
    [operator] En las redes afectadas:
    [mobile] En las redes afectadas:
   *[other] En las zonas afectadas:
}
level-parts = { where-affected } { $operator_range } del nivel habitual { own-at }.
level-parts-short = { where-affected } { $operator_range } del nivel habitual ({ $as_of_brief }).
measured = Datos: { $measured }.
