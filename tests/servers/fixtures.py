"""Servers as pytest fixtures: `pytest_plugins = ["tests.servers.fixtures"]`."""

from collections.abc import Iterator

import pytest

from tests.servers.mastodon_standin import MastodonStandIn
from tests.servers.presence import lacking
from tests.servers.smtp import Mailbox
from tests.servers.snac import Snac, find_snac, start_snac
from tests.servers.x_standin import XStandIn


@pytest.fixture(scope="session")
def snac(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snac]:
    """A real Mastodon-API server with an account that is logged in."""
    binary = find_snac()
    if binary is None:
        lacking("snac")
    server = start_snac(binary, tmp_path_factory.mktemp("snac") / "data")
    yield server
    server.stop()


@pytest.fixture
def mastodon_standin() -> Iterator[MastodonStandIn]:
    """A strict stand-in for what the real server lacks of Mastodon."""
    standin = MastodonStandIn().start()
    yield standin
    standin.stop()


@pytest.fixture
def x_standin() -> Iterator[XStandIn]:
    """A strict stand-in for X that expects signatures for the true address."""
    standin = _started(XStandIn())
    yield standin
    standin.stop()


@pytest.fixture
def x_standin_for_sdk() -> Iterator[XStandIn]:
    """The same, for clients that sign for the stand-in's own address."""
    standin = _started(XStandIn(signed_base=""))
    yield standin
    standin.stop()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real SMTP server that asks for no login."""
    box = Mailbox().start()
    yield box
    box.stop()


@pytest.fixture
def locked_mailbox() -> Iterator[Mailbox]:
    """A real SMTP server that asks for a login."""
    box = Mailbox(login=True).start()
    yield box
    box.stop()


def _started(standin: XStandIn) -> XStandIn:
    try:
        return standin.start()
    except FileNotFoundError as error:
        lacking(str(error))
