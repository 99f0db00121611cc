"""Attributions: what a person says about the cause of an incident (P8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.characters import are_same_name


class AttributionLevel(StrEnum):
    """How strong an attribution is; this decides how a text words the attribution.

    A1: "X says ...". A2: "is consistent with ...". A3: "was ordered by ...".
    """

    A1 = "A1"
    A2 = "A2"
    A3 = "A3"


class AttributionAct(StrEnum):
    """What a person did with an attribution."""

    ADD = "add"
    SIGN = "sign"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class CauseClaim:
    """What somebody says about the cause, and where a reader can check it.

    Attributes:
        statement: A1: what `who` says; A2: what the event is consistent with; A3: the
            title of the document with the order.
        who: A1, A2: who said it; A3: who gave the order.
        link: the address of the source.
        archived: an archived copy, as a path or an address.
        alternative: the main alternative explanation; A2 only.
    """

    level: AttributionLevel
    statement: str
    who: str
    link: str
    archived: str
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class AttributionStep:
    """What one person did with one attribution; immutable once stored (P11).

    Attributes:
        incident: the id of the incident.
        number: the number of the attribution; an incident's attributions count from 1.
        by: the name of the person.
        reason: the reason that the person gave.
        at: when the person acted; aware, UTC.
        claim: what is claimed; None unless `act` is ADD.
    """

    incident: str
    number: int
    act: AttributionAct
    by: str
    reason: str
    at: datetime
    claim: CauseClaim | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """The current state of an attribution, after all of its steps.

    Attributes:
        added: the step that added the attribution.
        signed: the first step that signed the attribution; None if nobody signed it.
        withdrawn: the step that withdrew the attribution; None if nobody withdrew it.
    """

    number: int
    claim: CauseClaim
    added: AttributionStep
    signed: AttributionStep | None = None
    withdrawn: AttributionStep | None = None

    @property
    def was_ever_shown(self) -> bool:
        """Whether readers see the attribution, or saw it before its withdrawal.

        At level A1, readers see an attribution at once. At levels A2 and A3, a second
        person must sign it first. The person who added the attribution does not count
        as second person.
        """
        if self.claim.level is AttributionLevel.A1:
            return True
        return self.signed is not None and not are_same_person(
            self.signed.by, self.added.by
        )

    @property
    def is_shown(self) -> bool:
        """Whether readers may see the attribution now."""
        return self.was_ever_shown and self.withdrawn is None


def are_same_person(first: str, second: str) -> bool:
    """Whether two names have the same letters and digits, apart from case and accents."""
    # If case and accents counted, the person who added an attribution could sign it too,
    # with the name spelled in another way (P8).
    return are_same_name(first, second)


def attributions_from_steps(
    steps: Iterable[AttributionStep],
) -> tuple[Attribution, ...]:
    """Return the attributions of one incident from their steps, ordered by number.

    A step is ignored if its attribution was never added.

    Args:
        steps: the steps on all attributions of the incident, oldest first.
    """
    acts: dict[int, dict[AttributionAct, AttributionStep]] = {}
    for step in steps:
        # Of each kind of act the first step counts, so a second signature changes
        # nothing.
        acts.setdefault(step.number, {}).setdefault(step.act, step)
    return tuple(
        Attribution(
            number,
            added.claim,
            added,
            step_of.get(AttributionAct.SIGN),
            step_of.get(AttributionAct.WITHDRAW),
        )
        for number, step_of in sorted(acts.items())
        if (added := step_of.get(AttributionAct.ADD)) is not None
        and added.claim is not None
    )
