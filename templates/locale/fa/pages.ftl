# The sentences of the pages, and the texts that ../../words/en.toml has in English; see
# ../en/pages.ftl.

## What every page has

site-feed = قطعی‌های اینترنت
site-feed-corrections = تصحیح‌ها و گزارش‌های پس‌گرفته‌شده
site-skip = رفتن به متن
site-navigation = وب‌سایت
site-languages = زبان‌ها
site-places = مکان‌ها
site-archive = بایگانی
site-digest = چکیده
site-corrections = تصحیح‌ها
site-status = وضعیت منابع
site-methodology = روش کار
site-about = دربارهٔ ما
site-feeds = خوراک‌ها
site-unpublished = فقط برای گردانندهٔ سامانه: این صفحه رویدادهایی را نشان می‌دهد که منتشر نشده‌اند. آن را به دیگران ندهید.
site-unreviewed = این ترجمه را ماشین انجام داده و هیچ‌کس آن را بررسی نکرده است. صفحهٔ معتبر، صفحهٔ اصلی است: { $language }.
site-reconstruction = بازسازی: همهٔ آنچه در این صفحه‌ها آمده بر پایهٔ اطلاعات منتشرشده است، نه اندازه‌گیری.
site-replayed = بازپخش یا تمرین: این صفحه‌ها آنچه را اکنون رخ می‌دهد نشان نمی‌دهند.
site-scorecard = میزان درستی گزارش‌های ما
site-contact = تصحیح و پرسش: { $contact }.
site-no-contact = نشانی‌ای تعیین نشده است

## The first paragraph

lead-retracted = این گزارش دربارهٔ اختلال اینترنت { $within } پس گرفته شده است.
lead-usual = طبق داده‌ها تا ساعت { $as_of }، سطح پایین به سطح معمول تبدیل شده است؛ بنابراین ممکن است تغییری ماندگار باشد، نه اختلال.
lead-suspected = یک منبع ({ $source_one }) افتی در اتصال اینترنت { $within } نشان می‌دهد؛ منابع دیگر آن را تأیید نکرده‌اند.
lead-suspected-eased = یک منبع ({ $source_one }) افتی در اتصال اینترنت { $within } نشان می‌داد که از شدت آن کاسته شده است؛ منابع دیگر آن را تأیید نکرده‌اند.
lead-restored-alone = یک منبع ({ $source_one }) افتی در اتصال اینترنت { $within } نشان می‌داد؛ منابع دیگر آن را تأیید نکردند و طبق داده‌ها تا ساعت { $as_of }، این منبع به سطح عادی بازگشته است.
lead-drop-began = { drop-began }
lead-drop-began-ended = آغاز افت: { $onset }؛ پایان: { $ended }.
lead-restored = طبق داده‌ها تا ساعت { $as_of }، اتصال اینترنت { $within } به سطح عادی بازگشته است.
lead-worst-began = در شدیدترین حالت: { $a_noun }. آغاز اختلال: { $onset }.
lead-worst-began-ended = در شدیدترین حالت: { $a_noun }. آغاز اختلال: { $onset }؛ پایان: { $ended }.
lead-confirmed = { $families ->
    [one] اندازه‌گیری‌های مستقل، که از میان آن‌ها { $sources } همچنان افت نشان می‌دهد، { $a_noun } { $within } را تأیید می‌کنند.
    [two] دو اندازه‌گیری مستقل، { $sources }، { $a_noun } { $within } را تأیید می‌کنند.
    [three] سه اندازه‌گیری مستقل، { $sources }، { $a_noun } { $within } را تأیید می‌کنند.
    [four] چهار اندازه‌گیری مستقل، { $sources }، { $a_noun } { $within } را تأیید می‌کنند.
    [five] پنج اندازه‌گیری مستقل، { $sources }، { $a_noun } { $within } را تأیید می‌کنند.
   *[other] اندازه‌گیری‌های مستقل، { $sources }، { $a_noun } { $within } را تأیید می‌کنند.
}
lead-confirmed-partly = { $families ->
    [one] اتصال اینترنت { $within } تا حدی بازگشته است، پس از { $a_noun } که اندازه‌گیری‌های مستقل آن را تأیید می‌کنند؛ از میان آن‌ها { $sources } همچنان افت نشان می‌دهد.
    [two] اتصال اینترنت { $within } تا حدی بازگشته است، پس از { $a_noun } که دو اندازه‌گیری مستقل، { $sources }، آن را تأیید می‌کنند.
    [three] اتصال اینترنت { $within } تا حدی بازگشته است، پس از { $a_noun } که سه اندازه‌گیری مستقل، { $sources }، آن را تأیید می‌کنند.
    [four] اتصال اینترنت { $within } تا حدی بازگشته است، پس از { $a_noun } که چهار اندازه‌گیری مستقل، { $sources }، آن را تأیید می‌کنند.
    [five] اتصال اینترنت { $within } تا حدی بازگشته است، پس از { $a_noun } که پنج اندازه‌گیری مستقل، { $sources }، آن را تأیید می‌کنند.
   *[other] اتصال اینترنت { $within } تا حدی بازگشته است، پس از { $a_noun } که اندازه‌گیری‌های مستقل، { $sources }، آن را تأیید می‌کنند.
}
lead-facts-confirm = اطلاعات منتشرشده { $a_noun } { $within } را تأیید می‌کند.
lead-facts-confirm-partly = اتصال اینترنت { $within } تا حدی بازگشته است، پس از { $a_noun } که اطلاعات منتشرشده آن را تأیید می‌کند.
lead-corrected = تصحیح: { $statement }
lead-wrong-lowest = تصحیح: از زمان گزارش خود ({ $wrong_at })، کمترین میزان را { $wrong_lowest } سطح عادی اعلام می‌کردیم؛ طبق داده‌های بازبینی‌شده، این مقدار { $lowest } بوده است.
lead-wrong-onset = تصحیح: از زمان گزارش خود ({ $wrong_at })، آغاز را چنین اعلام می‌کردیم: { $wrong_onset }؛ داده‌های بازبینی‌شده زمان دیگری را نشان می‌دهند.
lead-wrong-onset-too = آغاز را چنین اعلام می‌کردیم: { $wrong_onset }؛ داده‌های بازبینی‌شده زمان دیگری را نشان می‌دهند.

## The page of an incident: its top

