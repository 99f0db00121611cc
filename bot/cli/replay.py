"""The implementation of `outagewire demo`, `replay`, `drill` and `serve-recording`."""

import signal
import tempfile
from datetime import datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import tomlkit
from rich.console import Console

from bot import bootstrap
from bot.cli import kernel
from bot.cli.console import TickPrinter, configure_logging
from bot.cli.run import Stopper
from bot.clock import ScaledClock, StillClock, SystemClock
from bot.config import loading as configuration
from bot.config.sections import Config
from bot.errors import RecordingError
from bot.replay import demo_recording, ioda_config, run
from bot.replay.faults import ServerFault
from bot.replay.server import ReplayServer
from bot.sources.recording.recording import Recording
from bot.sources.recording.source import load
from bot.tick.loop import Loop
from bot.tick.runner import TickResult

_DEMO_FACTOR = 30_000.0
_DEMO_POLL = timedelta(minutes=30)
_BACKFILL = timedelta(days=28)


def replay(recording: Path, out: Path, config: Path | None) -> None:
    """Replay a recording through the live code, and write the results into `out`."""
    _refuse_used_folder(out)
    configure_logging("plain")
    console = Console(highlight=False, soft_wrap=True)
    loaded = load(recording)
    application, clock = bootstrap.build_replay(loaded, out, configuration.load(config))
    _play(loaded, application, clock, console)
    run.write(application.store, out)
    application.store.close()
    page = out / "site" / "index.html"
    console.print(f"Written to {out}. Open {page} in a browser.", markup=False)


def drill(recording: Path, out: Path, config: Path | None) -> None:
    """Replay a recording as an exercise; nothing leaves this machine."""
    _refuse_used_folder(out)
    configure_logging("plain")
    console = Console(highlight=False, soft_wrap=True)
    loaded = load(recording)
    application, clock = bootstrap.build_drill(loaded, out, configuration.load(config))
    _play(loaded, application, clock, console)
    waiting = [d for d in application.store.drafts.all() if d.state == "waiting"]
    application.store.close()
    letters = f" The messages to the editors are in {out / 'editors.jsonl'}."
    console.print(
        f"Written to {out}. Drafts that wait for a person: {len(waiting)}."
        f"{letters if waiting else ''}",
        markup=False,
    )


def _refuse_used_folder(out: Path) -> None:
    """Raise RecordingError if a replay must not be written into the folder `out`.

    The site and the posts there may be those of a live run. Pages of a replay among them
    would be read as real events (P16). The file channel appends to its file, so the posts
    of two replays would be mixed, too.
    """
    if any((out / name).exists() for name in ("site", "posts.jsonl")):
        raise RecordingError(
            f"{out} holds a site or posts already; choose another folder with --out"
        )


def _play(
    recording: Recording,
    application: bootstrap.Application,
    clock: StillClock,
    console: Console,
) -> None:
    """Run ticks from the start to the end of a recording; print the result of each."""
    lag = max(signal.lag for signal in recording.signals)
    kernel.enable_cache(partial(console.print, markup=False))
    printer = TickPrinter(console, timedelta(days=1))
    run.play(
        application.runner,
        clock,
        recording.span,
        lag,
        printer.print_tick,
        # Nobody reads a page during a replay, so each page is written once, at the end.
        run.WritePages.AT_END,
    )


def serve_recording(
    recording: Path, port: int, factor: float, fault: ServerFault | None, at: str | None
) -> None:
    """Serve a recording as IODA would, until SIGTERM or SIGINT."""
    loaded = load(recording)
    start = _start_time(loaded, at)
    # A recording that cannot be served is refused before the port is opened.
    ioda_config.served(loaded)
    until_stopped = SystemClock()
    for number in (signal.SIGTERM, signal.SIGINT):
        # The handler only ends the sleep at the end of this function. Then the `with`
        # statement closes the server.
        signal.signal(number, lambda *_: until_stopped.wake())
    with _server(loaded, ScaledClock(start, factor), port, fault, factor) as server:
        Console(highlight=False, soft_wrap=True).print(
            _client_config(loaded, server), markup=False
        )
        until_stopped.sleep(timedelta.max)


