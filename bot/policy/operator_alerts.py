"""What an operator should know: posts that are late, in doubt, refused, or owed (P10)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.delivery import EVERY, Delivery, DeliveryState, Pause
from bot.model.operator_alert import AlertKind, OperatorAlert
from bot.policy.corrections import CorrectionStatus

_UNDER_WAY = frozenset(
    {DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN}
)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """How posting stands.

    Attributes:
        deliveries: those that are not settled, and all of the last day.
        pauses: what is stopped.
        debts: corrections, paid or owed.
    """

    deliveries: Sequence[Delivery]
    pauses: Sequence[Pause]
    debts: Sequence[CorrectionStatus]


def due_alerts(
    standing: DeliveryStatus, now: datetime, after: timedelta
) -> tuple[OperatorAlert, ...]:
    """Everything that is wrong as of `now`; nothing is before it lasted `after`.

    Args:
        standing: see there.
        now: aware.
        after: how long a post may take before it is late.
    """
    before = now - after
    late = list(_late(standing, before))
    stuck = [_stuck(late)] if late and not _any_out(standing, before) else []
    return (
        *stuck,
        *late,
        *_settled_by_nobody(standing.deliveries, now),
        *_owed(standing.debts, before),
        *_stopped(standing, before),
    )


def _late(standing: DeliveryStatus, before: datetime) -> Iterator[OperatorAlert]:
    """Posts that a channel was given, or that are in doubt, and are not out yet."""
    for one in standing.deliveries:
        waits_for_us = one.state is DeliveryState.WAITING and one.tries == 0
        if one.state in _UNDER_WAY and not waits_for_us and one.post.made_at < before:
            yield OperatorAlert(
                AlertKind.LATE, one.post.key, one.post.made_at, one.note
            )


def _any_out(standing: DeliveryStatus, since: datetime) -> bool:
    settled = (one.settled_at for one in standing.deliveries)
    return any(at is not None and at >= since for at in settled)


def _stuck(late: Sequence[OperatorAlert]) -> OperatorAlert:
    first = min(late, key=lambda one: one.since)
    return OperatorAlert(AlertKind.STUCK, "", first.since, first.note)


def _settled_by_nobody(
    deliveries: Iterable[Delivery], now: datetime
) -> Iterator[OperatorAlert]:
    """What waits for a person; and what was refused within the last day."""
    for one in deliveries:
        key, made = one.post.key, one.post.made_at
        if one.state is DeliveryState.PERSON:
            yield OperatorAlert(AlertKind.PERSON, key, made, one.note)
        if one.state is DeliveryState.REFUSED and now - made < _DAY:
            yield OperatorAlert(AlertKind.REFUSED, key, made, one.note)


def _owed(
    debts: Iterable[CorrectionStatus], before: datetime
) -> Iterator[OperatorAlert]:
    for debt in debts:
        if debt.paid_at is None and debt.since < before:
            of = f"{debt.event}/{debt.channel}"
            yield OperatorAlert(AlertKind.OWED, of, debt.since)


def _stopped(standing: DeliveryStatus, before: datetime) -> Iterator[OperatorAlert]:
    """Pauses that hold back something that was let out."""
    held = {
        one.post.channel
        for one in standing.deliveries
        if one.state in _UNDER_WAY and one.post.made_at < before
    }
    for pause in standing.pauses:
        if pause.channel in held or (pause.channel == EVERY and held):
            yield OperatorAlert(
                AlertKind.STOPPED, pause.channel, pause.since, pause.reason
            )
