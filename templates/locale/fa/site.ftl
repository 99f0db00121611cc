# See ../en/site.ftl.

## Marks beside the title of an incident, and severities

site-mark-drill = تمرین
site-mark-reconstruction = بازسازی
severity-minor = جزئی
severity-moderate = متوسط
severity-major = چشمگیر
severity-near-total = تقریباً کامل

## The front page

home-title = قطعی‌های اینترنت، همراه با شواهد
home-description = اختلال‌های اینترنت، همان‌گونه که شناسایی، تأیید و برطرف می‌شوند.
home-updated = آخرین به‌روزرسانی: { $time }.
home-subscribe = اشتراک: { $ways }.
home-subscribe-all = همهٔ رویدادها (Atom)
home-subscribe-corrections = تصحیح‌ها (Atom)
home-subscribe-more = خوراک‌های بیشتر
home-subscribe-mail = با ایمیل
home-now = آنچه اکنون روی می‌دهد
home-none-open = هیچ رویداد بازی منتشر نشده است.
home-places = همهٔ مکان‌ها در یک نگاه: میزان هر کشور و شبکهٔ زیر نظر
home-map-note = کشورهایی که در این صفحه رویداد باز دارند، بر اساس بیشترین شدت آن: { $severities }. فهرست همهٔ آن‌ها را نام می‌برد؛ بی‌رنگ بودن یک کشور به این معنا نیست که قطعی ندارد. مرزهای نقشه: Natural Earth.
home-map = کشورهای دارای رویداد باز: { $incidents }
home-map-empty = هیچ کشوری مشخص نشده است: هیچ رویداد بازی منتشر نشده است
home-timeline = کی و چه مدت
home-past = رویدادهای گذشته
home-follow = دنبال کردن
home-follow-all = همهٔ رویدادها: { $feeds }. تصحیح‌ها و گزارش‌های پس‌گرفته‌شده: { $corrections }. صفحهٔ هر رویداد به خوراک کشور آن پیوند دارد.
home-follow-mail = { $link }: مکان‌ها و اندازهٔ افت را خودتان انتخاب می‌کنید.
home-follow-mail-link = با ایمیل
home-follow-alerts = { $link }: برای نرم‌افزارهایی که هشدارهای عمومی را بازپخش می‌کنند. هر هشدار می‌گوید چگونه باید فهمیده شود؛ هشداری که با عنوان آزمایش نشان شده نباید به‌عنوان هشدار بازپخش شود.
home-follow-alerts-link = هشدارها (CAP)
home-follow-map = { $link }: رویدادهایی که اکنون باز هستند، همراه با مکانشان، برای نقشه‌ها.
home-follow-map-link = دادهٔ نقشه (GeoJSON)
home-follow-calendar = { $link }: زمان‌هایی که انتظار افت می‌رود، مانند تعمیرات اعلام‌شده.
home-follow-calendar-link = تقویم (iCalendar)
home-follow-api = { $link }: مکان‌ها، رویدادها و داده‌هایی که نمودارها بر پایهٔ آن‌هاست.
home-follow-api-link = داده برای برنامه‌ها (JSON، توصیف‌شده با OpenAPI)
home-sources = منابع
home-sources-note = وضعیت تا { $time }. منبع معیوب یا بی‌داده هرگز رویدادی را باز یا بسته نمی‌کند. { $link }
home-sources-note-link = همین‌ها به‌صورت داده (JSON)
home-column-signal = شاخص
home-column-reading = آخرین داده
home-column-state = وضعیت
home-no-reading = هنوز هیچ

## The page of a country or a network

