"""How long the worker of a channel waits before it tries again."""

from dataclasses import dataclass
from datetime import timedelta

_LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RetryDelays:
    """The delays before a retry.

    Attributes:
        settle_after: the delay before a post of unknown outcome is looked for on the
            channel. The server may still be processing the post, and an earlier search
            would not find it.
        first: the delay before a post is sent again for the first time; it doubles each
            time after that, up to an hour.
        stale_after: how long a post may be due before a person decides whether it is
            still sent; None: without limit.
    """

    settle_after: timedelta = timedelta(seconds=60)
    first: timedelta = timedelta(seconds=30)
    stale_after: timedelta | None = None

    def after(self, tries: int) -> timedelta:
        """Return the delay after a failed attempt that followed `tries` others."""
        return min(self.first * float(2 ** min(tries, 10)), _LONGEST_WAIT)
