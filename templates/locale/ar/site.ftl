# See ../en/site.ftl.

## Marks beside the title of an incident, and severities

site-mark-drill = تمرين
site-mark-reconstruction = إعادة بناء
severity-minor = طفيف
severity-moderate = متوسط
severity-major = كبير
severity-near-total = شبه كامل

## The front page

home-title = انقطاعات الإنترنت مع أدلتها
home-description = اضطرابات الإنترنت كما تُرصد وتتأكد ثم تنتهي.
home-updated = آخر تحديث: { $time }.
home-subscribe = للاشتراك: { $ways }.
home-subscribe-all = جميع الحوادث (Atom)
home-subscribe-corrections = التصحيحات (Atom)
home-subscribe-more = خلاصات أخرى
home-subscribe-mail = بالبريد الإلكتروني
home-now = ما يحدث الآن
home-none-open = لا حوادث مفتوحة منشورة.
home-places = جميع الأماكن في لمحة: مستوى كل بلد وكل شبكة تحت المراقبة
home-map-note = البلدان التي لها حادث مفتوح في هذه الصفحة، بحسب أشد درجاته: { $severities }. القائمة تذكرها جميعًا؛ وعدم تلوين بلد لا يعني أنه بلا انقطاعات. حدود الخريطة: Natural Earth.
home-map = بلدان فيها حادث مفتوح: { $incidents }
home-map-empty = لا بلد معلَّم: لا حوادث مفتوحة منشورة
home-timeline = متى، وكم دام
home-past = حوادث سابقة
home-follow = للمتابعة
home-follow-all = جميع الحوادث: { $feeds }. التصحيحات والأخبار المسحوبة: { $corrections }. في صفحة كل حادث رابط إلى خلاصة بلده.
home-follow-mail = { $link }: تختار الأماكن ومقدار التراجع الذي تُبلَّغ به.
home-follow-mail-link = بالبريد الإلكتروني
home-follow-alerts = { $link }: للبرامج التي تنقل الإنذارات العامة. يبين كل إنذار المقصود منه؛ وما كان موسومًا بأنه اختبار لا يجوز نقله على أنه إنذار.
home-follow-alerts-link = إنذارات (CAP)
home-follow-map = { $link }: الحوادث المفتوحة الآن وأماكنها، للخرائط.
home-follow-map-link = بيانات الخرائط (GeoJSON)
home-follow-calendar = { $link }: أوقات يُتوقع فيها تراجع، مثل أعمال صيانة معلنة.
home-follow-calendar-link = تقويم (iCalendar)
home-follow-api = { $link }: الأماكن والحوادث والقراءات التي بُنيت عليها الرسوم البيانية.
home-follow-api-link = بيانات للبرامج (JSON، موصوفة بمواصفة OpenAPI)
home-sources = المصادر
home-sources-note = الوضع عند الساعة { $time }. المصدر المختل أو الصامت لا يفتح حادثًا ولا يغلقه أبدًا. { $link }
home-sources-note-link = المعلومات نفسها كبيانات (JSON)
home-column-signal = المؤشر
home-column-reading = آخر قراءة
home-column-state = الحالة
home-no-reading = لا قراءة بعد

## The page of a country or a network

