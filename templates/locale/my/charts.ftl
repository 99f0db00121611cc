# The words on a chart; see ../en/charts.ftl.

references-weekly = တိုင်းတာချက်တစ်ခုစီမတိုင်မီ လေးပတ်အတွင်း တစ်ပတ်၏ တူညီသောနာရီရှိ အလယ်ကိန်း ({ $since } – { $until }၊ အနှောင့်အယှက်အချိန်များ မပါ)
references-daily = တိုင်းတာချက်တစ်ခုစီမတိုင်မီ အများဆုံး ခုနစ်ရက်အတွင်း တစ်ရက်၏ တူညီသောနာရီရှိ အလယ်ကိန်း ({ $since } – { $until }၊ အနှောင့်အယှက်အချိန်များ မပါ)
references-flat = တိုင်းတာချက်တစ်ခုစီမတိုင်မီ အများဆုံး တစ်ပတ်၏ အလယ်ကိန်း ({ $since } – { $until }၊ အနှောင့်အယှက်အချိန်များ မပါ)
references-kept = မစတင်မီ တစ်ပတ်၏ အဆင့် ({ $since } – { $until })
references-unknown = အလားတူနာရီများအရ မျှော်လင့်ရသည့် အဆင့် ({ $since } – { $until }၊ အနှောင့်အယှက်အချိန်များ မပါ)
chart-reference = ၁၀၀% သည် { $reference } ဖြစ်သည်။
chart-key = ပုံမှန်အဆင့်၏ ရာခိုင်နှုန်း
chart-land = မြေပုံ- Natural Earth နှင့် US Census Bureau၊ အများပိုင်၊ နယ်နိမိတ်နှင့် အမည်များသည် ၎င်းတို့၏ အဆင့်အတန်းကို မဖော်ပြပါ။
chart-ordinary = ပုံမှန်အဆင့် = ၁၀၀%
chart-band = ပုံမှန်အဆင့် = ၁၀၀%၊ အရိပ်- မျှော်လင့်ရသည့် အပိုင်းအခြား၊ { $name }
chart-begins = အနှောင့်အယှက် စတင်
chart-drop = ကျဆင်းမှု စတင်
chart-ends = ပုံမှန်ပြန်ဖြစ်
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
chart-late = { $name }  { $level } { $time }
chart-foot = { $as_of } · နောက်ဆုံးတန်ဖိုးများ ပြင်ဆင်နိုင်သည် · ဖြစ်ရပ် { $incident } · { $address }
chart-site = { $as_of } · နောက်ဆုံးတန်ဖိုးများ ပြင်ဆင်နိုင်သည် · { $address }
chart-reconstructed = ထုတ်ပြန်ထားသော အချက်အလက်များမှ ပြန်လည်တည်ဆောက်ထားသည်၊ တိုင်းတာချက်မဟုတ်ပါ။
chart-data = ဒေတာ- { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = ပြန်လည်တည်ဆောက်မှု
chart-drill = လေ့ကျင့်မှု
chart-test = စမ်းသပ်ပုံ၊ သတင်းမဟုတ်ပါ
chart-together = သီးခြား အချက်ပြအုပ်စု { $n } ခု
chart-ongoing = { $length }၊ ဆက်ရှိနေဆဲ
chart-unsure = { $name } (အရင်းအမြစ်တစ်ခုတည်း)
chart-subtitle = { $metrics }၊ ရာခိုင်နှုန်းဖြင့်၊ အခြေခံ- { $method }၊ { $period }
chart-lasted = { $within } { $noun }- { $duration }
chart-lasting = { $within } { $noun }- ယခုအထိ { $duration }
chart-lasted_alone = { $within } အရင်းအမြစ်တစ်ခုတည်းက ပြသော ကျဆင်းမှု- { $duration }
chart-lasting_alone = { $within } အရင်းအမြစ်တစ်ခုတည်းက ပြသော ကျဆင်းမှု- ယခုအထိ { $duration }
chart-beside = ကြာချိန်၊ { $within } ယခင်မှတ်တမ်းရှိ ဖြစ်ရပ် { $n } ခုနှင့် ယှဉ်၍၊ အရောင်ဖျော့- သေချာစွာ မသိရသည့်အပိုင်း
chart-line = မှတ်တမ်းရှိ အနှောင့်အယှက် { $n } ခု
chart-line_going = { chart-line }၊ မပြီးသေး { $going } ခု
chart-line_period = တစ်ခုစီ၏ အစမှ အဆုံးအထိ၊ { $period }၊ အရောင်ဖျော့- သေချာစွာ မသိရသည့်အပိုင်း
badge-retracted = သတင်းကို ရုပ်သိမ်းပြီး
badge-ended = ပြီးဆုံး- { $ended }
badge-lasted = ကြာချိန်- { $duration }
badge-suspected = အရင်းအမြစ်တစ်ခုတည်း၊ အတည်မပြုသေး · စတင်ချိန်- { $onset }
badge-began = စတင်ချိန်- { $onset }
period-days = { $from } – { $to }
period-within = { $from }–{ $to }
