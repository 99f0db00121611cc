"""Sends posts as e-mail: to editors, to a mailing list, or to subscribers."""

import hashlib
import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import field_validator, model_validator

from bot.channels.clients.mail_message import MailHeaders, compose
from bot.channels.clients.smtp import MailServer, ServerConfig
from bot.channels.shared.targets import digest_of
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet
from bot.settings import FilePath, Many, matching, read_small_file

# `=?` begins an encoded word, which Python's library decodes in a header.
ADDRESS = re.compile(r"(?!.*=\?)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
MAX_RECIPIENTS = 100
"""Every mail server must accept this many recipients (RFC 5321, 4.5.3.1.8)."""
# E-mail has no length limit. This limit matters only if a faulty template makes an
# endless text.
_LIMIT = 100_000
_TOO_LARGE = (523, 552)
"""SMTP reply codes for a message that is too large (RFC 1870, RFC 3463)."""


def read_addresses(file: Path, *, strict: bool = False) -> tuple[str, ...]:
    """Return the addresses in a file that has one address on each line.

    Blank lines and lines that begin with # are skipped.

    Args:
        file: a text file in UTF-8.
        strict: True: a line that is not an address is an error. False: the line is
            skipped and its number is logged. The other subscribers still get the news.

    Raises:
        ValueError: the file cannot be read, or `strict` is True and a line is not an
            address.
    """
    try:
        lines = read_small_file(file).decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"{file}: the list of subscribers cannot be read") from None
    entries = {number: line.strip() for number, line in enumerate(lines, 1)}
    entries = {n: line for n, line in entries.items() if line and line[0] != "#"}
    invalid = [n for n, line in entries.items() if not ADDRESS.fullmatch(line)]
    if invalid and strict:
        numbers = ", ".join(str(number) for number in invalid)
        raise ValueError(
            f"{file}: write an address, such as name@example.org, in line {numbers}"
        )
    if invalid:
        import structlog

        log = structlog.get_logger(__name__)
        log.warning("subscriber lines skipped", file=str(file), lines=invalid)
    return tuple(line for number, line in entries.items() if number not in invalid)


