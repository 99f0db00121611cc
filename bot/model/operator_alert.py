"""What keeps us from telling, for whoever runs the program."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AlertKind(StrEnum):
    """A kind of trouble.

    stuck: nothing could be published although something was due. late: one post is.
    person: a post that only a person can settle. refused: a channel will not have it.
    owed: a correction that is not out where the claim was. loop: rounds fail.
    silent: no source answers. stopped: the kill switch holds posts back.
    """

    STUCK = "stuck"
    LATE = "late"
    PERSON = "person"
    REFUSED = "refused"
    OWED = "owed"
    LOOP = "loop"
    SILENT = "silent"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class OperatorAlert:
    """One trouble; the same woe of the same thing is the same trouble.

    Attributes:
        of: what it is about: a delivery's key, a channel, or nothing.
        since: since when, aware, UTC.
        note: the last error, without secrets.
    """

    woe: AlertKind
    of: str
    since: datetime
    note: str = ""
