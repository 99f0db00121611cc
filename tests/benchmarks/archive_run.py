"""A process that runs the wire on a stored archive and prints what that took, as JSON.

`python -m tests.benchmarks.archive_run HOME` expects a folder that `prepare` filled. The
times are CPU seconds of this process; the memory is its peak, in MB.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot import bootstrap
from bot.bootstrap.application import Application
from bot.cli import kernel
from bot.clock import StillClock
from bot.config.sections import Config
from bot.tick.report_pages import ReportPages
from tests import stories
from tests.benchmarks import archive

TICKS = 21
_POLL = timedelta(minutes=30)
_MEMORY = Path("/proc/self/status")


def prepare(home: Path, size: int) -> None:
    """Store `size` old incidents, and run once, which reads the history."""
    stories.blackout(home / "recording")
    archive.fill(_config(home), size)
    application = _started(home)
    with closing(application.store):
        application.runner.tick()


def main(home: Path) -> None:
    """Run the wire for some ticks; print the measurements."""
    kernel.enable_cache()
    application = _started(home)
    # The process has used this time since it began, so imports are included.
    start = time.process_time()
    with closing(application.store):
        ticks = [_tick(application) for _ in range(TICKS + 1)]
        measured = {
            "start": start,
            # The first tick reads the readings since the last run.
            "tick": statistics.median(ticks[1:]),
            "front page": _seconds(lambda: _write_front(application)),
            "page": _seconds(lambda: _write_page(application)),
        }
    print(json.dumps({**measured, "memory": _peak_mb()}))


def _started(home: Path) -> Application:
    clock = StillClock(stories.END + timedelta(days=1))
    progress = bootstrap.BackfillProgress()
    application = bootstrap.build_live(_config(home), clock, progress)
    application.runner.open()
    return application


def _config(home: Path) -> Config:
    channels = {"wire": {"kind": "file", "path": str(home / "posts.jsonl")}}
    return stories.publishing_config(home, home / "recording", channels, "14d")


def _tick(application: Application) -> float:
    application.clock.sleep(_POLL)
    seconds = _seconds(application.runner.tick)
    application.alerts.after_tick({})
    return seconds


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _write_front(application: Application) -> None:
    # A new writer does not know that the front page is current, so it writes it.
    _pages(application).write_front((), application.clock.now())


def _write_page(application: Application) -> None:
    (newest,) = application.store.incidents.newest_ids(1)
    _pages(application).write((), [newest])


def _pages(application: Application) -> ReportPages:
    home_config = _config(Path(sys.argv[1]))
    return ReportPages(application.store, bootstrap.renderer(home_config))


def _peak_mb() -> float:
    # Unlike `getrusage`, this peak is not that of the process which started this one.
    status = _MEMORY.read_text("ascii")
    (line,) = (part for part in status.splitlines() if part.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
