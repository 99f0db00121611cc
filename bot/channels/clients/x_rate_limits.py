"""X's rate limits: no request is sent on a route whose limit is used up."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.errors import ChannelUnavailable
from bot.http.client import LONGEST_WAIT

# Prefixes of the headers for three limits: per user over 15 minutes, per user over 24
# hours, and per app over 24 hours.
_LIMITS = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")
_ID = re.compile(r"(?<=\w)/\d+")


class RateLimits:
    """Records the time until which each route is blocked.

    A route is a method and a path without ids. The time is computed from the headers
    of the route's last response.
    """

    def __init__(self, name: str, clock: Clock) -> None:
        """Start with no route blocked; `name` is the channel's name, for messages."""
        self._name = name
        self._clock = clock
        self._blocked_until: dict[str, datetime] = {}

    def check(self, method: str, path: str) -> None:
        """Check that a request may be sent now.

        Raises:
            ChannelUnavailable: the route's limit is used up; `retry_after` is the wait.
        """
        route = _route(method, path)
        now = self._clock.now()
        wait = self._blocked_until.get(route, now) - now
        if wait > timedelta(0):
            wait = min(wait, LONGEST_WAIT)
            message = f"{self._name}: X's rate limit for {route} is used up"
            raise ChannelUnavailable(message, wait)

    def update(self, method: str, path: str, headers: Mapping[str, str]) -> None:
        """Record the time until which the route of a request is blocked.

        The time is computed from `headers`, the headers of the response. A route is
        blocked until all its used-up limits are reset. If no limit is used up, the
        route is not blocked.
        """
        route = _route(method, path)
        self._blocked_until.pop(route, None)
        resets = [_reset_time(headers, limit) for limit in _LIMITS]
        if used_up := [reset for reset in resets if reset is not None]:
            self._blocked_until[route] = max(used_up)


def _route(method: str, path: str) -> str:
    """Return method and path without ids: requests that differ in ids share a limit."""
    return f"{method} {_ID.sub('/:id', path)}"


def _reset_time(headers: Mapping[str, str], prefix: str) -> datetime | None:
    """Return when a limit is reset; None if it is not used up or not reported."""
    remaining, reset = (
        headers.get(f"{prefix}-{key}", "") for key in ("remaining", "reset")
    )
    if remaining != "0" or not reset.isdecimal():
        return None
    # X gives whole seconds. One second is added, so that the next request is not too
    # early.
    return datetime.fromtimestamp(int(reset[:11]) + 1, tz=UTC)
