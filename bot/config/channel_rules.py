"""The sections on a channel's desk: what it carries, when, and how much of it."""

from datetime import time, timedelta
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from bot.model.entity import parse_entity
from bot.model.incident import EventKind, State
from bot.model.verdict import Scope, Severity
from bot.policy.channel_rules import Budget, ChannelFilter, ChannelRules, QuietHours
from bot.settings import Duration, Lax, Many, Secret, Section

Money = Annotated[float, Field(ge=0)]


def _place(text: str) -> str:
    parse_entity(text)
    return text


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("write a zone as Europe/Berlin, or UTC") from None
    return name


class FilterSection(Section):
    """What a channel carries; what is left out is carried whatever it is."""

    places: Many[Annotated[str, AfterValidator(_place)]] = ()
    kinds: Many[Lax[EventKind]] = ()
    severities: Many[Lax[Severity]] = ()
    scopes: Many[Lax[Scope]] = ()
    states: Many[Lax[State]] = ()


class QuietSection(Section):
    """Hours in which minor news waits."""

    since: Lax[time]
    until: Lax[time]
    zone: Annotated[str, AfterValidator(_zone)] = "UTC"

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.since == self.until:
            raise ValueError("quiet hours that end when they begin are none: leave out")
        return self


class BudgetSection(Section):
    """Money a month, for channels where posts cost some; in any one currency."""

    monthly_budget: Money
    reserve: Money = 0.0
    cost_per_post: Money = 0.0
    cost_per_link: Money = 0.0
    cost_per_picture: Money = 0.0


class AlarmSection(Section):
    """When operators are told what keeps us from telling.

    `heartbeat` is an address that is asked after each good round, for a watcher
    outside who raises the alarm when it stays away.
    """

    after: Duration = timedelta(minutes=15)
    again: Duration = timedelta(hours=6)
    heartbeat: Secret | None = None


class ChannelRulesSection(Section):
    """The rules of one channel."""

    filter: FilterSection = FilterSection()
    quiet: QuietSection | None = None
    posts_per_incident_per_day: Annotated[int, Field(ge=1)] | None = None
    posts_per_day: Annotated[int, Field(ge=1)] | None = None
    budget: BudgetSection | None = None

    def rules(self) -> ChannelRules:
        """Return the rules as the core's record."""
        values = self.filter.model_dump()
        values["places"] = tuple(parse_entity(text) for text in self.filter.places)
        return ChannelRules(
            filter=ChannelFilter(**values),
            quiet=QuietHours(**self.quiet.model_dump()) if self.quiet else None,
            posts_per_incident_per_day=self.posts_per_incident_per_day,
            posts_per_day=self.posts_per_day,
            budget=Budget(**self.budget.model_dump()) if self.budget else None,
        )
