"""The errors that the program raises on purpose.

    BotError
     ├ ConfigError            the configuration is wrong; the program does not start
     ├ SourceError            a read failed; the missing bins are stored as a gap
     │  ├ SourceUnavailable     5xx, 429 or a broken response: try later
     │  │  └ SourceUnreachable    no connection: no network, or no server
     │  └ SourceFormatChanged   the response does not follow the source's contract
     ├ ChannelError
     │  ├ ChannelUnavailable    certainly not posted: try again (may carry retry_after)
     │  │  └ ChannelUnreachable   no connection: other requests would fail too
     │  ├ ChannelRefused        certainly not posted, and never will be: a person decides
     │  │  └ ReplyTargetMissing   the post to reply to is gone: send without a reply
     │  └ ChannelUnknown        may have been posted: read back before sending again
     ├ ClaimsUnbacked         a text says more than its facts support
     ├ RenderingError         a picture or a page could not be made
     ├ RecordingError         a recording cannot be read
     └ StoreError             the store cannot be used: stop
        └ RecordDamaged         one record cannot be read; other incidents go on

A message says what happened and what to do, and never holds a secret (P16).
"""

from datetime import timedelta


class BotError(Exception):
    """The root of the tree: an expected failure whose message explains it."""


class ConfigError(BotError):
    """The configuration cannot be used; `problems` has one sentence for each key."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep every problem, so that the operator can correct all of them at once."""
        super().__init__("\n".join(problems))
        self.problems = problems


class SourceError(BotError):
    """A source could not be read."""


class SourceUnavailable(SourceError):
    """The source cannot be read now; `retry_after` is the wait it asked for, if any."""

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        """Keep the message and the wait that the source asked for."""
        super().__init__(message)
        self.retry_after = retry_after


class SourceUnreachable(SourceUnavailable):
    """No connection to the source: other requests to it would fail too."""


class SourceFormatChanged(SourceError):
    """The response does not follow the source's contract; it is never guessed at."""


class ChannelError(BotError):
    """A post is not certain to have gone out."""


class ChannelUnavailable(ChannelError):
    """The post certainly did not go out; it may be sent again."""

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        """Keep the message and the wait that the channel asked for."""
        super().__init__(message)
        self.retry_after = retry_after


class ChannelUnreachable(ChannelUnavailable):
    """No connection to the channel: other posts would fail too."""


class ChannelRefused(ChannelError):
    """The channel rejects this post for good: a person decides.

    `status` is the HTTP or SMTP status of the response; None if there was none.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        """Keep the message and the status of the response."""
        super().__init__(message)
        self.status = status


class ReplyTargetMissing(ChannelRefused):
    """The post to reply to is deleted or hidden; nothing was posted."""


class ChannelUnknown(ChannelError):
    """The post may have gone out: only reading back can tell (P10)."""


class ClaimsUnbacked(BotError):
    """A text says more than its facts support; reword it, or name a second person.

    `body` is the text; `spans` are the character ranges [from, to) of the claims.
    """

    def __init__(
        self, message: str, body: str, spans: tuple[tuple[int, int], ...]
    ) -> None:
        """Keep the message, the text and the ranges."""
        super().__init__(message)
        self.body = body
        self.spans = spans


class RenderingError(BotError):
    """A picture or a page could not be made."""


class RecordingError(BotError):
    """A folder is not a recording, or a recording is broken."""


class StoreError(BotError):
    """The store cannot be used, so nothing may be decided or published."""


class RecordDamaged(StoreError):
    """One record in the store cannot be read; the rest of the store can be used."""
