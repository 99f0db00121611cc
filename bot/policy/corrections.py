"""Which channels owe a correction: those that carried the wrong claim (P11)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.delivery import Delivery, DeliveryState
from bot.model.event import IncidentEvent
from bot.model.incident import CORRECTION_KINDS, EventKind

_NEVER_SENT = frozenset({DeliveryState.REFUSED, DeliveryState.DROPPED})


@dataclass(frozen=True, slots=True)
class CorrectionStatus:
    """A correction that is owed on a channel, or was sent there.

    Attributes:
        event: the key of the correction: an event that corrects or retracts.
        kind: the kind of this event: corrected or retracted.
        since: when the program recorded the correction; aware, UTC.
        delivery_state: the state of the correction's delivery to the channel; None if there is
            no delivery yet.
        corrected_at: when this correction or a later one was sent to the channel; None if
            none was sent.
    """

    incident: str
    event: str
    kind: EventKind
    channel: str
    since: datetime
    delivery_state: DeliveryState | None
    corrected_at: datetime | None

    @property
    def time_to_post(self) -> timedelta | None:
        """Return how long it took to post the correction; None if that is not known.

        The result is None if the correction is not posted, or if it was posted "before"
        it was recorded: then the two times come from different clocks, as in a replay.
        """
        if self.corrected_at is None or self.corrected_at < self.since:
            return None
        return self.corrected_at - self.since


def correction_statuses(
    correction: IncidentEvent, recorded_at: datetime, deliveries: Sequence[Delivery]
) -> tuple[CorrectionStatus, ...]:
    """Return the status of a correction on each channel that may carry a wrong claim.

    Args:
        correction: an event that corrects or retracts.
        recorded_at: when the correction was recorded, aware.
        deliveries: the deliveries of the incident, in the order of their events.

    Returns:
        One status for each channel, ordered by the channel's name.
    """
    channels = sorted(
        {d.post.channel for d in deliveries_with_claims(correction, deliveries)}
    )
    return tuple(
        _status_on(correction, recorded_at, deliveries, name) for name in channels
    )


def deliveries_with_claims(
    correction: IncidentEvent, deliveries: Iterable[Delivery]
) -> Iterator[Delivery]:
    """Yield each delivery whose post may have made the wrong claim in public.

    These are deliveries of events before `correction`, except corrections and edits.
    """
    for delivery in deliveries:
        post = delivery.post
        corrects = post.kind in CORRECTION_KINDS or post.amends is not None
        # A delivery with an unknown outcome counts as sent, because its post may be
        # public (P10, P11).
        maybe_sent = delivery.state not in _NEVER_SENT | {DeliveryState.WAITING}
        if maybe_sent and not corrects and event_number_of(delivery) < correction.seq:
            yield delivery


def event_number_of(delivery: Delivery) -> int:
    """Return the number of the delivered event within its incident."""
    return int(delivery.post.event.rpartition(".")[2])


def _status_on(
    correction: IncidentEvent, since: datetime, thread: Sequence[Delivery], channel: str
) -> CorrectionStatus:
    # A later correction replaces an earlier one. So a correction is no longer owed once
    # this correction or a later one is sent.
    corrections = [
        d
        for d in thread
        if d.post.channel == channel
        and d.post.kind in CORRECTION_KINDS
        # An edit that marks an earlier post as wrong gives readers no notice. So it
        # does not count as a correction.
        and d.post.amends is None
        and event_number_of(d) >= correction.seq
    ]
    sent_at = [d.settled_at for d in corrections if d.state is DeliveryState.SENT]
    own_states = [d.state for d in corrections if d.post.event == correction.key]
    return CorrectionStatus(
        incident=correction.incident,
        event=correction.key,
        kind=correction.kind,
        channel=channel,
        since=since,
        delivery_state=own_states[0] if own_states else None,
        corrected_at=sent_at[0] if sent_at else None,
    )
