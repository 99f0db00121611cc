"""The work of `outagewire demo`, `replay`, `drill` and `serve-recording`."""

import signal
import tempfile
from datetime import datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import tomlkit
from rich.console import Console

from bot import bootstrap
from bot.cli import console as logs
from bot.cli import kernel
from bot.cli.console import TickPrinter
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


def replay(recording: Path, out: Path, config: Path | None) -> None:
    """Play a recording through the live code."""
    logs.set_up("plain")
    console = Console(highlight=False, soft_wrap=True)
    found = load(recording)
    if (out / "posts.jsonl").exists():
        raise RecordingError(f"{out} holds an earlier replay; choose another folder")
    house, clock = bootstrap.replaying(found, out, configuration.load(config))
    _walk(found, house, clock, console)
    run.write(house.store, out)
    house.store.close()
    console.print(f"Written to {out}: open {out / 'site' / 'index.html'}", markup=False)


def drill(recording: Path, out: Path, config: Path | None) -> None:
    """Play a recording as an exercise; nothing leaves this machine."""
    logs.set_up("plain")
    console = Console(highlight=False, soft_wrap=True)
    found = load(recording)
    if (out / "site").exists():
        raise RecordingError(f"{out} holds an earlier drill; choose another folder")
    house, clock = bootstrap.drilling(found, out, configuration.load(config))
    _walk(found, house, clock, console)
    waiting = [d for d in house.store.drafts.all() if d.state == "waiting"]
    house.store.close()
    console.print(
        f"Written to {out}: {len(waiting)} drafts wait for a person, as"
        f" {out / 'editors.jsonl'} tells.",
        markup=False,
    )


def _walk(
    found: Recording, house: bootstrap.Application, clock: StillClock, console: Console
) -> None:
    """Through the whole recording, telling each step."""
    lag = max(one.lag for one in found.signals)
    kernel.use(partial(console.print, markup=False))
    teller = TickPrinter(console, timedelta(days=1))
    run.play(house.newsroom, clock, found.span, lag, teller.tell, pages_at_end=True)


def serve_recording(
    recording: Path, port: int, factor: float, fault: ServerFault | None, at: str | None
) -> None:
    """Serve a recording as IODA would."""
    found = load(recording)
    start = _start(found, at)
    ioda_config.served(found)  # refuse what cannot be served before any port is taken
    until_stopped = SystemClock()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: until_stopped.wake())
    with _server(found, ScaledClock(start, factor), port, fault, factor) as server:
        Console(highlight=False, soft_wrap=True).print(
            _settings(found, server), markup=False
        )
        until_stopped.sleep(timedelta.max)


def demo(port: int, out: Path, *, once: bool) -> None:
    """Watch a reconstruction without network or account."""
    logs.set_up("plain")
    console = Console(highlight=False, soft_wrap=True)
    if (out / "posts.jsonl").exists():
        raise RecordingError(f"{out} holds an earlier demo; remove it or use --out")
    console.print("Reconstruction of Kazakhstan, January 2022, from published facts.")
    found = demo_recording.kazakhstan_2022()
    clock = ScaledClock(demo_recording.opens_at(), _DEMO_FACTOR)
    with (
        ReplayServer(found, clock, factor=_DEMO_FACTOR) as server,
        tempfile.TemporaryDirectory() as scratch,
    ):
        settings = _demo_settings(found, server, Path(scratch), out, port)
        _watch(settings, clock, console, found)
    if not once:
        _serve_site(out / "site", port, console)


def _watch(
    settings: Config,
    clock: ScaledClock,
    console: Console,
    found: Recording,
) -> None:
    """Run the real loop until the recording is over."""
    house = bootstrap.build_live(
        settings, clock, bootstrap.BackfillProgress(), reconstruction=True
    )
    stopped = Stopper()
    teller = TickPrinter(console, _DEMO_POLL, posts=True)
    end = found.span.until + max(one.lag for one in found.signals)
    loop: Loop

    def watcher(tick: TickResult) -> None:
        teller.tell(tick)
        if tick.at >= end:
            loop.stop()

    kernel.use(partial(console.print, markup=False), stopped.asked)
    loop = Loop(house.newsroom, clock, _DEMO_POLL, watcher)
    stopped.watch(loop, clock, house.pause)
    house.newsroom.open()
    loop.run()
    stopped.release()
    house.store.close()


def _demo_settings(
    found: Recording, server: ReplayServer, scratch: Path, out: Path, port: int
) -> Config:
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
            "sources": {"ioda": ioda_config.section(found, server.base_url)},
            "channels": {"file": {"kind": "file", "path": str(out / "posts.jsonl")}},
            "policy": {"rules": rules, "stale_after": "3650d"},
        },
        "demo",
    )


def _server(
    found: Recording,
    clock: ScaledClock,
    port: int,
    fault: ServerFault | None,
    factor: float,
) -> ReplayServer:
    try:
        return ReplayServer(found, clock, port, fault, factor)
    except OSError as error:
        raise RecordingError(
            f"port {port} cannot be had ({error.strerror}); choose another, or --port 0"
        ) from error


def _settings(found: Recording, server: ReplayServer) -> str:
    told = {
        "clock": {"follow": f"{server.url}/clock"},
        "sources": {"ioda": ioda_config.section(found, server.base_url)},
    }
    return f"# serving {found.title}; save this as replay.toml and run it:\n" + (
        tomlkit.dumps(told)
    )


def _start(found: Recording, at: str | None) -> datetime:
    if at is None:
        half = found.span.since + found.span.width / 2
        return min(found.span.since + timedelta(days=28), half)
    try:
        start = datetime.fromisoformat(at)
    except ValueError as error:
        raise RecordingError(f"--at: {at} is no ISO 8601 time") from error
    if start.tzinfo is None:
        raise RecordingError(f"--at: {at} has no time zone; write {at}Z")
    return start


def _serve_site(site: Path, port: int, console: Console) -> None:
    handler = partial(_Silent, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        console.print(
            f"The report stands at http://127.0.0.1:{port}/ (Ctrl-C ends)", markup=False
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            console.print("Done.")


class _Silent(SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""
