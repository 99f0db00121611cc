"""Turn the facts of an event into text for posts, charts, alt texts and pages."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from bot.model.event import Facts, IncidentEvent
from bot.model.incident import State
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.timeline import Cut
from bot.model.verdict import SeriesState
from bot.places import Register
from bot.text.credits import credit_line
from bot.text.names import EventNames
from bot.text.phrases import (
    disruption_noun,
    earlier_noun,
    escalation_change,
    missing_share,
    worst_severity,
)
from bot.text.places_affected import (
    NARROW_SCOPES,
    place_phrase,
    reported_parts,
    zone_of,
)
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

_PROMPT = frozenset({Family.ACTIVE_PROBING, Family.TRAFFIC, Family.CONTROL_PLANE})
"""Families whose normal level shows that service may be back."""
SILENCE_MESSAGES = ("level-silent", "title-silent")
"""Messages that a catalogue may lack."""
_RISEN_BY = 0.05
_MAY_HIDE_A_CUT = timedelta(hours=6)
_EASED_BY = 0.25
"""The least rise above the lowest level at which texts say that a drop has eased."""


@dataclass(frozen=True, slots=True)
class EventText:
    """The text for one event in one language; an empty string means nothing to say.

    Attributes:
        glyph: the emoji of the step; empty in a plain post.
        states: the states or provinces affected, if texts name them (see `states_named`).
        within: "in Kazakhstan"; tag_within: "in #Kazakhstan"; whole_within: the same of
            the whole country where texts name states.
        noun: the noun for the disruption; a_noun: in English the noun with its article,
            in other languages the same as `noun`.
        missing: the word for the missing share of the ordinary level: "some", "most" or
            "almost-all"; empty for a share below 20%, for an unknown level of the place,
            if levels of parts are given, or if the incident is over.
        narrow: whether levels of networks or regions are given instead of the place's.
        easing: whether the place is partly restored.
        overtaken: whether another signal read normal after the level of the place, while
            the place is not called partly restored.
        change: what an escalation changed: "again" (down again after a partial
            return), "wider", "deeper" or "".
        measured: who measured the event with what, grouped by source.
        measured_by: the sources that measured the event; empty for a reconstruction.
        back: the signals whose levels are normal again.
        still, still_first: what is still down, at most three signals; the first of them.
        recovered: networks whose levels are normal again while others are down.
        statement: an editor's statement of what was wrong, if there is one.
        family_count: how many independent families the signals in `sources` are of.
        eased: whether the level stands well above the lowest so far.
        cut_count: the number of cuts, if there are several, otherwise "". The duration
            is the sum of the cuts.
        cut_onset: when the latest cut began.
        ended_near: the end as it is written right after `as_of`: without its day if this
            is the same UTC day.
        silent: whether the series of the level has no current reading, and the language
            has a sentence for that; `as_of` is then the time of its last reading.
        silent_signal: the name of that signal or part, if `silent`.
        moment: the time that `as_of` gives; aware, UTC.
        risen: whether the level stands above the lowest so far by more than noise.
        wrong_at: the time of the incident's first event, for a correction.
        wrong_lowest, wrong_onset: the published values that a correction replaces.
    """

    kind: str
    state: str
    scope: str
    severity: str
    label: str
    place: str
    within: str
    tag: str
    tag_within: str
    noun: str
    a_noun: str
    subject: str
    narrow: bool
    easing: bool
    overtaken: bool
    level: str
    missing: str
    lowest: str
    operators: str
    operator_levels: str
    operator_range: str
    regions: str
    as_of: str
    as_of_brief: str
    level_as_of: str
    onset: str
    onset_day: str
    ended: str
    duration: str
    sources: str
    source_one: str
    measured: str
    measured_by: str
    back: str
    still: str
    still_first: str
    recovered: str
    earlier: str
    change: str
    method: str
    credits: str
    reconstruction: bool
    drill: bool
    statement: str
    corroborated: bool
    link: str
    wrong_at: str = ""
    wrong_lowest: str = ""
    wrong_onset: str = ""
    family_count: str = ""
    eased: bool = False
    silent: bool = False
    silent_signal: str = ""
    cut_count: str = ""
    cut_onset: str = ""
    states: str = ""
    whole_within: str = ""
    ended_near: str = ""
    glyph: str = ""
    moment: datetime | None = None
    risen: bool = False


# The results are cached, because a page needs the texts of all events of its incident
# each time that it is written, and stored events never change.
@lru_cache(maxsize=256)
def build(
    event: IncidentEvent, translations: Translations, register: Register, link: str = ""
) -> EventText:
    """Build the text of `event` from its facts alone (P4)."""
    facts = event.facts
    times = TimeFormatter(translations, register, zone_of(facts, register))
    names = EventNames(translations, register, facts)
    tag = register.hashtag(facts.place, translations.lang)
    noun, a_noun = _disruption_nouns(translations, facts)
    back, still = names.returned_signals(), names.signals_still_down()
    # If the text gives the levels of these signals instead of the place's level, the
    # text gives their time as well.
    easing = facts.state is State.PARTLY_RESTORED
    narrow = bool(reported_parts(facts))
    # Where the levels of parts are given, those of the place's signals are not.
    overtaken = not easing and not narrow and _is_overtaken(facts)
    still_at = names.still_down_at() if (easing or overtaken) and back else None
    silent = is_silent(facts) and all(translations.has(m) for m in SILENCE_MESSAGES)
    # A language without a sentence for silence says that no level can be given as of the
    # event: at the time of the last reading there was one.
    level_at = event.at if is_silent(facts) and not silent else facts.as_of
    as_of = still_at or names.parts_read_at() or level_at
    # Readers take a time without a date for a time of the event's day (UTC). If the
    # readings are of an earlier day, all times get their dates.
    near = as_of if as_of.date() == event.at.date() else None
    # One line for each field, so that texts and facts can be compared at a glance.
    text = EventText(
        kind=event.kind,
        state=facts.state,
        scope=facts.scope,
        severity=facts.severity,
        label=translations.translate("kinds", event.kind),
        place=names.place,
        within=names.within,
        states=names.states,
        whole_within=names.whole_within,
        tag=tag,
        tag_within=place_phrase(
            translations, register, facts, translations.translate("hashtag", tag=tag)
        ),
        noun=noun,
        a_noun=a_noun,
        subject=names.subject(),
        narrow=narrow,
        easing=easing,
        overtaken=overtaken,
        level=_percent(translations, _place_level(facts)),
        missing=_missing(facts),
        lowest=_percent(translations, facts.lowest),
        operators=names.operators(),
        operator_levels=names.operator_levels(),
        operator_range=names.operator_range(),
        regions=names.regions(),
        as_of=times.instant(as_of),
        as_of_brief=times.brief(as_of),
        level_as_of=times.instant(level_at),
        onset=times.interval(facts.onset, near),
        onset_day=times.shared_day(facts.onset),
        ended=_end_after_onset(facts, times, near),
        ended_near=times.interval(facts.restored, near) if facts.restored else "",
        duration=times.duration(facts.duration),
        sources=names.sources("sources"),
        source_one=names.sources("source"),
        measured=names.sources("measured"),
        measured_by=names.measured_by(),
        back=back,
        still=still,
        still_first=names.signals_still_down(most=1),
        recovered=names.recovered_networks(),
        earlier=earlier_noun(translations, facts),
        change=escalation_change(facts.phases, facts),
        method=describe_baseline(translations, facts, "methods"),
        credits=credit_line(translations, facts),
        reconstruction=facts.reconstruction,
        drill=facts.drill,
        statement=facts.statement,
        corroborated=is_corroborated(event),
        family_count=str(names.family_count()),
        eased=has_eased(facts),
        silent=silent,
        silent_signal=names.principal() if silent else "",
        cut_count=_cut_count(translations, facts),
        cut_onset=times.interval(facts.latest_cut.began),
        link=link,
        moment=as_of,
        risen=_has_risen(facts),
    )
    return _with_correction(text, facts, translations, times)


def _disruption_nouns(translations: Translations, facts: Facts) -> tuple[str, str]:
    """Return the noun for the disruption, and the noun with its article (in English only)."""
    # An incident that is over, or partly, keeps the noun of its worst severity, because
    # its current severity no longer describes the disruption.
    severity = worst_severity(facts)
    kind, scope = facts.place.kind, facts.scope
    return (
        disruption_noun(translations, kind, scope, severity),
        disruption_noun(translations, kind, scope, severity, table="phrases"),
    )


def _is_overtaken(facts: Facts) -> bool:
    """Whether a confirmed level is older than a normal one of another family of the place.

    A family that reports hours later may confirm what was over by then.
    """
    return facts.state is State.CONFIRMED and any(
        s.family in facts.returned
        and s.family in _PROMPT
        and s.state is SeriesState.ORDINARY
        and s.as_of > facts.as_of
        for s in facts.series
    )


def _may_hide_another(cut: Cut, as_of: datetime) -> bool:
    """Whether a further cut may lie in a time of which no series has readings."""
    # Of a cut that lasts, the readings since it was last seen low show no end.
    lasts = Interval(min(cut.seen_low or as_of, as_of), as_of)
    wide = any(i.width > _MAY_HIDE_A_CUT for i in (cut.began, cut.ended or lasts))
    return cut.unseen is not None or wide


def _cut_count(translations: Translations, facts: Facts) -> str:
    """Return the number of cuts in the digits of the language; "" for fewer than two."""
    # Where no series was seen between two drops, they may be one cut, two, or more.
    if any(_may_hide_another(cut, facts.as_of) for cut in facts.cuts):
        return ""
    number = len(facts.cuts)
    return translations.catalogue.digits(str(number)) if number > 1 else ""


def _end_after_onset(facts: Facts, times: TimeFormatter, near: datetime | None) -> str:
    """Return the end of the incident, as it is written after its onset, or ""."""
    if facts.restored is None:
        return ""
    # Readers take an end without a day for one on the day of the onset, which stands
    # just before it.
    same = near is not None and facts.onset.since.date() == near.date()
    return times.interval(facts.restored, near if same else None)


def _with_correction(
    text: EventText, facts: Facts, translations: Translations, times: TimeFormatter
) -> EventText:
    """Return the text with what a correction replaces; unchanged for other events."""
    wrong = facts.wrong
    if wrong is None:
        return text
    return replace(
        text,
        wrong_at=times.brief(wrong.told_at),
        wrong_lowest=_percent(translations, wrong.lowest),
        wrong_onset=times.interval(wrong.onset, facts.as_of) if wrong.onset else "",
    )


def is_corroborated(event: IncidentEvent) -> bool:
    """Whether the incident was ever confirmed (P7).

    If only one family ever showed an incident, texts always call it a drop.
    """
    return event.confirmed


def is_silent(facts: Facts) -> bool:
    """Whether the series that represents the place has no current reading."""
    # Without a principal series there never was a level.
    return facts.level is None and bool(facts.principal)


def has_eased(facts: Facts) -> bool:
    """Whether the printed level stands well above the lowest level of the incident."""
    if facts.level is None or facts.lowest is None or reported_parts(facts):
        return False
    return facts.level - facts.lowest >= _EASED_BY


def _has_risen(facts: Facts) -> bool:
    if facts.level is None or facts.lowest is None:
        return False
    return facts.level - facts.lowest >= _RISEN_BY


def _percent(translations: Translations, level: float | None) -> str:
    return "" if level is None else translations.percent(level)


def _place_level(facts: Facts) -> float | None:
    """Return the place's own level; None if it is unknown or is that of a part.

    None as well if the text is about parts, and no level of theirs is known.
    """
    # The level of a part must never read as the level of the whole place (P4), nor the
    # normal level of a place as that of silent networks (P18).
    is_of_parts = facts.scope in NARROW_SCOPES and bool(facts.networks)
    is_other = facts.part is not None or (is_of_parts and not reported_parts(facts))
    return None if is_other else facts.level


def _missing(facts: Facts) -> str:
    """Return the word for the missing share of the place's own level, or ""."""
    # After the end nothing is missing. Where the text gives the levels of parts instead
    # of the place's, it must not state a missing share of the whole place.
    omitted = facts.restored is not None or bool(reported_parts(facts))
    level = _place_level(facts)
    return "" if omitted or level is None else missing_share(level)


def describe_baseline(translations: Translations, facts: Facts, table: str) -> str:
    """Return the text in `table` that says what 100 percent is, by baseline method."""
    # A method without a text in this language must not stop the post.
    text = translations.find(table, facts.method)
    return text if isinstance(text, str) else translations.translate(table, "unknown")
