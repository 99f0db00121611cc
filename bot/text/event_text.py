"""The text of an event, field by field, for posts, charts, alt texts and pages."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NameText:
    """The names of the place and of the disruption.

    Attributes:
        within: "in Kazakhstan", or "in Fars (Iran)" where texts name states.
        whole_within: "in Iran", also where texts name states.
        tag: the hashtag of the country, without "#"; tag_within: "in #Kazakhstan".
        states: the states or provinces affected, if texts name them (see `states_named`).
        noun: the noun for the disruption; a_noun: in English the noun with its article,
            in other languages the same as `noun`.
        subject: the subject of a sentence: the reported parts, or the place.
        earlier: the noun with its article as of the first event, if the scope was
            different then; empty otherwise.
    """

    place: str
    within: str
    whole_within: str
    tag: str
    tag_within: str
    states: str | None
    noun: str
    a_noun: str
    subject: str
    earlier: str


@dataclass(frozen=True, slots=True)
class TimingText:
    """The times of the event and of its incident.

    Attributes:
        moment: the time that `as_of` gives; aware, UTC.
        as_of: the time of the levels that the text gives; as_of_brief: the same time
            without the local time of the place.
        level_as_of: the time of the place's level. It may differ from `as_of` if the
            text gives the levels of signals or parts instead.
        onset_day: the local day of the onset; empty if the onset may lie in two days.
        ended: the end as it is written after the onset; None if there is no end.
        ended_near: the end as it is written right after `as_of`, without its day if
            both are on the same UTC day; None if there is no end.
        cut_count: the number of cuts, if there are several and the readings cannot hide
            another; otherwise None. The duration is the sum of the cuts.
    """

    moment: datetime
    as_of: str
    as_of_brief: str
    level_as_of: str
    onset: str
    onset_day: str
    ended: str | None
    ended_near: str | None
    duration: str
    cut_count: str | None


@dataclass(frozen=True, slots=True)
class LevelText:
    """The level of the place, and how it moved.

    Attributes:
        level: the level of the place; None if it is unknown, or if the level that the
            facts give is that of a part.
        missing: the word for the missing share of the normal level: "some", "most" or
            "almost-all"; None for a share below 20%, for an unknown level of the place,
            if levels of parts are given, or if the incident is over.
        method: what 100 percent is.
        easing: whether the place is partly restored.
        overtaken: whether another signal was normal at a later time than that of the
            place's level; false if the place is called partly restored.
        eased: whether the level is at least 0.25 above the lowest level so far.
        risen: whether the level is at least 0.05 above the lowest level so far, which
            is more than noise.
        silent_signal: the name of the signal or part that the level belongs to, if it
            has no current reading and the language has a sentence for this; otherwise
            None. If the name is given, `as_of` is the time of the last reading.
    """

    level: str | None
    lowest: str | None
    missing: str | None
    method: str
    easing: bool
    overtaken: bool
    eased: bool
    risen: bool
    silent_signal: str | None


@dataclass(frozen=True, slots=True)
class PartsText:
    """The networks and regions that the event names.

    Attributes:
        narrow: whether levels of networks or regions are given instead of the level of
            the place.
        operator_range: the lowest and the highest of these levels.
        recovered: networks whose levels are normal again while others are down.
    """

    narrow: bool
    operators: str | None
    operator_levels: str | None
    operator_range: str | None
    regions: str | None
    recovered: str | None


@dataclass(frozen=True, slots=True)
class SourcesText:
    """Who measured the event with what, and which signals are back.

    Attributes:
        sources: the signals that show the event, grouped by source; source_one: the
            same, worded for a single source; measured: who measured the event with
            what.
        measured_by: the sources that measured the event; None for a reconstruction.
        family_count: the number of independent families of the signals in `sources`.
        corroborated: whether the incident was ever confirmed.
        back: the signals whose levels are normal again.
        still: the signals that are still down, at most three; still_first: the first of
            these signals.
    """

    sources: str
    source_one: str
    measured: str
    measured_by: str | None
    family_count: str
    credits: str
    corroborated: bool
    back: str | None
    still: str | None
    still_first: str | None


@dataclass(frozen=True, slots=True)
class CorrectionText:
    """What a correction replaces.

    Attributes:
        statement: an editor's statement of what was wrong.
        wrong_at: the time of the incident's first event.
        wrong_lowest, wrong_onset: the published values that revised readings replace.
    """

    statement: str | None = None
    wrong_at: str | None = None
    wrong_lowest: str | None = None
    wrong_onset: str | None = None


@dataclass(frozen=True, slots=True)
class EventText:
    """The text of one event in one language; a field is None if it cannot be said.

    A field that can always be said is never None. A field that a message may leave out
    is "" instead of None.

    Attributes:
        label: the name of the step, such as "Confirmed".
        change: what an escalation changed: "again" (down again after a partial return),
            "wider" or "deeper"; None if nothing changed.
        link: the address of the report page; empty without one.
        glyph: the emoji of the step; empty in a plain post.
    """

    kind: str
    state: str
    scope: str
    label: str
    change: str | None
    names: NameText
    timing: TimingText
    levels: LevelText
    parts: PartsText
    sources: SourcesText
    correction: CorrectionText
    reconstruction: bool
    drill: bool
    link: str = ""
    glyph: str = ""

    @property
    def number(self) -> str | None:
        """The number in a sentence: the level, or the range of the levels of parts (P4)."""
        return self.parts.operator_range if self.parts.narrow else self.levels.level

    def values(self) -> dict[str, str]:
        """Return the values that messages may use, by their names in the catalogues.

        Fields that are None are not among the values. A message that uses such a field
        is therefore an error, and never a sentence with a gap.
        """
        parts = (
            *(self, self.names, self.timing, self.levels),
            *(self.parts, self.sources, self.correction),
        )
        values = dict(value for part in parts for value in _texts(part))
        return values if self.number is None else {**values, "number": self.number}


def _texts(part: object) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each text field of a record."""
    for field in fields(part):  # type: ignore[arg-type]  # every record is a dataclass
        value = getattr(part, field.name)
        if isinstance(value, str):
            yield field.name, str(value)
