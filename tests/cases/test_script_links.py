"""Addresses that others give must not become active content on public pages."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest

from bot.clock import SystemClock
from bot.errors import BotError
from bot.model.delivery import Receipt
from bot.publishing.delivery_admin import DeliveryAdmin
from tests.cases.installation import Installation, mastodon_channel, mastodon_reply
from tests.servers.local import LocalServer, Reply

SCRIPT = "javascript:alert(document.cookie)//"
OTHER_SCHEMES = re.compile(
    r"""href\s*=\s*["']?\s*(?!https?:)[a-z][a-z0-9+.-]*:""", re.IGNORECASE
)


@pytest.fixture
def mastodon() -> Iterator[LocalServer]:
    """A Mastodon server that names a script as the address of a status."""
    posted = Reply(200, {"id": "7", "url": SCRIPT})
    server = LocalServer(lambda request: mastodon_reply(request, posted))
    yield server
    server.stop()


def _links_of_other_schemes(installation: Installation) -> list[str]:
    return OTHER_SCHEMES.findall(installation.pages())


def test_an_address_from_a_channel_never_becomes_a_script(
    confirmed: Installation, mastodon: LocalServer
) -> None:
    confirmed.configure(channels={"wire": mastodon_channel(mastodon.base_url)})
    # The draft was made for the file.
    confirmed.approve(redirect=["wire"])
    confirmed.run(1)
    (delivery,) = confirmed.deliveries().values()
    assert delivery.state == "sent"
    assert _links_of_other_schemes(confirmed) == []


def test_an_address_from_a_person_never_becomes_a_script(
    confirmed: Installation,
) -> None:
    """The address may be refused at once, or left out of the page."""
    confirmed.approve()
    (key,) = confirmed.deliveries()
    store = confirmed.application.store
    store.deliveries.claim(key, SystemClock().now())
    store.deliveries.escalate(key, "wire: cannot tell")
    admin = DeliveryAdmin(store, SystemClock(), "Ada", "seen with my own eyes")
    with suppress(BotError):
        admin.mark_posted(key, Receipt("17", SCRIPT))
    confirmed.stop()
    confirmed.run(1)
    assert _links_of_other_schemes(confirmed) == []


def test_a_link_from_a_recording_never_becomes_a_script(
    confirmed: Installation,
) -> None:
    """The link may be refused when the application starts, or left out of the page."""
    recording_file = confirmed.recording / "recording.toml"
    family = 'family = "control-plane"'
    text = recording_file.read_text("utf-8")
    assert family in text
    recording_file.write_text(
        text.replace(family, f'{family}\nlink = "{SCRIPT}"'), "utf-8"
    )
    with suppress(BotError):
        confirmed.run(1)
    assert (confirmed.home / "site" / "index.html").exists()
    assert _links_of_other_schemes(confirmed) == []