incident-pair = { $name }: { $value }
incident-dated = { $what }، { $time }
incident-earlier = موارد پیشین: { $n }
incident-more = موارد دیگر: { $n }
incident-csv = داده‌ها (CSV)
incident-drill = تمرین: هیچ‌یک از آنچه در این صفحه آمده اکنون در حال رخ دادن نیست.
incident-reconstruction = بازسازی: همهٔ آنچه در این صفحه آمده بر پایهٔ اطلاعات منتشرشده است، نه اندازه‌گیری.
incident-silent = بدون داده از ساعت { $time }
incident-as-of = داده‌ها تا ساعت { $time }
incident-reported-once = رویداد { $incident }، از { $publisher }. نخستین گزارش: { $first }.
incident-reported-often = رویداد { $incident }، از { $publisher }. نخستین گزارش: { $first }؛ تازه‌ترین گزارش: { $last }.
incident-numbers = اعداد و ارقام

## What was said

incident-posts = آنچه منتشر شد، از تازه به قدیم
incident-check-picture = راستی‌آزمایی این تصویر
incident-text-in = به زبان { $language }
incident-text-shorter = متن کوتاه‌تر
incident-posted = منتشرشده { $where }.
incident-not-posted = هنوز منتشر نشده است.
incident-step-csv = داده‌های این مرحله (CSV)
incident-folded-updates = { $n ->
    [1] یک به‌روزرسانی روزانه: { $first }
   *[other] { $n } به‌روزرسانی روزانه. نخستین: { $first }؛ آخرین: { $last }
}
incident-folded-steps = { $n ->
    [1] یک مرحلهٔ پیشین: { $first }
   *[other] { $n } مرحلهٔ پیشین. نخستین: { $first }؛ آخرین: { $last }
}
incident-folded-mixed = { $updates ->
    [1] { $n } مرحلهٔ پیشین که یکی از آن‌ها به‌روزرسانی روزانه است. نخستین: { $first }؛ آخرین: { $last }
   *[other] { $n } مرحلهٔ پیشین که { $updates } مورد از آن‌ها به‌روزرسانی روزانه است. نخستین: { $first }؛ آخرین: { $last }
}

## The chart and its table

incident-chart = تازه‌ترین نمودار
incident-table = داده‌های این نمودار در جدول
incident-table-note = { $hours ->
    [1] به درصد از سطح عادی. در هر ردیف، آخرین مقدار اندازه‌گیری‌شده در یک ساعت منتهی به زمان آن ردیف آمده است؛ { $readings }.
   *[other] به درصد از سطح عادی. در هر ردیف، آخرین مقدار اندازه‌گیری‌شده در { $hours } ساعت منتهی به زمان آن ردیف آمده است؛ { $readings }.
}
incident-table-csv = همهٔ مقدارهای اندازه‌گیری‌شده (CSV)
incident-table-label = داده‌های تازه‌ترین نمودار
incident-table-until = تا { $utc }
incident-table-none = بدون داده
incident-charts = همین داده‌ها در نمودارهای دیگر

## The timeline

incident-timeline = گاه‌شمار، از تازه به قدیم
incident-timeline-note = «گزارش» آن چیزی است که اینجا منتشر شده است. «اندازه‌گیری» آن چیزی است که داده‌ها نشان می‌دهند. «زمینه» آن چیزی است که کسی با ذکر منبع ثبت کرده است؛ زمینه اندازه‌گیری نشده است.
incident-kind-event = گزارش
incident-kind-measurement = اندازه‌گیری
incident-kind-context = زمینه

## What is happening, and what it means

incident-happening = { $within } چه می‌گذرد؟
incident-causes = آنچه دربارهٔ علت گفته می‌شود
incident-cause-recorded = ({ $source }؛ ثبت‌شده از ساعت { $time })
incident-cause-archived = ({ $source }، { $copy }؛ ثبت‌شده از ساعت { $time })
incident-cause-source = منبع
incident-cause-copy = نسخهٔ بایگانی‌شده
incident-meaning = این رده از اختلال چه معنایی دارد
incident-class = رده چگونه تعیین شد
incident-class-note = رده می‌گوید الگوی داده‌ها به چه شباهت دارد، بر پایهٔ قواعدی که برای همهٔ کشورها یکسان است؛ دربارهٔ «چه کسی» و «چرا» چیزی نمی‌گوید.
incident-class-step = داده‌ها تا ساعت { $time }: { $name } ({ $rule }؛ نسخهٔ { $version } قواعد).

## Who is cut off

impact-heading = اتصال چه کسانی قطع است
impact-caption = شبکه‌های زیر نظر در آخرین مرحله
impact-column-kind = نوع
impact-column-watched = زیر نظر
impact-column-down = دچار افت
impact-column-unknown = نامعلوم
impact-column-level = میانهٔ سطح شبکه‌های دچار افت
impact-level = { $level } سطح عادی
impact-level-unknown = نامعلوم
impact-none-down = هیچ‌کدام دچار افت نیست
impact-none-watched = هیچ شبکه‌ای که بدانیم از این نوع است زیر نظر نیست
impact-note = نامعلوم به معنای عادی نیست: شبکه‌ای که داده‌ای از آن در دست نیست، نه دچار افت شمرده می‌شود و نه عادی. شبکه‌های از نوع‌های دیگر، یا از نوعی که نمی‌دانیم، در این جدول نیستند.
impact-no-networks = هیچ شبکه‌ای که بدانیم همراه، ثابت یا میزبانی است، اینجا زیر نظر نیست.
affected-regions = منطقه‌هایی که افت کردند
affected-networks = شبکه‌هایی که افت کردند
affected-column-name = نام
affected-column-signal = سنجش
affected-column-level = نسبت به حد عادی در آخرین گام
affected-column-lowest = کمترین
impact-kinds-mobile = همراه
impact-kinds-fixed = خطوط ثابت
impact-kinds-hosting = میزبانی
impact-by-place = { $family }
impact-by-users = { $family } در شبکه‌های همراه و ثابت
impact-by-services = { $family } در شبکه‌های میزبانی
impact-users-ordinary = دسترسی کاربران به اینترنت: عادی. تا آنجا که { $by } نشان می‌دهد، مردم در آن مکان مانند معمول به اینترنت دسترسی دارند.
impact-users-dropped = دسترسی کاربران به اینترنت: دچار افت. چنان‌که { $by } نشان می‌دهد، افراد کمتری نسبت به معمول در آن مکان به اینترنت دسترسی دارند.
impact-users-unknown = دسترسی کاربران به اینترنت: نامعلوم. هیچ‌یک از آنچه اینجا اندازه‌گیری می‌شود نشان نمی‌دهد که مردم در آن مکان اکنون به اینترنت دسترسی دارند یا نه.
impact-users-pending = دسترسی کاربران به اینترنت: هنوز نامعلوم. هیچ داده‌ای از زمان آغاز تاکنون نشان نمی‌دهد که مردم در آن مکان به اینترنت دسترسی دارند یا نه.
impact-services-ordinary = خدمات میزبانی‌شده: عادی. تا آنجا که { $by } نشان می‌دهد، آنچه در آن مکان میزبانی می‌شود از دیگر نقاط جهان در دسترس است.
impact-services-dropped = خدمات میزبانی‌شده: دچار افت. چنان‌که { $by } نشان می‌دهد، بخش کمتری از آنچه در آن مکان میزبانی می‌شود از دیگر نقاط جهان در دسترس است.
impact-services-unknown = خدمات میزبانی‌شده: نامعلوم. هیچ‌یک از آنچه اینجا اندازه‌گیری می‌شود نشان نمی‌دهد که آنچه در آن مکان میزبانی می‌شود اکنون از دیگر نقاط جهان در دسترس است یا نه.
impact-services-pending = خدمات میزبانی‌شده: هنوز نامعلوم. هیچ داده‌ای از زمان آغاز تاکنون نشان نمی‌دهد که آنچه در آن مکان میزبانی می‌شود از دیگر نقاط جهان در دسترس است یا نه.

