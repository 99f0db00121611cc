"""Letters by e-mail: to a desk, to a list, or to subscribers."""

import hashlib
import re
from pathlib import Path
from typing import Literal, Self

import structlog
from pydantic import Field, field_validator, model_validator

from bot.channels.clients.mail_message import Heading, compose
from bot.channels.clients.smtp import MailServer, ServerConfig
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet
from bot.settings import Many

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
MOST = 100
"""So many readers every mail server takes for one letter (RFC 5321, 4.5.3.1.8)."""


def read_addresses(file: Path, *, strictly: bool = False) -> tuple[str, ...]:
    """The addresses in `file`; blank lines and those that begin with # are none.

    A line that is no address keeps no news from the others, but is logged.

    Raises:
        ValueError: the file cannot be read, or, `strictly`, a line is no address.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"{file}: the subscribers cannot be read") from None
    told = {n: line.strip() for n, line in enumerate(lines, 1)}
    told = {n: line for n, line in told.items() if line and not line.startswith("#")}
    wrong = [n for n, line in told.items() if not ADDRESS.fullmatch(line)]
    if wrong and strictly:
        where = ", ".join(str(n) for n in wrong)
        raise ValueError(f"{file}: no address as name@example.org in line {where}")
    if wrong:
        log = structlog.get_logger(__name__)
        log.warning("lines-are-no-address", file=str(file), lines=wrong)
    return tuple(line for n, line in told.items() if n not in wrong)


# A letter has no limit; this keeps a template from running wild.
_LIMIT = 100_000


class MailConfig(ServerConfig):
    """The mail server, and who writes to whom.

    Attributes:
        to: who is named in the letter.
        subscribers: a file with one address a line; they do not see each other.
        list_id: what the list is called; with it, or with subscribers, it is public.
        unsubscribe: where readers leave the list, `mailto:` or `https:`.
    """

    kind: Literal["mail"] = "mail"
    sender: str
    to: Many[str] = ()
    subscribers: Path | None = Field(default=None, strict=False)
    list_id: str = Field(default="", pattern=r"^([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)?$")
    unsubscribe: Many[str] = ()

    @field_validator("sender", "to")
    @classmethod
    def _are_addresses(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for one in (value,) if isinstance(value, str) else value:
            if not ADDRESS.fullmatch(one):
                raise ValueError("write an address as name@example.org")
        return value

    @field_validator("unsubscribe")
    @classmethod
    def _are_ways_out(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            if not re.fullmatch(r"(mailto:|https://)[!-;=?-~]+", one):
                raise ValueError('write "mailto:leave@example.org" or "https://..."')
        return value

    @field_validator("subscribers")
    @classmethod
    def _can_be_read(cls, value: Path | None) -> Path | None:
        if value is not None:
            read_addresses(value, strictly=True)
        return value

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not self.to and self.subscribers is None:
            raise ValueError("name somebody: `to`, or a file of `subscribers`")
        return self


class MailChannel:
    """Sends one letter a post, in one go: all who take it get it, or none does."""

    def __init__(self, name: str, config: MailConfig, clock: Clock) -> None:
        """Keep what is needed; no connection yet."""
        del clock  # every time in a letter is the post's own, so a repeat is the same
        self.name = name
        self._config = config
        self._domain = config.sender.rpartition("@")[2]
        self._server = MailServer(name, config, self._domain)

    def outlet(self) -> Outlet:
        """A letter is as long as it needs to be."""
        return self._config.spoken(
            Outlet(
                name=self.name,
                kind="mail",
                limit=_LIMIT,
                url_length=None,
            )
        )

    def token(self, post: Post) -> str:
        """The Message-ID: the same for the same post, whatever the day or machine."""
        readable = re.sub(r"[^A-Za-z0-9]+", ".", post.key).strip(".")
        digest = hashlib.sha256(post.key.encode()).hexdigest()[:12]
        return f"<{readable}.{digest}@{self._domain}>"

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send the letter once; see `ports.Channel.send`."""
        readers = self._readers(post)
        try:
            letter = compose(post, picture, self._heading(post, readers)).as_bytes()
        except ValueError as error:
            raise ChannelRefused(f"{self.name}: {error}") from None
        self._server.deliver(self._config.sender, readers, letter, post.key)
        return Receipt(id=post.token)

    def find(self, post: Post) -> Receipt | None:
        """A mailbox cannot be read back, and our own desk's need not be.

        The same letter under the same Message-ID does our own desk no harm; what
        readers may have had already, they do not get again unless a person says so.
        """
        if self._public and not post.private:
            message = "readers' mailboxes cannot be read back: look into one of them"
            raise ChannelUnknown(f"{self.name}: {message}")
        return None

    def remove(self, receipt: Receipt) -> None:
        """Refused: what lies in somebody's mailbox is theirs."""
        raise ChannelRefused(f"{self.name}: {receipt.id} cannot be taken back")

    @property
    def _public(self) -> bool:
        return self._config.subscribers is not None or bool(self._config.list_id)

    def _readers(self, post: Post) -> tuple[str, ...]:
        """Everyone who gets it, once."""
        config = self._config
        if post.private:
            return (config.sender,)
        try:
            file = config.subscribers
            subscribed = read_addresses(file) if file is not None else ()
        except ValueError as error:
            raise ChannelUnavailable(f"{self.name}: {error}") from None
        every = {one.lower(): one for one in (*subscribed, *config.to)}
        if not every:
            raise ChannelRefused(f"{self.name}: nobody has subscribed")
        if len(every) > MOST:
            raise ChannelRefused(f"{self.name}: more than {MOST}: use a list address")
        return tuple(every.values())

    def _heading(self, post: Post, readers: tuple[str, ...]) -> Heading:
        config = self._config
        if post.private:
            return Heading(config.sender, (config.sender,))
        # One click says nothing of who clicks, where one letter goes to many.
        ways = config.unsubscribe
        alone = len(readers) == 1 and any(way.startswith("https:") for way in ways)
        to = config.to or (config.sender,)
        return Heading(config.sender, to, config.list_id, ways, alone)
