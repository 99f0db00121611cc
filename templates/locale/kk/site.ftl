# See ../en/site.ftl.

## Marks beside the title of an incident, and severities

site-mark-drill = Оқу-жаттығу
site-mark-reconstruction = Жарияланған деректер негізінде
severity-minor = шағын
severity-moderate = орташа
severity-major = елеулі
severity-near-total = толық дерлік

## The front page

home-title = Интернет іркілістері және олардың дәлелдері
home-description = Интернет іркілістері: қалай анықталады, расталады және аяқталады.
home-updated = Соңғы жаңарту: { $time }.
home-subscribe = Жазылу: { $ways }.
home-subscribe-all = барлық оқиғалар (Atom)
home-subscribe-corrections = түзетулер (Atom)
home-subscribe-more = басқа таспалар
home-subscribe-mail = электрондық поштамен
home-now = Қазір
home-none-open = Жарияланған ашық оқиға жоқ.
home-places = Барлық орындар бір бетте: бақыланатын әр ел мен желінің деңгейі
home-map-note = Осы бетте ашық оқиғасы бар елдер, оның ең ауыр дәрежесі бойынша: { $severities }. Тізімде бәрі аталған; боялмаған елде іркіліс жоқ деген сөз емес. Шекаралар: Natural Earth.
home-map = Ашық оқиғасы бар елдер: { $incidents }
home-map-empty = Белгіленген ел жоқ: жарияланған ашық оқиға жоқ
home-timeline = Қашан және қанша уақыт
home-past = Өткен оқиғалар
home-follow = Бақылап отыру
home-follow-all = Барлық оқиғалар: { $feeds }. Түзетулер және қайтарып алынған хабарлар: { $corrections }. Оқиғаның бетінде сол елдің таспасына сілтеме бар.
home-follow-mail = { $link }: орындарды және төмендеудің қаншалықты терең болуы керектігін өзіңіз таңдайсыз.
home-follow-mail-link = Электрондық поштамен
home-follow-alerts = { $link }: халыққа арналған ескертулерді тарататын бағдарламалар үшін. Әр ескертуде оны қалай түсіну керектігі айтылған; сынақ деп белгіленгенін ескерту ретінде таратуға болмайды.
home-follow-alerts-link = Ескертулер (CAP 1.2)
home-follow-map = { $link }: қазір ашық оқиғалар және олардың орындары, карталар үшін.
home-follow-map-link = Карта деректері (GeoJSON)
home-follow-calendar = { $link }: төмендеу күтілетін уақыттар, мысалы, жарияланған жөндеу жұмыстары.
home-follow-calendar-link = Күнтізбе (iCalendar)
home-follow-api = { $link }: орындар, оқиғалар және графиктер негізделген өлшемдер.
home-follow-api-link = Бағдарламаларға арналған деректер (JSON, сипаттамасы OpenAPI)
home-sources = Дереккөздер
home-sources-note = { $time } жағдайы бойынша. Ақаулы немесе үнсіз дереккөз ешқашан оқиғаны ашпайды да, жаппайды да. { $link }
home-sources-note-link = Осының өзі дерек түрінде (JSON)
home-column-signal = Көрсеткіш
home-column-reading = Соңғы өлшем
home-column-state = Күйі
home-no-reading = әзірге жоқ

## The page of a country or a network

