"""The work of `outagewire backtest`: how often would we have been right, late or wrong?"""

from pathlib import Path

from rich.console import Console

from bot.cli import kernel
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
from bot.sources.recording.source import load
from bot.tick.assessment import Rules

_HEADER = "recording.toml"
_HEADS: tuple[str, ...] = (
    *("", "recordings", "labels", "found", "missed", "again", "false"),
    *("precision", "recall", "F1", "delay p50/p95, min"),
)
_COLUMNS = "{:24}{:>11}{:>8}{:>7}{:>8}{:>7}{:>7}{:>11}{:>8}{:>6}{:>20}"


def backtest(
    out: Path,
    recordings: list[Path] | None = None,
    labels: Path | None = None,
    audit: Path | None = None,
    shadow: Path | None = None,
) -> None:
    """Score the rules on labelled recordings, beside simpler rules."""
    kernel.use()
    console = Console(highlight=False, soft_wrap=True)
    register = load_register()
    folders = _folders(recordings or [])
    tested = None
    if folders:
        told, audits, trial = _labels(labels), _audits(audit, labels), _shadow(shadow)
        judged = _judge(folders, register, Rules(), console)
        tried = _try(trial, folders, register, console) if trial else None
        tested = scorecard.backtest(
            judged, told, Rules(), candidate=tried, adjudications=audits
        )
        console.print(_table(tested), markup=False)
        _tell_unused(tested, told, console)
    out.mkdir(parents=True, exist_ok=True)
    scorecard_page.write(tested, register, out)
    page = out / "scorecard" / "index.html"
    console.print(f"Written to {out}: open {page}", markup=False)


def _folders(given: list[Path]) -> list[Path]:
    """The recordings among `given` and directly within them, in order."""
    found: list[Path] = []
    for folder in given:
        within = sorted(path.parent for path in folder.glob(f"*/{_HEADER}"))
        if (folder / _HEADER).is_file():
            found.append(folder)
        elif within:
            found += within
        else:
            raise RecordingError(f"{folder} is no recording and holds none")
    return found


def _labels(path: Path | None) -> tuple[Label, ...]:
    if path is None:
        raise RecordingError("--labels is needed: without them nothing can be scored")
    return read_labels(_text(path), path.name)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordingError(f"{path} cannot be read as text") from error


def _audits(path: Path | None, labels: Path | None) -> Adjudications:
    """The audits that were named, or those that lie beside the labels."""
    beside = labels.parent / scorecard_page.ADJUDICATION_FILE if labels else None
    if path is None and beside is not None and beside.is_file():
        path = beside
    return read_adjudications(_text(path), path.name) if path else {}


def _shadow(path: Path | None) -> CandidateRules | None:
    return read_candidate_rules(_text(path), path.name, Rules()) if path else None


def _try(
    shadow: CandidateRules, folders: list[Path], register: Register, console: Console
) -> CandidateResult:
    console.print(f"In shadow: {shadow.name}", markup=False)
    judged = _judge(folders, register, shadow.rules, console)
    return CandidateResult(shadow, tuple(judged))


def _judge(
    folders: list[Path], register: Register, rules: Rules, console: Console
) -> list[RecordingResult]:
    judged: list[RecordingResult] = []
    for number, folder in enumerate(folders, start=1):
        recording = load(folder)
        if recording.reconstruction:
            raise RecordingError(
                f"{folder.name} is a reconstruction, not measured: a score on it"
                " would say nothing; leave it out"
            )
        name = folder.resolve().name
        one = run_recording(name, recording, register, rules)
        judged.append(one)
        told = ", ".join(steps[-1].incident.id for steps in one.incidents)
        line = f"{number}/{len(folders)} {name}: {told or 'no incident'}"
        console.print(line, markup=False)
    return judged


def _tell_unused(tested: Backtest, told: tuple[Label, ...], console: Console) -> None:
    unused = sorted({label.recording for label in told if label not in tested.labels})
    if unused:
        names = ", ".join(unused)
        console.print(f"Labels without a recording here: {names}", markup=False)
    known = {(d.recording, d.key) for d in tested.live.score.unmatched}
    lost = ", ".join(key for _, key in sorted(set(tested.adjudications) - known))
    if lost:
        console.print(f"Audited, but not told of now: {lost}", markup=False)


def _table(tested: Backtest) -> str:
    """Ours beside the comparators, one line each."""
    lines = [_COLUMNS.format(*_HEADS)]
    for system in tested.systems:
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
                *(_share(r) for r in (score.precision, score.recall, score.f1)),
                _minutes(score.from_availability),
            )
        )
    return "\n".join(lines)


def _share(ratio: Ratio) -> str:
    return "-" if ratio.value is None else f"{ratio.value:.2f}"


def _minutes(delays: Delays) -> str:
    if delays.p50 is None or delays.p95 is None:
        return "-"
    return f"{delays.p50:.0f}/{delays.p95:.0f}"
