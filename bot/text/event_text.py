"""The text of an event, field by field, for posts, charts, alt texts and pages."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NameText:
    """The names of the place and of the disruption.

    Attributes:
        place: the name of the place, or of the affected states if texts name them.
        within: the place with its preposition: "in Kazakhstan"; "in Fars (Iran)" if
            texts name the affected states.
        whole_within: the whole place with its preposition: "in Iran", even if texts
            name the affected states.
        tag: the hashtag of the country, without "#"; tag_within: the same as `within`,
            but with the hashtag: "in #Kazakhstan".
        states: the affected states or provinces; None if texts do not name them (see
            `states_named`).
        noun: the noun for the disruption; a_noun: in English the noun with its article,
            in other languages the same as `noun`.
        subject: the subject of a sentence: the reported parts, if any, or the place.
        earlier: the noun of the first event, with its article, if that event had
            another scope; "" if not.
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
        moment: the time that `as_of` gives as text; aware, UTC.
        as_of: the time of the levels in the text; as_of_brief: the same time without
            the place's local time.
        level_as_of: the time of the place's level. It may differ from `as_of` if the
            text gives levels of signals or parts.
        onset: the interval in which the incident began.
        onset_day: the local day of the onset; "" if the onset may be on either of two
            days.
        ended: the end, written for use after the onset: without its day if onset, end
            and event are on the same UTC day; None if there is no end.
        ended_near: the end, written for use right after `as_of`: without its day if
            both are on the same UTC day; None if there is no end.
        duration: the total duration of the cuts.
        cut_count: the number of cuts; None if there are fewer than two, or if there may
            be more cuts than readings show.
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
        level: the level of the place; None if it is unknown, or if the facts have the
            level of a part.
        lowest: the lowest level of the incident; None if there is none to publish.
        missing: the word for the missing share of the normal level: "some", "most" or
            "almost-all". None if less than 20% is missing, if the level of the place is
            unknown, if levels of parts are given, or if the incident is over.
        method: the text that says what 100 percent means.
        partly_restored: whether the place is partly restored.
        overtaken: whether another signal was normal after the time of the place's
            level. False if `partly_restored` is true, or if levels of parts are given.
        eased: whether the level is at least 0.25 above the lowest level so far.
        risen: whether the level is at least 0.05 above the lowest level so far, which
            is more than noise.
        silent_signal: the name of the signal or part that represents the place, if it
            has no current reading and the language has a sentence for this; None if
            not. If it is given, `TimingText.level_as_of` is the time of its last
            reading; `as_of` is the same, unless the text gives levels of other series.
    """

    level: str | None
    lowest: str | None
    missing: str | None
    method: str
    partly_restored: bool
    overtaken: bool
    eased: bool
    risen: bool
    silent_signal: str | None


@dataclass(frozen=True, slots=True)
class PartsText:
    """The networks and regions that the event names.

    Attributes:
        narrow: whether the text gives levels of networks or regions instead of the
            level of the place.
        operators: the names of the networks; regions: the names of the regions.
        operator_levels: the levels of networks or regions, each with its name.
        operator_range: the lowest and the highest level of all reported parts, named or
            not, such as "2-5%".
        recovered: the networks that are back while others are down.
    """

    narrow: bool
    operators: str | None
    operator_levels: str | None
    operator_range: str | None
    regions: str | None
    recovered: str | None


@dataclass(frozen=True, slots=True)
class SourcesText:
    """The sources and signals that measured the event, and the signals that are back.

    Attributes:
        sources: the signals that show the event, grouped by source: "BGP routes and
            probing (IODA)". source_one: the same for a single source: "BGP routes,
            IODA". measured: the same, for use within a sentence: "by IODA with BGP routes".
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
        wrong_at: the time of the incident's first event; the correction gives it as the
            time of the report.
        wrong_lowest, wrong_onset: the published lowest level and onset that revised
            readings no longer support; None if the event does not correct them.
    """

    statement: str | None = None
    wrong_at: str | None = None
    wrong_lowest: str | None = None
    wrong_onset: str | None = None


@dataclass(frozen=True, slots=True)
class EventText:
    """The text of one event in one language, field by field.

    A field without a text is None or "". A message may use a field that is "". A
    message that uses a field that is None is an error.

    Attributes:
        label: the name of the kind of event, such as "Confirmed".
        change: what an escalation changed: "again" (down again after a partial return),
            "wider" or "deeper"; None if nothing changed.
        link: the address of the report page; empty if the text has no link.
        glyph: the emoji of the post; empty if the post has none.
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

        Fields that are None are left out. A message that uses such a field is therefore
        an error, instead of a sentence with a gap.
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
