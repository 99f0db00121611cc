# The vocabulary, and how times, numbers and lists are put; see ../en/words.ftl.

dates-clock = HH:mm
dates-date = d LLLL
dates-dated = d MMMM y
dates-day = EEEE d LLLL
dates-short = d LLL
dates-tick = EEE d LLL
times-utc = { $time } UTC
times-on = { $time }، { $day }
times-local = { $moment } ({ $local } به وقت { $city })
times-brief = { $day } ساعت { $time } UTC
times-moment = { $day } ساعت { $time }
times-around = حدود { $moment }
times-between = بین { $since } و { $until } UTC
times-between-on = بین { $since } و { $until } UTC، { $day }
times-between-days = بین { $since } و { $until }
times-morning = صبح { $day } به وقت { $city } ({ $since }–{ $until } UTC)
times-afternoon = بعدازظهر { $day } به وقت { $city } ({ $since }–{ $until } UTC)
times-evening = شامگاه { $day } به وقت { $city } ({ $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = به وقت { $city } ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
durations-about = حدود { $one }
durations-between = از { $shortest } تا { $longest }
durations-least = کمتر از { $longest }
durations-parts = { $large } و { $small }
durations-day = { $n } روز
durations-hour = { $n } ساعت
durations-minute = { $n } دقیقه
lists-comma = { $head }، { $next }
lists-and = { $head } و { $last }
lists-first = { $name } ({ $level })
lists-next = { $name } ({ $level })
lists-more = { $n } مورد دیگر
lists-still = { $name } با { $level }
lists-timed = { $level } ({ $time })
numbers-percent = { $n }٪
numbers-trace = کمتر از ۱٪
numbers-above = بیش از { $n }٪
numbers-range = { $low } تا { $high }٪
kinds-suspected = تأییدنشده
kinds-confirmed = تأیید شد
kinds-escalated = تشدید
kinds-updated = به‌روزرسانی
kinds-partly-restored = بازگشت نسبی
kinds-reopened = افت دوباره
kinds-restored = برقرار شد
kinds-corrected = تصحیح
kinds-retracted = پس گرفته شد
nouns-operator-minor = اختلال جزئی در برخی شبکه‌ها
nouns-operator-moderate = اختلال در برخی شبکه‌ها
nouns-operator-major = اختلال چشمگیر در برخی شبکه‌ها
nouns-operator-near-total = قطعی تقریباً کامل در برخی شبکه‌ها
nouns-mobile-minor = اختلال جزئی در اینترنت همراه
nouns-mobile-moderate = اختلال در اینترنت همراه
nouns-mobile-major = اختلال چشمگیر در اینترنت همراه
nouns-mobile-near-total = قطعی تقریباً کامل اینترنت همراه
nouns-regional-minor = اختلال جزئی در اینترنت بخشی از کشور
nouns-regional-moderate = اختلال در اینترنت بخشی از کشور
nouns-regional-major = اختلال چشمگیر در اینترنت بخشی از کشور
nouns-regional-near-total = قطعی تقریباً کامل اینترنت در بخشی از کشور
nouns-national-minor = اختلال سراسری جزئی در اینترنت
nouns-national-moderate = اختلال سراسری در اینترنت
nouns-national-major = اختلال سراسری چشمگیر در اینترنت
nouns-national-near-total = قطعی سراسری و تقریباً کامل اینترنت
nouns-place-minor = اختلال جزئی در اینترنت
nouns-place-moderate = اختلال در اینترنت
nouns-place-major = اختلال چشمگیر در اینترنت
nouns-place-near-total = قطعی تقریباً کامل اینترنت
places-within = در { $name }
subjects-operator = اتصال اینترنت { $parts }
subjects-regional = اتصال اینترنت در { $parts }
subjects-national = اتصال اینترنت { $parts }
subjects-mobile = اینترنت همراه { $within }
subjects-place = اتصال اینترنت { $within }
families-active-probing = سنجش فعال
families-traffic = ترافیک
families-control-plane = مسیریابی BGP
families-telemetry = تله‌متری
families-telescope = ترافیک پس‌زمینهٔ تلسکوپ شبکه
products-traffic = ترافیک { $product }
products-telemetry = تله‌متری { $product }
methods-weekly = سطح عادی همان ساعت در هفته
methods-daily = سطح عادی همان ساعت در روز
methods-flat = سطح عادی روزهای پیش
methods-kept = سطح پیش از افت
methods-none = سطح عادی
methods-unknown = سطح عادی
credits-line = { $credit } – { $licence }
credits-reserved = تمامی حقوق محفوظ است
credits-sources = { $signals } ({ $source })
credits-source = { $signals }، { $source }
credits-measured = { $signals } ({ $source })
credits-unsigned = { $signals }
credits-join = { $head }؛ { $next }
# The Solar Hijri calendar, for places in Iran and Afghanistan.
own-solar-iran = { $month ->
    [1] فروردین
    [2] اردیبهشت
    [3] خرداد
    [4] تیر
    [5] مرداد
    [6] شهریور
    [7] مهر
    [8] آبان
    [9] آذر
    [10] دی
    [11] بهمن
   *[12] اسفند
}
own-solar-afghanistan = { $month ->
    [1] حمل
    [2] ثور
    [3] جوزا
    [4] سرطان
    [5] اسد
    [6] سنبله
    [7] میزان
    [8] عقرب
    [9] قوس
    [10] جدی
    [11] دلو
   *[12] حوت
}
own-solar-date = { $day } { $month } ({ $date })
own-solar-day = { $weekday } { $day } { $month } ({ $date })
own-solar-local = { $day } { $month }
