"""Choose which parts of a place texts name, and their states and time zone."""

from collections.abc import Sequence

from bot.model.entity import EntityKind
from bot.model.event import Facts
from bot.model.timeline import SeriesLevel
from bot.model.verdict import NARROW_SCOPES, Scope
from bot.places import Register
from bot.text.translations import Translations

_MAX_STATES = 3
"""Texts name the states (such as Texas) of the affected regions if at most this many."""


def reported_parts(facts: Facts) -> tuple[SeriesLevel, ...]:
    """Return the parts whose levels are given in texts instead of the place's level.

    In an incident of single networks, return the networks. In other incidents, return
    the regions and networks if the principal is a series of a part (`levels.part`),
    because readers must not take its level for that of the place; otherwise return no
    parts. Parts without a level are left out. So are parts with another signal than the
    first part, because readers compare the levels.
    """
    networks = branded_first(facts.parts.networks)
    if facts.scope in NARROW_SCOPES:
        parts = networks
    else:
        parts = () if facts.levels.part is None else (*facts.parts.regions, *networks)
    levels = [part for part in parts if part.level is not None]
    return tuple(part for part in levels if part.signal == levels[0].signal)


def branded_first(networks: Sequence[SeriesLevel]) -> tuple[SeriesLevel, ...]:
    """Return the networks, those with a brand first; readers know no AS numbers."""
    return tuple(sorted(networks, key=lambda network: not network.brand))


def zone_of(facts: Facts, register: Register) -> str:
    """Return the time zone that texts use for local times.

    This is the time zone of the place or, if texts name regions instead, of the regions
    (P9). If the regions have several time zones, the result is "UTC".
    """
    if facts.scope is not Scope.REGIONAL and facts.levels.part is None:
        return register.local_zone(facts.place)
    regions = {s.entity for s in facts.parts.regions}
    if facts.levels.part is not None and facts.levels.part.kind is EntityKind.REGION:
        regions.add(facts.levels.part)
    zones = {register.local_zone(entity) for entity in regions or {facts.place}}
    return zones.pop() if len(zones) == 1 else "UTC"


def named_states(
    translations: Translations, register: Register, facts: Facts
) -> tuple[str, ...]:
    """Return the states or provinces of the affected parts, if texts name them.

    The result is empty if the incident is not regional, if there are more than three
    states, if any part is a network, or if the language has no message for states. It
    is also empty if the level in the facts is the country's: readers would take it for
    the level of the states.
    """
    # A national incident is about the country, even if only parts are still down.
    if facts.scope is not Scope.REGIONAL:
        return ()
    parts = (*reported_parts(facts), *facts.parts.regions)
    regional = all(part.entity.kind is EntityKind.REGION for part in parts)
    named = translations.has("own", "places", "parts")
    whole = facts.place.kind is EntityKind.COUNTRY
    if not (named and whole and regional and reported_parts(facts)):
        return ()
    states = sorted({register.state_name(part.entity) for part in parts})
    return tuple(states) if len(states) <= _MAX_STATES else ()


def place_phrase(
    translations: Translations, register: Register, facts: Facts, name: str
) -> str:
    """Return a place name with its preposition, such as "in Kazakhstan".

    If texts name the states of the affected regions, these come first: "in Fars
    (Iran)".
    """
    states = named_states(translations, register, facts)
    if states:
        joined = translations.join_list(states)
        return translations.translate("own", "places", "parts", parts=joined, name=name)
    return whole_phrase(translations, register, facts, name)


def whole_phrase(
    translations: Translations, register: Register, facts: Facts, name: str
) -> str:
    """Return the name of the whole place with its preposition, such as "in Iran"."""
    whole = facts.place.kind is EntityKind.COUNTRY
    code = register.country(facts.place) if whole else None
    return translations.translate("places", "within", name=name, code=code or "none")
