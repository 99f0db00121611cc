"""A person drops a post that some have, or may have: they get its corrections (P11)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import make_app
from bot.errors import BotError, RecordChanged
from bot.model.delivery import Delivery, DeliveryState
from bot.model.incident import EventKind
from bot.policy.corrections import CorrectionStatus, correction_statuses
from bot.publishing.delivery_admin import DeliveryAdmin
from bot.store.sql_store import open_store
from tests.e2e.test_readers_mail import ADDRESSES, Wire, once
from tests.fakes import FakeChannel
from tests.servers.smtp import Mailbox
from tests.subscriptions import Subscriptions

pytest_plugins = ["tests.servers.fixtures"]
QUOTA = [("MAIL", "250 OK"), ("MAIL", "451 daily limit")]
"""The server takes one message, and then no more for now."""


@pytest.fixture
def wire(tmp_path: Path, mailbox: Mailbox) -> Iterator[Wire]:
    store, subscriptions = open_store(tmp_path / "wire.db"), Subscriptions(tmp_path)
    for address in ADDRESSES:
        subscriptions.subscribe(address)
    yield Wire(store, subscriptions, mailbox)
    store.close()


def admin_of(wire: Wire) -> DeliveryAdmin:
    return DeliveryAdmin(wire.store, wire.clock, "Ada", "no news any more")


def retract(wire: Wire) -> Delivery:
    wire.clock.sleep(timedelta(minutes=30))
    wire.queue(EventKind.RETRACTED)
    return wire.publish_until_settled()


def statuses(wire: Wire) -> tuple[CorrectionStatus, ...]:
    """Return where the retraction, the last post of the wire, is owed or was sent."""
    post = wire.posts[-1]
    event = replace(wire.store.incidents.event(post.event), kind=EventKind.RETRACTED)
    thread = wire.store.deliveries.of_incident(post.incident)
    return correction_statuses(event, event.at, thread)


def test_readers_who_have_a_dropped_post_get_its_retraction(wire: Wire) -> None:
    wire.mailbox.refusals = list(QUOTA)
    claim = wire.queue()
    assert wire.publish().state is DeliveryState.WAITING
    admin_of(wire).drop(claim.key, wire.channel())
    assert wire.delivery().state is DeliveryState.SENT
    assert retract(wire).state is DeliveryState.SENT
    assert wire.mails() == once(1, 2, addresses=ADDRESSES[:1])
    (status,) = statuses(wire)
    assert status.channel == "readers"
    assert status.corrected_at is not None


def test_readers_in_doubt_of_a_dropped_post_get_its_retraction(wire: Wire) -> None:
    wire.mailbox.refusals = [("DATA", "hang up")]
    claim = wire.queue()
    assert wire.publish_until_settled().state is DeliveryState.PERSON
    admin_of(wire).drop(claim.key, wire.channel())
    assert wire.delivery().state is DeliveryState.SENT
    assert retract(wire).state is DeliveryState.SENT
    assert wire.mails() == once(1, 2)


def test_post_that_no_reader_has_is_dropped(wire: Wire) -> None:
    wire.mailbox.refusals = [QUOTA[1]]
    claim = wire.queue()
    assert wire.publish().state is DeliveryState.WAITING
    admin_of(wire).drop(claim.key, wire.channel())
    assert wire.delivery().state is DeliveryState.DROPPED
    assert retract(wire).state is DeliveryState.SENT
    assert not wire.mails()


def test_unreadable_subscriptions_leave_the_post_to_the_person(wire: Wire) -> None:
    wire.mailbox.refusals = list(QUOTA)
    claim = wire.queue()
    wire.publish()
    wire.subscriptions.path.chmod(0o644)
    with pytest.raises(BotError, match="chmod 600"):
        admin_of(wire).drop(claim.key, wire.channel())
    assert wire.delivery().state is DeliveryState.PERSON
    wire.subscriptions.path.chmod(0o600)
    admin_of(wire).drop(claim.key, wire.channel())
    assert wire.delivery().state is DeliveryState.SENT


def test_tried_post_of_another_channel_is_given_up(wire: Wire) -> None:
    """A text whose picture failed, or a letter to several, may be out in part."""
    wire.mailbox.refusals = list(QUOTA)
    claim = wire.queue()
    wire.publish()
    admin_of(wire).drop(claim.key, FakeChannel("readers"))
    assert wire.delivery().state is DeliveryState.GIVEN_UP
    wire.queue(EventKind.RETRACTED)
    assert statuses(wire)
    admin_of(wire).drop(claim.key, FakeChannel("readers"), not_posted=True)
    assert not statuses(wire)


def test_untried_post_is_dropped_and_settled_once(wire: Wire) -> None:
    claim = wire.queue()
    admin_of(wire).drop(claim.key, FakeChannel("readers"))
    assert wire.delivery().state is DeliveryState.DROPPED
    with pytest.raises((BotError, RecordChanged)):
        admin_of(wire).drop(claim.key, FakeChannel("readers"))


def test_command_says_that_a_tried_post_may_be_published(
    wire: Wire, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    channel = '[channels.readers]\nkind = "file"\npath = "posts.jsonl"\n'
    config.write_text(f'[store]\npath = "wire.db"\n{channel}', "utf-8")
    claim = wire.queue()
    assert wire.store.deliveries.claim(claim.key, wire.clock.now())
    wire.store.deliveries.escalate(claim.key, "cannot tell")
    who = ("--by", "Ada", "--reason", "old", "--config", str(config))
    words = ("deliveries", "settle", claim.key, "--drop", *who)
    assert (
        "given up, perhaps published now"
        in CliRunner().invoke(make_app(), words).output
    )
    result = CliRunner().invoke(make_app(), (*words, "--not-posted"))
    assert "never to be sent now" in result.output
