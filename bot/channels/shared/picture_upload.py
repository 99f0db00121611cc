"""Picture uploads: after a few failures the text is posted without its picture."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from bot.errors import ChannelError, ChannelRefused, ChannelUnavailable
from bot.model.delivery import Post

_MAX_ATTEMPTS = 3
_LONGEST_WAIT = timedelta(minutes=2)
"""News does not wait longer than this for its picture."""
T = TypeVar("T")


class PictureUploads:
    """Uploads pictures, and counts the failures of each post's picture."""

    def __init__(self) -> None:
        """Start without failures."""
        self._failures: Counter[str] = Counter()

    def attempt(self, post: Post, upload: Callable[[], T]) -> T | None:
        """Return the result of `upload`; None if the picture is to be left out.

        It is left out when it was refused, when it failed `_MAX_ATTEMPTS` times, or
        when the channel asks to wait longer than `_LONGEST_WAIT`.

        Raises:
            ChannelUnavailable: the upload failed; try the post again. Nothing is
                public, because the picture is uploaded before the text is posted.
        """
        try:
            return upload()
        except ChannelError as error:
            self._failures[post.key] += 1
            wait = error.retry_after if isinstance(error, ChannelUnavailable) else None
            last = (
                self._failures[post.key] >= _MAX_ATTEMPTS
                or (wait or _LONGEST_WAIT) > _LONGEST_WAIT
            )
            if not isinstance(error, ChannelRefused) and not last:
                raise ChannelUnavailable(f"{error} (picture)", wait) from None
            self.log_left_out(post, error)
            return None

    def log_left_out(self, post: Post, error: ChannelError) -> None:
        """Log that `post` goes out without its picture, and why."""
        import structlog

        log = structlog.get_logger(__name__)
        log.warning("picture left out", post=post.key, why=str(error))

    def forget(self, post: Post) -> None:
        """Discard the failures of a post that is out."""
        self._failures.pop(post.key, None)
