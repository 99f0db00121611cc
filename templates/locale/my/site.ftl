# See ../en/site.ftl.

## Marks beside the title of an incident, and severities

site-mark-drill = လေ့ကျင့်ခန်း
site-mark-reconstruction = ပြန်လည်တည်ဆောက်ချက်
severity-minor = အနည်းငယ်
severity-moderate = အလယ်အလတ်
severity-major = အကြီးအကျယ်
severity-near-total = လုံးဝနီးပါး

## The front page

home-title = အင်တာနက်ပြတ်တောက်မှုများနှင့် ၎င်းတို့၏ အထောက်အထား
home-description = အင်တာနက် ပြတ်တောက်မှုများကို တွေ့ရှိ၊ အတည်ပြုပြီး ပြန်ရသည့်အတိုင်း။
home-updated = နောက်ဆုံး ပြင်ဆင်ချိန်: { $time }။
home-subscribe = စာရင်းသွင်းရန်: { $ways }။
home-subscribe-all = ဖြစ်ရပ်အားလုံး (Atom)
home-subscribe-corrections = ပြင်ဆင်ချက်များ (Atom)
home-subscribe-more = အခြား ဖိဒ်များ
home-subscribe-mail = အီးမေးလ်ဖြင့်
home-now = ယခု ဖြစ်ပွားနေသည်များ
home-none-open = ထုတ်ပြန်ထားသော မပြီးသေးသည့် ဖြစ်ရပ် မရှိပါ။
home-places = နေရာအားလုံး တစ်နေရာတည်းတွင်: စောင့်ကြည့်နေသော နိုင်ငံနှင့် ကွန်ရက်တိုင်း၏ အဆင့်
home-map-note = ဤစာမျက်နှာတွင် မပြီးသေးသော ဖြစ်ရပ်ရှိသည့် နိုင်ငံများ၊ အဆိုးဆုံး ပြင်းထန်မှုအလိုက်: { $severities }။ စာရင်းတွင် အားလုံးကို ဖော်ပြထားသည်။ အရောင်မရှိသော နိုင်ငံတွင် ပြတ်တောက်မှု မရှိဟု မဆိုလိုပါ။ နယ်နိမိတ်မျဉ်းများ: Natural Earth။
home-map = မပြီးသေးသော ဖြစ်ရပ်ရှိသည့် နိုင်ငံများ: { $incidents }
home-map-empty = မည်သည့်နိုင်ငံကိုမျှ အမှတ်အသား မပြုထားပါ: ထုတ်ပြန်ထားသော မပြီးသေးသည့် ဖြစ်ရပ် မရှိပါ
home-timeline = မည်သည့်အချိန်၊ မည်မျှကြာ
home-past = ယခင် ဖြစ်ရပ်များ
home-follow = စောင့်ကြည့်ရန်
home-follow-all = ဖြစ်ရပ်အားလုံး: { $feeds }။ ပြင်ဆင်ချက်များနှင့် ရုပ်သိမ်းချက်များ: { $corrections }။ ဖြစ်ရပ်တစ်ခု၏ စာမျက်နှာတွင် ၎င်း၏ နိုင်ငံအတွက် ဖိဒ်လင့်ခ် ပါသည်။
home-follow-mail = { $link }: နေရာများနှင့် ကျဆင်းမှု မည်မျှနက်ရမည်ကို သင် ရွေးချယ်နိုင်သည်။
home-follow-mail-link = အီးမေးလ်ဖြင့်
home-follow-alerts = { $link }: အများပြည်သူသို့ သတိပေးချက်များ ဖြန့်ဝေသော ဆော့ဖ်ဝဲများအတွက်။ သတိပေးချက်တိုင်းတွင် မည်သို့ နားလည်ရမည်ကို ဖော်ပြထားသည်။ စမ်းသပ်မှုဟု အမှတ်အသားပြုထားသည်ကို သတိပေးချက်အဖြစ် မဖြန့်ဝေရပါ။
home-follow-alerts-link = သတိပေးချက်များ (CAP 1.2)
home-follow-map = { $link }: ယခု မပြီးသေးသော ဖြစ်ရပ်များနှင့် ၎င်းတို့၏ နေရာများ၊ မြေပုံများအတွက်။
home-follow-map-link = မြေပုံ ဒေတာ (GeoJSON)
home-follow-calendar = { $link }: ကြေညာထားသော ပြုပြင်ထိန်းသိမ်းမှုကဲ့သို့ ကျဆင်းမှု မျှော်လင့်ရသည့် အချိန်များ။
home-follow-calendar-link = ပြက္ခဒိန် (iCalendar)
home-follow-api = { $link }: နေရာများ၊ ဖြစ်ရပ်များနှင့် ဇယားကွက်များ၏ အခြေခံ တိုင်းတာချက်များ။
home-follow-api-link = ပရိုဂရမ်များအတွက် ဒေတာ (JSON၊ OpenAPI ဖြင့် ဖော်ပြထားသည်)
home-sources = အရင်းအမြစ်များ
home-sources-note = { $time }ရှိ အခြေအနေ။ ချွတ်ယွင်းသော သို့မဟုတ် ဒေတာမရှိသော အရင်းအမြစ်သည် ဖြစ်ရပ်ကို မည်သည့်အခါမျှ မဖွင့်ပါ၊ မပိတ်ပါ။ { $link }
home-sources-note-link = ယင်းကိုပင် ဒေတာအဖြစ် (JSON)
home-column-signal = ဒေတာအမျိုးအစား
home-column-reading = နောက်ဆုံး တိုင်းတာချက်
home-column-state = အခြေအနေ
home-no-reading = မရှိသေးပါ

