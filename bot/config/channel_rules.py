"""Sections for channel rules (filter, quiet hours, caps, budget) and for alerts."""

from datetime import time, timedelta
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, model_validator

from bot.model.entity import parse_entity
from bot.model.incident import EventKind, State
from bot.model.verdict import Scope, Severity
from bot.policy.channel_rules import Budget, ChannelFilter, ChannelRules, QuietHours
from bot.settings import Duration, Lax, Secret, Section, Some, between, secret_error

Money = Annotated[float, Field(ge=0)]


def _check_entity(text: str) -> str:
    parse_entity(text)
    return text


EntityText = Annotated[str, AfterValidator(_check_entity)]
"""An entity written as text, such as `country:KZ`; any other text is invalid."""


def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(
            f"unknown time zone {name!r}; write an IANA name such as Europe/Berlin,"
            " or UTC"
        ) from None
    return name


class FilterSection(Section):
    """The events that a channel carries; a key that is left out excludes no event."""

    places: Some[EntityText] = ()
    kinds: Some[Lax[EventKind]] = ()
    severities: Some[Lax[Severity]] = ()
    scopes: Some[Lax[Scope]] = ()
    states: Some[Lax[State]] = ()


class QuietSection(Section):
    """The hours of each day in which posts that are not urgent wait.

    `since` and `until` are local times in the time zone `zone`.
    """

    since: Lax[time]
    until: Lax[time]
    zone: Annotated[str, AfterValidator(_check_zone)] = "UTC"

    @model_validator(mode="after")
    def _check_length(self) -> Self:
        if self.since == self.until:
            raise ValueError(
                "since and until are the same time; change one, or leave this table out"
            )
        return self


class BudgetSection(Section):
    """What a channel may cost in 31 days, and its prices; all in the same currency."""

    monthly_budget: Money
    reserve: Money = 0.0
    cost_per_post: Money = 0.0
    cost_per_link: Money = 0.0
    cost_per_picture: Money = 0.0


def _check_address(address: SecretStr) -> SecretStr:
    """Return `address`; no message may quote it.

    Raises:
        PydanticCustomError: heartbeats cannot be sent there.
    """
    try:
        parts = urlsplit(address.get_secret_value())
        is_web_address = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_web_address = False
    if not is_web_address:
        raise secret_error(
            "the secret must be a web address, such as https://watchdog.example/1234"
        )
    return address


class AlarmSection(Section):
    """When operators are alerted, and where heartbeats go.

    Attributes:
        after: how long a post may wait before it counts as late.
        again: the time after which an alert is repeated while its problem lasts.
        heartbeat: the URL of an external watchdog, which is requested after each
            successful tick. The watchdog alerts people when the requests stop. None for
            no heartbeat.
    """

    after: Annotated[Duration, between("1ms", "30d")] = timedelta(minutes=15)
    again: Annotated[Duration, between("1m", "366d")] = timedelta(hours=6)
    heartbeat: Annotated[Secret, AfterValidator(_check_address)] | None = None


class ChannelRulesSection(Section):
    """The rules of one channel; a key that is left out sets no limit."""

    filter: FilterSection = FilterSection()
    quiet: QuietSection | None = None
    posts_per_incident_per_day: Annotated[int, Field(ge=1)] | None = None
    posts_per_day: Annotated[int, Field(ge=1)] | None = None
    budget: BudgetSection | None = None

    def rules(self) -> ChannelRules:
        """Return the rules as the record that `bot.policy` uses."""
        values = self.filter.model_dump()
        values["places"] = tuple(parse_entity(text) for text in self.filter.places)
        return ChannelRules(
            filter=ChannelFilter(**values),
            quiet=QuietHours(**self.quiet.model_dump()) if self.quiet else None,
            posts_per_incident_per_day=self.posts_per_incident_per_day,
            posts_per_day=self.posts_per_day,
            budget=Budget(**self.budget.model_dump()) if self.budget else None,
        )
