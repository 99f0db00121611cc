"""The header that offers readers with Tor the same page at the site's onion address.

Source: Onion-Location, as the Tor Project documents it for Tor Browser.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class OnionLocation:
    """Middleware that adds `Onion-Location` to each page; Tor Browser then offers it."""

    def __init__(self, app: ASGIApp, address: str) -> None:
        """Wrap `app`; `address` has no slash at its end."""
        self._app = app
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, with the header if the answer is a page."""
        # Whoever reads at the onion address needs no offer.
        if scope["type"] != "http" or _is_at_onion(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return

        async def send_with_header(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if headers.get("content-type", "").startswith("text/html"):
                    headers["Onion-Location"] = f"{self._address}{_target(scope)}"
            await send(message)

        await self._app(scope, receive, send_with_header)


def _is_at_onion(headers: Headers) -> bool:
    return headers.get("host", "").partition(":")[0].endswith(".onion")


def _target(scope: Scope) -> str:
    """Return the path and the query of a request, as they were sent."""
    path = (scope.get("raw_path") or b"/").partition(b"?")[0].decode("ascii", "replace")
    query = scope["query_string"].decode("ascii", "replace")
    return f"{path}?{query}" if query else path
