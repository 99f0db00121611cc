"""Reads the results that other commands wrote into the folder of the scorecard."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.errors import RecordingError

BENCHMARK_FILE = "benchmark.json"
"""The result of the synthetic benchmark; it may be missing in the folder."""
SENTENCES_FILE = "sentences.json"
"""The result of the check of sentences; it may be missing in the folder."""
Json = Mapping[str, Any]
_NUMBERS = ("first_world", "worlds", "checked", "not_understood")
_OPTIONAL_PARTS: Json = {
    "artefacts": [],
    "national": None,
    "openings": None,
    "recall_matrix": [],
    "real_quiet": None,
    "candidate": None,
    "sizes": {},
}
"""The parts that `benchmark.json` may lack, each with the value used instead."""


def read_benchmark(folder: Path) -> Json | None:
    """Return the result of the synthetic benchmark; None if its file does not exist.

    Raises:
        RecordingError: the file is not a result of the benchmark.
    """
    content = _read(folder / BENCHMARK_FILE, "run the benchmark again")
    if content is None:
        return None
    if not _is_table(content.get("summary")):
        raise RecordingError(
            f"{BENCHMARK_FILE} has no list named summary; run the benchmark again or"
            " remove the file"
        )
    return {**_OPTIONAL_PARTS, **content}


def read_sentences(folder: Path) -> Json | None:
    """Return the result of the check of sentences; None if its file does not exist.

    Raises:
        RecordingError: the file is not a result of the check.
    """
    content = _read(folder / SENTENCES_FILE, "check the sentences again")
    if content is not None and not _has_sentence_score(content):
        raise RecordingError(
            f"{SENTENCES_FILE} lacks a part of the score; check the sentences again or"
            " remove the file"
        )
    return content


def _has_sentence_score(content: Json) -> bool:
    """Return whether a document has all parts of the score, with the right types."""
    kinds = content.get("kinds")
    return (
        all(isinstance(content.get(name), int) for name in _NUMBERS)
        and isinstance(kinds, dict)
        and _is_table(list(kinds.values()), "checked", "false")
        and _is_table(content.get("false"), "world", "event", "kind", "sentence")
    )


def _is_table(value: object, *columns: str) -> bool:
    """Return whether a value is a list of JSON objects with all of these keys."""
    return isinstance(value, list) and all(
        isinstance(row, dict) and row.keys() >= set(columns) for row in value
    )


def _read(path: Path, remedy: str) -> Json | None:
    """Return the JSON object in a file; {} for other JSON; None if there is no file.

    `remedy` says in the error message what a person can do.
    """
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise RecordingError(
            f"{path.name} cannot be read as JSON; {remedy} or remove the file"
        ) from error
    return content if isinstance(content, dict) else {}
