"""What the channel of readers needs: the messages of a post, and their final form."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import ChannelUnknown
from bot.model.delivery import Post
from bot.subscriptions.file_check import FileCheck
from bot.subscriptions.letters import ReaderTexts
from bot.subscriptions.messages import MessageStore, ReaderMessage
from bot.subscriptions.service import LEAVE_PATH, token_link
from bot.subscriptions.tokens import SubscriptionKeys

_HASH_DIGITS = 24


@dataclass(frozen=True, slots=True)
class ReaderMailing:
    """Makes the message of each reader from a post.

    Attributes:
        messages: the messages and their states.
        keys: sign the links by which readers leave.
        texts: the words of the links.
        site_url: the public address of the site.
        is_paused: returns whether a person has stopped a channel, by its name (P16).
        is_retracted: returns whether an incident is retracted, by its id (P11).
        check: notices a file that was lost or restored; None: nobody looks.
    """

    messages: MessageStore
    keys: SubscriptionKeys
    texts: ReaderTexts
    site_url: str
    is_paused: Callable[[str], bool]
    is_retracted: Callable[[str], bool]
    check: FileCheck | None = None

    def require_known_file(self) -> None:
        """Raise StoreError if the file was lost, replaced or restored."""
        if self.check is not None:
            self.check.require_known()

    def require_own_file(self, post: Post) -> datetime | None:
        """Check the file; return when a person last accepted another or an older one.

        Raises:
            StoreError: the file was lost, replaced or restored.
            ChannelUnknown: the post was tried with a file that was replaced since then.
        """
        self.require_known_file()
        accepted_at = None if self.check is None else self.check.accepted_at()
        if accepted_at is not None and may_have_been_sent(post, accepted_at):
            raise ChannelUnknown(
                f"{post.channel}: {post.key} was tried before the readers' file was"
                " restored or begun anew, so readers may have it; --not-posted sends it to"
                " all that the file does not show as done"
            )
        return accepted_at

    def leave_link(self, reader: str, lang: str) -> str:
        """Return the address of the page where a reader leaves, in a language."""
        token = self.keys.leave_token(reader)
        return token_link(self.site_url, LEAVE_PATH, self.texts.code(lang), token)

    def addressed(self, post: Post, message: ReaderMessage, domain: str) -> Post:
        """Return the post as one reader gets it: its own ids, and how to leave.

        The same post and reader always give the same message, so that a mail program can
        recognise a repetition.

        Args:
            post: the post of the channel.
            message: the claimed message.
            domain: the domain of the sender, for the Message-ID.
        """
        reader = message.reader.id
        footer = self.texts.footer(post.lang, self.leave_link(reader, post.lang))
        parent, root = (
            None if key is None else self.message_id(key, reader, domain)
            for key in (message.parent, message.root)
        )
        return replace(
            post,
            text=f"{post.text.rstrip()}\n\n{footer}",
            token=self.message_id(post.key, reader, domain),
            reply_to=parent,
            root=root,
        )

    def message_id(self, key: str, reader: str, domain: str) -> str:
        """Return the Message-ID of the message of a post to a reader."""
        readable = re.sub(r"[^A-Za-z0-9]+", ".", key).strip(".")
        digest = self.keys.message_hash(key, reader)[:_HASH_DIGITS]
        return f"<{readable}.{digest}@{domain}>"


def may_have_been_sent(post: Post, accepted_at: datetime) -> bool:
    """Return whether a post was tried with a file that a person replaced since then."""
    is_old = post.tried_at is not None and post.tried_at < accepted_at
    return is_old and (post.absent_at is None or post.absent_at < accepted_at)
