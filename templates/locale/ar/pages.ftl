# The sentences of the pages, and the texts that ../../words/en.toml has in English; see
# ../en/pages.ftl.

## What every page has

site-feed = انقطاعات الإنترنت
site-feed-corrections = التصحيحات والأخبار المسحوبة
site-skip = انتقل إلى النص
site-navigation = الموقع
site-languages = اللغات
site-places = الأماكن
site-archive = الأرشيف
site-digest = الملخص
site-corrections = التصحيحات
site-status = حالة المصادر
site-methodology = المنهجية
site-about = من نحن
site-feeds = خلاصات التغذية
site-unpublished = للمشغّل وحده: تعرض هذه الصفحة أحداثًا لم تُنشر. لا تنقلها إلى غيرك.
site-unreviewed = أعدّت هذه الترجمة آلة، ولم يراجعها أي شخص. الصفحة المعتمدة هي الأصل: { $language }.
site-reconstruction = إعادة بناء: كل ما في هذه الصفحات مستمد من وقائع منشورة، وليس قياسًا.
site-replayed = إعادة عرض أو تمرين: لا تعرض هذه الصفحات ما يحدث الآن.
site-scorecard = كم مرة كنا على صواب
site-contact = للتصحيحات والأسئلة: { $contact }.
site-no-contact = لم يُحدَّد عنوان

## The first paragraph

lead-retracted = نسحب هذا الخبر عن اضطراب خدمة الإنترنت { $within }.
lead-usual = عند الساعة { $as_of }، أصبح المستوى المنخفض هو المعتاد؛ ولذلك قد يكون تغيرًا دائمًا وليس اضطرابًا.
lead-suspected = مصدر واحد ({ $source_one }) يشير إلى تراجع الاتصال بالإنترنت { $within }؛ ولم تؤكده مصادر أخرى.
lead-suspected-eased = خفّت حدة تراجع الاتصال بالإنترنت { $within } الذي أشار إليه مصدر واحد ({ $source_one })؛ ولم تؤكده مصادر أخرى.
lead-restored-alone = أشار مصدر واحد ({ $source_one }) إلى تراجع الاتصال بالإنترنت { $within }؛ ولم تؤكده مصادر أخرى، وقد عاد هذا المصدر إلى المستوى الطبيعي عند الساعة { $as_of }.
lead-drop-began = { drop-began }
lead-drop-began-ended = بداية التراجع: { $onset }؛ النهاية: { $ended }.
lead-restored = عاد الاتصال بالإنترنت { $within } إلى مستواه الطبيعي عند الساعة { $as_of }.
lead-worst-began = في ذروته: { $a_noun }. بداية الاضطراب: { $onset }.
lead-worst-began-ended = في ذروته: { $a_noun }. بداية الاضطراب: { $onset }؛ النهاية: { $ended }.
lead-confirmed = { $families ->
    [one] { $a_noun } { $within }: تؤكده قياسات مستقلة، ولا يزال أحدها يُظهر تراجعًا: { $sources }.
    [two] { $a_noun } { $within }: يؤكده قياسان مستقلان، { $sources }.
    [three] { $a_noun } { $within }: تؤكده ثلاثة قياسات مستقلة، { $sources }.
    [four] { $a_noun } { $within }: تؤكده أربعة قياسات مستقلة، { $sources }.
    [five] { $a_noun } { $within }: تؤكده خمسة قياسات مستقلة، { $sources }.
   *[other] { $a_noun } { $within }: تؤكده قياسات مستقلة، { $sources }.
}
lead-confirmed-partly = { $families ->
    [one] عودة جزئية للاتصال بالإنترنت { $within } بعد { $a_noun } تؤكده قياسات مستقلة، ولا يزال أحدها يُظهر تراجعًا: { $sources }.
    [two] عودة جزئية للاتصال بالإنترنت { $within } بعد { $a_noun } يؤكده قياسان مستقلان، { $sources }.
    [three] عودة جزئية للاتصال بالإنترنت { $within } بعد { $a_noun } تؤكده ثلاثة قياسات مستقلة، { $sources }.
    [four] عودة جزئية للاتصال بالإنترنت { $within } بعد { $a_noun } تؤكده أربعة قياسات مستقلة، { $sources }.
    [five] عودة جزئية للاتصال بالإنترنت { $within } بعد { $a_noun } تؤكده خمسة قياسات مستقلة، { $sources }.
   *[other] عودة جزئية للاتصال بالإنترنت { $within } بعد { $a_noun } تؤكده قياسات مستقلة، { $sources }.
}
lead-facts-confirm = { $a_noun } { $within }: تؤكده الوقائع المنشورة.
lead-facts-confirm-partly = عودة جزئية للاتصال بالإنترنت { $within } بعد { $a_noun } تؤكده الوقائع المنشورة.
lead-corrected = تصحيح: { $statement }
lead-wrong-lowest = تصحيح لخبرنا بتاريخ { $wrong_at }. أدنى مستوى مذكور فيه: { $wrong_lowest } من المستوى الطبيعي؛ وبحسب قياسات منقّحة كان { $lowest }.
lead-wrong-onset = تصحيح لخبرنا بتاريخ { $wrong_at }. البداية المذكورة فيه: { $wrong_onset }؛ وتدل قياسات منقّحة على وقت آخر.
lead-wrong-onset-too = البداية المذكورة فيه: { $wrong_onset }؛ وتدل قياسات منقّحة على وقت آخر.

## The page of an incident: its top

incident-pair = { $name }: { $value }
incident-dated = { $what }، { $time }
incident-earlier = الأقدم: { $n }
incident-more = المزيد: { $n }
incident-csv = البيانات (CSV)
incident-drill = تمرين: لا شيء مما في هذه الصفحة يحدث الآن.
incident-reconstruction = إعادة بناء: كل ما في هذه الصفحة مستمد من وقائع منشورة، وليس قياسًا.
incident-silent = لا قراءات منذ الساعة { $time }
incident-as-of = البيانات حتى الساعة { $time }
incident-reported-once = الحادث { $incident }، من { $publisher }. أول خبر: { $first }.
incident-reported-often = الحادث { $incident }، من { $publisher }. أول خبر: { $first }؛ آخر خبر: { $last }.
incident-numbers = بالأرقام

