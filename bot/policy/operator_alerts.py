"""Operator alerts: late, unknown or refused deliveries, and overdue corrections (P10)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.delivery import Delivery, DeliveryState
from bot.model.operations import ALL_CHANNELS, AlertKind, OperatorAlert, Pause
from bot.policy.corrections import CorrectionStatus

_UNDER_WAY = frozenset(
    {DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN}
)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """What alerts are derived from.

    Attributes:
        deliveries: those that are not settled, and all of the last day.
        pauses: the pauses in force.
        debts: corrections, owed or sent.
    """

    deliveries: Sequence[Delivery]
    pauses: Sequence[Pause]
    debts: Sequence[CorrectionStatus]


def due_alerts(
    status: DeliveryStatus, now: datetime, after: timedelta
) -> tuple[OperatorAlert, ...]:
    """Return the alerts that are due as of `now`.

    Args:
        status: the deliveries, pauses and corrections.
        now: aware.
        after: how old a post, or an owed correction, must be before it is late.
    """
    before = now - after
    late = list(_late(status, before))
    # Posts that were settled meanwhile show that not all channels are stuck.
    stuck = [_stuck(late)] if late and not _any_settled(status, before) else []
    return (
        *stuck,
        *late,
        *_unsent(status.deliveries, now),
        *_owed(status.debts, before),
        *_paused(status, before),
    )


def _late(status: DeliveryStatus, before: datetime) -> Iterator[OperatorAlert]:
    """Yield posts made before `before` that were tried and have no known outcome.

    A waiting post that was never tried is not late: it is delayed by policy.
    """
    for delivery in status.deliveries:
        post = delivery.post
        untried = delivery.state is DeliveryState.WAITING and delivery.tries == 0
        if delivery.state in _UNDER_WAY and not untried and post.made_at < before:
            yield OperatorAlert(AlertKind.LATE, post.key, post.made_at, delivery.note)


def _any_settled(status: DeliveryStatus, since: datetime) -> bool:
    settled = (delivery.settled_at for delivery in status.deliveries)
    return any(at is not None and at >= since for at in settled)


def _stuck(late: Sequence[OperatorAlert]) -> OperatorAlert:
    """Return one alert for all channels: posts are late and none was sent since."""
    oldest = min(late, key=lambda alert: alert.since)
    return OperatorAlert(AlertKind.STUCK, "", oldest.since, oldest.note)


def _unsent(deliveries: Iterable[Delivery], now: datetime) -> Iterator[OperatorAlert]:
    """Yield posts that only a person can settle, and those refused in the last day."""
    for delivery in deliveries:
        key, made_at = delivery.post.key, delivery.post.made_at
        if delivery.state is DeliveryState.PERSON:
            yield OperatorAlert(AlertKind.PERSON, key, made_at, delivery.note)
        # A refusal is final, so without a limit its alert would never end.
        if delivery.state is DeliveryState.REFUSED and now - made_at < _DAY:
            yield OperatorAlert(AlertKind.REFUSED, key, made_at, delivery.note)


def _owed(
    debts: Iterable[CorrectionStatus], before: datetime
) -> Iterator[OperatorAlert]:
    for debt in debts:
        if debt.paid_at is None and debt.since < before:
            subject = f"{debt.event}/{debt.channel}"
            yield OperatorAlert(AlertKind.OWED, subject, debt.since)


def _paused(status: DeliveryStatus, before: datetime) -> Iterator[OperatorAlert]:
    """Yield the pauses that hold back an approved post made before `before`."""
    # A pause is deliberate, so it is reported only once it holds something back.
    blocked = {
        delivery.post.channel
        for delivery in status.deliveries
        if delivery.state in _UNDER_WAY and delivery.post.made_at < before
    }
    for pause in status.pauses:
        if pause.channel in blocked or (pause.channel == ALL_CHANNELS and blocked):
            yield OperatorAlert(
                AlertKind.STOPPED, pause.channel, pause.since, pause.reason
            )
