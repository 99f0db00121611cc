"""The status and the faults of signals: silent, unhealthy and others (P5, P6)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.event import Credit
from bot.model.signal import Family


class SourceState(StrEnum):
    """The state of a signal.

    - ordinary: the signal is current and healthy.
    - unheard: no reading ever arrived.
    - silent: the next reading is overdue.
    - ill: the signal is unhealthy.
    - untold: the health of the signal is unknown, because no bin was assessed yet, or
      because too few places are watched.
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
        newest: the last instant that the signal's newest reading describes; None if
            there is no reading.
        standing: the signal's state.
        since: when the signal became silent or unhealthy; aware, UTC. None for any
            other state, and if this time is not known.
        reason: why the signal is unhealthy, as stored; "" if it is not unhealthy.
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

    - ill: the signal is unhealthy.
    - unanswered: a request for readings of the signal failed.
    - silent: readings of the signal are overdue.
    """

    ILL = "ill"
    UNANSWERED = "unanswered"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class SourceFault:
    """A period in which a whole signal was unhealthy, or its readings did not arrive.

    Attributes:
        since, until: aware, UTC; `until` is None while the fault lasts.
        reason: why the signal was unhealthy, as stored; for a failed request, the kind
            of error; for overdue readings, "".
    """

    signal: str
    kind: FaultKind
    since: datetime
    until: datetime | None
    reason: str
