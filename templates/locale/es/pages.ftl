# The sentences of the pages, and the texts that ../../words/en.toml has in English; see
# ../en/pages.ftl.

## What every page has

site-feed = Cortes de internet
site-feed-corrections = Correcciones y anulaciones
site-skip = Ir al texto
site-navigation = Sitio
site-languages = Idiomas
site-places = Lugares
site-archive = Archivo
site-digest = Resumen
site-corrections = Correcciones
site-status = Estado de las fuentes
site-methodology = Metodología
site-about = Quiénes somos
site-feeds = Feeds
site-unpublished = Solo para el operador: esta página muestra sucesos que no están publicados. No la difunda.
site-unreviewed = Esta traducción la ha hecho una máquina y ninguna persona la ha revisado. La página que vale es la original: { $language }.
site-reconstruction = Reconstrucción: todo lo que figura en estas páginas está elaborado con información publicada; no es una medición.
site-replayed = Repetición o simulacro: estas páginas no muestran lo que ocurre ahora.
site-scorecard = Con qué frecuencia acertamos
site-contact = Correcciones y preguntas: { $contact }.
site-no-contact = no hay ninguna dirección configurada

## The first paragraph

lead-retracted = Se retira esta información sobre una alteración del servicio de internet { $within }.
lead-usual = Situación { own-at }: el nivel bajo ha pasado a ser el habitual, por lo que puede tratarse de un cambio duradero y no de una alteración.
lead-suspected = Una sola fuente ({ $source_one }) muestra una caída de la conectividad { $within }; no corroborada.
lead-suspected-eased = Una sola fuente ({ $source_one }) mostró una caída de la conectividad { $within }, que ha remitido; no corroborada.
lead-restored-alone = Una sola fuente ({ $source_one }) mostró una caída de la conectividad { $within }; no fue corroborada, y la fuente ha vuelto a niveles normales. Situación { own-at }.
lead-drop-began = { drop-began }
lead-drop-began-ended = La caída comenzó { $onset } y terminó { $ended }.
lead-restored = La conectividad { $within } ha vuelto a niveles normales. Situación { own-at }.
lead-worst-began = La alteración, en su peor momento una { $a_noun }, comenzó { $onset }.
lead-worst-began-ended = La alteración, en su peor momento una { $a_noun }, comenzó { $onset } y terminó { $ended }.
lead-confirmed = { $families ->
    [one] Mediciones independientes confirman una { $a_noun } { $within }; una de ellas aún muestra una caída: { $sources }.
    [two] Dos mediciones independientes confirman una { $a_noun } { $within }: { $sources }.
    [three] Tres mediciones independientes confirman una { $a_noun } { $within }: { $sources }.
    [four] Cuatro mediciones independientes confirman una { $a_noun } { $within }: { $sources }.
    [five] Cinco mediciones independientes confirman una { $a_noun } { $within }: { $sources }.
   *[other] Mediciones independientes confirman una { $a_noun } { $within }: { $sources }.
}
lead-confirmed-partly = { $families ->
    [one] La conectividad { $within } se ha recuperado en parte tras una { $a_noun }, confirmada por mediciones independientes; una de ellas aún muestra una caída: { $sources }.
    [two] La conectividad { $within } se ha recuperado en parte tras una { $a_noun }, confirmada por dos mediciones independientes: { $sources }.
    [three] La conectividad { $within } se ha recuperado en parte tras una { $a_noun }, confirmada por tres mediciones independientes: { $sources }.
    [four] La conectividad { $within } se ha recuperado en parte tras una { $a_noun }, confirmada por cuatro mediciones independientes: { $sources }.
    [five] La conectividad { $within } se ha recuperado en parte tras una { $a_noun }, confirmada por cinco mediciones independientes: { $sources }.
   *[other] La conectividad { $within } se ha recuperado en parte tras una { $a_noun }, confirmada por mediciones independientes: { $sources }.
}
lead-facts-confirm = La información publicada confirma una { $a_noun } { $within }.
lead-facts-confirm-partly = La conectividad { $within } se ha recuperado en parte tras una { $a_noun }, confirmada por la información publicada.
lead-corrected = Corrección: { $statement }
lead-wrong-lowest = Corrección: desde nuestra información del { $wrong_at }, dábamos como nivel más bajo { INITIAL($wrong_lowest) ->
    [m] { $wrong_lowest }
   *[other] el { $wrong_lowest }
} del nivel normal; según mediciones revisadas fue { own-lowest }.
lead-wrong-onset = Corrección: desde nuestra información del { $wrong_at }, situábamos el comienzo { $wrong_onset }; unas mediciones revisadas indican otra cosa.
lead-wrong-onset-too = También situábamos el comienzo { $wrong_onset }; unas mediciones revisadas indican otra cosa.

## The page of an incident: its top

incident-pair = { $name }: { $value }
incident-dated = { $what }, { $time }
incident-earlier = Anteriores: { $n }
incident-more = Más: { $n }
incident-csv = Datos (CSV)
incident-drill = Simulacro: es un ejercicio. Nada de lo que figura en esta página está ocurriendo ahora.
incident-reconstruction = Reconstrucción: todo lo que figura en esta página está elaborado con información publicada; no es una medición.
incident-silent = Sin datos desde la última medición: { $time }
incident-as-of = Hora de los datos: { $time }
incident-reported-once = Incidente { $incident }, por { $publisher }. Primera información: { $first }.
incident-reported-often = Incidente { $incident }, por { $publisher }. Primera información: { $first }; última: { $last }.
incident-numbers = En cifras

