"""Who is cut off, as the page tells it and as its data have it (P4)."""

from dataclasses import dataclass
from typing import Any

from bot.model.impact import Direction, Impact, KindImpact
from bot.model.incident import IncidentEvent
from bot.text.translations import Translations


@dataclass(frozen=True, slots=True)
class KindView:
    """One row of the table; `level` is empty where none fell."""

    name: str
    watched: int
    dropped: int
    unknown: int
    level: str


@dataclass(frozen=True, slots=True)
class ImpactView:
    """The table, and a sentence for each direction."""

    kinds: tuple[KindView, ...]
    users: str
    services: str


def impact_of(event: IncidentEvent, words: Translations) -> ImpactView | None:
    """The impact as of a step; None where it was not counted."""
    found = event.facts.impact
    if found is None:
        return None
    return ImpactView(
        kinds=tuple(_kind(one, words) for one in found.kinds),
        users=_direction("users", found.users_out, words),
        services=_direction("services", found.services_in, words),
    )


def impact_json(found: Impact | None) -> dict[str, Any] | None:
    """The same for machines; levels are fractions of ordinary, null is not known."""
    if found is None:
        return None
    return {
        "networks": {
            str(one.kind): {
                "watched": one.watched,
                "dropped": one.dropped,
                "unknown": one.unknown,
                "median_level": one.median_level,
            }
            for one in found.kinds
        },
        "users_out": _direction_json(found.users_out),
        "services_in": _direction_json(found.services_in),
    }


def _kind(one: KindImpact, words: Translations) -> KindView:
    level = one.median_level
    return KindView(
        name=words.say("impact", "kinds", one.kind),
        watched=one.watched,
        dropped=one.dropped,
        unknown=one.unknown,
        level="" if level is None else words.percent(level),
    )


def _direction(side: str, found: Direction, words: Translations) -> str:
    by = ""
    if found.family is not None:
        family = words.say("families", found.family)
        key = side if found.by_networks else "place"
        by = words.say("impact", "by", key, family=family)
    return words.say("impact", side, found.state, by=by)


def _direction_json(found: Direction) -> dict[str, Any]:
    return {
        "state": str(found.state),
        "family": found.family and str(found.family),
        "by_networks": found.by_networks,
    }
