# The words on a chart; see ../en/charts.ftl.

references-weekly = میانهٔ همان ساعت در هفته طی چهار هفتهٔ پیش از هر اندازه‌گیری ({ $since } – { $until }، بدون زمان‌های اختلال)
references-daily = میانهٔ همان ساعت در روز طی حداکثر هفت روز پیش از هر اندازه‌گیری ({ $since } – { $until }، بدون زمان‌های اختلال)
references-flat = میانهٔ حداکثر یک هفته پیش از هر اندازه‌گیری ({ $since } – { $until }، بدون زمان‌های اختلال)
references-kept = سطح هفتهٔ پیش از آغاز ({ $since } – { $until })
references-unknown = آنچه از ساعت‌های مشابه انتظار می‌رود ({ $since } – { $until }، بدون زمان‌های اختلال)
chart-reference = ۱۰۰٪ برابر است با { $reference }.
chart-key = درصد از سطح عادی
chart-land = نقشه: Natural Earth و US Census Bureau، مالکیت عمومی؛ مرزها و نام‌ها دربارهٔ وضعیت آن‌ها چیزی نمی‌گویند.
chart-ordinary = سطح عادی = ۱۰۰٪
chart-band = سطح عادی = ۱۰۰٪؛ سایه: بازهٔ مورد انتظار، { $name }
chart-begins = آغاز اختلال
chart-drop = آغاز افت
chart-ends = بازگشت به سطح عادی
chart-gap = بدون داده
chart-stale =
    { $name }
    بدون داده از { $time }
chart-nothing =
    { $name }
    بدون مقدار کنونی
chart-mark_day = { $day }، { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } ساعت { $time }
chart-foot = در ساعت { $as_of } · تازه‌ترین مقدارها ممکن است بازبینی شوند · رویداد { $incident } · { $address }
chart-site = در ساعت { $as_of } · تازه‌ترین مقدارها ممکن است بازبینی شوند · { $address }
chart-reconstructed = بازسازی بر پایهٔ اطلاعات منتشرشده، نه اندازه‌گیری.
chart-data = داده‌ها: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = بازسازی
chart-drill = تمرین
chart-test = تصویر آزمایشی، نه خبر
chart-together = { $n ->
    [2] دو نوع دادهٔ مستقل
    [3] سه نوع دادهٔ مستقل
    [4] چهار نوع دادهٔ مستقل
    [5] پنج نوع دادهٔ مستقل
   *[other] { $n } نوع دادهٔ مستقل
}
chart-ongoing = { $length }، هنوز ادامه دارد
chart-unsure = { $name } (یک منبع)
chart-subtitle = { $metrics }، به درصد از { $method }، { $period }
chart-lasted = { $noun } { $within }: { $duration }
chart-lasting = { $noun } { $within }: { $duration } تاکنون
chart-lasted_alone = افتی { $within } که یک منبع نشان می‌دهد: { $duration }
chart-lasting_alone = افتی { $within } که یک منبع نشان می‌دهد: { $duration } تاکنون
chart-beside = مدت در کنار { $n } رویداد ثبت‌شدهٔ پیشین { $within }؛ کم‌رنگ: آنچه با قطعیت معلوم نیست
chart-line = { $n } اختلال ثبت‌شده
chart-line_going = { chart-line }، پایان‌نیافته: { $going }
chart-line_period = از آغاز تا پایان هر یک، { $period }؛ کم‌رنگ: آنچه با قطعیت معلوم نیست
badge-retracted = گزارش پس گرفته شد
badge-ended = پایان: { $ended }
badge-lasted = مدت: { $duration }
badge-suspected = یک منبع؛ منابع دیگر تأیید نکرده‌اند · آغاز افت: { $onset }
badge-began = آغاز: { $onset }
period-days = { $since } تا { $until }
period-within = { $first } تا { $until }
