"""The status of a source: current, silent or unhealthy (P5, P6)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.incident import Credit
from bot.model.signal import Family


class SourceState(StrEnum):
    """The state of a signal; unknown does not count as normal."""

    ORDINARY = "ordinary"
    UNTOLD = "untold"
    UNHEARD = "unheard"
    SILENT = "silent"
    ILL = "ill"


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """The status of one signal.

    Attributes:
        newest: the last instant that its newest reading describes; None: no reading.
        standing: its state; `untold`: too few places are watched to compare.
        since: when it became silent or unhealthy; aware, UTC; None if not known.
        reason: why it is unhealthy, as stored; otherwise "".
    """

    signal: str
    family: Family
    credit: Credit
    newest: datetime | None
    standing: SourceState
    since: datetime | None = None
    reason: str = ""


class FaultKind(StrEnum):
    """What is wrong with a source."""

    ILL = "ill"
    UNANSWERED = "unanswered"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class SourceFault:
    """A period in which a whole signal was unhealthy or silent, and so was not used.

    Attributes:
        since, until: aware, UTC; `until` is None while it lasts.
        reason: as stored.
    """

    signal: str
    kind: FaultKind
    since: datetime
    until: datetime | None
    reason: str
