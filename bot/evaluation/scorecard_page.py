"""The files of the scorecard: `score.json`, `audit.csv`, and a page without scripts."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.charts.canvas.theme import POST
from bot.charts.illustrator import Illustrator
from bot.evaluation.adjudication import adjudication_sheet
from bot.evaluation.backtest import Backtest, CandidateResult, unmatched_only_in
from bot.evaluation.error_charts import ErrorChart, incident_chart, missed_label_chart
from bot.evaluation.result_files import read_benchmark, read_sentences
from bot.evaluation.score_json import score_document
from bot.places import Register
from bot.site.languages.messages import page_values_of
from bot.sources.registry import all_brands
from bot.text.translations import environment, load_translations, templates_root

SCORE_FILE, ADJUDICATION_FILE = "score.json", "audit.csv"
Json = Mapping[str, Any]


def write(backtest: Backtest | None, register: Register, out: Path) -> None:
    """Write `score.json`, `audit.csv`, `scorecard/`, `style.css` and `outagewire.js`.

    Args:
        backtest: the backtest. None: there are no recordings, and `score.json` and
            `audit.csv` are not written.
        register: the names of places.
        out: the folder for all of them. If it has a `benchmark.json` or a
            `sentences.json`, the page shows its content too.

    Raises:
        RecordingError: `benchmark.json` or `sentences.json` in `out` cannot be read, or
            lacks content that the page needs.
    """
    # Both files are read before anything is written. An invalid file therefore leaves
    # the old scorecard unchanged.
    benchmark, sentences = read_benchmark(out), read_sentences(out)
    templates = environment(templates_root(), all_brands())
    illustrator = Illustrator(
        templates, load_translations(templates, "en"), register, ""
    )
    folder = out / "scorecard"
    folder.mkdir(parents=True, exist_ok=True)
    # Charts of an earlier run are deleted, because they would be published with the new
    # page.
    for stale in folder.glob("*.png"):
        stale.unlink()
    context = _write_score(backtest, illustrator, out, folder)
    page = templates.get_template("site/en/scorecard.html").render(
        **context,
        **page_values_of(illustrator.translations, out, "../"),
        benchmark=benchmark,
        sentences=sentences,
        size=(POST.width, POST.height),
        contact="",
        scorecard="",  # the page does not link to itself
        up="../",
    )
    (folder / "index.html").write_text(page, encoding="utf-8")
    for name in ("style.css", "outagewire.js"):
        text = templates.get_template(f"site/{name}").render()
        (out / name).write_text(text, encoding="utf-8")


def _write_score(
    backtest: Backtest | None, illustrator: Illustrator, out: Path, folder: Path
) -> Json:
    """Write the files of a backtest, if there is one; return the page's variables."""
    if backtest is None:
        return {"score": None, "missed": [], "unmatched": [], "candidate_events": []}
    text = score_document(backtest)
    (out / SCORE_FILE).write_text(text, encoding="utf-8")
    sheet = adjudication_sheet(backtest.live.score.unmatched, backtest.adjudications)
    (out / ADJUDICATION_FILE).write_text(sheet, encoding="utf-8")
    # The page is rendered from the text of the file, so both show the same values.
    score = json.loads(text)
    missed = score["systems"][0]["missed"]
    unmatched = _unmatched_charts(backtest, illustrator)
    context = {
        "score": score,
        "missed": _with_charts(missed, _missed_charts(backtest, illustrator), folder),
        "unmatched": _with_charts(score["unmatched"], unmatched, folder),
        "candidate_events": [],
    }
    if backtest.candidate is not None:
        events = score["candidate"]["told_only_candidate"]
        charts = _candidate_charts(backtest, backtest.candidate, illustrator)
        context["candidate_events"] = _with_charts(events, charts, folder)
    return context


def _with_charts(
    events: Iterable[Json],
    charts: Iterable[tuple[str, ErrorChart | None]],
    folder: Path,
) -> list[Json]:
    """Write the charts into `folder`; return each event with its chart, or with None.

    `events` are events or missed labels of `score.json`. For each of them, in the same
    order, `charts` has the file name and the chart.
    """
    entries: list[Json] = []
    # `zip` is strict: otherwise a missing chart would give each later event the chart
    # of another event.
    for event, (name, picture) in zip(events, charts, strict=True):
        chart = None
        if picture is not None:
            (folder / name).write_bytes(picture.png)
            chart = {"src": name, "alt": picture.alt}
        entries.append({**event, "chart": chart})
    return entries


def _missed_charts(
    backtest: Backtest, illustrator: Illustrator
) -> Iterator[tuple[str, ErrorChart | None]]:
    """Yield file name and chart of each missed label, in the order of `score.json`."""
    results = {result.name: result for result in backtest.results}
    for matched in backtest.live.score.cases:
        result = results[matched.case.recording]
        for number, label in enumerate(matched.matching.missed, start=1):
            name = chart_name(result.name, f"missed-{number}")
            yield name, missed_label_chart(result, label, illustrator)


def _unmatched_charts(
    backtest: Backtest, illustrator: Illustrator
) -> Iterator[tuple[str, ErrorChart | None]]:
    """Yield file name and chart of each event without a label."""
    results = {result.name: result for result in backtest.results}
    for event in backtest.live.score.unmatched:
        name = chart_name(event.recording, event.key)
        yield name, incident_chart(results[event.recording], event.key, illustrator)


def _candidate_charts(
    backtest: Backtest, candidate: CandidateResult, illustrator: Illustrator
) -> Iterator[tuple[str, ErrorChart | None]]:
    """Yield file name and chart of each event that only the candidate rules report."""
    results = {result.name: result for result in candidate.results}
    live_score, candidate_score = (system.score for system in backtest.systems[:2])
    for event in unmatched_only_in(candidate_score, live_score):
        name = chart_name(event.recording, f"candidate-{event.key}")
        yield name, incident_chart(results[event.recording], event.key, illustrator)


def chart_name(recording: str, subject: str) -> str:
    """Return the file name of a chart; special characters of `subject` become "-"."""
    plain = "".join(c if c.isalnum() or c in "-_." else "-" for c in subject)
    return f"{recording}-{plain}.png"
