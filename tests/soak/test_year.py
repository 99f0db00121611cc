"""A soak of a simulated year: nothing is missed, nothing is posted twice, nothing grows.

OUTAGEWIRE_YEAR_DAYS sets the length (`make soak`: 364 days, 250 countries, a tick each
five minutes, 1,500 outages), OUTAGEWIRE_SEED the seed of what is planted. Ctrl-C stops it
after the current tick; with the same OUTAGEWIRE_YEAR_DIR it continues there.
"""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from bot.model.incident import EventKind
from tests.soak.planted_year import YearPlanter, YearSize
from tests.soak.year_checks import LEFT_TO_A_PERSON, compare, figures, month_medians
from tests.soak.year_run import POLL, YearFiles, YearRun

pytestmark = pytest.mark.timeout(24 * 3600)

DAYS = os.environ.get("OUTAGEWIRE_YEAR_DAYS")
FOLDER = os.environ.get("OUTAGEWIRE_YEAR_DIR")
SEED = int(os.environ.get("OUTAGEWIRE_SEED", "20260108"))
A_FEW_DAYS = YearSize(days=2, countries=12, outages=6)
"""What `make test` runs."""


def size() -> YearSize:
    """Return the size of the run that the environment asks for."""
    if DAYS is None:
        return A_FEW_DAYS
    return YearSize(days=int(DAYS), outages=round(1500 * int(DAYS) / 364))


def test_a_year_misses_nothing_and_posts_nothing_twice(tmp_path, capsys):  # P1, P10
    year = YearPlanter(size(), SEED).plant()
    files = YearFiles(Path(FOLDER) if FOLDER else tmp_path)

    def print_line(line: str) -> None:
        with capsys.disabled():
            print(line, flush=True)

    run = YearRun(files, year, SEED, print_line)
    print_line(f"\nseed {SEED}, from {run.clock.now():%d %B} on in {files.folder}")
    if not run.run():
        pytest.exit(f"stopped before {run.clock.now()}; the same command continues")
    outcome = compare(files, year)
    for line in figures(files, year, outcome):
        print_line(line)
    ticks = files.read_ticks()
    assert not outcome.problems
    places = year.size.places()
    posted = [d for d in year.outages if places[d.row] not in LEFT_TO_A_PERSON]
    assert outcome.posted[EventKind.CONFIRMED] == len(posted)
    assert outcome.posted[EventKind.RESTORED] == len(posted)
    assert {b.at - a.at for a, b in pairwise(ticks)} == {POLL}
    assert ticks[-1].at + POLL == year.size.until
    assert sum(tick.sent for tick in ticks) == sum(outcome.posted.values())
    assert not any(tick.problems for tick in ticks)
    first, last = month_medians(ticks)
    assert last.quiet < 1.5 * first.quiet
