# The sentences of the report pages: what every page has (`site-`), the first paragraph of
# an incident (`lead-`), and the page of an incident (`incident-`, `impact-`, `affected-`).
#
# A language without this file has no pages, only posts. A language with it also has every
# text of these tables of ../../words/en.toml, named by its path with hyphens between:
# answers, causes, checks, class_rules, classes, facts, faults, history, illnesses, impact,
# meaning, methods_long, page, posted, rules, timeline. `{place}` there is `{ $place }` here.
# Words that posts have too are in the other files: `kinds-`, `families-`, `nouns-`, `stop`.
#
# Words of certainty are those of posts.ftl, and never stronger. A value that is called a
# link, a mark or a time may hold markup, so no function such as CAPITAL may be used on it.
#   $place, $within         the place, and the place with its preposition
#   $a_noun                 what the disruption is called ("a nation-scale internet blackout")
#   $as_of, $onset, $ended  a time ("around 11:00 UTC on 5 January (17:00 in Almaty)")
#   $duration, $cut_count   "about 6 hours", and the number of cuts in digits
#   $source_one, $sources   signals, each with the name of its source
#   $time, $first, $last    a time with its year, never the beginning of a sentence
#   $n                      a number that selects the plural form

## What every page has

site-feed = Internet outages
site-feed-corrections = Corrections and retractions
site-skip = Skip to the text
# The names of the navigation and of the list of languages, for screen readers.
site-navigation = Site
site-languages = Languages
site-places = Places
site-archive = Archive
site-digest = Digest
site-corrections = Corrections
site-status = Status
site-methodology = Methodology
site-about = About
site-feeds = Feeds
site-unpublished = For the operator alone: this page shows events that are not published. Do not pass it on.
# $language is a link with the name of the language of the original ("English").
site-unreviewed = This translation was made by a machine, and no person has checked it. The page that counts is the original: { $language }.
site-reconstruction = Reconstruction: everything on these pages is made from published facts, not measured.
site-replayed = Replay or drill: these pages do not show what is happening now.
site-scorecard = How often we were right
# $contact is a link to an e-mail address, another address, or `site-no-contact`.
site-contact = Corrections and questions: { $contact }.
site-no-contact = no address is configured

## The first paragraph; every message is whole sentences, and posts.ftl has the others

lead-retracted = This report of a disruption { $within } is withdrawn.
lead-usual = As of { $as_of }, the low level has become the usual one, so it may be a lasting change and no disruption.
lead-suspected = One source ({ $source_one }) shows a drop in connectivity { $within }; not corroborated.
lead-suspected-eased = One source ({ $source_one }) showed a drop in connectivity { $within }, which has eased; not corroborated.
lead-restored-alone = One source ({ $source_one }) showed a drop in connectivity { $within }; it was not corroborated, and the source is back to normal levels as of { $as_of }.
lead-drop-began = { drop-began }
lead-drop-began-ended = The drop began { $onset } and ended { $ended }.
lead-restored = Connectivity { $within } is back to normal levels as of { $as_of }.
lead-worst-began = The disruption, at its worst { $a_noun }, began { $onset }.
lead-worst-began-ended = The disruption, at its worst { $a_noun }, began { $onset } and ended { $ended }.
# $families is how many independent families of signals measure it: one, two, three, four,
# five, or other. With `one`, the others that confirmed it are normal again by now.
lead-confirmed = { $families ->
    [one] Independent measurements, of which { $sources } still shows a drop, confirm { $a_noun } { $within }.
    [two] Two independent measurements, { $sources }, confirm { $a_noun } { $within }.
    [three] Three independent measurements, { $sources }, confirm { $a_noun } { $within }.
    [four] Four independent measurements, { $sources }, confirm { $a_noun } { $within }.
    [five] Five independent measurements, { $sources }, confirm { $a_noun } { $within }.
   *[other] Independent measurements, { $sources }, confirm { $a_noun } { $within }.
}
lead-confirmed-partly = { $families ->
    [one] Connectivity { $within } is partly back after { $a_noun }, which independent measurements, of which { $sources } still shows a drop, confirm.
    [two] Connectivity { $within } is partly back after { $a_noun }, which two independent measurements, { $sources }, confirm.
    [three] Connectivity { $within } is partly back after { $a_noun }, which three independent measurements, { $sources }, confirm.
    [four] Connectivity { $within } is partly back after { $a_noun }, which four independent measurements, { $sources }, confirm.
    [five] Connectivity { $within } is partly back after { $a_noun }, which five independent measurements, { $sources }, confirm.
   *[other] Connectivity { $within } is partly back after { $a_noun }, which independent measurements, { $sources }, confirm.
}
# Of a reconstruction, which nobody measured.
lead-facts-confirm = The facts confirm { $a_noun } { $within }.
lead-facts-confirm-partly = Connectivity { $within } is partly back after { $a_noun }, which the facts confirm.
# $statement is an editor's own sentences.
lead-corrected = Corrected: { $statement }
lead-wrong-lowest = Corrected: since { $wrong_at } we gave { $wrong_lowest } of normal levels as the lowest; by revised readings it was { $lowest }.
lead-wrong-onset = Corrected: since { $wrong_at } we said that it began { $wrong_onset }; revised readings tell otherwise.
# After `lead-wrong-lowest`.
lead-wrong-onset-too = We said that it began { $wrong_onset }; revised readings tell otherwise.