## What was said

incident-posts = Lo que se publicó, de lo más reciente a lo más antiguo
incident-check-picture = Comprobar esta imagen
incident-text-in = Idioma: { $language }
incident-text-shorter = Un texto más corto
incident-posted = Publicado { $where }.
incident-not-posted = Aún no publicado.
incident-step-csv = Datos de este paso (CSV)
incident-folded-updates = { $n ->
    [1] Una actualización diaria: { $first }
   *[other] { $n } actualizaciones diarias. Primera: { $first }; última: { $last }
}
incident-folded-steps = { $n ->
    [1] Un paso anterior: { $first }
   *[other] { $n } pasos anteriores. Primero: { $first }; último: { $last }
}
incident-folded-mixed = { $updates ->
    [1] { $n } pasos anteriores, de ellos una actualización diaria. Primero: { $first }; último: { $last }
   *[other] { $n } pasos anteriores, de ellos { $updates } actualizaciones diarias. Primero: { $first }; último: { $last }
}

## The chart and its table

incident-chart = El gráfico más reciente
incident-table = Los datos de este gráfico en una tabla
incident-table-note = { $hours ->
    [1] En porcentaje del nivel normal. Cada fila da la última medición de la hora que termina en el momento indicado; { $readings }.
   *[other] En porcentaje del nivel normal. Cada fila da la última medición de las { $hours } horas que terminan en el momento indicado; { $readings }.
}
incident-table-csv = todas las mediciones (CSV)
incident-table-label = Los datos del gráfico más reciente
incident-table-until = Hasta { $utc }
incident-table-none = sin datos
incident-charts = Los mismos datos en otros gráficos

## The timeline

incident-timeline = Cronología, de lo más reciente a lo más antiguo
incident-timeline-note = Las informaciones son lo que se publicó aquí. Las mediciones son lo que muestran los datos. El contexto es lo que una persona hizo constar, con una fuente; no está medido.
incident-kind-event = Información
incident-kind-measurement = Medición
incident-kind-context = Contexto

## What is happening, and what it means

incident-happening = ¿Qué ocurre { $within }?
incident-causes = Qué se dice de la causa
incident-cause-recorded = ({ $source }; registrado: { $time })
incident-cause-archived = ({ $source }, { $copy }; registrado: { $time })
incident-cause-source = fuente
incident-cause-copy = copia archivada
incident-meaning = Qué significa una alteración de esta clase
incident-class = Cómo se asignó la clase
incident-class-note = Una clase dice a qué se parece el patrón de los datos, según reglas que son las mismas para todos los países; no dice nada de quién ni de por qué.
incident-class-step = Clasificación, { $time }: { $name } ({ $rule }; versión { $version } de las reglas).

## Who is cut off

impact-heading = Quién está sin conexión
impact-caption = Redes observadas, en el último paso
impact-column-kind = Tipo
impact-column-watched = Observadas
impact-column-down = Con caída
impact-column-unknown = En estado desconocido
impact-column-level = Nivel mediano de las que tienen caída
impact-level = { $level } del nivel normal
impact-level-unknown = desconocido
impact-none-down = ninguna con caída
impact-none-watched = no se observa ninguna red que conste como de este tipo
impact-note = Desconocido no significa normal: una red de la que no hay datos no se cuenta ni como red con caída ni como normal. Las redes de otros tipos, o de un tipo que no conocemos, no figuran en esta tabla.
impact-no-networks = Aquí no se observa ninguna red que conste como móvil, fija o de alojamiento.
affected-regions = Regiones que cayeron
affected-networks = Redes que cayeron
affected-column-name = Nombre
affected-column-signal = Medición
affected-column-level = De lo normal, en el último paso
affected-column-lowest = Mínimo
impact-kinds-mobile = Móvil
impact-kinds-fixed = Líneas fijas
impact-kinds-hosting = Alojamiento
impact-by-place = { $family }
impact-by-users = { $family } de las redes móviles y fijas
impact-by-services = { $family } de las redes de alojamiento
impact-users-ordinary = Acceso de los usuarios: normal. La gente del lugar accede a internet como de costumbre, hasta donde lo muestran estos datos: { $by }.
impact-users-dropped = Acceso de los usuarios: con caída. Menos gente del lugar que de costumbre accede a internet, como muestran estos datos: { $by }.
impact-users-unknown = Acceso de los usuarios: desconocido. Nada de lo que se mide aquí indica si la gente del lugar accede ahora a internet.
impact-users-pending = Acceso de los usuarios: aún desconocido. Ninguna medición desde el comienzo indica si la gente del lugar accede a internet.
impact-services-ordinary = Servicios alojados: normales. Lo que está alojado en el lugar es accesible desde el resto del mundo, hasta donde lo muestran estos datos: { $by }.
impact-services-dropped = Servicios alojados: con caída. Una parte menor de lo que está alojado en el lugar es accesible desde el resto del mundo, como muestran estos datos: { $by }.
impact-services-unknown = Servicios alojados: estado desconocido. Nada de lo que se mide aquí indica si ahora se accede desde el resto del mundo a lo que está alojado en el lugar.
impact-services-pending = Servicios alojados: estado aún desconocido. Ninguna medición desde el comienzo indica si se accede desde el resto del mundo a lo que está alojado en el lugar.

