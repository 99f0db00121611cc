"""Kinds of clock faults, and a run of a small story in which the clock has such a fault.

The story: Iran falls from 9:00 to 12:00 and Kazakhstan from 12:30 to 19:00, both to 4% of
the normal level; four other countries do not fall. Posts that are not urgent wait from
12:00 to 16:00, so that a post on the end in Iran is scheduled for 16:00. All times are UTC.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.clock import Clock
from bot.config import loading as configuration
from bot.config.sections import Config
from bot.incidents.plausible_clock import TOLERANCE
from bot.model.delivery import DeliveryState
from bot.model.interval import Interval
from bot.model.operations import AlertKind
from bot.model.signal import Answer, Request
from bot.publishing.alerts import AlertSender, AlertTargets
from bot.store import schema
from bot.store.serialization import to_json
from bot.tick.loop import Loop
from bot.tick.runner import TickResult
from tests import stories
from tests.fakes import FakeChannel, FakeRenderer
from tests.recordings import write
from tests.wrong_clocks import (
    DAY,
    HALF_HOUR,
    HOUR,
    ClockHarness,
    SimulatedTime,
    TrueTimeSource,
)

MINUTE = timedelta(minutes=1)
YEAR = timedelta(days=365)
FALL = stories.FALL
BEGIN, END = FALL - 4 * HOUR, FALL + 16 * HOUR
OUTAGES = {
    "IR": (FALL, FALL + 3 * HOUR),
    "KZ": (FALL + 3.5 * HOUR, FALL + 10 * HOUR),
}
STEADY = {"DE": 9000, "FR": 7000, "IT": 5000, "PL": 4000}
LEVELS = {"IR": 3000, "KZ": 2000, **STEADY}
QUIET = (FALL + 3 * HOUR, FALL + 7 * HOUR)
# These tables hold what the sources answered. A fault that only the answers of a tick
# reveal is noticed after they are stored.
_ANSWERS = frozenset(
    {"answers", "answer_bodies", "readings", "first_seen", "series", "signals", "gaps"}
)
_OLD = timedelta(days=29, hours=12)
"""The age of an answer at the start that is kept for 30 days: not deleted before 12:00."""


class Phase(StrEnum):
    """When the clock is wrong."""

    EMPTY = "from the first start on, with an empty store"
    OPEN = "from a start on, with an open incident"
    RUNNING = "in mid-run"
    STOPPED = "from a restart on, after a stop"


_FROM = {
    Phase.EMPTY: BEGIN,
    Phase.OPEN: FALL + 5 * HOUR,
    Phase.RUNNING: FALL + HALF_HOUR,
    Phase.STOPPED: FALL + HALF_HOUR,
}
_DATE_OR_READINGS = "server's clock|readings of"
"""Readings of later times are named first, if the sources have such readings."""
SetWrong = Callable[[ClockHarness, timedelta], None]
"""Makes clocks wrong, before each tick; gets the time since the fault began."""


@dataclass(frozen=True, slots=True)
class ClockFault:
    """A kind of clock fault.

    Attributes:
        name: what is wrong.
        phase: when it is wrong.
        wrong: see `SetWrong`.
        noticed: a pattern of the words with which the reason to doubt the clock names
            what noticed the fault; "" if the fault must stop nothing.
        lasts: how long the clock is wrong.
        dated: whether the answers of the sources have a `Date`.
        two_sources: whether there are two sources.
        suspended: how long the machine is suspended when the fault begins.
        after_reading: whether only the answers of a tick reveal the fault.
        episodes: how often the clock is wrong, and right again.
    """

    name: str
    phase: Phase
    wrong: SetWrong
    noticed: str = ""
    lasts: timedelta = 3 * HOUR
    dated: bool = True
    two_sources: bool = False
    suspended: timedelta = timedelta(0)
    after_reading: bool = False
    episodes: int = 1

    @property
    def title(self) -> str:
        return f"{self.name} {self.phase}"


def ahead(span: timedelta) -> SetWrong:
    """Set the machine's clock ahead (negative: behind)."""

    def wrong(harness: ClockHarness, _: timedelta) -> None:
        harness.time.ahead = span

    return wrong


def shows(at: datetime) -> SetWrong:
    """Set the machine's clock to `at`, from which it goes on."""

    def wrong(harness: ClockHarness, since: timedelta) -> None:
        harness.time.ahead = at + since - harness.time.at

    return wrong


