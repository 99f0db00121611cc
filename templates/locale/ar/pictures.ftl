# Pages to check a picture, and pages to embed; see ../en/pictures.ftl.

embed-reported = كما نُشر الساعة { $time }
embed-frozen = يبقى هذا كما نُشر. قد تتضمن { $page } خطوات أحدث. { $credits }.
embed-frozen-page = الصفحة
embed-full = الصفحة الكاملة، مع البيانات والتصحيحات
picture-corrected = { $label } بعد ذلك، الساعة { $time }: { $facts }
picture-title = الصورة { $picture }
picture-description = الأصل الثابت لرسم بياني للحادث { $incident }، مع بصمة SHA-256 وبياناته.
picture-approved = هذا هو الرسم البياني كما أُقر للنشر، بايتًا ببايت.
picture-shown = هذا هو الرسم البياني للخطوة كما تعرضه الصفحة.
picture-same = الصورة التي لديك هي نفسها فقط إذا عرضت الشيء نفسه وكانت لملفها بصمة SHA-256 نفسها. كثيرًا ما تعيد الخدمات حفظ الصور فيتغير الملف: قارن عندئذ ما تعرضه الصورة.
picture-incident = الحادث
picture-step = الخطوة
picture-data = البيانات
picture-sources = المصادر
picture-all = كل الصور
picture-all-of-incident = لهذا الحادث
pictures-title = صور { $incident }
pictures-description = الرسوم البيانية للحادث { $incident } كما نُشرت، مع بصمات SHA-256.
pictures-none = لا توجد صورة لهذا الحادث.
picture_check-title = التحقق من صورة
picture_check-description = كيف تتحقق من أن رسمًا بيانيًا عُرض عليك هو من رسومنا ولم يتغير.
picture_check-intro = يذكر كل رسم بياني حادثه في سطره الأخير، مثل «الحادث { $example }». هناك طريقتان لرؤية الأصل.
picture_check-by-incident = بمعرّف الحادث: افتح { $folder } ثم المعرّف في هذا الموقع. تسرد تلك الصفحة كل رسم بياني للحادث كما نُشر. قارنه بما عُرض عليك.
picture_check-by-file = بالملف: احسب بصمة SHA-256، مثلًا بالأمر { $command }، ثم افتح { $folder } والأرقام الاثني عشر الأولى. إذا وُجدت صفحة وتطابقت كل الأرقام فالملف لم يتغير. كثيرًا ما تعيد الخدمات حفظ الصور فيتغير الملف: استخدم عندئذ الطريقة الأولى.
picture_check-none = إذا لم تكن للمعرّف المكتوب على الرسم صفحة هنا، فقد أُزيل البلاغ أو أن الرسم ليس لنا.
