"""Candidate rows for the verdict table (the rules that turn findings into a verdict).

Candidate rows are written in the file of candidate rules:

    without = ["many-regions"]

    [[rows]]
    id = "three-networks"
    before = "parts-only"
    outcome = "suspected"
    least = { parts = 3 }
    comment = "Three networks in one family."

`without` names live rows to leave out. Each row in `rows` is added to the table. A row
matches if each count in `least` has at least the given value. As in the live table, the
first row that matches decides.
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
    "families": lambda c: len(c.families),
    "leads": lambda c: len(c.lead_families),
    "pairs": lambda c: c.parts_with_two_families,
    "parts": lambda c: c.parts,
    "regions": lambda c: c.regions,
    "known": lambda c: c.assessable,
}
_Count = Literal["families", "leads", "pairs", "parts", "regions", "known"]


class CandidateRow(Section):
    """One verdict rule under test; it is inserted before the rule with id `before`."""

    id: Slug
    before: Slug
    outcome: Annotated[Outcome, Field(strict=False)]
    least: dict[_Count, Annotated[int, Field(gt=0)]] = Field(min_length=1)
    comment: Annotated[str, Field(min_length=1)]

    def rule(self) -> VerdictRule:
        """Return this row as a rule of the verdict table."""
        minimums = tuple((_COUNTS[name], count) for name, count in self.least.items())
        return VerdictRule(
            self.id,
            self.outcome,
            lambda c: all(count_in(c) >= least for count_in, least in minimums),
            self.comment,
        )


def candidate_table(
    live_table: tuple[VerdictRule, ...],
    without: Iterable[str],
    rows: Iterable[CandidateRow],
) -> tuple[VerdictRule, ...]:
    """Return the live table without the rows in `without`, and with `rows` inserted.

    Raises:
        ValueError: `without`, or `before` of a row, names no row of the table; or two
            rows would have the same id; or the last live row would be removed.
    """
    rules = list(live_table)
    for name in without:
        del rules[_index_of(rules, name)]
    for row in rows:
        # Stored verdicts refer to rows by id (P17), so a removed row's id is not
        # reused.
        if any(rule.id == row.id for rule in (*rules, *live_table)):
            raise ValueError(
                f"rows: {row.id} is already the id of a row; choose another id"
            )
        rules.insert(_index_of(rules, row.before), row.rule())
    if not rules or rules[-1].id != live_table[-1].id:
        raise ValueError(
            f"without: {live_table[-1].id} must stay; it matches everything that no other row matches"
        )
    return tuple(rules)


def _index_of(rules: list[VerdictRule], name: str) -> int:
    # A row's position is looked up for each change, because an earlier change may have
    # moved the row.
    for index, rule in enumerate(rules):
        if rule.id == name:
            return index
    raise ValueError(
        f"`without` or `rows` names {name}: the verdict table has no row {name}; name"
        " one of its rows"
    )