## What we cannot see

incident-observed = Lo que no podemos ver
incident-judged = Medido aquí, con datos en el último paso: { $signals }.
incident-unjudged = Medido aquí, sin datos evaluables: { $signals }. Eso cuenta como desconocido, no como normal.
incident-unmeasured = No medido para el lugar en su conjunto: { $families }.
incident-apart = Intervalo entre mediciones: { $step }; lo que dura menos puede pasar inadvertido.
incident-unnoticed = Las caídas demasiado leves o demasiado breves no se detectan: { $methodology }.
incident-unnoticed-link = qué profundidad y qué duración debe tener una caída en cada señal
incident-unseen = Las conexiones ralentizadas, los sitios web o aplicaciones bloqueados y los cortes en redes o zonas que no se observan pueden no aparecer en estas mediciones.
incident-smallest = La menor caída que se puede notar
incident-smallest-note = Del lugar en su conjunto, según las reglas vigentes y la variación habitual de sus lecturas en el último paso. También puede pasar inadvertida una caída mayor.
incident-smallest-alone = { $signal }: por sí sola solo da sospecha desde { $depth } por debajo de lo normal; lecturas bajas necesarias: { $n } ({ $span }).
incident-smallest-not-alone = { $signal }: por sí sola nunca da sospecha.
incident-smallest-joint = Junto a otra familia solo cuenta desde { $depth } por debajo de lo normal; lecturas bajas necesarias: { $n } ({ $span }).
incident-smallest-range = { $least } a { $most } (según la hora)
incident-smallest-some = { $least } (a algunas horas no destaca ni una caída total)
incident-smallest-never = { $signal }: ninguna caída destaca de la variación habitual.
incident-smallest-unknown = { $signal }: no se sabe; no hay variación habitual guardada.
incident-smallest-confirmed = Una caída se confirma solo si dos familias la muestran a la vez.
incident-smallest-shallow = Las caídas menores solo cuentan si el tráfico y otra familia las muestran a la vez durante { $time }.
incident-smallest-none = No se sabe cuál es la menor caída que se puede notar aquí.
incident-troubles = Fuentes con fallos o sin datos
incident-checks = Otras explicaciones que se han examinado
incident-checks-as-of = En el último paso:
incident-passed = Comprobaciones que no encontraron nada: { $n }
incident-noted = { $result } – { $note }

## The history of the place

incident-history = Historial
incident-previous-count = Incidentes anteriores { $within } registrados aquí: { $n }.
incident-previous-more = Incidentes anteriores { $within } registrados aquí: más de { $n }.
incident-previous-none = No hay ninguno registrado aquí.
incident-confirmed-all = De ellos, los mostrados por dos mediciones independientes:
incident-confirmed-newest = De los más recientes, los mostrados por dos mediciones independientes:
incident-by-kind = por tipo: { $counts }
incident-by-season = por fecha de comienzo: { $counts }
incident-by-length = por duración: { $counts }
incident-reading = Para leer más, e incidentes anteriores
incident-reading-previous = Para leer más: nada por ahora. Incidentes anteriores:
incident-reading-none = Para leer más: nada por ahora. Incidentes anteriores: no hay ninguno registrado aquí.
incident-reading-cited = Más información, en fuentes ya citadas:
incident-reading-item = { $source }: { $address } ({ $copy })
incident-reading-unarchived = sin copia archivada en la web
incident-reading-before = Anteriormente:
incident-reading-before-none = Anteriormente: nada registrado aquí.
incident-articles = Más información, elegida por la redacción; los títulos son de los medios:
incident-article = { $what } ({ $details })
incident-article-asked = copia archivada solicitada, sin confirmar
incident-article-failed = no se pudo archivar ninguna copia
incident-article-withdrawn = Se retiró un enlace de esta lista: { $time }. El motivo indicado: { $reason }.
incident-newest-listed = Aquí figuran los más recientes. { $archive }
incident-archive = Todos los incidentes, por mes

## The method, and who we are

