"""P10: a process that is killed while it sends to readers repeats nothing, loses nothing."""

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import tomlkit

from bot import bootstrap
from bot.clock import SystemClock
from bot.config import loading as configuration
from bot.model.delivery import DeliveryState
from bot.publishing.delivery_admin import DeliveryAdmin
from bot.store.sql_store import open_store
from bot.subscriptions.messages import MessageState
from tests.contract.stored import PNG, change, decision, draft, record
from tests.e2e.forked_processes import ForkedProcesses
from tests.servers.smtp import Mailbox
from tests.subscriptions import KEY, Subscriptions, mail_config, reader_post

pytestmark = pytest.mark.servers

READERS = 12
LOST, ARRIVED = 3, 7
"""The messages at which the process is killed: before and after the server stores them."""


@dataclass
class KillingMailbox(Mailbox):
    """A mail server that kills its client at two of the messages."""

    processes: ForkedProcesses | None = None
    seen: int = 0
    doubtful: list[str] = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - the library's name
        self.seen += 1
        if self.seen not in {LOST, ARRIVED}:
            return await super().handle_DATA(server, session, envelope)
        if self.seen == ARRIVED:
            await super().handle_DATA(server, session, envelope)
        self.doubtful += envelope.rcpt_tos
        assert self.processes is not None
        self.processes.send_kill()
        return "250 OK"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration with twelve readers, and one post that is due."""
    monkeypatch.setenv("READERS_KEY", KEY)
    subscriptions = Subscriptions(tmp_path)
    for number in range(READERS):
        subscriptions.subscribe(f"reader{number}@x.example")
    with closing(open_store(tmp_path / "wire.db")) as store:
        (event,) = record(store, change(1))
        key, incident = f"{event.key}/readers", event.incident
        now = SystemClock().now()
        post = reader_post(
            key=key, incident=incident, event=event.key, at=now, made_at=now
        )
        store.drafts.save(draft(event), PNG, (decision(event),), [post])
    return tmp_path / "config.toml"


def write_config(file: Path, port: int) -> None:
    section = mail_config(port).model_dump(mode="json", exclude={"timeout", "user"})
    section = {name: value for name, value in section.items() if value is not None}
    values = {
        "store": {"path": "wire.db"},
        "site": {"out": "site"},
        "subscriptions": {"key": "env:READERS_KEY", "path": "readers.db"},
        "channels": {"readers": section},
    }
    file.write_text(tomlkit.dumps(values), "utf-8")


def test_killed_process_repeats_and_loses_no_message(config: Path) -> None:
    mailbox = KillingMailbox()
    mailbox.start()
    write_config(config, mailbox.port)
    log = config.with_name("log.txt")
    processes = ForkedProcesses(log, "tests.e2e.poster", READERS_KEY=KEY)
    mailbox.processes = processes
    exits = [run(processes, config) for _ in range(3)]
    assert exits == [-9, -9, 0], log.read_text("utf-8")
    sent_once = addresses(mailbox)
    assert max(sent_once.values()) == 1
    lost, arrived = mailbox.doubtful
    everybody = {f"reader{number}@x.example" for number in range(READERS)}
    assert everybody - set(sent_once) == {lost}
    assert arrived in sent_once
    send_doubtful_again(config)
    assert run(processes, config) == 0
    processes.stop()
    mailbox.stop()
    assert addresses(mailbox) - sent_once == Counter({lost: 1, arrived: 1})
    assert len({message["Message-ID"] for message in mailbox.emails}) == READERS
    assert "@x.example" not in log.read_text("utf-8")


def run(processes: ForkedProcesses, config: Path) -> int:
    """Send posts in a process until all is settled; return its exit code."""
    processes.fork(str(config))
    return processes.wait()


def send_doubtful_again(config: Path) -> None:
    """Decide, as a person, that the messages in doubt are sent again."""
    settings = configuration.load_config(config)
    with closing(open_store(config.with_name("wire.db"))) as store:
        (delivery,) = store.deliveries.all()
        assert delivery.state is DeliveryState.PERSON
        assert Subscriptions(config.parent).messages.counts(delivery.post.key) == {
            MessageState.SENT: READERS - 2,
            MessageState.DOUBTFUL: 2,
        }
        admin = DeliveryAdmin(store, SystemClock(), "Ada", "seen in the server's log")
        admin.mark_not_posted(delivery.post.key, bootstrap.targets(settings))


def addresses(mailbox: Mailbox) -> Counter[str]:
    return Counter(address for (address,) in mailbox.recipients)
