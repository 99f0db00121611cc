"""How a source stands: heard, silent, or not to be believed (P5, P6)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.incident import Credit
from bot.model.signal import Family


class SourceState(StrEnum):
    """In one word; what cannot be told is not ordinary."""

    ORDINARY = "ordinary"
    UNTOLD = "untold"
    UNHEARD = "unheard"
    SILENT = "silent"
    ILL = "ill"


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One signal now.

    Attributes:
        newest: up to when its newest reading looks; None: no reading yet.
        standing: `untold` means that too few places are watched to compare.
        since: since when it is silent or ill; aware, UTC; None: not known.
        reason: why it is ill, as it is stored; else empty.
    """

    signal: str
    family: Family
    credit: Credit
    newest: datetime | None
    standing: SourceState
    since: datetime | None = None
    reason: str = ""


class FaultKind(StrEnum):
    """What befell a source."""

    ILL = "ill"
    UNANSWERED = "unanswered"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class SourceFault:
    """A time in which a whole signal was ill or silent; it opened and closed nothing.

    Attributes:
        since, until: aware, UTC; `until` is None while it goes on.
        reason: as it is stored.
    """

    signal: str
    kind: FaultKind
    since: datetime
    until: datetime | None
    reason: str
