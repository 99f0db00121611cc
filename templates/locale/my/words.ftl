# The vocabulary, and how times, numbers and lists are put; see ../en/words.ftl.

dates-clock = HH:mm
dates-date = MMMM d 'ရက်'
dates-dated = y 'ခုနှစ်' MMMM d 'ရက်'
dates-day = MMMM d 'ရက်' EEEE'နေ့'
dates-short = MMMM d 'ရက်'
dates-tick = d/M EEE
times-utc = { $time } UTC
times-on = { $day } { $time }
times-local = { $moment } ({ $city }စံတော်ချိန် { $local })
times-brief = { $day } { $time } UTC
times-moment = { $day } { $time }
# Before "တွင်".
times-around = { $moment } ဝန်းကျင်
times-between = { $since } နှင့် { $until } UTC ကြား
times-between-on = { $day } { $since } နှင့် { $until } UTC ကြား
times-between-days = { $since } နှင့် { $until } ကြား
times-morning = { $day } နံနက်ပိုင်း ({ $city }စံတော်ချိန်၊ { $since }–{ $until } UTC)
times-afternoon = { $day } မွန်းလွဲပိုင်း ({ $city }စံတော်ချိန်၊ { $since }–{ $until } UTC)
times-evening = { $day } ညနေပိုင်း ({ $city }စံတော်ချိန်၊ { $since }–{ $until } UTC)
own-times-night = { $day } ညပိုင်း ({ $city }စံတော်ချိန်၊ { $since }–{ $until } UTC)
# The hours from which the parts of the day begin, by the clocks of the place.
own-day-parts = 5 morning, 12 afternoon, 16 evening, 19 night
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = { $city }စံတော်ချိန် ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
durations-about = { $one }ခန့်
durations-between = { $shortest }မှ { $longest }ကြား
durations-least = { $longest }အောက်
durations-parts = { $large }နှင့် { $small }
durations-day = { $n } ရက်
durations-hour = { $n } နာရီ
durations-minute = { $n } မိနစ်
lists-comma = { $head }၊ { $next }
# The particle stays with its word, so that no line begins with it.
lists-and = { $head }နှင့် { $last }
lists-first = { $name } ({ $level })
lists-next = { $name } ({ $level })
lists-more = အခြား { $n } ခု
lists-still = { $name }အရ { $level }
lists-timed = { $level } ({ $time })
numbers-percent = { $n }%
numbers-trace = ၁% အောက်
numbers-above = { $n }% ကျော်
numbers-range = { $low }–{ $high }%
kinds-suspected = အတည်မပြုရသေး
kinds-confirmed = အတည်ပြုပြီး
kinds-escalated = ပိုဆိုးလာ
kinds-updated = နောက်ဆုံးရသတင်း
kinds-partly-restored = တစ်စိတ်တစ်ပိုင်း ပြန်ရပြီ
kinds-reopened = ထပ်မံကျဆင်း
kinds-restored = ပြန်ရပြီ
kinds-corrected = ပြင်ဆင်ချက်
kinds-retracted = ရုပ်သိမ်းပြီး
nouns-operator-minor = ကွန်ရက်အချို့ရှိ အင်တာနက် အနည်းငယ် ထိခိုက်မှု
nouns-operator-moderate = ကွန်ရက်အချို့ရှိ အင်တာနက် တစ်စိတ်တစ်ပိုင်း ပြတ်တောက်မှု
nouns-operator-major = ကွန်ရက်အချို့ရှိ အင်တာနက် အကြီးအကျယ် ပြတ်တောက်မှု
nouns-operator-near-total = ကွန်ရက်အချို့ရှိ အင်တာနက် လုံးဝနီးပါး ပြတ်တောက်မှု
nouns-mobile-minor = မိုဘိုင်းအင်တာနက် အနည်းငယ် ထိခိုက်မှု
nouns-mobile-moderate = မိုဘိုင်းအင်တာနက် တစ်စိတ်တစ်ပိုင်း ပြတ်တောက်မှု
nouns-mobile-major = မိုဘိုင်းအင်တာနက် အကြီးအကျယ် ပြတ်တောက်မှု
nouns-mobile-near-total = မိုဘိုင်းအင်တာနက် လုံးဝနီးပါး ပြတ်တောက်မှု
nouns-regional-minor = ဒေသအချို့ရှိ အင်တာနက် အနည်းငယ် ထိခိုက်မှု
nouns-regional-moderate = ဒေသအချို့ရှိ အင်တာနက် တစ်စိတ်တစ်ပိုင်း ပြတ်တောက်မှု
nouns-regional-major = ဒေသအချို့ရှိ အင်တာနက် အကြီးအကျယ် ပြတ်တောက်မှု
nouns-regional-near-total = ဒေသအချို့ရှိ အင်တာနက် လုံးဝနီးပါး ပြတ်တောက်မှု
nouns-national-minor = နိုင်ငံတစ်ဝန်း အင်တာနက် အနည်းငယ် ထိခိုက်မှု
nouns-national-moderate = နိုင်ငံတစ်ဝန်း အင်တာနက် တစ်စိတ်တစ်ပိုင်း ပြတ်တောက်မှု
nouns-national-major = နိုင်ငံတစ်ဝန်း အင်တာနက် အကြီးအကျယ် ပြတ်တောက်မှု
nouns-national-near-total = နိုင်ငံတစ်ဝန်း အင်တာနက် လုံးဝနီးပါး ပြတ်တောက်မှု
nouns-place-minor = အင်တာနက် အနည်းငယ် ထိခိုက်မှု
nouns-place-moderate = အင်တာနက် တစ်စိတ်တစ်ပိုင်း ပြတ်တောက်မှု
nouns-place-major = အင်တာနက် အကြီးအကျယ် ပြတ်တောက်မှု
nouns-place-near-total = အင်တာနက် လုံးဝနီးပါး ပြတ်တောက်မှု
places-within = { $name }တွင်
subjects-operator = { $parts }၏ အင်တာနက်ချိတ်ဆက်မှု
subjects-regional = { $parts }ရှိ အင်တာနက်ချိတ်ဆက်မှု
subjects-national = { $parts }၏ အင်တာနက်ချိတ်ဆက်မှု
subjects-mobile = { $within } မိုဘိုင်းအင်တာနက်ချိတ်ဆက်မှု
subjects-place = { $within } အင်တာနက်ချိတ်ဆက်မှု
families-active-probing = ကွန်ရက်တုံ့ပြန်မှု တိုင်းတာချက်
families-traffic = ဒေတာအသွားအလာ
families-control-plane = BGP လမ်းကြောင်း
families-telemetry = တယ်လီမက်ထရီဒေတာ
families-telescope = ကွန်ရက်တယ်လီစကုပ်၏ နောက်ခံဒေတာအသွားအလာ
products-traffic = { $product } ဒေတာအသွားအလာ
products-telemetry = { $product } တယ်လီမက်ထရီဒေတာ
methods-weekly = အပတ်စဉ် တူညီသောနာရီရှိ ပုံမှန်အဆင့်
methods-daily = နေ့စဉ် တူညီသောနာရီရှိ ပုံမှန်အဆင့်
methods-flat = ယခင်ရက်များရှိ ပုံမှန်အဆင့်
methods-kept = မကျဆင်းမီက အဆင့်
methods-none = ပုံမှန်အဆင့်
methods-unknown = ပုံမှန်အဆင့်
credits-line = { $credit } – { $licence }
credits-reserved = မူပိုင်ခွင့်အားလုံး ထိန်းသိမ်းထားသည်
credits-sources = { $signals } ({ $source })
credits-source = { $signals }၊ { $source }
credits-measured = { $signals } ({ $source })
credits-unsigned = { $signals }
credits-join = { $head }၊ { $next }
# The number of cuts in Burmese digits; it is given as a text.
own-cuts = { HOUR($cut_count) ->
    [2] ၂
    [3] ၃
    [4] ၄
    [5] ၅
    [6] ၆
    [7] ၇
    [8] ၈
    [9] ၉
    [10] ၁၀
    [11] ၁၁
    [12] ၁၂
    [13] ၁၃
    [14] ၁၄
    [15] ၁၅
    [16] ၁၆
    [17] ၁၇
    [18] ၁၈
    [19] ၁၉
    [20] ၂၀
   *[other] { $cut_count }
}