## What was said

incident-posts = ما نُشر، من الأحدث إلى الأقدم
incident-check-picture = تحقق من هذه الصورة
incident-text-in = باللغة { $language }
incident-text-shorter = نص أقصر
incident-posted = نُشر { $where }.
incident-not-posted = لم يُنشر بعد.
incident-step-csv = بيانات هذه الخطوة (CSV)
incident-folded-updates = { $n ->
    [1] تحديث يومي واحد: { $first }
    [two] تحديثان يوميان: من { $first } إلى { $last }
    [few] { $n } تحديثات يومية: من { $first } إلى { $last }
    [many] { $n } تحديثًا يوميًا: من { $first } إلى { $last }
   *[other] { $n } تحديث يومي: من { $first } إلى { $last }
}
incident-folded-steps = { $n ->
    [1] خطوة سابقة واحدة: { $first }
    [two] خطوتان سابقتان: من { $first } إلى { $last }
    [few] { $n } خطوات سابقة: من { $first } إلى { $last }
   *[other] { $n } خطوة سابقة: من { $first } إلى { $last }
}
incident-folded-mixed = { $updates ->
    [1] عدد الخطوات السابقة { $n }، منها تحديث يومي واحد: من { $first } إلى { $last }
   *[other] عدد الخطوات السابقة { $n }، وعدد التحديثات اليومية منها { $updates }: من { $first } إلى { $last }
}

## The chart and its table

incident-chart = أحدث رسم بياني
incident-table = بيانات هذا الرسم في جدول
incident-table-note = { $hours ->
    [1] نسبة مئوية من المستوى الطبيعي. في كل صف آخر قراءة من الساعة التي تنتهي بوقته؛ { $readings }.
    [two] نسبة مئوية من المستوى الطبيعي. في كل صف آخر قراءة من الساعتين اللتين تنتهيان بوقته؛ { $readings }.
    [few] نسبة مئوية من المستوى الطبيعي. في كل صف آخر قراءة من { $hours } ساعات تنتهي بوقته؛ { $readings }.
   *[other] نسبة مئوية من المستوى الطبيعي. في كل صف آخر قراءة من { $hours } ساعة تنتهي بوقته؛ { $readings }.
}
incident-table-csv = جميع القراءات (CSV)
incident-table-label = بيانات أحدث رسم بياني
incident-table-until = حتى { $utc }
incident-table-none = لا قراءة
incident-charts = البيانات نفسها في رسوم أخرى

## The timeline

incident-timeline = التسلسل الزمني، من الأحدث إلى الأقدم
incident-timeline-note = الأخبار هي ما نُشر هنا. والقياسات هي ما تُظهره القراءات. والسياق هو ما سجّله شخص مع ذكر مصدر، وليس قياسًا.
incident-kind-event = خبر
incident-kind-measurement = قياس
incident-kind-context = سياق

## What is happening, and what it means

incident-happening = ماذا يحدث { $within }؟
incident-causes = ما يقال عن السبب
incident-cause-recorded = ({ $source }؛ مسجّل منذ الساعة { $time })
incident-cause-archived = ({ $source }، { $copy }؛ مسجّل منذ الساعة { $time })
incident-cause-source = المصدر
incident-cause-copy = نسخة محفوظة
incident-meaning = ماذا تعني هذه الفئة من الاضطرابات
incident-class = كيف حُددت الفئة
incident-class-note = تصف الفئة شكل النمط في البيانات، وفق قواعد واحدة لجميع البلدان؛ ولا تقول شيئًا عن الفاعل ولا عن الدافع.
incident-class-step = عند الساعة { $time }: { $name } ({ $rule }؛ النسخة { $version } من القواعد).

## Who is cut off

impact-heading = من انقطع عنه الاتصال
impact-caption = الشبكات المرصودة عند آخر خطوة
impact-column-kind = النوع
impact-column-watched = مرصودة
impact-column-down = متراجعة
impact-column-unknown = غير معروفة
impact-column-level = وسيط مستوى المتراجعة
impact-level = { $level } من المستوى الطبيعي
impact-level-unknown = غير معروف
impact-none-down = لا شبكة متراجعة
impact-none-watched = لا تُرصد أي شبكة معروف أنها من هذا النوع
impact-note = غير المعروف ليس طبيعيًا: الشبكة التي لا تعطي قراءات لا تُحسب متراجعة ولا عاملة. ولا يشمل هذا الجدول شبكات من أنواع أخرى أو من نوع لا نعرفه.
impact-no-networks = لا تُرصد هنا أي شبكة معروف أنها لهاتف محمول أو لخطوط ثابتة أو للاستضافة.
affected-regions = المناطق التي انخفضت
affected-networks = الشبكات التي انخفضت
affected-column-name = الاسم
affected-column-signal = القياس
affected-column-level = من المعتاد عند أحدث خطوة
affected-column-lowest = الأدنى
impact-kinds-mobile = الهاتف المحمول
impact-kinds-fixed = الخطوط الثابتة
impact-kinds-hosting = الاستضافة
impact-by-place = { $family }
impact-by-users = { $family } لشبكات الهاتف المحمول والخطوط الثابتة
impact-by-services = { $family } لشبكات الاستضافة
impact-users-ordinary = وصول المستخدمين إلى الإنترنت: طبيعي. يصل الناس هناك إلى الإنترنت كالمعتاد، بقدر ما يُظهره هذا القياس: { $by }.
impact-users-dropped = وصول المستخدمين إلى الإنترنت: متراجع. يصل إلى الإنترنت هناك عدد من الناس أقل من المعتاد، كما يُظهر هذا القياس: { $by }.
impact-users-unknown = وصول المستخدمين إلى الإنترنت: غير معروف. لا شيء مما يُقاس هنا يبيّن هل يصل الناس هناك إلى الإنترنت الآن.
impact-users-pending = وصول المستخدمين إلى الإنترنت: غير معروف بعد. لا قراءة منذ البداية تبيّن هل يصل الناس هناك إلى الإنترنت.
impact-services-ordinary = الخدمات المستضافة: طبيعية. يمكن الوصول من العالم إلى ما يُستضاف هناك، بقدر ما يُظهره هذا القياس: { $by }.
impact-services-dropped = الخدمات المستضافة: متراجعة. ما يمكن الوصول إليه من العالم مما يُستضاف هناك أقل من المعتاد، كما يُظهر هذا القياس: { $by }.
impact-services-unknown = الخدمات المستضافة: غير معروفة. لا شيء مما يُقاس هنا يبيّن هل يصل العالم الآن إلى ما يُستضاف هناك.
impact-services-pending = الخدمات المستضافة: غير معروفة بعد. لا قراءة منذ البداية تبيّن هل يصل العالم إلى ما يُستضاف هناك.