## The page of an incident: its top

# A name and its value: a step and its time, a kind and how many there are.
incident-pair = { $name }: { $value }
# Something that happened (it may be a link), and when.
incident-dated = { $what }, { $time }
incident-earlier = Earlier: { $n }
incident-more = More: { $n }
incident-csv = Data (CSV)
incident-drill = Drill: an exercise. Nothing on this page is happening now.
incident-reconstruction = Reconstruction: everything on this page is made from published facts, not measured.
# Two notes without a full stop, beside the state.
incident-silent = No reading since { $time }
incident-as-of = As of { $time }
# $incident is a link with the id of the incident; $publisher is a mark with our name.
incident-reported-once = Incident { $incident }, by { $publisher }. First reported { $first }.
incident-reported-often = Incident { $incident }, by { $publisher }. First reported { $first }, last { $last }.
incident-numbers = In numbers

## What was said

incident-posts = What was said, newest first
incident-check-picture = Check this picture
# $language is a mark with the name of a language in this language itself.
incident-text-in = In { $language }
incident-text-shorter = A shorter text
# $where is a list of links: where each post is (the table `posted`).
incident-posted = Posted { $where }.
incident-not-posted = Not posted yet.
incident-step-csv = Data of this step (CSV)
# Steps in one line, which opens: $n steps from $first to $last, $updates of them daily
# updates. With one step, $first and $last are equal.
incident-folded-updates = { $n ->
    [1] A daily update: { $first }
   *[other] { $n } daily updates: { $first } to { $last }
}
incident-folded-steps = { $n ->
    [1] An earlier step: { $first }
   *[other] { $n } earlier steps: { $first } to { $last }
}
incident-folded-mixed = { $updates ->
    [1] { $n } earlier steps, one of them a daily update: { $first } to { $last }
   *[other] { $n } earlier steps, { $updates } of them daily updates: { $first } to { $last }
}

## The chart and its table

incident-chart = The newest chart
incident-table = The data of this chart as a table
# $readings is a link with the words of `incident-table-csv`; $hours is a number.
incident-table-note = { $hours ->
    [1] Percent of normal levels. Each row has the last reading of the hour up to its time; { $readings }.
   *[other] Percent of normal levels. Each row has the last reading of the { $hours } hours up to its time; { $readings }.
}
incident-table-csv = all readings (CSV)
incident-table-label = The data of the newest chart
# $utc is a mark with `(UTC)`, which the script hides while times are in the reader's zone.
incident-table-until = Until { $utc }
incident-table-none = no reading
incident-charts = The same in other charts

## The timeline

incident-timeline = Timeline, newest first
incident-timeline-note = Reports are what was published here. Measurements are what the readings show. Context is what a person put on record, with a source; it is not measured.
incident-kind-event = Report
incident-kind-measurement = Measurement
incident-kind-context = Context

## What is happening, and what it means

incident-happening = What is happening { $within }?
incident-causes = What is said of the cause
# $source and $copy are links with the words of the two messages after these.
incident-cause-recorded = ({ $source }; on record since { $time })
incident-cause-archived = ({ $source }, { $copy }; on record since { $time })
incident-cause-source = source
incident-cause-copy = archived copy
incident-meaning = What this class of disruption means
incident-class = How it was put into a class
incident-class-note = A class tells what the pattern in the data looks like, by rules that are the same for every country; it tells nothing of who or why.
# $name and $rule are from the tables `classes` and `class_rules`; $version is a number.
incident-class-step = As of { $time }: { $name } ({ $rule }; version { $version } of the rules).

