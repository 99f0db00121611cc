# The vocabulary, and how times, numbers and lists are put; see ../en/words.ftl.

dates-clock = HH:mm
dates-date = d MMMM
dates-dated = d MMMM y
dates-day = EEEE d MMMM
dates-short = d MMM
dates-tick = EEE d MMM
times-utc = { $time } UTC
times-on = { $time } يوم { $day }
times-local = { $moment } ({ $local } في { $city })
times-brief = { $day }، { $time } UTC
times-moment = { $day }، { $time }
times-around = نحو { $moment }
times-between = بين { $since } و{ $until } UTC
times-between-on = بين { $since } و{ $until } UTC يوم { $day }
times-between-days = بين { $since } و{ $until }
times-morning = صباح { $day } في { $city } ({ $since }–{ $until } UTC)
times-afternoon = بعد ظهر { $day } في { $city } ({ $since }–{ $until } UTC)
times-evening = مساء { $day } في { $city } ({ $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = توقيت { $city } ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
durations-about = { $one } تقريبًا
durations-between = { $shortest } – { $longest }
durations-least = { $longest } على الأكثر
durations-parts = { $large } و{ $small }
durations-day = { $n ->
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}
durations-hour = { $n ->
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $n } ساعات
   *[other] { $n } ساعة
}
durations-minute = { $n ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $n } دقائق
   *[other] { $n } دقيقة
}
lists-comma = { $head }، { $next }
lists-and = { $head } و{ $last }
lists-first = { $name } { $level }
lists-next = { $name } { $level }
lists-more = { $n ->
    [one] واحدة غيرها
   *[other] { $n } غيرها
}
lists-still = { $name } { $level }
numbers-percent = { $n }%
numbers-trace = أقل من 1%
numbers-above = أكثر من { $n }%
numbers-range = { $low }–{ $high }%
kinds-suspected = محتمل
kinds-confirmed = مؤكد
kinds-escalated = تفاقم
kinds-updated = تحديث
kinds-partly-restored = عودة جزئية
kinds-reopened = تراجع جديد
kinds-restored = عودة
kinds-corrected = تصحيح
kinds-retracted = سحب
nouns-operator-minor = اضطراب طفيف في شبكات معينة
nouns-operator-moderate = اضطراب في شبكات معينة
nouns-operator-major = اضطراب كبير في شبكات معينة
nouns-operator-near-total = فقدان شبه كامل للخدمة في شبكات معينة
nouns-mobile-minor = اضطراب طفيف في إنترنت الهاتف المحمول
nouns-mobile-moderate = اضطراب في إنترنت الهاتف المحمول
nouns-mobile-major = اضطراب كبير في إنترنت الهاتف المحمول
nouns-mobile-near-total = انقطاع شبه كامل في إنترنت الهاتف المحمول
nouns-regional-minor = اضطراب طفيف في الإنترنت بجزء من البلاد
nouns-regional-moderate = اضطراب في الإنترنت بجزء من البلاد
nouns-regional-major = اضطراب كبير في الإنترنت بجزء من البلاد
nouns-regional-near-total = انقطاع شبه كامل في الإنترنت بجزء من البلاد
nouns-national-minor = اضطراب طفيف في الإنترنت على مستوى البلاد
nouns-national-moderate = اضطراب في الإنترنت على مستوى البلاد
nouns-national-major = اضطراب كبير في الإنترنت على مستوى البلاد
nouns-national-near-total = انقطاع شبه كامل في الإنترنت على مستوى البلاد
nouns-place-minor = اضطراب طفيف في الإنترنت
nouns-place-moderate = اضطراب في الإنترنت
nouns-place-major = اضطراب كبير في الإنترنت
nouns-place-near-total = انقطاع شبه كامل في الإنترنت
places-within = في { $name }
subjects-operator = الاتصال عبر { $parts }
subjects-regional = الاتصال في { $parts }
subjects-national = الاتصال عبر { $parts }
subjects-mobile = إنترنت الهاتف المحمول { $within }
subjects-place = الاتصال بالإنترنت { $within }
families-active-probing = الفحص النشط
families-traffic = حركة البيانات
families-control-plane = توجيه BGP
families-telemetry = القياس عن بعد
families-telescope = تلسكوب الشبكة
products-traffic = حركة بيانات { $product }
products-telemetry = بيانات { $product }
methods-weekly = المستوى المعتاد للساعة نفسها من الأسبوع
methods-daily = المستوى المعتاد للساعة نفسها من اليوم
methods-flat = المستوى المعتاد للأيام السابقة
methods-kept = المستوى قبل التراجع
methods-none = المستوى المعتاد
methods-unknown = المستوى المعتاد
credits-line = { $credit } – { $licence }
credits-sources = { $signals } ({ $source })
credits-source = { $signals }، { $source }
credits-unsigned = { $signals }
credits-join = { $head }؛ { $next }
lists-timed = { $level } ({ $time })
credits-reserved = جميع الحقوق محفوظة
credits-measured = { $signals } ({ $source })