## What we cannot see

incident-observed = ما لا نستطيع رؤيته
incident-judged = يُقاس هنا، وله قراءة عند آخر خطوة: { $signals }.
incident-unjudged = يُقاس هنا، وليس له قراءة يمكن الحكم عليها: { $signals }. ويُحسب ذلك غير معروف، لا طبيعيًا.
incident-unmeasured = لا يُقاس للمكان كله: { $families }.
incident-apart = الفاصل بين القراءات مدة { $step }؛ وما هو أقصر منها قد لا يُرصد.
incident-unnoticed = الانخفاضات الطفيفة جدًا أو القصيرة جدًا لا تُلاحَظ: { $methodology }.
incident-unnoticed-link = مقدار الانخفاض ومدته اللازمان في كل إشارة
incident-unseen = قد لا تظهر في هذه القياسات الاتصالات المبطّأة، ولا المواقع أو التطبيقات المحجوبة، ولا الانقطاعات في شبكات أو مناطق غير مرصودة.
incident-smallest = أصغر انخفاض يمكن ملاحظته
incident-smallest-note = في المكان كله، وفق القواعد السارية والتباين المعتاد لقراءاته عند أحدث خطوة. وقد يفوتنا انخفاض أكبر أيضًا.
incident-smallest-alone = { $signal }: لا يُشتبه به وحده إلا ابتداءً من { $depth } دون المعتاد؛ عدد القراءات المنخفضة اللازمة: { $n } ({ $span }).
incident-smallest-not-alone = { $signal }: لا يُشتبه به وحده أبدًا.
incident-smallest-joint = ومع عائلة أخرى لا يُحتسب إلا ابتداءً من { $depth } دون المعتاد؛ عدد القراءات المنخفضة اللازمة: { $n } ({ $span }).
incident-smallest-range = { $least } إلى { $most } (بحسب الساعة)
incident-smallest-some = { $least } (وفي بعض الساعات لا يبرز حتى الانخفاض التام)
incident-smallest-never = { $signal }: لا يبرز أي انخفاض عن التباين المعتاد.
incident-smallest-unknown = { $signal }: غير معروف؛ لا يوجد تباين معتاد محفوظ.
incident-smallest-confirmed = لا يُؤكَّد الانخفاض إلا إذا أظهرته عائلتان معًا.
incident-smallest-shallow = لا تُحتسب الانخفاضات الأصغر إلا إذا أظهرتها حركة البيانات وعائلة أخرى معًا مدة { $time }.
incident-smallest-none = أصغر انخفاض يمكن ملاحظته هنا غير معروف.
incident-troubles = مصادر اختلت أو صمتت
incident-checks = تفسيرات أخرى جرى التحقق منها
incident-checks-as-of = عند آخر خطوة:
incident-passed = عمليات تحقق لم تجد شيئًا: { $n }
incident-noted = { $result } – { $note }

## The history of the place

incident-history = السجل السابق
incident-previous-count = حوادث سابقة { $within } مسجلة هنا: { $n }.
incident-previous-more = حوادث سابقة { $within } مسجلة هنا: أكثر من { $n }.
incident-previous-none = لا حوادث مسجلة هنا.
incident-confirmed-all = من بينها، ما أظهره قياسان مستقلان:
incident-confirmed-newest = من بين أحدثها، ما أظهره قياسان مستقلان:
incident-by-kind = بحسب النوع: { $counts }
incident-by-season = بحسب وقت البداية: { $counts }
incident-by-length = بحسب المدة: { $counts }
incident-reading = للقراءة، وما سبق
incident-reading-previous = للقراءة: لا شيء بعد. ما سبق:
incident-reading-none = للقراءة: لا شيء بعد. ما سبق: لا حوادث مسجلة هنا.
incident-reading-cited = للمزيد، مصادر مذكورة أعلاه:
incident-reading-item = { $source }: { $address } ({ $copy })
incident-reading-unarchived = غير محفوظ على الويب
incident-reading-before = سابقًا:
incident-reading-before-none = سابقًا: لا شيء مسجل هنا.
incident-articles = للاطلاع على المزيد، باختيار المحررين؛ والعناوين بصياغة ناشريها:
incident-article = { $what } ({ $details })
incident-article-asked = طُلبت نسخة محفوظة ولم يُؤكد حفظها
incident-article-failed = تعذّر حفظ نسخة
incident-article-withdrawn = سُحب رابط من هذه القائمة في { $time }. السبب المذكور: { $reason }.
incident-newest-listed = الأحدث مذكور هنا. { $archive }
incident-archive = جميع الحوادث بحسب الشهر

## The method, and who we are

