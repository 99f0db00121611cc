"""Compares what a run published with what was planted, and prints the figures of the run."""

import json
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.delivery import DeliveryState
from bot.model.incident import EventKind, Incident
from bot.store.sql_store import SqlStore, open_store
from tests.soak.planted_year import PlantedDrop, PlantedYear
from tests.soak.year_run import POLL, TickLine, WeekLine, YearFiles

_EARLY, _LATE = timedelta(minutes=15), timedelta(minutes=30)
_MONTH, _QUARTER = timedelta(days=28), timedelta(days=91)
_MEBIBYTE, _KIBIBYTE = 2**20, 2**10


@dataclass(frozen=True, slots=True)
class YearOutcome:
    """What a run did, compared with what was planted.

    Attributes:
        problems: a sentence for each thing that is wrong.
        kinds: how many events of each kind there are.
        posted: how many posts of each kind the file has.
    """

    problems: tuple[str, ...]
    kinds: Mapping[EventKind, int]
    posted: Mapping[EventKind, int]
    unposted: int


def compare(files: YearFiles, year: PlantedYear) -> YearOutcome:
    """Return what the store, the site and the file have of each planted outage."""
    with closing(open_store(files.store)) as store:
        return _YearCheck(files, year, store).outcome()


class _YearCheck:
    def __init__(self, files: YearFiles, year: PlantedYear, store: SqlStore) -> None:
        self._files, self._year, self._store = files, year, store
        self._places = year.size.places()
        lines = files.posts.read_text("utf-8").splitlines()
        self._posts = [json.loads(line) for line in lines]
        self._incidents = store.incidents.all()
        self._kinds = {
            event.key: event.kind
            for incident in self._incidents
            for event in store.incidents.events(incident.id)
        }

    def outcome(self) -> YearOutcome:
        """Return the result of all comparisons."""
        planted = {
            i: self._incidents_of(drop) for i, drop in enumerate(self._year.outages)
        }
        posted = Counter(self._kinds[post["event"]] for post in self._posts)
        about = {post["incident"] for post in self._posts}
        problems = [
            *self._missed(planted),
            *self._unplanted(planted, about),
            *self._twice(),
            *self._unsent(),
        ]
        unposted = len({i.id for i in self._incidents} - about)
        return YearOutcome(
            tuple(problems), Counter(self._kinds.values()), posted, unposted
        )

    def _incidents_of(self, drop: PlantedDrop) -> list[Incident]:
        """Return the incidents whose onset is that of a planted drop."""
        since = drop.window.since
        return [
            incident
            for incident in self._incidents
            if incident.place == self._places[drop.row]
            and since - _EARLY <= incident.onset.until
            and incident.onset.since <= since + _LATE
        ]

    def _missed(self, planted: Mapping[int, Sequence[Incident]]) -> Iterator[str]:
        """Yield a sentence for each outage without its incident, posts and page (P10)."""
        kinds_by_incident: dict[str, Counter[EventKind]] = {}
        for post in self._posts:
            kinds = kinds_by_incident.setdefault(post["incident"], Counter())
            kinds[self._kinds[post["event"]]] += 1
        for number, incidents in planted.items():
            drop = self._year.outages[number]
            name = f"{self._places[drop.row]} {drop.window.since:%Y-%m-%d %H:%M}"
            if len(incidents) != 1:
                yield f"{name}: {len(incidents)} incidents"
                continue
            (incident,) = incidents
            posts = kinds_by_incident.get(incident.id, Counter())
            for kind in (EventKind.CONFIRMED, EventKind.RESTORED):
                if posts[kind] != 1:
                    yield f"{incident.id}: {posts[kind]} posts of kind {kind}"
            yield from self._wrong_page(incident)
            yield from _wrong_end(incident, drop)

    def _wrong_page(self, incident: Incident) -> Iterator[str]:
        folder = self._files.site / "i" / incident.id
        if not (folder / "index.html").is_file():
            yield f"{incident.id}: no page"
            return
        page = json.loads((folder / "incident.json").read_text("utf-8"))
        if page["state"] != "restored":
            yield f"{incident.id}: the page says {page['state']}"

    def _unplanted(
        self, planted: Mapping[int, Sequence[Incident]], about: set[str]
    ) -> Iterator[str]:
        """Yield a sentence for each post and page that belongs to no planted outage."""
        ids = {incident.id for incidents in planted.values() for incident in incidents}
        pages = {folder.name for folder in (self._files.site / "i").iterdir()}
        yield from (f"{name}: posted, but not planted" for name in sorted(about - ids))
        yield from (f"{name}: a page, but not planted" for name in sorted(pages - ids))

    def _twice(self) -> Iterator[str]:
        """Yield a sentence for each event that was posted more than once (P10)."""
        counts = Counter(post["event"] for post in self._posts)
        yield from (f"{key}: posted {n} times" for key, n in counts.items() if n > 1)

    def _unsent(self) -> Iterator[str]:
        """Yield a sentence for each post that was not sent, or sent and not written."""
        written = {post["event"] for post in self._posts}
        for delivery in self._store.deliveries.all():
            if delivery.state is not DeliveryState.SENT:
                yield f"{delivery.post.key}: {delivery.state}"
            elif delivery.post.event not in written:
                yield f"{delivery.post.key}: sent, but not in the file"