## Who is cut off

impact-heading = Who is cut off
impact-caption = Watched networks as of the latest step
# The columns: the kind of network, and how many are watched, down, and unknown.
impact-column-kind = Kind
impact-column-watched = Watched
impact-column-down = Down
impact-column-unknown = Unknown
impact-column-level = Median level of those down
impact-level = { $level } of normal levels
impact-level-unknown = not known
impact-none-down = none down
impact-none-watched = none known to be of this kind is watched
impact-note = Unknown is not normal: a network that says nothing is counted neither as down nor as up. Networks of other kinds, or of a kind we do not know, are not in this table.
impact-no-networks = No network that is known to be mobile, fixed or hosting is watched here.
affected-regions = Regions that fell
affected-networks = Networks that fell
affected-column-name = Name
affected-column-signal = Measured by
affected-column-level = Of normal, at the latest step
affected-column-lowest = Lowest

## What we cannot see

incident-observed = What we cannot see
# $signals and $families are lists.
incident-judged = Measured here, with a reading at the latest step: { $signals }.
incident-unjudged = Measured here, without a reading that can be judged: { $signals }. That counts as unknown, not as normal.
incident-unmeasured = Not measured for the place as a whole: { $families }.
# $step is a duration ("10 minutes").
incident-apart = Readings are { $step } apart; what is shorter can be missed.
# $methodology is a link with the words of the next message.
incident-unnoticed = Drops that are too shallow or too short are not noticed: { $methodology }.
incident-unnoticed-link = how deep and how long a drop must be in each signal
incident-unseen = Slowed connections, blocked websites or apps, and outages in networks or areas that are not watched may not show in these measurements.
incident-smallest = The smallest fall that can be noticed
incident-smallest-note = Of the place as a whole, by the rules in force and the usual variation of its readings at the latest step. A larger fall can be missed too.
# $depth is a percentage, or one of the two messages after `incident-smallest-joint`; $n is how
# many readings, $span the time that they cover. It is what a fall must have at least.
incident-smallest-alone = { $signal }: suspected alone only from { $depth } below normal; low readings needed: { $n } ({ $span }).
incident-smallest-not-alone = { $signal }: never suspected alone.
incident-smallest-joint = Beside another family it counts only from { $depth } below normal; low readings needed: { $n } ({ $span }).
incident-smallest-range = { $least } to { $most } (by the hour)
incident-smallest-some = { $least } (at some hours not even a total fall stands out)
incident-smallest-never = { $signal }: no fall stands out from the usual variation.
incident-smallest-unknown = { $signal }: not known; no usual variation is stored.
incident-smallest-confirmed = A fall is confirmed only if two families show it together.
incident-smallest-shallow = Smaller falls count only if traffic and another family show them together for { $time }.
incident-smallest-none = The smallest fall that can be noticed here is not known.
incident-troubles = Sources that were faulty or silent
incident-checks = Other explanations checked
incident-checks-as-of = As of the latest step:
incident-passed = Checks that found nothing: { $n }
# What a check found, and a note on it.
incident-noted = { $result } – { $note }

## The history of the place

incident-history = History
incident-previous-count = Earlier incidents { $within } on record here: { $n }.
incident-previous-more = Earlier incidents { $within } on record here: more than { $n }.
incident-previous-none = None on record here.
incident-confirmed-all = Of those that two independent measurements showed:
incident-confirmed-newest = Of those that two independent measurements showed, among the newest:
# $counts is a list of pairs (`incident-pair`).
incident-by-kind = by kind: { $counts }
incident-by-season = by when they began: { $counts }
incident-by-length = by length: { $counts }
incident-reading = Further reading, and previously
incident-reading-previous = Further reading: none yet. Previously:
incident-reading-none = Further reading: none yet. Previously: none on record here.
incident-reading-cited = Further reading, cited above:
# $address is a link; $copy is a link with `incident-cause-copy`, or the next message.
incident-reading-item = { $source }: { $address } ({ $copy })
incident-reading-unarchived = not archived on the web
incident-reading-before = Previously:
incident-reading-before-none = Previously: none on record here.
incident-articles = Further reading, chosen by editors; titles are in their outlets’ words:
# $what is a title or an address, a link where possible; $details a list: who published it, a
# date, the language, and `incident-cause-copy` or what became of the copy.
incident-article = { $what } ({ $details })
incident-article-asked = archived copy asked for, not confirmed
incident-article-failed = no archived copy could be made
incident-article-withdrawn = A link was withdrawn from this list at { $time }. The reason given: { $reason }.
# $archive is a link with the words of the next message.
incident-newest-listed = The newest are listed here. { $archive }
incident-archive = All incidents, by month

