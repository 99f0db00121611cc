"""The scorecard as files: `score.json`, and a page that reads without JavaScript."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.charts.canvas.theme import POST
from bot.charts.illustrator import Illustrator
from bot.errors import RecordingError
from bot.evaluation.adjudication import sheet
from bot.evaluation.backtest import Backtest, CandidateResult, told_only
from bot.evaluation.error_charts import ErrorChart, of_incident, of_missed
from bot.evaluation.score_json import as_json
from bot.places import Register
from bot.text.translations import environment, load_translations, templates_root

SCORE, SHEET = "score.json", "audit.csv"
GENERATED = "benchmark.json"
"""What the generated benchmark leaves, if it was run into the same folder."""
Json = Mapping[str, Any]
_NOT_RUN: Json = {
    "artefacts": [],
    "national": None,
    "openings": None,
    "recall_matrix": [],
    "real_quiet": None,
    "shadow": None,
    "sizes": {},
}
"""Parts that a benchmark may lack."""


def write(tested: Backtest | None, register: Register, out: Path) -> None:
    """Write the score, the sheet to audit it by, `scorecard/` and `style.css` to `out`.

    Args:
        tested: the score; None where no recordings are at hand.
        register: what people call places.
        out: the folder; a `benchmark.json` in it is shown on the page as well.

    Raises:
        RecordingError: that file is not what the benchmark writes.
    """
    benchmark = _benchmark(out / GENERATED)
    templates = environment(templates_root())
    illustrator = Illustrator(
        templates, load_translations(templates, "en"), register, ""
    )
    folder = out / "scorecard"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    told = _scored(tested, illustrator, out, folder)
    page = templates.get_template("site/en/scorecard.html").render(
        **told,
        benchmark=benchmark,
        size=(POST.width, POST.height),
        contact="",
        scorecard="",
        up="../",
    )
    (folder / "index.html").write_text(page, encoding="utf-8")
    style = templates.get_template("site/style.css").render()
    (out / "style.css").write_text(style, encoding="utf-8")


def _scored(
    tested: Backtest | None, illustrator: Illustrator, out: Path, folder: Path
) -> Json:
    """Write the score and its charts; what the page tells of them is returned."""
    if tested is None:
        return {"score": None, "missed": [], "unmatched": [], "trial": []}
    text = as_json(tested)
    (out / SCORE).write_text(text, encoding="utf-8")
    audits = sheet(tested.ours.score.unmatched, tested.audits)
    (out / SHEET).write_text(audits, encoding="utf-8")
    score = json.loads(text)
    missed = score["systems"][0]["missed"]
    unmatched = _unmatched(tested, illustrator)
    told = {
        "score": score,
        "missed": _shown(missed, _missed(tested, illustrator), folder),
        "unmatched": _shown(score["unmatched"], unmatched, folder),
        "trial": [],
    }
    if tested.trial is not None:
        other = score["shadow"]["told_only_shadow"]
        drawn = _of_trial(tested, tested.trial, illustrator)
        told["trial"] = _shown(other, drawn, folder)
    return told


def _shown(
    told: Iterable[Json],
    drawn: Iterable[tuple[str, ErrorChart | None]],
    folder: Path,
) -> list[Json]:
    """What went wrong as `score.json` has it, each with its chart if it has one."""
    found: list[Json] = []
    for one, (name, picture) in zip(told, drawn, strict=True):
        chart = None
        if picture is not None:
            (folder / name).write_bytes(picture.png)
            chart = {"src": name, "alt": picture.alt}
        found.append({**one, "chart": chart})
    return found


def _missed(
    tested: Backtest, illustrator: Illustrator
) -> Iterator[tuple[str, ErrorChart | None]]:
    """File name and chart of every event that we missed, in the score's order."""
    by_name = {one.name: one for one in tested.judged}
    for found in tested.ours.score.judgements:
        judged = by_name[found.case.recording]
        for number, label in enumerate(found.matching.missed, start=1):
            name = chart_name(judged.name, f"missed-{number}")
            yield name, of_missed(judged, label, illustrator)


def _unmatched(
    tested: Backtest, illustrator: Illustrator
) -> Iterator[tuple[str, ErrorChart | None]]:
    """The same of everything we told of that no label tells of."""
    by_name = {one.name: one for one in tested.judged}
    for told in tested.ours.score.unmatched:
        name = chart_name(told.recording, told.key)
        yield name, of_incident(by_name[told.recording], told.key, illustrator)


def _of_trial(
    tested: Backtest, trial: CandidateResult, illustrator: Illustrator
) -> Iterator[tuple[str, ErrorChart | None]]:
    """The same of what only the rules on trial tell of."""
    by_name = {one.name: one for one in trial.judged}
    live, shadow = (one.score for one in tested.systems[:2])
    for told in told_only(shadow, live):
        name = chart_name(told.recording, f"shadow-{told.key}")
        yield name, of_incident(by_name[told.recording], told.key, illustrator)


def chart_name(recording: str, what: str) -> str:
    """A file name without anything that a path or an address gives a meaning."""
    plain = "".join(c if c.isalnum() or c in "-_." else "-" for c in what)
    return f"{recording}-{plain}.png"


def _benchmark(path: Path) -> Json | None:
    """What the generated benchmark found; None where it was not run."""
    if not path.is_file():
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise RecordingError(f"{path.name}: cannot be read as JSON") from error
    rows = told.get("summary") if isinstance(told, dict) else None
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise RecordingError(f"{path.name}: it has no list called summary")
    return {**_NOT_RUN, **told, "summary": rows}