## What we cannot see

incident-observed = آنچه نمی‌توانیم ببینیم
incident-judged = آنچه اینجا اندازه‌گیری می‌شود و در آخرین مرحله داده دارد: { $signals }.
incident-unjudged = آنچه اینجا اندازه‌گیری می‌شود و داده‌ای قابل ارزیابی ندارد: { $signals }. این نامعلوم به شمار می‌آید، نه عادی.
incident-unmeasured = آنچه برای کل این مکان اندازه‌گیری نمی‌شود: { $families }.
incident-apart = فاصلهٔ داده‌ها از یکدیگر: { $step }؛ آنچه کوتاه‌تر باشد ممکن است دیده نشود.
incident-unnoticed = افت‌های بسیار کم یا بسیار کوتاه دیده نمی‌شوند: { $methodology }.
incident-unnoticed-link = افت در هر سیگنال باید چه اندازه و چه مدت باشد
incident-unseen = اتصال‌های کندشده، وب‌سایت‌ها یا برنامه‌های مسدودشده، و قطعی در شبکه‌ها یا مناطقی که زیر نظر نیستند، ممکن است در این اندازه‌گیری‌ها دیده نشوند.
incident-smallest = کوچک‌ترین افتی که می‌توان دید
incident-smallest-note = برای کل محل، بر پایهٔ قواعد جاری و نوسان معمول اندازه‌گیری‌ها در آخرین گام. افت بزرگ‌تر نیز ممکن است دیده نشود.
incident-smallest-alone = { $signal }: به‌تنهایی فقط از { $depth } زیر حد عادی مشکوک شمرده می‌شود؛ شمار اندازه‌گیری‌های پایین لازم: { $n } ({ $span }).
incident-smallest-not-alone = { $signal }: به‌تنهایی هرگز مشکوک شمرده نمی‌شود.
incident-smallest-joint = در کنار خانواده‌ای دیگر فقط از { $depth } زیر حد عادی به حساب می‌آید؛ شمار اندازه‌گیری‌های پایین لازم: { $n } ({ $span }).
incident-smallest-range = { $least } تا { $most } (بسته به ساعت)
incident-smallest-some = { $least } (در برخی ساعت‌ها حتی افت کامل هم به چشم نمی‌آید)
incident-smallest-never = { $signal }: هیچ افتی از نوسان معمول بیرون نمی‌زند.
incident-smallest-unknown = { $signal }: نامعلوم؛ نوسان معمولی ذخیره نشده است.
incident-smallest-confirmed = افت فقط زمانی تأیید می‌شود که دو خانواده با هم آن را نشان دهند.
incident-smallest-shallow = افت‌های کوچک‌تر فقط زمانی به حساب می‌آیند که ترافیک و خانواده‌ای دیگر به مدت { $time } با هم آن‌ها را نشان دهند.
incident-smallest-none = کوچک‌ترین افتی که اینجا می‌توان دید معلوم نیست.
incident-troubles = منابع معیوب یا بی‌داده
incident-checks = توضیح‌های دیگری که بررسی شد
incident-checks-as-of = در آخرین مرحله:
incident-passed = بررسی‌هایی که چیزی نیافتند: { $n }
incident-noted = { $result } – { $note }

## The history of the place

incident-history = پیشینه
incident-previous-count = رویدادهای پیشین { $within } که اینجا ثبت شده‌اند: { $n }.
incident-previous-more = رویدادهای پیشین { $within } که اینجا ثبت شده‌اند: بیش از { $n }.
incident-previous-none = هیچ رویدادی اینجا ثبت نشده است.
incident-confirmed-all = از میان آن‌ها، رویدادهایی که دو اندازه‌گیری مستقل نشان دادند:
incident-confirmed-newest = از میان تازه‌ترین آن‌ها، رویدادهایی که دو اندازه‌گیری مستقل نشان دادند:
incident-by-kind = بر اساس نوع: { $counts }
incident-by-season = بر اساس زمان آغاز: { $counts }
incident-by-length = بر اساس مدت: { $counts }
incident-reading = برای مطالعهٔ بیشتر، و پیش از این
incident-reading-previous = برای مطالعهٔ بیشتر: هنوز چیزی نیست. پیش از این:
incident-reading-none = برای مطالعهٔ بیشتر: هنوز چیزی نیست. پیش از این: هیچ رویدادی اینجا ثبت نشده است.
incident-reading-cited = برای مطالعهٔ بیشتر، منابعی که در بالا آمده‌اند:
incident-reading-item = { $source }: { $address } ({ $copy })
incident-reading-unarchived = در وب بایگانی نشده است
incident-reading-before = پیش از این:
incident-reading-before-none = پیش از این: چیزی در اینجا ثبت نشده است.
incident-articles = مطالب بیشتر، به انتخاب دبیران؛ عنوان‌ها به بیان خود رسانه‌هاست:
incident-article = { $what } ({ $details })
incident-article-asked = نسخهٔ بایگانی درخواست شده و تأیید نشده است
incident-article-failed = تهیهٔ نسخهٔ بایگانی ممکن نشد
incident-article-withdrawn = پیوندی از این فهرست حذف شد: { $time }. دلیل ذکرشده: { $reason }.
incident-newest-listed = تازه‌ترین‌ها اینجا آمده‌اند. { $archive }
incident-archive = همهٔ رویدادها، به تفکیک ماه

## The method, and who we are

