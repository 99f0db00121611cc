"""Who says what the cause is: a record that only people fill (P8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Level(StrEnum):
    """The rung of the ladder: which words may be used.

    A1: somebody says so. A2: it is consistent with. A3: it was ordered by.
    """

    A1 = "A1"
    A2 = "A2"
    A3 = "A3"


class Act(StrEnum):
    """What a person did with an attribution."""

    ADD = "add"
    SIGN = "sign"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said, by whom, and where that can be checked.

    Attributes:
        statement: A1: what they say; A2: what it is consistent with; A3: the title
            of the document.
        who: who said it; A3: who ordered it.
        link: where it was said.
        archived: an archived copy, a path or an address.
        alternative: the main alternative; A2 only.
    """

    level: Level
    statement: str
    who: str
    link: str
    archived: str
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class AttributionStep:
    """One act of one person; never changed afterwards (P11).

    Attributes:
        number: of the attribution within the incident, from 1.
        claim: set for ADD only.
    """

    incident: str
    number: int
    act: Act
    by: str
    reason: str
    at: datetime
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """An attribution as its steps leave it."""

    number: int
    claim: Claim
    added: AttributionStep
    signed: AttributionStep | None = None
    withdrawn: AttributionStep | None = None

    @property
    def was_shown(self) -> bool:
        """Whether it was ever fit to be shown: A2 and A3 need two people."""
        if self.claim.level is Level.A1:
            return True
        return self.signed is not None and not same_person(
            self.signed.by, self.added.by
        )

    @property
    def shown(self) -> bool:
        """Whether readers may see it now."""
        return self.was_shown and self.withdrawn is None


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's, however they are spaced or cased."""
    return one.casefold().split() == other.casefold().split()


def fold(steps: Iterable[AttributionStep]) -> tuple[Attribution, ...]:
    """The attributions of one incident, by number, from its steps in order.

    A step on an attribution that was never added says nothing.
    """
    acts: dict[int, dict[Act, AttributionStep]] = {}
    for step in steps:
        acts.setdefault(step.number, {}).setdefault(step.act, step)
    return tuple(
        Attribution(
            number, added.claim, added, one.get(Act.SIGN), one.get(Act.WITHDRAW)
        )
        for number, one in sorted(acts.items())
        if (added := one.get(Act.ADD)) is not None and added.claim is not None
    )