## The method, and who we are

incident-method = Methodology
# $baseline is from the table `methods_long`, $rule from the table `rules`.
incident-baseline = 100% is { $baseline }. A level is a reading divided by that. The rule that applied: { $rule }.
incident-method-more = More on the methodology
incident-method-families = Missing readings are shown as gaps and never counted as zero. Signals are grouped into families that observe the same thing: active probing, traffic, routing, telemetry, telescopes. Two independent families over the same interval are needed to confirm a disruption; one alone is called suspected. What is confirmed is the disruption, never its cause.
incident-method-times = Times are intervals: a beginning lies between the end of the last normal reading and the end of the first one that was not.
# The words are those of `missing-`, `nouns-`, `times-around` and `times-morning` and after.
incident-method-words = Quantities in words have numbers behind them. Of the normal level, “almost all” is missing from 90%, “most” from 50%, “some” from 20%. A disruption is called minor while 75% or more are left, significant below 50%, near-total or a blackout below 20%. “Around” is known within 15 minutes; where 3 hours or more in one part of the day are all that is known, that part is named: morning is from 5, afternoon from 12, evening from 18 o’clock in the place.
incident-independence = Independence
incident-independence-text = Outagewire watches connectivity metrics and reports disruptions with the data behind every number. The same rules, thresholds and words apply to every country and every network. Words and charts are made by software from those data; where a person approved or edited them, that is part of the record.
# Both are lists of links to feeds.
incident-feeds = Follow this place: { $place }. Corrections and retractions: { $corrections }.
incident-corrections = Corrections and contact
# $label is a link with the name of a step; $facts are sentences.
incident-correction = { $label }, { $time }: { $facts }
incident-uncorrected = Nothing on this page has been corrected.
# $contact is as in `site-contact`.
incident-contact = Press, corrections and questions, also from those who run the networks or are named here: { $contact }.

## Sources, and other forms of the page

incident-licences = Sources, licences, and how to cite
# $credit and $licence are in the owner's words.
incident-source = { $signal }: { $credit }. { $licence }.
incident-cite-as = Name these sources wherever you use a chart, a number or a file from this page. Cite as:
incident-cite = { $publisher }, “{ $title }”, incident { $incident }, step { $step } of { $time }, { $address }
# Each is a link with the words of one of the next four messages.
incident-formats = This page as { $text }, as { $data }, and to embed: { $following }, or { $frozen }.
incident-format-text = plain text
incident-format-data = data
incident-format-following = following the newest step
incident-format-frozen = as it is now
incident-as-text = This page as plain text
incident-as-data = The facts of this page as data
# $evidence is a link with the words of the next message.
incident-evidence = { $evidence }: what was published, and the readings, rules and parameters from which it follows. Its file README.txt says how to check it.
incident-evidence-link = Evidence for this page (ZIP)
# The page as plain text.
incident-text-drill = DRILL: an exercise. Nothing in this text is happening now.
incident-text-reconstruction = RECONSTRUCTION: everything in this text is made from published facts, not measured.
incident-text-id = Incident { $incident }
# $cause is a sentence of the table `causes`.
incident-text-cause = { $cause } On record since { $time }.

## The version history

incident-versions = Version history
# $added and $removed are marks with the words of the two messages after this.
incident-versions-note = Each step makes a new version of the first paragraph of this page. Against the step before it, { $added } and { $removed }.
incident-versions-added = new words are underlined
incident-versions-removed = words that went are struck out
incident-versions-earlier = Earlier versions: { $n }
# $step is a mark with the words of the next message; $label names the kind of step;
# $onset is a time, $reason is from the table `rules`.
incident-version = { $step }, { $time }. Level: { $level }. Began: { $onset }. Reason: { $reason }.
incident-version-step = Step { $step }, { $label }
incident-version-level = not known
