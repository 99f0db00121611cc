"""Pauses of channels, which operators set, and alerts, which operators receive."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AlertKind(StrEnum):
    """A kind of problem that operators are alerted to.

    - stuck: posts were due on a channel, or on all, and none was published.
    - late: a single post is late.
    - person: only a person can settle a post.
    - refused: a channel rejected a post for good.
    - owed: a channel shows a withdrawn claim, and its correction is overdue.
    - loop: ticks fail.
    - silent: no source answers.
    - stopped: a pause holds posts back.
    - incident: the work on one incident or place fails.
    - damaged: a record in the store cannot be read, and is left out.
    - clock: the machine's clock is not plausible.
    - page: a page of the site cannot be written.
    - blind: an open incident has no current reading.
    - lost: a signal has no current reading at all.
    - faulty: a source is taken to be at fault, so its signal is unknown for every place.
    - unread: a source does not answer for some places of a signal.
    - unmeasured: a place that the configuration names has no reading of any signal.
    - unreviewed: drafts have waited for a person for a long time.
    - unsupported: the claim check stops the program's own texts for a channel.
    - timestamp: an authority gives no time stamp of the ledger's head.
    - readers: the file of the readers was lost, replaced or restored.
    - ledger: the ledger of evidence was lost, replaced or begun anew.
    - heartbeat: the watchdog does not accept the heartbeats.
    - store: the store failed, was deleted, replaced or damaged, and the program ended.
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
    DAMAGED = "damaged"
    CLOCK = "clock"
    PAGE = "page"
    BLIND = "blind"
    LOST = "lost"
    FAULTY = "faulty"
    UNREAD = "unread"
    UNMEASURED = "unmeasured"
    UNREVIEWED = "unreviewed"
    UNSUPPORTED = "unsupported"
    TIMESTAMP = "timestamp"
    READERS = "readers"
    LEDGER = "ledger"
    HEARTBEAT = "heartbeat"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class OperatorAlert:
    """A report of one problem.

    Alerts of the same kind and subject are reports of the same problem.

    Attributes:
        subject: what has the problem: the key of a delivery or of an owed correction, a
            channel, an incident, a place, a signal or an authority of time stamps. "" if the
            problem is that of the whole program.
        since: when the problem began; aware, UTC.
        note: the last error or the reason, without secrets; "" if there is none.
        over: whether the alert reports the end of the problem.
    """

    kind: AlertKind
    subject: str
    since: datetime
    note: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True)
class AlertReport:
    """An alert that operators were told.

    Attributes:
        reported_at: when it was last reported; aware, UTC.
        certain: whether the message certainly arrived at the operators' channel.
    """

    alert: OperatorAlert
    reported_at: datetime
    certain: bool = True


@dataclass(frozen=True, slots=True)
class FailureCount:
    """How often in a row something has failed, since when (aware, UTC), and why."""

    kind: AlertKind
    count: int
    since: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class AlertMemory:
    """What operators were told of present problems, and the failures that go on."""

    reports: tuple[AlertReport, ...] = ()
    failures: tuple[FailureCount, ...] = ()


@dataclass(frozen=True, slots=True)
class StoreFailureReport:
    """The last alert about a store that cannot be used.

    Attributes:
        since: when the store was first seen to fail; aware, UTC.
        at: when the operators were last alerted; aware, UTC.
        certain: whether the alert certainly arrived.
    """

    since: datetime
    at: datetime
    certain: bool


ALL_CHANNELS = "*"
"""The channel name that stands for all channels."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause of a channel: nothing is sent there until somebody resumes the channel.

    Attributes:
        channel: the channel's name, or `ALL_CHANNELS`.
        by, reason: who paused the channel, and why.
        since: when the pause began; aware, UTC.
    """

    channel: str
    by: str
    reason: str
    since: datetime