class MailConfig(ServerConfig):
    """The mail server, the sender and the recipients.

    A channel with `list_id` or `subscribers` counts as public.

    Attributes:
        sender: the address in `From`.
        to: the addresses in `To`.
        subscribers: a file with one address on each line; no subscriber sees the
            addresses of the others. None: there is no such file.
        list_id: the id of the mailing list; "": messages are not for a list.
        unsubscribe: URLs for leaving the list, `mailto:` or `https:`.
    """

    kind: Literal["mail"] = "mail"
    sender: str
    to: Many[str] = ()
    subscribers: FilePath | None = None
    list_id: Annotated[
        str,
        matching(
            r"([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)?",
            "write the id of the list like a host name, such as news.example.org",
        ),
    ] = ""
    unsubscribe: Many[str] = ()

    @field_validator("sender", "to")
    @classmethod
    def _are_addresses(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for address in (value,) if isinstance(value, str) else value:
            if not ADDRESS.fullmatch(address):
                raise ValueError("write an address, such as name@example.org")
        return value

    @field_validator("unsubscribe")
    @classmethod
    def _are_urls(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for url in value:
            if not re.fullmatch(r"(mailto:|https://)[!-;=?-~]+", url):
                raise ValueError(
                    "write a URL that begins with mailto: or https://, such as"
                    " mailto:leave@example.org"
                )
        return value

    @field_validator("subscribers")
    @classmethod
    def _can_be_read(cls, value: Path | None) -> Path | None:
        if value is not None:
            read_addresses(value, strict=True)
        return value

    @model_validator(mode="after")
    def _has_recipients(self) -> Self:
        if not self.to and self.subscribers is None:
            raise ValueError("there are no recipients: set `to` or `subscribers`")
        return self

    @property
    def target(self) -> str:
        """Where messages go: the recipients and the file of subscribers.

        The mail server and the sender are not part of the target, because they do not
        decide who reads a message. The addresses in the file are not part of it either,
        because people subscribe and leave.
        """
        to = sorted({address.lower() for address in self.to})
        shown = ", ".join(to[:2])
        if len(to) > 2:
            shown += f" and {len(to) - 2} more ({digest_of(*to)})"
        file = self.subscribers
        subscribers = f"subscribers in {file.absolute()}" if file is not None else ""
        return " ".join(part for part in ("mail", shown, subscribers) if part)


class MailChannel:
    """Sends one message for each post, in one SMTP transaction (see `clients.smtp`)."""

    def __init__(self, name: str, config: MailConfig, clock: Clock) -> None:
        """Keep the settings; no connection is opened yet."""
        # The clock is not used. All times in a message come from the post, so that a
        # message that is sent again is the same.
        del clock
        self.name = name
        self.target = config.target
        self._config = config
        self._domain = config.sender.rpartition("@")[2]
        self._server = MailServer(name, config, self._domain)

    def outlet(self) -> Outlet:
        """Return an outlet whose length limit no normal text reaches."""
        return self._config.apply_to(
            Outlet(
                name=self.name,
                kind="mail",
                limit=_LIMIT,
                url_length=None,
            )
        )

    def token(self, post: Post) -> str:
        """Return the Message-ID, made from the post's key and the sender's domain."""
        readable = re.sub(r"[^A-Za-z0-9]+", ".", post.key).strip(".")
        digest = hashlib.sha256(post.key.encode()).hexdigest()[:12]
        return f"<{readable}.{digest}@{self._domain}>"

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send the message, without its picture if the message is too large.

        See `ports.Channel`.
        """
        recipients = self._recipients(post)
        heading = self._heading(post, recipients)
        try:
            self._deliver(post, picture, heading, recipients)
        except ChannelRefused as error:
            if picture is None or error.status not in _TOO_LARGE:
                raise
            # No recipient got the message, so sending it again makes no duplicate.
            self._log_without_picture(post, error)
            self._deliver(post, None, heading, recipients)
        return Receipt(id=post.token)

    def _deliver(
        self,
        post: Post,
        picture: bytes | None,
        headers: MailHeaders,
        recipients: tuple[str, ...],
    ) -> None:
        try:
            message = compose(post, picture, headers).as_bytes()
        except ValueError as error:
            raise ChannelRefused(f"{self.name}: {error}") from None
        self._server.deliver(self._config.sender, recipients, message, post.key)

    def _log_without_picture(self, post: Post, error: ChannelRefused) -> None:
        import structlog

        log = structlog.get_logger(__name__)
        log.warning("sent without its picture", post=post.key, why=str(error))

    def find(self, post: Post) -> Receipt | None:
        """Return None, as if not found, for test posts and messages to editors.

        A duplicate of such a post does no harm.

        Raises:
            ChannelUnknown: the post is public. Readers' mailboxes cannot be read, and
                only a person may decide to risk a duplicate.
        """
        if self._public and not post.private:
            message = (
                "Outagewire cannot read mailboxes: look for the message in one of them"
            )
            raise ChannelUnknown(f"{self.name}: {message}")
        return None

    def remove(self, receipt: Receipt) -> None:
        """Refuse to delete a message, because it is in somebody's mailbox.

        Raises:
            ChannelRefused: always.
        """
        raise ChannelRefused(f"{self.name}: the message {receipt.id} cannot be deleted")

    @property
    def _public(self) -> bool:
        return self._config.subscribers is not None or bool(self._config.list_id)

    def _recipients(self, post: Post) -> tuple[str, ...]:
        """Return the recipients, without duplicates; for a test post, only the sender.

        Raises:
            ChannelRefused: there are no recipients, or more than `MAX_RECIPIENTS`.
            ChannelUnavailable: the file of subscribers cannot be read.
        """
        config = self._config
        if post.private:
            return (config.sender,)
        try:
            file = config.subscribers
            subscribed = read_addresses(file) if file is not None else ()
        except ValueError as error:
            raise ChannelUnavailable(f"{self.name}: {error}") from None
        recipients = {address.lower(): address for address in (*subscribed, *config.to)}
        if not recipients:
            raise ChannelRefused(
                f"{self.name}: there are no recipients: nobody has subscribed"
            )
        if len(recipients) > MAX_RECIPIENTS:
            raise ChannelRefused(
                f"{self.name}: there are more than {MAX_RECIPIENTS} recipients:"
                " use a list address"
            )
        return tuple(recipients.values())

    def _heading(self, post: Post, recipients: tuple[str, ...]) -> MailHeaders:
        config = self._config
        if post.private:
            return MailHeaders(config.sender, (config.sender,))
        urls = config.unsubscribe
        # One-click unsubscription is offered only to a single recipient. Several
        # recipients would get the same URL, and a request would not show which recipient
        # unsubscribes.
        one_click = len(recipients) == 1 and any(u.startswith("https:") for u in urls)
        to = config.to or (config.sender,)
        return MailHeaders(config.sender, to, config.list_id, urls, one_click)
