"""Subscribing, confirming and leaving: what the pages for readers do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

import structlog

from bot.clock import Clock
from bot.errors import (
    ChannelError,
    ChannelUnknown,
    MessageDeferred,
    MessageRefused,
)
from bot.subscriptions.addresses import parse_address
from bot.subscriptions.choices import Choice, FormError, FormProblem
from bot.subscriptions.letters import Letter, ReaderTexts
from bot.subscriptions.limits import RequestCounter
from bot.subscriptions.readers import (
    REQUEST_EXPIRES_AFTER,
    ReaderStore,
    Subscriber,
    SubscriptionRequest,
)
from bot.subscriptions.tokens import SubscriptionKeys

CONFIRM_PATH = "subscribe/confirm"
LEAVE_PATH = "subscribe/leave"
"""The paths of the pages below the site's address."""
_MOST_FAILURES = 3
"""After so many failures in a row, the mail server counts as unavailable."""


def token_link(site_url: str, path: str, lang: str, token: str) -> str:
    """Return the address of a page of the server, in a language, with a token."""
    return f"{site_url.rstrip('/')}/{path}?lang={lang}&token={quote(token)}"


class LetterSender(Protocol):
    """Sends a letter to one reader."""

    def send_letter(self, address: str, letter: Letter) -> None:
        """Send a letter once.

        Raises:
            ChannelUnavailable, ChannelRefused: it was certainly not sent; MessageDeferred
                and MessageRefused if that depends on the reader's mailbox.
            ChannelUnknown: it may have been sent.
        """
        ...


@dataclass(frozen=True, slots=True)
class SubscriptionParts:
    """What `SubscriptionService` works with.

    Attributes:
        senders: send the letters, by the language of a choice; the keys are the languages
            that can be chosen.
        site_url: the public address of the site.
    """

    readers: ReaderStore
    counter: RequestCounter
    keys: SubscriptionKeys
    texts: ReaderTexts
    senders: Mapping[str, LetterSender]
    site_url: str
    clock: Clock


class SubscriptionService:
    """Handles what readers ask for; all methods may raise StoreError."""

    def __init__(self, parts: SubscriptionParts) -> None:
        """Use these parts; nothing is read or sent yet."""
        self._parts = parts
        self._log = structlog.get_logger("subscriptions")

    @property
    def texts(self) -> ReaderTexts:
        """The names of places and severities for the pages."""
        return self._parts.texts

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that can be chosen, sorted."""
        return tuple(sorted(self._parts.senders))

    def request(self, client: str, address: str, choice: Callable[[], Choice]) -> bool:
        """Store a request to subscribe; return False if there were too many requests.

        The result does not depend on whether the address is known. `send_letters` then
        sends the letter; call it when the answer is on its way, so that the time of the
        answer tells nothing either.

        Args:
            client: the IP address of the client.
            address: the address as it was entered.
            choice: returns what the reader chose, or raises FormError.

        Raises:
            FormError: the address or the choice is not valid.
        """
        parts, now = self._parts, self._parts.clock.now()
        if not parts.counter.accept(client, now):
            return False
        chosen = choice()
        if chosen.lang not in parts.senders:
            raise FormError(FormProblem.LANGUAGE)
        try:
            usual = parse_address(address)
        except ValueError:
            raise FormError(FormProblem.ADDRESS) from None
        parts.readers.request(usual, chosen, now)
        return True

    def send_letters(self) -> None:
        """Send the letters that wait, each at most once.

        A letter that certainly was not sent waits for the next call. No address and no
        answer of the mail server about an address is logged.
        """
        readers, clock = self._parts.readers, self._parts.clock
        unsent: list[str] = []
        failures = 0
        while (
            failures < _MOST_FAILURES
            and (request := readers.claim_letter(clock.now())) is not None
        ):
            error = self._try_letter(request)
            if error is None:
                failures = 0
                continue
            unsent.append(request.id)
            # One letter may be why the server ends the connection, so the next is tried.
            failures += not isinstance(error, MessageDeferred)
        # Only now, so that each of them is tried once in a call.
        for request_id in unsent:
            readers.release_letter(request_id)

    def _try_letter(self, request: SubscriptionRequest) -> ChannelError | None:
        """Send a claimed letter; return the error if it has to be tried again."""
        readers = self._parts.readers
        try:
            self._send_letter(request)
        except MessageDeferred as error:
            return error
        except MessageRefused:
            readers.drop_request(request.id)
        except ChannelUnknown:
            self._log.warning("letter may have been sent", request=request.id)
        except ChannelError as error:
            self._log.error("letter not sent", error=str(error))
            return error
        else:
            readers.settle_letter(request.id)
        return None

    def _send_letter(self, request: SubscriptionRequest) -> None:
        parts = self._parts
        token = parts.keys.confirmation_token(request.id, request.expires)
        lang = request.choice.lang
        link = token_link(parts.site_url, CONFIRM_PATH, parts.texts.code(lang), token)
        letter = parts.texts.confirmation(
            request.id, request.choice, link, REQUEST_EXPIRES_AFTER
        )
        # A language may have been removed from the configuration meanwhile.
        sender = parts.senders.get(lang) or next(iter(parts.senders.values()))
        sender.send_letter(request.address, letter)

    def requested(self, token: str) -> SubscriptionRequest | None:
        """Return the request that a token confirms; None if it cannot be confirmed."""
        now = self._parts.clock.now()
        request = self._parts.keys.confirmed_request(token, now)
        return (
            None if request is None else self._parts.readers.open_request(request, now)
        )

    def confirm(self, token: str) -> Subscriber | None:
        """Confirm the request of a token; None if it cannot be confirmed (again)."""
        now = self._parts.clock.now()
        request = self._parts.keys.confirmed_request(token, now)
        return None if request is None else self._parts.readers.confirm(request, now)

    def can_leave(self, token: str) -> bool:
        """Return whether a token is that of a reader, who may have left already."""
        return self._parts.keys.leaving_reader(token) is not None

    def leave(self, token: str, *, never_again: bool) -> bool:
        """Erase the reader of a token; return whether the token is valid.

        It is no error if the reader has left already.
        """
        reader = self._parts.keys.leaving_reader(token)
        if reader is not None:
            now = self._parts.clock.now()
            self._parts.readers.erase(reader, now, never_again=never_again)
        return reader is not None
