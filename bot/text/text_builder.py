"""Build the text of an event in one language from the facts of the event."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from bot.model.event import Facts, IncidentEvent, PlaceLevels, Timing
from bot.model.incident import State
from bot.model.interval import Interval
from bot.model.signal import STRONG_FAMILIES
from bot.model.timeline import Cut
from bot.model.verdict import NARROW_SCOPES, SeriesState
from bot.places import Register
from bot.text.credits import credit_line
from bot.text.event_text import (
    CorrectionText,
    EventText,
    LevelText,
    NameText,
    PartsText,
    SourcesText,
    TimingText,
)
from bot.text.names import EventNames
from bot.text.phrases import (
    disruption_noun,
    earlier_noun,
    escalation_change,
    missing_share,
    text_severity,
)
from bot.text.places_affected import (
    place_phrase,
    reported_parts,
    zone_of,
)
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

SILENCE_MESSAGES = ("level-silent", "title-silent")
"""The messages about a level whose series is silent; a catalogue may lack them."""
_RISEN_BY = 0.05
_MAY_HIDE_A_CUT = timedelta(hours=6)
_EASED_BY = 0.25
"""Texts say that a drop has eased if the level has risen at least this much."""


# The results are cached: writing a page needs the texts of all events of its incident,
# and stored events never change.
@lru_cache(maxsize=256)
def build(
    event: IncidentEvent, translations: Translations, register: Register, link: str = ""
) -> EventText:
    """Build the text of `event` from its facts alone (P4)."""
    return _TextBuilder(event, translations, register).text(link)


@dataclass(frozen=True)
class _TextBuilder:
    """Builds the text of an event; one method builds each record in `EventText`."""

    event: IncidentEvent
    translations: Translations
    register: Register

    def text(self, link: str) -> EventText:
        event, facts = self.event, self.facts
        return EventText(
            kind=event.kind,
            state=facts.state,
            scope=facts.scope,
            label=self.translations.translate("kinds", event.kind),
            change=escalation_change(facts.phases, facts) or None,
            names=self._names(),
            timing=self._timing(),
            levels=self._levels(),
            parts=self._parts(),
            sources=self._sources(),
            correction=self._correction(),
            reconstruction=facts.reconstruction,
            drill=facts.drill,
            link=link,
        )

    @property
    def facts(self) -> Facts:
        return self.event.facts

    @cached_property
    def names(self) -> EventNames:
        return EventNames(self.translations, self.register, self.facts)

    @cached_property
    def times(self) -> TimeFormatter:
        zone = zone_of(self.facts, self.register)
        return TimeFormatter(self.translations, self.register, zone)

    @property
    def partly_restored(self) -> bool:
        return self.facts.state is State.PARTLY_RESTORED

    @property
    def narrow(self) -> bool:
        return bool(reported_parts(self.facts))

    @cached_property
    def overtaken(self) -> bool:
        # A text with levels of parts does not give the level of the place. So there is
        # no level in the text that a newer level of the place can overtake.
        return (
            not self.partly_restored and not self.narrow and _is_overtaken(self.facts)
        )

    @property
    def says_silence(self) -> bool:
        """Whether the text says that the series behind the level is silent."""
        can_say = all(self.translations.has(m) for m in SILENCE_MESSAGES)
        return is_silent(self.facts) and can_say

    @property
    def level_read_at(self) -> datetime:
        """The time of the place's level (aware, UTC)."""
        # In a language without a sentence for silence, the text says that there is no
        # level. This is true at the time of the event. At the time of the last reading
        # there was a level.
        unsaid = is_silent(self.facts) and not self.says_silence
        return self.event.at if unsaid else self.facts.timing.as_of

    @cached_property
    def as_of(self) -> datetime:
        """The time of the levels that the text gives (aware, UTC)."""
        # If the text gives levels of signals, the result is the time of the first of
        # these levels. If the others have different times, the text adds those times.
        of_signals = (
            self.partly_restored or self.overtaken
        ) and self.names.returned_signals()
        still_at = self.names.still_down_at() if of_signals else None
        return still_at or self.names.parts_read_at() or self.level_read_at

    def _names(self) -> NameText:
        translations, register, facts = self.translations, self.register, self.facts
        names, tag = self.names, register.hashtag(facts.place, translations.lang)
        tagged = translations.translate("hashtag", tag=tag)
        noun, a_noun = _disruption_nouns(translations, facts)
        return NameText(
            place=names.place,
            within=names.within,
            whole_within=names.whole_within,
            tag=tag,
            tag_within=place_phrase(translations, register, facts, tagged),
            states=names.states or None,
            noun=noun,
            a_noun=a_noun,
            subject=names.subject(),
            earlier=earlier_noun(translations, facts),
        )

    def _timing(self) -> TimingText:
        timing, times, as_of = self.facts.timing, self.times, self.as_of
        # Readers take a time without a date for a time on the day of the event (UTC).
        # If readings are from another day, all times get their dates.
        day_given = as_of if as_of.date() == self.event.at.date() else None
        end = timing.restored
        return TimingText(
            moment=as_of,
            as_of=times.instant(as_of),
            as_of_brief=times.brief(as_of),
            level_as_of=times.instant(self.level_read_at),
            onset=times.interval(timing.onset, day_given),
            onset_day=times.shared_day(timing.onset),
            ended=_end_after_onset(timing, times, day_given),
            ended_near=times.interval(end, day_given) if end else None,
            duration=times.duration(timing.duration),
            cut_count=_cut_count(self.translations, timing),
        )

    def _levels(self) -> LevelText:
        translations, facts = self.translations, self.facts
        return LevelText(
            level=_percent(translations, _place_level(facts)),
            lowest=_percent(translations, facts.levels.lowest),
            missing=_missing(facts),
            method=describe_baseline(translations, facts, "methods"),
            partly_restored=self.partly_restored,
            overtaken=self.overtaken,
            eased=has_eased(facts),
            risen=not self.narrow and _rise(facts.levels) >= _RISEN_BY,
            silent_signal=self.names.principal_name() if self.says_silence else None,
        )

    def _parts(self) -> PartsText:
        names = self.names
        return PartsText(
            narrow=self.narrow,
            operators=names.network_names() or None,
            operator_levels=names.operator_levels() or None,
            operator_range=names.operator_range() or None,
            regions=names.region_names() or None,
            recovered=names.recovered_networks() or None,
        )

    def _sources(self) -> SourcesText:
        names = self.names
        return SourcesText(
            sources=names.signals_by_source("sources"),
            source_one=names.signals_by_source("source"),
            measured=names.signals_by_source("measured"),
            measured_by=names.measured_by() or None,
            family_count=str(names.family_count()),
            credits=credit_line(self.translations, self.facts),
            corroborated=is_corroborated(self.event),
            back=names.returned_signals() or None,
            still=names.signals_still_down() or None,
            still_first=names.signals_still_down(max_count=1) or None,
        )

    def _correction(self) -> CorrectionText:
        facts, wrong = self.facts, self.facts.wrong_claims
        if wrong is None:
            return CorrectionText(facts.statement)
        onset, as_of = wrong.onset, facts.timing.as_of
        return CorrectionText(
            wrong_at=self.times.brief(wrong.told_at),
            wrong_lowest=_percent(self.translations, wrong.lowest),
            wrong_onset=self.times.interval(onset, as_of) if onset else None,
        )