def demo(port: int, out: Path, *, once: bool) -> None:
    """Watch the reconstruction of a blackout, without network or account."""
    _refuse_used_folder(out)
    configure_logging("plain")
    console = Console(highlight=False, soft_wrap=True)
    if not once:
        _check_port(port)
    console.print("Reconstruction of Kazakhstan, January 2022, from published facts.")
    recording = demo_recording.kazakhstan_2022()
    clock = ScaledClock(demo_recording.opens_at(), _DEMO_FACTOR)
    with (
        ReplayServer(recording, clock, factor=_DEMO_FACTOR) as server,
        tempfile.TemporaryDirectory() as scratch,
    ):
        settings = _demo_settings(recording, server, Path(scratch), out, port)
        _watch(settings, clock, console, recording)
    if not once:
        _serve_site(out / "site", port, console)


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
    printer = TickPrinter(console, _DEMO_POLL, posts=True)
    # The last reading is due one publication lag after the end of the recording.
    end = recording.span.until + max(signal.lag for signal in recording.signals)
    # The name is declared here, because `watcher` uses the loop, and the loop is
    # created with `watcher`.
    loop: Loop

    def watcher(tick: TickResult) -> None:
        printer.print_tick(tick)
        if tick.at >= end:
            loop.stop()

    kernel.enable_cache(partial(console.print, markup=False), stopper.is_stopping)
    loop = Loop(application.runner, clock, _DEMO_POLL, watcher)
    # A stop must wake both clocks: the loop sleeps on `clock`, and the sources wait on
    # `pause` between requests.
    stopper.watch(loop, clock, application.pause)
    application.runner.open()
    loop.run()
    # The loop has ended. From now on, Ctrl-C must end the web server that the caller
    # starts next.
    stopper.release()
    application.store.close()


def _demo_settings(
    recording: Recording, server: ReplayServer, scratch: Path, out: Path, port: int
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
    return configuration.read(
        {
            "store": {"path": str(scratch / "demo.db")},
            "site": {"out": str(out / "site"), "base_url": f"http://127.0.0.1:{port}"},
            "loop": {"poll": "30m", "settle_after": "0s"},
            "sources": {"ioda": ioda_config.section(recording, server.base_url)},
            "channels": {"file": {"kind": "file", "path": str(out / "posts.jsonl")}},
            "policy": {"rules": rules, "stale_after": "3650d"},
        },
        "demo",
    )


def _server(
    recording: Recording,
    clock: ScaledClock,
    port: int,
    fault: ServerFault | None,
    factor: float,
) -> ReplayServer:
    """Return a server that serves `recording` on `port`.

    Raises:
        RecordingError: the port cannot be opened.
    """
    try:
        return ReplayServer(recording, clock, port, fault, factor)
    except OSError as error:
        raise _port_error(port, error) from error


def _client_config(recording: Recording, server: ReplayServer) -> str:
    """Return the TOML configuration with which `outagewire run` reads from `server`."""
    # The replay has paths of its own, so that its incidents do not get into the store,
    # the site and the posts of a live run (P16).
    settings = {
        "store": {"path": "replay/outagewire.db"},
        "site": {"out": "replay/site"},
        "channels": {"wire": {"kind": "file", "path": "replay/posts.jsonl"}},
        "clock": {"follow": f"{server.url}/clock"},
        "sources": {"ioda": ioda_config.section(recording, server.base_url)},
    }
    return (
        f"# Serving {recording.title}. Save this as replay.toml, then run:\n"
        "#     outagewire run --config replay.toml\n" + tomlkit.dumps(settings)
    )


def _start_time(recording: Recording, at: str | None) -> datetime:
    """Return the time at which the server's clock starts.

    `at` is this time in ISO 8601, with a time zone. If `at` is None, the clock starts
    28 days (the length of a backfill) after the recording begins, or in the middle of
    the recording if the middle is earlier.
    """
    if at is None:
        middle = recording.span.since + recording.span.width / 2
        return min(recording.span.since + _BACKFILL, middle)
    try:
        start = datetime.fromisoformat(at)
    except ValueError as error:
        raise RecordingError(
            f"--at: {at} is not an ISO 8601 time; write it like 2026-01-08T12:00Z"
        ) from error
    # A time without a zone is refused: it could be meant in the time zone of this
    # machine or in that of the recording.
    if start.tzinfo is None:
        raise RecordingError(f"--at: {at} has no time zone; for UTC write {at}Z")
    return start


def _check_port(port: int) -> None:
    """Raise RecordingError if `port` cannot be opened.

    The demo opens the port only after the replay. With this check, the user learns of
    the error before the replay.
    """
    try:
        ThreadingHTTPServer(("127.0.0.1", port), _QuietHandler).server_close()
    except OSError as error:
        raise _port_error(port, error) from error


def _port_error(port: int, error: OSError) -> RecordingError:
    return RecordingError(
        f"port {port} cannot be opened ({error.strerror}); choose another with --port"
    )


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