## The page of a country or a network

place-title = အင်တာနက်၊ { $place }: အဆင့်များနှင့် ပြတ်တောက်မှုများ
place-description = တိုင်းတာထားသော အင်တာနက် အဆင့်များ ({ $place })၊ ပြီးခဲ့သော ၂၈ ရက်နှင့် မှတ်တမ်းရှိ ပြတ်တောက်မှုများ။
place-country = နိုင်ငံ သို့မဟုတ် နယ်မြေ
place-network = ကွန်ရက် AS{ $number }
place-network-within = ကွန်ရက် AS{ $number }၊ { $country }
place-now = ယခု
place-column-level = အဆင့်
place-column-reading = နောက်ဆုံး ထုတ်ပြန်သော တိုင်းတာချက်
place-unpublished = ထုတ်ပြန်ထားသော တိုင်းတာချက် မရှိ
place-unpublished-month = ၂၈ ရက်အတွင်း မရှိ
place-level-note = အဆင့်ဆိုသည်မှာ ယခင် နာရီများနှင့် ရက်များအရ မျှော်လင့်ရသည့် တန်ဖိုး၏ ရာခိုင်နှုန်းဖြင့် ဖော်ပြသော တိုင်းတာချက် ဖြစ်သည်။ ထုတ်ပြန်ထားသော တိုင်းတာချက် မရှိခြင်းသည် ကွန်ရက်အကြောင်း မည်သည့်အရာကိုမျှ မဆိုလိုပါ: တိုင်းတာချက်များ နောက်ကျနိုင်သည်၊ လိုအပ်နေနိုင်သည် သို့မဟုတ် မစစ်ဆေးရသေးခြင်း ဖြစ်နိုင်သည်။
place-no-levels = ထုတ်ပြန်ထားသော တိုင်းတာချက် မရှိပါ။
place-days = ပြီးခဲ့သော ၂၈ ရက်
place-days-note = နာရီတိုင်း၏ ပျမ်းမျှ။ ဇယားကွက်၏ အောက်ဘက်အနားသည် ၀ ဖြစ်သည်။ ကွက်လပ်သည် ထုတ်ပြန်ထားသော တိုင်းတာချက် မရှိသည့် နာရီ ဖြစ်သည်။ ရက်များသည် UTC အရ ဖြစ်သည်။
place-highest = အမြင့်ဆုံး နာရီ: { $value }
place-chart = { $signal }၊ { $first } မှ { $last }: { $lowest } နှင့် { $highest } ကြား။ { $hours } နာရီအနက် { $read } နာရီတွင် တိုင်းတာချက် ရှိသည်
place-chart-empty = { $signal }၊ { $first } မှ { $last }: ထုတ်ပြန်ထားသော တိုင်းတာချက် မရှိ
place-history = မှတ်တမ်းရှိ ဖြစ်ရပ်များ
place-ended-one = ဤနေရာ၏ ဖြစ်ရပ်တစ်ခု ပြီးဆုံးပြီ။ ကြာချိန်: { $longest }။
place-ended-two = ဤနေရာ၏ ဖြစ်ရပ်နှစ်ခု ပြီးဆုံးပြီ။ အကြာဆုံး၏ ကြာချိန်: { $longest }။
place-ended-more = ဤနေရာ၏ ပြီးဆုံးသော ဖြစ်ရပ်များ: { $n }။ အလယ်ကိန်း ကြာချိန်: { $median }။ အကြာဆုံး၏ ကြာချိန်: { $longest }။
place-classes = အတည်ပြုပြီး ဖြစ်ရပ်များ၊ အမျိုးအစားအလိုက်
place-column-class = အမျိုးအစား
place-column-incidents = ဖြစ်ရပ်များ
place-column-median = အလယ်ကိန်း ကြာချိန်
place-column-longest = အကြာဆုံး
place-not-given = မဖော်ပြပါ
place-classes-note = အမျိုးအစားသည် ဒေတာရှိ ပုံစံက မည်သည့်အရာနှင့် တူသည်ကို ဆိုသည်၊ မည်သူ သို့မဟုတ် အဘယ်ကြောင့်ကို မဆိုပါ။ လေ့ကျင့်ခန်းများ၊ ရုပ်သိမ်းထားသော ဖြစ်ရပ်များနှင့် အခြားနေရာ သို့မဟုတ် ကွန်ရက်အတွက် မှတ်တမ်းတင်ထားသော ဖြစ်ရပ်များကို မရေတွက်ပါ။
place-classes-durations = အနည်းဆုံး သုံးခု ပြီးဆုံးမှသာ ကြာချိန်ကို ဖော်ပြသည်။
place-classes-newest = အသစ်ဆုံး ဖြစ်ရပ်များကိုသာ ရေတွက်သည်။
place-seasons = စတင်ချိန်အလိုက်၊ ဒေသစံတော်ချိန်ဖြင့်: { $counts }။
place-follow = စောင့်ကြည့်ရန်နှင့် ဒေတာ
place-feeds = ဤနေရာ၏ ဖြစ်ရပ်များ: { $feeds }။
place-feeds-all = နေရာအားလုံး၏ ဖြစ်ရပ်များ: { $feeds }။
place-feed-later = ဤနေရာ၏ ဖိဒ်သည် ၎င်း၏ ပထမဆုံး ဖြစ်ရပ်နှင့်အတူ စတင်မည်။
place-data = ဖြစ်ရပ်များ ဒေတာအဖြစ် (JSON)
place-mail = ဤနေရာ၏ ဖြစ်ရပ်များ အီးမေးလ်ဖြင့်
place-sources = အရင်းအမြစ်များ: { $credits }။