def _wrong_end(incident: Incident, drop: PlantedDrop) -> Iterator[str]:
    """Yield a sentence if an incident did not end when its outage did."""
    end, restored = drop.window.until, incident.restored
    if restored is None or not (
        restored.since - _LATE <= end <= restored.until + _LATE
    ):
        yield f"{incident.id}: restored {restored}, but it was over at {end}"


def figures(files: YearFiles, year: PlantedYear, outcome: YearOutcome) -> list[str]:
    """Return the lines that the soak prints."""
    ticks, weeks = files.read_ticks(), files.read_weeks()
    problems = [f"problem: {problem}" for problem in outcome.problems]
    return [
        _planted(year),
        *_speed(ticks),
        *_published(outcome, weeks[-1]),
        *_sizes(weeks),
        *(problems or ["nothing was missed, and nothing was posted twice"]),
    ]


def _planted(year: PlantedYear) -> str:
    size = year.size
    return (
        f"generated: {size.countries} countries, {size.days} days,"
        f" {len(year.outages):,} outages, {len(year.decoys)} falls of one family or gaps,"
        f" {len(year.silences)} silences and {len(year.halved)} faults of the source"
    )


def _speed(ticks: Sequence[TickLine]) -> Iterator[str]:
    wall, cpu = sum(t.wall for t in ticks), sum(t.cpu for t in ticks)
    yield (
        f"ticks: {len(ticks):,} in {wall / 60:.1f} minutes, {len(ticks) / wall:.1f} a"
        f" second ({cpu / 60:.1f} minutes of CPU);"
        f" without an answer: {sum(t.failed > 0 for t in ticks)}"
    )
    for month in month_costs(ticks):
        yield (
            f"CPU of a tick in the 28 days to {month.until:%d %B}, medians:"
            f" {month.all * 1000:.1f} ms; without an event {month.quiet * 1000:.1f} ms;"
            f" with an event {month.busy * 1000:.0f} ms ({month.events} ticks)"
        )
    starts = [tick for tick in ticks if tick.is_first]
    yield "CPU of a start with its first tick: " + ", ".join(
        f"{start.cpu:.1f} s on {start.at:%d %B}" for start in starts
    )


@dataclass(frozen=True, slots=True)
class MonthCost:
    """The median CPU seconds of the ticks of 28 days, without starts.

    Attributes:
        until: when they end.
        all: of all ticks.
        quiet: of ticks without an event.
        busy: of ticks that decided an event, and so wrote a page.
        events: how many ticks decided an event.
    """

    until: datetime
    all: float
    quiet: float
    busy: float
    events: int


def month_costs(ticks: Sequence[TickLine]) -> list[MonthCost]:
    """Return the costs of the first 28 days, and of the last of each quarter."""
    begin, end = ticks[0].at, ticks[-1].at + POLL
    ends = {begin + number * _QUARTER for number in range(1, (end - begin) // _QUARTER)}
    return [
        _month_cost(ticks, at) for at in sorted({min(begin + _MONTH, end), *ends, end})
    ]


def _month_cost(ticks: Sequence[TickLine], until: datetime) -> MonthCost:
    month = [t for t in ticks if until - _MONTH <= t.at < until and not t.is_first]
    busy = [tick.cpu for tick in month if tick.events]
    quiet = [tick.cpu for tick in month if not tick.events]
    return MonthCost(
        until=until,
        all=statistics.median(quiet + busy),
        quiet=statistics.median(quiet),
        busy=statistics.median(busy),
        events=len(busy),
    )


def _published(outcome: YearOutcome, end: WeekLine) -> Iterator[str]:
    kinds = ", ".join(f"{n:,} {kind}" for kind, n in outcome.kinds.items())
    posted = ", ".join(f"{n:,} {kind}" for kind, n in outcome.posted.items())
    yield f"incidents: {end.incidents:,}, of which {outcome.unposted} were not posted"
    yield f"events: {sum(outcome.kinds.values()):,} ({kinds})"
    yield f"posts: {sum(outcome.posted.values()):,} ({posted})"


def _sizes(weeks: Sequence[WeekLine]) -> Iterator[str]:
    """Yield what memory and files take at the start, each quarter and the end."""
    last = weeks[-1].week
    for week in weeks:
        if week.week * 7 % _QUARTER.days == 0 or week.week == last:
            yield (
                f"week {week.week:2}: memory {week.resident / _MEBIBYTE:.0f} MiB"
                f" (highest {week.peak / _MEBIBYTE:.0f}),"
                f" store {week.store / _MEBIBYTE:.0f} MiB,"
                f" site {week.site / _MEBIBYTE:.0f} MiB in {week.pages:,} files,"
                f" posts {week.posts / _KIBIBYTE:.0f} KiB,"
                f" {week.incidents:,} incidents"
            )
