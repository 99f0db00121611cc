"""Runs the live application through a planted year, and continues where it stopped.

The store, the site and the file channel are on disk, and the loop runs on a simulated
clock. Only the source is generated.
"""

import json
import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from logging import CRITICAL
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import NamedTuple
from unittest.mock import patch

import structlog

from bot import bootstrap
from bot.bootstrap import live
from bot.cli.run import Stopper
from bot.clock import Clock, StillClock
from bot.config import loading as configuration
from bot.config.sections import Config
from bot.ports import Source
from bot.store.files.run_lock import only_run
from bot.store.sql_store import open_store
from bot.tick.loop import Loop
from bot.tick.runner import TickResult
from tests import stories
from tests.soak.planted_year import START, GeneratedSource, PlantedYear, YearSize

POLL = timedelta(minutes=5)
RESTARTED_AFTER = timedelta(days=91)
"""How often the application is stopped and started again; a short run: halfway."""
_WEEK = timedelta(days=7)
_MEBIBYTE = 2**20


class TickLine(NamedTuple):
    """What is written down about one tick.

    Attributes:
        at: when it began, in simulated time.
        cpu: the CPU seconds of the process in this tick, with its alerts.
        wall: its seconds.
        events: how many events it decided.
        sent: how many posts it sent.
        failed: how many requests to the source failed.
        problems: how many pages failed.
        is_first: whether it was the first tick after a start, which reads the history.
    """

    at: datetime
    cpu: float
    wall: float
    events: int
    sent: int
    failed: int
    problems: int
    is_first: bool

    def text(self) -> str:
        """Return the tick as a line."""
        at, cpu, wall, *counts = self
        return f"{at.isoformat()},{cpu:.5f},{wall:.5f},{','.join(map(str, map(int, counts)))}\n"


@dataclass(frozen=True, slots=True)
class WeekLine:
    """What is written down at the end of each simulated week, and at the start of a run.

    Attributes:
        week: its number; 0 at the start.
        at: the simulated time.
        resident, peak: the memory of the process and its highest value, in bytes.
        incidents: how many incidents there are, open or not.
        store, site, posts: the bytes of the files.
        pages: how many files the site has.
        start_cpu: the CPU seconds of the last start, with its first tick.
    """

    week: int
    at: str
    resident: int
    peak: int
    incidents: int
    store: int
    site: int
    pages: int
    posts: int
    start_cpu: float