## All places

places-title = နေရာအားလုံး တစ်နေရာတည်းတွင်
places-description = စောင့်ကြည့်နေသော နိုင်ငံနှင့် ကွန်ရက်တိုင်းရှိ အင်တာနက် အဆင့်။
places-note = စောင့်ကြည့်နေသော နေရာတိုင်းနှင့် ဒေတာအမျိုးအစားတိုင်း၏ အဆင့်: ယခင် နာရီများနှင့် ရက်များအရ မျှော်လင့်ရသည့် တန်ဖိုး၏ ရာခိုင်နှုန်းဖြင့် နောက်ဆုံး တိုင်းတာချက်။ { $time }ရှိ အခြေအနေ။ အဆင့်ဘေးရှိ အချိန်သည် ၎င်း၏ တိုင်းတာချက် အချိန် ဖြစ်သည်: လ၊ ရက်နှင့် နာရီ။
places-utc = အချိန်များသည် UTC ဖြစ်သည်။
places-missing-note = “ထုတ်ပြန်ထားသော တိုင်းတာချက် မရှိ” သည် ကွန်ရက်အကြောင်း မည်သည့်အရာကိုမျှ မဆိုလိုပါ: တိုင်းတာချက်များ နောက်ကျနိုင်သည်၊ လိုအပ်နေနိုင်သည် သို့မဟုတ် မစစ်ဆေးရသေးခြင်း ဖြစ်နိုင်သည်။
places-countries = နိုင်ငံများနှင့် နယ်မြေများ
places-countries-letters = အက္ခရာအလိုက် နိုင်ငံများ
places-networks = ကွန်ရက်များ
places-networks-letters = အက္ခရာအလိုက် ကွန်ရက်များ
places-column-place = နေရာ
places-column-incident = ဖြစ်ရပ်
places-unwatched = မစောင့်ကြည့်ပါ
places-no-incident = ထုတ်ပြန်ထားသည် မရှိ
places-empty = တိုင်းတာချက်များ မထုတ်ပြန်ရသေးပါ။ ပထမဆုံး တိုင်းတာချက်နှင့်အတူ စာရင်း ပေါ်လာမည်။

