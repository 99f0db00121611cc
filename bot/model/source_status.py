"""The status of a source: current, silent or unhealthy (P5, P6)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.event import Credit
from bot.model.signal import Family


class SourceState(StrEnum):
    """The state of a signal.

    ordinary: read and healthy. unheard: never read. silent: its newest reading is
    overdue. ill: unhealthy. untold: too few places are watched to tell its health.
    """

    ORDINARY = "ordinary"
    UNTOLD = "untold"
    UNHEARD = "unheard"
    SILENT = "silent"
    ILL = "ill"


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """The status of one signal.

    Attributes:
        newest: the last instant that the signal's newest reading describes; None: there
            is no reading.
        standing: the signal's state.
        since: when it became silent or unhealthy; aware, UTC; None if this time is not
            known, or if the signal is neither silent nor unhealthy.
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
    """What is wrong with a signal.

    ill: it is unhealthy. unanswered: a request failed. silent: its readings are overdue.
    """

    ILL = "ill"
    UNANSWERED = "unanswered"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class SourceFault:
    """A period in which a whole signal was unhealthy, or its readings did not arrive.

    Attributes:
        since, until: aware, UTC; `until` is None while the fault lasts.
        reason: the stored reason; for a failed request only the kind of error; "" if
            readings are overdue.
    """

    signal: str
    kind: FaultKind
    since: datetime
    until: datetime | None
    reason: str
