"""A comparison with Prometheus: the same rule on the same readings, in the same run.

The rule: a series alerts if it is below 80% of the median of the same time in the past
four weeks, for two evaluations. Prometheus also evaluates the rule with three past weeks,
which is less work than ours. The readings are 5,000 series of five-minute bins over four
weeks, loaded into Prometheus with its own promtool. Prometheus reports the time of each
evaluation.

An evaluation in Prometheus selects and decodes the readings, matches labels, and updates
and appends alert state. An evaluation of ours compares with the neighbouring bins too,
computes spreads, checks source health, combines families, updates incidents, and commits
all states to SQLite. Fetching and parsing are included in neither.
"""

import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server
from tempfile import TemporaryDirectory

import httpx

from bot.detection.series_states import encode
from bot.detection.thresholds import Limit, Thresholds
from bot.model.entity import Entity, EntityKind
from bot.model.signal import Family
from bot.model.watchlist import group_into_places
from bot.store.sql_store import open_store
from bot.tick.assessment import Assessor
from bot.tick.rules import AssessmentRules
from tests.benchmarks.seasons import A_DAY, STEP, Seasons, make

SERIES = 5_000
WEEKS = 4
ROUNDS = 9
_FAMILIES = (
    Family.CONTROL_PLANE,
    Family.ACTIVE_PROBING,
    Family.TRAFFIC,
    Family.TELESCOPE,
)
_FUTURE = timedelta(hours=2)
"""How far the readings extend past the present, so that each evaluation has a new bin."""
_ONE_DOWN_IN = 400
"""One place in this many is down, so that both systems keep alerts or incidents."""
_LOADING_S, _STARTING_S, _ROUNDS_S, _ENDING_S = 1200, 120, 180, 30
_EVERY_S = 5

_CONFIG = f"""
global: {{evaluation_interval: {_EVERY_S}s}}
rule_files: [rules.yml]
storage: {{tsdb: {{out_of_order_time_window: 1d}}}}
"""
_WEEKS_BACK = (4, 3)
"""The numbers of past weeks of the two rules in Prometheus; ours compares with four."""
_RULES = """
groups:
- name: drops
  rules:
"""
_RULE = f"""
  - alert: Drop%d
    expr: reading < 0.8 * quantile without (week) (0.5, %s)
    for: {_EVERY_S}s
"""
_PAST = 'label_replace(reading offset {0}w, "week", "{0}", "", "")'


@dataclass(frozen=True, slots=True)
class EvaluationTimes:
    """The seconds of each evaluation by one system, and how many series it found down."""

    rounds: list[float]
    down: int


class NotMeasured(Exception):  # noqa: N818 - the message completes it: "not measured: ..."
    """Prometheus is not installed, failed, or did not finish in time."""


def run(series: int = SERIES) -> list[tuple[str, str]]:
    """Return rows of what was measured, and the result or why Prometheus has none."""
    name = f"same rule, {series:,} series x {WEEKS} weeks"
    try:
        ours, prometheus = _measure_both(series)
    except NotMeasured as reason:
        return [("Prometheus beside ours", f"not measured: {reason}")]
    rows = [
        (f"{name}: ours, with source health, incidents and storing", _summary(ours))
    ]
    for weeks, times_of_rule in prometheus.items():
        label = f"{name}: Prometheus, {weeks} weeks back, with alert state"
        ratio = statistics.median(times_of_rule.rounds) / statistics.median(ours.rounds)
        rows.append((label, f"{_summary(times_of_rule)}: {ratio:.1f} times ours"))
    return rows


def _measure_both(series: int) -> tuple[EvaluationTimes, dict[int, EvaluationTimes]]:
    if not (shutil.which("prometheus") and shutil.which("promtool")):
        raise NotMeasured("Debian's package prometheus is not installed")
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    now -= timedelta(minutes=now.minute % 5)
    since = now - timedelta(weeks=WEEKS)
    bins = WEEKS * 7 * A_DAY + _FUTURE // STEP
    count = series // len(_FAMILIES)
    places = tuple(Entity(EntityKind.ASN, str(n + 1)) for n in range(count))
    series_set = make(places, _FAMILIES, since, bins)
    series_set.take_down(_ONE_DOWN_IN, now)
    with TemporaryDirectory() as name:
        ours = _measure_ours(series_set, now, Path(name))
        return ours, _measure_prometheus(series_set, Path(name))


def _measure_ours(series_set: Seasons, now: datetime, folder: Path) -> EvaluationTimes:
    """Time our evaluations, each of which assesses one new bin.

    The first is not counted, because empty caches slow it.
    """
    history = series_set.history(timedelta(weeks=WEEKS))
    limits = dict.fromkeys(Family, Limit(on=0.8, off=0.9))
    rules = AssessmentRules(Thresholds(limits=limits, spreads=0.0))
    assessor = Assessor(
        series_set.signals,
        series_set.rows,
        group_into_places(series_set.places, {}, {}),
        rules,
        (),
    )
    for name, signal in series_set.signals.items():
        last = replace(assessor.states[name], index=signal.bin_at(now) - 3)
        assessor.restore_states(name, last)
    store = open_store(folder / "ours.db")
    rounds = []
    for number in range(ROUNDS):
        at = now + STEP * number
        start = time.perf_counter()
        conclusions = assessor.assess(history, at)
        states = {i: encode(s) for i, s in assessor.states.items()}
        store.incidents.record(conclusions.changes, conclusions.abstentions, states, at)
        rounds.append(time.perf_counter() - start)
    store.close()
    down = sum(len(states.dropped_rows()) for states in assessor.states.values())
    return EvaluationTimes(rounds[1:], down)


