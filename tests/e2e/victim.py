"""A process that runs the real loop, made to be killed at any moment.

`python -m tests.e2e.victim` imports everything once, then reads commands:
`live CONFIG CLOCKFILE UNTIL END` forks a process that does what `outagewire run` does,
by the clock kept in CLOCKFILE, and tells its id; `end` waits for it and tells its
exit code (-9: killed). A life whose story may go on until END ends by itself, once
everything is told.
"""

import os
import sys
from datetime import datetime
from pathlib import Path

from bot import bootstrap
from bot.cli import console, kernel
from bot.config import loading as configuration
from bot.model.delivery import DeliveryState
from bot.store.sql_store import open_store
from bot.text.length import count
from bot.tick.loop import Loop
from bot.tick.runner import TickResult
from tests.builders import X
from tests.stories import KeptClock

_OPEN = frozenset({DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN})


def main() -> None:
    """Fork a life for each command."""
    kernel.enable_cache()
    open_store(":memory:").close()  # warm up: what takes a while to load,
    count("before the first life", X)
    life = 0
    for line in sys.stdin:
        command, *told = line.split()
        if command == "live":
            life = os.fork()
            if not life:
                os._exit(_live(Path(told[0]), Path(told[1]), *told[2:]))
            answer = life
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(life, 0)[1])
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _live(config: Path, clock_file: Path, until: str, end: str) -> int:
    over = datetime.fromisoformat(end)
    settings = configuration.load(config)
    console.configure_logging("plain")
    clock = KeptClock(clock_file, datetime.fromisoformat(until))
    house = bootstrap.build_live(settings, clock, bootstrap.BackfillProgress())

    def watcher(tick: TickResult) -> None:
        states = {delivery.state for delivery in house.store.deliveries.all()}
        if tick.at >= over and not states & _OPEN:
            loop.stop()

    loop = Loop(house.newsroom, clock, settings.loop.poll, watcher)
    house.newsroom.open()
    loop.run()
    house.store.close()
    return 1 if loop.failures else 0


if __name__ == "__main__":
    main()
