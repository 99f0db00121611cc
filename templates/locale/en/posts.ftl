# Every sentence of a post. What stands between braces is filled in:
#   $place  the place as a name or hashtag ("Kazakhstan", "#Kazakhstan")
#   $where  the same as a place ("in #Kazakhstan"; see `places-within` in words.ftl)
#   $noun, $a_noun  what the disruption is called, without and with its article
#   $level, $lowest  percent of normal ("28%", "less than 1%")
#   $as_of_brief  a time in few words ("5 Jan 11:00 UTC")
#   $as_of, $onset, $ended  a time ("around 11:00 UTC on 5 January (17:00 in Almaty)")
# A headline has no stop at its end: `stop` follows it where it is a sentence.

stop = .
# Between sentences, and the place as a hashtag: Chinese needs no space, and then two.
gap = {" "}
hashtag = { $tag }

opening-drill = [Drill, not news]
opening-reconstruction = [Reconstruction]
opening-reconstruction-short = { opening-reconstruction }

## Headlines

suspected = Suspected: one source ({ $source_one }) shows a drop in connectivity { $where }; not corroborated
suspected-short = Suspected: one source shows a drop { $where }; not corroborated
suspected-eased = Suspected: the drop in connectivity { $where } that one source ({ $source_one }) showed has eased; not corroborated
suspected-eased-short = Suspected: the drop { $where } that one source showed has eased; not corroborated
confirmed = Confirmed: { $noun } { $where }
again = Update: connectivity { $where } has fallen back after a partial return
again-goes-on = Update: connectivity { $where } has fallen back after a partial return; the { $noun } goes on
wider = Update: the disruption { $where } has widened to { $a_noun }
deeper = Update: the disruption { $where } has deepened to { $a_noun }
grown = Update: the disruption { $where } has grown; it is { $a_noun }
now-short = Update: the disruption { $where } is now { $a_noun }
continues = Update: the { $noun } { $where } continues
still-partly-back = Update: connectivity { $where } is still only partly back
partly-back = Update: connectivity { $where } is partly back
reopened = Update: connectivity { $where } has dropped again: { $a_noun }
restored = Restored: connectivity { $where } is back to normal levels
restored-alone = Restored: the drop in connectivity { $where } that one source showed is over; it was not corroborated
restored-parts = Restored: { title-restored } ({ $tag })
retracted = Retracted: we withdraw our report of a disruption { $where }
corrected-noun = Correction: the disruption { $where } is now described as { $a_noun }
corrected-report = Correction: our report on { $place }
# An editor's own words follow.
corrected-statement = Correction, disruption { $where }:

## How deep it is

level = Connectivity is at { $level } of normal levels at { $as_of }.
level-it = It is at { $level } of normal levels at { $as_of }.
level-reads = It reads { $level } of normal levels at { $as_of }.
level-undated = Connectivity is at { $level } of normal levels.
level-none = As of { $as_of }, no level can be given.
level-short = At { $level } of normal levels ({ $as_of_brief }).
level-none-short = No level can be given ({ $as_of_brief }).
# The last reading is overdue. A language without this message says `level-none`.
level-silent = No reading of { $silent_signal } since { $as_of }.
level-networks = { $operator_levels } of normal levels at { $as_of }.
# Where the parts do not fit by name: the range of all of them, never as the whole place's.
where-affected = { $scope ->
    [operator] On the networks affected:
    [mobile] On the networks affected:
   *[other] In the places affected:
}
level-parts = { where-affected } { $operator_range } of normal levels at { $as_of }.
level-parts-short = { where-affected } { $operator_range } of normal levels ({ $as_of_brief }).
lowest = The lowest was { $lowest }.
lowest-of = The lowest was { $lowest } of normal levels.
lowest-so-far = The lowest so far was { $lowest }.
lowest-so-far-of = The lowest so far was { $lowest } of normal levels.
as-of = This is as of { $as_of }.
# From 90 percent, from 50 and from 20 percent of the normal level missing.
missing-almost-all = Almost all of the normal connectivity is missing.
missing-most = Most of the normal connectivity is missing.
missing-some = Some of the normal connectivity is missing.

## Since when, and how long

began = It began { $onset }.
first-began = It first began { $onset }.
began-as = It began as { $earlier } on { $onset_day }.
began-as-short = It began as { $earlier }.
disruption-began = The disruption began { $onset }.
drop-began = The drop began { $onset }.
drop-named = The report named a drop that began { $onset }.
ended = It ended { $ended }.
lasted = The disruption lasted { $duration }.
lasted-alone = It lasted { $duration }.
lasting = It has lasted { $duration } so far.
lasted-cuts = There were { $cut_count } cuts, { $duration } in all.
lasting-cuts = There have been { $cut_count } cuts so far, { $duration } in all.

## Where, who measured, why

regions = Affected: { $regions }.
operators = Affected: { $operators }.
operator-levels = { $operator_levels }.
recovered = Normal again: { $recovered }.
back-and-still = Normal again: { $back }. At { $as_of }, { $still }.
back-and-still-short = Back: { $back }. { still-short }
still-short = As of { $as_of_brief }, { $still }.
measured = Measured { $measured }.
# Of a reconstruction, which nobody measured.
sources = Signals: { $sources }.
source = Source: { $measured_by }.
credits = Sources and licences: { $credits }.
cause-unknown = The cause is not known.
restrictions = Services may still be restricted in ways that this does not show.
reconstructed = Made from published facts, not measured.
report = The report, with the chart, its data and every step so far:

## What was wrong

corrected-readings = Correction: revised readings change our report of { $wrong_at } on { $place }.
wrong-lowest = It gave { $wrong_lowest } of normal levels as the lowest; it was { $lowest }.
wrong-lowest-short = The lowest was { $lowest }, not { $wrong_lowest }.
wrong-onset = It began { $onset }, not { $wrong_onset }.
wrong-onset-short = It began at another time than was said.
alone = One source shows a drop; not corroborated.
alone-short = Not corroborated.
unsupported = The data as of { $as_of } no longer support it.
marked-retracted = Retracted. What stood here no longer holds; our newest post in this thread says why.
marked-corrected = Corrected: our newest post in this thread says what was wrong here.

## A test

test = Test post, not news. It is taken down again at once.
test-at = Sent on { $at } UTC.
