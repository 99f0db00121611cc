"""The implementation of `outagewire replay`, `drill` and `serve-recording`."""

import signal
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import tomlkit
from rich.console import Console

from bot import bootstrap
from bot.cli import kernel
from bot.cli.output.console import TickPrinter, configure_logging
from bot.cli.output.folder import (
    refuse_site_folder,
    refuse_used,
    unfinished,
    writing,
)
from bot.clock import ScaledClock, StillClock, SystemClock
from bot.config import loading as configuration
from bot.editorial.deciding import EDITORS
from bot.errors import OutputError, RecordingError
from bot.model.delivery import UNSETTLED, DeliveryState, Post
from bot.ports import Store
from bot.replay import ioda_config, run
from bot.replay.faults import ServerFault
from bot.replay.server import ReplayServer
from bot.site.site_origin import claim_site
from bot.sources.recording.recording import Recording
from bot.sources.recording.source import load_recording

_BACKFILL = timedelta(days=28)


_POSTS, _PICTURES = "posts.jsonl", "charts"
_REPLAYED = (_POSTS, _PICTURES, "site", "incidents.json", "decisions.jsonl")


def replay(recording: Path, out: Path, config: Path | None) -> None:
    """Replay a recording through the live code, and write the results into `out`.

    Raises:
        BotError: `out` is in the folder of the report site.
        OutputError: the results, or some of them, cannot be written.
        RecordingError: the recording cannot be read, or `out` has a site or posts.
    """
    refuse_used(out)
    configure_logging("plain")
    console = Console(highlight=False, soft_wrap=True)
    loaded = load_recording(recording)
    settings = configuration.load_config(config)
    refuse_site_folder(out, settings, "--out")
    with unfinished(out, _REPLAYED):
        claim_site(out / "site", replayed=True)
        application, clock = bootstrap.build_replay(loaded, out, settings)
        _run_replay(loaded, application, clock, console)
        with writing(out):
            run.write_results(application.store, out)
        check_posts_written(application.store, out)
        application.store.close()
    page = out / "site" / "index.html"
    console.print(f"Written to {out}. Open {page} in a browser.", markup=False)


def drill(recording: Path, out: Path, config: Path | None) -> None:
    """Replay a recording as an exercise; nothing leaves this machine.

    Raises:
        BotError: `out` is in the folder of the report site.
        OutputError: the results, or some of them, cannot be written.
        RecordingError: the recording cannot be read, or `out` has a site or posts.
    """
    refuse_used(out)
    configure_logging("plain")
    console = Console(highlight=False, soft_wrap=True)
    loaded = load_recording(recording)
    settings = configuration.load_config(config)
    refuse_site_folder(out, settings, "--out")
    outputs = [f"{name}.jsonl" for name in (*settings.channels, EDITORS)]
    with unfinished(out, ("site", _PICTURES, *outputs)):
        claim_site(out / "site", replayed=True)
        application, clock = bootstrap.build_drill(loaded, out, settings)
        _run_replay(loaded, application, clock, console)
        check_posts_written(application.store, out)
        waiting = [d for d in application.store.drafts.all() if d.state == "waiting"]
        application.store.close()
    letters = f" The messages to the editors are in {out / 'editors.jsonl'}."
    console.print(
        f"Written to {out}. Drafts that wait for a person: {len(waiting)}."
        f"{letters if waiting else ''}",
        markup=False,
    )


def check_posts_written(store: Store, out: Path) -> None:
    """Check that every post of a replay, and every picture of a post, is in `out`.

    Raises:
        OutputError: one is not there.
    """
    for delivery in store.deliveries.all():
        post = delivery.post
        if delivery.state in UNSETTLED:
            problem = f"the post {post.key} is not written: {delivery.note}"
        elif delivery.state is DeliveryState.SENT and not _has_picture(post, out):
            problem = f"the picture of the post {post.key} is not written"
        else:
            continue
        raise OutputError(
            f"--out {out}: {problem}; make room, and choose another folder with --out"
        )


def _has_picture(post: Post, out: Path) -> bool:
    """Return whether the picture of a post is in `out`; True if it has none."""
    if post.picture is None:
        return True
    return (out / _PICTURES / Path(post.picture.name).name).is_file()


def _run_replay(
    recording: Recording,
    application: bootstrap.Application,
    clock: StillClock,
    console: Console,
) -> None:
    """Run ticks from the start to the end of a recording; print the result of each."""
    lag = max(signal.lag for signal in recording.signals)
    kernel.enable_cache(partial(console.print, markup=False))
    printer = TickPrinter(console, timedelta(days=1))
    run.run_ticks(
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
    loaded = load_recording(recording)
    start = _start_time(loaded, at)
    # A recording that cannot be served is refused before the port is opened.
    ioda_config.servable_part(loaded)
    until_stopped = SystemClock()
    for number in (signal.SIGTERM, signal.SIGINT):
        # The handler only ends the sleep below. The `with` statement then closes the
        # server.
        signal.signal(number, lambda *_: until_stopped.wake())
    with _server(loaded, ScaledClock(start, factor), port, fault, factor) as server:
        Console(highlight=False, soft_wrap=True).print(
            _client_config(loaded, server), markup=False
        )
        until_stopped.sleep(timedelta.max)


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
        raise port_error(port, error) from error


def _client_config(recording: Recording, server: ReplayServer) -> str:
    """Return the TOML configuration with which `outagewire run` reads from `server`."""
    # The replay has its own store, site and posts. Its incidents must not get into
    # those of a live run (P16).
    settings = {
        "store": {"path": "replay/outagewire.db"},
        "site": {"out": "replay/site"},
        "channels": {"wire": {"kind": "file", "path": "replay/posts.jsonl"}},
        "clock": {"follow": f"{server.url}/clock"},
        "sources": {"ioda": ioda_config.source_section(recording, server.base_url)},
    }
    return (
        f"# Serving {recording.title}. Save this as replay.toml, then run:\n"
        "#     outagewire run --config replay.toml\n" + tomlkit.dumps(settings)
    )


def _start_time(recording: Recording, at: str | None) -> datetime:
    """Return the time at which the server's clock starts.

    `at` is this time in ISO 8601, with a time zone. If `at` is None, the clock starts
    28 days after the recording begins, because a backfill reads 28 days. If the middle
    of the recording is earlier, the clock starts there.
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


def port_error(port: int, error: OSError) -> RecordingError:
    """Return the error for a port that cannot be opened."""
    return RecordingError(
        f"port {port} cannot be opened ({error.strerror}); choose another with --port"
    )
