# See ../en/site.ftl.

## Marks beside the title of an incident, and severities

site-mark-drill = Simulacro
site-mark-reconstruction = Reconstrucción
severity-minor = leve
severity-moderate = moderada
severity-major = importante
severity-near-total = casi total

## The front page

home-title = Cortes de internet, con sus pruebas
home-description = Las alteraciones de internet a medida que se detectan, se confirman y se restablecen.
home-updated = Última actualización: { $time }.
home-subscribe = Suscribirse: { $ways }.
home-subscribe-all = todos los incidentes (Atom)
home-subscribe-corrections = correcciones (Atom)
home-subscribe-more = más feeds
home-subscribe-mail = por correo electrónico
home-now = En este momento
home-none-open = No hay publicado ningún incidente en curso.
home-places = Todos los lugares de un vistazo: el nivel de cada país y cada red vigilados
home-map-note = Países con un incidente en curso en esta página, según su mayor gravedad: { $severities }. La lista los nombra a todos; de un país sin color no se sabe que esté libre de cortes. Contornos: Natural Earth.
home-map = Países con un incidente en curso: { $incidents }
home-map-empty = No hay ningún país marcado: no hay publicado ningún incidente en curso
home-timeline = Cuándo y cuánto tiempo
home-past = Incidentes pasados
home-follow = Seguir
home-follow-all = Todos los incidentes: { $feeds }. Correcciones y anulaciones: { $corrections }. La página de un incidente enlaza con el feed de su país.
home-follow-mail = { $link }: usted elige los lugares y la magnitud mínima de una caída.
home-follow-mail-link = Por correo electrónico
home-follow-alerts = { $link }: para programas que transmiten avisos al público. Cada alerta indica cómo debe entenderse; la que está marcada como prueba no debe transmitirse como aviso.
home-follow-alerts-link = Alertas (CAP 1.2)
home-follow-map = { $link }: los incidentes que están en curso, con sus lugares, para mapas.
home-follow-map-link = Datos para mapas (GeoJSON)
home-follow-calendar = { $link }: periodos en los que se espera una caída, como un mantenimiento anunciado.
home-follow-calendar-link = Calendario (iCalendar)
home-follow-api = { $link }: lugares, incidentes y las mediciones en que se basan los gráficos.
home-follow-api-link = Datos para programas (JSON, descritos con OpenAPI)
home-sources = Fuentes
home-sources-note = Situación: { $time }. Una fuente defectuosa o sin datos nunca abre ni cierra un incidente. { $link }
home-sources-note-link = Lo mismo como datos (JSON)
home-column-signal = Señal
home-column-reading = Última medición
home-column-state = Estado
home-no-reading = todavía ninguna

## The page of a country or a network

place-title = Internet, { $place }: niveles y cortes
place-description = Los niveles medidos de internet ({ $place }), los últimos 28 días y los cortes registrados.
place-country = País o territorio
place-network = Red AS{ $number }
place-network-within = Red AS{ $number }, { $country }
place-now = Ahora
place-column-level = Nivel
place-column-reading = Última medición publicada
place-unpublished = sin mediciones publicadas
place-unpublished-month = ninguna en 28 días
place-level-note = Un nivel es una medición en porcentaje de lo que las horas y los días anteriores hacen esperar. Que no haya mediciones publicadas no dice nada de la red: una medición puede llegar tarde, faltar o no estar aún comprobada.
place-no-levels = Sin mediciones publicadas.
place-days = Los últimos 28 días
place-days-note = La media de cada hora; el borde inferior de un gráfico es 0. Un hueco es una hora sin mediciones publicadas. Los días son los de UTC.
place-highest = Hora más alta: { $value }
place-chart = { $signal }, { $first } – { $last }: entre { $lowest } y { $highest }; mediciones en { $read } de { $hours } horas
place-chart-empty = { $signal }, { $first } – { $last }: sin mediciones publicadas
place-history = Incidentes registrados
place-ended-one = Un incidente de este lugar ha terminado. Duración: { $longest }.
place-ended-two = Dos incidentes de este lugar han terminado. Duración del más largo: { $longest }.
place-ended-more = Incidentes terminados de este lugar: { $n }. Duración mediana: { $median }; duración del más largo: { $longest }.
place-classes = Incidentes confirmados, por clase
place-column-class = Clase
place-column-incidents = Incidentes
place-column-median = Duración mediana
place-column-longest = El más largo
place-not-given = no se indica
place-classes-note = Una clase dice a qué se parece el patrón de los datos, no quién ni por qué. No se cuentan los simulacros, los incidentes anulados ni los registrados para otro lugar u otra red.
place-classes-durations = Las duraciones se dan cuando han terminado al menos tres.
place-classes-newest = Solo se cuentan los incidentes más recientes.
place-seasons = Por fecha de comienzo, en hora local: { $counts }.
place-follow = Seguir, y datos
place-feeds = Incidentes de este lugar: { $feeds }.
place-feeds-all = Incidentes de todos los lugares: { $feeds }.
place-feed-later = El feed de este lugar empezará con su primer incidente.
place-data = Los incidentes como datos (JSON)
place-mail = Los incidentes de este lugar por correo electrónico
place-sources = Fuentes: { $credits }.

## All places

places-title = Todos los lugares de un vistazo
places-description = El nivel de internet en cada país y cada red vigilados.
places-note = Cada lugar vigilado, con el nivel de cada señal: su última medición en porcentaje de lo que las horas y los días anteriores hacen esperar. Situación: { $time }; la hora junto a un nivel es la de su medición: mes, día y hora.
places-utc = Las horas son UTC.
places-missing-note = «Sin mediciones publicadas» no dice nada de la red: una medición puede llegar tarde, faltar o no estar aún comprobada.
places-countries = Países y territorios
places-countries-letters = Países por letra
places-networks = Redes
places-networks-letters = Redes por letra
places-column-place = Lugar
places-column-incident = Incidente
places-unwatched = no vigilado
places-no-incident = ninguno publicado
places-empty = Todavía no hay mediciones publicadas. La lista aparecerá con la primera.

## The words of the script

script-zone = Mostrar las horas en mi zona horaria
script-zone-back = Mostrar las horas en UTC
script-zone-note = Las horas están ahora en su zona horaria, { $zone }, salvo donde pone UTC: en los textos tal como se publicaron, en los intervalos de tiempo y en las imágenes.
script-filter = Filtrar por nombre
script-filter-shown = Se muestran: { $shown } de { $all }
script-chart-time = Hora en el gráfico
script-chart-reading = { $hours ->
    [1] Última medición de la hora hasta { $time }:
   *[other] Última medición de las { $hours } horas hasta { $time }:
}
script-chart-closer = Ampliar alrededor de esta hora
script-chart-whole = Mostrar todo el periodo
script-chart-shown = Periodo mostrado: { $from } – { $to }
script-chart-failed = No se ha podido volver a cargar el gráfico.

## The front page's chart where the archive has more than it shows

newest-line = Las { $n } alteraciones registradas más recientes
newest-line_going = Las { $n } alteraciones registradas más recientes, { $going } de ellas en curso

## How a source stands now

standings-ordinary = normal
standings-untold = con datos; se vigilan muy pocos lugares para saber si está defectuosa
standings-unheard = todavía sin mediciones
standings-silent = sin datos desde { $since }
standings-ill = defectuosa desde { $since }: { $why }
standings-ill_undated = defectuosa: { $why }
