"""Adds, signs and withdraws attributions; a person takes each step, with a reason."""

import re

from bot.claims.symbols import emoji_and_mentions
from bot.clock import Clock
from bot.editorial.visible_texts import require_visible
from bot.errors import BotError
from bot.model.attribution import (
    Attribution,
    AttributionAct,
    AttributionLevel,
    AttributionStep,
    CauseClaim,
    are_same_person,
)
from bot.ports import Store

# These expressions state a cause. A statement of level A2 is published as the
# newswire's own words, so it must not contain them. A1 quotes somebody and A3 cites a
# document, so their statements may contain them.
_CAUSAL_WORDS = re.compile(
    r"\b(because|due to|caused by|owing to|as a result of|in response to|to prevent"
    r"|in order to|therefore|deliberate(ly)?|ordered)\b",
    re.IGNORECASE,
)


class AttributionEditor:
    """Records what editors enter about causes; only commands use it, never a tick."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Write to `store`, with times from `clock`."""
        self._store = store
        self._clock = clock

    def add(
        self, incident_id: str, claim: CauseClaim, person: str, reason: str
    ) -> Attribution:
        """Record a claim about the cause of an incident.

        A claim of level A1 is published at once. A claim of level A2 or A3 is published
        once a second person has signed it.

        Raises:
            BotError: the claim is not valid (the message lists every problem), the name
                or the reason is missing, or a text has hidden characters.
            StoreError: there is no such incident, or another editor added a claim at the
                same time.
        """
        problems = _problems(claim)
        if problems:
            raise BotError("; ".join(problems))
        require_visible(
            statement=claim.statement,
            who=claim.who,
            link=claim.link,
            archived=claim.archived,
            alternative=claim.alternative,
        )
        # Withdrawn attributions stay on record and are counted too, so no number is
        # given twice.
        number = len(self._store.attributions.of_incident(incident_id)) + 1
        return self._do(
            incident_id, number, AttributionAct.ADD, (person, reason), claim
        )

    def sign(
        self, incident_id: str, number: int, person: str, reason: str
    ) -> Attribution:
        """Sign an attribution as the second person.

        Raises:
            BotError: `person` added the attribution, or the name or the reason is missing.
            StoreError: there is no such attribution, or it was already signed or
                withdrawn.
        """
        for attribution in self._store.attributions.of_incident(incident_id):
            if attribution.number == number and are_same_person(
                attribution.added.by, person
            ):
                raise BotError(
                    f"{person} added this attribution; another person must sign it"
                )
        return self._do(incident_id, number, AttributionAct.SIGN, (person, reason))

    def withdraw(
        self, incident_id: str, number: int, person: str, reason: str
    ) -> Attribution:
        """Withdraw an attribution; it stays on record.

        Raises:
            BotError: the name or the reason is missing.
            StoreError: there is no such attribution, or it was already withdrawn.
        """
        return self._do(incident_id, number, AttributionAct.WITHDRAW, (person, reason))

    def _do(
        self,
        incident_id: str,
        number: int,
        act: AttributionAct,
        person_and_reason: tuple[str, str],
        claim: CauseClaim | None = None,
    ) -> Attribution:
        by, reason = (word.strip() for word in person_and_reason)
        if not by or not reason:
            raise BotError("--by and --reason are required; both are kept on record")
        require_visible(by=by, reason=reason)
        at = self._clock.now()
        step = AttributionStep(incident_id, number, act, by, reason, at, claim)
        self._store.attributions.append(step)
        attributions = self._store.attributions.of_incident(incident_id)
        return next(a for a in attributions if a.number == number)


def _problems(claim: CauseClaim) -> list[str]:
    """Return one sentence for each reason why a claim cannot be recorded."""
    problems = [
        f"--{name} is required: a cause is recorded with its source"
        for name in ("statement", "who", "link", "archived")
        if not str(getattr(claim, name)).strip()
    ]
    if claim.link.strip() and not claim.link.startswith(("https://", "http://")):
        problems.append("--link must be a web address that begins with https://")
    if claim.level is AttributionLevel.A2 and not claim.alternative.strip():
        problems.append("A2 must name the main alternative; pass --alternative")
    # Only texts of level A2 name an alternative. At another level, the alternative
    # would be stored but never published.
    if claim.level is not AttributionLevel.A2 and claim.alternative.strip():
        problems.append("--alternative is allowed for A2 only; remove it")
    if claim.level is AttributionLevel.A2:
        # A2 is in the newswire's own words, so it must have no emoji and no mentions. A
        # quotation may have them.
        statements = f"{claim.statement} {claim.alternative}"
        problems += [
            f"{match.group(0)!r} states a cause, which A2 must not do; reword it"
            for match in _CAUSAL_WORDS.finditer(statements)
        ]
        problems += [
            f"{symbol} is an emoji or mentions an account; say it in words"
            for symbol in emoji_and_mentions(statements)
        ]
    return problems
