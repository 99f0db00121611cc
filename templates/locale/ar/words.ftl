# The vocabulary, and how times, numbers and lists are put; see ../en/words.ftl.

dates-clock = HH:mm
dates-date = d MMMM
dates-dated = d MMMM y
dates-day = EEEE d MMMM
dates-short = d MMM
dates-tick = EEE d MMM
times-utc = { $time } UTC
times-on = { $time } يوم { $day }
times-local = { $moment } ({ $local } بتوقيت { $city })
times-brief = { $day }، { $time } UTC
times-moment = { $day }، { $time }
times-around = نحو الساعة { $moment }
times-between = بين الساعة { $since } و{ $until } UTC
times-between-on = بين الساعة { $since } و{ $until } UTC يوم { $day }
times-between-days = بين الساعة { $since } و{ $until }
times-morning = صباح { $day } بتوقيت { $city } ({ $since }–{ $until } UTC)
times-afternoon = بعد ظهر { $day } بتوقيت { $city } ({ $since }–{ $until } UTC)
times-evening = مساء { $day } بتوقيت { $city } ({ $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = توقيت { $city } ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
# A duration always follows a word of one of the next three messages, which asks for its case.
durations-about = نحو { $one }
durations-between = من { $shortest } إلى { $longest }
durations-least = أقل من { $longest }
durations-parts = { $large } و{ $small }
durations-day = { $n ->
    [one] يوم واحد
    [two] يومين
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}
durations-hour = { $n ->
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $n } ساعات
   *[other] { $n } ساعة
}
durations-minute = { $n ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $n } دقائق
   *[other] { $n } دقيقة
}
lists-comma = { $head } و{ $next }
lists-and = { $head } و{ $last }
lists-first = { $name } ({ $level })
lists-next = { $name } ({ $level })
lists-more = { $n ->
    [one] واحدة أخرى
   *[other] { $n } أخرى
}
lists-still = { $name } عند { $level }
lists-timed = { $level } ({ $time })
numbers-percent = { $n }%
numbers-trace = أقل من 1%
numbers-above = أكثر من { $n }%
numbers-range = { $low }–{ $high }%
kinds-suspected = غير مؤكد
kinds-confirmed = مؤكد
kinds-escalated = تفاقم
kinds-updated = تحديث
kinds-partly-restored = عودة جزئية
kinds-reopened = تراجع مجدد
kinds-restored = عودة الاتصال
kinds-corrected = تصحيح
kinds-retracted = سحب خبر
nouns-operator-minor = اضطراب طفيف في شبكات معينة
nouns-operator-moderate = اضطراب في شبكات معينة
nouns-operator-major = اضطراب كبير في شبكات معينة
nouns-operator-near-total = انقطاع شبه كامل للخدمة في شبكات معينة
nouns-mobile-minor = اضطراب طفيف في خدمة إنترنت الهاتف المحمول
nouns-mobile-moderate = اضطراب في خدمة إنترنت الهاتف المحمول
nouns-mobile-major = اضطراب كبير في خدمة إنترنت الهاتف المحمول
nouns-mobile-near-total = انقطاع شبه كامل لإنترنت الهاتف المحمول
nouns-regional-minor = اضطراب طفيف في خدمة الإنترنت بجزء من البلاد
nouns-regional-moderate = اضطراب في خدمة الإنترنت بجزء من البلاد
nouns-regional-major = اضطراب كبير في خدمة الإنترنت بجزء من البلاد
nouns-regional-near-total = انقطاع شبه كامل للإنترنت بجزء من البلاد
nouns-national-minor = اضطراب طفيف في خدمة الإنترنت على مستوى البلاد
nouns-national-moderate = اضطراب في خدمة الإنترنت على مستوى البلاد
nouns-national-major = اضطراب كبير في خدمة الإنترنت على مستوى البلاد
nouns-national-near-total = انقطاع شبه كامل للإنترنت على مستوى البلاد
nouns-place-minor = اضطراب طفيف في خدمة الإنترنت
nouns-place-moderate = اضطراب في خدمة الإنترنت
nouns-place-major = اضطراب كبير في خدمة الإنترنت
nouns-place-near-total = انقطاع شبه كامل للإنترنت
places-within = في { $name }
subjects-operator = الاتصال بالإنترنت عبر { $parts }
subjects-regional = الاتصال بالإنترنت في { $parts }
subjects-national = الاتصال بالإنترنت عبر { $parts }
subjects-mobile = إنترنت الهاتف المحمول { $within }
subjects-place = الاتصال بالإنترنت { $within }
families-active-probing = القياس النشط
families-traffic = حركة البيانات
families-control-plane = توجيه BGP
families-telemetry = القياس عن بعد
families-telescope = حركة البيانات الخلفية في تلسكوب الشبكة
products-traffic = حركة بيانات { $product }
products-telemetry = بيانات { $product }
methods-weekly = المستوى الطبيعي للساعة نفسها من الأسبوع
methods-daily = المستوى الطبيعي للساعة نفسها من اليوم
methods-flat = المستوى الطبيعي للأيام السابقة
methods-kept = المستوى قبل التراجع
methods-none = المستوى الطبيعي
methods-unknown = المستوى الطبيعي
credits-line = { $credit } – { $licence }
credits-reserved = جميع الحقوق محفوظة
credits-sources = { $signals } ({ $source })
credits-source = { $signals }، { $source }
credits-measured = { $signals } ({ $source })
credits-unsigned = { $signals }
credits-join = { $head }؛ { $next }
