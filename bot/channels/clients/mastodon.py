"""The Mastodon API as the channel needs it: limits, pictures, statuses."""

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

_PROCESSING = frozenset({202, 206})
_POLLS, _POLL_EVERY = 15, timedelta(seconds=2)
_PAGES, _PAGE = 5, 40
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Limits:
    """The longest post, what a link counts in it, and the longest alt text."""

    post: int
    link: int
    alt: int


class MastodonApi:
    """One account's view of one server."""

    def __init__(self, name: str, server: ChannelClient, clock: Clock) -> None:
        """Keep what is needed; nothing is asked yet."""
        self._name = name
        self._server = server
        self._clock = clock
        self._account = ""

    def limits(self) -> Limits:
        """What the server tells of itself; Mastodon's own limits where it is silent."""
        told = self._told_limits()
        return Limits(
            post=_limit(told, "statuses", "max_characters", 500),
            link=_limit(told, "statuses", "characters_reserved_per_url", 23),
            alt=_limit(told, "media_attachments", "description_limit", 1500),
        )

    def upload(self, picture: Picture, data: bytes) -> str:
        """The id of a described picture that is ready to be posted."""
        # snac keeps one file a name: another picture must not take its place.
        name = f"{picture.sha256[:16]}-{picture.name}"
        answer = self._server.ask(
            "POST",
            "/api/v2/media",
            data={"description": picture.alt},
            files={"file": (name, data, picture.mime)},
        )
        media = self.identified(self._server.told(answer))["id"]
        for _ in range(_POLLS):
            if answer.status_code not in _PROCESSING:
                return str(media)
            self._clock.sleep(_POLL_EVERY)
            answer = self._server.ask("GET", f"/api/v1/media/{media}")
            self._server.told(answer)
        raise ChannelUnavailable(f"{self._name}: the picture is still being processed")

    def status(self, id_: str) -> dict[str, Any]:
        """One status as it stands; raises as `ChannelClient.told`."""
        answer = self._server.ask("GET", f"/api/v1/statuses/{id_}")
        return self.identified(self._server.told(answer))

    def own(self) -> Iterator[dict[str, Any]]:
        """The account's own statuses, newest first.

        Raises:
            ChannelRefused: there are more than the newest 200, which are all we read.
        """
        last = ""
        for _ in range(_PAGES):
            page = self._page(last)
            yield from page
            before, last = last, str(page[-1]["id"]) if page else ""
            if last in {"", before}:
                return
        raise ChannelRefused(f"{self._name}: not among the newest {_PAGES * _PAGE}")

    def delete(self, id_: str) -> None:
        """Take a status down; some servers answer 404 for what still stands.

        Raises:
            ChannelRefused: it stands, and the server does not delete.
        """
        answer = self._server.ask("DELETE", f"/api/v1/statuses/{id_}")
        if answer.status_code not in _GONE:
            return self._server.accept(answer)
        if self._server.ask("GET", f"/api/v1/statuses/{id_}").status_code in _GONE:
            return None
        what = f"{id_} still stands: this server deletes nothing for other programs"
        raise ChannelRefused(f"{self._name}: {what}; take it down by hand, there")

    def identified(self, told: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        """An object with an id. Raises ChannelUnknown where it is none."""
        if isinstance(told, dict) and told.get("id"):
            return told
        raise ChannelUnknown(f"{self._name}: the answer names no id")

    def _told_limits(self) -> dict[str, Any]:
        """Newest API first; empty where the server tells nothing that can be read."""
        for path in ("/api/v2/instance", "/api/v1/instance"):
            try:
                told = self._server.told(self._server.ask("GET", path))
            except ChannelError:
                continue
            if isinstance(told, dict) and isinstance(told.get("configuration"), dict):
                return dict(told["configuration"])
        return {}

    def _page(self, older_than: str) -> list[dict[str, Any]]:
        if not self._account:
            me = self._server.ask("GET", "/api/v1/accounts/verify_credentials")
            self._account = str(self.identified(self._server.told(me))["id"])
        path = f"/api/v1/accounts/{self._account}/statuses?limit={_PAGE}"
        path += f"&max_id={older_than}" if older_than else ""
        told = self._server.told(self._server.ask("GET", path))
        if not isinstance(told, list):
            raise ChannelUnknown(f"{self._name}: the account's statuses are no list")
        return [one for one in told if isinstance(one, dict) and one.get("id")]


def _limit(told: dict[str, Any], part: str, key: str, default: int) -> int:
    """A limit the server tells; `default` where it tells none that makes sense."""
    section = told.get(part)
    value = section.get(key) if isinstance(section, dict) else None
    return value if isinstance(value, int) and value > 0 else default
