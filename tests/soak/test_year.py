"""A soak of a simulated year: nothing is missed, nothing is posted twice, nothing grows.

OUTAGEWIRE_YEAR_DAYS sets the length (`make soak`: 364 days, 250 countries, a tick each
five minutes, 1,500 outages), OUTAGEWIRE_SEED the seed of what is planted. Ctrl-C stops it
after the current tick; with the same OUTAGEWIRE_YEAR_DIR it continues there.
"""

import os
import signal
from itertools import pairwise
from pathlib import Path

import pytest

from bot.model.incident import EventKind
from tests.soak.planted_year import START, PlantedYear, YearPlanter, YearSize
from tests.soak.year_checks import compare, figures, month_costs
from tests.soak.year_run import POLL, TickLine, YearFiles, YearRun

pytestmark = pytest.mark.timeout(24 * 3600)

DAYS = os.environ.get("OUTAGEWIRE_YEAR_DAYS")
FOLDER = os.environ.get("OUTAGEWIRE_YEAR_DIR")
SEED = int(os.environ.get("OUTAGEWIRE_SEED", "20260108"))
A_YEAR = 364
A_DAY = YearSize(days=1, countries=3, outages=1)
"""What `make test` runs."""


def year_size() -> YearSize:
    """Return the size of the run that the environment asks for."""
    if DAYS is None:
        return A_DAY
    return YearSize(days=int(DAYS), outages=round(1500 * int(DAYS) / A_YEAR))


def run_to_the_end(files: YearFiles, size: YearSize, print_line) -> PlantedYear:
    """Run the rest of a year, or leave the tests if a stop is requested."""
    year = YearPlanter(size, SEED).plant()
    run = YearRun(files, year, SEED, print_line)
    print_line(f"\nseed {SEED}, from {run.clock.now():%d %B} on in {files.folder}")
    if not run.run():
        pytest.exit(f"stopped before {run.clock.now()}; the same command continues")
    return year


def test_a_year_misses_nothing_and_posts_nothing_twice(tmp_path, capsys):  # P1, P10
    files = YearFiles(Path(FOLDER) if FOLDER else tmp_path)

    def print_line(line: str) -> None:
        with capsys.disabled():
            print(line, flush=True)

    year = run_to_the_end(files, year_size(), print_line)
    outcome, ticks = compare(files, year), files.read_ticks()
    for line in figures(files, year, outcome):
        print_line(line)
    assert not outcome.problems
    assert outcome.posted[EventKind.CONFIRMED] == len(year.outages)
    assert outcome.posted[EventKind.RESTORED] == len(year.outages)
    assert {b.at - a.at for a, b in pairwise(ticks)} == {POLL}
    assert (ticks[0].at, ticks[-1].at + POLL) == (START, year.size.until)
    assert sum(tick.sent for tick in ticks) == sum(outcome.posted.values())
    assert not any(tick.problems for tick in ticks)
    # A shorter run has no two quarters that can be compared.
    if year.size.days >= A_YEAR:
        _assert_nothing_grows(files)


def _assert_nothing_grows(files: YearFiles) -> None:
    """Compare the last month and start of a year with those of its first quarter.

    CPU times depend on what else the machine does, so that half as much again is allowed.
    The first month is not compared: a page lists earlier incidents of its country, and
    most countries have none yet. A start is measured once, and what the machine does then
    may double it. So starts are not compared: each has the limit of three seconds. The
    first start says nothing about growth: its store is empty, and it fills the caches.
    """
    _, early, *_, late = month_costs(files.read_ticks())
    assert late.quiet < 1.5 * early.quiet
    assert late.busy < 1.5 * early.busy
    _empty, *starts = (tick.cpu for tick in files.read_ticks() if tick.is_first)
    assert max(starts) < 3.0
    weeks = {week.week: week.resident for week in files.read_weeks()}
    assert weeks[max(weeks)] < 1.3 * weeks[13]


def test_a_stopped_run_continues_where_it_stopped(tmp_path):
    files = YearFiles(tmp_path)
    year = YearPlanter(YearSize(days=1, countries=3, outages=0), SEED).plant()

    def stop_after_ten_ticks(_tick: TickLine) -> None:
        if len(files.read_ticks()) == 10:
            signal.raise_signal(signal.SIGINT)

    stopped = YearRun(files, year, SEED, print, stop_after_ten_ticks)
    assert not stopped.run()
    with files.ticks.open("a", encoding="utf-8") as file:
        file.write("2026-01-05T00:50:00+00:00,0.0")  # a line that a kill cut off
    continued = YearRun(files, year, SEED, print)
    assert continued.clock.now() == START + 10 * POLL
    with pytest.raises(ValueError, match="another size or seed"):
        YearRun(files, year, SEED + 1, print)


def test_a_run_that_is_over_is_begun_again(tmp_path):
    files = YearFiles(tmp_path)
    year = YearPlanter(YearSize(days=1, countries=1, outages=0), SEED).plant()
    YearRun(files, year, SEED, print)
    last = TickLine(year.size.until - POLL, 0.0, 0.0, 0, 0, 0, 0, is_first=False)
    files.ticks.write_text(last.text(), "utf-8")
    assert YearRun(files, year, SEED, print).clock.now() == START
