"""What a sentence can claim."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model.signal import Family


class Kind(StrEnum):
    """What a sentence claims."""

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
    """One claim.

    Attributes:
        sentence: the sentence that makes it.
        level: a fraction of the normal level, for NOW, LOWEST and NORMAL.
        highest: the upper end of a range of levels of several parts; None for one level.
        family: what a level was measured with, if the sentence names it.
        families: the measurements of MEASURED and NORMAL.
        names: the regions or networks that the claim is about; none for the place.
        since, until: the interval of BEGAN and ENDED; `until` is the time of a level.
        shortest, longest: the duration of LASTED and CUTS.
        count: the number of cuts, or of measurements.
        word: the word of severity, scope or weekday, or the city of a local time.
        clocks: the clock times of LOCAL, in UTC and in the city, as printed.
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
