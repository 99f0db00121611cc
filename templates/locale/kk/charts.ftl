# The words on a chart; see ../en/charts.ftl.

references-weekly = әр өлшем алдындағы төрт аптаның дәл сол сағаттарындағы медиана ({ $since } – { $until }, іркіліс уақытынсыз)
references-daily = әр өлшем алдындағы жеті күнге дейінгі мерзімде тәуліктің дәл сол сағатындағы медиана ({ $since } – { $until }, іркіліс уақытынсыз)
references-flat = әр өлшем алдындағы бір аптаға дейінгі мерзімнің медианасы ({ $since } – { $until }, іркіліс уақытынсыз)
references-kept = басталғанға дейінгі аптаның деңгейі ({ $since } – { $until })
references-unknown = бұрынғы ұқсас сағаттарға қарап күтілетін деңгей ({ $since } – { $until }, іркіліс уақытынсыз)
chart-reference = 100% – { $reference }.
chart-key = Қалыпты деңгейге шаққандағы пайыз
chart-land = Карта: Natural Earth және US Census Bureau, қоғамдық игілік; шекаралар мен атаулар олардың мәртебесі туралы ештеңе білдірмейді.
chart-ordinary = қалыпты деңгей = 100%
chart-band = қалыпты деңгей = 100%; боялғаны: күтілетін аралық, { $name }
chart-begins = Іркіліс басталды
chart-drop = Төмендеу басталды
chart-ends = Қалыпты деңгейге оралды
chart-gap = дерек жоқ
chart-stale =
    { $name }
    дерек жоқ, соңғысы { $time }
chart-nothing =
    { $name }
    қазіргі мәні жоқ
chart-mark_day = { $day }, { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { own-plain-level }
chart-late = { $name }  { own-plain-level } ({ $time })
chart-foot = { $as_of } жағдайы бойынша · соңғы мәндер нақтылануы мүмкін · оқиға { $incident } · { $address }
chart-site = { $as_of } жағдайы бойынша · соңғы мәндер нақтылануы мүмкін · { $address }
chart-reconstructed = Жарияланған деректер негізінде жасалды, өлшеу нәтижесі емес.
chart-data = Деректер: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = ЖАРИЯЛАНҒАН ДЕРЕКТЕР НЕГІЗІНДЕ
chart-drill = ОҚУ-ЖАТТЫҒУ ХАБАРЫ
chart-test = Сынақ суреті, жаңалық емес
chart-together = өлшемнің { $n } тәуелсіз түрі
chart-ongoing = { $length }, жалғасып жатыр
chart-unsure = { $name } (бір дереккөз)
chart-subtitle = { $metrics }; { $method } шаққандағы пайыз; { $period }
chart-lasted = { $within } { $noun }: { $duration }
chart-lasting = { $within } { $noun }, қазірге дейін: { $duration }
chart-lasted_alone = { $within } бір дереккөз көрсеткен төмендеу: { $duration }
chart-lasting_alone = { $within } бір дереккөз көрсеткен төмендеу, қазірге дейін: { $duration }
chart-beside = Ұзақтығы, { $within } бұрын тіркелген { $n } оқиғамен қатар; ақшыл түс: нақты белгісіз уақыт
chart-line = Тіркелген { $n } іркіліс
chart-line_going = { chart-line }, аяқталмағаны: { $going }
chart-line_period = Әрқайсысының басталуынан аяқталуына дейін, { $period }; ақшыл түс: нақты белгісіз уақыт
badge-retracted = хабар қайтарып алынды
badge-ended = { $ended } аяқталды
badge-lasted = ұзақтығы: { $duration }
badge-suspected = бір дереккөз, басқаларымен расталмаған · төмендеу { $onset } басталды
badge-began = { $onset } басталды
period-days = { $from } – { $to }
period-within = { $from } – { $to }
