"""The families of measurement that an event names as down."""

from bot.model.entity import Entity
from bot.model.incident import Incident
from bot.model.signal import Family
from bot.model.verdict import NARROW_SCOPES, Finding, SeriesState, Verdict


def families_down(verdict: Verdict) -> tuple[Family, ...]:
    """Return the families that are down at the place, the earliest onset first.

    If no family is down at the place itself, the result is the families that are down
    at its fallen parts. If the scope is that of single networks (operator or mobile),
    the result is the families of the place and of its fallen parts together, because
    the families of the networks confirm the drop, whatever the place reads. At a fallen
    part, a family counts even if its own drop is not sustained: its first low bin may
    confirm the part's drop.
    """
    own = [f for f in verdict.own if f.state is SeriesState.DROPPED]
    fallen = {f.entity for f in verdict.fallen_parts}
    of_parts = [
        f
        for f in verdict.parts
        if f.state is SeriesState.DROPPED and f.entity in fallen
    ]
    pool = own + of_parts if verdict.scope in NARROW_SCOPES else own or of_parts
    # The first element of the key places findings without an onset last.
    ordered = sorted(pool, key=lambda f: (f.onset is None, f.onset, f.family))
    return tuple(dict.fromkeys(f.family for f in ordered))


def only_family(
    before: Incident | None, place: Entity, principal: Finding
) -> tuple[Family, ...]:
    """Return the one family that a suspected incident rests on.

    This is the family of the principal finding. But if both this event and the last
    event publish a level of the place itself, the incident's first family is kept.
    """
    if before is not None and before.principal and principal.entity == place:
        return before.families[:1] or (principal.family,)
    return (principal.family,)


def families_so_far(
    before: Incident | None,
    down: tuple[Family, ...],
    corroborating: tuple[Family, ...],
) -> tuple[Family, ...]:
    """Return every family that was down in the incident, the earliest first.

    Args:
        before: the incident before this event; None if the event opens it.
        down: the families that are down now.
        corroborating: the families that fell together, as the verdict names them.
    """
    earlier = before.families if before else ()
    # A family that fell with the others corroborates them, even if it is already back
    # (P7).
    return tuple(dict.fromkeys((*earlier, *down, *corroborating)))
