"""The rules of a channel: what it carries, when and how much (P16).

Quiet hours and caps do not apply to corrections. Only the budget can delay a
correction.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.delivery import Delivery, DeliveryState, Post
from bot.model.draft import Action, Decision
from bot.model.entity import Entity
from bot.model.event import IncidentEvent
from bot.model.incident import CORRECTION_KINDS, EventKind, State
from bot.model.verdict import Scope, Severity
from bot.policy.reasons import DecisionReason, DelayReason

_URGENT = frozenset(
    {
        *CORRECTION_KINDS,
        EventKind.CONFIRMED,
        EventKind.ESCALATED,
        EventKind.REOPENED,
    }
)
"""Kinds of events that are posted during quiet hours too."""
_DAY = timedelta(days=1)
MONTH = timedelta(days=31)
"""The period of a monthly budget: as long as the longest month.

So the budget is not exceeded in any month.
"""
# Matches all that a platform may charge for as a link: a scheme or a bare host name. It
# may match a little more, but never less, so that no budget is overspent.
_LINK = re.compile(r"://|[\w-]\.[^\W\d_]{2,}")
# An excess up to this amount is ignored: it comes from rounding when prices are added.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class ChannelFilter:
    """Which events a channel carries.

    An event must match every field. A field that is () matches every event.
    """

    places: tuple[Entity, ...] = ()
    kinds: tuple[EventKind, ...] = ()
    severities: tuple[Severity, ...] = ()
    scopes: tuple[Scope, ...] = ()
    states: tuple[State, ...] = ()

    def is_carried(self, event: IncidentEvent) -> bool:
        """Return whether an event passes the filter."""
        facts = event.facts
        return (
            (not self.places or facts.place in self.places)
            and (not self.kinds or event.kind in self.kinds)
            and (not self.severities or facts.severity in self.severities)
            and (not self.scopes or facts.scope in self.scopes)
            and (not self.states or facts.state in self.states)
        )


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours of each day in which posts that are not urgent wait.

    If `since` is later than `until`, the quiet hours last overnight.

    Attributes:
        since, until: the first and the last time of day, in the time zone `zone`.
        zone: the name of the time zone in the tz database.
    """

    since: time
    until: time
    zone: str = "UTC"

    def end_if_quiet(self, at: datetime) -> datetime | None:
        """Return the end of the quiet hours if `at` is within them, otherwise None."""
        local = at.astimezone(ZoneInfo(self.zone))
        end_today = local.replace(
            hour=self.until.hour, minute=self.until.minute, second=0, microsecond=0
        )
        begun, ended = local.time() >= self.since, local.time() >= self.until
        overnight = self.since > self.until
        within = (begun or not ended) if overnight else (begun and not ended)
        if not within:
            return None
        # If the quiet hours last overnight, and it is before midnight, they end
        # tomorrow.
        end = end_today + _DAY if overnight and begun else end_today
        return end.astimezone(at.tzinfo)


@dataclass(frozen=True, slots=True)
class Budget:
    """A monthly budget for a channel whose posts cost money, all in one currency.

    Attributes:
        monthly_budget: what all posts of any 31 days may cost together.
        reserve: the part of the monthly budget that only corrections may spend.
        cost_per_post: the price of a post without a link.
        cost_per_link: the price of a post with a link.
        cost_per_picture: the price that a picture adds.
    """

    monthly_budget: float
    reserve: float = 0.0
    cost_per_post: float = 0.0
    cost_per_link: float = 0.0
    cost_per_picture: float = 0.0

    def price_of(self, post: Post) -> float:
        """Return the price of a post with its picture: the most that it can cost."""
        text_price = (
            self.cost_per_link if _LINK.search(post.text) else self.cost_per_post
        )
        return text_price + (self.cost_per_picture if post.picture else 0.0)


@dataclass(frozen=True, slots=True)
class ChannelRules:
    """The rules of one channel; None means that there is no such limit."""

    filter: ChannelFilter = ChannelFilter()
    quiet: QuietHours | None = None
    posts_per_incident_per_day: int | None = None
    posts_per_day: int | None = None
    budget: Budget | None = None

    @property
    def needs_earlier_posts(self) -> bool:
        """Whether a cap or a budget is set; both count the posts sent earlier."""
        caps = (self.posts_per_incident_per_day, self.posts_per_day, self.budget)
        return any(cap is not None for cap in caps)


def with_channel_rules(
    rules: ChannelRules,
    event: IncidentEvent,
    decision: Decision,
    *,
    has_earlier_post: bool,
) -> Decision:
    """Return `decision`, changed by the rules of its channel.

    If the channel has no earlier post of the incident, every correction is held, and so
    is every event that does not pass the filter. If the channel has an earlier post,
    the filter excludes nothing, and a correction that policy holds goes to review.

    Args:
        rules: the rules of the channel.
        event: the event of the decision.
        decision: the decision of the publication rules.
        has_earlier_post: whether the channel carries, or may carry, an earlier post of
            the incident.
    """
    if event.kind in CORRECTION_KINDS:
        if not has_earlier_post:
            reason = DecisionReason.NOTHING_TO_CORRECT
            return replace(decision, action=Action.HOLD, reason=reason)
        if decision.action is Action.HOLD:
            reason = DecisionReason.CLAIM_WAS_CARRIED
            return replace(decision, action=Action.REVIEW, reason=reason)
    elif not has_earlier_post and not rules.filter.is_carried(event):
        reason = DecisionReason.NOT_CARRIED
        return replace(decision, action=Action.HOLD, reason=reason)
    return decision