incident-method = المنهجية
incident-baseline = نسبة 100% هي { $baseline }. والمستوى هو القراءة مقسومة على ذلك. القاعدة المطبقة: { $rule }.
incident-method-more = المزيد عن المنهجية
incident-method-families = تظهر القراءات الناقصة فجوات، ولا تُحسب أبدًا صفرًا. وتُجمع المؤشرات في أنواع يرصد كل منها الشيء نفسه: القياس النشط، وحركة البيانات، والتوجيه، والقياس عن بعد، والتلسكوبات. ويلزم نوعان مستقلان في الفترة نفسها لتأكيد اضطراب؛ أما ما يُظهره نوع واحد فيوصف بأنه غير مؤكد. والمؤكد هو الاضطراب، وليس سببه أبدًا.
incident-method-times = الأوقات فترات: تقع البداية بين نهاية آخر قراءة طبيعية ونهاية أول قراءة لم تكن طبيعية.
incident-method-words = وراء المقادير الواردة بالكلمات أرقام. الاتصال «شبه معدوم» إذا فُقد 90% من المستوى الطبيعي أو أكثر، و«معظمه» مفقود من 50%، و«جزء منه» من 20%. ويوصف الاضطراب بأنه طفيف ما دام 75% أو أكثر باقيًا، وكبير إذا قل الباقي عن 50%، وبأنه انقطاع شبه كامل إذا قل عن 20%. وكلمة «نحو» تعني أن الوقت معروف في حدود 15 دقيقة؛ وإذا كان كل المعروف 3 ساعات أو أكثر من جزء واحد من اليوم، سُمّي ذلك الجزء: الصباح من الساعة 5، وبعد الظهر من 12، والمساء من 18 بتوقيت المكان.
incident-independence = الاستقلالية
incident-independence-text = ترصد Outagewire قياسات الاتصال بالإنترنت وتنشر أخبار الاضطرابات مع البيانات التي وراء كل رقم. وتسري القواعد والحدود والكلمات نفسها على كل بلد وكل شبكة. ويعدّ برنامج حاسوبي الكلمات والرسوم من تلك البيانات؛ وإذا أقرّها شخص أو عدّلها كان ذلك جزءًا من السجل.
incident-feeds = لمتابعة هذا المكان: { $place }. التصحيحات والأخبار المسحوبة: { $corrections }.
incident-corrections = التصحيحات والتواصل
incident-correction = { $label }، { $time }: { $facts }
incident-uncorrected = لم يُصحَّح شيء في هذه الصفحة.
incident-contact = للصحافة والتصحيحات والأسئلة، ومنها ما يرد ممن يشغّلون الشبكات أو ممن وردت أسماؤهم هنا: { $contact }.

## Sources, and other forms of the page

incident-licences = المصادر والتراخيص وكيفية الاستشهاد
incident-source = { $signal }: { $credit }. { $licence }.
incident-cite-as = اذكر هذه المصادر حيثما استخدمت رسمًا أو رقمًا أو ملفًا من هذه الصفحة. صيغة الاستشهاد:
incident-cite = { $publisher }، «{ $title }»، الحادث { $incident }، الخطوة { $step }: { $time }، { $address }
incident-formats = هذه الصفحة بصيغة { $text }، وبصيغة { $data }، وللتضمين: { $following }، أو { $frozen }.
incident-format-text = نص بسيط
incident-format-data = بيانات
incident-format-following = مع متابعة أحدث خطوة
incident-format-frozen = كما هي الآن
incident-as-text = هذه الصفحة نصًا بسيطًا
incident-as-data = وقائع هذه الصفحة بيانات
incident-evidence = { $evidence }: ما نُشر، والقراءات والقواعد والمعاملات التي ينتج عنها. ويبيّن ملف README.txt فيها كيفية التحقق.
incident-evidence-link = أدلة هذه الصفحة (ZIP)
incident-text-drill = تمرين: لا شيء مما في هذا النص يحدث الآن.
incident-text-reconstruction = إعادة بناء: كل ما في هذا النص مستمد من وقائع منشورة، وليس قياسًا.
incident-text-id = الحادث { $incident }
incident-text-cause = { $cause } مسجّل منذ الساعة { $time }.

## The version history

incident-versions = سجل النسخ
incident-versions-note = تنتج عن كل خطوة نسخة جديدة من الفقرة الأولى لهذه الصفحة. ومقارنة بالخطوة السابقة، { $added } و{ $removed }.
incident-versions-added = تحت الكلمات الجديدة خط
incident-versions-removed = الكلمات المحذوفة مشطوبة
incident-versions-earlier = نسخ سابقة: { $n }
incident-version = { $step }، { $time }. المستوى: { $level }. البداية: { $onset }. السبب الداعي إلى الخطوة: { $reason }.
incident-version-step = الخطوة { $step }، { $label }
incident-version-level = غير معروف

## What 100 percent is

methods_long-weekly = وسيط القراءات في الساعة نفسها من الأسبوع خلال الأسابيع الأربعة السابقة
methods_long-daily = وسيط القراءات في الساعة نفسها من اليوم في الأيام السابقة، ما دام المسجل أقل من أربعة أسابيع
methods_long-flat = وسيط قراءات الأيام السابقة، ما دام المسجل قليلًا
methods_long-kept = مستوى الأسبوع السابق للبداية، وقد أُبقي عليه لأن التراجع مستمر منذ أسابيع: الوسيط، أو الساعة نفسها من الأسبوع للمؤشرات التي تتبع إيقاع اليوم
methods_long-none = غير محدد: المسجل قليل جدًا
methods_long-unknown = ما يُتوقع بحسب قراءات ساعات سابقة مماثلة

## What a disruption of this class means for people

