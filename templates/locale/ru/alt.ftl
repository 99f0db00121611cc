# Charts in words; see ../en/alt.ftl.

title-retracted = Отозвано. { $place }: мы отзываем своё сообщение о перебоях в работе интернета
title-back = { $subject } вернулся к обычному
title-unknown = { $subject } определить нельзя
title-silent = { $subject } неизвестен, данных нет с { $as_of_brief } ({ $silent_signal })
title-suspected = { $place }: по данным одного источника, уровень интернет-связи составляет { $number } от обычного
title-suspected-narrow = { $subject } составляет { $number } от обычного по данным одного источника
title-easing = { $place }: частичное восстановление; на обычном уровне: { $back }; всё ещё ниже обычного: { $still_first }
title-easing-short = { $place }: частичное восстановление; всё ещё ниже обычного: { $still_first }
title-updated = { $subject } составляет { $number } от обычного
title-partly-restored = { $subject } частично восстановился и составляет { $number } от обычного
# HOUR is 0 where the level begins with a word ("менее 1%"), which no "до" can precede.
title-reopened = { HOUR($number) ->
    [0] { $subject } снова снизился и составляет { $number } от обычного
   *[other] { $subject } снова снизился, до { $number } от обычного
}
title-restored = { $subject } восстановился и составляет { $number } от обычного
title-corrected = Исправлено. { $subject } составляет { $number } от обычного
title-falls = { HOUR($number) ->
    [0] { $subject } снизился и составляет { $number } от обычного
   *[other] { $subject } снизился до { $number } от обычного
}
alt-drill = Учебное сообщение, не новость.
alt-reconstruction = Реконструкция, а не измерение.
alt-kind = { $chart }. { $title }.
alt-kinds-lines = Линейный график
alt-kinds-operators = Небольшие линейные графики, по одному на сеть
alt-kinds-strip = Полосы оттенков, по одной на регион
alt-kinds-map = Карта
alt-kinds-durations = Столбчатая диаграмма
alt-kinds-timeline = Шкала времени
alt-range = В процентах от { $method }, { $first } – { $last } UTC.
alt-ordinary = 100% — обычный уровень.
alt-now = По состоянию на { $as_of }: { $levels }.
alt-one = { $name } ({ $level })
alt-late = { $name } ({ $level } в { $time } UTC)
alt-silent = { $name } (нет данных с { $time })
alt-nothing = { $name } (нет текущего значения)
alt-lowest = Минимум: { $name } ({ $level }), { $time }.
alt-gaps = Разрывы линий — это отсутствие данных, а не ноль.
alt-durations = Длительность ({ $place }). { $bars }.
alt-bar = { $name }: { $value }
alt-timeline = { $chart }. { $title }. { $told }.
alt-incident = { $name }, { $since }: { $lasted }
alt-source = Источник: { $credits }.