incident-method = روش کار
incident-baseline = ۱۰۰٪ برابر است با { $baseline }. هر سطح، مقدار اندازه‌گیری‌شده تقسیم بر آن است. قاعده‌ای که به کار رفت: { $rule }.
incident-method-more = بیشتر دربارهٔ روش کار
incident-method-families = داده‌های ناموجود به‌صورت گسستگی نشان داده می‌شوند و هرگز صفر به شمار نمی‌آیند. شاخص‌ها در نوع‌هایی دسته‌بندی می‌شوند که هر یک چیز یکسانی را مشاهده می‌کنند: سنجش فعال، ترافیک، مسیریابی، تله‌متری، تلسکوپ‌ها. برای تأیید یک اختلال، دو نوع دادهٔ مستقل در بازهٔ زمانی یکسان لازم است؛ آنچه تنها یک نوع نشان می‌دهد «تأییدنشده» خوانده می‌شود. آنچه تأیید می‌شود خود اختلال است و هرگز علت آن نیست.
incident-method-times = زمان‌ها بازه‌اند: آغاز جایی میان پایان آخرین دادهٔ عادی و پایان نخستین داده‌ای است که عادی نبود.
incident-method-words = واژه‌های مقدار پشتوانهٔ عددی دارند. «تقریباً همه» یعنی ۹۰٪ یا بیشتر از سطح عادی از دست رفته است، «بیشتر» یعنی از ۵۰٪ و «بخشی» یعنی از ۲۰٪. اختلال تا وقتی ۷۵٪ یا بیشتر باقی مانده باشد «جزئی»، زیر ۵۰٪ «چشمگیر» و زیر ۲۰٪ «قطعی تقریباً کامل» خوانده می‌شود. «حدود» پیش از یک زمان یعنی آن زمان در حد ۱۵ دقیقه معلوم است؛ اگر همهٔ آنچه معلوم است ۳ ساعت یا بیشتر در یک بخش از روز باشد، همان بخش نام برده می‌شود: صبح از ساعت ۵، بعدازظهر از ساعت ۱۲ و شامگاه از ساعت ۱۸ به وقت آن مکان آغاز می‌شود.
incident-independence = استقلال
incident-independence-text = Outagewire شاخص‌های اتصال اینترنت را زیر نظر دارد و اختلال‌ها را با داده‌های پشت هر عدد گزارش می‌کند. قواعد، آستانه‌ها و واژه‌ها برای همهٔ کشورها و همهٔ شبکه‌ها یکسان است. متن‌ها و نمودارها را نرم‌افزار از همان داده‌ها می‌سازد؛ اگر کسی آن‌ها را تأیید یا ویرایش کرده باشد، این نیز جزو سوابق است.
incident-feeds = دنبال کردن این مکان: { $place }. تصحیح‌ها و گزارش‌های پس‌گرفته‌شده: { $corrections }.
incident-corrections = تصحیح‌ها و تماس
incident-correction = { $label }، { $time }: { $facts }
incident-uncorrected = چیزی در این صفحه تصحیح نشده است.
incident-contact = رسانه‌ها، تصحیح‌ها و پرسش‌ها، از جمله از سوی کسانی که شبکه‌ها را اداره می‌کنند یا نامشان اینجا آمده است: { $contact }.

## Sources, and other forms of the page

incident-licences = منابع، مجوزها و شیوهٔ ارجاع
incident-source = { $signal }: { $credit }. { $licence }.
incident-cite-as = هر جا نمودار، عدد یا فایلی از این صفحه به کار می‌برید، نام این منابع را بیاورید. شیوهٔ ارجاع:
incident-cite = { $publisher }، «{ $title }»، رویداد { $incident }، مرحلهٔ { $step }: { $time }، { $address }
incident-formats = این صفحه به‌صورت { $text }، به‌صورت { $data }، و برای جاسازی: { $following } یا { $frozen }.
incident-format-text = متن ساده
incident-format-data = داده
incident-format-following = با دنبال کردن تازه‌ترین مرحله
incident-format-frozen = به شکل کنونی
incident-as-text = این صفحه به‌صورت متن ساده
incident-as-data = اطلاعات این صفحه به‌صورت داده
incident-evidence = { $evidence }: آنچه منتشر شد، و داده‌ها، قواعد و پارامترهایی که آن از آن‌ها نتیجه می‌شود. فایل README.txt در آن می‌گوید چگونه می‌توان آن را بررسی کرد.
incident-evidence-link = شواهد این صفحه (ZIP)
incident-text-drill = تمرین: هیچ‌یک از آنچه در این متن آمده اکنون در حال رخ دادن نیست.
incident-text-reconstruction = بازسازی: همهٔ آنچه در این متن آمده بر پایهٔ اطلاعات منتشرشده است، نه اندازه‌گیری.
incident-text-id = رویداد { $incident }
incident-text-cause = { $cause } ثبت‌شده از ساعت { $time }.

## The version history

incident-versions = تاریخچهٔ نسخه‌ها
incident-versions-note = هر مرحله نسخهٔ تازه‌ای از بند نخست این صفحه می‌سازد. در مقایسه با مرحلهٔ پیش از آن، { $added } و { $removed }.
incident-versions-added = زیر واژه‌های تازه خط کشیده شده است
incident-versions-removed = روی واژه‌های حذف‌شده خط کشیده شده است
incident-versions-earlier = نسخه‌های پیشین: { $n }
incident-version = { $step }، { $time }. میزان: { $level }. آغاز: { $onset }. دلیل این مرحله: { $reason }.
incident-version-step = مرحلهٔ { $step }، { $label }
incident-version-level = نامعلوم

## What 100 percent is

methods_long-weekly = میانهٔ داده‌ها در همان ساعت در هفته طی چهار هفتهٔ پیش از آن
methods_long-daily = میانهٔ داده‌ها در همان ساعت در روز طی روزهای پیش از آن، تا زمانی که کمتر از چهار هفته ثبت شده باشد
methods_long-flat = میانهٔ داده‌های روزهای پیش از آن، تا زمانی که پیشینهٔ ثبت‌شده اندک باشد
methods_long-kept = سطح هفتهٔ پیش از آغاز، که حفظ شده است چون این وضع هفته‌ها ادامه داشته است: میانه، یا برای شاخص‌هایی که از روند روز پیروی می‌کنند، همان ساعت در هفته
methods_long-none = تعیین‌نشده: پیشینهٔ ثبت‌شده بسیار اندک است
methods_long-unknown = آنچه از داده‌های ساعت‌های مشابه پیش از آن انتظار می‌رود

## What a disruption of this class means for people