place-title = Интернет, { $place }: деңгейлер мен іркілістер
place-description = { $place }: интернеттің өлшенген деңгейлері, соңғы 28 күн және тіркелген іркілістер.
place-country = Ел немесе аумақ
place-network = AS{ $number } желісі
place-network-within = AS{ $number } желісі, { $country }
place-now = Қазір
place-column-level = Деңгей
place-column-reading = Соңғы жарияланған өлшем
place-unpublished = жарияланған өлшем жоқ
place-unpublished-month = 28 күнде жоқ
place-level-note = Деңгей — өлшемнің алдыңғы сағаттар мен күндер бойынша күтілетін мәнге пайызбен қатынасы. Жарияланған өлшемнің болмауы желі туралы ештеңе білдірмейді: өлшемдер кешігуі, болмауы немесе әлі тексерілмеген болуы мүмкін.
place-no-levels = Жарияланған өлшем жоқ.
place-days = Соңғы 28 күн
place-days-note = Әр сағаттың орташа мәні; графиктің төменгі шеті — 0. Бос орын — жарияланған өлшемі жоқ сағат. Күндер UTC бойынша.
place-highest = Ең жоғары сағат: { $value }
place-chart = { $signal }, { $first } – { $last }: { $lowest } мен { $highest } аралығында; өлшемі бар сағаттар: { $read } / { $hours }
place-chart-empty = { $signal }, { $first } – { $last }: жарияланған өлшем жоқ
place-history = Тіркелген оқиғалар
place-ended-one = Осы орынның бір оқиғасы аяқталды. Ұзақтығы: { $longest }.
place-ended-two = Осы орынның екі оқиғасы аяқталды. Ең ұзағының ұзақтығы: { $longest }.
place-ended-more = Осы орынның аяқталған оқиғалары: { $n }. Медиандық ұзақтық: { $median }; ең ұзағының ұзақтығы: { $longest }.
place-classes = Расталған оқиғалар, класы бойынша
place-column-class = Класс
place-column-incidents = Оқиғалар
place-column-median = Медиандық ұзақтық
place-column-longest = Ең ұзағы
place-not-given = көрсетілмеген
place-classes-note = Класс деректердегі көріністің неге ұқсайтынын айтады, кім екенін немесе неге екенін емес. Оқу-жаттығулар, қайтарып алынған оқиғалар және басқа орын не желі үшін тіркелген оқиғалар есептелмейді.
place-classes-durations = Ұзақтық кемінде үш оқиға аяқталғанда беріледі.
place-classes-newest = Тек ең жаңа оқиғалар есептелген.
place-seasons = Басталған уақыты бойынша, жергілікті уақытпен: { $counts }.
place-follow = Бақылап отыру және деректер
place-feeds = Осы орынның оқиғалары: { $feeds }.
place-feeds-all = Барлық орындардың оқиғалары: { $feeds }.
place-feed-later = Бұл орынның таспасы оның алғашқы оқиғасымен басталады.
place-data = Оқиғалар дерек түрінде (JSON)
place-mail = Осы орынның оқиғалары электрондық поштамен
place-sources = Дереккөздер: { $credits }.

## All places

places-title = Барлық орындар бір бетте
places-description = Бақыланатын әр ел мен желідегі интернет деңгейі.
places-note = Бақыланатын әр орын және әр көрсеткіштің деңгейі: соңғы өлшемнің алдыңғы сағаттар мен күндер бойынша күтілетін мәнге пайызбен қатынасы. { $time } жағдайы бойынша; деңгейдің жанындағы уақыт — оның өлшемінің уақыты: ай, күн және сағат.
places-utc = Уақыт UTC бойынша.
places-missing-note = «Жарияланған өлшем жоқ» желі туралы ештеңе білдірмейді: өлшемдер кешігуі, болмауы немесе әлі тексерілмеген болуы мүмкін.
places-countries = Елдер мен аумақтар
places-countries-letters = Елдер әріп бойынша
places-networks = Желілер
places-networks-letters = Желілер әріп бойынша
places-column-place = Орын
places-column-incident = Оқиға
places-unwatched = бақыланбайды
places-no-incident = жарияланғаны жоқ
places-empty = Әзірге өлшемдер жарияланған жоқ. Тізім алғашқысымен бірге пайда болады.

## The words of the script

script-zone = Уақытты менің уақыт белдеуімде көрсету
script-zone-back = Уақытты UTC бойынша көрсету
script-zone-note = Уақыт енді сіздің уақыт белдеуіңізде ({ $zone }) көрсетілген, тек UTC деп жазылған жерлерден басқа: жарияланған күйіндегі мәтіндерде, уақыт аралықтарында және суреттерде.
script-filter = Атауы бойынша іріктеу
script-filter-shown = Көрсетілгені: { $shown } / { $all }
script-chart-time = Графиктегі уақыт
script-chart-reading = { $hours ->
    [1] { $time } дейінгі сағаттың соңғы өлшемі:
   *[other] { $time } дейінгі { $hours } сағаттың соңғы өлшемі:
}
script-chart-closer = Осы уақыт маңын үлкейту
script-chart-whole = Бүкіл кезеңді көрсету
script-chart-shown = Көрсетілгені: { $from } – { $to }
script-chart-failed = График қайта жүктелмеді.

## The front page's chart where the archive has more than it shows

newest-line = Тіркелген ең жаңа { $n } іркіліс
newest-line_going = Тіркелген ең жаңа { $n } іркіліс, оның { $going } жалғасып жатыр

## How a source stands now

standings-ordinary = қалыпты
standings-untold = дерек келіп тұр; ақаулы ма, жоқ па, айту үшін бақыланатын орындар тым аз
standings-unheard = әзірге өлшем жоқ
standings-silent = дерек жоқ. Басы: { $since }
standings-ill = ақаулы. Басы: { $since }. Негізі: { $why }
standings-ill_undated = ақаулы: { $why }
