"""A process that only sends the queued posts; a test may kill it at any moment.

`python -m tests.e2e.poster` reads commands, as `tests.e2e.loop_process` does:

- `fork CONFIG` forks a child process and prints the child's id. The child sends posts
  until every delivery is settled.
- `end` waits for the newest child and prints its exit code.
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from bot import bootstrap
from bot.channels.registry import CHANNELS
from bot.cli.output import console
from bot.clock import SystemClock
from bot.config import loading as configuration
from bot.model.delivery import DeliveryState
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.store.sql_store import open_store

_SETTLE = timedelta(milliseconds=500)
_UNSETTLED = {DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN}


def main() -> None:
    """Carry out the commands from standard input, one on each line."""
    _warm_up()
    child = 0
    for line in sys.stdin:
        command, *words = line.split()
        if command == "fork":
            child = os.fork()
            if not child:
                os._exit(_run(Path(words[0])))
            answer = child
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _warm_up() -> None:
    """Import what posting needs, so that forked processes start fast."""
    open_store(":memory:").close()
    for kind in CHANNELS.values():
        assert callable(kind.constructor)


def _run(config: Path) -> int:
    settings = configuration.load_config(config)
    console.configure_logging("plain")
    clock, store = SystemClock(), open_store(settings.store.path)
    channels = bootstrap.channels(settings, clock)
    pacing = PostTiming(RetryDelays(_SETTLE, _SETTLE), None)
    publisher = Publisher(store, channels, clock, pacing)
    publisher.recover()
    while any(d.state in _UNSETTLED for d in store.deliveries.all()):
        publisher.publish_due()
        time.sleep(0.05)
    publisher.close()
    store.close()
    return 0


if __name__ == "__main__":
    main()
