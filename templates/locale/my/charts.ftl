# The words on a chart; see ../en/charts.ftl.

references-weekly = တိုင်းတာချက်တစ်ခုစီမတိုင်မီ လေးပတ်အတွင်း အပတ်စဉ် တူညီသောနာရီရှိ အလယ်ကိန်း ({ $since } – { $until }၊ ပြတ်တောက်ချိန်များ မပါ)
references-daily = တိုင်းတာချက်တစ်ခုစီမတိုင်မီ ခုနစ်ရက်အထိအတွင်း နေ့စဉ် တူညီသောနာရီရှိ အလယ်ကိန်း ({ $since } – { $until }၊ ပြတ်တောက်ချိန်များ မပါ)
references-flat = တိုင်းတာချက်တစ်ခုစီမတိုင်မီ တစ်ပတ်အထိ၏ အလယ်ကိန်း ({ $since } – { $until }၊ ပြတ်တောက်ချိန်များ မပါ)
references-kept = မစတင်မီ တစ်ပတ်၏ အဆင့် ({ $since } – { $until })
references-unknown = ယခင်အလားတူနာရီများအရ မျှော်လင့်ရသည့် အဆင့် ({ $since } – { $until }၊ ပြတ်တောက်ချိန်များ မပါ)
chart-reference = ၁၀၀% သည် { $reference } ဖြစ်သည်။
chart-key = ပုံမှန်အဆင့်၏ ရာခိုင်နှုန်း
chart-land = မြေပုံ: Natural Earth နှင့် US Census Bureau၊ အများပိုင်။ နယ်နိမိတ်များနှင့် အမည်များသည် ၎င်းတို့၏ ဥပဒေရေးရာ အနေအထားအပေါ် သဘောထားဖော်ပြခြင်း မဟုတ်ပါ။
chart-ordinary = ပုံမှန်အဆင့် = ၁၀၀%
chart-band = ပုံမှန်အဆင့် = ၁၀၀%၊ အရောင်ခြယ်ထားသည်မှာ မျှော်လင့်ရသည့် အပိုင်းအခြား၊ { $name }
chart-begins = အင်တာနက်ပြတ်တောက်မှု စတင်
chart-drop = ကျဆင်းမှု စတင်
chart-ends = ပုံမှန်အဆင့်သို့ ပြန်ရောက်
chart-gap = ဒေတာမရှိ
chart-stale =
    { $name }
    { $time } ကတည်းက ဒေတာမရှိ
chart-nothing =
    { $name }
    လက်ရှိတန်ဖိုး မရှိ
chart-mark_day = { $day }၊ { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } ({ $time })
chart-foot = { $as_of }ရှိ အခြေအနေ · နောက်ဆုံးတန်ဖိုးများ ပြင်ဆင်နိုင်သည် · ဖြစ်ရပ် { $incident } · { $address }
chart-site = { $as_of }ရှိ အခြေအနေ · နောက်ဆုံးတန်ဖိုးများ ပြင်ဆင်နိုင်သည် · { $address }
chart-reconstructed = ထုတ်ပြန်ထားသော အချက်အလက်များဖြင့် ပြုလုပ်ထားခြင်းဖြစ်ပြီး တိုင်းတာချက် မဟုတ်ပါ။
chart-data = ဒေတာ: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = ထုတ်ပြန်ချက်များအရ
chart-drill = လေ့ကျင့်ခန်း
chart-test = စမ်းသပ်ပုံ၊ သတင်းမဟုတ်ပါ
chart-together = သီးခြားလွတ်လပ်သော တိုင်းတာနည်း { $n } မျိုး
chart-ongoing = { $length }၊ ဆက်ဖြစ်နေဆဲ
chart-unsure = { $name } (အရင်းအမြစ်တစ်ခု)
chart-subtitle = { $metrics }၊ { $method }၏ ရာခိုင်နှုန်းဖြင့်၊ { $period }
chart-lasted = { $within } { $noun }: { $duration }
chart-lasting = { $within } { $noun }: ယခုအထိ { $duration }
chart-lasted_alone = { $within } အရင်းအမြစ်တစ်ခုက ပြသော ကျဆင်းမှု: { $duration }
chart-lasting_alone = { $within } အရင်းအမြစ်တစ်ခုက ပြသော ကျဆင်းမှု: ယခုအထိ { $duration }
chart-beside = { $within } ယခင်မှတ်တမ်းရှိ ဖြစ်ရပ် { $n } ခုနှင့် ယှဉ်ထားသည့် ကြာချိန်၊ အရောင်ဖျော့မှာ သေချာစွာ မသိရသည့် အပိုင်း
chart-line = မှတ်တမ်းရှိ အင်တာနက်ပြတ်တောက်မှု { $n } ခု
chart-line_going = { chart-line }၊ မပြီးဆုံးသေးသည်မှာ { $going } ခု
chart-line_period = တစ်ခုစီ၏ အစမှ အဆုံးအထိ၊ { $period }၊ အရောင်ဖျော့မှာ သေချာစွာ မသိရသည့် အပိုင်း
badge-retracted = သတင်းကို ရုပ်သိမ်းပြီး
badge-ended = { $ended }တွင် ပြီးဆုံး
badge-lasted = { $duration } ကြာခဲ့
badge-suspected = အရင်းအမြစ်တစ်ခု၊ အခြားအရင်းအမြစ်များဖြင့် အတည်မပြုရသေး · { $onset }တွင် ကျဆင်းမှု စတင်
badge-began = { $onset }တွင် စတင်
period-days = { $from }မှ { $to }အထိ
period-within = { $from }မှ { $to }အထိ