place-title = الإنترنت، { $place }: المستويات والانقطاعات
place-description = المستويات المقيسة للإنترنت ({ $place })، وآخر 28 يومًا، والانقطاعات المسجلة.
place-country = بلد أو إقليم
place-network = الشبكة AS{ $number }
place-network-within = الشبكة AS{ $number }، { $country }
place-now = الآن
place-column-level = المستوى
place-column-reading = آخر قراءة منشورة
place-unpublished = لا قراءة منشورة
place-unpublished-month = لا شيء منذ 28 يومًا
place-level-note = المستوى هو القراءة كنسبة مئوية مما يُتوقع بناءً على الساعات والأيام السابقة. وعدم وجود قراءة منشورة لا يدل على شيء في الشبكة: فقد تتأخر القراءات، أو تكون مفقودة، أو لم تُراجع بعد.
place-no-levels = لا قراءة منشورة.
place-days = آخر 28 يومًا
place-days-note = متوسط كل ساعة؛ والحافة السفلى للرسم هي 0. والفراغ ساعة بلا قراءة منشورة. والأيام بتوقيت UTC.
place-highest = أعلى ساعة: { $value }
place-chart = { $signal }، من { $first } إلى { $last }: بين { $lowest } و{ $highest }؛ قراءات في { $read } من أصل { $hours } ساعة
place-chart-empty = { $signal }، من { $first } إلى { $last }: لا قراءة منشورة
place-history = الحوادث المسجلة
place-ended-one = انتهى حادث واحد في هذا المكان. مدته: { $longest }.
place-ended-two = انتهى حادثان في هذا المكان. مدة أطولهما: { $longest }.
place-ended-more = الحوادث المنتهية في هذا المكان: { $n }. المدة الوسيطة: { $median }؛ ومدة أطولها: { $longest }.
place-classes = الحوادث المؤكدة بحسب الفئة
place-column-class = الفئة
place-column-incidents = الحوادث
place-column-median = المدة الوسيطة
place-column-longest = الأطول
place-not-given = غير مذكورة
place-classes-note = تصف الفئة شكل النمط في البيانات، لا الفاعل ولا الدافع. ولا تُحسب التمارين ولا الحوادث المسحوبة ولا المسجلة لمكان آخر أو شبكة أخرى.
place-classes-durations = وتُذكر المدد إذا انتهت ثلاثة حوادث على الأقل.
place-classes-newest = لا تُحسب إلا أحدث الحوادث.
place-seasons = بحسب وقت البداية، بالتوقيت المحلي: { $counts }.
place-follow = المتابعة والبيانات
place-feeds = حوادث هذا المكان: { $feeds }.
place-feeds-all = حوادث جميع الأماكن: { $feeds }.
place-feed-later = تبدأ خلاصة هذا المكان مع أول حادث فيه.
place-data = الحوادث كبيانات (JSON)
place-mail = حوادث هذا المكان بالبريد الإلكتروني
place-sources = المصادر: { $credits }.

## All places

places-title = جميع الأماكن في لمحة
places-description = مستوى الإنترنت في كل بلد وكل شبكة تحت المراقبة.
places-note = كل مكان تحت المراقبة، ومستوى كل مؤشر: آخر قراءة له كنسبة مئوية مما يُتوقع بناءً على الساعات والأيام السابقة. الوضع عند الساعة { $time }؛ والوقت بجانب المستوى هو وقت قراءته: الشهر واليوم والساعة.
places-utc = الأوقات بتوقيت UTC.
places-missing-note = عبارة «لا قراءة منشورة» لا تدل على شيء في الشبكة: فقد تتأخر القراءات، أو تكون مفقودة، أو لم تُراجع بعد.
places-countries = البلدان والأقاليم
places-countries-letters = البلدان بحسب الحرف
places-networks = الشبكات
places-networks-letters = الشبكات بحسب الحرف
places-column-place = المكان
places-column-incident = الحادث
places-unwatched = غير مراقَب
places-no-incident = لا حادث منشورًا
places-empty = لم تُنشر قراءات بعد. وتظهر القائمة مع أولها.

## The words of the script

script-zone = عرض الأوقات بمنطقتي الزمنية
script-zone-back = عرض الأوقات بتوقيت UTC
script-zone-note = الأوقات الآن بمنطقتك الزمنية، { $zone }، إلا حيث كُتب UTC: في النصوص كما نُشرت، وفي المدد الزمنية، وفي الصور.
script-filter = تصفية بحسب الاسم
script-filter-shown = المعروض: { $shown } من { $all }
script-chart-time = الوقت على الرسم البياني
script-chart-reading = { $hours ->
    [1] آخر قراءة في الساعة المنتهية عند { $time }:
   *[other] آخر قراءة في الفترة المنتهية عند { $time } (طولها بالساعات: { $hours }):
}
script-chart-closer = تكبير حول هذا الوقت
script-chart-whole = عرض الفترة كلها
script-chart-shown = المعروض: من { $from } إلى { $to }
script-chart-failed = تعذر تحميل الرسم البياني من جديد.

## The front page's chart where the archive has more than it shows

newest-line = أحدث الاضطرابات المسجلة: { $n }
newest-line_going = أحدث الاضطرابات المسجلة: { $n }، منها ما لم ينته: { $going }

## How a source stands now

standings-ordinary = طبيعي
standings-untold = تصل قراءاته؛ لكن الأماكن المراقبة أقل من أن تبين هل هو مختل
standings-unheard = لا قراءة بعد
standings-silent = بلا بيانات منذ الساعة { $since }
standings-ill = مختل منذ الساعة { $since }: { $why }
standings-ill_undated = مختل: { $why }