def _disruption_nouns(translations: Translations, facts: Facts) -> tuple[str, str]:
    """Return the noun for the disruption, then the same noun with its article.

    Only English nouns get an article.
    """
    # An incident that is over or partly restored keeps the noun of its worst severity,
    # because its current severity no longer describes the disruption.
    severity = text_severity(facts)
    kind, scope = facts.place.kind, facts.scope
    return (
        disruption_noun(translations, kind, scope, severity),
        disruption_noun(translations, kind, scope, severity, table="phrases"),
    )


def _is_overtaken(facts: Facts) -> bool:
    """Whether a confirmed drop may be over: a strong family was normal after `as_of`.

    This happens if the family that confirms the drop reports hours late.
    """
    return facts.state is State.CONFIRMED and any(
        s.family in facts.sources.returned
        and s.family in STRONG_FAMILIES
        and s.state is SeriesState.ORDINARY
        and s.as_of > facts.timing.as_of
        for s in facts.levels.series
    )


def _may_hide_another(cut: Cut, as_of: datetime) -> bool:
    """Return whether a time without readings in or before `cut` may hide other cuts."""
    # A cut without a known end was last seen low at `seen_low`. No reading shows
    # whether it ended after that.
    lasts = Interval(min(cut.seen_low or as_of, as_of), as_of)
    wide = any(i.width > _MAY_HIDE_A_CUT for i in (cut.began, cut.ended or lasts))
    return wide or cut.unseen is not None or cut.silent_before is not None


