"""The families of measurement that an event names as down."""

from bot.model.entity import Entity
from bot.model.incident import Incident
from bot.model.signal import Family
from bot.model.verdict import NARROW_SCOPES, Finding, SeriesState, Verdict


def families_down(verdict: Verdict) -> tuple[Family, ...]:
    """Return the families that are down, the earliest onset first.

    These are the families that are down at the place itself. If there are none, they
    are the families that are down at the fallen parts. With the scope operator or
    mobile, both count: the families of single networks show the drop, whatever the
    place itself reads.

    A family's drop at a fallen part counts even if it is not sustained, because its first
    low bin may confirm what another family shows of this part.
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
    incident_before: Incident | None, place: Entity, principal: Finding
) -> tuple[Family, ...]:
    """Return the one family that a suspected incident rests on.

    This is the family of the principal finding. There is one exception: if this event
    and the last one both publish a level of the place itself, the incident's first
    family stays.
    """
    if (
        incident_before is not None
        and incident_before.principal
        and principal.entity == place
    ):
        return incident_before.families[:1] or (principal.family,)
    return (principal.family,)


def families_so_far(
    incident_before: Incident | None,
    families_down_now: tuple[Family, ...],
    families_fallen_together: tuple[Family, ...],
) -> tuple[Family, ...]:
    """Return every family that was down in the incident, each once.

    The families of earlier events come first, then those that are down now, then those
    that fell with them and are back already.

    Args:
        incident_before: the incident before this event; None if the event opens it.
        families_down_now: the families that are down now.
        families_fallen_together: the families of the verdict that fell together.
    """
    earlier = incident_before.families if incident_before else ()
    # The verdict also names families that fell with the others and are back already
    # (P7).
    return tuple(
        dict.fromkeys((*earlier, *families_down_now, *families_fallen_together))
    )
