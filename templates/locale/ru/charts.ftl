# The words on a chart; see ../en/charts.ftl.

references-weekly = медиана в тот же час недели за четыре недели до каждого замера ({ $since } – { $until }, без времени перебоев)
references-daily = медиана в тот же час суток за срок до семи дней перед каждым замером ({ $since } – { $until }, без времени перебоев)
references-flat = медиана за срок до недели перед каждым замером ({ $since } – { $until }, без времени перебоев)
references-kept = уровень недели до начала ({ $since } – { $until })
references-unknown = то, чего следует ждать по сравнимым часам ({ $since } – { $until }, без времени перебоев)
chart-reference = 100% — это { $reference }.
chart-key = В процентах от обычного уровня
chart-land = Карта: Natural Earth и US Census Bureau, общественное достояние; границы и названия ничего не говорят об их статусе.
chart-ordinary = обычный уровень = 100%
chart-band = обычный уровень = 100%; фон: ожидаемый диапазон, { $name }
chart-begins = Начало перебоев
chart-drop = Начало снижения
chart-ends = Снова обычный уровень
chart-gap = нет данных
chart-stale =
    { $name }
    нет данных с { $time }
chart-nothing =
    { $name }
    нет текущего значения
chart-mark_day = { $day }, { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } в { $time }
chart-foot = По состоянию на { $as_of } · последние значения могут уточняться · инцидент { $incident } · { $address }
chart-site = По состоянию на { $as_of } · последние значения могут уточняться · { $address }
chart-reconstructed = Реконструкция по опубликованным данным, а не результат измерений.
chart-data = Данные: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = РЕКОНСТРУКЦИЯ
chart-drill = УЧЕБНОЕ СООБЩЕНИЕ
chart-test = Тестовое изображение, не новость
chart-together = { $n ->
    [2] два независимых вида измерений
    [3] три независимых вида измерений
    [4] четыре независимых вида измерений
    [5] пять независимых видов измерений
   *[other] независимых видов измерений: { $n }
}
chart-ongoing = { $length }, продолжается
chart-unsure = { $name } (один источник)
chart-subtitle = { $metrics }, в процентах от { $method }, { $period }
chart-lasted = { $place }: { $noun }; длительность: { $duration }
chart-lasting = { $place }: { $noun }; длительность на данный момент: { $duration }
chart-lasted_alone = { $place }: снижение по данным одного источника; длительность: { $duration }
chart-lasting_alone = { $place }: снижение по данным одного источника; длительность на данный момент: { $duration }
chart-beside = { $n ->
    [one] Длительность в сравнении с { $n } прежним инцидентом ({ $place }); бледным показано то, что точно не известно
   *[other] Длительность в сравнении с { $n } прежними инцидентами ({ $place }); бледным показано то, что точно не известно
}
chart-line = { $n ->
    [one] { $n } зарегистрированный случай перебоев
    [few] { $n } зарегистрированных случая перебоев
   *[other] { $n } зарегистрированных случаев перебоев
}
chart-line_going = { chart-line }, не завершено: { $going }
chart-line_period = От начала до окончания каждого, { $period }; бледным показано то, что точно не известно
badge-retracted = сообщение отозвано
badge-ended = окончание: { $ended }
badge-lasted = длительность: { $duration }
badge-suspected = один источник, другими не подтверждено · начало снижения: { $onset }
badge-began = начало: { $onset }
period-days = { $since } – { $until }
period-within = { $first }–{ $until }