def drifts(per_tick: timedelta, first: timedelta = timedelta(0)) -> SetWrong:
    """Let the error of the machine's clock change in each tick, but not beyond zero."""

    def wrong(harness: ClockHarness, since: timedelta) -> None:
        error = first + per_tick * (since // HALF_HOUR)
        harness.time.ahead = max(error, timedelta(0)) if first else error

    return wrong


def freezes(harness: ClockHarness, since: timedelta) -> None:
    """Stop the machine's clock."""
    harness.time.frozen = harness.time.frozen or harness.time.at - since


def jumps_in_ticks(harness: ClockHarness, _: timedelta) -> None:
    """Set the clock a day ahead while a tick reads, and right before the next tick."""
    harness.time.ahead = timedelta(0)
    harness.source.on_request = lambda: setattr(harness.time, "ahead", DAY)


def comes_and_goes(harness: ClockHarness, since: timedelta) -> None:
    """Set the clock a day ahead for an hour, right for an hour, and so on."""
    harness.time.ahead = DAY if since // HOUR % 2 == 0 else timedelta(0)


def server_ahead(span: timedelta, *, machine: timedelta = timedelta(0)) -> SetWrong:
    """Set the clock of the first source's server, and perhaps the machine's."""

    def wrong(harness: ClockHarness, _: timedelta) -> None:
        harness.source.server_ahead, harness.time.ahead = span, machine

    return wrong


def unreachable(wrong: SetWrong) -> SetWrong:
    """Let certificates look expired too, so that no source can be reached."""

    def wrong_and_unreachable(harness: ClockHarness, since: timedelta) -> None:
        wrong(harness, since)
        for source in harness.sources:
            source.unreachable = True

    return wrong_and_unreachable


def loses_time(span: timedelta, *, machine: timedelta) -> SetWrong:
    """Let the monotonic clock lose `span`, and set the machine's clock ahead."""

    def wrong(harness: ClockHarness, _: timedelta) -> None:
        harness.time.missed, harness.time.ahead = span, machine

    return wrong


def put_right(harness: ClockHarness) -> None:
    """Put all clocks right; what the monotonic clock has lost stays lost."""
    harness.time.ahead, harness.time.frozen = timedelta(0), None
    for source in harness.sources:
        source.server_ahead, source.unreachable = timedelta(0), False
        source.on_request = lambda: None


def fault_kinds() -> Iterator[ClockFault]:
    """Yield every kind of clock fault."""
    for phase in Phase:
        yield from _wrong_by_spans(phase)
    yield from _moving()
    yield from _servers()
    yield from _undated()
    yield from _suspended()


def _wrong_by_spans(phase: Phase) -> Iterator[ClockFault]:
    for words, span in {
        "3 hours": 3 * HOUR,
        "a day": DAY,
        "two years": 2 * YEAR,
    }.items():
        yield ClockFault(f"{words} ahead", phase, ahead(span), "server's clock")
        yield ClockFault(f"{words} behind", phase, ahead(-span), _DATE_OR_READINGS)
    for words, at in {
        "1970": datetime(1970, 1, 1, tzinfo=UTC),
        "2038": datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC),
        "9999": datetime(9999, 12, 31, 20, tzinfo=UTC),
    }.items():
        yield ClockFault(f"set to {words}", phase, shows(at), _DATE_OR_READINGS)
    yield ClockFault("5 minutes ahead", phase, ahead(5 * MINUTE))
    yield ClockFault("5 minutes behind", phase, ahead(-5 * MINUTE))
    yield ClockFault("an hour ahead", phase, ahead(HOUR), "server's clock")
    yield ClockFault("an hour behind", phase, ahead(-HOUR), "server's clock")


def _moving() -> Iterator[ClockFault]:
    running = Phase.RUNNING
    yield ClockFault("slow drift ahead", running, drifts(4 * MINUTE), "server's clock")
    yield ClockFault(
        "slow drift behind", running, drifts(-4 * MINUTE), "server's clock"
    )
    yield ClockFault("frozen", running, freezes, _DATE_OR_READINGS)
    yield ClockFault(
        "a day ahead inside of ticks",
        running,
        jumps_in_ticks,
        "server's clock",
        after_reading=True,
    )
    yield ClockFault(
        "a day ahead and right again, twice",
        running,
        comes_and_goes,
        "server's clock",
        lasts=3 * HOUR,
        episodes=2,
    )
    slewed = drifts(-30 * MINUTE, 3 * HOUR)
    yield ClockFault(
        "3 hours ahead, corrected slowly", running, slewed, "server's clock"
    )
    yield ClockFault(
        "9 minutes ahead, corrected slowly", running, drifts(-MINUTE, 9 * MINUTE)
    )