meaning-operator = يصيب اضطراب من هذه الفئة عملاء الشبكات المذكورة على مستوى الشبكة. وقد لا يلاحظ مستخدمو الشبكات الأخرى شيئًا يُذكر. وتحتاج برامج تجاوز الحجب وشبكات VPN إلى اتصال يعمل، وقد لا تفيد.
meaning-mobile = يصيب اضطراب من هذه الفئة بيانات الهاتف المحمول على مستوى الشبكة. وقد تظل الخطوط الثابتة تعمل. وحيث انقطع الاتصال نفسه، من غير المرجح أن تفيد برامج تجاوز الحجب وشبكات VPN؛ وحيث أُبطئ أو رُشّح فقط، فقد تفيد.
meaning-regional = يصيب اضطراب من هذه الفئة الاتصال على مستوى الشبكة في جزء من البلاد. وتحتاج برامج تجاوز الحجب وشبكات VPN إلى اتصال يعمل، ومن غير المرجح أن تفيد حيث لا اتصال.
meaning-place = يصيب اضطراب من هذه الفئة الاتصال على مستوى الشبكة. وتحتاج برامج تجاوز الحجب وشبكات VPN إلى اتصال يعمل، ومن غير المرجح أن تفيد حيث لا اتصال.
meaning-national = يصيب اضطراب من هذه الفئة الاتصال على مستوى الشبكة في معظم البلاد. وتحتاج برامج تجاوز الحجب وشبكات VPN إلى اتصال يعمل، ومن غير المرجح أن تفيد حيث لا اتصال. وقد يتعذر الوصول من الخارج أيضًا إلى المواقع والخدمات المستضافة في البلاد.

## Classes by the pattern in the data

classes-national-blackout-name = انقطاع على مستوى البلاد
classes-national-blackout-meaning = يذهب اضطراب من هذه الفئة بالاتصال على مستوى الشبكة في معظم بلد ما. ومن المرجح أن تتعطل معًا المكالمات والرسائل والمدفوعات والخدمات التي تحتاج إلى الإنترنت. وتحتاج برامج تجاوز الحجب وشبكات VPN إلى اتصال يعمل، ومن غير المرجح أن تفيد حيث لا اتصال؛ أما الوصلات التي لا تمر بالشبكات المتأثرة، كالتجوال الأجنبي أو الأقمار الصناعية، فقد تفيد. وقد يتعذر الوصول من الخارج أيضًا إلى المواقع والخدمات المستضافة في البلاد.
classes-mobile-name = شبكات الهاتف المحمول
classes-mobile-meaning = يصيب اضطراب من هذه الفئة بيانات الهاتف المحمول على مستوى الشبكة، بينما تكون الخطوط الثابتة طبيعية. وقد ينقطع الاتصال عن معظم من لا يتصلون إلا بالهاتف؛ وقد تظل الخطوط الثابتة وشبكات Wi-Fi المعتمدة عليها تعمل. وحيث انقطع الاتصال نفسه، من غير المرجح أن تفيد برامج تجاوز الحجب وشبكات VPN؛ وحيث أُبطئ أو رُشّح فقط، فقد تفيد.
classes-regional-name = جزء من البلاد
classes-regional-meaning = يصيب اضطراب من هذه الفئة الاتصال على مستوى الشبكة في جزء من بلد ما، بينما تكون أجزاء أخرى طبيعية. وقد لا تكاد الأرقام الوطنية تُظهره. وتحتاج برامج تجاوز الحجب وشبكات VPN إلى اتصال يعمل، ومن غير المرجح أن تفيد حيث لا اتصال.
classes-operator-name = شبكات معينة
classes-operator-meaning = يصيب اضطراب من هذه الفئة عملاء الشبكات المذكورة على مستوى الشبكة. وقد لا يلاحظ مستخدمو الشبكات الأخرى شيئًا يُذكر، ومن المرجح أن تعمل شبكة أخرى حيث تتوفر. وتحتاج برامج تجاوز الحجب وشبكات VPN إلى اتصال يعمل، وقد لا تفيد.
classes-partial-restriction-name = ثابت عند مستوى جزئي
classes-partial-restriction-meaning = في اضطراب من هذه الفئة يبقى جزء من الاتصال ويذهب جزء، عند مستوى يثبت ساعات. وقد يعني ذلك أن بعض الشبكات أو المناطق مقطوعة وبعضها لا، أو أن الاتصالات مبطّأة، أو أن سعة فُقدت. وحيث يبقى اتصال، قد تعمل برامج تجاوز الحجب وشبكات VPN، وإن كانت لا تعوّض نقص السعة؛ وحيث لا يبقى، من غير المرجح أن تفيد.
classes-routing-only-name = التوجيه وحده
classes-routing-only-meaning = في اضطراب من هذه الفئة تختفي مسارات من الجدول العالمي بينما يكون القياس النشط أو حركة البيانات طبيعيًا. وقد لا يلاحظ الناس شيئًا يُذكر، أو قد يلاحظون فقط أن بعض الخدمات بطيئة أو يتعذر الوصول إليها. وكثيرًا ما يكون ذلك تغييرًا في كيفية إعلان الشبكات عن عناوينها. وليس من المرجح أن تتأثر برامج تجاوز الحجب وشبكات VPN ما دامت الاتصالات تعمل.
classes-power-like-name = تدريجي، كما في انقطاع الكهرباء
classes-power-like-meaning = في اضطراب من هذه الفئة يضعف الاتصال على مدى ساعة أو أكثر بدل أن يتوقف دفعة واحدة، في منطقة واحدة أو بتأرجح يتكرر كل يوم. وتُرى أنماط مشابهة حين تنفد الكهرباء عن الأجهزة، وفي أحداث أخرى أيضًا. وقد تأتي الاتصالات وتذهب. ولا تفيد برامج تجاوز الحجب وشبكات VPN حيث لا اتصال.
classes-cable-like-name = عدة بلدان في وقت واحد
classes-cable-like-meaning = يبدأ اضطراب من هذه الفئة في عدة بلدان في الوقت نفسه تقريبًا. وتُرى أنماط مشابهة حين تتعطل وصلات تشترك فيها بلدان، وفي أحداث أخرى أيضًا. وقد تكون الخدمات الدولية بطيئة أو يتعذر الوصول إليها بينما تظل الخدمات داخل البلد الواحد تعمل. وتحتاج برامج تجاوز الحجب وشبكات VPN عادة إلى اتصال دولي، ولا تعوّض السعة المفقودة.
classes-exam-like-name = الساعات نفسها في عدة أيام
classes-exam-like-meaning = يعود اضطراب من هذه الفئة في الساعة نفسها في عدة أيام، وينتهي كل مرة في أقل من نصف يوم. وتُرى أنماط مشابهة أثناء الامتحانات الوطنية، وفي الأعمال المخطط لها أيضًا. وما دام مستمرًا، تحتاج برامج تجاوز الحجب وشبكات VPN إلى اتصال يعمل، ومن غير المرجح أن تفيد حيث لا اتصال. وقد يعود في الساعة نفسها في يوم لاحق.
classes-measurement-artefact-name = ربما القياس نفسه
classes-measurement-artefact-meaning = يوحي النمط بأن ما تغيّر قد يكون القياس لا الشبكة: قد يكون اتصال الناس طبيعيًا. ولا يترتب على ذلك شيء بشأن برامج تجاوز الحجب وشبكات VPN.
classes-unknown-name = بلا فئة
classes-unknown-meaning = لا يطابق النمط أيًا من الفئات.

