# The words on a chart; see ../en/charts.ftl.

references-weekly = الوسيط للساعة نفسها من الأسبوع خلال الأسابيع الأربعة السابقة لكل قياس ({ $since } – { $until }، باستثناء أوقات الاضطراب)
references-daily = الوسيط للساعة نفسها من اليوم خلال سبعة أيام على الأكثر قبل كل قياس ({ $since } – { $until }، باستثناء أوقات الاضطراب)
references-flat = الوسيط لأسبوع على الأكثر قبل كل قياس ({ $since } – { $until }، باستثناء أوقات الاضطراب)
references-kept = مستوى الأسبوع السابق للبداية ({ $since } – { $until })
references-unknown = ما يُتوقع بحسب ساعات مماثلة ({ $since } – { $until }، باستثناء أوقات الاضطراب)
chart-reference = 100% هو { $reference }.
chart-key = نسبة مئوية من المستوى الطبيعي
chart-land = الخريطة: Natural Earth وUS Census Bureau، ملكية عامة؛ والحدود والأسماء لا تعبّر عن أي موقف من وضعها.
chart-ordinary = المستوى الطبيعي = 100%
chart-band = المستوى الطبيعي = 100%؛ المظلل: النطاق المتوقع، { $name }
chart-begins = بداية الاضطراب
chart-drop = بداية التراجع
chart-ends = عودة إلى المستوى الطبيعي
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
chart-foot = عند الساعة { $as_of } · قد تُنقّح أحدث القيم · الحادث { $incident } · { $address }
chart-site = عند الساعة { $as_of } · قد تُنقّح أحدث القيم · { $address }
chart-reconstructed = إعادة بناء من وقائع منشورة، وليست قياسًا.
chart-data = البيانات: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = إعادة بناء
chart-drill = تمرين
chart-test = صورة تجريبية، وليست خبرًا
chart-together = { $n ->
    [two] نوعان مستقلان من القياسات
    [few] { $n } أنواع مستقلة من القياسات
   *[other] { $n } نوعًا مستقلًا من القياسات
}
chart-ongoing = { $length }، وما زال مستمرًا
chart-unsure = { $name } (مصدر واحد)
chart-subtitle = { $metrics }، كنسبة مئوية من { $method }، { $period }
chart-lasted = { $noun } { $within }: { $duration }
chart-lasting = { $noun } { $within }: { $duration } حتى الآن
chart-lasted_alone = تراجع { $within } يشير إليه مصدر واحد: { $duration }
chart-lasting_alone = تراجع { $within } يشير إليه مصدر واحد: { $duration } حتى الآن
chart-beside = { $n ->
    [one] المدة إلى جانب حادث واحد مسجل من قبل { $within }؛ اللون الفاتح: مدة غير مؤكدة
    [two] المدة إلى جانب حادثين مسجلين من قبل { $within }؛ اللون الفاتح: مدة غير مؤكدة
    [few] المدة إلى جانب { $n } حوادث مسجلة من قبل { $within }؛ اللون الفاتح: مدة غير مؤكدة
    [many] المدة إلى جانب { $n } حادثًا مسجلًا من قبل { $within }؛ اللون الفاتح: مدة غير مؤكدة
   *[other] المدة إلى جانب { $n } حادث مسجل من قبل { $within }؛ اللون الفاتح: مدة غير مؤكدة
}
chart-line = { $n ->
    [one] اضطراب واحد مسجل في خدمة الإنترنت
    [two] اضطرابان مسجلان في خدمة الإنترنت
    [few] { $n } اضطرابات مسجلة في خدمة الإنترنت
    [many] { $n } اضطرابًا مسجلًا في خدمة الإنترنت
   *[other] { $n } اضطراب مسجل في خدمة الإنترنت
}
chart-line_going = { chart-line }، ولم ينته منها: { $going }
chart-line_period = من بداية كل منها إلى نهايته، { $period }؛ اللون الفاتح: مدة غير مؤكدة
badge-retracted = سُحب الخبر
badge-ended = النهاية: { $ended }
badge-lasted = المدة: { $duration }
badge-suspected = مصدر واحد، ولم تؤكده مصادر أخرى · بداية التراجع: { $onset }
badge-began = البداية: { $onset }
period-days = { $since } – { $until }
period-within = { $first }–{ $until }
