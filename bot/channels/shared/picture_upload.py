"""Picture uploads: after a few failures the text is posted without its picture."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from bot.errors import ChannelError, ChannelRefused, ChannelUnavailable
from bot.model.delivery import Post

_MAX_ATTEMPTS = 3
_LONGEST_WAIT = timedelta(minutes=2)
"""If a channel asks to wait longer than this, the picture is left out."""
T = TypeVar("T")


class PictureUploads:
    """Uploads pictures, and counts the failures of each post's picture."""

    def __init__(self) -> None:
        """Start with no failure counted."""
        self._failures: Counter[str] = Counter()

    def upload_or_leave_out(self, post: Post, upload: Callable[[], T]) -> T | None:
        """Return the result of `upload`; None if the picture is to be left out.

        A picture is left out in three cases: the channel refuses it, its upload has
        failed `_MAX_ATTEMPTS` times, or the channel asks to wait longer than
        `_LONGEST_WAIT`.

        Raises:
            ChannelUnavailable: the upload failed, or its outcome is unknown; try the
                upload again later, because a repeated upload does no harm.
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
        """Log that `post` is published without its picture, and why."""
        import structlog

        log = structlog.get_logger(__name__)
        log.warning("picture left out", post=post.key, why=str(error))

    def discard_failures(self, post: Post) -> None:
        """Discard the failure count of a post that is published."""
        self._failures.pop(post.key, None)
