# Pages to check a picture, and pages to embed; see ../en/pictures.ftl.

embed-reported = Tal como se publicó; hora: { $time }
embed-frozen = Esto queda tal como se publicó. { $page } puede tener pasos más recientes. { $credits }.
embed-frozen-page = La página
embed-full = La página completa, con datos y correcciones
picture-corrected = { $label } después ({ $time }): { $facts }
picture-title = Imagen { $picture }
picture-description = El original fijo de un gráfico del incidente { $incident }, con su SHA-256 y sus datos.
picture-approved = Este es el gráfico tal como se aprobó para su publicación, byte por byte.
picture-shown = Este es el gráfico del paso tal como lo muestra la página.
picture-same = Una imagen que usted tiene es la misma solo si muestra lo mismo y su archivo tiene el mismo SHA-256. Los servicios suelen volver a guardar las imágenes, lo que cambia el archivo: en ese caso compare lo que muestra.
picture-incident = Incidente
picture-step = Paso
picture-data = Datos
picture-sources = Fuentes
picture-all = Todas las imágenes
picture-all-of-incident = de este incidente
pictures-title = Imágenes de { $incident }
pictures-description = Los gráficos del incidente { $incident } tal como se publicaron, con su SHA-256.
pictures-none = No hay ninguna imagen de este incidente.
picture_check-title = Comprobar una imagen
picture_check-description = Cómo comprobar si un gráfico que le mostraron es uno de los nuestros, sin cambios.
picture_check-intro = Cada gráfico nombra su incidente en la última línea, por ejemplo «incidente { $example }». Hay dos maneras de ver el original.
picture_check-by-incident = Con el identificador del incidente: abra { $folder } y el identificador en este sitio. Esa página enumera cada gráfico del incidente tal como se publicó. Compárelo con lo que le mostraron.
picture_check-by-file = Con el archivo: calcule su SHA-256, por ejemplo con { $command }, y abra { $folder } y los doce primeros dígitos. Si hay una página y todos los dígitos son los mismos, el archivo no ha cambiado. Los servicios suelen volver a guardar las imágenes, lo que cambia el archivo: en ese caso use la primera manera.
picture_check-none = Si el identificador de un gráfico no tiene página aquí, el informe se retiró o el gráfico no es nuestro.
