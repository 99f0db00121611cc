"""The errors that the program raises on purpose.

    BotError
     ├ ConfigError            the configuration is wrong; the program does not start
     ├ SourceError            a read failed; the missing bins are stored as a gap
     │  ├ SourceUnavailable     5xx, 429 or a broken response: try later
     │  │  └ SourceUnreachable    no connection: no network, or no server
     │  └ SourceFormatChanged   the response does not follow the source's contract
     ├ ChannelError           a post was not published, or its outcome is unknown
     │  ├ ChannelUnavailable    certainly not published: try again later
     │  │  ├ ChannelUnreachable   no connection: other requests would fail too
     │  │  └ MessageDeferred      the mail server defers this message, not all others
     │  ├ ChannelRefused        certainly not published, now or later: a person decides
     │  │  ├ ReplyTargetMissing   the post to reply to is gone: send without replying
     │  │  ├ PictureRefused       the picture is not accepted: send without the picture
     │  │  └ MessageRefused       the mail server refuses this message, not all others
     │  └ ChannelUnknown        may have been published: read back before sending again
     ├ ClaimsUnbacked         a text makes claims that its facts do not support
     ├ RenderingError         a text, a picture or a page could not be made
     ├ OutputError            the folder of --out cannot be written
     ├ ServerError            the site cannot be served on the chosen host and port
     ├ RecordingError         a recording cannot be read, replayed, served or scored
     ├ TimeStampError         a time stamp was not given, or does not verify
     └ StoreError             the store cannot be used, or rejects a change: stop
        ├ StoreLocked           another program has locked the store: try again later
        ├ RecordChanged         another program changed the record first: look at it again
        └ RecordDamaged         one record cannot be read; other incidents go on

A message says what happened and what to do, and never contains a secret (P16).
"""

from datetime import timedelta


def reason_of(error: BaseException) -> str:
    """Return why something failed, in a sentence for people.

    For an OSError, the sentence has the system's words and the file, without the error
    number that Python adds.
    """
    if isinstance(error, OSError) and error.strerror:
        return (
            f"{error.strerror}: {error.filename}" if error.filename else error.strerror
        )
    return str(error) or type(error).__name__


class BotError(Exception):
    """The base class of these errors: an expected failure; the message explains it."""


class ConfigError(BotError):
    """The configuration cannot be used; `problems` has a sentence for each problem."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Store every problem, so that the operator can correct all of them at once."""
        super().__init__("\n".join(problems))
        self.problems = problems


class SourceError(BotError):
    """A source could not be read."""


class SourceUnavailable(SourceError):
    """The source cannot be read now.

    `retry_after` is how long the source asked to wait; None if it did not ask.
    """

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        """Store the message and how long the source asked to wait."""
        super().__init__(message)
        self.retry_after = retry_after


class SourceUnreachable(SourceUnavailable):
    """No connection to the source: other requests to it would fail too."""


class SourceFormatChanged(SourceError):
    """The response does not follow the source's contract, so it is not interpreted."""


class ChannelError(BotError):
    """A post was not published, or the program cannot tell whether it was published."""


class ChannelUnavailable(ChannelError):
    """The post was certainly not published; it may be sent again.

    `retry_after` is how long the channel asked to wait; None if it did not ask.
    """

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        """Store the message and how long the channel asked to wait."""
        super().__init__(message)
        self.retry_after = retry_after


class ChannelUnreachable(ChannelUnavailable):
    """No connection to the channel: other posts would fail too."""


class MessageDeferred(ChannelUnavailable):
    """The mail server defers this message or its recipients; it may accept others."""


class ChannelRefused(ChannelError):
    """The channel rejects this post permanently: a person decides.

    `status` is the HTTP or SMTP status of the response; None if there was none.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        """Store the message and the status of the response."""
        super().__init__(message)
        self.status = status


class ReplyTargetMissing(ChannelRefused):
    """The post to reply to is deleted or hidden; nothing was published."""


class MessageRefused(ChannelRefused):
    """The mail server refuses this message or its recipients; it may accept others."""


class PictureRefused(ChannelRefused):
    """The channel does not take a post with this picture; nothing was published."""


class ChannelUnknown(ChannelError):
    """The post may have been published; only the channel can tell (P10)."""


class ClaimsUnbacked(BotError):
    """A text makes claims that the facts of its event do not support.

    `body` is the text; `spans` are the character ranges [from, to) of the claims.
    """

    def __init__(
        self, message: str, body: str, spans: tuple[tuple[int, int], ...]
    ) -> None:
        """Store the message, the text and the ranges of its unsupported claims."""
        super().__init__(message)
        self.body = body
        self.spans = spans


class RenderingError(BotError):
    """A text, a picture or a page could not be made."""


class OutputError(BotError):
    """The results of a command cannot be written to the folder of --out."""


class ServerError(BotError):
    """The site cannot be served: its port or its folder cannot be used."""


class RecordingError(BotError):
    """A recording, or a file used with it, cannot be read, replayed, served or scored."""


class TimeStampError(BotError):
    """An authority gave no time stamp, or a time stamp does not verify."""


class StoreError(BotError):
    """The store cannot be used, lacks a record, or rejects a change."""


class StoreLocked(StoreError):
    """Another program has locked the store for longer than this program waits.

    The same step may succeed later.
    """


class RecordChanged(StoreError):
    """A record is not in the state that a step requires: another program changed it.

    The step changed nothing.
    """


class RecordDamaged(StoreError):
    """One record in the store cannot be read; the rest of the store can be used."""