incident-method = Metodología
incident-baseline = El 100 % equivale a lo siguiente: { $baseline }. Un nivel es una medición dividida entre ese valor. Regla aplicada: { $rule }.
incident-method-more = Más sobre la metodología
incident-method-families = Las mediciones que faltan se muestran como huecos y nunca se cuentan como cero. Las señales se agrupan en familias que observan lo mismo: mediciones por ping, tráfico, rutas BGP, telemetría, telescopios de red. Para confirmar una alteración hacen falta dos familias independientes en el mismo intervalo; con una sola, la alteración se califica de «posible». Lo que se confirma es la alteración, nunca su causa.
incident-method-times = Los momentos son intervalos: un comienzo se sitúa entre el final de la última medición normal y el final de la primera que no lo fue.
incident-method-words = Las cantidades expresadas con palabras corresponden a números. Se ha perdido «casi toda» la conectividad cuando falta el 90 % del nivel normal o más, «la mayor parte» desde el 50 % y «parte» desde el 20 %. Una alteración se llama leve mientras queda el 75 % o más, e importante por debajo del 50 %; la interrupción o la pérdida del servicio se llama casi total por debajo del 20 %. «Hacia» significa que la hora se conoce con un margen de 15 minutos; si todo lo que se sabe es un intervalo de 3 horas o más dentro de una misma parte del día, se nombra esa parte: la mañana empieza a las 5, la tarde a las 12 y la tarde-noche a las 20, hora del lugar.
incident-independence = Independencia
incident-independence-text = Outagewire observa mediciones de conectividad e informa de las alteraciones con los datos en que se basa cada cifra. Las mismas reglas, los mismos umbrales y las mismas palabras se aplican a todos los países y a todas las redes. Un programa elabora los textos y los gráficos a partir de esos datos; cuando una persona los ha aprobado o modificado, queda constancia de ello.
incident-feeds = Seguir este lugar: { $place }. Correcciones y anulaciones: { $corrections }.
incident-corrections = Correcciones y contacto
incident-correction = { $label }, { $time }: { $facts }
incident-uncorrected = En esta página no se ha corregido nada.
incident-contact = Prensa, correcciones y preguntas, también de quienes gestionan las redes o son nombrados aquí: { $contact }.

## Sources, and other forms of the page

incident-licences = Fuentes, licencias y cómo citar
incident-source = { $signal }: { $credit }. { $licence }.
incident-cite-as = Nombre estas fuentes siempre que use un gráfico, una cifra o un archivo de esta página. Para citar:
incident-cite = { $publisher }, «{ $title }», incidente { $incident }, paso { $step }: { $time }, { $address }
incident-formats = Esta página como { $text }, como { $data } y para insertar en otra página: { $following }, o { $frozen }.
incident-format-text = texto sin formato
incident-format-data = datos
incident-format-following = siempre con el paso más reciente
incident-format-frozen = tal como está ahora
incident-as-text = Esta página como texto sin formato
incident-as-data = Los hechos de esta página en forma de datos
incident-evidence = { $evidence }: lo que se publicó, y las mediciones, reglas y parámetros de los que se deriva. El archivo README.txt que contiene dice cómo comprobarlo.
incident-evidence-link = Material de respaldo de esta página (ZIP)
incident-text-drill = SIMULACRO: es un ejercicio. Nada de lo que figura en este texto está ocurriendo ahora.
incident-text-reconstruction = RECONSTRUCCIÓN: todo lo que figura en este texto está elaborado con información publicada; no es una medición.
incident-text-id = Incidente { $incident }
incident-text-cause = { $cause } Registrado: { $time }.

## The version history

incident-versions = Historial de versiones
incident-versions-note = Cada paso crea una nueva versión del primer párrafo de esta página. Respecto al paso anterior, { $added } y { $removed }.
incident-versions-added = las palabras nuevas están subrayadas
incident-versions-removed = las palabras suprimidas están tachadas
incident-versions-earlier = Versiones anteriores: { $n }
incident-version = { $step }, { $time }. Nivel: { $level }. Comienzo: { $onset }. Motivo: { $reason }.
incident-version-step = Paso { $step }, { $label }
incident-version-level = desconocido

## What 100 percent is

methods_long-weekly = la mediana de las mediciones a la misma hora del mismo día de la semana en las cuatro semanas anteriores
methods_long-daily = la mediana de las mediciones a la misma hora del día en los días anteriores, mientras haya menos de cuatro semanas registradas
methods_long-flat = la mediana de las mediciones de los días anteriores, mientras el historial registrado sea breve
methods_long-kept = el nivel de la semana anterior al comienzo, que se mantiene porque la alteración dura desde hace semanas: la mediana o, en las señales que siguen el ritmo del día, la misma hora de la semana
methods_long-none = sin fijar, porque el historial registrado es demasiado breve
methods_long-unknown = lo que cabe esperar según las mediciones de horas anteriores comparables

## What a disruption of this class means for people

meaning-operator = Una alteración de esta clase afecta a los clientes de las redes nombradas, en la capa de red. Es posible que los usuarios de otras redes noten poco. Las herramientas para eludir bloqueos y las VPN necesitan una conexión que funcione y pueden no servir.
meaning-mobile = Una alteración de esta clase afecta a los datos móviles en la capa de red. Las líneas fijas pueden seguir funcionando. Donde se ha perdido la propia conexión, es poco probable que sirvan las herramientas para eludir bloqueos y las VPN; donde solo está ralentizada o filtrada, podrían servir.
meaning-regional = Una alteración de esta clase afecta a la conectividad en la capa de red en una parte del país. Las herramientas para eludir bloqueos y las VPN necesitan una conexión que funcione y es poco probable que sirvan donde no la hay.
meaning-place = Una alteración de esta clase afecta a la conectividad en la capa de red. Las herramientas para eludir bloqueos y las VPN necesitan una conexión que funcione y es poco probable que sirvan donde no la hay.
meaning-national = Una alteración de esta clase afecta a la conectividad en la capa de red en la mayor parte del país. Las herramientas para eludir bloqueos y las VPN necesitan una conexión que funcione y es poco probable que sirvan donde no la hay. Los sitios web y servicios alojados en el país también pueden quedar inaccesibles desde el extranjero.

