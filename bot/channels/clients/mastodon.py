"""Client for the Mastodon API: limits, media and statuses of one account."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.clock import Clock
from bot.errors import (
    ChannelError,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
)
from bot.http.channel_client import ChannelClient
from bot.model.draft import Picture

# The HTTP statuses of a server that is still processing an uploaded picture.
_PROCESSING = frozenset({202, 206})
_POLLS, _POLL_INTERVAL = 15, timedelta(seconds=2)
_PAGES, _PAGE_SIZE = 5, 40
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server, in characters.

    Attributes:
        post_length: the longest post.
        link_length: the length that any link counts as.
        alt_length: the longest alternative text.
    """

    post_length: int
    link_length: int
    alt_length: int


class MastodonApi:
    """Sends the requests of one account to one server."""

    def __init__(self, name: str, server: ChannelClient, clock: Clock) -> None:
        """Use `server` for the requests of the channel `name`; no request is sent yet."""
        self._name = name
        self._server = server
        self._clock = clock
        self._account = ""

    def limits(self) -> Limits:
        """Return the limits that the server reports, and defaults for missing ones."""
        configuration = self._configuration()
        return Limits(
            post_length=_limit(configuration, "statuses", "max_characters", 500),
            link_length=_limit(
                configuration, "statuses", "characters_reserved_per_url", 23
            ),
            alt_length=_limit(
                configuration, "media_attachments", "description_limit", 1500
            ),
        )

    def upload(self, picture: Picture, data: bytes) -> str:
        """Upload a picture with its alternative text; return the picture's id.

        The method returns when the server has finished processing the picture.

        Raises:
            ChannelUnavailable: the server is still processing the picture.
            ChannelRefused, ChannelUnavailable, ChannelUnknown: see `ChannelClient`.
        """
        # The server software snac stores files by name, so two pictures need two names.
        name = f"{picture.sha256[:16]}-{picture.name}"
        response = self._server.request(
            "POST",
            "/api/v2/media",
            data={"description": picture.alt},
            files={"file": (name, data, picture.mime)},
        )
        media = self.require_id(self._server.json(response))["id"]
        for _ in range(_POLLS):
            if response.status_code not in _PROCESSING:
                return str(media)
            self._clock.sleep(_POLL_INTERVAL)
            response = self._server.request("GET", f"/api/v1/media/{media}")
            self._server.json(response)
        raise ChannelUnavailable(f"{self._name}: the picture is still being processed")

    def status(self, status_id: str) -> dict[str, Any]:
        """Return one status; raise as `ChannelClient.json` does."""
        response = self._server.request("GET", f"/api/v1/statuses/{status_id}")
        return self.require_id(self._server.json(response))

    def own_statuses(self) -> Iterator[dict[str, Any]]:
        """Yield the account's own statuses, newest first.

        Raises:
            ChannelRefused: the newest 200 statuses were read, and the account may have
                more.
            ChannelRefused, ChannelUnavailable, ChannelUnknown: see `ChannelClient`.
        """
        oldest = ""
        for _ in range(_PAGES):
            page = self._page(oldest)
            yield from page
            previous, oldest = oldest, str(page[-1]["id"]) if page else ""
            # A server that ignores `max_id` returns the same page again.
            if oldest in {"", previous}:
                return
        newest = _PAGES * _PAGE_SIZE
        raise ChannelRefused(
            f"{self._name}: the post was not found among the account's newest {newest}"
            " posts; older ones are not searched"
        )

    def delete(self, status_id: str) -> None:
        """Delete a status; succeed if the status is already gone.

        Some servers answer 404 because they do not support deletion. After an answer
        404 or 410, the status is therefore requested once.

        Raises:
            ChannelRefused: that request does not get the answer 404 or 410.
            ChannelRefused, ChannelUnavailable, ChannelUnknown: see `ChannelClient`.
        """
        path = f"/api/v1/statuses/{status_id}"
        response = self._server.request("DELETE", path)
        if response.status_code not in _GONE:
            return self._server.raise_for_status(response)
        if self._server.request("GET", path).status_code in _GONE:
            return None
        raise ChannelRefused(
            f"{self._name}: {status_id} is still there: this server does not allow"
            " deletion through its API; delete the post there by hand"
        )

    def require_id(self, body: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        """Return `body` if it is an object with an id; raise ChannelUnknown if not."""
        if isinstance(body, dict) and body.get("id"):
            return body
        raise ChannelUnknown(f"{self._name}: the response has no id")

    def _configuration(self) -> dict[str, Any]:
        """Return the server's configuration, from the newest API version that has one.

        The result is empty if no API version of the server has a configuration.
        """
        for path in ("/api/v2/instance", "/api/v1/instance"):
            try:
                body = self._server.json(self._server.request("GET", path))
            except ChannelError:
                continue
            if isinstance(body, dict) and isinstance(body.get("configuration"), dict):
                return dict(body["configuration"])
        return {}

    def _page(self, before_id: str) -> list[dict[str, Any]]:
        if not self._account:
            path = "/api/v1/accounts/verify_credentials"
            account = self.require_id(
                self._server.json(self._server.request("GET", path))
            )
            self._account = str(account["id"])
        path = f"/api/v1/accounts/{self._account}/statuses?limit={_PAGE_SIZE}"
        path += f"&max_id={before_id}" if before_id else ""
        body = self._server.json(self._server.request("GET", path))
        if not isinstance(body, list):
            raise ChannelUnknown(f"{self._name}: the account's statuses are not a list")
        return [item for item in body if isinstance(item, dict) and item.get("id")]


def _limit(configuration: dict[str, Any], part: str, key: str, default: int) -> int:
    """Return a limit from `configuration`; `default` if it has no number above 0."""
    section = configuration.get(part)
    value = section.get(key) if isinstance(section, dict) else None
    return value if isinstance(value, int) and value > 0 else default
