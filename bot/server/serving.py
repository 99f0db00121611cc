"""Makes the web server that a configuration describes, for `serve` and for `run`."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from types import FrameType

from bot.bootstrap.subscriptions import pages_for_readers
from bot.clock import SystemClock
from bot.config.commands_in_text import command
from bot.config.sections import Config
from bot.config.server import LOOPBACK, THIS_MACHINE, ServerSection
from bot.errors import ServerError
from bot.server.app import STALE_AFTER, create_app
from bot.server.site_server import SiteServer
from bot.site.site_origin import is_replayed_site

_MISSED_TICKS = 3
_CHECK_S = 1.0
Print = Callable[[str], None]


def serve_until_stopped(
    config: Config, host: str | None, port: int | None, print_line: Print
) -> None:
    """Serve the site's folder until SIGTERM or Ctrl-C; call this in the main thread.

    Args:
        config: the configuration.
        host: the address to listen on; None: that of the configuration.
        port: the port; None: that of the configuration.
        print_line: a function that prints a line.

    Raises:
        ServerError: the folder is missing or unreadable, the port cannot be opened, or the server
            ended by itself.
    """
    folder = config.site.out
    if not folder.is_dir():
        run = command("run", config=config.file)
        problem = f"{folder}: there is no such folder; `{run}` writes the site into it"
        raise ServerError(problem)
    if not os.access(folder, os.R_OK | os.X_OK):
        problem = f"{folder}: this user may not read the folder; change its permissions"
        raise ServerError(problem)
    section = config.server or ServerSection()
    host, port = host or section.host, section.port if port is None else port
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    server = make_server(config, host, port, "with --host or --port")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    with server:
        print_line(f"report pages: {server.url} (Ctrl-C stops the server)")
        while not stopped.wait(_CHECK_S):
            if not server.is_running:
                raise ServerError("the web server has ended by itself; start it again")


@contextmanager
def serving_beside_the_loop(config: Config, print_line: Print) -> Iterator[None]:
    """Serve the site within the `with` block, if the configuration says so.

    Without a configuration file, the site is served if the default port is free.

    Raises:
        ServerError: the configured port cannot be opened.
    """
    server: SiteServer | None = None
    if config.server is not None:
        server = make_server(config, config.server.host, config.server.port, _IN_CONFIG)
    elif config.file is None:
        server = _default_server(config, print_line)
    with server or nullcontext():
        if server is not None:
            print_line(f"report pages: {server.url}")
        yield


_IN_CONFIG = "in the section [server]"


def _default_server(config: Config, print_line: Print) -> SiteServer | None:
    section = ServerSection()
    try:
        return make_server(
            config, section.host, section.port, "with `outagewire serve`"
        )
    except ServerError as error:
        # Nobody asked for the server, so its failure must not keep the loop from running.
        print_line(f"report pages are not served: {error}")
        return None


def make_server(config: Config, host: str, port: int, where: str) -> SiteServer:
    """Return a server of the site, with the pages for readers if they may subscribe.

    Args:
        config: the configuration.
        host: the address to listen on.
        port: the port; 0 stands for any free one.
        where: how to choose another host or port, for messages: "with --port".

    Raises:
        ServerError: the port cannot be opened, or the site is that of a replay, and the
            host is not this machine alone.
        StoreError: the file of the subscriptions cannot be used.
    """
    if is_replayed_site(config.site.out) and host not in THIS_MACHINE:
        raise ServerError(
            f"{config.site.out} has the site of a replay or a drill, which cannot leave"
            f" this machine; use the host {LOOPBACK} {where}"
        )
    stale_after = max(STALE_AFTER, _MISSED_TICKS * config.loop.poll)
    pages = pages_for_readers(config, SystemClock())
    app = create_app(
        config.site.out,
        stale_after=stale_after,
        routes=pages.routes if pages else (),
        upkeep=pages.upkeep if pages else None,
        onion=config.server.onion if config.server else None,
        proxies=config.server.proxies if config.server else (),
    )
    return SiteServer(app, host, port, where)