## Classes by the pattern in the data

classes-national-blackout-name = interrupción a escala nacional
classes-national-blackout-meaning = Una alteración de esta clase suprime la conectividad en la capa de red en la mayor parte de un país. Es probable que fallen a la vez las llamadas, los mensajes, los pagos y los servicios que necesitan internet. Las herramientas para eludir bloqueos y las VPN necesitan una conexión que funcione y es poco probable que sirvan donde no la hay; podrían servir los enlaces que no pasan por las redes afectadas, como la itinerancia extranjera o el satélite. Los sitios web y servicios alojados en el país también pueden quedar inaccesibles desde el extranjero.
classes-mobile-name = redes móviles
classes-mobile-meaning = Una alteración de esta clase afecta a los datos móviles en la capa de red, mientras que las líneas fijas están en niveles normales. La mayoría de quienes solo se conectan por teléfono pueden quedar sin conexión; las líneas fijas y el wifi que depende de ellas pueden seguir funcionando. Donde se ha perdido la propia conexión, es poco probable que sirvan las herramientas para eludir bloqueos y las VPN; donde solo está ralentizada o filtrada, podrían servir.
classes-regional-name = regional
classes-regional-meaning = Una alteración de esta clase afecta a la conectividad en la capa de red en una parte de un país, mientras que otras partes están en niveles normales. Es posible que las cifras nacionales apenas la muestren. Las herramientas para eludir bloqueos y las VPN necesitan una conexión que funcione y es poco probable que sirvan donde no la hay.
classes-operator-name = redes concretas
classes-operator-meaning = Una alteración de esta clase afecta a los clientes de las redes nombradas, en la capa de red. Es posible que los usuarios de otras redes noten poco, y es probable que otra red, donde la haya, funcione. Las herramientas para eludir bloqueos y las VPN necesitan una conexión que funcione y pueden no servir.
classes-partial-restriction-name = mantenida en un nivel parcial
classes-partial-restriction-meaning = En una alteración de esta clase se conserva una parte de la conectividad y se pierde otra, en un nivel que se mantiene durante horas. Puede significar que algunas redes o zonas están sin conexión y otras no, que las conexiones están ralentizadas o que se ha perdido capacidad. Donde queda conexión, las herramientas para eludir bloqueos y las VPN pueden funcionar, aunque no pueden remediar una falta de capacidad; donde no queda, es poco probable que sirvan.
classes-routing-only-name = solo rutas
classes-routing-only-meaning = En una alteración de esta clase desaparecen rutas de la tabla mundial mientras que las mediciones por ping o el tráfico son normales. Es posible que la gente note poco, o solo que algunos servicios van lentos o son inaccesibles. A menudo es un cambio en la forma en que las redes anuncian sus direcciones. No es probable que las herramientas para eludir bloqueos y las VPN se vean afectadas mientras funcionen las conexiones.
classes-power-like-name = gradual, como cuando falta electricidad
classes-power-like-meaning = En una alteración de esta clase la conectividad se debilita a lo largo de una hora o más en lugar de cesar de golpe, en una sola zona o con una oscilación que se repite cada día. Se observan patrones parecidos cuando los equipos se quedan sin electricidad, y también en otros sucesos. Las conexiones pueden ir y venir. Las herramientas para eludir bloqueos y las VPN no sirven donde no hay conexión.
classes-cable-like-name = varios países a la vez
classes-cable-like-meaning = Una alteración de esta clase comienza en varios países más o menos al mismo tiempo. Se observan patrones parecidos cuando fallan enlaces que comparten varios países, y también en otros sucesos. Los servicios internacionales pueden ir lentos o ser inaccesibles, mientras que los internos de un país siguen funcionando. Las herramientas para eludir bloqueos y las VPN suelen necesitar una conexión internacional y no pueden sustituir la capacidad perdida.
classes-exam-like-name = a las mismas horas en varios días
classes-exam-like-meaning = Una alteración de esta clase vuelve a la misma hora en varios días y cada vez termina en menos de medio día. Se observan patrones parecidos durante exámenes nacionales, y también en trabajos programados. Mientras dura, las herramientas para eludir bloqueos y las VPN necesitan una conexión que funcione y es poco probable que sirvan donde no la hay. Puede volver a la misma hora un día posterior.
classes-measurement-artefact-name = quizá la medición
classes-measurement-artefact-meaning = El patrón sugiere que lo que cambió puede ser la medición y no la red: la conectividad de la gente puede ser normal. De ello no se deduce nada para las herramientas para eludir bloqueos ni para las VPN.
classes-unknown-name = ninguna clase
classes-unknown-meaning = El patrón no corresponde a ninguna de las clases.

## What people say of the cause

