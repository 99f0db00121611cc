"""The implementation of `outagewire demo`."""

import tempfile
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from rich.console import Console

from bot import bootstrap
from bot.cli import kernel
from bot.cli.output.console import TickPrinter, configure_logging
from bot.cli.output.folder import refuse_used, unfinished
from bot.cli.replay import check_posts_written, port_error
from bot.cli.run import Stopper
from bot.clock import ScaledClock
from bot.config import loading as configuration
from bot.config.sections import Config
from bot.errors import OutputError
from bot.model.delivery import UNSETTLED
from bot.ports import Store
from bot.replay import demo_recording, ioda_config
from bot.replay.server import ReplayServer
from bot.sources.recording.recording import Recording
from bot.tick.loop import Loop
from bot.tick.runner import TickResult

_DEMO_FACTOR = 30_000.0
_DEMO_POLL = timedelta(minutes=30)
_POSTS = "posts.jsonl"
_LONGEST_WAIT = timedelta(days=14)
"""How long the last posts are waited for after the recording, on the demo's clock."""
_RESULTS = (_POSTS, "charts", "site")


def demo(port: int, out: Path, *, once: bool) -> None:
    """Watch the reconstruction of a blackout, without network or account."""
    refuse_used(out)
    configure_logging("plain")
    console = Console(highlight=False, soft_wrap=True)
    if not once:
        _check_port(port)
    with unfinished(out, _RESULTS):
        _replay(out, port, console)
    if not once:
        _serve_site(out / "site", port, console)


def _replay(out: Path, port: int, console: Console) -> None:
    """Replay the reconstruction, and let the program detect and report it, to its end.

    Raises:
        KeyboardInterrupt: the demo was stopped.
        OutputError: a page or a post cannot be written.
    """
    console.print("Reconstruction of Kazakhstan, January 2022, from published facts.")
    recording = demo_recording.make_demo_recording()
    clock = ScaledClock(demo_recording.demo_start(), _DEMO_FACTOR)
    with (
        ReplayServer(recording, clock, factor=_DEMO_FACTOR) as server,
        tempfile.TemporaryDirectory() as scratch,
    ):
        settings = _demo_settings(recording, server, Path(scratch), out, port)
        _watch(settings, clock, console, recording)


def _watch(
    settings: Config,
    clock: ScaledClock,
    console: Console,
    recording: Recording,
) -> None:
    """Run the live loop until the recording is over."""
    application = bootstrap.build_live(
        settings, clock, bootstrap.BackfillProgress(), reconstruction=True
    )
    stopper = Stopper()
    printer = TickPrinter(console, _DEMO_POLL, full_posts=True)
    # The last reading is due one publication lag after the end of the recording.
    end = recording.span.until + max(signal.lag for signal in recording.signals)
    # `watcher` uses the loop, and the loop is created with `watcher`. So the name `loop`
    # is declared first.
    loop: Loop

    pages_failed: tuple[str, ...] = ()

    def watcher(tick: TickResult) -> None:
        nonlocal pages_failed
        printer.print_tick(tick)
        pages_failed = tick.pages_failed
        # On a busy machine, the last posts are written in later ticks.
        is_late = tick.at >= end + _LONGEST_WAIT
        if is_late or (tick.at >= end and not _posts_wait(application.store)):
            loop.stop()

    kernel.enable_cache(partial(console.print, markup=False), stopper.is_stopping)
    loop = Loop(application.runner, clock, _DEMO_POLL, watcher)
    # A stop must wake both clocks: the loop sleeps on `clock`, and the sources wait on
    # `reading_clock` between requests.
    stopper.handle_signals(loop, clock, application.reading_clock)
    application.runner.open()
    loop.run()
    # The loop has ended. From now on, Ctrl-C must end the web server, which the caller
    # starts next.
    stopper.restore_default_handlers()
    if stopper.is_stopping():
        raise KeyboardInterrupt
    if pages_failed:
        raise OutputError(pages_failed[0])
    check_posts_written(application.store, settings.site.out.parent)
    application.store.close()


def _posts_wait(store: Store) -> bool:
    return any(delivery.state in UNSETTLED for delivery in store.deliveries.all())


def _demo_settings(
    recording: Recording, server: ReplayServer, store_folder: Path, out: Path, port: int
) -> Config:
    """Return the demo's configuration.

    By its policy, only confirmed incidents are posted, and the site shows all
    incidents.
    """
    rules = [
        {"name": "pages-show-all", "action": "publish", "channels": ["site"]},
        {"name": "suspected-stays", "action": "hold", "confirmed": False},
        {"name": "demo-lets-out", "action": "publish"},
    ]
    return configuration.check_values(
        {
            "store": {"path": str(store_folder / "demo.db")},
            "site": {"out": str(out / "site"), "base_url": f"http://127.0.0.1:{port}"},
            "loop": {"poll": "30m", "settle_after": "0s"},
            "sources": {"ioda": ioda_config.source_section(recording, server.base_url)},
            "channels": {"file": {"kind": "file", "path": str(out / "posts.jsonl")}},
            "policy": {"rules": rules, "stale_after": "3650d"},
        },
        "demo",
    )


def _check_port(port: int) -> None:
    """Raise RecordingError if `port` cannot be opened.

    The demo opens the port only after the replay. With this check, the user learns of
    the error before the replay.
    """
    try:
        ThreadingHTTPServer(("127.0.0.1", port), _QuietHandler).server_close()
    except OSError as error:
        raise port_error(port, error) from error


def _serve_site(site: Path, port: int, console: Console) -> None:
    """Serve `site` on loopback until Ctrl-C."""
    handler = partial(_QuietHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        console.print(
            f"The report is at http://127.0.0.1:{port}/ (Ctrl-C stops the server).",
            markup=False,
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            console.print("Stopped.")


class _QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without logging requests."""

    def log_message(self, *_: object) -> None:
        """Log nothing, because the terminal shows the demo's posts."""
