"""The impact of an outage, as a table of the report page and as JSON (P4)."""

from dataclasses import dataclass
from typing import Any

from bot.model.event import Direction, Impact, IncidentEvent, KindImpact
from bot.text.translations import Translations


@dataclass(frozen=True, slots=True)
class KindView:
    """One row of the table, for networks of one kind; `level` is "" if unknown."""

    name: str
    watched: int
    dropped: int
    unknown: int
    level: str


@dataclass(frozen=True, slots=True)
class ImpactView:
    """The impact: a table, and one sentence for each direction of traffic."""

    kinds: tuple[KindView, ...]
    users: str
    services: str


def impact_view(event: IncidentEvent, translations: Translations) -> ImpactView | None:
    """Return the impact as of an event; None if it was not measured."""
    impact = event.facts.impact
    if impact is None:
        return None
    return ImpactView(
        kinds=tuple(_kind_view(kind, translations) for kind in impact.kinds),
        users=_direction("users", impact.users_out, translations),
        services=_direction("services", impact.services_in, translations),
    )


def impact_json(impact: Impact | None) -> dict[str, Any] | None:
    """Return the impact for `incident.json`; None if it was not measured.

    A level is a fraction of the baseline, or null if it is not known. A family is the
    one that shows the state, or null if the state is unknown.
    """
    if impact is None:
        return None
    return {
        "networks": {
            str(kind.kind): {
                "watched": kind.watched,
                "dropped": kind.dropped,
                "unknown": kind.unknown,
                # This is the exact level; the page shows it in whole percent (P4).
                "median_level": kind.median_level,
            }
            for kind in impact.kinds
        },
        "users_out": _direction_json(impact.users_out),
        "services_in": _direction_json(impact.services_in),
    }


def _kind_view(impact: KindImpact, translations: Translations) -> KindView:
    level = impact.median_level
    return KindView(
        name=translations.translate("impact", "kinds", impact.kind),
        watched=impact.watched,
        dropped=impact.dropped,
        unknown=impact.unknown,
        level="" if level is None else translations.percent(level),
    )


def _direction(side: str, direction: Direction, translations: Translations) -> str:
    by = ""
    if direction.family is not None:
        family = translations.translate("families", direction.family)
        # If networks show the state, the words of `by` depend on `side`. If the series of
        # the place show it, both sides have the same words.
        key = side if direction.by_networks else "place"
        by = translations.translate("impact", "by", key, family=family)
    state = "pending" if direction.is_pending else str(direction.state)
    return translations.translate("impact", side, state, by=by)


def _direction_json(direction: Direction) -> dict[str, Any]:
    return {
        "state": str(direction.state),
        "family": direction.family and str(direction.family),
        "by_networks": direction.by_networks,
        "pending": direction.is_pending,
    }
