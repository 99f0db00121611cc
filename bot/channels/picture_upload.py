"""A picture is tried a few times, then the words go alone: news waits for no chart."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from bot.errors import ChannelError, ChannelRefused, ChannelUnavailable
from bot.model.delivery import Post

_TRIES = 3
_PATIENCE = timedelta(minutes=2)
"""A channel that will not have pictures for longer than this gets the words alone."""
T = TypeVar("T")


class Pictures:
    """Remembers how often the picture of each post was lost."""

    def __init__(self) -> None:
        """None was lost so far."""
        self._lost: Counter[str] = Counter()

    def carried(self, post: Post, upload: Callable[[], T]) -> T | None:
        """What `upload` returns; None where the channel will not have the picture.

        Nothing is public before the words are, so what may pass is tried again.

        Raises:
            ChannelUnavailable: it may pass; the post is to be tried again.
        """
        try:
            return upload()
        except ChannelError as error:
            self._lost[post.key] += 1
            wish = error.retry_after if isinstance(error, ChannelUnavailable) else None
            last = self._lost[post.key] >= _TRIES or (wish or _PATIENCE) > _PATIENCE
            if not isinstance(error, ChannelRefused) and not last:
                raise ChannelUnavailable(f"{error} (picture)", wish) from None
            self.leave_out(post, error)
            return None

    def leave_out(self, post: Post, why: ChannelError) -> None:
        """The words go alone: say so."""
        import structlog

        log = structlog.get_logger(__name__)
        log.warning("picture-left-out", post=post.key, why=str(why))

    def forget(self, post: Post) -> None:
        """The post is out."""
        self._lost.pop(post.key, None)
