"""Alerts for the operator: faults that keep events from being published."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AlertKind(StrEnum):
    """The kind of an alert.

    stuck: posts are late and none was sent. late: one post is late.
    person: only a person can settle a post. refused: a channel refused a post.
    owed: a channel that carried a claim has not carried its correction.
    loop: ticks fail. silent: no source answers. stopped: a pause holds posts back.
    incident: an event, draft or page of one incident cannot be made. clock: the
    machine's clock cannot be right. page: a page of the site cannot be written.
    """

    STUCK = "stuck"
    LATE = "late"
    PERSON = "person"
    REFUSED = "refused"
    OWED = "owed"
    LOOP = "loop"
    SILENT = "silent"
    STOPPED = "stopped"
    INCIDENT = "incident"
    CLOCK = "clock"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class OperatorAlert:
    """One fault; alerts of the same kind and subject are about the same fault.

    Attributes:
        subject: what it is about: a delivery's key, a channel, an incident, or "".
        since: since when, aware, UTC.
        note: the last error, without secrets.
    """

    kind: AlertKind
    subject: str
    since: datetime
    note: str = ""
