"""The benchmarks measure what they state, or report that they did not measure it."""

import ast
import importlib
from datetime import UTC, datetime

import numpy as np
import pytest

from bot.model.entity import Entity, EntityKind
from bot.model.signal import Family
from bot.places import load_register, local_time
from tests.benchmarks import (
    bench_archive,
    bench_prometheus,
    bench_replay,
    bench_start,
    bench_year,
)
from tests.benchmarks.seasons import A_DAY, make

SINCE = datetime(2026, 1, 5, tzinfo=UTC)
PLACES = tuple(Entity(EntityKind.COUNTRY, code) for code in ("DE", "KZ", "US"))
FAMILIES = (Family.ACTIVE_PROBING, Family.TRAFFIC)


def test_program_that_compiles_the_kernel_calls_what_exists():
    """The program is a text, so that neither the type checker nor a rename sees it."""
    tree = ast.parse(bench_replay._COMPILE)
    modules = {
        alias.name: getattr(importlib.import_module(str(node.module)), alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    called = [
        (node.value.id, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    ]
    assert len(called) == 2
    assert all(hasattr(modules[module], name) for module, name in called)


def test_a_missing_prometheus_is_reported(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    ((what, measured),) = bench_prometheus.run(8)
    assert what == "Prometheus beside ours"
    assert measured.startswith("not measured: ")


def test_prometheus_gets_the_same_readings_as_ours(tmp_path):
    series = make(PLACES, FAMILIES, SINCE, A_DAY)
    bench_prometheus._write(series, tmp_path / "readings.txt")
    lines = (tmp_path / "readings.txt").read_text(encoding="utf-8").splitlines()
    readings = [line for line in lines if not line.startswith("#")]
    assert lines[-1] == "# EOF"
    assert len(readings) == series.values.size
    name, value, at = readings[A_DAY + 3].split(" ")
    assert name.startswith('reading{entity="country:DE"')
    assert np.float32(value) == series.values[1, 3]
    assert int(at) == int(SINCE.timestamp()) + 3 * 300


def test_each_rule_uses_its_number_of_weeks():
    rules = bench_prometheus._rules()
    for weeks in bench_prometheus._WEEKS_BACK:
        (rule,) = [r for r in rules.split("- alert: ") if r.startswith(f"Drop{weeks}")]
        assert rule.count("offset") == weeks
        assert f"offset {weeks}w" in rule


def test_generated_series_follow_daylight_saving_time():
    register = load_register()

    def local(at, place):
        return local_time(at, register.principal_zone(place))

    series = make(PLACES, FAMILIES, SINCE, 200 * A_DAY, local)
    winter, summer = (
        series.values[0, day * A_DAY : (day + 14) * A_DAY].reshape(14, -1).mean(axis=0)
        for day in (14, 154)
    )
    phase_shift = np.angle(np.fft.rfft(summer)[1] / np.fft.rfft(winter)[1])
    assert phase_shift * 24 / (2 * np.pi) == pytest.approx(1.0, abs=0.3), (
        "the daily cycle must move by one hour"
    )


def test_most_outages_injected_in_a_year_are_detected(monkeypatch):
    monkeypatch.setattr(bench_year, "RUNS", 0)
    monkeypatch.setattr(bench_year, "_floor", lambda series: [0.0])
    rows = dict(bench_year.run(40, 40))
    (counts,) = [row for name, row in rows.items() if "outages generated" in name]
    injected, detected = (int(n) for n in counts.split(", "))
    assert injected > 0
    assert detected >= 0.8 * injected


def test_each_start_is_measured_in_a_new_process(monkeypatch):
    monkeypatch.setattr(bench_start, "RUNS", 1)
    monkeypatch.setattr(
        bench_start, "COMMANDS", (bench_start.PAUSE, bench_start.RESUME)
    )
    rows = dict(bench_start.run())
    python_alone, pause = (
        [float(part.split()[0]) for part in rows[f"start: {what}"].split(", ")]
        for what in ("python alone", "pause")
    )
    # Python alone may need less CPU time than the system counts.
    assert pause[0] > python_alone[0] >= 0, (
        "a command must need more CPU time than python"
    )
    assert 100 > pause[1] > python_alone[1] > 1, (
        "a command must need more memory than python"
    )


def test_missing_recording_is_not_measured(tmp_path):
    measured = bench_replay._replayed("absent-2020-01", tmp_path)
    assert measured.startswith("not measured: ")


def test_each_run_gets_a_new_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(bench_start, "RUNS", 1)
    code = "import sys; open(sys.argv[1] + '/once', 'x'); sum(range(10**7))"
    seconds, megabytes = bench_start.medians(code, ("{out}",), tmp_path)
    assert seconds > 0
    assert megabytes > 1


def test_archive_benchmark_writes_no_page_of_an_old_incident(tmp_path):
    """A start with an archive writes the front page, but no page of an old incident.

    Three incidents are enough to show this, and keep the test short.
    """
    costs = bench_archive.measured(tmp_path, 3)
    assert min(costs.values()) > 0
    written = {path.parent.name for path in tmp_path.glob("site/i/*/index.html")}
    assert [name for name in written if not name.startswith("IR-2026")] == []
    assert "A made-up place" in (tmp_path / "site/index.html").read_text("utf-8")
