"""The readers' file is lost or restored while posts go out by e-mail (P10, P11, P19)."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.delivery import DeliveryState
from bot.model.incident import EventKind
from bot.store.file_memories import StoredFileMemory
from bot.store.sql_store import open_store
from bot.subscriptions.file_check import FileCheck, KnownFile
from tests.e2e.test_readers_mail import ADDRESSES, Wire, once
from tests.servers.smtp import Mailbox
from tests.subscriptions import Subscriptions

pytest_plugins = ["tests.servers.fixtures"]
LATER = timedelta(minutes=30)


@pytest.fixture
def wire(tmp_path: Path, mailbox: Mailbox) -> Iterator[Wire]:
    """Three readers of everything, in a file that the store remembers."""
    store, subscriptions = open_store(tmp_path / "wire.db"), Subscriptions(tmp_path)
    memory = StoredFileMemory(tmp_path / "wire.db")
    subscriptions.check = FileCheck(subscriptions.file, subscriptions.path, memory)
    for address in ADDRESSES:
        subscriptions.subscribe(address)
    yield Wire(store, subscriptions, mailbox)
    store.close()


def accept(wire: Wire) -> None:
    """Accept the file that is there, as `outagewire readers accept` does."""
    check = wire.subscriptions.check
    assert check is not None
    state = wire.subscriptions.file.state()
    check.memory.write(KnownFile(state, wire.clock.now(), "Ada: no newer copy"))
    wire.clock.sleep(LATER)


def test_post_waits_until_the_file_is_back(wire: Wire, tmp_path: Path) -> None:
    wire.queue()
    assert wire.publish_until_settled().state is DeliveryState.SENT
    away = tmp_path / "away.db"
    shutil.move(wire.subscriptions.path, away)
    wire.queue(EventKind.RETRACTED)
    delivery = wire.publish()
    assert delivery.state is DeliveryState.WAITING
    assert "missing or empty; it had 3 readers" in delivery.note
    assert not wire.subscriptions.path.exists()
    shutil.move(away, wire.subscriptions.path)
    wire.clock.sleep(LATER)
    assert wire.publish_until_settled().state is DeliveryState.SENT
    assert wire.mails() == once(1, 2)


def test_older_copy_repeats_no_letter_and_keeps_nobody_from_a_retraction(
    wire: Wire, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(wire.subscriptions.path, copy)
    wire.mailbox.refusals = [("MAIL", "250 OK"), ("MAIL", "451 daily limit")]
    claim = wire.queue()
    assert wire.publish().state is DeliveryState.WAITING
    shutil.copy(copy, wire.subscriptions.path)
    wire.clock.sleep(LATER)
    assert "older copy" in wire.publish().note
    assert wire.mails() == once(1, addresses=ADDRESSES[:1])
    accept(wire)
    assert wire.publish_until_settled().state is DeliveryState.PERSON
    assert wire.mails() == once(1, addresses=ADDRESSES[:1])
    wire.store.deliveries.drop(claim.key, "too late", in_doubt=True)
    wire.queue(EventKind.RETRACTED)
    wire.clock.sleep(LATER)
    assert wire.publish_until_settled().state is DeliveryState.SENT
    assert wire.mails() == once(1, addresses=ADDRESSES[:1]) + once(2)