causes-unknown = { cause-unknown }
causes-A1 = { $who } declara: { $statement }.
causes-A2 = El patrón es compatible con lo siguiente: { $statement }; la principal explicación alternativa es: { $alternative }. Según { $who }.
causes-A3 = La alteración fue ordenada por { $who } (documento: { $statement }).
causes-withdrawn = Una declaración de { $who } sobre la causa figuraba aquí y se retiró a { HOUR($time) ->
    [1] la
   *[other] las
} { $time }: { $reason }.

## Titles of pages

page-title = { $place }: { $noun }, { $date }
page-title_suspected = { $place }: caída mostrada por una sola fuente, { $date }
page-drop = caída mostrada por una sola fuente
page-title_retracted = { $place }: información retirada, { $date }

## Facts in numbers

facts-state = Estado
facts-place = Lugar
facts-level = Nivel en el último paso
facts-last_level = Nivel en la última medición
facts-lowest = Nivel más bajo hasta ahora
facts-lowest_of_all = Nivel más bajo
facts-onset = Comienzo
facts-ended = Fin
facts-duration = Duración
facts-lasting = Duración hasta ahora
facts-networks = Redes
facts-regions = Regiones
facts-down = Señales con caída
facts-slightly_down = Señales ligeramente por debajo del nivel normal
facts-ordinary = Señales en niveles normales
facts-usual_variation = Señales cuya variación es demasiado pequeña o breve para contar
facts-silent = Señales sin datos actuales
facts-last_reading = { $name }: sin datos desde { HOUR($time) ->
    [1] la
   *[other] las
} { $time }
facts-last_judged = { $name }: sin datos evaluables desde { HOUR($time) ->
    [1] la
   *[other] las
} { $time }
facts-no_reading = sin datos nuevos de { $name } desde { HOUR($as_of) ->
    [1] la
   *[other] las
} { $as_of }
facts-cuts = { $n } cortes, { $length } en total
facts-of_ordinary = { $level } del nivel normal { own-at }

## The timeline

timeline-part = { $part }, { $signal }
timeline-fell = Caída: { $name }
timeline-returned = De nuevo en niveles normales: { $name }
timeline-stated = Se registró una declaración de { $who } sobre la causa
timeline-withdrawn = Se retiró una declaración de { $who } sobre la causa

## How earlier incidents are counted

history-quarter1 = de enero a marzo
history-quarter2 = de abril a junio
history-quarter3 = de julio a septiembre
history-quarter4 = de octubre a diciembre
history-hours = menos de un día
history-days = de uno a siete días
history-weeks = una semana o más
history-between = duración no conocida con suficiente precisión
history-unended = fin desconocido

## What befell a source

faults-ill-past = { $name }: señal no fiable desde { HOUR($since) ->
    [1] la
   *[other] las
} { $since } hasta { HOUR($until) ->
    [1] la
   *[other] las
} { $until }. Motivo: { $why }. Se excluyó: una fuente defectuosa nunca abre ni cierra un incidente.
faults-ill-lasting = { $name }: señal no fiable desde { HOUR($since) ->
    [1] la
   *[other] las
} { $since }. Motivo: { $why }. Se excluye: una fuente defectuosa nunca abre ni cierra un incidente.
faults-ill-once = { $name }: señal no fiable a { HOUR($since) ->
    [1] la
   *[other] las
} { $since }. Motivo: { $why }. Se excluyó: una fuente defectuosa nunca abre ni cierra un incidente.
faults-unanswered-past = { $name }: las consultas a { $source } no obtuvieron respuesta utilizable desde { HOUR($since) ->
    [1] la
   *[other] las
} { $since } hasta { HOUR($until) ->
    [1] la
   *[other] las
} { $until }. Un silencio nunca abre ni cierra un incidente.
faults-unanswered-lasting = { $name }: las consultas a { $source } no obtienen respuesta utilizable desde { HOUR($since) ->
    [1] la
   *[other] las
} { $since }. Un silencio nunca abre ni cierra un incidente.
faults-unanswered-once = { $name }: una consulta a { $source } no obtuvo respuesta utilizable a { HOUR($since) ->
    [1] la
   *[other] las
} { $since }. Un silencio nunca abre ni cierra un incidente.
faults-silent-past = { $name }: sin datos desde { HOUR($since) ->
    [1] la
   *[other] las
} { $since } hasta { HOUR($until) ->
    [1] la
   *[other] las
} { $until }. Un silencio nunca abre ni cierra un incidente.
faults-silent-lasting = { $name }: sin datos desde su medición de { HOUR($since) ->
    [1] la
   *[other] las
} { $since }. Un silencio nunca abre ni cierra un incidente.
faults-silent-once = { $name }: sin datos a { HOUR($since) ->
    [1] la
   *[other] las
} { $since }. Un silencio nunca abre ni cierra un incidente.
faults-mute-past = { $name }: sin datos evaluables posteriores a { HOUR($since) ->
    [1] la
   *[other] las
} { $since } en el paso de { HOUR($at) ->
    [1] la
   *[other] las
} { $at }. Se contó como desconocido, no como normal.
faults-mute-past_undated = { $name }: sin datos evaluables en el paso de { HOUR($at) ->
    [1] la
   *[other] las
} { $at }. Se contó como desconocido, no como normal.
faults-mute-lasting = { $name }: sin datos evaluables posteriores a { HOUR($since) ->
    [1] la
   *[other] las
} { $since } hasta el paso de { HOUR($at) ->
    [1] la
   *[other] las
} { $at }. Se cuenta como desconocido, no como normal.
faults-mute-lasting_undated = { $name }: sin datos evaluables hasta el paso de { HOUR($at) ->
    [1] la
   *[other] las
} { $at }. Se cuenta como desconocido, no como normal.
faults-doubted-past = { $name }: la señal no superó el control de fiabilidad en el paso de { HOUR($since) ->
    [1] la
   *[other] las
} { $since }; en el de { HOUR($until) ->
    [1] la
   *[other] las
} { $until } ya no era así. Se excluyó.
faults-doubted-lasting = { $name }: la señal no superó el control de fiabilidad en el paso de { HOUR($since) ->
    [1] la
   *[other] las
} { $since }. Se excluyó.
illnesses-many-unrelated-places-fell-at-once = muchos de los lugares observados cayeron al mismo tiempo
illnesses-the-median-of-all-places-is-low = la mayoría de los lugares dan niveles bajos al mismo tiempo
illnesses-many-places-repeat-the-same-reading = muchos lugares repiten la misma medición
illnesses-many-places-were-told-otherwise-afterwards = lo que había dicho de muchos lugares, después lo dijo de otra manera
illnesses-other = sus mediciones se contradicen