def _servers() -> Iterator[ClockFault]:
    for phase in (Phase.RUNNING, Phase.EMPTY, Phase.STOPPED):
        for words, span in {"a day": DAY, "two years": 2 * YEAR}.items():
            yield ClockFault(
                f"the only source's Date {words} ahead", phase, server_ahead(span)
            )
            yield ClockFault(
                f"the only source's Date {words} behind", phase, server_ahead(-span)
            )
        yield ClockFault(
            "one of two sources' Date a day ahead",
            phase,
            server_ahead(DAY),
            two_sources=True,
        )
    yield ClockFault(
        "one of two sources' Date an hour behind",
        Phase.RUNNING,
        server_ahead(-HOUR),
        two_sources=True,
    )
    yield ClockFault(
        "the machine and one of two sources a day ahead",
        Phase.RUNNING,
        server_ahead(DAY, machine=DAY),
        "server's clock",
        two_sources=True,
    )
    # Readings cannot tell such a server from a machine that was suspended for an hour.
    yield ClockFault(
        "the only source's Date an hour ahead",
        Phase.RUNNING,
        server_ahead(HOUR),
        "server's clock",
        after_reading=True,
    )
    yield ClockFault(
        "set to 2038, no source can be reached",
        Phase.STOPPED,
        unreachable(shows(datetime(2038, 1, 19, tzinfo=UTC))),
        "the last tick",
    )


def _undated() -> Iterator[ClockFault]:
    running, stopped, empty = Phase.RUNNING, Phase.STOPPED, Phase.EMPTY
    undated = [
        ClockFault("right", running, ahead(timedelta(0))),
        ClockFault("right", empty, ahead(timedelta(0))),
        ClockFault("right", stopped, ahead(timedelta(0))),
        ClockFault("an hour ahead", running, ahead(HOUR), "jumped"),
        ClockFault("an hour behind", running, ahead(-HOUR), "jumped"),
        ClockFault("a day ahead", running, ahead(DAY), "jumped"),
        ClockFault("3 hours behind", running, ahead(-3 * HOUR), "readings of"),
        ClockFault("frozen", running, freezes, "jumped|readings of"),
        ClockFault("slow drift ahead", running, drifts(4 * MINUTE), "jumped"),
        ClockFault("slow drift behind", running, drifts(-4 * MINUTE), "jumped"),
        ClockFault("a day ahead", stopped, ahead(DAY), "no source has current"),
        ClockFault("a day behind", stopped, ahead(-DAY), "readings of"),
        ClockFault("two years ahead", empty, ahead(2 * YEAR), "no source has current"),
        ClockFault(
            "two years behind", empty, ahead(-2 * YEAR), "no source has current"
        ),
        ClockFault("3 hours behind", empty, ahead(-3 * HOUR), "readings of"),
    ]
    for fault in undated:
        yield replace(fault, name=f"{fault.name}, sources without Date", dated=False)


def _suspended() -> Iterator[ClockFault]:
    running, span = Phase.RUNNING, 4 * HOUR
    yield ClockFault(
        "suspended for 4 hours", running, ahead(timedelta(0)), suspended=span
    )
    resumed = loses_time(span, machine=timedelta(0))
    name = "suspended for 4 hours, monotonic clock stopped"
    yield ClockFault(name, running, resumed, suspended=span)
    yield ClockFault(
        f"{name}, sources without Date", running, resumed, suspended=span, dated=False
    )
    paused = loses_time(span, machine=-span)
    yield ClockFault(
        "paused for 4 hours, both clocks stopped",
        running,
        paused,
        _DATE_OR_READINGS,
        suspended=span,
        after_reading=True,
    )


