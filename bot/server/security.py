"""Headers that keep readers safe: no third party, no script of others, no referrer."""

from pathlib import PurePosixPath

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CSP = "Content-Security-Policy"
_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self';"
    " connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors "
)
_EMBED = "embed"
"""The name of the folders and pages that other sites may show in a frame."""
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"
"""For SVG files: their styles are within them, and they need nothing else."""
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # A reader may be in danger if other sites learn where a link was followed.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Whatever is served is public, so pages of others may read and show it.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    _CSP: f"{_POLICY}'self'",
}
"""The headers of every answer, unless it has others of these names."""


def policy_of(path: PurePosixPath) -> dict[str, str]:
    """Return the Content-Security-Policy of a file, if it differs from that of pages."""
    if path.suffix == ".svg":
        return {_CSP: _PICTURE_POLICY}
    if _EMBED in {PurePosixPath(part).stem for part in path.parts}:
        return {_CSP: f"{_POLICY}*"}
    return {}


class SecurityHeaders:
    """Middleware that adds the headers to each answer that does not have them."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in SAFE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