## Other explanations that were checked

answers-of = { $result } ({ $signal })
checks-source-health-passed = Fiabilidad de la fuente: sus mediciones de otros lugares son las habituales
checks-source-health-failed = La fuente puede estar fallando: también en otros lugares sus mediciones eran bajas, no cambiaban o fueron reescritas
checks-source-health-unanswered = Fiabilidad de la fuente: no se puede comprobar
checks-source-rise-passed = Nada de lo que ha vuelto a niveles normales subió únicamente a la par de todos los demás lugares
checks-source-rise-failed = La fuente da niveles altos en todos los lugares: no se informa del retorno que muestra
checks-source-rise-unanswered = No se sabe si la fuente da niveles altos en todos los lugares
checks-geolocation-passed = Ningún otro lugar ganó lo que este perdió
checks-geolocation-failed = Otro lugar ganó lo que este perdió: es posible que simplemente sus direcciones se sitúen ahora en otra parte
checks-geolocation-unanswered = No se sabe si otro lugar ganó lo que este perdió
checks-renumbering-passed = Ninguna red hermana asumió sus direcciones
checks-renumbering-failed = Una red hermana subió cuando esta cayó: puede haber asumido sus direcciones
checks-renumbering-unanswered = No se sabe si una red hermana asumió sus direcciones
checks-routes-without-service-passed = No se trata solo de las rutas: el servicio está afectado
checks-routes-without-service-failed = Las rutas cayeron; las mediciones por ping o el tráfico cayeron demasiado poco para contar, o nada
checks-routes-without-service-unanswered = No se sabe si se trata de algo más que las rutas
checks-people-without-network-passed = No se trata solo de la ausencia de la gente: la red está afectada
checks-people-without-network-failed = El uso de la gente cayó; las mediciones por ping o las rutas cayeron demasiado poco para contar, o nada
checks-people-without-network-unanswered = No se sabe si se trata de algo más que la ausencia de la gente
checks-shared-input-passed = Nada indica que solo haya cambiado un mapa de direcciones
checks-shared-input-failed = Señales que comparten un mapa de direcciones cayeron de golpe, y el tráfico de la gente es normal: puede que haya cambiado el mapa
checks-shared-input-unanswered = Señales que comparten un mapa de direcciones cayeron de golpe; no se puede comprobar si también cayó el tráfico de la gente
checks-addresses-without-people-passed = No se trata solo de direcciones: también cayó el tráfico de la gente
checks-addresses-without-people-failed = Se perdieron direcciones; el tráfico de la gente es normal
checks-addresses-without-people-unanswered = No se sabe si se trata de algo más que direcciones
checks-one-vantage-passed = Lo ve más de un punto de observación
checks-one-vantage-failed = Solo lo ven las mediciones por ping, desde su propio punto de observación
checks-one-vantage-unanswered = No se sabe si lo ve más de un punto de observación
checks-level-shift-passed = No parece un cambio duradero de nivel
checks-level-shift-failed = Con una caída tan poco profunda durante tanto tiempo, puede tratarse de un cambio duradero de nivel y no de un corte
checks-level-shift-unanswered = No se sabe si se trata de un cambio duradero de nivel
checks-expected-event-passed = No había ninguna caída prevista para este momento
checks-expected-event-failed = Había una caída prevista para este momento
checks-expected-event-unanswered = No se sabe si había una caída prevista para este momento
checks-partial-bin-passed = Se ve en más mediciones que la más reciente, que puede estar incompleta
checks-partial-bin-failed = Solo se ve en la medición más reciente, y esta puede estar incompleta
checks-partial-bin-unanswered = No se sabe si se ve en más mediciones que la más reciente
checks-season-passed = Ningún otro día de las últimas semanas fue tan tranquilo a estas horas
checks-season-failed = Otros días de las últimas semanas, fines de semana o festivos, fueron igual de tranquilos a estas horas
checks-season-unanswered = No se sabe si otros días fueron igual de tranquilos a estas horas
checks-clock-change-passed = No se trata solo de un reloj adelantado o atrasado una hora
checks-clock-change-failed = Las mediciones son normales para una hora antes o después: puede que se haya cambiado un reloj
checks-clock-change-unanswered = No se sabe si se cambió un reloj
checks-clock-passed = Lo que cayó tiene fecha anterior a este momento y posterior a lo que lo precedió
checks-clock-failed = Una medición con caída tiene una fecha más tardía de lo que es posible
checks-clock-unanswered = No se sabe si lo que cayó tiene la fecha correcta
checks-population-passed = Lo que cayó está formado por más que unas pocas redes
checks-population-failed = Unas pocas redes forman todo lo que cayó: un solo proveedor puede ser el lugar entero
checks-population-unanswered = No se sabe si cayeron más que unas pocas redes
checks-sympathetic-passed = Cada una de las redes nombradas perdió más que las redes que se comunican con ella
checks-sympathetic-failed = Algunas redes solo parecen tener una caída porque otra la tiene; no se nombran
checks-sympathetic-unanswered = No se sabe si algunas redes solo parecen tener una caída

