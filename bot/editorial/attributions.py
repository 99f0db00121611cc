"""What people do with attributions: add, sign, withdraw; each with a reason (P8, P17)."""

import re

from bot.clock import Clock
from bot.errors import BotError
from bot.model.attribution import (
    Act,
    Attribution,
    AttributionStep,
    Claim,
    Level,
    same_person,
)
from bot.ports import Store

# "Because" in our own voice joins a cause to a measurement. A1 is another's voice, and
# A3 names a document.
_CAUSAL = re.compile(
    r"\b(because|due to|caused by|owing to|as a result of|in response to|to prevent"
    r"|in order to|therefore|deliberate(ly)?|ordered)\b",
    re.IGNORECASE,
)


class AttributionEditor:
    """The only way a cause gets on record; no machine calls it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep what is needed."""
        self._store = store
        self._clock = clock

    def add(self, incident: str, claim: Claim, by: str, reason: str) -> Attribution:
        """Put a claim on record; A2 and A3 wait for a second person.

        Raises:
            BotError: naming everything that the claim lacks.
            StoreError: there is no such incident, or somebody was quicker.
        """
        problems = _problems(claim)
        if problems:
            raise BotError("; ".join(problems))
        number = len(self._store.attributions.of_incident(incident)) + 1
        return self._do(incident, number, Act.ADD, (by, reason), claim)

    def sign(self, incident: str, number: int, by: str, reason: str) -> Attribution:
        """Sign as the second person.

        Raises:
            BotError: the same person added it.
            StoreError: there is none, or it was signed or withdrawn already.
        """
        for one in self._store.attributions.of_incident(incident):
            if one.number == number and same_person(one.added.by, by):
                raise BotError(
                    f"{by} added it: the second signature is another person's"
                )
        return self._do(incident, number, Act.SIGN, (by, reason))

    def withdraw(self, incident: str, number: int, by: str, reason: str) -> Attribution:
        """Take it back; it stays on record. Raises StoreError as `sign` does."""
        return self._do(incident, number, Act.WITHDRAW, (by, reason))

    def _do(
        self,
        incident: str,
        number: int,
        act: Act,
        who: tuple[str, str],
        claim: Claim | None = None,
    ) -> Attribution:
        by, reason = (word.strip() for word in who)
        if not by or not reason:
            raise BotError("say who you are with --by and why with --reason: both stay")
        at = self._clock.now()
        step = AttributionStep(incident, number, act, by, reason, at, claim)
        self._store.attributions.append(step)
        every = self._store.attributions.of_incident(incident)
        return next(one for one in every if one.number == number)


def _problems(claim: Claim) -> list[str]:
    """Everything that keeps a claim off the record."""
    found = [
        f"say {name} with --{name}: a cause needs its source on file"
        for name in ("statement", "who", "link", "archived")
        if not str(getattr(claim, name)).strip()
    ]
    if claim.link.strip() and not claim.link.startswith(("https://", "http://")):
        found.append("--link is the address of the page, with https://")
    if claim.level is Level.A2 and not claim.alternative.strip():
        found.append("A2 names the main alternative, with --alternative")
    if claim.level is not Level.A2 and claim.alternative.strip():
        found.append("only A2 has an --alternative")
    if claim.level is Level.A2:
        told = f"{claim.statement} {claim.alternative}"
        found += [
            f"{match.group(0)!r} cannot be said in our own voice"
            for match in _CAUSAL.finditer(told)
        ]
    return found