@dataclass(slots=True)
class StoryRun:
    """What came out of a run of the story.

    Attributes:
        alerts: the lines of the alerts to operators, in order.
        reasons: why the clock was not trusted, with the number of such ticks.
        problems: a sentence for each thing that must not be so.
        outcome: what a run without fault must give too.
    """

    alerts: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    outcome: dict[str, Any] = field(default_factory=dict)

    @property
    def clock_alerts(self) -> list[str]:
        return [line for line in self.alerts if line.startswith("clock")]

    @property
    def other_alerts(self) -> set[str]:
        return {line for line in self.alerts if not line.startswith("clock")}


class StoryPlayer:
    """Runs the story with one clock fault, or with none."""

    def __init__(self, home: Path, recording: Path, fault: ClockFault | None) -> None:
        self._fault, self._run = fault, StoryRun()
        self._home = home
        home.mkdir(parents=True)
        signals = [(s,) for s in stories.SIGNALS]
        two = fault is not None and fault.two_sources
        dated = fault is None or fault.dated

        def sources(time: SimulatedTime, clock: Clock) -> tuple[TrueTimeSource, ...]:
            made = [
                TrueTimeSource(recording, time, clock, *ids)
                for ids in (signals if two else [()])
            ]
            for source in made:
                source.shows_time = dated
            return tuple(made)

        self._harness = ClockHarness(home, _config(home, recording), sources, at=BEGIN)
        self._notifier = FakeChannel("operators")
        self._ticks: list[TickResult] = []
        self._posted: dict[str, datetime] = {}
        self._planted = False

    def play(self) -> StoryRun:
        """Run the story from `BEGIN` to `END`."""
        begin = _FROM[self._fault.phase] if self._fault else END + HOUR
        end = begin + self._fault.suspended + self._fault.lasts if self._fault else END
        harness, was_wrong, is_up = self._harness, False, False
        while harness.time.at < END:
            harness.time.advance(HALF_HOUR)
            at = harness.time.at
            if self._is_down(at, begin):
                if is_up and self._restarts():
                    harness.stop()
                    is_up = False
                continue
            is_wrong = begin <= at < end
            if is_wrong and self._fault:
                if not was_wrong and self._fault.phase is Phase.OPEN:
                    harness.stop()
                    is_up = False
                self._fault.wrong(harness, at - begin)
            elif was_wrong:
                put_right(harness)
            was_wrong = is_wrong
            if not is_up:
                self._start()
                is_up = True
            self._tick(is_wrong=is_wrong)
        self._finish()
        return self._run

    def _restarts(self) -> bool:
        return self._fault is not None and self._fault.phase is Phase.STOPPED

    def _is_down(self, at: datetime, begin: datetime) -> bool:
        """Whether the machine does not run at `at`."""
        if self._fault is None:
            return False
        if self._restarts():
            return begin - HOUR <= at < begin
        return begin - HALF_HOUR < at < begin + self._fault.suspended

    def _start(self) -> None:
        harness = self._harness
        harness.start()
        if not self._planted:
            self._plant_old_answer()
        sender = AlertSender(
            harness.store, FakeRenderer(), harness.clock, AlertTargets(self._notifier)
        )
        self._loop = Loop(
            harness.runner, harness.clock, HALF_HOUR, self._ticks.append, sender
        )

    def _plant_old_answer(self) -> None:
        window = Interval(BEGIN - _OLD - HOUR, BEGIN - _OLD)
        request = Request("old", tuple(stories.SIGNALS), (), window, "")
        answer = Answer("old", request, BEGIN - _OLD, 200, b"old")
        self._harness.store.answers.save(answer)
        self._planted = True

    def _tick(self, *, is_wrong: bool) -> None:
        fault, harness = self._fault, self._harness
        before = self._kept() if is_wrong and fault and fault.noticed else None
        self._loop.run(once=True)
        (tick,) = self._ticks
        self._ticks.clear()
        self._note_posts()
        doubted = [a.note for a in tick.alerts if a.kind is AlertKind.CLOCK]
        self._run.reasons.update(doubted)
        at = f"{harness.time.at:%d %H:%M}"
        error = abs(harness.time.shown() - harness.time.at)
        if doubted and before is not None and self._kept() != before:
            self._run.problems.append(f"{at}: changed {self._changes(before)}")
        if doubted and (tick.events or tick.sent):
            self._run.problems.append(f"{at}: events or posts of a wrong clock")
        if not doubted and error > TOLERANCE:
            self._run.problems.append(f"{at}: a clock wrong by {error} was trusted")
        if doubted and not is_wrong:
            self._run.problems.append(f"{at}: a right clock was not trusted: {doubted}")
        if self._loop.failures:
            self._run.problems.append(f"{at}: the tick failed")

    def _note_posts(self) -> None:
        """Note the real time of new posts, and check that none comes too early."""
        at = self._harness.time.at
        for delivery in self._harness.store.deliveries.all():
            key = delivery.post.key
            if delivery.state is DeliveryState.SENT and key not in self._posted:
                self._posted[key] = at
                urgent = delivery.post.kind in {"confirmed", "escalated", "reopened"}
                if not urgent and QUIET[0] <= at < QUIET[1]:
                    self._run.problems.append(f"{at:%H:%M}: {key} in quiet hours")

    def _kept(self) -> dict[str, str]:
        """Return a hash of each table of the store and of each file."""
        skipped = _ANSWERS if self._fault and self._fault.after_reading else frozenset()
        kept = {}
        with self._harness.store._database.read("copy the store") as connection:
            for table in schema.metadata.sorted_tables:
                if table.name not in skipped:
                    rows = connection.execute(select(table)).all()
                    kept[table.name] = _digest(repr(rows).encode())
        for path in self._home.rglob("*"):
            if path.is_file() and ".db" not in path.name:
                kept[str(path)] = _digest(path.read_bytes())
        published = self._home / "wire.db.published.json"
        if published.exists():
            kept[published.name] = _digest(published.read_bytes())
        return kept

    def _changes(self, before: dict[str, str]) -> list[str]:
        after = self._kept()
        return sorted(k for k in before | after if before.get(k) != after.get(k))

    def _finish(self) -> None:
        harness, run = self._harness, self._run
        run.alerts = [line for p in self._notifier.posts for line in p.text.split("\n")]
        run.outcome = outcome_of(harness)
        harness.stop()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def outcome_of(harness: ClockHarness) -> dict[str, Any]:
    """Return what must not depend on clock faults: all but times of publication."""
    store, assessor = harness.store, harness.runner._components.assessor
    events = [e for i in store.incidents.all() for e in store.incidents.events(i.id)]
    panels = {
        id_: store.readings.panel(assessor.signal(id_), rows, Interval(BEGIN, END))
        for source in harness.sources
        for id_, rows in source.rows.items()
    }
    gap, answer = schema.gaps.c, schema.answers.c
    with store._database.read("read gaps and the old answer") as connection:
        gaps = connection.execute(select(gap.signal, gap.since, gap.until, gap.reason))
        missing = [tuple(row) for row in gaps.all()]
        old = connection.execute(select(answer.at).where(answer.source == "old"))
        kept = old.scalars().all()
    return {
        "events": [json.loads(to_json(event)) for event in events],
        "posts": sorted(
            (d.post.key, d.state.value, d.post.text) for d in store.deliveries.all()
        ),
        "assessed": dict(assessor.last_bins),
        "states": {id_: _digest(s) for id_, s in store.incidents.states().items()},
        "readings": {id_: _digest(p.values.tobytes()) for id_, p in panels.items()},
        "gaps": sorted(missing),
        "old answers": len(kept),
    }