## Which rule applied

rules-two-families = dos mediciones independientes cayeron a la vez
rules-two-families-in-a-part = dos mediciones independientes cayeron a la vez en una parte del lugar
rules-one-strong-family = una medición cayó, y ninguna otra lo corrobora
rules-many-regions = cayó una décima parte de las regiones
rules-a-crowded-region = cayó una cuarta parte de las regiones de un estado o provincia
rules-a-network-vanished = una red ha desaparecido de las rutas BGP o de las mediciones por ping
rules-several-shallow-families = el tráfico y otra medición cayeron un poco, a la vez
rules-weak-family-only = solo cayó una medición irregular
rules-not-yet-borne-out = ninguna otra medición lo corrobora todavía
rules-parts-only = solo cayeron unas pocas redes o regiones, en una sola medición
rules-ordinary = todo lo que se puede evaluar es normal
rules-unknown = no se puede evaluar nada
rules-held-back = no confirmado a causa de una comprobación: { $result }
rules-held-back-unanswered = no confirmado porque una comprobación no tiene respuesta: { $result }
rules-a-family-is-back = una medición ha vuelto a niveles normales
rules-a-network-is-back = una red ha vuelto a niveles normales
rules-a-person-corrected-it = un editor lo corrigió
rules-a-person-withdrew-it = un editor lo retiró
rules-a-source-rises-everywhere = la fuente da niveles altos en todos los lugares
rules-all-families-back = todo lo que cayó ha vuelto a niveles normales
rules-changes-too-often = cambia con demasiada frecuencia para informar de cada cambio
rules-fell-again = volvió a caer
rules-fell-again-in-one-family-only = volvió a caer en una sola medición
rules-fell-again-in-two-families = una medición posterior confirma lo que mostró una sola fuente
rules-fell-before-the-return = una medición tardía muestra una caída antes del retorno
rules-hours-passed = continúa: actualización diaria
rules-level-rose = el nivel subió
rules-level-shift = el nivel bajo ha pasado a ser el habitual
rules-new-networks = cayeron más redes o regiones
rules-no-change = nada ha cambiado
rules-off-again = volvió a caer tras una recuperación parcial
rules-only-parts-still-down = solo siguen con caída partes del lugar
rules-readings-were-revised = la fuente revisó sus mediciones
rules-scope-grew = está afectada una parte mayor del lugar
rules-severity-grew = la caída se hizo más profunda
rules-still-falling = sigue cayendo
rules-too-soon = demasiado pronto tras la última información
rules-taken-back-already = la información ya se había retirado
class_rules-withdrawn = la información está retirada
class_rules-an-artefact-check-failed = según una comprobación, el fallo está en la medición
class_rules-routes-down-service-ordinary = cayeron rutas mientras el servicio era normal
class_rules-not-corroborated = no está confirmado
class_rules-same-hour-on-many-days = cayó a la misma hora en varios días
class_rules-several-countries-at-once = cayeron varios países en media hora
class_rules-gradual-and-regional-or-daily = cayó despacio, y solo en regiones o con una oscilación que se repite cada día
class_rules-mobile-networks-only = cayeron las redes móviles mientras una red fija estaba en niveles normales
class_rules-regions-only = solo cayeron regiones
class_rules-held-between = se mantuvo entre el 15 % y el 75 % del nivel normal, y casi igual durante seis horas
class_rules-most-of-a-country = un país entero cayó por debajo de una quinta parte del nivel normal
class_rules-single-networks = cayeron redes concretas
class_rules-no-pattern = no se cumplió ninguna regla

## Where a text was posted

posted-apprise = en un servicio de mensajería
posted-bluesky = en Bluesky
posted-file = en un archivo
posted-mail = por correo electrónico
posted-mastodon = en Mastodon
posted-matrix = en Matrix
posted-ntfy = como notificación
posted-readers = por correo electrónico a los suscriptores
posted-telegram = en Telegram
posted-webhook = en otro programa
posted-websub = en un feed
posted-x = en X
posted-other = en otro canal