## What people say of the cause

causes-unknown = { cause-unknown }
causes-A1 = { $who }: { $statement }.
causes-A2 = يتوافق النمط مع ما يلي: { $statement }؛ والتفسير البديل الرئيسي: { $alternative }. نقلًا عن { $who }.
causes-A3 = صدر أمر بالاضطراب من { $who } (الوثيقة: { $statement }).
causes-withdrawn = عُرض هنا تصريح عن السبب من { $who }، وسُحب عند الساعة { $time }: { $reason }.

## Titles of pages

page-title = { $place }: { $noun }، { $date }
page-title_suspected = { $place }: تراجع يشير إليه مصدر واحد، { $date }
page-drop = تراجع أشار إليه مصدر واحد
page-title_retracted = { $place }: خبر مسحوب، { $date }

## Facts in numbers

facts-state = الحالة
facts-place = المكان
facts-level = المستوى عند آخر خطوة
facts-last_level = المستوى عند آخر قراءة
facts-lowest = أدنى مستوى حتى الآن
facts-lowest_of_all = أدنى مستوى
facts-onset = البداية
facts-ended = النهاية
facts-duration = المدة
facts-lasting = المدة حتى الآن
facts-networks = الشبكات
facts-regions = المناطق
facts-down = مؤشرات متراجعة
facts-slightly_down = مؤشرات دون المستوى الطبيعي قليلًا
facts-ordinary = مؤشرات عند المستوى الطبيعي
facts-usual_variation = مؤشرات تغيّرها أصغر أو أقصر من أن يُحسب
facts-silent = مؤشرات بلا قراءة حالية
facts-last_reading = { $name }: لا قراءات منذ الساعة { $time }
facts-last_judged = { $name }: لا قراءة يمكن الحكم عليها منذ الساعة { $time }
facts-no_reading = لا بيانات منذ الساعة { $as_of } ({ $name })
facts-cuts = عدد مرات الانقطاع: { $n }؛ المدة الإجمالية: { $length }
facts-of_ordinary = { $level } من المستوى الطبيعي، عند الساعة { $as_of }

## The timeline

timeline-part = { $part }، { $signal }
timeline-fell = تراجع: { $name }
timeline-returned = عودة إلى المستوى الطبيعي: { $name }
timeline-stated = سُجّل تصريح عن السبب من { $who }
timeline-withdrawn = سُحب تصريح عن السبب من { $who }

## How earlier incidents are counted

history-quarter1 = من يناير إلى مارس
history-quarter2 = من أبريل إلى يونيو
history-quarter3 = من يوليو إلى سبتمبر
history-quarter4 = من أكتوبر إلى ديسمبر
history-hours = أقل من يوم
history-days = من يوم إلى سبعة أيام
history-weeks = أسبوع أو أكثر
history-between = مدة غير معروفة بدقة كافية
history-unended = نهاية غير معروفة

## What befell a source

faults-ill-past = { $name }: قراءات لا يُعتمد عليها من الساعة { $since } إلى الساعة { $until }. السبب: { $why }. وقد استُبعد المصدر: المصدر المختل لا يفتح حادثًا ولا يغلقه أبدًا.
faults-ill-lasting = { $name }: قراءات لا يُعتمد عليها منذ الساعة { $since }. السبب: { $why }. والمصدر مستبعد: المصدر المختل لا يفتح حادثًا ولا يغلقه أبدًا.
faults-ill-once = { $name }: قراءات لا يُعتمد عليها عند الساعة { $since }. السبب: { $why }. وقد استُبعد المصدر: المصدر المختل لا يفتح حادثًا ولا يغلقه أبدًا.
faults-unanswered-past = { $name }: لم تتلقَّ الطلبات إلى { $source } إجابة صالحة من الساعة { $since } إلى الساعة { $until }. الصمت لا يفتح حادثًا ولا يغلقه أبدًا.
faults-unanswered-lasting = { $name }: لا تتلقى الطلبات إلى { $source } إجابة صالحة منذ الساعة { $since }. الصمت لا يفتح حادثًا ولا يغلقه أبدًا.
faults-unanswered-once = { $name }: لم يتلقَّ طلب إلى { $source } إجابة صالحة عند الساعة { $since }. الصمت لا يفتح حادثًا ولا يغلقه أبدًا.
faults-silent-past = { $name }: لا بيانات من الساعة { $since } إلى الساعة { $until }. الصمت لا يفتح حادثًا ولا يغلقه أبدًا.
faults-silent-lasting = { $name }: لا بيانات منذ القراءة عند الساعة { $since }. الصمت لا يفتح حادثًا ولا يغلقه أبدًا.
faults-silent-once = { $name }: لا بيانات عند الساعة { $since }. الصمت لا يفتح حادثًا ولا يغلقه أبدًا.
faults-mute-past = { $name }: لم يكن هناك ما يمكن الحكم عليه بعد الساعة { $since }، عند الخطوة في الساعة { $at }. وحُسب ذلك غير معروف، لا طبيعيًا.
faults-mute-past_undated = { $name }: لم يكن هناك ما يمكن الحكم عليه عند الخطوة في الساعة { $at }. وحُسب ذلك غير معروف، لا طبيعيًا.
faults-mute-lasting = { $name }: لا شيء يمكن الحكم عليه بعد الساعة { $since }، عند الخطوة في الساعة { $at }. ويُحسب ذلك غير معروف، لا طبيعيًا.
faults-mute-lasting_undated = { $name }: لا شيء يمكن الحكم عليه عند الخطوة في الساعة { $at }. ويُحسب ذلك غير معروف، لا طبيعيًا.
faults-doubted-past = { $name }: لم يجتز فحص سلامته عند الخطوة في الساعة { $since }، ولم يعد الأمر كذلك عند الخطوة في الساعة { $until }. وقد استُبعد.
faults-doubted-lasting = { $name }: لم يجتز فحص سلامته عند الخطوة في الساعة { $since }. وقد استُبعد.
illnesses-many-unrelated-places-fell-at-once = تراجع كثير من الأماكن المرصودة في الوقت نفسه
illnesses-the-median-of-all-places-is-low = معظم الأماكن منخفضة القراءة في الوقت نفسه
illnesses-many-places-repeat-the-same-reading = أماكن كثيرة تكرر القراءة نفسها
illnesses-many-places-were-told-otherwise-afterwards = ما ذكره عن أماكن كثيرة ذكر غيره لاحقًا
illnesses-other = قراءاته يناقض بعضها بعضًا

