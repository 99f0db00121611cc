"""Rows on trial for the table that turns findings into a verdict.

    without = ["many-regions"]

    [[rows]]
    id = "three-networks"
    before = "parts-only"
    outcome = "suspected"
    least = { parts = 3 }
    comment = "Three networks in one family."

A row says what must be counted at least; the first that matches wins, as ever.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field

from bot.detection.fusion.corroboration import Corroboration
from bot.detection.fusion.rules import VerdictRule
from bot.model.verdict import Outcome
from bot.settings import Section

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
_COUNTS: Mapping[str, Callable[[Corroboration], int]] = {
    "families": lambda b: len(b.fell),
    "leads": lambda b: len(b.leads),
    "pairs": lambda b: b.pairs,
    "parts": lambda b: b.parts,
    "regions": lambda b: b.regions,
    "known": lambda b: b.known,
}
_Count = Literal["families", "leads", "pairs", "parts", "regions", "known"]


class CandidateRow(Section):
    """One row on trial; it stands before the row that `before` names."""

    id: Slug
    before: Slug
    outcome: Annotated[Outcome, Field(strict=False)]
    least: dict[_Count, Annotated[int, Field(gt=0)]] = Field(min_length=1)
    comment: Annotated[str, Field(min_length=1)]

    def rule(self) -> VerdictRule:
        """As a row of the table."""
        least = tuple((_COUNTS[name], count) for name, count in self.least.items())
        return VerdictRule(
            self.id,
            self.outcome,
            lambda b: all(of(b) >= count for of, count in least),
            self.comment,
        )


def table(
    live: tuple[VerdictRule, ...], without: Iterable[str], rows: Iterable[CandidateRow]
) -> tuple[VerdictRule, ...]:
    """The live rows, without some, and with those on trial in their places.

    Raises:
        ValueError: a row that is named is not there, or an id is taken already.
    """
    rules = list(live)
    for name in without:
        del rules[_place(rules, name)]
    for row in rows:
        if any(rule.id == row.id for rule in (*rules, *live)):
            raise ValueError(
                f"rows: {row.id} is taken; an id never changes its meaning"
            )
        rules.insert(_place(rules, row.before), row.rule())
    if not rules or rules[-1].id != live[-1].id:
        raise ValueError(
            f"without: {live[-1].id} must stay; it matches all that is left"
        )
    return tuple(rules)


def _place(rules: list[VerdictRule], name: str) -> int:
    found = [at for at, rule in enumerate(rules) if rule.id == name]
    if not found:
        raise ValueError(f"rows: there is no row {name}")
    return found[0]