def with_review_first(decision: Decision) -> Decision:
    """Return `decision`, with the action review instead of publish.

    It is for texts in a language whose sentences no named person has reviewed yet.
    """
    if decision.action is not Action.PUBLISH:
        return decision
    reason = DecisionReason.MACHINE_DRAFT
    return replace(decision, action=Action.REVIEW, reason=reason)


def overtakes(post: Post, earlier: Delivery, now: datetime) -> bool:
    """Return whether an urgent post is sent in place of an earlier one of its thread.

    That is the case if the earlier post was never tried, because a rule puts it off. If
    the urgent post waited for the earlier post, the rule would delay urgent news and
    corrections too. If the earlier post were sent after the urgent post, it would be old
    news.

    Args:
        post: a post that is due.
        earlier: an unsettled delivery of an earlier event of the same thread.
        now: the present time, aware.
    """
    untried = earlier.state is DeliveryState.WAITING and earlier.tries == 0
    return post.kind in _URGENT and untried and earlier.not_before > now


def is_old_news(delivery: Delivery, now: datetime, stale_after: timedelta) -> bool:
    """Return whether a post has been due for so long that it is no longer news.

    The time in which a rule puts a post off does not count: the operator wants that
    delay. Corrections and edits of earlier posts never become old.

    Args:
        delivery: a waiting delivery; its post is certainly not published.
        now: the present time, aware.
        stale_after: how long a post may be due.
    """
    post = delivery.post
    if post.kind in CORRECTION_KINDS or post.amends is not None:
        return False
    # `not_before` of an untried post is when the rules permit it. After a failed try, it
    # is the time of the next try. So the time of the first try is used instead.
    first_due = post.tried_at if delivery.tries else delivery.not_before
    since = max(filter(None, (post.made_at, first_due, post.absent_at)))
    return now - since > stale_after


Sent = Sequence[tuple[Post, datetime]]
"""Posts of one channel, and when each was sent, oldest first."""
_Delay = tuple[datetime, str]
"""When a post may be sent, and why not earlier; "" if the post may be sent now."""


def earliest_sending(
    rules: ChannelRules, post: Post, now: datetime, sent_posts: Sent
) -> tuple[datetime, str]:
    """Return when a post may be sent, and why not earlier.

    If the post may be sent at once, return `now` and "".

    Args:
        rules: the rules of the post's channel.
        post: a waiting post.
        now: the present time, aware.
        sent_posts: the channel's posts of the last 31 days.
    """
    delays = [_budget_delay(rules.budget, post, now, sent_posts)]
    if post.kind not in CORRECTION_KINDS:
        delays += _cap_delays(rules, post, now, sent_posts)
    if rules.quiet is not None and post.kind not in _URGENT:
        delays.append(
            (rules.quiet.end_if_quiet(now) or now, str(DelayReason.QUIET_HOURS))
        )
    until, reason = max(delays, key=lambda delay: delay[0])
    return (until, reason) if until > now else (now, "")


def _cap_delays(
    rules: ChannelRules, post: Post, now: datetime, sent: Sent
) -> tuple[_Delay, _Delay]:
    of_incident = [pair for pair in sent if pair[0].incident == post.incident]
    per_incident = rules.posts_per_incident_per_day
    return (
        _cap_delay(per_incident, now, of_incident, DelayReason.INCIDENT_CAP),
        _cap_delay(rules.posts_per_day, now, sent, DelayReason.DAILY_CAP),
    )


def _cap_delay(
    cap: int | None, now: datetime, sent: Sent, reason: DelayReason
) -> _Delay:
    """Return when a cap on posts within a day permits a post, and why not earlier.

    If the cap permits the post now, or if there is no cap, return `now` and "".

    Args:
        cap: the most posts within 24 hours; None: there is no cap.
        now: the present time, aware.
        sent: the posts that the cap counts.
        reason: the reason to return after the words "at most `cap`".
    """
    last_day = [at for _, at in sent if now - at < _DAY]
    if cap is None or len(last_day) < cap:
        return now, ""
    # A cap of zero never permits the post. So the post is put off by a day, each day
    # again.
    until = last_day[-cap] + _DAY if cap else now + _DAY
    return until, f"at most {cap} {reason}"


def _budget_delay(
    budget: Budget | None, post: Post, now: datetime, sent: Sent
) -> _Delay:
    """Return when the budget covers `post`, and why not earlier.

    An earlier post no longer counts once it is 31 days old.
    """
    if budget is None:
        return now, ""
    reserve = 0.0 if post.kind in CORRECTION_KINDS else budget.reserve
    excess = budget.price_of(post) - (budget.monthly_budget - reserve)
    spent = [(budget.price_of(p), at) for p, at in sent if now - at < MONTH]
    excess += sum(price for price, _ in spent)
    until = now
    for price, at in spent:
        if excess <= _ROUNDING:
            break
        excess, until = excess - price, at + MONTH
    if excess > _ROUNDING:
        # The post alone costs more than the budget. It is put off by a day, each day
        # again, and so logged every day, until an operator raises the budget or drops
        # the post.
        until = now + _DAY
    return until, str(DelayReason.BUDGET_SPENT)