## Other explanations that were checked

answers-of = { $result } ({ $signal })
checks-source-health-passed = سلامة المصدر: قراءاته للأماكن الأخرى كالمعتاد
checks-source-health-failed = قد يكون المصدر مختلًا: قراءاته في أماكن أخرى أيضًا كانت منخفضة أو جامدة أو معادة الكتابة
checks-source-health-unanswered = سلامة المصدر: لا يمكن التحقق منها
checks-source-rise-passed = لا شيء مما عاد إلى المستوى الطبيعي ارتفع لمجرد ارتفاع جميع الأماكن الأخرى
checks-source-rise-failed = قراءات المصدر مرتفعة في جميع الأماكن: لا يُعلَن ما يُظهره من عودة
checks-source-rise-unanswered = غير معروف: هل قراءات المصدر مرتفعة في جميع الأماكن
checks-geolocation-passed = لم يكسب أي مكان آخر ما فقده هذا المكان
checks-geolocation-failed = كسب مكان آخر ما فقده هذا المكان: ربما تغيّر فقط المكان المنسوبة إليه عناوينه
checks-geolocation-unanswered = غير معروف: هل كسب مكان آخر ما فقده هذا المكان
checks-renumbering-passed = لم تتولَّ أي شبكة شقيقة عناوينها
checks-renumbering-failed = ارتفعت شبكة شقيقة حين تراجعت هذه الشبكة: ربما تولت عناوينها
checks-renumbering-unanswered = غير معروف: هل تولت شبكة شقيقة عناوينها
checks-routes-without-service-passed = الأمر يتجاوز المسارات: الخدمة متأثرة
checks-routes-without-service-failed = تراجعت المسارات؛ أما القياس النشط أو حركة البيانات فتراجعه أقل من أن يُحسب، أو لم يتراجع
checks-routes-without-service-unanswered = غير معروف: هل يتجاوز الأمر المسارات
checks-people-without-network-passed = الأمر يتجاوز غياب الناس: الشبكة متأثرة
checks-people-without-network-failed = تراجع استخدام الناس؛ أما القياس النشط أو المسارات فتراجعها أقل من أن يُحسب، أو لم تتراجع
checks-people-without-network-unanswered = غير معروف: هل يتجاوز الأمر غياب الناس
checks-shared-input-passed = لا شيء يدل على أن خريطة عناوين هي وحدها التي تغيرت
checks-shared-input-failed = تراجعت مؤشرات تشترك في خريطة عناوين دفعة واحدة، وحركة بيانات الناس طبيعية: ربما تغيرت الخريطة
checks-shared-input-unanswered = تراجعت مؤشرات تشترك في خريطة عناوين دفعة واحدة؛ ولا يمكن التحقق هل تراجعت حركة بيانات الناس أيضًا
checks-addresses-without-people-passed = الأمر يتجاوز العناوين: تراجعت حركة بيانات الناس أيضًا
checks-addresses-without-people-failed = فُقدت عناوين؛ وحركة بيانات الناس طبيعية
checks-addresses-without-people-unanswered = غير معروف: هل يتجاوز الأمر العناوين
checks-one-vantage-passed = يُرى من أكثر من نقطة رصد
checks-one-vantage-failed = لا يراه إلا القياس النشط، من نقطة رصده
checks-one-vantage-unanswered = غير معروف: هل يُرى من أكثر من نقطة رصد
checks-level-shift-passed = لا يبدو تغيرًا دائمًا في المستوى
checks-level-shift-failed = طفيف منذ مدة طويلة، فقد يكون تغيرًا دائمًا في المستوى وليس انقطاعًا
checks-level-shift-unanswered = غير معروف: هل هو تغير دائم في المستوى
checks-expected-event-passed = لم يكن متوقعًا تراجع في هذا الوقت
checks-expected-event-failed = كان متوقعًا تراجع في هذا الوقت
checks-expected-event-unanswered = غير معروف: هل كان متوقعًا تراجع في هذا الوقت
checks-partial-bin-passed = يظهر في أكثر من القراءة الأحدث التي قد تكون غير مكتملة
checks-partial-bin-failed = لا يظهر إلا في القراءة الأحدث، وقد تكون غير مكتملة
checks-partial-bin-unanswered = غير معروف: هل يظهر في أكثر من القراءة الأحدث
checks-season-passed = لم يكن أي يوم آخر من الأسابيع الماضية بهذا الهدوء في هذه الساعات
checks-season-failed = كانت أيام أخرى من الأسابيع الماضية، من عطلات الأسبوع أو الأعياد، بهذا الهدوء في هذه الساعات
checks-season-unanswered = غير معروف: هل كانت أيام أخرى بهذا الهدوء في هذه الساعات
checks-clock-change-passed = الأمر يتجاوز ساعة قُدّمت أو أُخّرت ساعة واحدة
checks-clock-change-failed = القراءات طبيعية لساعة أبكر أو ألحق: ربما غُيّر توقيت ساعة
checks-clock-change-unanswered = غير معروف: هل غُيّر توقيت ساعة
checks-clock-passed = تاريخ ما تراجع سابق للحظة الحالية ولاحق لما قبله
checks-clock-failed = قراءة متراجعة مؤرخة بأبعد مما يمكن
checks-clock-unanswered = غير معروف: هل تاريخ ما تراجع صحيح
checks-population-passed = ما تراجع أكثر من حفنة من الشبكات
checks-population-failed = حفنة من الشبكات هي كل ما تراجع: قد يكون مزوّد واحد هو المكان كله
checks-population-unanswered = غير معروف: هل تراجع أكثر من حفنة من الشبكات
checks-sympathetic-passed = كل شبكة مذكورة فقدت أكثر مما فقدته الشبكات التي تتصل بها
checks-sympathetic-failed = بعض الشبكات تبدو متراجعة فقط لأن شبكة أخرى متراجعة؛ ولم تُذكر
checks-sympathetic-unanswered = غير معروف: هل تبدو بعض الشبكات متراجعة فقط

