"""The implementation of `outagewire backtest`."""

from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from bot.cli import kernel
from bot.cli.output.folder import check_output, writing
from bot.errors import RecordingError
from bot.evaluation import backtest as scorecard
from bot.evaluation import scorecard_page
from bot.evaluation.adjudication import Adjudications, read_adjudications
from bot.evaluation.backtest import Backtest, CandidateResult
from bot.evaluation.candidate_rules import CandidateRules, read_candidate_rules
from bot.evaluation.labels import Label, read_labels
from bot.evaluation.metrics import Delays, Ratio
from bot.evaluation.recording_run import RecordingResult, run_recording
from bot.places import Register, load_register
from bot.sources.recording.source import load_recording
from bot.tick.rules import AssessmentRules

_HEADER = "recording.toml"
_HEADS: tuple[str, ...] = (
    *("", "recordings", "labels", "found", "missed", "duplicates", "false alarms"),
    *("precision", "recall", "F1", "delay p50/p95, min"),
)
_COLUMNS = "{:24}{:>11}{:>8}{:>7}{:>8}{:>12}{:>14}{:>11}{:>8}{:>6}{:>20}"


def backtest(
    out: Path,
    recordings: list[Path] | None = None,
    labels: Path | None = None,
    audit: Path | None = None,
    candidate: Path | None = None,
    check_sentences: Callable[[], None] = lambda: None,
) -> None:
    """Score the rules on labelled recordings, and write the scorecard into `out`.

    `check_sentences` writes its result into `out`. The page shows this result, even if
    the check was stopped before its end.

    Raises:
        KeyboardInterrupt: the command was stopped.
        RecordingError: a file of the arguments, or a result in `out`, is invalid.
    """
    kernel.enable_cache()
    check_output(out)
    # With soft wrap, rich does not break a line of the table at the terminal's width.
    console = Console(highlight=False, soft_wrap=True)
    register = load_register()
    folders = _recording_folders(recordings or [])
    result = None
    if folders:
        # All files are read first: an invalid file must end the command before the long
        # run.
        known_outages = _read_labels(labels)
        adjudications = _read_audit(audit, labels)
        candidate_rules = _read_candidate(candidate)
        results = _run_all(folders, register, AssessmentRules(), console)
        result = scorecard.backtest(
            results,
            known_outages,
            AssessmentRules(),
            candidate=_run_candidate(candidate_rules, folders, register, console),
            adjudications=adjudications,
        )
        console.print(_table(result), markup=False)
        _print_unused(result, known_outages, console)
    try:
        check_sentences()
    finally:
        _write(result, register, out, console)


def _write(
    result: Backtest | None, register: Register, out: Path, console: Console
) -> None:
    with writing(out):
        scorecard_page.write(result, register, out)
    page = out / "scorecard" / "index.html"
    console.print(f"Written to {out}. Open {page} in a browser.", markup=False)


def _recording_folders(paths: list[Path]) -> list[Path]:
    """Return `paths`, with a folder of recordings replaced by the recordings in it.

    Raises:
        RecordingError: a path is not a recording and contains none.
    """
    folders: list[Path] = []
    for path in paths:
        inside = sorted(header.parent for header in path.glob(f"*/{_HEADER}"))
        if (path / _HEADER).is_file():
            folders.append(path)
        elif inside:
            folders += inside
        else:
            raise RecordingError(
                f"{path} is not a recording and contains none; pass folders with"
                f" {_HEADER}"
            )
    return folders


def _read_labels(path: Path | None) -> tuple[Label, ...]:
    if path is None:
        raise RecordingError("--labels is required to score recordings")
    return read_labels(_text(path), path.name)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordingError(
            f"{path} cannot be read as UTF-8 text; check the path and the file"
        ) from error


def _read_audit(path: Path | None, labels: Path | None) -> Adjudications:
    """Read people's judgements of events from a file.

    The file is `path`. If `path` is None, it is the default file beside the labels. If
    there is no such file, the result is empty.
    """
    default_path = labels.parent / scorecard_page.ADJUDICATION_FILE if labels else None
    if path is None and default_path is not None and default_path.is_file():
        path = default_path
    return read_adjudications(_text(path), path.name) if path else {}


def _read_candidate(path: Path | None) -> CandidateRules | None:
    return (
        read_candidate_rules(_text(path), path.name, AssessmentRules())
        if path
        else None
    )


def _run_candidate(
    candidate: CandidateRules | None,
    folders: list[Path],
    register: Register,
    console: Console,
) -> CandidateResult | None:
    if candidate is None:
        return None
    console.print(f"Candidate rules: {candidate.name}", markup=False)
    results = _run_all(folders, register, candidate.rules, console)
    return CandidateResult(candidate, tuple(results))


def _run_all(
    folders: list[Path], register: Register, rules: AssessmentRules, console: Console
) -> list[RecordingResult]:
    """Run each recording, and print its incidents.

    Raises:
        RecordingError: a recording is a reconstruction, or cannot be read.
    """
    results: list[RecordingResult] = []
    for number, folder in enumerate(folders, start=1):
        recording = load_recording(folder)
        # A reconstruction is not scored: its readings were made from published facts
        # about the very outage that the rules would have to find.
        if recording.reconstruction:
            raise RecordingError(
                f"{folder.name} is a reconstruction, not a measurement, so a score on"
                " it would mean nothing; leave it out"
            )
        # Labels name a recording by its folder. The path is resolved, because a
        # relative path such as "." has no name.
        name = folder.resolve().name
        result = run_recording(name, recording, register, rules)
        results.append(result)
        ids = ", ".join(steps[-1].incident.id for steps in result.incidents)
        line = f"{number}/{len(folders)} {name}: {ids or 'no incident'}"
        console.print(line, markup=False)
    return results


def _print_unused(
    result: Backtest, labels: tuple[Label, ...], console: Console
) -> None:
    """Print the labels and the adjudications that had no effect on the score.

    A label has no effect if its recording was not run. An adjudication has no effect if
    this backtest does not report its event, or if the event matches a label.
    """
    unused = sorted({label.recording for label in labels if label not in result.labels})
    if unused:
        names = ", ".join(unused)
        console.print(f"Labels of recordings that were not run: {names}", markup=False)
    # Without this message, nobody would notice a misspelt key, or an adjudication that
    # is not needed any more.
    reported = {(d.recording, d.key) for d in result.live.score.unmatched}
    missing = sorted(set(result.adjudications) - reported)
    if missing:
        keys = ", ".join(key for _, key in missing)
        console.print(
            "Events in the audit file that are missing from this backtest, or match a"
            f" label now: {keys}",
            markup=False,
        )


def _table(result: Backtest) -> str:
    """Return a table with one line for each set of rules, the live rules first."""
    lines = [_COLUMNS.format(*_HEADS)]
    for system in result.systems:
        score = system.score
        cases = score.cases
        lines.append(
            _COLUMNS.format(
                system.name,
                len(cases),
                sum(len(m.case.labels) for m in cases),
                *(
                    score.count(key)
                    for key in ("true_positives", "missed", "duplicates")
                ),
                sum(len(m.false_alarms) for m in cases),
                *(_ratio(r) for r in (score.precision, score.recall, score.f1)),
                _minutes(score.from_availability),
            )
        )
    return "\n".join(lines)


def _ratio(ratio: Ratio) -> str:
    return "-" if ratio.value is None else f"{ratio.value:.2f}"


def _minutes(delays: Delays) -> str:
    if delays.p50 is None or delays.p95 is None:
        return "-"
    return f"{delays.p50:.0f}/{delays.p95:.0f}"
