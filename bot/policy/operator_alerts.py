"""Operator alerts on late and refused posts, owed corrections and pauses (P10)."""

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
    """The records from which alerts are derived.

    Attributes:
        deliveries: all unsettled deliveries, and all other deliveries of the last day.
        pauses: the pauses in force.
        debts: the corrections that a channel may still owe.
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
        now: the present time, aware.
        after: how old a post or an owed correction must be to be late.
    """
    before = now - after
    late = list(_late_alerts(status, before))
    # If any post was sent after `before`, sending works: the posts are late, not stuck.
    stuck = [_stuck_alert(late)] if late and not _any_settled(status, before) else []
    return (
        *stuck,
        *late,
        *_unsent_alerts(status.deliveries, now),
        *_owed_alerts(status.debts, before),
        *_pause_alerts(status, before),
    )


def _late_alerts(status: DeliveryStatus, before: datetime) -> Iterator[OperatorAlert]:
    """Yield an alert for each post that was made before `before` and is not sent yet.

    Posts that were refused, dropped or left to a person are not late. A post that was never
    tried is late only if `_idle_posts` names it.
    """
    idle = _idle_posts(status, before)
    for delivery in status.deliveries:
        post = delivery.post
        untried = delivery.state is DeliveryState.WAITING and delivery.tries == 0
        if delivery.state not in _UNDER_WAY or post.made_at >= before:
            continue
        if not untried or post.key in idle:
            yield OperatorAlert(AlertKind.LATE, post.key, post.made_at, delivery.note)


def _idle_posts(status: DeliveryStatus, before: datetime) -> frozenset[str]:
    """Return the keys of unsent posts that became due earlier than `before`.

    If there was no attempt to send such a post, nobody is trying to send it: its
    channel may not be configured any more, or its page cannot be written. Posts that a
    rule or a pause delays are left out. So are all unsent posts of a thread after the
    first, because most of them wait for the first, and posts on a channel that has sent
    a post since `before`.
    """
    paused = {pause.channel for pause in status.pauses}
    settled = {d.post.channel for d in status.deliveries if _is_settled(d, before)}
    busy, threads, keys = paused | settled, set[tuple[str, str]](), set[str]()
    # The deliveries are in the order of their events, so the first post under way of each
    # thread is the one that the others wait for.
    for delivery in status.deliveries:
        post, thread = delivery.post, (delivery.post.incident, delivery.post.channel)
        if delivery.state not in _UNDER_WAY or thread in threads:
            continue
        threads.add(thread)
        if delivery.not_before < before and not busy & {post.channel, ALL_CHANNELS}:
            keys.add(post.key)
    return frozenset(keys)


def _any_settled(status: DeliveryStatus, since: datetime) -> bool:
    return any(_is_settled(delivery, since) for delivery in status.deliveries)


def _is_settled(delivery: Delivery, since: datetime) -> bool:
    return delivery.settled_at is not None and delivery.settled_at >= since


def _stuck_alert(late: Sequence[OperatorAlert]) -> OperatorAlert:
    """Return an alert saying that no post is sent, dated by the oldest of `late`."""
    oldest = min(late, key=lambda alert: alert.since)
    return OperatorAlert(AlertKind.STUCK, "", oldest.since, oldest.note)


def _unsent_alerts(
    deliveries: Iterable[Delivery], now: datetime
) -> Iterator[OperatorAlert]:
    """Yield alerts on posts left to a person, and on refused posts of the last day."""
    for delivery in deliveries:
        key, made_at = delivery.post.key, delivery.post.made_at
        if delivery.state is DeliveryState.PERSON:
            yield OperatorAlert(AlertKind.PERSON, key, made_at, delivery.note)
        # A refusal is final. Without the limit of one day, its alert would never end.
        if delivery.state is DeliveryState.REFUSED and now - made_at < _DAY:
            yield OperatorAlert(AlertKind.REFUSED, key, made_at, delivery.note)


def _owed_alerts(
    debts: Iterable[CorrectionStatus], before: datetime
) -> Iterator[OperatorAlert]:
    for debt in debts:
        if debt.corrected_at is None and debt.since < before:
            subject = f"{debt.event}/{debt.channel}"
            yield OperatorAlert(AlertKind.OWED, subject, debt.since)


def _pause_alerts(status: DeliveryStatus, before: datetime) -> Iterator[OperatorAlert]:
    """Yield an alert for each pause that holds back a post made before `before`."""
    # A pause is deliberate, so it is reported only if it holds back a post.
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
