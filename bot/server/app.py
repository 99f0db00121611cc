"""The web application: the site's files, `/health`, `/events`, and routes of others."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from bot.clock import SystemClock
from bot.server.health import HealthCheck
from bot.server.onion import OnionLocation
from bot.server.security import SAFE_HEADERS, SecurityHeaders
from bot.server.site_files import SiteFiles
from bot.server.steps import StepStream, StreamLimits
from bot.server.upkeep import repeating
from bot.site.feeds.items import ALL

STALE_AFTER = timedelta(minutes=15)


def create_app(  # noqa: PLR0913 - each is a setting of its own
    site_folder: Path,
    *,
    stale_after: timedelta = STALE_AFTER,
    limits: StreamLimits | None = None,
    routes: Sequence[BaseRoute] = (),
    upkeep: Callable[[], None] | None = None,
    onion: str | None = None,
    proxies: Sequence[str] = (),
) -> Starlette:
    """Return the application; its `state.steps` is the `StepStream`.

    Args:
        site_folder: the folder of the site, which may be missing at first.
        stale_after: how old the last tick may be before `/health` reports it.
        limits: the limits of `/events`; None for the usual ones.
        routes: further routes, which precede the files of the site.
        upkeep: work for a thread, at the start and once an hour; None for none.
        onion: the onion address at which the same site is served; None for none.
        proxies: the addresses and networks of reverse proxies, whose `X-Forwarded-For` says
            from which client a request comes; no other header is believed.
    """
    feed = site_folder / "feeds" / f"{ALL}.json"
    health = HealthCheck(site_folder, stale_after, SystemClock())
    steps = StepStream(feed, limits or StreamLimits())

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        # What the feed has at the start is not new to the first clients.
        await steps.read()
        watching = asyncio.create_task(steps.watch())
        try:
            with repeating(upkeep):
                yield
        finally:
            steps.close()
            await watching

    app = Starlette(
        routes=[
            Route("/health", health.answer),
            Route("/events", steps),
            *routes,
            Mount("/", SiteFiles(site_folder)),
        ],
        middleware=[
            *([Middleware(ProxyHeadersMiddleware, [*proxies])] if proxies else []),
            Middleware(SecurityHeaders),
            *([Middleware(OnionLocation, onion)] if onion else []),
        ],
        exception_handlers={Exception: _report},
        lifespan=lifespan,
    )
    # Starlette would redirect the path "" to the host that the request names.
    app.router.redirect_slashes = False
    app.state.steps = steps
    return app


async def _report(_request: Request, error: Exception) -> Response:
    """Log an unexpected error without its message, which may quote the request (P16)."""
    structlog.get_logger("server").error("request failed", error=type(error).__name__)
    # Starlette makes this answer outside of all middleware.
    return PlainTextResponse("Internal Server Error", 500, SAFE_HEADERS)