@dataclass(slots=True)
class YearFiles:
    """The files of a run in its folder."""

    folder: Path
    plan: Path = field(init=False)
    ticks: Path = field(init=False)
    weeks: Path = field(init=False)
    posts: Path = field(init=False)
    site: Path = field(init=False)
    store: Path = field(init=False)

    def __post_init__(self) -> None:
        """Name the files."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.ticks, self.weeks = self.folder / "ticks.csv", self.folder / "weeks.jsonl"
        self.plan = self.folder / "plan.json"
        self.posts, self.site = self.folder / "posts.jsonl", self.folder / "site"
        self.store = self.folder / "wire.db"

    def begin(self, size: YearSize, seed: int) -> None:
        """Prepare the folder for a run; discard a run that is over.

        Raises:
            ValueError: the folder has an unfinished run of another size or seed.
        """
        plan = json.dumps({"seed": seed, **asdict(size)})
        ticks = self.read_ticks()
        if ticks and ticks[-1].at + POLL >= size.until:
            self._discard()
        elif ticks and self.plan.read_text("utf-8") != plan:
            raise ValueError(
                f"{self.folder} has an unfinished run of another size or seed; delete it,"
                " or set OUTAGEWIRE_YEAR_DIR to another folder"
            )
        self.plan.write_text(plan, "utf-8")

    def _discard(self) -> None:
        for folder in (self.site, self.folder / "charts"):
            shutil.rmtree(folder, ignore_errors=True)
        databases = self.folder.glob(f"{self.store.name}*")
        for file in (self.plan, self.ticks, self.weeks, self.posts, *databases):
            file.unlink(missing_ok=True)

    def read_ticks(self) -> list[TickLine]:
        """Return the ticks so far; a line that a kill cut off is left out."""
        text = self.ticks.read_text("utf-8") if self.ticks.exists() else ""
        return [_tick_line(line) for line in text.splitlines(True) if line[-1] == "\n"]

    def read_weeks(self) -> list[WeekLine]:
        """Return the weeks so far."""
        text = self.weeks.read_text("utf-8") if self.weeks.exists() else ""
        return [WeekLine(**json.loads(line)) for line in text.splitlines()]

    def repair(self) -> None:
        """Remove the line of a tick that a kill cut off."""
        self.ticks.write_text("".join(t.text() for t in self.read_ticks()), "utf-8")

    def config(self) -> Config:
        """Return the configuration: defaults, a file channel, confirmed events posted."""
        return configuration.check_values(
            {
                "log": "quiet",
                "store": {"path": str(self.store)},
                "site": {"out": str(self.site), "base_url": "https://example.org"},
                "loop": {"poll": "5m"},
                "policy": {"rules": stories.PUBLISH_CONFIRMED},
                "channels": {"wire": {"kind": "file", "path": str(self.posts)}},
            },
            "the simulated year",
        )


def _tick_line(line: str) -> TickLine:
    at, cpu, wall, *counts = line.strip().split(",")
    events, sent, failed, problems, is_first = map(int, counts)
    return TickLine(
        datetime.fromisoformat(at),
        float(cpu),
        float(wall),
        events,
        sent,
        failed,
        problems,
        bool(is_first),
    )


class YearRun:
    """A run through a planted year, in parts: a part ends with a stop or a restart."""

    def __init__(
        self,
        files: YearFiles,
        year: PlantedYear,
        seed: int,
        print_line: Callable[[str], None],
        on_tick: Callable[[TickLine], None] = lambda _: None,
    ) -> None:
        """Continue in `files`, after the last tick that is written down there.

        `print_line` gets a line each week; `on_tick` is called after each tick.
        """
        files.begin(year.size, seed)
        files.repair()
        self._files, self._year, self._seed = files, year, seed
        self._print, self._on_tick = print_line, on_tick
        ticks = files.read_ticks()
        self.clock = StillClock(ticks[-1].at + POLL if ticks else START)
        self._week: list[TickLine] = []
        self._week_began = time.perf_counter()
        self._mark = time.process_time(), time.perf_counter()
        self._is_first = True
        self._start_cpu = 0.0
        self._stopper = Stopper()
        self._loop: Loop | None = None

    @property
    def is_over(self) -> bool:
        """Whether the next tick would begin after the end of the year."""
        return self.clock.now() >= self._year.size.until

    def run(self) -> bool:
        """Run to the end of the year; return False if a stop was requested before.

        Raises:
            StoreError: another run uses the folder.
        """
        logging = structlog.get_config()
        # The silences of the source are planned, so that their alerts need not be read.
        structlog.configure(
            wrapper_class=structlog.make_filtering_bound_logger(CRITICAL)
        )
        try:
            with only_run(self._files.store, self.clock.now()):
                while not (self.is_over or self._stopper.is_stopping()):
                    self._run_part()
        finally:
            self._stopper.restore_default_handlers()
            structlog.configure(**logging)
        return self.is_over

    def _run_part(self) -> None:
        """Start the application, and run it until a restart is due."""
        self._mark = time.process_time(), time.perf_counter()
        self._is_first = True
        with self._application() as application:
            self._loop = Loop(
                application.runner,
                self.clock,
                POLL,
                self._note_tick,
                application.alerts,
            )
            self._stopper.handle_signals(self._loop, self.clock)
            application.runner.open()
            self._loop.run()
            assert self._loop.failures == 0

    @contextmanager
    def _application(self) -> Iterator[bootstrap.Application]:
        def sources(_config: Config, clock: Clock, _pause: Clock) -> tuple[Source, ...]:
            return (GeneratedSource(self._year, self._seed, clock),)

        with patch.object(live, "sources", sources):
            application = bootstrap.build_live(
                self._files.config(), self.clock, bootstrap.BackfillProgress()
            )
        try:
            yield application
        finally:
            application.runner._components.publisher.close()
            application.store.close()

    def _note_tick(self, tick: TickResult) -> None:
        """Write a tick down; stop the loop before the next one if a restart is due."""
        cpu, wall = self._mark
        line = TickLine(
            at=tick.at,
            cpu=time.process_time() - cpu,
            wall=time.perf_counter() - wall,
            events=len(tick.events),
            sent=len(tick.sent),
            failed=len(tick.failed),
            problems=len(tick.pages_failed),
            is_first=self._is_first,
        )
        with self._files.ticks.open("a", encoding="utf-8") as file:
            file.write(line.text())
        if self._is_first:
            self._start_cpu, self._is_first = line.cpu, False
            if line.at == START:
                self._note_week(0, tick.at)
        self._week.append(line)
        self._end_spans(tick.at + POLL)
        self._on_tick(line)
        self._mark = time.process_time(), time.perf_counter()

    def _end_spans(self, after: datetime) -> None:
        """Print a week that is over, and stop the loop if the year or a part is over."""
        assert self._loop is not None
        elapsed = after - START
        if elapsed % _WEEK == timedelta(0) or after >= self._year.size.until:
            self._note_week(-(-elapsed // _WEEK), after)
        part = min(RESTARTED_AFTER, timedelta(days=self._year.size.days) / 2)
        if elapsed % part == timedelta(0) or after >= self._year.size.until:
            self._loop.stop()

    def _note_week(self, number: int, at: datetime) -> None:
        week = self._measure(number, at)
        with self._files.weeks.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(week)) + "\n")
        if self._week:
            self._print(
                _week_text(week, self._week, time.perf_counter() - self._week_began)
            )
        self._week, self._week_began = [], time.perf_counter()

    def _measure(self, number: int, at: datetime) -> WeekLine:
        files = self._files
        site = [path.stat().st_size for path in files.site.rglob("*") if path.is_file()]
        store = open_store(files.store)
        incidents = store.incidents.ids_opened_within(START, self._year.size.until)
        store.close()
        return WeekLine(
            week=number,
            at=at.isoformat(),
            resident=_resident(),
            peak=getrusage(RUSAGE_SELF).ru_maxrss * 1024,
            incidents=len(incidents),
            store=sum(p.stat().st_size for p in files.folder.glob("wire.db*")),
            site=sum(site),
            pages=len(site),
            posts=files.posts.stat().st_size if files.posts.exists() else 0,
            start_cpu=self._start_cpu,
        )


def _week_text(week: WeekLine, ticks: list[TickLine], seconds: float) -> str:
    median = statistics.median(tick.cpu for tick in ticks)
    return (
        f"week {week.week}: {len(ticks):,} ticks in {seconds:.0f} s"
        f" ({len(ticks) / seconds:.1f} a second; median {median * 1000:.0f} ms of CPU),"
        f" {week.incidents} incidents, {sum(t.sent for t in ticks)} posts,"
        f" memory {week.resident / _MEBIBYTE:.0f} MiB,"
        f" store {week.store / _MEBIBYTE:.0f} MiB,"
        f" site {week.site / _MEBIBYTE:.0f} MiB in {week.pages:,} files"
    )


def _resident() -> int:
    """Return the resident memory of the process in bytes."""
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
