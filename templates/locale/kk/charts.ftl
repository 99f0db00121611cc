# The words on a chart; see ../en/charts.ftl.

references-weekly = әр өлшем алдындағы төрт аптада аптаның сол сағатындағы медиана ({ $since } – { $until }, іркіліс уақытынсыз)
references-daily = әр өлшем алдындағы ең көбі жеті күнде тәуліктің сол сағатындағы медиана ({ $since } – { $until }, іркіліс уақытынсыз)
references-flat = әр өлшем алдындағы ең көбі бір аптаның медианасы ({ $since } – { $until }, іркіліс уақытынсыз)
references-kept = басталғанға дейінгі аптаның деңгейі ({ $since } – { $until })
references-unknown = ұқсас сағаттар бойынша күтілетін деңгей ({ $since } – { $until }, іркіліс уақытынсыз)
chart-reference = 100% — { $reference }.
chart-key = Әдеттегімен салыстырғандағы пайыз
chart-land = Карта: Natural Earth және US Census Bureau, қоғамдық игілік; шекаралар мен атаулар мәртебе туралы ештеңе білдірмейді.
chart-ordinary = әдеттегі деңгей = 100%
chart-band = әдеттегі деңгей = 100%; көлеңке: күтілетін аралық, { $name }
chart-begins = Іркілістің басталуы
chart-drop = Төмендеудің басталуы
chart-ends = Қайтадан әдеттегі деңгей
chart-gap = дерек жоқ
chart-stale =
    { $name }
    дерек жоқ, соңғысы { $time }
chart-nothing =
    { $name }
    қазіргі мән жоқ
chart-mark_day = { $day }, { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } сағат { $time }
chart-foot = { $as_of } · соңғы мәндер өзгеруі мүмкін · оқиға { $incident } · { $address }
chart-site = { $as_of } · соңғы мәндер өзгеруі мүмкін · { $address }
chart-reconstructed = Жарияланған деректер бойынша реконструкция, өлшем емес.
chart-data = Деректер: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = РЕКОНСТРУКЦИЯ
chart-drill = ЖАТТЫҒУ
chart-test = Сынақ суреті, жаңалық емес
chart-together = сигналдардың { $n } тәуелсіз тобы
chart-ongoing = { $length }, жалғасуда
chart-unsure = { $name } (бір дереккөз)
chart-subtitle = { $metrics }; пайызбен, салыстыру негізі: { $method }; { $period }
chart-lasted = { $place } — { $noun }: { $duration }
chart-lasting = { $place } — { $noun }, әзірге ұзақтығы: { $duration }
chart-lasted_alone = { $place } — бір дереккөз көрсеткен төмендеу: { $duration }
chart-lasting_alone = { $place } — бір дереккөз көрсеткен төмендеу, әзірге ұзақтығы: { $duration }
chart-beside = Ұзақтығы, бұрын тіркелген { $n } оқиғамен қатар ({ $place }); ақшыл: нақты белгісіз бөлігі
chart-line = Тіркелген { $n } іркіліс
chart-line_going = { chart-line }, аяқталмағаны: { $going }
chart-line_period = Әрқайсысының басталуынан аяқталуына дейін, { $period }; ақшыл: нақты белгісіз бөлігі
badge-retracted = хабар қайтарып алынды
badge-ended = аяқталуы: { $ended }
badge-lasted = ұзақтығы: { $duration }
badge-suspected = бір дереккөз, расталмаған · төмендеудің басталуы: { $onset }
badge-began = басталуы: { $onset }
period-days = { $from } – { $to }
period-within = { $from }–{ $to }
