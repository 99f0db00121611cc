# The words on a chart; see ../en/charts.ftl.

references-weekly = la mediana a la misma hora del mismo día de la semana en las cuatro semanas anteriores a cada medición (del { $since } al { $until }, sin los periodos de alteración)
references-daily = la mediana a la misma hora del día en un máximo de siete días antes de cada medición (del { $since } al { $until }, sin los periodos de alteración)
references-flat = la mediana de un máximo de una semana antes de cada medición (del { $since } al { $until }, sin los periodos de alteración)
references-kept = el nivel de la semana anterior al comienzo (del { $since } al { $until })
references-unknown = lo que cabe esperar según horas anteriores comparables (del { $since } al { $until }, sin los periodos de alteración)
chart-reference = El 100 % es { $reference }.
chart-key = % del nivel normal
chart-land = Mapa: Natural Earth y US Census Bureau, dominio público; las fronteras y los nombres no implican ninguna postura sobre su estatus.
chart-ordinary = nivel normal = 100 %
chart-band = nivel normal = 100 %; sombreado: intervalo esperado, { $name }
chart-begins = Comienza la alteración
chart-drop = Comienza la caída
chart-ends = De nuevo en niveles normales
chart-gap = sin datos
chart-stale =
    { $name }
    sin datos desde el { $time }
chart-nothing =
    { $name }
    sin valor actual
chart-mark_day = { $day }, { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } { HOUR($time) ->
    [1] a la
   *[other] a las
} { $time }
chart-foot = Datos { own-of } · últimos valores provisionales · incidente { $incident } · { $address }
chart-site = Datos { own-of } · últimos valores provisionales · { $address }
chart-reconstructed = Reconstrucción a partir de información publicada; no es una medición.
chart-data = Datos: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = RECONSTRUCCIÓN
chart-drill = SIMULACRO
chart-test = Imagen de prueba, no es noticia
chart-together = { $n } familias de señales independientes
chart-ongoing = { $length }, aún en curso
chart-unsure = { $name } (una sola fuente)
chart-subtitle = { $metrics }, en porcentaje del { $method }, { $period }
chart-lasted = { CAPITAL($noun) } { $within }: { $duration }
chart-lasting = { CAPITAL($noun) } { $within }: { $duration } hasta ahora
chart-lasted_alone = Caída { $within } según una sola fuente: { $duration }
chart-lasting_alone = Caída { $within } según una sola fuente: { $duration } hasta ahora
chart-beside = { $n ->
    [one] Duración comparada con la del incidente registrado antes { $within }; en tono claro: lo que no se sabe con certeza
   *[other] Duración comparada con la de los { $n } incidentes registrados antes { $within }; en tono claro: lo que no se sabe con certeza
}
chart-line = { $n ->
    [one] { $n } alteración registrada
   *[other] { $n } alteraciones registradas
}
chart-line_going = { chart-line }, { $going } en curso
chart-line_period = Del comienzo al fin de cada una, { $period }; en tono claro: lo que no se sabe con certeza
badge-retracted = la información se retira
badge-ended = final: { $ended }
badge-lasted = duración: { $duration }
badge-suspected = una sola fuente, sin corroborar · comienzo de la caída: { $onset }
badge-began = comienzo: { $onset }
period-days = { $since } – { $until }
period-within = { $first }–{ $until }
