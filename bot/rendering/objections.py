"""Joins the objections to the body of a text with those to its other parts."""

from collections.abc import Sequence
from dataclasses import replace

from bot.model.draft import Objection


def with_other_objections(
    of_body: Sequence[Objection], others: Sequence[Objection]
) -> tuple[Objection, ...]:
    """Return the objections to the body, then those that only other parts get.

    Opening and alt text mostly repeat the body. An objection to a claim that the body
    makes too is given only once. The other objections have no position in the body, so it
    is 0.
    """
    in_body = {(objection.kind, objection.words) for objection in of_body}
    by_claim = {(objection.kind, objection.words): objection for objection in others}
    extra = (o for claim, o in by_claim.items() if claim not in in_body)
    return (*of_body, *(replace(o, start=0, end=0) for o in extra))
