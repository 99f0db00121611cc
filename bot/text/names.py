"""Names and levels of places, networks, signals and sources in an event's text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.incidents.timeline.series import lowest_in_drops
from bot.model.entity import EntityKind
from bot.model.event import Facts
from bot.model.incident import State
from bot.model.signal import NOISY_FAMILIES
from bot.model.timeline import SeriesLevel, SeriesTimeline
from bot.model.verdict import MAX_PRINTED_PERCENT, SeriesState, round_to_percent
from bot.places import Register
from bot.text.credits import source_name
from bot.text.places_affected import (
    branded_first,
    named_states,
    place_phrase,
    reported_parts,
    whole_phrase,
)
from bot.text.signal_names import signal_name
from bot.text.translations import Translations

_MAX_NAMED = 3
_MAX_MEASURED = 5
# A post that names parts must have room for their levels too. The list of levels ends
# before a level that makes it longer than this many characters, but never before the first.
_MAX_LEVELS_LENGTH = 96
# Texts say that a signal is down only below this level. The state of a steady series
# may be "dropped" at 98 percent, but no reader would say that such a series is down.
_DOWN_BELOW = 0.9
_HALF = 50
"""Texts say that "most" is missing if the level is below this percentage."""


def capitalise(text: str) -> str:
    """Return `text` with an upper-case first letter; the rest is unchanged."""
    return text[:1].upper() + text[1:]


def series_name(
    translations: Translations, register: Register, series: SeriesLevel
) -> str:
    """Return a network's brand or a region's name."""
    return register.name(series.entity, translations.lang, series.brand)


@dataclass(frozen=True, slots=True)
class EventNames:
    """Writes the names and levels that are listed in the facts of an event."""

    translations: Translations
    register: Register
    facts: Facts

    @property
    def place(self) -> str:
        """The names in `states`; if `states` is empty, the name of the place."""
        return self.states or self._whole_place

    @property
    def states(self) -> str:
        """The states or provinces affected, or "" (see `named_states`)."""
        states = named_states(self.translations, self.register, self.facts)
        return self.translations.join_list(states) if states else ""

    @property
    def within(self) -> str:
        """The place with its preposition, such as "in Fars (Iran)"."""
        return place_phrase(
            self.translations, self.register, self.facts, self._whole_place
        )

    @property
    def whole_within(self) -> str:
        """The whole place with its preposition, such as "in Iran"."""
        return whole_phrase(
            self.translations, self.register, self.facts, self._whole_place
        )

    @property
    def _whole_place(self) -> str:
        return self.register.name(self.facts.place, self.translations.lang)

    def subject(self) -> str:
        """Return the subject of a sentence: the reported parts, or else the place."""
        parts = reported_parts(self.facts)
        return self.translations.translate(
            "subjects",
            self.facts.scope if parts else "place",
            place=self.place,
            within=self.within,
            parts=self._list([self._name(part) for part in parts]),
        )

    def principal_name(self) -> str:
        """Return the name of the signal or part whose level represents the place, or ""."""
        facts = self.facts
        listed = facts.listed_series
        own = (s for s in listed if s.key == facts.principal)
        series = next(own, None)
        if facts.levels.part is not None:
            brand = series.brand if series else ""
            return self.register.name(facts.levels.part, self.translations.lang, brand)
        if series is not None:
            return signal_name(self.translations, series.signal, series.family)
        return source_name(self.translations, facts.levels.principal or "")

    def network_names(self) -> str:
        """Return at most three networks, brands first, and the number of the others."""
        down = self._still_affected(self.facts.parts.networks)
        return self._list([self._name(n) for n in branded_first(down)])

    def operator_levels(self) -> str:
        """Return levels of parts, as "Kcell is at 28% and Tele2 at 31%"; "" if none."""
        listed = reported_parts(self.facts) or [
            n
            for n in self.facts.parts.networks
            if n.brand
            and n.level is not None
            and n.signal == self.facts.levels.principal
        ]
        parts: list[str] = []
        for part in listed[:_MAX_NAMED]:
            text = self.translations.translate(
                "lists",
                "next" if parts else "first",
                name=self._name(part),
                level=self.translations.percent(part.level or 0.0),
            )
            if (
                parts
                and len(self.translations.join_list([*parts, text]))
                > _MAX_LEVELS_LENGTH
            ):
                break
            parts.append(text)
        return self.translations.join_list(parts) if parts else ""

    def parts_read_at(self) -> datetime | None:
        """Return the time (UTC) of the levels of parts; None if the times differ."""
        times = {part.as_of for part in reported_parts(self.facts)}
        return times.pop() if len(times) == 1 else None

    def operator_range(self) -> str:
        """Return the lowest and highest level of the reported parts, as "2-5%", or "".

        Parts that texts only count and do not name ("and 9 more") are included.
        """
        parts = reported_parts(self.facts)
        levels = [part.level for part in parts if part.level is not None]
        if not levels:
            return ""
        low, high = round_to_percent(min(levels)), round_to_percent(max(levels))
        if low == high:
            return self.translations.percent(max(levels))
        # A level above `MAX_PRINTED_PERCENT` is never printed as a number.
        if high > MAX_PRINTED_PERCENT:
            return ""
        return self.translations.translate("numbers", "range", low=low, high=high)

    def region_names(self) -> str:
        """Return the names of the regions that are down."""
        return self._list(
            [self._name(r) for r in self._still_affected(self.facts.parts.regions)]
        )

    def _still_affected(self, parts: Sequence[SeriesLevel]) -> Sequence[SeriesLevel]:
        """Return the low and silent parts; if there are none, or after the end, all."""
        if self.facts.state is State.RESTORED:
            return parts
        low = [p for p in parts if p.level is None or p.level < _DOWN_BELOW]
        return low or parts

    def recovered_networks(self) -> str:
        """Return the names of the networks that are back while others are down."""
        return self._list([self._name(n) for n in self.facts.parts.back])

    def signals_by_source(self, message: str) -> str:
        """Return the signals that show the event, grouped by their source.

        `message` is the name of the catalogue's message for a group with a source. If
        nothing was measured (a reconstruction), no source is named.
        """
        groups: dict[str, list[str]] = {}
        for series in self._measured_series():
            source = self._source_name(series)
            name = signal_name(self.translations, series.signal, series.family)
            groups.setdefault("" if self.facts.reconstruction else source, []).append(
                name
            )
        parts = [
            self.translations.translate(
                "credits",
                message if source else "unsigned",
                signals=self.translations.join_list(list(dict.fromkeys(names))),
                source=source,
            )
            for source, names in groups.items()
        ]
        return self.translations.join_list(parts) if parts else ""

    def measured_by(self) -> str:
        """Return the sources that measured the event; empty for a reconstruction."""
        if self.facts.reconstruction:
            return ""
        measured = self._measured_series()
        names = [self._source_name(s) for s in measured]
        return self._list(list(dict.fromkeys(names)))

    def family_count(self) -> int:
        """Return the number of families of the signals that measured the event."""
        return len({s.family for s in self._measured_series()})

    def returned_signals(self) -> str:
        """Return the place's signals whose levels are normal again.

        A reading counts only if it is newer than the onset of each signal that is down.
        """
        series = [s for s in self.facts.levels.series if s.family not in NOISY_FAMILIES]
        down = (s for s in series if s.state is SeriesState.DROPPED)
        fell = [s.onset.until for s in down if s.onset]
        returned = [
            signal_name(self.translations, s.signal, s.family)
            for s in self._ranked(series)
            if s.family in self.facts.sources.returned
            and s.state is SeriesState.ORDINARY
            and all(s.as_of > at for at in fell)
        ]
        names = list(dict.fromkeys(returned))
        return self.translations.join_list(names) if names else ""

    def signals_still_down(self, max_count: int = _MAX_NAMED) -> str:
        """Return at most `max_count` signals of the place that are down, with their levels.

        The time is added to each level that was not read at `still_down_at`.
        """
        parts = [
            self._still_missing(s) or self._still_low(s)
            for s in self._still_down()[:max_count]
        ]
        return self.translations.join_list(parts) if parts else ""

    def _still_missing(self, series: SeriesLevel) -> str:
        """Return e.g. "some BGP routes are still missing"; "" if the language lacks it."""
        translations, path = self.translations, ("own", "still", series.family)
        if not translations.has(*path):
            return ""
        level, time = series.level or 0.0, self._own_time(series)
        return translations.translate(
            *path,
            share="most" if round_to_percent(level) < _HALF else "some",
            name=signal_name(translations, series.signal, series.family),
            level=translations.percent(level),
            when=translations.translate("own", "still", "when", time=time)
            if time
            else "",
        )

    def _still_low(self, series: SeriesLevel) -> str:
        """Return the name and level of a series, and the level's own time if any."""
        level = self.translations.percent(series.level or 0.0)
        time = self._own_time(series)
        if time:
            level = self.translations.translate(
                "lists", "timed", level=level, time=time
            )
        name = signal_name(self.translations, series.signal, series.family)
        return self.translations.translate("lists", "still", name=name, level=level)

    def still_down_at(self) -> datetime | None:
        """Return the time (UTC) of the first level in `signals_still_down`, or None."""
        return next((s.as_of for s in self._still_down()), None)

    def _still_down(self) -> list[SeriesLevel]:
        down = [
            s
            for s in self._ranked(self.facts.levels.series)
            if s.state is SeriesState.DROPPED
            and s.level is not None
            and s.level < _DOWN_BELOW
        ]
        return [s for s in down if s.family not in NOISY_FAMILIES] or down

    def _own_time(self, series: SeriesLevel) -> str:
        """Return a level's time; "" if `still_down_at()` is None or the same time."""
        translations, at, first = self.translations, series.as_of, self.still_down_at()
        if first is None or at == first:
            return ""
        clock = translations.date(at, "clock")
        time = translations.translate("times", "utc", time=clock)
        if at.date() != first.date():
            day = translations.date(at, "date")
            time = translations.translate("times", "on", time=time, day=day)
        return time

    def _measured_series(self) -> list[SeriesLevel]:
        """Return the series that show the incident, one for each signal."""
        facts = self.facts
        listed = list(facts.listed_series)
        # The facts list only one series of each part. Another family may have confirmed the
        # part's drop, so series of the other families are added from the timeline.
        families = {s.family for s in listed if s.lowest is None or _fell(s)}
        listed += [_level_of(s) for s in facts.timeline if s.family not in families]
        shown = [s for s in listed if s.state is SeriesState.DROPPED]
        # A series that showed the incident is named even if it is normal again.
        if facts.state is not State.SUSPECTED or not shown:
            shown = [s for s in listed if s.family in facts.sources.opened_by] or shown
        # A series that hardly fell does not show the incident, so it is not named.
        shown = [s for s in shown if s.lowest is None or _fell(s)] or shown
        steady = [s for s in shown if s.family not in NOISY_FAMILIES]
        # Noisy series are left out if steady series are enough. A confirmed drop needs
        # two families, and one of them may be noisy (P7).
        if len({s.family for s in steady}) > 1 or facts.state is State.SUSPECTED:
            shown = steady or shown
        if facts.state is State.CONFIRMED:
            shown = _low_now(shown)
        ranked = self._ranked(shown)
        # A suspected incident is shown by one family, so no other family is named (P7).
        if facts.state is State.SUSPECTED:
            ranked = [s for s in ranked if s.family is ranked[0].family]
        return _first_per_signal(ranked)[:_MAX_MEASURED]

    def _ranked(self, series: Iterable[SeriesLevel]) -> list[SeriesLevel]:
        """Sort series by level, but the principal signal first and noisy families last."""

        def rank(s: SeriesLevel) -> tuple[bool, bool, float]:
            level = 1.0 if s.level is None else s.level
            return (
                s.signal != self.facts.levels.principal,
                s.family in NOISY_FAMILIES,
                level,
            )

        return sorted(series, key=rank)

    def _source_name(self, series: SeriesLevel) -> str:
        return source_name(self.translations, series.signal, self.facts.sources.credits)

    def _name(self, series: SeriesLevel) -> str:
        """Return a part's name; a county's state is added, unless `states` is set."""
        name, entity = (
            series_name(self.translations, self.register, series),
            series.entity,
        )
        # Counties of different states share names. A county's name ("Acadia Parish")
        # has a word that the last part of its code ("Acadia") lacks.
        if (
            entity.kind is not EntityKind.REGION
            or name == entity.last_code_part
            or self.states
        ):
            return name
        state = self.register.state_name(entity)
        return self.translations.translate(
            "own", "places", "county", name=name, state=state
        )

    def _list(self, names: Sequence[str]) -> str:
        if not names:
            return ""
        shown = list(names[:_MAX_NAMED])
        rest = len(names) - len(shown)
        if rest:
            shown.append(self.translations.translate("lists", "more", n=rest))
        return self.translations.join_list(shown)


def _first_per_signal(series: Iterable[SeriesLevel]) -> list[SeriesLevel]:
    """Return the first series of each signal: a signal is named only once."""
    by_signal: dict[str, SeriesLevel] = {}
    for level in series:
        by_signal.setdefault(level.signal, level)
    return list(by_signal.values())


def _low_now(series: list[SeriesLevel]) -> list[SeriesLevel]:
    """Return the low and silent series if they are of two families or more; else all."""
    low = [s for s in series if s.level is None or s.level < _DOWN_BELOW]
    return low if len({s.family for s in low}) > 1 else series


def _fell(series: SeriesLevel) -> bool:
    return series.lowest is not None and series.lowest < _DOWN_BELOW


def _level_of(series: SeriesTimeline) -> SeriesLevel:
    """Return the level of a series that the facts have only in their timeline."""
    return SeriesLevel(
        entity=series.entity,
        signal=series.signal,
        family=series.family,
        state=series.state,
        level=series.level,
        lowest=lowest_in_drops([series]),
        onset=None,
        as_of=series.as_of,
    )
