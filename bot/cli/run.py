"""The implementation of `outagewire run`."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from typer import Exit

from bot import bootstrap
from bot.bootstrap import Application
from bot.bootstrap.ledger import ledger_loss
from bot.bootstrap.subscriptions import reader_file_alerts
from bot.cli import kernel
from bot.cli.options import given_config
from bot.cli.output.console import TickPrinter, configure_logging, standard_output
from bot.cli.output.damage import damage_in_words
from bot.cli.stopping import interrupt
from bot.clock import Clock, SystemClock
from bot.config import loading as configuration
from bot.config.commands_in_text import command
from bot.config.sections import Config
from bot.config.summary import summary
from bot.errors import StoreError
from bot.ports import Store
from bot.publishing.stamping import LedgerStamping
from bot.publishing.start_check import report_unusable
from bot.server.serving import serving_beside_the_loop
from bot.store.files.run_lock import only_run
from bot.tick.loop import AlertSource, Loop
from bot.tick.runner import TickResult

_CHECK_S = 0.2


def run(config: Path | None, *, once: bool) -> None:
    """Run ticks until stopped, or a single tick if `once` is set.

    Raises:
        Exit: the single tick failed, no source answered, or a page cannot be written.
        StoreError: another run uses the store, or the store failed.
        ServerError: the web server's port cannot be opened.
    """
    settings = configuration.load_config(config)
    configure_logging(settings.log)
    clock = bootstrap.clock_of(settings)
    with only_run(settings.store.path, clock.now()):
        _run(settings, clock, once=once)


def _run(settings: Config, clock: Clock, *, once: bool) -> None:
    console = Console(file=standard_output(), highlight=False, soft_wrap=True)
    for line in summary(settings, given_config()):
        console.print(line, markup=False)
    # A single tick ends before a reader could come.
    if once:
        _run_loop(settings, clock, console, once=True)
        return
    with serving_beside_the_loop(settings, partial(console.print, markup=False)):
        _run_loop(settings, clock, console, once=False)


def _run_loop(settings: Config, clock: Clock, console: Console, *, once: bool) -> None:
    printer = TickPrinter(console, settings.loop.poll, problems=True)
    bar = BackfillBar(console)
    stopper = Stopper()
    progress = bootstrap.BackfillProgress(bar.show, stopper.is_stopping)
    with _reporting(partial(bootstrap.report_store_failure, settings, clock)):
        application = bootstrap.build_live(settings, clock, progress)
    _print_state(application, console)

    def print_tick(tick: TickResult) -> None:
        printer.print_tick(tick)
        _print_new_drafts(application.store, tick, console)

    watcher = _make_tick_printer(bar, print_tick)
    kernel.enable_cache(_line_printer(bar, console), stopper.is_stopping)
    # The loop waits on the application's clock, which stays right if the machine's clock is
    # set wrong.
    clock = application.clock
    stamping = application.stamping
    loop = Loop(
        application.runner,
        clock,
        settings.loop.poll,
        watcher,
        application.alerts,
        _other_alerts(
            None if stamping is None else stamping.alerts,
            reader_file_alerts(settings, clock),
            ledger_loss(settings, clock).alerts,
        ),
    )
    # The signal handlers are set before the work begins, so that a stop during the work
    # ends the program cleanly.
    stopper.handle_signals(loop, clock, application.reading_clock)
    try:
        with _reporting(application.alerts.store_failed):
            application.runner.open()
        _run_ticks(loop, stamping, once=once)
        # An alert about failed ticks, or about ticks without an answer of any source,
        # needs three such ticks of one run, so a single tick does not send it. The exit
        # code tells the caller, such as a timer, of the failure.
        if once and loop.wrong:
            raise Exit(1)
    except KeyboardInterrupt:
        # If a stop was requested during a compilation, this exception aborted the
        # compilation, and is not an error.
        if not stopper.is_stopping():
            raise
    finally:
        bar.close()
        application.store.close()


def _other_alerts(*sources: AlertSource | None) -> AlertSource:
    """Return a function that returns the alerts of all sources that there are."""
    return lambda: tuple(alert for source in sources if source for alert in source())


def _run_ticks(loop: Loop, stamping: LedgerStamping | None, *, once: bool) -> None:
    """Run the loop, and have the ledger stamped beside it; with `once`, after the tick."""
    if stamping is None:
        loop.run(once=once)
    elif once:
        loop.run(once=True)
        # The work is done in another thread, so that a signal ends the program at once.
        with stamping.in_background():
            while not (loop.is_stopping() or stamping.wait_for_run(_CHECK_S)):
                pass
    else:
        with stamping.in_background():
            loop.run()


@contextmanager
def _reporting(report: Callable[[str], None]) -> Iterator[None]:
    """Call `report` with the message of a StoreError that ends the `with` block."""
    try:
        yield
    except StoreError as error:
        report(str(error))
        raise


def _print_state(application: Application, console: Console) -> None:
    """Print how many drafts wait, and the problems there are before the first tick."""

    def print_problem(text: str) -> None:
        console.print(f"Problem: {text}", markup=False)

    with _reporting(application.alerts.store_failed):
        _print_waiting(application.store, console)
    for sentence in damage_in_words(application.store):
        print_problem(sentence)
    report_unusable(application.channels, print_problem)


def _print_waiting(store: Store, console: Console) -> None:
    """Print how many drafts wait for a person since earlier runs."""
    waiting = sum(draft.state == "waiting" for draft in store.drafts.all())
    if waiting:
        lists = command("drafts", "list", config=given_config())
        verb = "waits" if waiting == 1 else "wait"
        drafts = "draft" if waiting == 1 else "drafts"
        console.print(f"{waiting} {drafts} {verb} for a person: {lists}", markup=False)


def _print_new_drafts(store: Store, tick: TickResult, console: Console) -> None:
    """Print, for each waiting draft of `tick`, the command that shows it."""
    for event in tick.events:
        if store.drafts.get(event.key).state == "waiting":
            shows = command("drafts", "show", event.key, config=given_config())
            console.print(f"  a draft waits for a person: {shows}", markup=False)


def _make_tick_printer(
    bar: "BackfillBar", print_tick: Callable[[TickResult], None]
) -> Callable[[TickResult], None]:
    """Return a function that closes the progress bar before it prints a tick."""

    def watcher(tick: TickResult) -> None:
        bar.close()
        print_tick(tick)

    return watcher


def _line_printer(bar: "BackfillBar", console: Console) -> Callable[[str], None]:
    """Return a function that closes the progress bar before it prints a line."""

    def print_line(line: str) -> None:
        bar.close()
        console.print(line, markup=False)

    return print_line


class Stopper:
    """Turns SIGTERM and SIGINT into a clean stop after the current tick."""

    def __init__(self) -> None:
        self._stopping = False

    def is_stopping(self) -> bool:
        """Return whether a stop was requested."""
        return self._stopping

    def handle_signals(self, loop: Loop, *clocks: Clock) -> None:
        """On SIGTERM or SIGINT, stop `loop` and end all sleeps on `clocks`."""

        def stop(_signum: int, _frame: object) -> None:
            self._stopping = True
            loop.stop()
            for clock in clocks:
                # Only a `SystemClock` really waits; the `sleep` of a `StillClock`
                # returns at once.
                if isinstance(clock, SystemClock):
                    clock.wake()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)

    def restore_default_handlers(self) -> None:
        """Let SIGTERM and SIGINT raise KeyboardInterrupt again."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, interrupt)


@dataclass(slots=True)
class BackfillBar:
    """The progress bar of the backfill, the first reading of past weeks."""

    console: Console
    bar: Progress | None = None

    def show(self, answered_count: int, total: int) -> None:
        """Show that `answered_count` of `total` requests are answered."""
        # The bar is created at the first request. Without a backfill there is no
        # request and no bar.
        if self.bar is None:
            columns = ("reading past weeks", BarColumn(), MofNCompleteColumn())
            self.bar = Progress(*columns, TimeRemainingColumn(), console=self.console)
            self.bar.add_task("", total=total)
            self.bar.start()
        self.bar.update(self.bar.task_ids[0], completed=answered_count)

    def close(self) -> None:
        """Stop drawing the bar, if there is one."""
        if self.bar is not None:
            self.bar.stop()
            self.bar = None