meaning-operator = اختلالی از این رده، مشترکان شبکه‌های نام‌برده‌شده را در لایهٔ شبکه تحت تأثیر قرار می‌دهد. کاربران شبکه‌های دیگر ممکن است چیز چندانی متوجه نشوند. فیلترشکن‌ها و وی‌پی‌ان‌ها به اتصالی نیاز دارند که کار کند و ممکن است کمکی نکنند.
meaning-mobile = اختلالی از این رده، اینترنت همراه را در لایهٔ شبکه تحت تأثیر قرار می‌دهد. خطوط ثابت ممکن است همچنان کار کنند. جایی که خود اتصال از دست رفته باشد، بعید است فیلترشکن‌ها و وی‌پی‌ان‌ها کمکی کنند؛ جایی که اتصال فقط کند یا فیلتر شده باشد، شاید کمک کنند.
meaning-regional = اختلالی از این رده، اتصال اینترنت را در لایهٔ شبکه در بخشی از کشور تحت تأثیر قرار می‌دهد. فیلترشکن‌ها و وی‌پی‌ان‌ها به اتصالی نیاز دارند که کار کند و بعید است جایی که اتصالی نیست کمکی کنند.
meaning-place = اختلالی از این رده، اتصال اینترنت را در لایهٔ شبکه تحت تأثیر قرار می‌دهد. فیلترشکن‌ها و وی‌پی‌ان‌ها به اتصالی نیاز دارند که کار کند و بعید است جایی که اتصالی نیست کمکی کنند.
meaning-national = اختلالی از این رده، اتصال اینترنت را در لایهٔ شبکه در بیشتر کشور تحت تأثیر قرار می‌دهد. فیلترشکن‌ها و وی‌پی‌ان‌ها به اتصالی نیاز دارند که کار کند و بعید است جایی که اتصالی نیست کمکی کنند. وب‌سایت‌ها و خدمات میزبانی‌شده در کشور ممکن است از خارج نیز در دسترس نباشند.

## Classes by the pattern in the data

classes-national-blackout-name = قطعی سراسری
classes-national-blackout-meaning = اختلالی از این رده، اتصال اینترنت را در لایهٔ شبکه در بیشتر یک کشور از میان می‌برد. تماس‌ها، پیام‌ها، پرداخت‌ها و خدماتی که به اینترنت نیاز دارند احتمالاً با هم از کار می‌افتند. فیلترشکن‌ها و وی‌پی‌ان‌ها به اتصالی نیاز دارند که کار کند و بعید است جایی که اتصالی نیست کمکی کنند؛ ارتباط‌هایی که از شبکه‌های تحت تأثیر نمی‌گذرند، مانند رومینگ خارجی یا ماهواره، شاید کمک کنند. وب‌سایت‌ها و خدمات میزبانی‌شده در کشور ممکن است از خارج نیز در دسترس نباشند.
classes-mobile-name = شبکه‌های همراه
classes-mobile-meaning = اختلالی از این رده، اینترنت همراه را در لایهٔ شبکه تحت تأثیر قرار می‌دهد، در حالی که خطوط ثابت عادی است. بیشتر کسانی که فقط با تلفن همراه آنلاین می‌شوند ممکن است اتصالشان قطع باشد؛ خطوط ثابت و وای‌فای متصل به آن‌ها ممکن است همچنان کار کنند. جایی که خود اتصال از دست رفته باشد، بعید است فیلترشکن‌ها و وی‌پی‌ان‌ها کمکی کنند؛ جایی که اتصال فقط کند یا فیلتر شده باشد، شاید کمک کنند.
classes-regional-name = بخشی از کشور
classes-regional-meaning = اختلالی از این رده، اتصال اینترنت را در لایهٔ شبکه در بخشی از یک کشور تحت تأثیر قرار می‌دهد، در حالی که بخش‌های دیگر عادی است. ارقام کل کشور ممکن است آن را به‌سختی نشان دهند. فیلترشکن‌ها و وی‌پی‌ان‌ها به اتصالی نیاز دارند که کار کند و بعید است جایی که اتصالی نیست کمکی کنند.
classes-operator-name = برخی شبکه‌ها
classes-operator-meaning = اختلالی از این رده، مشترکان شبکه‌های نام‌برده‌شده را در لایهٔ شبکه تحت تأثیر قرار می‌دهد. کاربران شبکه‌های دیگر ممکن است چیز چندانی متوجه نشوند، و شبکه‌ای دیگر، اگر در دسترس باشد، احتمالاً کار می‌کند. فیلترشکن‌ها و وی‌پی‌ان‌ها به اتصالی نیاز دارند که کار کند و ممکن است کمکی نکنند.
classes-partial-restriction-name = ماندن در سطحی میانی
classes-partial-restriction-meaning = در اختلالی از این رده، بخشی از اتصال می‌ماند و بخشی از دست می‌رود، در سطحی که ساعت‌ها ثابت است. این می‌تواند به این معنا باشد که اتصال برخی شبکه‌ها یا مناطق قطع است و برخی دیگر نه، که اتصال‌ها کند شده‌اند، یا که ظرفیت از دست رفته است. جایی که اتصالی مانده باشد، فیلترشکن‌ها و وی‌پی‌ان‌ها ممکن است کار کنند، هرچند نمی‌توانند کمبود ظرفیت را جبران کنند؛ جایی که اتصالی نمانده باشد، بعید است کمکی کنند.
classes-routing-only-name = فقط مسیریابی
classes-routing-only-meaning = در اختلالی از این رده، مسیرهایی از جدول جهانی ناپدید می‌شوند، در حالی که سنجش فعال یا ترافیک عادی است. مردم ممکن است چیز چندانی متوجه نشوند، یا فقط ببینند که برخی خدمات کند یا خارج از دسترس است. این اغلب تغییری در شیوهٔ اعلام نشانی‌ها از سوی شبکه‌هاست. تا وقتی اتصال‌ها کار می‌کنند، بعید است فیلترشکن‌ها و وی‌پی‌ان‌ها تحت تأثیر قرار گیرند.
classes-power-like-name = تدریجی، مانند قطع برق
classes-power-like-meaning = در اختلالی از این رده، اتصال اینترنت به جای آنکه یکباره قطع شود، طی یک ساعت یا بیشتر کم می‌شود، در یک منطقه یا با نوسانی که هر روز تکرار می‌شود. الگوهای مشابه هنگامی دیده می‌شوند که برق تجهیزات تمام می‌شود، و در رویدادهای دیگر نیز. اتصال‌ها ممکن است قطع و وصل شوند. فیلترشکن‌ها و وی‌پی‌ان‌ها جایی که اتصالی نیست کمکی نمی‌کنند.
classes-cable-like-name = چند کشور در یک زمان
classes-cable-like-meaning = اختلالی از این رده، تقریباً هم‌زمان در چند کشور آغاز می‌شود. الگوهای مشابه هنگامی دیده می‌شوند که خطوط ارتباطی مشترک میان کشورها از کار می‌افتند، و در رویدادهای دیگر نیز. خدمات بین‌المللی ممکن است کند یا خارج از دسترس باشند و در همان حال خدمات داخل یک کشور همچنان کار کنند. فیلترشکن‌ها و وی‌پی‌ان‌ها معمولاً به اتصال بین‌المللی نیاز دارند و نمی‌توانند جای ظرفیت ازدست‌رفته را بگیرند.
classes-exam-like-name = همان ساعت‌ها در چند روز
classes-exam-like-meaning = اختلالی از این رده، در چند روز در همان ساعت بازمی‌گردد و هر بار در کمتر از نیم روز تمام می‌شود. الگوهای مشابه در زمان امتحانات سراسری دیده می‌شوند، و در عملیات برنامه‌ریزی‌شده نیز. تا وقتی ادامه دارد، فیلترشکن‌ها و وی‌پی‌ان‌ها به اتصالی نیاز دارند که کار کند و بعید است جایی که اتصالی نیست کمکی کنند. ممکن است در روزی دیگر در همان ساعت بازگردد.
classes-measurement-artefact-name = شاید خود اندازه‌گیری
classes-measurement-artefact-meaning = الگو حاکی از آن است که آنچه تغییر کرده ممکن است اندازه‌گیری باشد و نه شبکه: اتصال مردم ممکن است عادی باشد. از آن چیزی دربارهٔ فیلترشکن‌ها و وی‌پی‌ان‌ها نتیجه نمی‌شود.
classes-unknown-name = بدون رده
classes-unknown-meaning = الگو با هیچ‌یک از رده‌ها جور نیست.

