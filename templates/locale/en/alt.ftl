# Charts in words. A title says the finding; $number is the level it tells, $subject
# what a chart speaks of (`subjects` in words.ftl). The rest is for those who cannot see.

title-retracted = Retracted: no disruption { $within } is reported any more
title-back = { $subject } is back at ordinary levels
title-unknown = { $subject }: no level can be given
title-suspected = One source shows connectivity { $within } at { $number } of ordinary levels
title-suspected-narrow = One source shows { SMALL($subject) } at { $number } of ordinary levels
title-easing = Partly back { $within }: { $back }; still down: { $still_first }
title-easing-short = Partly back { $within }; still down: { $still_first }
title-updated = { $subject } stands at { $number } of ordinary levels
title-partly-restored = { $subject } is partly back, at { $number } of ordinary levels
title-reopened = { $subject } falls again, to { $number } of ordinary levels
title-restored = { $subject } is back at { $number } of ordinary levels
title-corrected = Corrected: { SMALL($subject) } at { $number } of ordinary levels
title-falls = { $subject } falls to { $number } of ordinary levels
alt-drill = Drill, not news.
alt-reconstruction = Reconstruction, not measured.
alt-kind = { $chart }: { $title }.
alt-kinds-lines = Line chart
alt-kinds-operators = Small line charts, one for each network
alt-kinds-strip = Strips of shades, one for each region
alt-kinds-map = Map
alt-kinds-durations = Bar chart
alt-kinds-timeline = Timeline
alt-range = Percent of { $method }, { $first } to { $last } UTC.
alt-ordinary = 100% is the ordinary level.
alt-now = At { $as_of }: { $levels }.
alt-one = { $name } { $level }
alt-late = { $name } { $level } (at { $time } UTC)
alt-silent = { $name } no data since { $time }
alt-nothing = { $name } no current value
alt-lowest = Lowest: { $name } { $level } at { $time }.
alt-gaps = Gaps in the lines are missing data, not zero.
alt-durations = Durations { $within }: { $bars }.
alt-source = Source: { $credits }.
