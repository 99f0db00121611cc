"""The verdict rules, an ordered table: the first rule that matches decides.

The id of a rule is stored with each verdict, so it never gets another meaning.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.detection.fusion.corroboration import Corroboration
from bot.model.signal import STRONG_FAMILIES
from bot.model.verdict import Outcome

SHALLOW_RULE = "several-shallow-families"
RULES_VERSION = 4
"""The version of the verdict table, raised by each change; the scorecard states it."""


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """One row of the table of verdict rules.

    Attributes:
        id: the name of the rule; stored with each verdict.
        outcome: the outcome of the verdict if this rule is the first that matches.
        when: returns whether the rule matches.
        comment: why the rule exists; one sentence or two.
    """

    id: str
    outcome: Outcome
    when: Callable[[Corroboration], bool]
    comment: str


# The order matters: rules with a stronger outcome come first. The last rule matches
# everything, so that a verdict always has a reason (P17).
RULES: tuple[VerdictRule, ...] = (
    VerdictRule(
        "two-families",
        Outcome.CONFIRMED,
        # If bins are wide, a single low bin is a drop (see `Thresholds.wide`). Without
        # `sustained`, one bin in each of two families would be enough for Confirmed.
        lambda c: len(c.families) >= 2 and c.sustained,
        "Two independent families fell together at the place itself (P7).",
    ),
    VerdictRule(
        "two-families-in-a-part",
        Outcome.CONFIRMED,
        lambda c: c.parts_with_two_families >= 1,
        "Two independent families fell together in one of the place's parts (P7).",
    ),
    VerdictRule(
        "one-strong-family",
        Outcome.SUSPECTED,
        lambda c: bool(c.lead_families),
        "A family fell that can open an incident alone; no other corroborates it (P7).",
    ),
    VerdictRule(
        "many-regions",
        Outcome.SUSPECTED,
        # The limit of five is needed: in a small country, a tenth may be a single
        # region.
        lambda c: c.regions >= 5 and c.regions * 10 >= c.watched_regions,
        "A tenth of the place's regions fell in one family: too many for local noise.",
    ),
    VerdictRule(
        "a-crowded-region",
        Outcome.SUSPECTED,
        lambda c: c.regional_cluster,
        "A quarter of the regions of one state or province fell, and at least five.",
    ),
    VerdictRule(
        "a-network-vanished",
        Outcome.SUSPECTED,
        lambda c: c.vanished >= 1,
        "An operator is gone from routing or probing; the place may read normal (P7).",
    ),
    VerdictRule(
        SHALLOW_RULE,
        Outcome.SUSPECTED,
        lambda c: len(c.shallow) >= 2,
        "Traffic and another family fell together, each a little but beyond any noise.",
    ),
    VerdictRule(
        "weak-family-only",
        Outcome.DOUBTFUL,
        lambda c: len(c.families) >= 1 and not set(c.families) & set(STRONG_FAMILIES),
        "Only telescope or telemetry fell: they are too noisy to open an incident.",
    ),
    VerdictRule(
        "not-yet-borne-out",
        Outcome.DOUBTFUL,
        lambda c: len(c.families) >= 1,
        "Shallow traffic, or a single wide bin: another family must corroborate it.",
    ),
    VerdictRule(
        "parts-only",
        Outcome.DOUBTFUL,
        lambda c: c.parts >= 1,
        "A few networks or regions fell in one family: the commonest false alarm.",
    ),
    VerdictRule(
        "ordinary",
        Outcome.ORDINARY,
        lambda c: c.assessable >= 1 or c.own_series == 0,
        "Every series that can be assessed reads normal.",
    ),
    VerdictRule(
        "unknown",
        Outcome.UNKNOWN,
        lambda _: True,
        "No series can be assessed; silence opens nothing and closes nothing (P5).",
    ),
)


def first_matching_rule(
    corroboration: Corroboration, table: tuple[VerdictRule, ...] = RULES
) -> VerdictRule:
    """Return the first rule of a table that matches.

    Raises:
        StopIteration: no rule of the table matches; this cannot happen with `RULES`.
    """
    return next(rule for rule in table if rule.when(corroboration))