## What people say of the cause

causes-unknown = { cause-unknown }
causes-A1 = { $who } می‌گوید: { $statement }.
causes-A2 = این الگو با این توضیح سازگار است: { $statement }؛ توضیح جایگزین اصلی: { $alternative }. به گزارش { $who }.
causes-A3 = دستور این اختلال را { $who } داده است (سند: { $statement }).
causes-withdrawn = اظهارنظری از { $who } دربارهٔ علت اینجا آمده بود و در ساعت { $time } پس گرفته شد: { $reason }.

## Titles of pages

page-title = { $place }: { $noun }، { $date }
page-title_suspected = { $place }: افتی که یک منبع نشان می‌دهد، { $date }
page-drop = افتی که یک منبع نشان داد
page-title_retracted = { $place }: گزارش پس گرفته شد، { $date }

## Facts in numbers

facts-state = وضعیت
facts-place = مکان
facts-level = میزان در آخرین مرحله
facts-last_level = میزان در آخرین داده
facts-lowest = کمترین میزان تاکنون
facts-lowest_of_all = کمترین میزان
facts-onset = آغاز
facts-ended = پایان
facts-duration = مدت
facts-lasting = مدت تاکنون
facts-networks = شبکه‌ها
facts-regions = مناطق
facts-down = شاخص‌های دچار افت
facts-slightly_down = شاخص‌های اندکی پایین‌تر از سطح عادی
facts-ordinary = شاخص‌های در سطح عادی
facts-usual_variation = شاخص‌هایی که تغییرشان کوچک‌تر یا کوتاه‌تر از آن است که به شمار آید
facts-silent = شاخص‌های بدون دادهٔ کنونی
facts-last_reading = { $name }: بدون داده از ساعت { $time }
facts-last_judged = { $name }: بدون دادهٔ قابل ارزیابی از ساعت { $time }
facts-no_reading = از ساعت { $as_of } داده‌ای از { $name } در دست نیست
facts-cuts = دفعات قطعی: { $n }؛ مدت کل: { $length }
facts-of_ordinary = { $level } سطح عادی در ساعت { $as_of }

## The timeline

timeline-part = { $part }، { $signal }
timeline-fell = افت: { $name }
timeline-returned = بازگشته به سطح عادی: { $name }
timeline-stated = اظهارنظری از { $who } دربارهٔ علت ثبت شد
timeline-withdrawn = اظهارنظری از { $who } دربارهٔ علت پس گرفته شد

## How earlier incidents are counted

history-quarter1 = ژانویه تا مارس
history-quarter2 = آوریل تا ژوئن
history-quarter3 = ژوئیه تا سپتامبر
history-quarter4 = اکتبر تا دسامبر
history-hours = کمتر از یک روز
history-days = یک تا هفت روز
history-weeks = یک هفته یا بیشتر
history-between = مدتی که به‌قدر کافی معلوم نیست
history-unended = پایان نامعلوم

## What befell a source

faults-ill-past = { $name }: از ساعت { $since } تا ساعت { $until } قابل اعتماد نبود. دلیل: { $why }. این منبع کنار گذاشته شد: منبع معیوب هرگز رویدادی را باز یا بسته نمی‌کند.
faults-ill-lasting = { $name }: از ساعت { $since } قابل اعتماد نیست. دلیل: { $why }. این منبع کنار گذاشته شده است: منبع معیوب هرگز رویدادی را باز یا بسته نمی‌کند.
faults-ill-once = { $name }: در ساعت { $since } قابل اعتماد نبود. دلیل: { $why }. این منبع کنار گذاشته شد: منبع معیوب هرگز رویدادی را باز یا بسته نمی‌کند.
faults-unanswered-past = { $name }: درخواست‌های ارسالی به { $source } از ساعت { $since } تا ساعت { $until } پاسخ قابل استفاده‌ای نگرفتند. نبود داده هرگز رویدادی را باز یا بسته نمی‌کند.
faults-unanswered-lasting = { $name }: درخواست‌های ارسالی به { $source } از ساعت { $since } پاسخ قابل استفاده‌ای نگرفته‌اند. نبود داده هرگز رویدادی را باز یا بسته نمی‌کند.
faults-unanswered-once = { $name }: یک درخواست ارسالی به { $source } در ساعت { $since } پاسخ قابل استفاده‌ای نگرفت. نبود داده هرگز رویدادی را باز یا بسته نمی‌کند.
faults-silent-past = { $name }: از ساعت { $since } تا ساعت { $until } داده‌ای نداد. نبود داده هرگز رویدادی را باز یا بسته نمی‌کند.
faults-silent-lasting = { $name }: پس از دادهٔ ساعت { $since } داده‌ای نداده است. نبود داده هرگز رویدادی را باز یا بسته نمی‌کند.
faults-silent-once = { $name }: در ساعت { $since } داده‌ای نداد. نبود داده هرگز رویدادی را باز یا بسته نمی‌کند.
faults-mute-past = { $name }: پس از ساعت { $since } دادهٔ قابل ارزیابی نداشت، در مرحلهٔ ساعت { $at }. این نامعلوم به شمار آمد، نه عادی.
faults-mute-past_undated = { $name }: دادهٔ قابل ارزیابی نداشت، در مرحلهٔ ساعت { $at }. این نامعلوم به شمار آمد، نه عادی.
faults-mute-lasting = { $name }: پس از ساعت { $since } دادهٔ قابل ارزیابی ندارد، در مرحلهٔ ساعت { $at }. این نامعلوم به شمار می‌آید، نه عادی.
faults-mute-lasting_undated = { $name }: دادهٔ قابل ارزیابی ندارد، در مرحلهٔ ساعت { $at }. این نامعلوم به شمار می‌آید، نه عادی.
faults-doubted-past = { $name }: در مرحلهٔ ساعت { $since } بررسی سلامت منبع را نگذراند و در مرحلهٔ ساعت { $until } دیگر چنین نبود. این منبع کنار گذاشته شد.
faults-doubted-lasting = { $name }: در مرحلهٔ ساعت { $since } بررسی سلامت منبع را نگذراند. این منبع کنار گذاشته شد.
illnesses-many-unrelated-places-fell-at-once = بسیاری از مکان‌های زیر نظر در یک زمان افت کردند
illnesses-the-median-of-all-places-is-low = داده‌های بیشتر مکان‌ها در یک زمان پایین است
illnesses-many-places-repeat-the-same-reading = بسیاری از مکان‌ها همان داده را تکرار می‌کنند
illnesses-many-places-were-told-otherwise-afterwards = آنچه دربارهٔ بسیاری از مکان‌ها گفته بود، بعد به شکل دیگری گفت
illnesses-other = داده‌هایش با یکدیگر در تناقض‌اند

