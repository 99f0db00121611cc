"""The work of `outagewire run`."""

import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from bot import bootstrap
from bot.cli import console as logs
from bot.cli import kernel
from bot.cli.console import TickPrinter
from bot.clock import Clock, SystemClock
from bot.config import loading as configuration
from bot.tick.loop import Loop
from bot.tick.runner import TickResult


def run(config: Path | None, *, once: bool) -> None:
    """Watch, decide, draft and post, until somebody stops it."""
    settings = configuration.load(config)
    logs.set_up(settings.log)
    clock = bootstrap.clock_of(settings)
    console = Console(highlight=False, soft_wrap=True)
    teller = TickPrinter(console, settings.loop.poll)
    bar = BackfillBar(console)
    stopped = Stopper()
    house = bootstrap.build_live(
        settings, clock, bootstrap.BackfillProgress(bar.show, stopped.asked)
    )
    watcher = _both(teller.tell, bar)
    kernel.use(_after(bar, console), stopped.asked)
    loop = Loop(house.newsroom, clock, settings.loop.poll, watcher, house.alarm)
    stopped.watch(loop, clock, house.pause)
    try:
        house.newsroom.open()
        loop.run(once=once)
    except KeyboardInterrupt:  # a stop was asked for while the kernel was compiled
        if not stopped.asked():
            raise
    finally:
        bar.close()
        house.store.close()


def _both(
    tell: Callable[[TickResult], None], bar: "BackfillBar"
) -> Callable[[TickResult], None]:
    """Close the progress bar before anything is printed."""

    def watcher(tick: TickResult) -> None:
        bar.close()
        tell(tick)

    return watcher


def _after(bar: "BackfillBar", console: Console) -> Callable[[str], None]:
    """Print lines below a progress bar that is done."""

    def tell(line: str) -> None:
        bar.close()
        console.print(line, markup=False)

    return tell


class Stopper:
    """Turns SIGTERM and SIGINT into a clean stop after the present round."""

    def __init__(self) -> None:
        self._asked = False

    def asked(self) -> bool:
        """Whether a stop was asked for."""
        return self._asked

    def watch(self, loop: Loop, *clocks: Clock) -> None:
        """Stop `loop`, and wake whoever sleeps on `clocks`, on either signal."""

        def stop(_signum: int, _frame: object) -> None:
            self._asked = True
            loop.stop()
            for clock in clocks:
                if isinstance(clock, SystemClock):
                    clock.wake()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)

    def release(self) -> None:
        """Let both signals end the program as they usually do."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(slots=True)
class BackfillBar:
    """A progress bar for the first start's reading of past weeks."""

    console: Console
    bar: Progress | None = None

    def show(self, done: int, of: int) -> None:
        """`done` of `of` questions are answered."""
        if self.bar is None:
            columns = ("reading past weeks", BarColumn(), MofNCompleteColumn())
            self.bar = Progress(*columns, TimeRemainingColumn(), console=self.console)
            self.bar.add_task("", total=of)
            self.bar.start()
        self.bar.update(self.bar.task_ids[0], completed=done)

    def close(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()
            self.bar = None
