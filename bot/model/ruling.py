"""What a person rules on an incident: it is corrected, or taken back (P11)."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.incident import EventKind


@dataclass(frozen=True, slots=True)
class Ruling:
    """One ruling; the loop makes it an event of the incident in its next round.

    Attributes:
        kind: corrected or retracted.
        statement: what was wrong, in words that are published.
        by: whose ruling it is; kept, not published.
        at: when it was made, aware, UTC.
        id: its number in the store; 0 before it is there.
    """

    incident: str
    kind: EventKind
    statement: str
    by: str
    at: datetime
    id: int = 0