## Other explanations that were checked

answers-of = { $result } ({ $signal })
checks-source-health-passed = سلامت منبع: داده‌های آن از مکان‌های دیگر مانند معمول است
checks-source-health-failed = ممکن است منبع معیوب باشد: داده‌های آن در جاهای دیگر نیز پایین بود، بی‌تغییر ماند یا بازنویسی شد
checks-source-health-unanswered = سلامت منبع: قابل بررسی نیست
checks-source-rise-passed = بازگشت به سطح عادی در هیچ مورد صرفاً بالا رفتن همراه با همهٔ مکان‌های دیگر نیست
checks-source-rise-failed = داده‌های منبع در همهٔ مکان‌ها بالاست: آنچه به‌صورت بازگشت نشان می‌دهد گزارش نمی‌شود
checks-source-rise-unanswered = نامعلوم: آیا داده‌های منبع در همهٔ مکان‌ها بالاست
checks-geolocation-passed = هیچ مکان دیگری آنچه را این مکان از دست داد به دست نیاورد
checks-geolocation-failed = مکان دیگری آنچه را این مکان از دست داد به دست آورد: ممکن است فقط محل نسبت‌داده‌شده به نشانی‌های آن تغییر کرده باشد
checks-geolocation-unanswered = نامعلوم: آیا مکان دیگری آنچه را این مکان از دست داد به دست آورد
checks-renumbering-passed = هیچ شبکهٔ هم‌خانواده‌ای نشانی‌های آن را در اختیار نگرفت
checks-renumbering-failed = هنگامی که این شبکه افت کرد، شبکه‌ای هم‌خانواده بالا رفت: ممکن است نشانی‌های آن را در اختیار گرفته باشد
checks-renumbering-unanswered = نامعلوم: آیا شبکه‌ای هم‌خانواده نشانی‌های آن را در اختیار گرفت
checks-routes-without-service-passed = موضوع فقط مسیرها نیست: خدمات تحت تأثیر است
checks-routes-without-service-failed = مسیرها افت کردند؛ سنجش فعال یا ترافیک کمتر از آن افت کرد که به شمار آید، یا اصلاً افت نکرد
checks-routes-without-service-unanswered = نامعلوم: آیا موضوع چیزی بیش از مسیرهاست
checks-people-without-network-passed = موضوع فقط نبودن مردم نیست: شبکه تحت تأثیر است
checks-people-without-network-failed = استفادهٔ مردم افت کرد؛ سنجش فعال یا مسیرها کمتر از آن افت کرد که به شمار آید، یا اصلاً افت نکرد
checks-people-without-network-unanswered = نامعلوم: آیا موضوع چیزی بیش از نبودن مردم است
checks-shared-input-passed = چیزی نشان نمی‌دهد که فقط نقشهٔ نشانی‌ها تغییر کرده باشد
checks-shared-input-failed = شاخص‌هایی که نقشهٔ نشانی‌های مشترک دارند یکباره افت کردند و ترافیک کاربران عادی است: ممکن است نقشه تغییر کرده باشد
checks-shared-input-unanswered = شاخص‌هایی که نقشهٔ نشانی‌های مشترک دارند یکباره افت کردند؛ نمی‌توان بررسی کرد که ترافیک کاربران نیز افت کرده است یا نه
checks-addresses-without-people-passed = موضوع فقط نشانی‌ها نیست: ترافیک کاربران نیز افت کرد
checks-addresses-without-people-failed = نشانی‌هایی از دست رفت؛ ترافیک کاربران عادی است
checks-addresses-without-people-unanswered = نامعلوم: آیا موضوع چیزی بیش از نشانی‌هاست
checks-one-vantage-passed = بیش از یک نقطهٔ مشاهده آن را می‌بیند
checks-one-vantage-failed = فقط سنجش فعال، از نقطهٔ مشاهدهٔ خود، آن را می‌بیند
checks-one-vantage-unanswered = نامعلوم: آیا بیش از یک نقطهٔ مشاهده آن را می‌بیند
checks-level-shift-passed = به تغییر ماندگار سطح شباهت ندارد
checks-level-shift-failed = افت برای مدتی چنین طولانی اندک بوده است؛ ممکن است تغییر ماندگار سطح باشد، نه قطعی
checks-level-shift-unanswered = نامعلوم: آیا تغییر ماندگار سطح است
checks-expected-event-passed = افتی برای این زمان پیش‌بینی نشده بود
checks-expected-event-failed = افتی برای این زمان پیش‌بینی شده بود
checks-expected-event-unanswered = نامعلوم: آیا افتی برای این زمان پیش‌بینی شده بود
checks-partial-bin-passed = افزون بر تازه‌ترین داده، که ممکن است ناقص باشد، در داده‌های دیگر نیز دیده می‌شود
checks-partial-bin-failed = فقط تازه‌ترین داده آن را نشان می‌دهد، و آن ممکن است ناقص باشد
checks-partial-bin-unanswered = نامعلوم: آیا چیزی بیش از تازه‌ترین داده آن را نشان می‌دهد
checks-season-passed = هیچ روز دیگری از هفته‌های گذشته در این ساعت‌ها به این اندازه کم‌فعالیت نبود
checks-season-failed = روزهای دیگری از هفته‌های گذشته، آخر هفته‌ها یا تعطیلات، در این ساعت‌ها به همین اندازه کم‌فعالیت بودند
checks-season-unanswered = نامعلوم: آیا روزهای دیگر در این ساعت‌ها به همین اندازه کم‌فعالیت بودند
checks-clock-change-passed = موضوع فقط این نیست که ساعتی یک ساعت جلو یا عقب کشیده شده باشد
checks-clock-change-failed = داده‌ها برای یک ساعت زودتر یا دیرتر عادی است: ممکن است ساعتی جلو یا عقب کشیده شده باشد
checks-clock-change-unanswered = نامعلوم: آیا ساعتی جلو یا عقب کشیده شد
checks-clock-passed = تاریخ آنچه افت کرد پیش از اکنون و پس از داده‌های پیشین است
checks-clock-failed = تاریخ داده‌ای که افت کرد دیرتر از آن است که ممکن باشد
checks-clock-unanswered = نامعلوم: آیا تاریخ آنچه افت کرد درست است
checks-population-passed = آنچه افت کرد بیش از چند شبکهٔ انگشت‌شمار است
checks-population-failed = همهٔ آنچه افت کرد چند شبکهٔ انگشت‌شمار است: ممکن است یک ارائه‌دهنده تمام این مکان باشد
checks-population-unanswered = نامعلوم: آیا بیش از چند شبکهٔ انگشت‌شمار افت کرد
checks-sympathetic-passed = هر شبکهٔ نام‌برده‌شده بیش از شبکه‌هایی که به آن وصل می‌شوند از دست داد
checks-sympathetic-failed = برخی شبکه‌ها فقط به این دلیل دچار افت به نظر می‌رسند که شبکهٔ دیگری دچار افت است؛ از آن‌ها نام برده نشده است
checks-sympathetic-unanswered = نامعلوم: آیا برخی شبکه‌ها فقط دچار افت به نظر می‌رسند

