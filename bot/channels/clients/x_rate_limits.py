"""X's windows: when one is used up, nothing more is asked before it opens again."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.errors import ChannelUnavailable

# The user's quarter of an hour, and the day of the user and of the app.
_WINDOWS = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")
_ID = re.compile(r"(?<=\w)/\d+")


class Windows:
    """What X told last of the window of each kind of question."""

    def __init__(self, name: str, clock: Clock) -> None:
        """Every window is open as far as we know."""
        self._name = name
        self._clock = clock
        self._full: dict[str, datetime] = {}

    def check(self, method: str, path: str) -> None:
        """Let a question pass.

        Raises:
            ChannelUnavailable: its window is used up; it carries when to come back.
        """
        route = _route(method, path)
        wait = self._full.get(route, self._clock.now()) - self._clock.now()
        if wait > timedelta(0):
            message = f"{self._name}: X's window for {route} is used up"
            raise ChannelUnavailable(message, wait)

    def note(self, method: str, path: str, headers: Mapping[str, str]) -> None:
        """Remember what an answer told of its window."""
        route = _route(method, path)
        self._full.pop(route, None)
        resets = [_reset(headers, window) for window in _WINDOWS]
        if full := [reset for reset in resets if reset is not None]:
            self._full[route] = max(full)


def _route(method: str, path: str) -> str:
    """A kind of question: one window for all posts, not one for each."""
    return f"{method} {_ID.sub('/:id', path)}"


def _reset(headers: Mapping[str, str], window: str) -> datetime | None:
    """When a window opens again; None where something is left of it."""
    remaining, reset = (
        headers.get(f"{window}-{k}", "") for k in ("remaining", "reset")
    )
    if remaining != "0" or not reset.isdecimal():
        return None
    # Whole seconds: one more, so as not to come a moment too early.
    return datetime.fromtimestamp(int(reset[:11]) + 1, tz=UTC)