place-title = اینترنت، { $place }: میزان‌ها و قطعی‌ها
place-description = میزان‌های اندازه‌گیری‌شدهٔ اینترنت ({ $place })، ۲۸ روز گذشته و قطعی‌های ثبت‌شده.
place-country = کشور یا سرزمین
place-network = شبکهٔ AS{ $number }
place-network-within = شبکهٔ AS{ $number }، { $country }
place-now = اکنون
place-column-level = میزان
place-column-reading = آخرین دادهٔ منتشرشده
place-unpublished = دادهٔ منتشرشده‌ای نیست
place-unpublished-month = در ۲۸ روز هیچ
place-level-note = میزان یعنی داده به درصدِ آنچه از ساعت‌ها و روزهای پیشین انتظار می‌رود. نبود دادهٔ منتشرشده چیزی دربارهٔ شبکه نمی‌گوید: ممکن است داده‌ها دیر برسند، موجود نباشند یا هنوز بررسی نشده باشند.
place-no-levels = دادهٔ منتشرشده‌ای نیست.
place-days = ۲۸ روز گذشته
place-days-note = میانگین هر ساعت؛ لبهٔ پایین نمودار ۰ است. جای خالی ساعتی است که دادهٔ منتشرشده ندارد. روزها به وقت UTC هستند.
place-highest = بالاترین ساعت: { $value }
place-chart = { $signal }، از { $first } تا { $last }: میان { $lowest } و { $highest }؛ داده در { $read } ساعت از { $hours } ساعت
place-chart-empty = { $signal }، از { $first } تا { $last }: دادهٔ منتشرشده‌ای نیست
place-history = رویدادهای ثبت‌شده
place-ended-one = یک رویداد این مکان پایان یافته است. مدت آن: { $longest }.
place-ended-two = دو رویداد این مکان پایان یافته‌اند. مدت طولانی‌ترین: { $longest }.
place-ended-more = رویدادهای پایان‌یافتهٔ این مکان: { $n }. میانهٔ مدت: { $median }؛ مدت طولانی‌ترین: { $longest }.
place-classes = رویدادهای تأییدشده، به تفکیک رده
place-column-class = رده
place-column-incidents = رویدادها
place-column-median = میانهٔ مدت
place-column-longest = طولانی‌ترین
place-not-given = ذکر نشده
place-classes-note = رده می‌گوید الگوی داده‌ها به چه شباهت دارد، نه چه کسی یا چرا. تمرین‌ها، رویدادهای پس‌گرفته‌شده و رویدادهایی که برای مکان یا شبکه‌ای دیگر ثبت شده‌اند شمرده نمی‌شوند.
place-classes-durations = مدت‌ها در صورتی داده می‌شوند که دست‌کم سه رویداد پایان یافته باشد.
place-classes-newest = تنها تازه‌ترین رویدادها شمرده شده‌اند.
place-seasons = بر اساس زمان آغاز، به وقت محلی: { $counts }.
place-follow = دنبال کردن و داده‌ها
place-feeds = رویدادهای این مکان: { $feeds }.
place-feeds-all = رویدادهای همهٔ مکان‌ها: { $feeds }.
place-feed-later = خوراک این مکان با نخستین رویداد آن آغاز می‌شود.
place-data = رویدادها به‌صورت داده (JSON)
place-mail = رویدادهای این مکان با ایمیل
place-sources = منابع: { $credits }.

## All places

places-title = همهٔ مکان‌ها در یک نگاه
places-description = میزان اینترنت در هر کشور و شبکهٔ زیر نظر.
places-note = هر مکان زیر نظر، با میزان هر شاخص: آخرین دادهٔ آن به درصدِ آنچه از ساعت‌ها و روزهای پیشین انتظار می‌رود. وضعیت تا { $time }؛ زمان کنار هر میزان زمان دادهٔ آن است: ماه، روز و ساعت.
places-utc = زمان‌ها به وقت UTC هستند.
places-missing-note = «دادهٔ منتشرشده‌ای نیست» چیزی دربارهٔ شبکه نمی‌گوید: ممکن است داده‌ها دیر برسند، موجود نباشند یا هنوز بررسی نشده باشند.
places-countries = کشورها و سرزمین‌ها
places-countries-letters = کشورها بر اساس حرف
places-networks = شبکه‌ها
places-networks-letters = شبکه‌ها بر اساس حرف
places-column-place = مکان
places-column-incident = رویداد
places-unwatched = زیر نظر نیست
places-no-incident = هیچ منتشر نشده
places-empty = هنوز داده‌ای منتشر نشده است. فهرست با نخستین داده پدیدار می‌شود.

## The words of the script

script-zone = نمایش زمان‌ها در منطقهٔ زمانی من
script-zone-back = نمایش زمان‌ها به UTC
script-zone-note = زمان‌ها اکنون در منطقهٔ زمانی شما، { $zone }، هستند، مگر جایی که UTC نوشته شده است: در متن‌ها به همان شکلی که منتشر شده‌اند، در بازه‌های زمانی و در تصویرها.
script-filter = پالایش بر اساس نام
script-filter-shown = نمایش: { $shown } از { $all }
script-chart-time = زمان روی نمودار
script-chart-reading = { $hours ->
    [1] آخرین دادهٔ ساعتی که در { $time } پایان می‌یابد:
   *[other] آخرین دادهٔ { $hours } ساعتی که در { $time } پایان می‌یابد:
}
script-chart-closer = بزرگ‌نمایی پیرامون این زمان
script-chart-whole = نمایش کل دوره
script-chart-shown = نمایش: از { $from } تا { $to }
script-chart-failed = نمودار دوباره بارگذاری نشد.

## The front page's chart where the archive has more than it shows

newest-line = { $n } اختلال ثبت‌شدهٔ تازه‌تر
newest-line_going = { $n } اختلال ثبت‌شدهٔ تازه‌تر، که { $going } مورد آن پایان نیافته است

## How a source stands now

standings-ordinary = عادی
standings-untold = داده می‌رسد؛ شمار مکان‌های زیر نظر برای تشخیص معیوب بودن آن کافی نیست
standings-unheard = هنوز داده‌ای نیست
standings-silent = از ساعت { $since } بدون داده
standings-ill = از ساعت { $since } معیوب: { $why }
standings-ill_undated = معیوب: { $why }
