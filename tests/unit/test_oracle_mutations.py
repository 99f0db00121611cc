"""The sentence oracle finds each of these faults, one at a time, in few generated worlds."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.charts import alt_text
from bot.cli.scoring.sentences import make_texts_function
from bot.detection import snapshot
from bot.detection.fusion import verdict as fusion
from bot.evaluation.sentences.oracle import check_world
from bot.incidents import conditions, facts, transitions
from bot.incidents.conditions import Situation
from bot.incidents.timeline import cuts, levels
from bot.incidents.transitions import TABLE, TransitionRow
from bot.model.incident import EventKind, State
from bot.model.interval import DurationRange, Interval
from bot.model.timeline import Cut
from bot.model.verdict import Scope, SeriesState, Severity, Verdict
from bot.places import load_register
from bot.rendering import renderer
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text import names, text_builder, times, translations
from bot.text.signal_names import signal_name
from bot.text.times import TimeFormatter
from bot.text.translations import environment, templates_root
from tests.builders import changed as changed_facts
from tests.unit import test_sentence_oracle

HOUR = timedelta(hours=1)
WORLDS = (2, 8, 12, 1, 3, 7, 4, 11, 6)
"""Worlds with cuts, partial returns, regions and networks; a fault shows in one of them."""
Patch = pytest.MonkeyPatch


def mutate(patch: Patch, owner: object, name: str, new: Callable) -> None:
    """Replace a function by `new`, which gets the old one as its first argument."""
    old = getattr(owner, name)
    patch.setattr(owner, name, lambda *args, **named: new(old, *args, **named))


def lowest_is_the_present_level(patch: Patch) -> None:
    def changed(old, *args):
        made = old(*args)
        return changed_facts(made, lowest=(made.levels.now or 0.0) + 0.3)

    mutate(patch, facts._FactsBuilder, "facts", changed)


def duration_counts_the_time_between_cuts(patch: Patch) -> None:
    def changed(old, times_down, as_of):
        whole = replace(times_down[-1], began=times_down[0].began)
        return old([whole], as_of)

    mutate(patch, facts, "time_down", changed)


def each_series_makes_its_own_cut(patch: Patch) -> None:
    patch.setattr(cuts, "_continues_cut", lambda *_: False)


def all_cuts_are_one(patch: Patch) -> None:
    patch.setattr(cuts, "_continues_cut", lambda *_: True)


def the_end_is_when_it_was_noticed(patch: Patch) -> None:
    def changed(old, *args):
        made = old(*args)
        at = made.timing.as_of + 3 * HOUR
        if made.timing.restored is None:
            return made
        return changed_facts(made, restored=Interval(at, at))

    mutate(patch, facts._FactsBuilder, "facts", changed)


def the_onset_is_two_hours_late(patch: Patch) -> None:
    def changed(old, self, finding):
        onset = old(self, finding)
        return onset and Interval(onset.until + 2 * HOUR, onset.until + 2.5 * HOUR)

    mutate(patch, snapshot.Snapshot, "precise_onset_of", changed)


def the_end_is_two_hours_early(patch: Patch) -> None:
    def changed(old, *args):
        return tuple(
            Cut(cut.began, cut.ended and Interval(cut.began.until, cut.began.until))
            for cut in old(*args)
        )

    mutate(patch, facts, "published_cuts", changed)


def the_level_is_that_of_another_time(patch: Patch) -> None:
    def changed(old, shown):
        level = old(shown)
        return level and (1.0 if level < 0.6 else 0.3)

    mutate(patch, text_builder, "_place_level", changed)


def the_time_of_a_level_is_now(patch: Patch) -> None:
    def changed(old, event, *args, **named):
        as_of = event.facts.timing.as_of - 6 * HOUR
        shown = changed_facts(event.facts, as_of=as_of)
        return old(replace(event, facts=shown), *args, **named)

    mutate(patch, renderer, "build", changed)


def every_disruption_is_minor(patch: Patch) -> None:
    patch.setattr(facts, "present_severity", lambda *_: Severity.MINOR)
    patch.setattr(facts, "worst_severity", lambda *_: Severity.MINOR)


def every_disruption_is_national(patch: Patch) -> None:
    patch.setattr(fusion, "scope_of", lambda *_: Scope.NATIONAL)


def parts_that_stand_are_called_affected(patch: Patch) -> None:
    def changed(old, reader, findings):
        listed = tuple(findings)
        return old(reader, (replace(f, state=SeriesState.DROPPED) for f in listed))

    patch.setattr(
        Verdict,
        "fallen_parts",
        property(lambda self: tuple(f for f in self.parts if f.level is not None)),
    )
    mutate(patch, levels.LevelReader, "lowest_first", changed)


def local_times_are_of_another_zone(patch: Patch) -> None:
    def changed(old, self, at):
        return old(self, at + HOUR)

    mutate(patch, TimeFormatter, "local", changed)


def weekdays_are_a_day_late(patch: Patch) -> None:
    mutate(
        patch,
        TimeFormatter,
        "_weekday",
        lambda old, self, at: old(self, at + 24 * HOUR),
    )


def percents_are_a_fifth_too_low(patch: Patch) -> None:
    mutate(
        patch,
        translations.Translations,
        "percent",
        lambda old, self, level: old(self, level * 0.6),
    )


def a_family_that_is_down_is_called_normal(patch: Patch) -> None:
    def changed(old, self):
        down = [s for s in self.facts.levels.series if s.state is SeriesState.DROPPED]
        called = [signal_name(self.translations, s.signal, s.family) for s in down]
        return self.translations.join_list(called) if called else ""

    mutate(patch, names.EventNames, "returned_signals", changed)


def nothing_rose_but_it_is_called_partly_back(patch: Patch) -> None:
    def an_hour_passed(s: Situation) -> bool:
        return s.verdict.at - s.incident.changed_at >= HOUR

    row = TransitionRow(
        frozenset({State.CONFIRMED}),
        an_hour_passed,
        EventKind.PARTLY_RESTORED,
        State.PARTLY_RESTORED,
        "level-rose",
        always=True,
    )
    # It comes after the end, the confirmation and the correction.
    patch.setattr(transitions, "TABLE", (*TABLE[:5], row, *TABLE[5:]))


def an_outage_is_over_when_one_family_is_back(patch: Patch) -> None:
    def changed(old, incident, verdict):
        return old(incident, verdict) or verdict.at - incident.changed_at > HOUR

    mutate(patch, conditions, "is_back", changed)


def times_lose_their_days(patch: Patch) -> None:
    def changed(old, self, interval, near=None):
        return old(self, interval, interval.until)

    mutate(patch, TimeFormatter, "interval", changed)


def a_real_outage_is_withdrawn(patch: Patch) -> None:
    patch.setattr(conditions, "has_returned", lambda *_: False)


def the_alt_text_gives_one_time_for_all(patch: Patch) -> None:
    def changed(old, line, as_of, formatter):
        return old(
            replace(line, last_at=as_of) if line.last_at else line, as_of, formatter
        )

    mutate(patch, alt_text, "_line_text", changed)


def a_measurement_is_counted_twice(patch: Patch) -> None:
    mutate(patch, names.EventNames, "family_count", lambda old, self: old(self) + 2)


def a_family_that_saw_nothing_is_named(patch: Patch) -> None:
    patch.setattr(
        names.EventNames,
        "_measured_series",
        lambda self: list(self.facts.levels.series),
    )


def durations_are_half(patch: Patch) -> None:
    mutate(
        patch,
        times.TimeFormatter,
        "duration",
        lambda old, self, span: old(
            self, DurationRange(span.shortest / 4, span.longest / 4)
        ),
    )


def a_first_drop_is_called_another_one(patch: Patch) -> None:
    def changed(old, *args):
        return tuple(list(old(*args)) * 2)

    mutate(patch, facts, "published_cuts", changed)


MUTATIONS: tuple[Callable[[Patch], None], ...] = (
    lowest_is_the_present_level,
    duration_counts_the_time_between_cuts,
    each_series_makes_its_own_cut,
    all_cuts_are_one,
    the_end_is_when_it_was_noticed,
    the_onset_is_two_hours_late,
    the_end_is_two_hours_early,
    the_level_is_that_of_another_time,
    the_time_of_a_level_is_now,
    every_disruption_is_minor,
    every_disruption_is_national,
    parts_that_stand_are_called_affected,
    local_times_are_of_another_zone,
    weekdays_are_a_day_late,
    percents_are_a_fifth_too_low,
    a_family_that_is_down_is_called_normal,
    nothing_rose_but_it_is_called_partly_back,
    an_outage_is_over_when_one_family_is_back,
    times_lose_their_days,
    a_real_outage_is_withdrawn,
    the_alt_text_gives_one_time_for_all,
    a_measurement_is_counted_twice,
    a_family_that_saw_nothing_is_named,
    durations_are_half,
    a_first_drop_is_called_another_one,
)


CHECKED_FIRST = {
    every_disruption_is_minor: 6,
    every_disruption_is_national: 12,
    parts_that_stand_are_called_affected: 12,
}
"""The worlds in which some faults show; no other of `WORLDS` is known to show these."""


@pytest.fixture(autouse=True)
def _fresh_texts() -> Iterator[None]:
    """Texts of events are cached; a mutation must neither find nor leave any."""
    build = text_builder.build
    build.cache_clear()
    yield
    build.cache_clear()


# That these worlds have no false sentence without a fault is shown in
# test_sentence_oracle.py, which checks them too.
@pytest.mark.sampled(4)
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_the_oracle_finds_a_seeded_fault(mutation, monkeypatch):
    mutation(monkeypatch)
    first = CHECKED_FIRST.get(mutation)
    worlds = sorted(WORLDS, key=lambda world: world != first)
    assert any(check_world(world, _texts()).wrong for world in worlds)


def test_the_worlds_are_also_checked_without_a_fault():
    assert set(WORLDS) <= set(test_sentence_oracle.WORLDS)


def _texts():
    return make_texts_function(
        TemplateRenderer(
            register=load_register(),
            site=Path("unused"),
            base_url="https://o.example",
            contact="",
            templates=environment(templates_root(), all_brands()),
        )
    )