def _cut_count(translations: Translations, timing: Timing) -> str | None:
    """Return the number of cuts in the digits of the language, or None.

    The result is None if fewer than two cuts are known, or if there may be more cuts
    than are known.
    """
    number = len(timing.cuts)
    # If no series had a reading between two drops, there may be one cut, two or more.
    unsure = any(_may_hide_another(cut, timing.as_of) for cut in timing.cuts)
    if unsure or number < 2:
        return None
    return translations.catalogue.digits(str(number))


def _end_after_onset(
    timing: Timing, times: TimeFormatter, day_given: datetime | None
) -> str | None:
    """Return the end, for a text that gives the onset first; None without an end."""
    if timing.restored is None:
        return None
    # The text gives the onset before the end. If the end has no day, readers therefore
    # assume the day of the onset.
    same = day_given is not None and timing.onset.since.date() == day_given.date()
    return times.interval(timing.restored, day_given if same else None)


def is_corroborated(event: IncidentEvent) -> bool:
    """Return whether the incident was ever confirmed (P7).

    An incident that only one family has shown is called a drop in all texts.
    """
    return event.is_confirmed


def is_silent(facts: Facts) -> bool:
    """Return whether the series that represents the place has no current reading."""
    # Without a principal series, no series can be silent.
    return facts.levels.now is None and facts.levels.principal is not None


def has_eased(facts: Facts) -> bool:
    """Whether the level in the text is well above the lowest level of the incident."""
    return not reported_parts(facts) and _rise(facts.levels) >= _EASED_BY


def _rise(levels: PlaceLevels) -> float:
    """Return the rise above the lowest level; 0.0 if a level is unknown."""
    if levels.now is None or levels.lowest is None:
        return 0.0
    return levels.now - levels.lowest


def _percent(translations: Translations, level: float | None) -> str | None:
    return None if level is None else translations.percent(level)


def _place_level(facts: Facts) -> float | None:
    """Return the place's level; None if it is unknown.

    The result is also None if the level in the facts is that of a part, or if the text
    is about networks and all their levels are unknown.
    """
    # The level of a part must never read as the level of the whole place (P4). The
    # normal level of a place must never read as the level of silent networks (P18).
    is_of_parts = facts.scope in NARROW_SCOPES and bool(facts.parts.networks)
    is_unknown = is_of_parts and not reported_parts(facts)
    is_other = facts.levels.part is not None or is_unknown
    return None if is_other else facts.levels.now


def _missing(facts: Facts) -> str | None:
    """Return the word for the missing share of the place's own level, or None."""
    # After the end nothing is missing. A text with levels of parts must not give a
    # missing share of the place.
    omitted = facts.timing.restored is not None or bool(reported_parts(facts))
    level = _place_level(facts)
    return None if omitted or level is None else missing_share(level) or None


def describe_baseline(translations: Translations, facts: Facts, table: str) -> str:
    """Return the text that says what 100 percent means with the event's baseline.

    The text is from the table `table`.
    """
    # If the language has no text for the method, a general text is used. The post is
    # then not stopped.
    text = translations.find(table, facts.levels.method or "unknown")
    return text if isinstance(text, str) else translations.translate(table, "unknown")
