"""What is owed: whoever carried a claim that was wrong carries its correction (P11)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.delivery import Delivery, DeliveryState
from bot.model.incident import EventKind, IncidentEvent
from bot.policy.channel_rules import CORRECTIONS

_NEVER_OUT = frozenset({DeliveryState.REFUSED, DeliveryState.DROPPED})


@dataclass(frozen=True, slots=True)
class CorrectionStatus:
    """A correction that a channel owes, or has paid.

    Attributes:
        event: the correcting event's key; kind: corrected or retracted.
        since: when we knew that we were wrong, by the clock of the loop.
        stands: how the correction stands there; None: it was not let out yet.
        paid_at: when it, or a later one in its place, was out; None: it is owed.
    """

    incident: str
    event: str
    kind: EventKind
    channel: str
    since: datetime
    stands: DeliveryState | None
    paid_at: datetime | None

    @property
    def took(self) -> timedelta | None:
        """The time to correct; None while it is owed."""
        return None if self.paid_at is None else self.paid_at - self.since


def correction_statuses(
    correction: IncidentEvent, since: datetime, thread: Sequence[Delivery]
) -> tuple[CorrectionStatus, ...]:
    """What each channel that carries an earlier claim owes, by the channel's name.

    Args:
        correction: a correcting event.
        since: when it was recorded.
        thread: every delivery of its incident, in the order of their events.
    """
    channels = sorted({d.post.channel for d in claims(correction, thread)})
    return tuple(_debt(correction, since, thread, name) for name in channels)


def claims(correction: IncidentEvent, thread: Iterable[Delivery]) -> Iterator[Delivery]:
    """The deliveries before a correction that are out, or may be, and said something."""
    for delivery in thread:
        post = delivery.post
        own = post.kind in CORRECTIONS or post.amends is not None
        out = delivery.state not in _NEVER_OUT | {DeliveryState.WAITING}
        if out and not own and seq_of(delivery) < correction.seq:
            yield delivery


def seq_of(delivery: Delivery) -> int:
    """The number of its event within the incident."""
    return int(delivery.post.event.rpartition(".")[2])


def _debt(
    correction: IncidentEvent, since: datetime, thread: Sequence[Delivery], channel: str
) -> CorrectionStatus:
    answers = [
        d
        for d in thread
        if d.post.channel == channel
        and d.post.kind in CORRECTIONS
        and d.post.amends is None
        and seq_of(d) >= correction.seq
    ]
    paid = [d.settled_at for d in answers if d.state is DeliveryState.SENT]
    own = [d.state for d in answers if d.post.event == correction.key]
    return CorrectionStatus(
        incident=correction.incident,
        event=correction.key,
        kind=correction.kind,
        channel=channel,
        since=since,
        stands=own[0] if own else None,
        paid_at=paid[0] if paid else None,
    )
