"""The section `[policy]` of the configuration: what is published, and where."""

from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field

from bot.model.draft import Action
from bot.model.entity import Entity, parse_entity
from bot.model.incident import EventKind, State
from bot.policy.flood_control import FloodLimit
from bot.policy.publication_rules import Policy, PolicyRule
from bot.settings import Duration, Lax, Many, Section, Some, between, matching
from bot.sources.ioda.config import iso_countries


def _parse_place(text: object) -> object:
    """Return the entity that a text such as `KZ`, `KZ/Almaty` or `asn:9198` names.

    A value that is not text is returned unchanged.

    Raises:
        ValueError: the text does not name an entity, or its country does not exist.
    """
    if not isinstance(text, str):
        return text
    kind = "region:" if "/" in text else "country:"
    entity = parse_entity(text if ":" in text else f"{kind}{text}")
    if entity.country not in {None, "XK", *iso_countries()}:
        # A misspelt country is refused. Without this, a rule with the action hold would
        # not match, and another rule could publish the event (P16).
        raise ValueError(
            f"unknown country {entity.country!r}; use its ISO 3166-1 code of two letters"
        )
    return entity


Place = Annotated[Entity, BeforeValidator(_parse_place)]


class PolicyRuleSection(Section):
    """One publication rule; a key that is left out matches everything."""

    name: Annotated[
        str,
        matching(
            r"[a-z0-9]+(-[a-z0-9]+)*", "write small letters, digits and single hyphens"
        ),
    ]
    action: Lax[Action]
    states: Some[Lax[State]] = ()
    kinds: Some[Lax[EventKind]] = ()
    channels: Some[str] = ()
    confirmed: bool | None = None
    places: Some[Place] = ()

    def rule(self) -> PolicyRule:
        """Return the rule as the record that `bot.policy` uses."""
        return PolicyRule(
            **{name: getattr(self, name) for name in type(self).model_fields}
        )


class PolicySection(Section):
    """Publication rules in order; an event that no rule matches goes to review."""

    stale_after: Annotated[Duration, between("1m", "36500d")] = timedelta(hours=6)
    flood_above: Annotated[int, Field(ge=1)] = 10
    flood_within: Annotated[Duration, between("1m", "30d")] = timedelta(hours=1)
    rules: Many[PolicyRuleSection] = ()

    def policy(self) -> Policy:
        """Return the policy as the record that `bot.policy` uses."""
        rules = tuple(section.rule() for section in self.rules)
        flood = FloodLimit(self.flood_above, self.flood_within)
        return Policy(rules, self.stale_after, flood)
