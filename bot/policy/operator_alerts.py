"""Operator alerts on late and refused posts, owed corrections and pauses (P10)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.delivery import Delivery, DeliveryState
from bot.model.draft import WaitingDraft
from bot.model.operations import ALL_CHANNELS, AlertKind, OperatorAlert, Pause
from bot.policy.corrections import CorrectionStatus

_UNDER_WAY = frozenset(
    {DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN}
)
_DAY = timedelta(days=1)
REVIEW_AFTER = timedelta(hours=1)
"""How long a draft may wait for a person before operators are alerted."""
_MAX_DRAFTS_NAMED = 5


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """The records from which alerts are derived.

    Attributes:
        deliveries: all unsettled deliveries, and all other deliveries of the last day.
        pauses: the pauses in force.
        debts: the corrections that a channel may still owe.
        waiting_drafts: the drafts that wait for a person, oldest first.
    """

    deliveries: Sequence[Delivery]
    pauses: Sequence[Pause]
    debts: Sequence[CorrectionStatus]
    waiting_drafts: Sequence[WaitingDraft] = ()


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
    return (
        *_stuck_alerts(status, late, before),
        *late,
        *_unsent_alerts(status.deliveries, now),
        *_owed_alerts(status.debts, before),
        *_pause_alerts(status, before),
        *_unreviewed_alerts(status.waiting_drafts, now - REVIEW_AFTER),
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


def _is_settled(delivery: Delivery, since: datetime) -> bool:
    return delivery.settled_at is not None and delivery.settled_at >= since


def _stuck_alerts(
    status: DeliveryStatus, late: Sequence[OperatorAlert], before: datetime
) -> Iterator[OperatorAlert]:
    """Yield an alert for each channel with late posts that has sent nothing since `before`.

    If no channel has sent anything, there is one alert for all of them.
    """
    settled = {d.post.channel for d in status.deliveries if _is_settled(d, before)}
    # The subject of a late post's alert is its key, which ends with the channel.
    late_on: dict[str, list[OperatorAlert]] = {}
    for alert in late:
        late_on.setdefault(alert.subject.rpartition("/")[2], []).append(alert)
    if late_on and not settled:
        late_on = {"": list(late)}
    for channel in sorted(late_on.keys() - settled):
        oldest = min(late_on[channel], key=lambda alert: alert.since)
        yield OperatorAlert(AlertKind.STUCK, channel, oldest.since, oldest.note)


def _unreviewed_alerts(
    drafts: Sequence[WaitingDraft], before: datetime
) -> Iterator[OperatorAlert]:
    """Yield one alert for all drafts that have waited for a person since `before`.

    Their letters may not arrive, or nobody may be there to read them (P19).
    """
    old = [draft for draft in drafts if draft.since < before]
    if old:
        names = ", ".join(draft.id for draft in old[:_MAX_DRAFTS_NAMED])
        more = len(old) - _MAX_DRAFTS_NAMED
        note = f"{names} and {more} more" if more > 0 else names
        yield OperatorAlert(AlertKind.UNREVIEWED, "", old[0].since, note)


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
