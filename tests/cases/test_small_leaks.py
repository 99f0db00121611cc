"""Small leaks of secrets and drafts, and hostile values that should be stopped."""

import base64
import csv
import io
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from pydantic import SecretStr, ValidationError

from bot.channels.clients.mail_message import MailHeaders, compose
from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.channels.webhook import WebhookChannel, WebhookConfig
from bot.clock import SystemClock
from bot.errors import ChannelError, ChannelUnavailable
from bot.model.entity import Entity, EntityKind
from bot.model.event import Credit
from bot.model.interval import Interval
from bot.site.data_files import csv_text
from bot.store.sql_store import open_store
from tests.builders import NOW, ONSET, evidence, facts
from tests.contract.rigs.rig import make_post
from tests.servers.local import LocalServer, Reply

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SECRET = "hunter2/hunter2+hunter2"


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_of_a_csv_is_a_formula(start: str) -> None:
    """P13: a credit stays readable, but no spreadsheet takes it for a formula."""
    text = f'{start}HYPERLINK("http://evil.example")'
    record = facts(credits=(Credit("ioda.ping-slash24", text, text, None),))
    window = Interval(ONSET.since - timedelta(hours=2), NOW)
    file = io.StringIO(csv_text(evidence(record), record, window), newline="")
    rows = list(csv.DictReader(file))
    cells = [row[name] for row in rows for name in ("credit", "licence") if row[name]]
    assert cells
    assert all("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(FORMULA_STARTS) for cell in cells)


class LinkParser(HTMLParser):
    """A parser that collects the attributes of every link."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs))


def test_a_link_in_an_email_has_no_other_attribute() -> None:
    text = 'Subject\n\nSee https://evil.example/"style="position:fixed here.'
    heading = MailHeaders("wire@news.example", ("desk@news.example",))
    page = compose(make_post(text), None, heading).get_body(("html",))
    assert page is not None
    parser = LinkParser()
    parser.feed(page.get_content())
    assert [set(link) for link in parser.links] == [{"href"}]


@pytest.fixture
def make_channel() -> Iterator[Callable[[Reply], MastodonChannel]]:
    """A function that makes a channel whose server gives one answer to every request."""
    servers: list[LocalServer] = []

    def make(reply: Reply) -> MastodonChannel:
        servers.append(LocalServer(lambda _: reply))
        base_url = servers[-1].base_url
        config = MastodonConfig(base_url=base_url, token=SecretStr(SECRET))
        return MastodonChannel("one", config, SystemClock())

    yield make
    for server in servers:
        server.stop()


@pytest.mark.parametrize(
    "echo",
    [base64.b64encode(SECRET.encode()).decode(), quote(SECRET, safe="")],
    ids=["base64", "percent-encoded"],
)
def test_a_secret_echoed_in_another_encoding_is_hidden(
    make_channel: Callable[[Reply], MastodonChannel], echo: str
) -> None:
    """P16: errors are stored and shown, so no encoding of a secret may be in them."""
    channel = make_channel(Reply(403, {"error": f"refused: {echo}"}))
    with pytest.raises(ChannelError) as caught:
        channel.send(make_post("One"), None)
    assert "refused" in str(caught.value)
    assert echo not in str(caught.value)


def test_a_new_store_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    """A store has drafts that other users of the machine must not see."""
    before = os.umask(0o022)
    try:
        store = open_store(tmp_path / "wire.db")
        files = list(tmp_path.iterdir())
        modes = {file.name: file.stat().st_mode & 0o077 for file in files}
        store.close()
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(modes, 0)
    assert modes


def test_an_absurd_retry_after_is_limited(
    make_channel: Callable[[Reply], MastodonChannel],
) -> None:
    """P10: the post is tried again within a day, however long the server asks to wait."""
    channel = make_channel(Reply(429, {}, {"Retry-After": "999999999999"}))
    with pytest.raises(ChannelUnavailable) as caught:
        channel.send(make_post("One"), None)
    retry_after = caught.value.retry_after
    assert retry_after is None or retry_after <= timedelta(days=1)


def test_an_invalid_host_name_raises_a_known_error() -> None:
    """P16: the configuration or the channel refuses the host name with a known error."""
    key = base64.b64encode(bytes(32)).decode()

    def send() -> None:
        config = WebhookConfig(
            url="https://xn--a/hook", secret=SecretStr(f"whsec_{key}")
        )
        WebhookChannel("one", config, SystemClock()).send(make_post("One"), None)

    with pytest.raises((ValidationError, ChannelError)):
        send()


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (EntityKind.COUNTRY, "KZ\n"),
        (EntityKind.ASN, "9198\n"),
        (EntityKind.REGION, "KZ/Almaty\n"),
        (EntityKind.REGION, "KZ/Al\nmaty"),
        (EntityKind.REGION, "KZ/Al\0maty"),
    ],
)
def test_an_entity_code_with_control_characters_is_refused(
    kind: EntityKind, code: str
) -> None:
    with pytest.raises(ValueError, match="entity"):
        Entity(kind, code)