## Which rule applied

rules-two-families = دو اندازه‌گیری مستقل با هم افت کردند
rules-two-families-in-a-part = دو اندازه‌گیری مستقل در بخشی از مکان با هم افت کردند
rules-one-strong-family = یک اندازه‌گیری افت کرد و هیچ اندازه‌گیری دیگری آن را تأیید نمی‌کند
rules-many-regions = یک‌دهم مناطق افت کردند
rules-a-crowded-region = یک‌چهارم مناطق یک ایالت یا استان افت کردند
rules-a-network-vanished = شبکه‌ای از مسیریابی یا سنجش فعال ناپدید شده است
rules-several-shallow-families = ترافیک و یک اندازه‌گیری دیگر با هم اندکی افت کردند
rules-weak-family-only = فقط یک اندازه‌گیری پرنوسان افت کرد
rules-not-yet-borne-out = هنوز هیچ اندازه‌گیری دیگری آن را تأیید نمی‌کند
rules-parts-only = فقط چند شبکه یا منطقه، در یک اندازه‌گیری، افت کردند
rules-ordinary = هر آنچه قابل ارزیابی است عادی است
rules-unknown = هیچ چیز قابل ارزیابی نیست
rules-held-back = تأیید نشده است، به دلیل یک بررسی: { $result }
rules-held-back-unanswered = تأیید نشده است، زیرا یک بررسی پاسخی ندارد: { $result }
rules-a-family-is-back = یک اندازه‌گیری به سطح عادی بازگشته است
rules-a-network-is-back = یک شبکه به سطح عادی بازگشته است
rules-a-person-corrected-it = دبیر خبر آن را تصحیح کرد
rules-a-person-withdrew-it = دبیر خبر آن را پس گرفت
rules-a-source-rises-everywhere = داده‌های منبع در همهٔ مکان‌ها بالاست
rules-all-families-back = هر آنچه افت کرده بود به سطح عادی بازگشته است
rules-changes-too-often = تغییرها بیش از آن است که بتوان هر تغییر را گزارش کرد
rules-fell-again = دوباره افت کرد
rules-fell-again-in-one-family-only = فقط در یک اندازه‌گیری دوباره افت کرد
rules-fell-again-in-two-families = اندازه‌گیری بعدی آنچه را یک منبع نشان داده بود تأیید می‌کند
rules-fell-before-the-return = داده‌ای که دیر رسید افتی پیش از بازگشت نشان می‌دهد
rules-hours-passed = ادامه دارد: به‌روزرسانی روزانه
rules-level-rose = سطح بالا رفت
rules-level-shift = سطح پایین به سطح معمول تبدیل شده است
rules-new-networks = شبکه‌ها یا مناطق بیشتری افت کردند
rules-no-change = چیزی تغییر نکرد
rules-off-again = پس از بازگشتی نسبی دوباره افت کرد
rules-only-parts-still-down = فقط بخش‌هایی از مکان همچنان دچار افت است
rules-readings-were-revised = منبع داده‌های خود را بازبینی کرد
rules-scope-grew = بخش بیشتری از مکان تحت تأثیر است
rules-severity-grew = شدیدتر شد
rules-still-falling = همچنان در حال افت است
rules-too-soon = از آخرین گزارش زمان بسیار کمی گذشته است
rules-taken-back-already = پیش‌تر پس گرفته شده بود
class_rules-withdrawn = گزارش پس گرفته شده است
class_rules-an-artefact-check-failed = یک بررسی، اندازه‌گیری را دارای اشکال یافت
class_rules-routes-down-service-ordinary = مسیرها افت کردند در حالی که خدمات عادی بود
class_rules-not-corroborated = تأیید نشده است
class_rules-same-hour-on-many-days = در چند روز در همان ساعت افت کرد
class_rules-several-countries-at-once = چند کشور ظرف نیم ساعت افت کردند
class_rules-gradual-and-regional-or-daily = به‌آهستگی افت کرد، و فقط در برخی مناطق یا با نوسانی که هر روز تکرار می‌شود
class_rules-mobile-networks-only = شبکه‌های همراه افت کردند در حالی که یک شبکهٔ ثابت عادی بود
class_rules-regions-only = فقط برخی مناطق افت کردند
class_rules-held-between = بین ۱۵٪ و ۷۵٪ سطح عادی ماند و شش ساعت تقریباً یکسان بود
class_rules-most-of-a-country = اتصال کل یک کشور به زیر یک‌پنجم سطح عادی افت کرد
class_rules-single-networks = برخی شبکه‌ها افت کردند
class_rules-no-pattern = هیچ قاعده‌ای مطابقت نداشت

## Where a text was posted

posted-apprise = در یک پیام‌رسان
posted-bluesky = در Bluesky
posted-file = در یک فایل
posted-mail = با ایمیل
posted-mastodon = در Mastodon
posted-matrix = در Matrix
posted-ntfy = به‌صورت اعلان
posted-readers = با ایمیل به مشترکان
posted-telegram = در Telegram
posted-webhook = برای برنامه‌ای دیگر
posted-websub = در یک خوراک
posted-x = در X
posted-other = در کانالی دیگر
