"""Every error this program raises on purpose.

    BotError
     ├ ConfigError            the operator must mend the configuration; we do not start
     ├ SourceError            this read failed; its silence is stored as a gap
     │  ├ SourceUnavailable     5xx, 429, a broken answer: try later
     │  │  └ SourceUnreachable    nobody is there: no network, or no server
     │  └ SourceFormatChanged   the answer is not what the contract says: never guess
     ├ ChannelError
     │  ├ ChannelUnavailable    certainly not posted: try again (may carry retry_after)
     │  │  └ ChannelUnreachable   nobody is there: asking anything else is in vain
     │  ├ ChannelRefused        certainly not posted and never will be: a person looks
     │  └ ChannelUnknown        we cannot tell whether it was posted: read back, never resend
     ├ ClaimsUnbacked         the words of a draft say more than the facts do
     ├ RenderingError         a picture or a page could not be made; the words still go
     ├ RecordingError         a recording cannot be read
     └ StoreError             stop: nothing is safe without the store
        └ RecordDamaged         one record cannot be read: its incident's work waits

A message says what happened and what to do, and never holds a secret.
"""

from datetime import timedelta


class BotError(Exception):
    """The root of the tree: anything below is expected and explained."""


class ConfigError(BotError):
    """The configuration cannot be used; `problems` has one sentence a key."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep every problem: the operator mends them in one go."""
        super().__init__("\n".join(problems))
        self.problems = problems


class SourceError(BotError):
    """A source could not be read."""


class SourceUnavailable(SourceError):
    """The source does not answer now; `retry_after` is its own wish, if it told one."""

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        """Keep the wish beside the message."""
        super().__init__(message)
        self.retry_after = retry_after


class SourceUnreachable(SourceUnavailable):
    """No connection to the source can be made: asking it anything else is in vain."""


class SourceFormatChanged(SourceError):
    """The source answered something its contract does not know."""


class ChannelError(BotError):
    """A post did not certainly go out."""


class ChannelUnavailable(ChannelError):
    """The post certainly did not go out; the same post may be tried again."""

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        """Keep the channel's own wish when to come back."""
        super().__init__(message)
        self.retry_after = retry_after


class ChannelUnreachable(ChannelUnavailable):
    """No connection to the channel can be made: other posts need not be tried."""


class ChannelRefused(ChannelError):
    """The channel will never take this post as it is: a person decides."""


class ChannelUnknown(ChannelError):
    """The post may or may not be out: only reading back can tell."""


class ClaimsUnbacked(BotError):
    """Words say more than the facts do: other words, or a second person's name.

    `body` is the text, `spans` are the words in it, from and to.
    """

    def __init__(
        self, message: str, body: str, spans: tuple[tuple[int, int], ...]
    ) -> None:
        """Keep the text with its marks beside the message."""
        super().__init__(message)
        self.body = body
        self.spans = spans


class RenderingError(BotError):
    """A picture or a page could not be made."""


class RecordingError(BotError):
    """A folder is not a recording, or a recording is broken."""


class StoreError(BotError):
    """The store cannot be used, so nothing may be decided or said."""


class RecordDamaged(StoreError):
    """One record in the store cannot be read; the rest of the store can be used."""
