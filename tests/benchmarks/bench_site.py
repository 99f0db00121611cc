"""How long a build of the whole site takes, and the update of one incident's page."""

import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import delete

from bot import bootstrap
from bot.bootstrap.site import builder_of
from bot.config.sections import Config
from bot.ports import Store
from bot.store import schema
from bot.store.database import connect
from bot.store.sql_store import open_store
from bot.tick.report_pages import ReportPages
from tests import stories
from tests.benchmarks.released_incidents import fill_with_released

SIZES = (48, 200, 1_000)
UPDATES = 7
_PROCESSES = 2
_NOW = stories.END


@dataclass(frozen=True)
class _Cost:
    """Seconds that passed, and CPU seconds of this process and its finished children."""

    wall: float
    cpu: float


def run(sizes: Sequence[int] = SIZES) -> list[tuple[str, str]]:
    """Return rows of what was measured for sites with these numbers of incidents."""
    return [row for size in sizes for row in _of_size(size)]


def _of_size(size: int) -> list[tuple[str, str]]:
    with TemporaryDirectory() as name:
        config = _config(Path(name))
        fill_with_released(config, size)
        with closing(open_store(config.store.path)) as store:
            new, again = (_cost(lambda: _build(config, store)) for _ in range(2))
            updates = _updates(config, store)
        memory = max(
            resource.getrusage(who).ru_maxrss
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
    build = f"site of {size:,}: "
    return [
        (f"{build}new, {_PROCESSES} processes", _rate(new, size)),
        (f"{build}again, charts unchanged", _rate(again, size)),
        (f"{build}update of one incident", _milliseconds(updates)),
        (f"{build}peak memory of the largest process", f"{memory / 1024:.0f} MB"),
    ]


def _config(home: Path) -> Config:
    recording = stories.blackout(home / "recording")
    channels = {"wire": {"kind": "file", "path": str(home / "posts.jsonl")}}
    return stories.publishing_config(home, recording, channels, "14d")


def _build(config: Config, store: Store) -> None:
    builder = builder_of(config, store, config.site.out, _NOW)
    _, failures = builder.build(_NOW, _show, _PROCESSES)
    if failures:
        raise RuntimeError("\n".join(failures))


def _show(done: int, total: int) -> None:
    if done % 1_000 == 0:
        print(f"{datetime.now():%H:%M:%S} {done} of {total}", file=sys.stderr)  # noqa: DTZ005


def _updates(config: Config, store: Store) -> list[_Cost]:
    """Write the pages of some incidents anew, as a tick does after an event.

    The charts of a page are drawn again, as they are when an event changes them; only the
    first update, which fills caches, is left out.
    """
    pages = ReportPages(store, bootstrap.renderer(config))
    _set_current(config, bootstrap.renderer(config).site_version())
    costs = []
    for incident in store.incidents.newest_ids(UPDATES):
        for stamp in (config.site.out / "i" / incident).glob("now*.stamp"):
            stamp.write_text("another", "utf-8")
        costs.append(_cost(partial(_update, pages, incident)))
    return costs[1:]


def _update(pages: ReportPages, incident: str) -> None:
    pages.write((), [incident])
    pages.write_front((), _NOW + timedelta(minutes=30))
    if pages.problems():
        raise RuntimeError("\n".join(pages.problems()))


def _set_current(config: Config, version: str) -> None:
    """Let the store know that no page of the site is out of date."""
    with closing(open_store(config.store.path)) as store:
        store.pages.queue_all(version)
    database = connect(config.store.path)
    with database.write("every page is current") as connection:
        connection.execute(delete(schema.stale_pages))
    database.close()


def _cost(work: Callable[[], object]) -> _Cost:
    wall, cpu = time.perf_counter(), sum(os.times()[:4])
    work()
    return _Cost(time.perf_counter() - wall, sum(os.times()[:4]) - cpu)


def _rate(cost: _Cost, size: int) -> str:
    return f"{cost.wall:.1f} s ({size / cost.wall:.1f} pages/s), {cost.cpu:.1f} CPU s"


def _milliseconds(costs: Sequence[_Cost]) -> str:
    wall, cpu = (1000 * median(getattr(c, n) for c in costs) for n in ("wall", "cpu"))
    return f"{wall:.0f} ms, {cpu:.0f} CPU ms"