## The words of the script

script-zone = အချိန်များကို ကျွန်ုပ်၏ အချိန်ဇုန်ဖြင့် ပြပါ
script-zone-back = အချိန်များကို UTC ဖြင့် ပြပါ
script-zone-note = အချိန်များသည် ယခု သင့်အချိန်ဇုန် { $zone } ဖြင့် ဖြစ်သည်၊ UTC ဟု ရေးထားသည့် နေရာများမှလွဲ၍: ထုတ်ပြန်ခဲ့သည့်အတိုင်း စာသားများ၊ အချိန်အပိုင်းအခြားများနှင့် ပုံများတွင်။
script-filter = အမည်ဖြင့် စစ်ထုတ်ရန်
script-filter-shown = ပြထားသည်: { $all } အနက် { $shown }
script-chart-time = ဇယားကွက်ရှိ အချိန်
script-chart-reading = { $hours ->
    [1] { $time } တွင် ပြီးဆုံးသော နာရီ၏ နောက်ဆုံး တိုင်းတာချက်:
   *[other] { $time } တွင် ပြီးဆုံးသော { $hours } နာရီ၏ နောက်ဆုံး တိုင်းတာချက်:
}
script-chart-closer = ဤအချိန်ဝန်းကျင်ကို ချဲ့ရန်
script-chart-whole = ကာလတစ်ခုလုံးကို ပြရန်
script-chart-shown = ပြထားသည်: { $from } မှ { $to }
script-chart-failed = ဇယားကွက်ကို ပြန်ဖွင့်၍ မရပါ။

## The front page's chart where the archive has more than it shows

newest-line = မှတ်တမ်းရှိ အသစ်ဆုံး ပြတ်တောက်မှု { $n } ခု
newest-line_going = မှတ်တမ်းရှိ အသစ်ဆုံး ပြတ်တောက်မှု { $n } ခု၊ ယင်းတို့အနက် { $going } ခု မပြီးသေးပါ

## How a source stands now

standings-ordinary = ပုံမှန်
standings-untold = ဒေတာ ရသည်။ ချွတ်ယွင်းခြင်း ရှိမရှိ ဆုံးဖြတ်ရန် စောင့်ကြည့်သော နေရာများ နည်းလွန်းသည်
standings-unheard = တိုင်းတာချက် မရှိသေးပါ
standings-silent = { $since } ကတည်းက ဒေတာမရှိ
standings-ill = { $since } ကတည်းက ချွတ်ယွင်း: { $why }
standings-ill_undated = ချွတ်ယွင်း: { $why }
