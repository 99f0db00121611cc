"""What a channel carries, when, and how much of it (P16).

A correction waits for nobody: neither for the morning nor for a cap.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.delivery import Post
from bot.model.draft import Action, Decision
from bot.model.entity import Entity
from bot.model.incident import EventKind, IncidentEvent, State
from bot.model.verdict import Scope, Severity

CORRECTIONS = frozenset({EventKind.CORRECTED, EventKind.RETRACTED})
_LOUD = CORRECTIONS | {EventKind.CONFIRMED, EventKind.ESCALATED, EventKind.REOPENED}
"""What is told at any hour; the rest is minor and may wait for the morning."""
_DAY = timedelta(days=1)
MONTH = timedelta(days=31)
# Whatever a channel may take for a link, and charge as one: with a scheme, or a bare
# host name. More than there are, so that a budget is never overspent.
_LINK = re.compile(r"://|[\w-]\.[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class ChannelFilter:
    """What a channel carries; an empty tuple is everything."""

    places: tuple[Entity, ...] = ()
    kinds: tuple[EventKind, ...] = ()
    severities: tuple[Severity, ...] = ()
    scopes: tuple[Scope, ...] = ()
    states: tuple[State, ...] = ()

    def carries(self, event: IncidentEvent) -> bool:
        """Whether an event is for this channel."""
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
    """Hours in which minor news waits, by the clocks of `zone`."""

    since: time
    until: time
    zone: str = "UTC"

    def ends(self, at: datetime) -> datetime | None:
        """When the quiet hours that `at` lies in end; None if it lies in none."""
        here = at.astimezone(ZoneInfo(self.zone))
        over = here.replace(
            hour=self.until.hour, minute=self.until.minute, second=0, microsecond=0
        )
        begun, ended = here.time() >= self.since, here.time() >= self.until
        overnight = self.since > self.until
        within = (begun or not ended) if overnight else (begun and not ended)
        if not within:
            return None
        ends = over + _DAY if overnight and begun else over
        return ends.astimezone(at.tzinfo)


@dataclass(frozen=True, slots=True)
class Budget:
    """Money a month, where posts cost some; in any one currency.

    Attributes:
        monthly_budget: for all posts of the last 31 days.
        reserve: the part of it that only corrections may spend.
        cost_per_post, cost_per_link: the price of a post without and with a link.
        cost_per_picture: what a picture costs on top.
    """

    monthly_budget: float
    reserve: float = 0.0
    cost_per_post: float = 0.0
    cost_per_link: float = 0.0
    cost_per_picture: float = 0.0

    def price(self, post: Post) -> float:
        """What it costs at most: a picture may yet be left out."""
        words = self.cost_per_link if _LINK.search(post.text) else self.cost_per_post
        return words + (self.cost_per_picture if post.picture else 0.0)


@dataclass(frozen=True, slots=True)
class ChannelRules:
    """The rules of one channel; None is no limit."""

    filter: ChannelFilter = ChannelFilter()
    quiet: QuietHours | None = None
    posts_per_incident_per_day: int | None = None
    posts_per_day: int | None = None
    budget: Budget | None = None

    @property
    def counts(self) -> bool:
        """Whether it matters what went out before."""
        caps = (self.posts_per_incident_per_day, self.posts_per_day, self.budget)
        return any(cap is not None for cap in caps)


NOT_CARRIED = "not-carried-there"
NOTHING_TO_CORRECT = "nothing-to-correct-there"
MACHINE_DRAFT = "language-is-a-machine-draft"


def apply(
    rules: ChannelRules, event: IncidentEvent, decision: Decision, *, told: bool
) -> Decision:
    """What policy decided, for a channel with such a rules.

    Who was told of an incident is told how it goes on, and of every correction, by a
    person if not by a rule; who was not is told neither of what the channel does not
    carry, nor of corrections.

    Args:
        rules: the channel's rules.
        event: what is to be told.
        decision: what policy says.
        told: whether the channel carried an earlier post of the incident.
    """
    if event.kind in CORRECTIONS:
        if not told:
            return replace(decision, action=Action.HOLD, reason=NOTHING_TO_CORRECT)
        if decision.action is Action.HOLD:
            return replace(decision, action=Action.REVIEW, reason="it-was-told-there")
    elif not told and not rules.filter.carries(event):
        return replace(decision, action=Action.HOLD, reason=NOT_CARRIED)
    return decision


def read_first(decision: Decision) -> Decision:
    """What was decided, for words that no named person vouches for: review only.

    Whatever a rule says: sentences that nobody has read go out by a person's hand.
    """
    if decision.action is not Action.PUBLISH:
        return decision
    return replace(decision, action=Action.REVIEW, reason=MACHINE_DRAFT)


Sent = Sequence[tuple[Post, datetime]]
"""Posts of one channel, and when each was out, oldest first."""


def delay_until(
    rules: ChannelRules, post: Post, now: datetime, sent: Sent
) -> tuple[datetime, str]:
    """Until when a post waits, and why: `now`, and nothing, where it may go.

    Args:
        rules: the rules of its channel.
        post: a waiting one.
        now: aware.
        sent: what went out there within the last 31 days.
    """
    late = [_money(rules.budget, post, now, sent)]
    if post.kind not in CORRECTIONS:
        mine = [pair for pair in sent if pair[0].incident == post.incident]
        late += [
            _cap(
                rules.posts_per_incident_per_day,
                now,
                mine,
                "posts on this incident a day",
            ),
            _cap(rules.posts_per_day, now, sent, "posts a day"),
        ]
    if rules.quiet is not None and post.kind not in _LOUD:
        late.append((rules.quiet.ends(now) or now, "quiet hours"))
    until, why = max(late, key=lambda told: told[0])
    return (until, why) if until > now else (now, "")


def _cap(
    most: int | None, now: datetime, sent: Sent, what: str
) -> tuple[datetime, str]:
    """When the oldest of the last `most` posts is a day old."""
    lately = [at for _, at in sent if now - at < _DAY]
    if most is None or len(lately) < most:
        return now, ""
    return lately[-most] + _DAY if most else now + _DAY, f"at most {most} {what}"


def _money(
    budget: Budget | None, post: Post, now: datetime, sent: Sent
) -> tuple[datetime, str]:
    """When enough of the month's posts are old enough; tomorrow, where none is."""
    if budget is None:
        return now, ""
    reserve = 0.0 if post.kind in CORRECTIONS else budget.reserve
    over = budget.price(post) - (budget.monthly_budget - reserve)
    spent = [(budget.price(p), at) for p, at in sent if now - at < MONTH]
    over += sum(price for price, _ in spent)
    until = now
    for price, at in spent:
        if over <= _ROUNDING:
            break
        over, until = over - price, at + MONTH
    if over > _ROUNDING:
        until = now + _DAY  # it costs more than a month has: a person must look
    return until, "the month's budget is spent"


_ROUNDING = 1e-9
