"""The score of a check of sentences, as lines for a terminal and as a JSON document."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from bot.evaluation.sentences.oracle import FalseSentence, SentenceScore
from bot.evaluation.sentences.statements import Kind

Json = dict[str, Any]
Document = Mapping[str, Any]
"""The content of `sentences.json`."""
NOT_CHECKED = frozenset({Kind.NEUTRAL, Kind.UNREAD})
"""The kinds of statements that cannot be compared with the truth."""


def summary_line(score: SentenceScore, worlds: int) -> str:
    """Return a line with the counts of checked, false and not understood statements."""
    return (
        f"{worlds} worlds: {_checked(score)} statements checked, {len(score.wrong)} false,"
        f" {score.checked[Kind.UNREAD]} not understood"
    )


def lines(score: SentenceScore) -> list[str]:
    """Return a line for each kind of statement, and a line for each false sentence."""
    false = [wrong.kind for wrong in score.wrong]
    kinds = sorted(kind for kind in score.checked if kind not in NOT_CHECKED)
    table = [f"{k:12} {score.checked[k]:8} {false.count(k):8} false" for k in kinds]
    return table + [_line(wrong) for wrong in score.wrong]


def sentences_document(score: SentenceScore, seeds: range, program: str) -> Json:
    """Return the content of `sentences.json`; the same seeds give the same file (P14).

    `program` is the version of the program that was checked.
    """
    false = [wrong.kind for wrong in score.wrong]
    return {
        "generated": True,
        "program": program,
        "first_world": seeds.start,
        "worlds": len(seeds),
        "checked": _checked(score),
        "not_understood": score.checked[Kind.UNREAD],
        "kinds": {
            kind: {"checked": count, "false": false.count(kind)}
            for kind, count in sorted(score.checked.items())
            if kind not in NOT_CHECKED
        },
        "false": [
            {"world": w.seed, "event": w.event, "kind": w.kind, "sentence": w.sentence}
            for w in score.wrong
        ],
    }


def score_from_document(document: Document) -> SentenceScore:
    """Return the score in a document that `sentences_document` made.

    Raises:
        KeyError: a part of the score is missing.
        ValueError: a kind of statement is unknown.
    """
    checked = Counter({Kind(k): row["checked"] for k, row in document["kinds"].items()})
    checked[Kind.UNREAD] = document["not_understood"]
    wrong = [
        FalseSentence(row["world"], row["event"], Kind(row["kind"]), row["sentence"])
        for row in document["false"]
    ]
    return SentenceScore(checked, wrong)


def _checked(score: SentenceScore) -> int:
    return sum(n for kind, n in score.checked.items() if kind not in NOT_CHECKED)


def _line(wrong: FalseSentence) -> str:
    return f"world {wrong.seed}, {wrong.event}, {wrong.kind}: {wrong.sentence}"