def _config(home: Path, recording: Path) -> Config:
    channels = {"wire": {"kind": "file", "path": str(home / "posts.jsonl")}}
    quiet = {"since": f"{QUIET[0]:%H:%M}", "until": f"{QUIET[1]:%H:%M}"}
    return configuration.check_values(
        stories.settings(
            home,
            recording,
            channels,
            history="7d",
            policy={"rules": stories.PUBLISH_CONFIRMED, "stale_after": "30d"},
            channel_rules={"wire": {"quiet": quiet}},
        ),
        "test",
    )


def write_story(folder: Path) -> Path:
    """Write the recording of the story."""
    lines = "\n".join(_lines())
    return write(folder, f"time,entity,signal,value\n{lines}\n", stories.ABOUT)


def _lines() -> Iterator[str]:
    at, number = stories.START, 0
    while at < END + 8 * HOUR:
        for place, level in LEVELS.items():
            since, until = OUTAGES.get(place, (END + DAY, END + DAY))
            share = 0.04 if since <= at < until else 1.0
            for factor, signal in enumerate(stories.SIGNALS, 1):
                value = share * factor * (level + number * 7 % 13)
                yield f"{at:%Y-%m-%dT%H:%MZ},country:{place},{signal},{value:.0f}"
        at, number = at + HALF_HOUR, number + 1
