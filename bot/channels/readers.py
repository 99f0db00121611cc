"""Sends posts as e-mail to readers who subscribed themselves, one message to each.

Each message is claimed before it is sent and settled afterwards, in the file of the
subscriptions. So the channel may stop at any moment: what was sent is not sent again, and
what was not sent follows (P10).
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import field_validator

from bot.channels.clients.mail_message import MailHeaders, compose
from bot.channels.clients.smtp import MailServer, ServerConfig
from bot.clock import Clock
from bot.errors import (
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
    MessageDeferred,
    MessageRefused,
    StoreError,
)
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet
from bot.model.incident import CORRECTION_KINDS
from bot.settings import matching
from bot.subscriptions.addresses import parse_address
from bot.subscriptions.letters import Letter
from bot.subscriptions.mailing import ReaderMailing
from bot.subscriptions.messages import MessageState, ReaderMessage

_LIMIT = 100_000
_TOO_LARGE = (523, 552)
"""SMTP reply codes for a message that is too large (RFC 1870, RFC 3463)."""
_FILE_LACKS_POSTS = timedelta(days=30)
"""For so long after the file was restored, incidents may have posts that it does not know."""
_MAX_DEFERRALS = 3
"""After this many deferrals a message is given up, so that it does not delay the others."""


class ReadersConfig(ServerConfig):
    """The mail server and the sender of the messages to readers of one language.

    Attributes:
        sender: the address in `From`.
        list_id: the id of the list for mail programs; "": none.
    """

    kind: Literal["readers"] = "readers"
    sender: str
    list_id: Annotated[
        str,
        matching(
            r"([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)?",
            "write the id of the list like a host name, such as news.example.org",
        ),
    ] = ""

    @field_validator("sender")
    @classmethod
    def _is_address(cls, value: str) -> str:
        return parse_address(value)

    @property
    def target(self) -> str:
        """Where messages go; neither the server nor who subscribed is part of it."""
        return f"readers who subscribed in {self.lang}"


class ReadersChannel:
    """Expands each post into one message for each of its readers."""

    def __init__(
        self,
        name: str,
        config: ReadersConfig,
        clock: Clock,
        mailing: ReaderMailing | None = None,
    ) -> None:
        """Keep the settings; no connection is opened yet.

        Args:
            name: the channel's name.
            config: the channel's section.
            clock: dates the claims of messages.
            mailing: the readers and their messages; None: only letters can be sent.
        """
        self.name = name
        self.target = config.target
        self._config = config
        self._clock = clock
        self._mailing = mailing
        self._domain = config.sender.rpartition("@")[2]
        self._server = MailServer(name, config, self._domain)

    def outlet(self) -> Outlet:
        """Return an outlet whose length limit no normal text reaches."""
        return self._config.apply_to(
            Outlet(name=self.name, kind="mail", limit=_LIMIT, url_length=None)
        )

    def token(self, post: Post) -> str:
        """Return the post's key, from which the Message-ID of each message is made."""
        return post.key

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send the messages that were not sent yet; see `ports.Channel`.

        Raises:
            ChannelUnavailable: some messages wait; the others were sent, and are not sent
                again. This is also raised if the server refuses the sender after it took
                some messages, as with a daily limit.
            ChannelRefused: the server refuses the sender, or every reader.
            ChannelUnknown: all messages were sent or refused, but some are in doubt; or
                readers may have another text under the key of the post.
        """
        receipt = Receipt(id=self.token(post))
        if post.private:
            self._send_test(post, picture)
            return receipt
        with self._store_errors():
            self._begin(post)
            try:
                self._send_waiting(post, picture)
            except ChannelRefused as error:
                self._require_none_sent(post, error)
                raise
            finally:
                # An older copy of the file is recognized from now on.
                self._require_mailing().require_known_file()
            self._require_outcomes(post)
        return receipt

    def find(self, post: Post) -> Receipt | None:
        """Return None while messages wait: `send` repeats none that was sent.

        None also if `send` would refuse the post.

        Raises:
            ChannelUnknown: no message waits, but some are in doubt; or readers may have
                another text under the key of the post. Mailboxes cannot be read, and only
                a person may decide to risk a duplicate.
        """
        if post.private:
            return None
        try:
            with self._store_errors():
                is_done = self._is_done(post)
        except ChannelRefused:
            return None
        return Receipt(id=self.token(post)) if is_done else None

    def withdraw(self, post: Post) -> Receipt | None:
        """Send `post` to nobody else; see `ports.SeparateMessagesChannel`."""
        if post.private:
            return None
        with self._store_errors():
            (mailing := self._require_mailing()).require_known_file()
            messages = mailing.messages
            self._find_doubtful(post)
            messages.withdraw(post.key)
            counts = messages.counts(post.key)
        return Receipt(id=self.token(post)) if _may_have(counts) else None

    def remove(self, receipt: Receipt) -> None:
        """Refuse to delete messages, because they are in people's mailboxes.

        Raises:
            ChannelRefused: always.
        """
        raise ChannelRefused(
            f"{self.name}: the messages of {receipt.id} cannot be deleted"
        )

    def send_letter(self, address: str, letter: Letter) -> None:
        """Send a letter that asks for confirmation; see `service.LetterSender`."""
        if self._mailing is not None:
            self._require_running(self._mailing)
        headers = MailHeaders(self._config.sender, (address,))
        now = self._clock.now()
        readable = re.sub(r"[^A-Za-z0-9]+", ".", letter.key)
        post = Post(
            key=letter.key,
            incident="",
            event=letter.key,
            channel=self.name,
            lang=letter.lang,
            at=now,
            made_at=now,
            text=letter.text,
            length=len(letter.text),
            picture=None,
            reply_to=None,
            token=f"<{readable}@{self._domain}>",
        )
        self._deliver(post, None, headers, address)

    def _require_mailing(self) -> ReaderMailing:
        if self._mailing is None:
            raise ChannelRefused(
                f"{self.name}: there are no subscriptions; configure [subscriptions]"
            )
        return self._mailing

    def _require_running(self, mailing: ReaderMailing) -> None:
        """Raise ChannelUnavailable if a person has stopped the channel.

        This is called before each message, so that a stop also holds for the readers who
        have not got a message yet (P16).
        """
        if mailing.is_paused(self.name):
            raise ChannelUnavailable(
                f"{self.name}: stopped by a person; what waits follows after"
                " `outagewire resume`"
            )

    def _require_true(self, mailing: ReaderMailing, post: Post) -> None:
        """Raise ChannelUnavailable if the incident of a claim is retracted meanwhile.

        This is called before each message, because the messages of a post may take hours,
        and a claim must not reach more readers once it is known to be wrong (P11).
        """
        is_claim = post.kind not in CORRECTION_KINDS
        if is_claim and mailing.is_retracted(post.incident):
            raise ChannelUnavailable(f"{self.name}: {post.incident} was retracted")

    def _begin(self, post: Post) -> None:
        """Make the messages of a post, if this was not done; find those in doubt."""
        messages = self._require_mailing().messages
        accepted_at = self._require_mailing().require_own_file(post)
        # The readers of the lost post must not get this one as if it were new. But they
        # are in this thread, so they must get its corrections (P11).
        if messages.has_other_text(post):
            raise ChannelUnknown(
                f"{self.name}: readers may have got another text under the key {post.key}"
                " before the store was restored or begun anew; --drop sends this one to"
                " nobody, and they get the later posts and corrections of the incident"
            )
        is_recent = (
            accepted_at is not None and post.at - accepted_at < _FILE_LACKS_POSTS
        )
        messages.expand(post, lacks_posts=is_recent)
        self._find_doubtful(post)

    def _find_doubtful(self, post: Post) -> None:
        """Find the messages that were interrupted; let those wait that are not out."""
        messages = self._require_mailing().messages
        messages.doubt_interrupted(post.key)
        # A person said that the post may be sent again; see `DeliveryAdmin`.
        if post.absent_at is not None:
            messages.requeue_doubtful(post.key, post.absent_at)

    def _is_done(self, post: Post) -> bool:
        """Return whether no message of a post is left to be sent.

        Raises:
            ChannelUnknown, ChannelRefused: see `_require_outcomes`.
        """
        mailing = self._require_mailing()
        mailing.require_own_file(post)
        messages = mailing.messages
        if not messages.is_expanded(post.key):
            return False
        self._begin(post)
        if messages.waiting(post.key):
            return False
        self._require_outcomes(post)
        return True

    def _send_waiting(self, post: Post, picture: bytes | None) -> None:
        mailing = self._require_mailing()
        for reader in mailing.messages.waiting(post.key):
            self._require_running(mailing)
            self._require_true(mailing, post)
            message = mailing.messages.claim(post.key, reader, self._clock.now())
            if message is not None:
                self._send_claimed(message, post, picture)

    def _send_claimed(
        self, message: ReaderMessage, post: Post, picture: bytes | None
    ) -> None:
        """Send one message, and record what became of it.

        The server's answer about a reader is not passed on, because it may quote the
        address.

        Raises:
            ChannelUnavailable, ChannelRefused: the server takes no message now.
        """
        messages, reader = self._require_mailing().messages, message.reader.id
        deferred, state = False, MessageState.SENT
        try:
            self._send_to_reader(message, post, picture)
        except MessageRefused:
            state = MessageState.REFUSED
        except MessageDeferred:
            deferred = message.deferrals + 1 < _MAX_DEFERRALS
            state = MessageState.WAITING if deferred else MessageState.REFUSED
        except ChannelUnknown:
            state = MessageState.DOUBTFUL
        except (ChannelUnavailable, ChannelRefused):
            messages.settle(post.key, reader, MessageState.WAITING)
            raise
        messages.settle(post.key, reader, state, deferred=deferred)

    def _send_to_reader(
        self, message: ReaderMessage, post: Post, picture: bytes | None
    ) -> None:
        mailing = self._require_mailing()
        own = mailing.addressed(post, message, self._domain)
        link = mailing.leave_link(message.reader.id, post.lang)
        # RFC 8058 requires https for one click.
        headers = MailHeaders(
            self._config.sender,
            (message.reader.address,),
            self._config.list_id,
            (link,),
            link.startswith("https:"),
        )
        try:
            self._deliver(own, picture, headers, message.reader.address)
        except MessageRefused as error:
            if picture is None or error.status not in _TOO_LARGE:
                raise
            # The reader did not get it, so sending it again makes no duplicate.
            self._deliver(own, None, headers, message.reader.address)

    def _require_none_sent(self, post: Post, error: ChannelRefused) -> None:
        """Raise ChannelUnavailable if a reader has the post: it is then not refused (P11)."""
        counts = self._require_mailing().messages.counts(post.key)
        if sent := _may_have(counts):
            total = sum(counts.values())
            raise ChannelUnavailable(
                f"{self.name}: {sent} of {total} messages were sent; the rest waits: {error}"
            ) from None

    def _require_outcomes(self, post: Post) -> None:
        """Raise an error if messages of a post wait, are in doubt, or are all refused."""
        counts = self._require_mailing().messages.counts(post.key)
        total = sum(counts.values())
        if waiting := counts.get(MessageState.WAITING):
            raise ChannelUnavailable(
                f"{self.name}: the mail server deferred {waiting} of {total} messages"
            )
        if doubtful := counts.get(MessageState.DOUBTFUL):
            raise ChannelUnknown(
                f"{self.name}: {doubtful} of {total} messages may have been sent, and"
                " Outagewire cannot read mailboxes; the others are done. Look in the log"
                " of the mail server: --not-posted sends these messages again, and"
                f" --posted-id {self.token(post)} does not"
            )
        refused = counts.get(MessageState.REFUSED, 0)
        if refused and refused == total:
            raise ChannelRefused(
                f"{self.name}: the mail server refused all {total} messages; look in its"
                " log"
            )

    def _send_test(self, post: Post, picture: bytes | None) -> None:
        """Send a test post to the sender alone."""
        sender = self._config.sender
        readable = re.sub(r"[^A-Za-z0-9]+", ".", post.key)
        own = replace(post, token=f"<{readable}@{self._domain}>")
        self._deliver(own, picture, MailHeaders(sender, (sender,)), sender)

    def _deliver(
        self, post: Post, picture: bytes | None, headers: MailHeaders, recipient: str
    ) -> None:
        try:
            message = compose(post, picture, headers).as_bytes()
        except ValueError as error:
            raise ChannelRefused(f"{self.name}: {error}") from None
        self._server.deliver(self._config.sender, (recipient,), message, post.key)

    @contextmanager
    def _store_errors(self) -> Iterator[None]:
        """Convert errors of the subscriptions' file: what waits is sent later."""
        try:
            yield
        except StoreError as error:
            raise ChannelUnavailable(f"{self.name}: {error}") from error


def _may_have(counts: Mapping[MessageState, int]) -> int:
    """Return how many readers have a post, or may have it, by the states of messages."""
    return sum(
        counts.get(state, 0) for state in (MessageState.SENT, MessageState.DOUBTFUL)
    )
