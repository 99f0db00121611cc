# Pages to check a picture, and pages to embed; see ../en/pictures.ftl.

embed-reported = Como publicado; hora: { $time }
embed-frozen = Isto permanece como foi publicado. { $page } pode ter etapas mais recentes. { $credits }.
embed-frozen-page = A página
embed-full = A página completa, com dados e correções
picture-corrected = { $label } depois ({ $time }): { $facts }
picture-title = Imagem { $picture }
picture-description = O original fixo de um gráfico do incidente { $incident }, com o seu SHA-256 e os seus dados.
picture-approved = Este é o gráfico tal como foi aprovado para publicação, byte por byte.
picture-shown = Este é o gráfico da etapa tal como a página o mostra.
picture-same = Uma imagem que você tem só é a mesma se mostrar o mesmo e se o arquivo tiver o mesmo SHA-256. Os serviços muitas vezes gravam as imagens de novo, o que altera o arquivo: nesse caso, compare o que ela mostra.
picture-incident = Incidente
picture-step = Etapa
picture-data = Dados
picture-sources = Fontes
picture-all = Todas as imagens
picture-all-of-incident = deste incidente
pictures-title = Imagens de { $incident }
pictures-description = Os gráficos do incidente { $incident } tal como foram publicados, com o seu SHA-256.
pictures-none = Não há imagem deste incidente.
picture_check-title = Verificar uma imagem
picture_check-description = Como verificar se um gráfico que lhe mostraram é um dos nossos, inalterado.
picture_check-intro = Cada gráfico indica o seu incidente na última linha, por exemplo “incidente { $example }”. Há duas maneiras de ver o original.
picture_check-by-incident = Com o identificador do incidente: abra { $folder } e o identificador neste site. Essa página lista cada gráfico do incidente tal como foi publicado. Compare-o com o que lhe mostraram.
picture_check-by-file = Com o arquivo: calcule o SHA-256, por exemplo com { $command }, e abra { $folder } e os doze primeiros dígitos. Se houver uma página e todos os dígitos forem iguais, o arquivo está inalterado. Os serviços muitas vezes gravam as imagens de novo, o que altera o arquivo: nesse caso, use a primeira maneira.
picture_check-none = Se o identificador de um gráfico não tem página aqui, o relato foi removido ou o gráfico não é nosso.
