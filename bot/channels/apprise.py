"""Letters to the editors through Apprise: Slack, Teams, Discord, and many more.

For editors and operators only. Apprise gives no id back, takes no key, and does not
tell whether a failure came before or after its question: what failed may have arrived.
So a letter may come twice, which is better for its readers than never, and would not
do in public.
"""

import logging
from collections import defaultdict
from datetime import timedelta
from typing import Annotated, Literal

import apprise
from apprise.attachment.memory import AttachMemory
from pydantic import Field, SecretStr, field_validator

from bot.channels.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet
from bot.settings import Duration, Secret

# The services behind have limits of their own; their addresses can say what to do
# (`?overflow=split`). This keeps a template from running wild.
_LIMIT = 100_000
# Addresses hold the secrets of the services, and all of these tell addresses.
_TALKATIVE = ("apprise", "urllib3")


class AppriseConfig(TextOptions):
    """The services' addresses, each of them a secret."""

    kind: Literal["apprise"] = "apprise"
    urls: Annotated[tuple[Secret, ...], Field(strict=False, min_length=1)]
    timeout: Duration = timedelta(seconds=30)

    @field_validator("urls")
    @classmethod
    def _are_known(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for number, url in enumerate(value):
            if not _service(url):
                raise ValueError(f"Apprise cannot read the address number {number + 1}")
        return value


class AppriseChannel:
    """Sends one letter a post to each service."""

    def __init__(self, name: str, config: AppriseConfig, clock: Clock) -> None:
        """Keep what is needed; no connection yet."""
        del clock  # Apprise keeps its own time
        self.name = name
        self._config = config
        self._services = tuple(_service(url) for url in config.urls)
        self._reached: dict[str, set[int]] = defaultdict(set)
        self._failed: dict[str, set[int]] = defaultdict(set)

    def outlet(self) -> Outlet:
        """A letter is as long as it needs to be."""
        return self._config.spoken(
            Outlet(
                name=self.name,
                kind="apprise",
                limit=_LIMIT,
            )
        )

    def token(self, post: Post) -> str:
        """The post's own key; no service takes one."""
        return post.key

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send to every service that it has not reached since we started.

        Where it failed before, the picture may be why: there the words go alone.

        Raises:
            ChannelUnknown: one of them failed; the letter may have arrived there.
        """
        reached, failed = self._reached[post.key], self._failed[post.key]
        for number in sorted(set(range(len(self._services))) - reached):
            shown = None if number in failed else picture
            taken = _notify(self._services[number], post, shown, self._config.timeout)
            (reached if taken else failed).add(number)
        if missed := sorted(failed - reached):
            which = ", ".join(str(number + 1) for number in missed)
            raise ChannelUnknown(
                f"{self.name}: Apprise failed with address {which} of"
                f" {len(self._services)}; it does not tell whether the letter arrived"
            )
        del self._reached[post.key], self._failed[post.key]
        return Receipt(id=post.key)

    def find(self, post: Post) -> Receipt | None:
        """Always None: nobody can be asked, and a letter that comes twice does no harm.

        It is for our own editors alone.
        """
        del post
        return None

    def remove(self, receipt: Receipt) -> None:
        """Refused: Apprise does not tell what it made."""
        raise ChannelRefused(f"{self.name}: {receipt.id} cannot be taken back")


def _service(url: SecretStr) -> apprise.Apprise:
    """One service, or none where the address cannot be read; it is never told."""
    for talkative in _TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.CRITICAL + 1)
    # In memory: nothing of an address is written to a disk.
    asset = apprise.AppriseAsset(storage_mode="memory", app_id="Outagewire")
    service = apprise.Apprise(asset=asset)
    service.add(url.get_secret_value())
    return service


def _notify(
    service: apprise.Apprise, post: Post, picture: bytes | None, timeout: timedelta
) -> bool:
    """Whether Apprise says that the letter was taken."""
    title, _, body = post.text.partition("\n")
    chart = None
    if post.picture is not None and picture is not None:
        name, mime = post.picture.name, post.picture.mime
        chart = AttachMemory(picture, name, mime)  # type: ignore[no-untyped-call]
    result = service.notify(
        # A letter of one line has no title: no service takes one without words.
        body=body.strip() or title,
        title=title if body.strip() else "",
        body_format=apprise.NotifyFormat.TEXT,
        attach=chart,
        timeout=timeout.total_seconds(),
    )
    return bool(result)
