"""Servers as fixtures; load them with `pytest_plugins = ["tests.servers.fixtures"]`."""

from collections.abc import Iterator

import pytest

from tests.servers.mastodon_standin import MastodonStandIn
from tests.servers.missing import report_missing
from tests.servers.ntfy import Ntfy, find_ntfy, start_ntfy
from tests.servers.pds import Pds, find_node, start_pds
from tests.servers.smtp import Mailbox
from tests.servers.snac import Snac, snac_with_account
from tests.servers.synapse import Synapse, find_synapse, start_synapse
from tests.servers.telegram_standin import TelegramStandIn
from tests.servers.x_standin import XStandIn


@pytest.fixture(scope="session")
def snac(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snac]:
    """snac, a real server with the Mastodon API, with one account that is logged in."""
    yield from snac_with_account(tmp_path_factory.mktemp("snac"))


@pytest.fixture(scope="session")
def synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """Synapse, a real Matrix server; each test registers the accounts that it needs."""
    python = find_synapse()
    if python is None:
        report_missing("Synapse")
    server = start_synapse(python, tmp_path_factory.mktemp("synapse") / "data")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def ntfy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ntfy]:
    """ntfy, a real notification server, with one topic and two users."""
    binary = find_ntfy()
    if binary is None:
        report_missing("ntfy")
    server = start_ntfy(binary, tmp_path_factory.mktemp("ntfy") / "data")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def ntfy_without_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ntfy]:
    """ntfy, a real notification server, set up to accept no attachments."""
    binary = find_ntfy()
    if binary is None:
        report_missing("ntfy")
    folder = tmp_path_factory.mktemp("ntfy") / "data"
    server = start_ntfy(binary, folder, attachments=False)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def pds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pds]:
    """A real Bluesky PDS; each test creates its own accounts."""
    node = find_node()
    if node is None:
        report_missing("the Bluesky PDS")
    server = start_pds(node, tmp_path_factory.mktemp("pds") / "data")
    yield server
    server.stop()


@pytest.fixture
def mastodon_standin() -> Iterator[MastodonStandIn]:
    """A strict stand-in for the parts of Mastodon that snac does not have."""
    standin = MastodonStandIn().start()
    yield standin
    standin.stop()


@pytest.fixture
def x_standin() -> Iterator[XStandIn]:
    """A strict stand-in for X that expects signatures for the real address of X."""
    standin = _started(XStandIn())
    yield standin
    standin.stop()


@pytest.fixture
def x_standin_for_sdk() -> Iterator[XStandIn]:
    """A strict stand-in for X that expects signatures for its own address."""
    standin = _started(XStandIn(signed_base=""))
    yield standin
    standin.stop()


@pytest.fixture
def telegram_standin() -> Iterator[TelegramStandIn]:
    """A strict stand-in for Telegram."""
    standin = TelegramStandIn().start()
    yield standin
    standin.stop()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real SMTP server without login."""
    mailbox_server = Mailbox().start()
    yield mailbox_server
    mailbox_server.stop()


@pytest.fixture
def locked_mailbox() -> Iterator[Mailbox]:
    """A real SMTP server that requires a login."""
    mailbox_server = Mailbox(login=True).start()
    yield mailbox_server
    mailbox_server.stop()


def _started(standin: XStandIn) -> XStandIn:
    try:
        return standin.start()
    except FileNotFoundError as error:
        report_missing(str(error))
