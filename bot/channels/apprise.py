"""Sends messages to editors through Apprise: to Slack, Teams, Discord and many others.

This channel is for editors and operators only. Apprise returns no message id, takes no
idempotency key, and does not report whether a failure came before or after the request
was sent, so a message that failed may have arrived. The message is sent again, because
for editors a duplicate is better than a lost message. For public posts a duplicate is
not allowed (P10).
"""

import logging
from collections import defaultdict
from datetime import timedelta
from typing import Annotated, Literal

import apprise
from apprise.attachment.memory import AttachMemory
from pydantic import Field, SecretStr, field_validator

from bot.channels.shared.targets import digest_of
from bot.channels.shared.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet
from bot.settings import Secret, Timeout

# This limit matters only if a faulty template makes an endless text. The services have
# limits of their own. For messages above a service's limit, a URL can have the option
# `?overflow=split`.
_LIMIT = 100_000
# The loggers to silence: they log the services' URLs, which contain secrets.
_LOGGERS = ("apprise", "urllib3")


class AppriseConfig(TextOptions):
    """The URLs of the services; each of them is a secret."""

    kind: Literal["apprise"] = "apprise"
    urls: Annotated[tuple[Secret, ...], Field(strict=False, min_length=1)]
    timeout: Timeout = timedelta(seconds=30)

    @field_validator("urls")
    @classmethod
    def _are_known(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for number, url in enumerate(value, 1):
            if not _service(url):
                raise ValueError(f"Apprise cannot read URL number {number}; correct it")
        return value

    @property
    def target(self) -> str:
        """Where messages go: a digest of the URLs, because each of them is a secret.

        A new password in a URL counts as another target.
        """
        urls = (url.get_secret_value() for url in self.urls)
        return f"apprise {digest_of(*urls)}"


class AppriseChannel:
    """Sends one message for each post to each service."""

    def __init__(self, name: str, config: AppriseConfig, clock: Clock) -> None:
        """Create the services; no request is sent yet."""
        del clock  # Apprise uses the machine's clock
        self.name = name
        self.target = config.target
        self._config = config
        self._services = tuple(_service(url) for url in config.urls)
        # Both dictionaries have the post's key as key and indices of services as
        # values: the services that accepted the post, and those that failed at least
        # once.
        self._reached: dict[str, set[int]] = defaultdict(set)
        self._failed: dict[str, set[int]] = defaultdict(set)

    def outlet(self) -> Outlet:
        """Return an outlet whose length limit no normal text reaches."""
        return self._config.apply_to(
            Outlet(
                name=self.name,
                kind="apprise",
                limit=_LIMIT,
            )
        )

    def token(self, post: Post) -> str:
        """Return the post's key; the services take no token."""
        return post.key

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send to each service that has not accepted the post yet.

        After a restart the post is sent to all services again. A service that failed
        before gets the text alone, because the picture may have caused the failure.

        Raises:
            ChannelUnknown: a service failed; the message may have arrived there.
        """
        reached, failed = self._reached[post.key], self._failed[post.key]
        for index in sorted(set(range(len(self._services))) - reached):
            data = None if index in failed else picture
            accepted = _notify(self._services[index], post, data, self._config.timeout)
            (reached if accepted else failed).add(index)
        if missed := sorted(failed - reached):
            numbers = ", ".join(str(index + 1) for index in missed)
            raise ChannelUnknown(
                f"{self.name}: Apprise failed for URL {numbers} of"
                f" {len(self._services)}; the message may have arrived nevertheless"
            )
        del self._reached[post.key], self._failed[post.key]
        return Receipt(id=post.key)

    def find(self, post: Post) -> Receipt | None:
        """Return None: the services cannot be queried, and a duplicate does editors no harm."""
        del post
        return None

    def remove(self, receipt: Receipt) -> None:
        """Refuse to delete a message, because Apprise returns no message id.

        Raises:
            ChannelRefused: always.
        """
        raise ChannelRefused(f"{self.name}: the message {receipt.id} cannot be deleted")


def _service(url: SecretStr) -> apprise.Apprise:
    """Return the service at `url`; the result is falsy if Apprise cannot read the URL.

    The loggers of the libraries are silenced first, because they would log the URL.
    """
    for logger in _LOGGERS:
        logging.getLogger(logger).setLevel(logging.CRITICAL + 1)
    # With memory storage, Apprise writes no part of the URL to the disk.
    asset = apprise.AppriseAsset(storage_mode="memory", app_id="Outagewire")
    service = apprise.Apprise(asset=asset)
    service.add(url.get_secret_value())
    return service


def _notify(
    service: apprise.Apprise, post: Post, picture: bytes | None, timeout: timedelta
) -> bool:
    """Send one message; return whether Apprise reports that the service accepted it."""
    title, _, body = post.text.partition("\n")
    attachment = None
    if post.picture is not None and picture is not None:
        name, mime = post.picture.name, post.picture.mime
        attachment = AttachMemory(picture, name, mime)  # type: ignore[no-untyped-call]
    result = service.notify(
        # The services require a body, so a message of one line is sent without a title.
        body=body.strip() or title,
        title=title if body.strip() else "",
        body_format=apprise.NotifyFormat.TEXT,
        attach=attachment,
        timeout=timeout.total_seconds(),
    )
    return bool(result)
