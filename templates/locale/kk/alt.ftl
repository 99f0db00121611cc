# Charts in words; see ../en/alt.ftl.

title-retracted = Қайтарып алынды: { $within } іркіліс болды деген хабарымыз
title-back = { $subject } қалыпты деңгейге оралды
title-unknown = { $subject }: деңгейді айту мүмкін емес
title-silent = { $subject }: { $silent_signal } бойынша дерек жоқ, соңғысы { $as_of_brief }
title-suspected = Бір дереккөз көрсетуінше, { $within } интернет байланысы қалыпты деңгейдің { own-makes-number }
title-suspected-narrow = Бір дереккөз көрсетуінше, { $subject } қалыпты деңгейдің { own-makes-number }
title-easing = { $within } интернет ішінара қалпына келді: { $back }; әлі де төмен: { $still_first }
title-easing-short = { $within } интернет байланысы ішінара қалпына келді; әлі де төмен: { $still_first }
title-updated = { $subject } қалыпты деңгейдің { own-makes-number }
title-partly-restored = { $subject } ішінара қалпына келді, қазір қалыпты деңгейдің { own-makes-number }
title-reopened = { $subject } { HOUR($number) ->
    [0] қайта төмендеді, қазір қалыпты деңгейдің { $number }
    [1000] қайта төмендеді, қазір қалыпты деңгейдің { $number }
   *[other] қалыпты деңгейдің { $number }-ына дейін қайта төмендеді
}
title-restored = { $subject } { HOUR($number) ->
    [0] қалпына келді, қазір қалыпты деңгейдің { $number }
    [1000] қалпына келді, қазір қалыпты деңгейдің { $number }
   *[other] қалыпты деңгейдің { $number }-ына дейін қалпына келді
}
title-corrected = Түзетілді: { $subject } қалыпты деңгейдің { own-makes-number }
title-falls = { $subject } { HOUR($number) ->
    [0] төмендеді, қазір қалыпты деңгейдің { $number }
    [1000] төмендеді, қазір қалыпты деңгейдің { $number }
   *[other] қалыпты деңгейдің { $number }-ына дейін төмендеді
}
alt-drill = Оқу-жаттығу хабары, жаңалық емес.
alt-reconstruction = Жарияланған деректер негізінде, өлшенбеген.
alt-kind = { $chart }. { $title }.
alt-kinds-lines = Сызықтық диаграмма
alt-kinds-operators = Шағын сызықтық диаграммалар, әр желіге біреуден
alt-kinds-strip = Реңк жолақтары, әр өңірге біреуден
alt-kinds-map = Карта
alt-kinds-durations = Бағанды диаграмма
alt-kinds-timeline = Уақыт шкаласы
alt-range = { CAPITAL($method) } шаққандағы пайыз; { $first } – { $last } UTC.
alt-ordinary = 100% қалыпты деңгейді білдіреді.
alt-now = { $as_of } жағдайы бойынша: { $levels }.
alt-one = { $name } ({ own-plain-level })
alt-late = { $name } ({ own-plain-level }, { $time } UTC)
alt-silent = { $name } (дерек жоқ, соңғысы { $time })
alt-nothing = { $name } (қазіргі мәні жоқ)
alt-lowest = Ең төмен мән: { $name } ({ own-plain-level }), { $time }.
alt-gaps = Сызықтардағы бос орындар деректің жоқтығын білдіреді, нөлді емес.
alt-durations = { $where } тіркелген ұзақтықтар. { $bars }.
alt-bar = { $name }: { $value }
alt-timeline = { $chart }. { $title }. { $told }.
alt-incident = { $name }, { $since }: { $lasted }
alt-source = Дереккөз: { $credits }.
