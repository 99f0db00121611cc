"""A process that runs the real loop; a test may kill it at any moment.

`python -m tests.e2e.loop_process` imports everything once, then reads commands:

- `fork CONFIG CLOCKFILE UNTIL END` forks a child process and prints the child's id. The
  child does what `outagewire run` does. Its clock is stored in CLOCKFILE and stops at
  UNTIL. When the clock has reached END, the child ends as soon as everything is posted.
- `end` waits for the newest child and prints its exit code (-9 if it was killed).
"""

import os
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from bot import bootstrap
from bot.cli import kernel
from bot.cli.output import console
from bot.clock import StillClock
from bot.config import loading as configuration
from bot.model.delivery import DeliveryState
from bot.text.fitting.length import count
from bot.tick.loop import Loop
from bot.tick.runner import TickResult
from tests import stories
from tests.builders import X
from tests.stories import FileClock

_OPEN = frozenset({DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN})


def main() -> None:
    """Carry out the commands from standard input, one on each line."""
    kernel.enable_cache()
    _warm_up()
    child = 0
    for line in sys.stdin:
        command, *words = line.split()
        if command == "fork":
            child = os.fork()
            if not child:
                os._exit(_run(Path(words[0]), Path(words[1]), *words[2:]))
            answer = child
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _warm_up() -> None:
    """Import, load and compile what a tick needs, so that forked processes start fast."""
    # Without this, log lines go to the standard output, which has the answers.
    console.configure_logging("plain")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        channels = {"file": {"kind": "file", "path": str(home / "posts.jsonl")}}
        recording = stories.blackout(home / "recording")
        settings = stories.publishing_config(home, recording, channels, "14d")
        clock = StillClock(stories.FALL + timedelta(hours=6))
        progress = bootstrap.BackfillProgress()
        application = bootstrap.build_live(settings, clock, progress)
        application.runner.open()
        application.runner.tick()
        application.store.close()
    count("warm up", X)


def _run(config: Path, clock_file: Path, until: str, end: str) -> int:
    end_time = datetime.fromisoformat(end)
    settings = configuration.load_config(config)
    clock = FileClock(clock_file, datetime.fromisoformat(until))
    application = bootstrap.build_live(settings, clock, bootstrap.BackfillProgress())

    def stop_when_settled(tick: TickResult) -> None:
        states = {delivery.state for delivery in application.store.deliveries.all()}
        if tick.at >= end_time and not states & _OPEN:
            loop.stop()

    loop = Loop(application.runner, clock, settings.loop.poll, stop_when_settled)
    application.runner.open()
    loop.run()
    application.store.close()
    return 1 if loop.failures else 0


if __name__ == "__main__":
    main()