def _measure_prometheus(
    series_set: Seasons, folder: Path
) -> dict[int, EvaluationTimes]:
    text = folder / "readings.txt"
    _write(series_set, text)
    _load(text, folder / "tsdb")
    text.unlink()
    (folder / "prometheus.yml").write_text(_CONFIG, encoding="utf-8")
    (folder / "rules.yml").write_text(_rules(), encoding="utf-8")
    with _running_prometheus(folder) as url:
        return _evaluation_times(url)


def _rules() -> str:
    """Return a rule group, whose rules Prometheus evaluates and times one by one."""
    past = {n: [_PAST.format(week + 1) for week in range(n)] for n in _WEEKS_BACK}
    return _RULES + "".join(_RULE % (n, " or ".join(past[n])) for n in _WEEKS_BACK)


def _write(series_set: Seasons, path: Path) -> None:
    """Write all readings as OpenMetrics text, one series after the other."""
    first = int(series_set.since.timestamp())
    bins, step = series_set.values.shape[1], int(STEP.total_seconds())
    line_format = "".join(f"\0 %.1f {first + step * n}\n" for n in range(bins))
    with path.open("w", encoding="utf-8") as out:
        out.write("# TYPE reading gauge\n# HELP reading made up\n")
        for number, row in enumerate(series_set.values):
            place, kind = divmod(number, len(series_set.signals))
            labels = f'entity="{series_set.places[place]}",signal="{_FAMILIES[kind]}"'
            out.write(
                line_format.replace("\0", f"reading{{{labels}}}") % tuple(row.tolist())
            )
        out.write("# EOF\n")


def _load(text: Path, into: Path) -> None:
    """Load `text` into a database at `into`, in few long blocks.

    The blocks are long because promtool reads the whole text for each block.

    Raises:
        NotMeasured: promtool failed, or took too long.
    """
    words = ["promtool", "tsdb", "create-blocks-from", "openmetrics"]
    words += ["--max-block-duration=744h", "--quiet", str(text), str(into)]
    try:
        subprocess.run(words, check=True, capture_output=True, timeout=_LOADING_S)
    except (subprocess.SubprocessError, OSError) as error:
        raise NotMeasured(f"promtool did not load the readings ({error})") from error


@contextmanager
def _running_prometheus(folder: Path) -> Iterator[str]:
    """Run Prometheus on a free port on loopback; yield its address."""
    with create_server(("127.0.0.1", 0)) as probe:
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    words = ["prometheus", f"--config.file={folder / 'prometheus.yml'}"]
    words += [f"--storage.tsdb.path={folder / 'tsdb'}", "--log.level=warn"]
    words += ["--storage.tsdb.retention.time=5y", f"--web.listen-address={address}"]
    log = folder / "prometheus.log"
    with log.open("wb") as stderr, subprocess.Popen(words, stderr=stderr) as server:
        try:
            yield f"http://{address}"
        finally:
            server.terminate()
            try:
                server.wait(_ENDING_S)
            except subprocess.TimeoutExpired:
                server.kill()


def _evaluation_times(url: str) -> dict[int, EvaluationTimes]:
    """Return the evaluation times of each rule, by the rule's number of past weeks.

    The first evaluation of each rule is left out, because it is cold.

    Raises:
        NotMeasured: there were too few evaluations in time, or a rule failed.
    """
    rules: list[dict] = []
    times_by_evaluation: dict[str, list[float]] = {}
    deadline = time.monotonic() + _STARTING_S + _ROUNDS_S
    while len(times_by_evaluation) < ROUNDS and time.monotonic() < deadline:
        time.sleep(1)
        rules = _rule_states(url) or rules
        if rules and not rules[-1]["lastEvaluation"].startswith("0001"):
            at = rules[-1]["lastEvaluation"]
            times_by_evaluation[at] = [rule["evaluationTime"] for rule in rules]
    if len(times_by_evaluation) < ROUNDS:
        raise NotMeasured(
            f"only {len(times_by_evaluation)} of {ROUNDS} evaluations in time"
        )
    failed = [rule.get("lastError", "") for rule in rules if rule["health"] != "ok"]
    if failed:
        raise NotMeasured(f"a rule cannot be evaluated: {failed[0]}")
    rounds = zip(
        *[times_by_evaluation[at] for at in sorted(times_by_evaluation)][1:],
        strict=True,
    )
    measured = zip(_WEEKS_BACK, rules, rounds, strict=True)
    return {
        n: EvaluationTimes(list(times), len(rule["alerts"]))
        for n, rule, times in measured
    }


def _rule_states(url: str) -> list[dict] | None:
    """Return the state of the rules; None while Prometheus does not answer."""
    try:
        answer = httpx.get(f"{url}/api/v1/rules", timeout=10)
    except httpx.TransportError:
        return None
    groups = answer.json()["data"]["groups"] if answer.is_success else []
    return groups[0]["rules"] if groups else None


def _summary(measured: EvaluationTimes) -> str:
    median, minimum = statistics.median(measured.rounds), min(measured.rounds)
    return (
        f"{median * 1000:.1f} ms (least {minimum * 1000:.1f}, median of"
        f" {len(measured.rounds)}); {measured.down} down"
    )