## Which rule applied

rules-two-families = تراجع قياسان مستقلان معًا
rules-two-families-in-a-part = تراجع قياسان مستقلان معًا في جزء من المكان
rules-one-strong-family = تراجع قياس واحد، ولا يؤيده قياس آخر
rules-many-regions = تراجع عُشر المناطق
rules-a-crowded-region = تراجع ربع مناطق ولاية أو مقاطعة واحدة
rules-a-network-vanished = اختفت شبكة من التوجيه أو من القياس النشط
rules-several-shallow-families = تراجعت حركة البيانات وقياس آخر قليلًا، معًا
rules-weak-family-only = لم يتراجع إلا قياس متقلب
rules-not-yet-borne-out = لا يؤيده قياس آخر بعد
rules-parts-only = لم يتراجع إلا عدد قليل من الشبكات أو المناطق، في قياس واحد
rules-ordinary = كل ما يمكن تقييمه طبيعي
rules-unknown = لا شيء يمكن تقييمه
rules-held-back = غير مؤكد بسبب عملية تحقق: { $result }
rules-held-back-unanswered = غير مؤكد لأن عملية تحقق بلا جواب: { $result }
rules-a-family-is-back = عاد قياس إلى المستوى الطبيعي
rules-a-network-is-back = عادت شبكة إلى المستوى الطبيعي
rules-a-person-corrected-it = صحّحه محرر
rules-a-person-withdrew-it = سحبه محرر
rules-a-source-rises-everywhere = قراءات المصدر مرتفعة في جميع الأماكن
rules-all-families-back = عاد كل ما تراجع إلى المستوى الطبيعي
rules-changes-too-often = يتغير أكثر مما يسمح بالإخبار عن كل تغير
rules-fell-again = تراجع مجددًا
rules-fell-again-in-one-family-only = تراجع مجددًا في قياس واحد فقط
rules-fell-again-in-two-families = قياس لاحق يؤكد ما أظهره مصدر واحد
rules-fell-before-the-return = قراءة متأخرة تُظهر تراجعًا قبل العودة
rules-hours-passed = لا يزال مستمرًا: التحديث اليومي
rules-level-rose = ارتفع المستوى
rules-level-shift = أصبح المستوى المنخفض هو المعتاد
rules-new-networks = تراجع مزيد من الشبكات أو المناطق
rules-no-change = لم يتغير شيء
rules-off-again = تراجع مجددًا بعد عودة جزئية
rules-only-parts-still-down = لم يبقَ متراجعًا إلا أجزاء من المكان
rules-readings-were-revised = نقّح المصدر قراءاته
rules-scope-grew = تأثر جزء أكبر من المكان
rules-severity-grew = اشتد التراجع
rules-still-falling = لا يزال يتراجع
rules-too-soon = بعد وقت قصير جدًا من آخر خبر
rules-taken-back-already = سُحب من قبل
class_rules-withdrawn = سُحب الخبر
class_rules-an-artefact-check-failed = تبيّن من عملية تحقق خلل في القياس
class_rules-routes-down-service-ordinary = تراجعت المسارات بينما كانت الخدمة طبيعية
class_rules-not-corroborated = غير مؤكد
class_rules-same-hour-on-many-days = تراجع في الساعة نفسها في عدة أيام
class_rules-several-countries-at-once = تراجعت عدة بلدان خلال نصف ساعة
class_rules-gradual-and-regional-or-daily = تراجع ببطء، وفي مناطق فقط أو بتأرجح يتكرر كل يوم
class_rules-mobile-networks-only = تراجعت شبكات الهاتف المحمول بينما كانت شبكة ثابتة طبيعية
class_rules-regions-only = لم تتراجع إلا مناطق
class_rules-held-between = بقي بين 15% و75% من المستوى الطبيعي، وعند المستوى نفسه تقريبًا مدة ست ساعات
class_rules-most-of-a-country = تراجع بلد بأكمله إلى ما دون خُمس المستوى الطبيعي
class_rules-single-networks = تراجعت شبكات معينة
class_rules-no-pattern = لم تنطبق أي قاعدة

## Where a text was posted

posted-apprise = على تطبيق مراسلة
posted-bluesky = على Bluesky
posted-file = في ملف
posted-mail = بالبريد الإلكتروني
posted-mastodon = على Mastodon
posted-matrix = على Matrix
posted-ntfy = في إشعار
posted-readers = بالبريد الإلكتروني إلى المشتركين
posted-telegram = على Telegram
posted-webhook = إلى برنامج آخر
posted-websub = إلى خلاصة تغذية
posted-x = على X
posted-other = على قناة أخرى
