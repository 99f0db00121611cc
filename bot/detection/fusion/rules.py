"""The rules that turn findings into a verdict: data, ordered, with stable ids.

The first rule that matches wins. An id is stored with every verdict and is never
used again for another meaning.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.detection.fusion.corroboration import STRONG, Corroboration
from bot.model.verdict import Outcome

RULES_VERSION = 3


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """One row of the table."""

    id: str
    outcome: Outcome
    when: Callable[[Corroboration], bool]
    comment: str


RULES: tuple[VerdictRule, ...] = (
    VerdictRule(
        "two-families",
        Outcome.CONFIRMED,
        lambda b: len(b.fell) >= 2 and b.borne,
        "Two independent families fell together at the place itself (P7).",
    ),
    VerdictRule(
        "two-families-in-a-part",
        Outcome.CONFIRMED,
        lambda b: b.pairs >= 1,
        "Two independent families fell together in one of its networks or regions.",
    ),
    VerdictRule(
        "one-strong-family",
        Outcome.SUSPECTED,
        lambda b: bool(b.leads),
        "One family that may speak first; nobody else has seen it yet (P7).",
    ),
    VerdictRule(
        "many-regions",
        Outcome.SUSPECTED,
        lambda b: b.regions >= 5 and b.regions * 10 >= b.watched_regions,
        "A tenth of its regions fell, in one family: too many to be local noise.",
    ),
    VerdictRule(
        "a-crowded-region",
        Outcome.SUSPECTED,
        lambda b: b.crowded,
        "A quarter of one state or province fell, in one family.",
    ),
    VerdictRule(
        "weak-family-only",
        Outcome.DOUBTFUL,
        lambda b: len(b.fell) >= 1 and not set(b.fell) & set(STRONG),
        "Telescope or telemetry alone: too noisy to say anything.",
    ),
    VerdictRule(
        "not-yet-borne-out",
        Outcome.DOUBTFUL,
        lambda b: len(b.fell) >= 1,
        "Traffic alone and shallow, or a single wide bin: others must bear it out.",
    ),
    VerdictRule(
        "parts-only",
        Outcome.DOUBTFUL,
        lambda b: b.parts >= 1,
        "Single networks or regions in one family: the commonest false alarm.",
    ),
    VerdictRule(
        "ordinary",
        Outcome.ORDINARY,
        lambda b: b.known >= 1 or b.own == 0,
        "Whatever can be judged reads ordinary.",
    ),
    VerdictRule(
        "unknown",
        Outcome.UNKNOWN,
        lambda _: True,
        "Nothing can be judged: silence opens nothing and closes nothing (P5).",
    ),
)


def first_match(
    ballot: Corroboration, table: tuple[VerdictRule, ...] = RULES
) -> VerdictRule:
    """The rule that decides; the last one matches everything."""
    return next(rule for rule in table if rule.when(ballot))
