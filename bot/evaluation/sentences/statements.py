"""The claims that a sentence can make."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model.signal import Family


class Kind(StrEnum):
    """The kind of a claim."""

    NOW = "now"
    LOWEST = "lowest"
    BEGAN = "began"
    ENDED = "ended"
    LASTED = "lasted"
    CUTS = "cuts"
    SEVERITY = "severity"
    SCOPE = "scope"
    BACK = "back"
    PARTLY = "partly back"
    AGAIN = "again"
    NORMAL = "a measurement is normal"
    MEASURED = "measured by"
    AFFECTED = "affected"
    WITHDRAWN = "withdrawn"
    LOCAL = "local time"
    WEEKDAY = "weekday"
    NEUTRAL = "nothing to check"
    UNREAD = "not understood"


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of a sentence.

    Attributes:
        sentence: the sentence that makes the claim.
        level: for NOW and LOWEST, the level as a fraction of the normal level. For a
            range, the lower end.
        highest: the upper end of a range of levels of several parts; None for a single
            level.
        family: the family that measured the level; None if the sentence names none.
        families: for MEASURED and NORMAL, the families that the sentence names.
        names: the regions or networks that the claim is about; empty for the place. For
            WEEKDAY, the correct weekday.
        since, until: for BEGAN and ENDED, the interval in which the beginning or end
            lies; aware, UTC. For NOW, `until` is the time of the level; None if the
            sentence names no time.
        shortest, longest: for LASTED and CUTS, the limits of the duration.
        count: for CUTS, the number of cuts; for MEASURED, the number of families.
        word: for SEVERITY, SCOPE and WEEKDAY, the printed word; for LOCAL, the city.
        clocks: for LOCAL, pairs of clock times as printed: in UTC, and in the city.
    """

    kind: Kind
    sentence: str
    level: float = 0.0
    highest: float | None = None
    family: Family | None = None
    families: tuple[Family, ...] = ()
    names: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    shortest: timedelta = timedelta(0)
    longest: timedelta = timedelta(0)
    count: int = 0
    word: str = ""
    clocks: tuple[tuple[str, str], ...] = ()
