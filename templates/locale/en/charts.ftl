# The words on a chart.

references-weekly = the median at the same hour of the week over the four weeks before each reading ({ $since } to { $until }, without times of disruption)
references-daily = the median at the same hour of the day over up to seven days before each reading ({ $since } to { $until }, without times of disruption)
references-flat = the median of up to a week before each reading ({ $since } to { $until }, without times of disruption)
references-kept = the level of the week before it began ({ $since } to { $until })
references-unknown = what comparable hours before lead to expect ({ $since } to { $until }, without times of disruption)
chart-reference = 100% is { $reference }.
chart-key = Percent of normal
chart-land = Map: Natural Earth and US Census Bureau, public domain; boundaries and names say nothing on their status.
chart-ordinary = normal level = 100%
chart-band = normal level = 100%; shaded: expected range, { $name }
chart-begins = Disruption begins
chart-drop = Drop begins
chart-ends = Normal level again
chart-gap = no data
chart-stale =
    { $name }
    no data since { $time }
chart-nothing =
    { $name }
    no current value
chart-mark_day = { $day }, { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } at { $time }
chart-foot = As of { $as_of } · newest values may be revised · incident { $incident } · { $address }
chart-site = As of { $as_of } · newest values may be revised · { $address }
chart-reconstructed = Reconstruction from published facts, not measured.
chart-data = Data: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = RECONSTRUCTION
chart-drill = DRILL
chart-test = Test picture, not news
chart-together = { $n ->
    [2] two independent families of signals
    [3] three independent families of signals
    [4] four independent families of signals
    [5] five independent families of signals
   *[other] { $n } independent families of signals
}
chart-ongoing = { $length }, still on
chart-unsure = { $name } (one source)
chart-subtitle = { $metrics }, percent of { $method }, { $period }
chart-lasted = { CAPITAL($noun) } { $within }: { $duration }
chart-lasting = { CAPITAL($noun) } { $within }: { $duration } so far
chart-lasted_alone = A drop { $within } that one source shows: { $duration }
chart-lasting_alone = A drop { $within } that one source shows: { $duration } so far
chart-beside = { $n ->
    [one] How long it lasted, beside the incident on record before it { $within }; pale: what is not known for certain
   *[other] How long it lasted, beside the { $n } incidents on record before it { $within }; pale: what is not known for certain
}
chart-line = { $n ->
    [one] { $n } disruption on record
   *[other] { $n } disruptions on record
}
chart-line_going = { chart-line }, { $going } of them not over
chart-line_period = From the beginning to the end of each, { $period }; pale: what is not known for certain
badge-retracted = the report is withdrawn
badge-ended = ended { $ended }
badge-lasted = lasted { $duration }
badge-suspected = one source, not corroborated · drop began { $onset }
badge-began = began { $onset }
# $since has no year where $until has the same; $from and $to are for languages that put
# the year first.
period-days = { $since } – { $until }
# Within one month; $first is the number of the day alone.
period-within = { $first }–{ $until }
