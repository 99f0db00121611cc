# The words on a chart; see ../en/charts.ftl.

references-weekly = الوسيط للساعة نفسها من الأسبوع خلال الأسابيع الأربعة السابقة لكل قراءة ({ $since } – { $until }، دون أوقات الاضطراب)
references-daily = الوسيط للساعة نفسها من اليوم خلال سبعة أيام على الأكثر قبل كل قراءة ({ $since } – { $until }، دون أوقات الاضطراب)
references-flat = الوسيط لأسبوع على الأكثر قبل كل قراءة ({ $since } – { $until }، دون أوقات الاضطراب)
references-kept = مستوى الأسبوع السابق للبداية ({ $since } – { $until })
references-unknown = ما يُتوقع بحسب ساعات مماثلة ({ $since } – { $until }، دون أوقات الاضطراب)
chart-reference = 100% هو { $reference }.
chart-key = نسبة مئوية من المعتاد
chart-land = الخريطة: Natural Earth وUS Census Bureau، ملكية عامة؛ والحدود والأسماء لا تعبّر عن أي موقف من وضعها.
chart-ordinary = المستوى المعتاد = 100%
chart-band = المستوى المعتاد = 100%؛ المظلل: النطاق المتوقع، { $name }
chart-begins = بداية الاضطراب
chart-drop = بداية التراجع
chart-ends = عودة إلى المعتاد
chart-gap = لا بيانات
chart-stale =
    { $name }
    لا بيانات منذ { $time }
chart-nothing =
    { $name }
    لا قيمة حالية
chart-mark_day = { $day }، { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } عند { $time }
chart-foot = عند { $as_of } · قد تُنقّح أحدث القيم · الحادث { $incident } · { $address }
chart-reconstructed = إعادة تمثيل من وقائع منشورة، وليست قياسًا.
chart-data = البيانات: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = إعادة تمثيل
chart-drill = تمرين
chart-test = صورة تجريبية، وليست خبرًا
chart-together = عدد عائلات الإشارات المستقلة: { $n }
chart-ongoing = { $length }، وما زال مستمرًا
chart-unsure = { $name } (مصدر واحد)
chart-subtitle = { $metrics }، نسبة مئوية من { $method }، { $period }
badge-retracted = سُحب التقرير
badge-ended = النهاية: { $ended }
badge-lasted = المدة: { $duration }
badge-suspected = مصدر واحد، ولم يتأكد · بداية التراجع: { $onset }
badge-began = البداية: { $onset }
period-days = { $since }–{ $until }
period-within = { $first }–{ $until }
