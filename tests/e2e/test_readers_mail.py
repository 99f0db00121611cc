"""Posts to readers through the publisher and a real SMTP server (P10)."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from bot.channels.readers import ReadersChannel
from bot.clock import StillClock
from bot.errors import ChannelRefused, ChannelUnknown
from bot.model.delivery import Delivery, DeliveryState, Post, Receipt
from bot.model.incident import EventKind, State
from bot.publishing.delivery_admin import DeliveryAdmin
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.store.sql_store import SqlStore, open_store
from bot.subscriptions.messages import MessageState
from tests.contract.stored import PNG, change, decision, draft, record
from tests.servers.smtp import Mailbox
from tests.subscriptions import SITE, Subscriptions, reader_post

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = pytest.mark.servers

ADDRESSES = tuple(f"reader{n}@site{n}.example" for n in range(3))
SETTLE = timedelta(seconds=60)
LATER = timedelta(minutes=30)


@dataclass
class Wire:
    """A publisher with one channel of readers, and what it works with."""

    store: SqlStore
    subscriptions: Subscriptions
    mailbox: Mailbox
    posts: list[Post] = field(default_factory=list)

    @property
    def clock(self) -> StillClock:
        return self.subscriptions.clock

    def channel(self) -> ReadersChannel:
        return self.subscriptions.channel(self.mailbox.port)

    def queue(self, kind: EventKind = EventKind.CONFIRMED) -> Post:
        """Queue the post of the next event of the incident."""
        seq = len(self.posts) + 1
        changed = change(seq)
        if kind is EventKind.RETRACTED:
            retracted = replace(changed.incident, state=State.RETRACTED)
            changed = replace(changed, incident=retracted)
        (event,) = record(self.store, changed)
        post = reader_post(
            seq,
            kind=kind,
            key=f"{event.key}/readers",
            incident=event.incident,
            event=event.key,
        )
        self.store.drafts.save(draft(event), PNG, (decision(event),), [post])
        self.posts.append(post)
        return post

    def publish(self) -> Delivery:
        """Publish what is due with a new publisher, as after a restart."""
        channels = {"readers": self.channel()}
        timing = PostTiming(RetryDelays(SETTLE), None, guard=None)
        publisher = Publisher(self.store, channels, self.clock, timing)
        publisher.recover()
        publisher.publish_due()
        publisher.close()
        return self.delivery()

    def delivery(self) -> Delivery:
        delivery = self.store.deliveries.get(self.posts[-1].key)
        assert delivery is not None
        return delivery

    def publish_until_settled(self) -> Delivery:
        for _ in range(10):
            delivery = self.publish()
            if delivery.state not in {DeliveryState.WAITING, DeliveryState.UNKNOWN}:
                break
            self.clock.sleep(LATER)
        return self.delivery()

    def counts(self) -> dict[MessageState, int]:
        return dict(self.subscriptions.messages.counts(self.posts[-1].key))

    def mails(self) -> Counter[str]:
        """Return how often each subject reached each address."""
        return Counter(
            f"{message['Subject']}: {recipient}"
            for message, (recipient,) in zip(
                self.mailbox.emails, self.mailbox.recipients, strict=True
            )
        )


@pytest.fixture
def wire(tmp_path: Path, mailbox: Mailbox) -> Iterator[Wire]:
    """Three readers of everything, and a publisher."""
    store, subscriptions = open_store(tmp_path / "wire.db"), Subscriptions(tmp_path)
    for address in ADDRESSES:
        subscriptions.subscribe(address)
    yield Wire(store, subscriptions, mailbox)
    store.close()


@pytest.fixture(autouse=True)
def no_address_in_output(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """After each test: no log shows a reader's address."""
    yield
    assert not re.search(r"reader\d@", "".join(capsys.readouterr()))


def once(*events: int, addresses: tuple[str, ...] = ADDRESSES) -> Counter[str]:
    return Counter(f"Event {n} in Kazakhstan: {a}" for n in events for a in addresses)


def test_each_reader_gets_a_message_of_their_own(wire: Wire) -> None:
    wire.queue()
    assert wire.publish().state is DeliveryState.SENT
    assert wire.mails() == once(1)
    for message, address in zip(wire.mailbox.emails, ADDRESSES, strict=True):
        assert message["To"] == address
        link = message["List-Unsubscribe"].strip("<>")
        assert link.startswith(f"{SITE}/subscribe/leave?lang=en&token=")
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["List-Id"] == "<readers.outages.example>"
        for kind in ("plain", "html"):
            part = message.get_body((kind,))
            assert part is not None
            assert link in unescape(part.get_content())
    ids = {message["Message-ID"] for message in wire.mailbox.emails}
    links = {message["List-Unsubscribe"] for message in wire.mailbox.emails}
    assert len(ids) == len(links) == 3


def test_later_messages_continue_the_thread_of_the_reader(wire: Wire) -> None:
    for _ in range(3):
        wire.queue()
        wire.publish()
    own = [m for m in wire.mailbox.emails if m["To"] == ADDRESSES[0]]
    ids = [message["Message-ID"] for message in own]
    assert own[0]["In-Reply-To"] is None
    assert own[2]["In-Reply-To"] == ids[1]
    assert own[2]["References"].split() == [ids[0], ids[1]]


def test_reader_who_left_gets_nothing_more(wire: Wire) -> None:
    wire.queue()
    wire.publish()
    readers = wire.subscriptions.readers
    readers.erase(readers.all()[0].id, wire.clock.now(), never_again=False)
    wire.queue(EventKind.RETRACTED)
    wire.publish()
    assert wire.mails() == once(1) + once(2, addresses=ADDRESSES[1:])


def test_post_that_nobody_wants_is_settled(wire: Wire) -> None:
    readers = wire.subscriptions.readers
    for reader in readers.all():
        readers.erase(reader.id, wire.clock.now(), never_again=False)
    wire.queue()
    assert wire.publish().state is DeliveryState.SENT
    assert not wire.mailbox.raw


def test_refused_reader_does_not_stop_the_others(wire: Wire) -> None:
    wire.mailbox.refused_recipients = {ADDRESSES[1]: f"550 no such user {ADDRESSES[1]}"}
    wire.queue()
    assert wire.publish().state is DeliveryState.SENT
    assert wire.mails() == once(1, addresses=(ADDRESSES[0], ADDRESSES[2]))
    assert wire.counts() == {MessageState.SENT: 2, MessageState.REFUSED: 1}


def test_message_refused_for_its_content_does_not_stop_the_others(wire: Wire) -> None:
    wire.mailbox.refusals = [("DATA", f"554 not for {ADDRESSES[0]}")]
    wire.queue()
    assert wire.publish().state is DeliveryState.SENT
    assert wire.mails() == once(1, addresses=ADDRESSES[1:])


def test_person_hears_that_every_message_was_refused(wire: Wire) -> None:
    """P19: a server that relays for nobody must not look like a success."""
    wire.mailbox.refused_recipients = dict.fromkeys(ADDRESSES, "550 relay denied")
    wire.queue()
    delivery = wire.publish()
    assert delivery.state is DeliveryState.REFUSED
    assert "refused all 3 messages" in delivery.note


def test_deferred_reader_is_tried_again_alone(wire: Wire) -> None:
    wire.mailbox.refused_recipients = {ADDRESSES[0]: f"451 {ADDRESSES[0]} greylisted"}
    wire.queue()
    delivery = wire.publish()
    assert delivery.state is DeliveryState.WAITING
    assert delivery.note == "readers: the mail server deferred 1 of 3 messages"
    wire.mailbox.refused_recipients = {}
    assert wire.publish_until_settled().state is DeliveryState.SENT
    assert wire.mails() == once(1)


def test_reader_deferred_three_times_is_given_up(wire: Wire) -> None:
    wire.mailbox.refused_recipients = {ADDRESSES[0]: "451 mailbox full"}
    wire.queue()
    assert wire.publish_until_settled().state is DeliveryState.SENT
    assert wire.counts() == {MessageState.SENT: 2, MessageState.REFUSED: 1}


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
def test_lost_connection_before_a_message_loses_nothing(
    wire: Wire, command: str
) -> None:
    wire.mailbox.refusals = [(command, "hang up")]
    wire.queue()
    assert wire.publish().state is DeliveryState.WAITING
    assert wire.publish_until_settled().state is DeliveryState.SENT
    assert wire.mails() == once(1)


def test_reader_who_ends_each_connection_does_not_stop_others(wire: Wire) -> None:
    wire.mailbox.refused_recipients = {ADDRESSES[0]: "hang up"}
    wire.queue()
    for _ in range(2):
        assert wire.publish().state is DeliveryState.WAITING
        wire.clock.sleep(LATER)
    assert wire.mails() == once(1, addresses=ADDRESSES[1:])


def test_refused_sender_leaves_all_messages_unsent(wire: Wire) -> None:
    wire.mailbox.refusals = [("MAIL", "550 not you")]
    wire.queue()
    assert wire.publish().state is DeliveryState.REFUSED
    assert wire.counts() == {MessageState.WAITING: 3}


@pytest.mark.parametrize("arrived", [True, False])
def test_message_in_doubt_is_repeated_by_a_person_only(
    wire: Wire, arrived: bool
) -> None:
    """The other messages go out at once; a person decides about this one."""
    wire.mailbox.refusals = [("DATA", "hang up")]
    wire.queue()
    assert wire.publish_until_settled().state is DeliveryState.PERSON
    assert wire.mails() == once(1)
    assert wire.counts() == {MessageState.SENT: 2, MessageState.DOUBTFUL: 1}
    decide(wire, arrived=arrived)
    wire.publish_until_settled()
    again = Counter() if arrived else once(1, addresses=ADDRESSES[:1])
    assert wire.mails() == once(1) + again
    assert wire.delivery().state is DeliveryState.SENT
    repeated = {m["Message-ID"] for m in wire.mailbox.emails if m["To"] == ADDRESSES[0]}
    assert len(repeated) == 1


def decide(wire: Wire, *, arrived: bool) -> None:
    wire.clock.sleep(timedelta(minutes=5))
    admin = DeliveryAdmin(wire.store, wire.clock, "Ada", "the server's log says so")
    delivery = wire.delivery()
    if arrived:
        admin.mark_posted(delivery.post.key, Receipt(delivery.post.key))
    else:
        admin.mark_not_posted(delivery.post.key, {"readers": wire.channel().target})


@pytest.mark.parametrize("sent_before", [0, 1, 2])
def test_crash_between_claim_and_send_repeats_nothing(
    wire: Wire, sent_before: int
) -> None:
    post = wire.queue()
    interrupt(wire, post, sent_before)
    delivery = wire.publish_until_settled()
    assert delivery.state is DeliveryState.PERSON
    assert "1 of 3 messages may have been sent" in delivery.note
    expected = [a for n, a in enumerate(ADDRESSES) if n != sent_before]
    assert wire.mails() == once(1, addresses=tuple(expected))
    decide(wire, arrived=False)
    assert wire.publish_until_settled().state is DeliveryState.SENT
    assert wire.mails() == once(1)


def interrupt(wire: Wire, post: Post, sent_before: int) -> None:
    """Leave everything as a crash does after the claim of a message."""
    deliveries, messages = wire.store.deliveries, wire.subscriptions.messages
    now = wire.clock.now()
    frozen = replace(post, frozen=True, tried_at=now, token=post.key)
    assert deliveries.claim(post.key, now, frozen)
    messages.expand(frozen)
    channel = wire.channel()
    for reader in messages.waiting(post.key)[: sent_before + 1]:
        message = messages.claim(post.key, reader, now)
        assert message is not None
        if reader != messages_of(wire)[sent_before]:
            channel._send_to_reader(message, frozen, None)
            messages.settle(post.key, reader, MessageState.SENT)


def messages_of(wire: Wire) -> list[str]:
    return [reader.id for reader in wire.subscriptions.readers.all()]


def test_stop_holds_between_two_messages(wire: Wire) -> None:
    """P16: the kill switch stops the rest of the readers too."""
    stopped_after = 1
    wire.subscriptions.is_paused = lambda _name: len(wire.mailbox.raw) >= stopped_after
    wire.queue()
    delivery = wire.publish()
    assert delivery.state is DeliveryState.WAITING
    assert "stopped by a person" in delivery.note
    assert len(wire.mailbox.raw) == 1
    wire.subscriptions.is_paused = lambda _name: False
    assert wire.publish_until_settled().state is DeliveryState.SENT
    assert wire.mails() == once(1)


def test_retraction_holds_between_two_messages(wire: Wire) -> None:
    """P11: who has the claim gets the retraction, and nobody gets the claim any more."""
    wire.subscriptions.is_retracted = lambda _name: len(wire.mailbox.raw) == 1
    claim = wire.queue()
    assert wire.publish().state is DeliveryState.WAITING
    wire.queue(EventKind.RETRACTED)
    assert wire.store.incidents.get(claim.incident).state is State.RETRACTED
    assert wire.publish_until_settled().state is DeliveryState.SENT
    claimed = wire.store.deliveries.get(claim.key)
    assert claimed is not None
    assert claimed.state is DeliveryState.SENT
    assert wire.mails() == once(1, 2, addresses=ADDRESSES[:1])


def test_claim_that_nobody_has_is_dropped_by_a_retraction(wire: Wire) -> None:
    claim = wire.queue()
    wire.queue(EventKind.RETRACTED)
    assert wire.publish_until_settled().state is DeliveryState.SENT
    claimed = wire.store.deliveries.get(claim.key)
    assert claimed is not None
    assert claimed.state is DeliveryState.DROPPED
    assert wire.mails() == once()


def test_refusal_after_some_messages_leaves_the_rest_waiting(wire: Wire) -> None:
    """P11: a post that some readers have is not refused, and the rest follows."""
    quota = ("MAIL", "554 quota exceeded")
    wire.mailbox.refusals = [("MAIL", "250 OK"), quota]
    wire.queue()
    delivery = wire.publish()
    assert delivery.state is DeliveryState.WAITING
    assert "1 of 3 messages were sent; the rest waits" in delivery.note
    wire.clock.sleep(LATER)
    assert wire.publish_until_settled().state is DeliveryState.SENT
    assert wire.mails() == once(1)


def test_unreadable_subscriptions_delay_the_post(wire: Wire) -> None:
    wire.queue()
    wire.subscriptions.path.chmod(0o644)
    delivery = wire.publish()
    assert delivery.state is DeliveryState.WAITING
    assert "chmod 600" in delivery.note
    wire.subscriptions.path.chmod(0o600)
    assert wire.publish_until_settled().state is DeliveryState.SENT
    assert wire.mails() == once(1)


def test_restored_store_posts_nothing_again(wire: Wire) -> None:
    """The messages are recorded apart, so they are not lost with the main store."""
    post = wire.queue()
    wire.publish()
    assert wire.channel().find(post) is not None
    wire.channel().send(replace(post, token=post.key), None)
    assert wire.mails() == once(1)
    other = replace(post, token=post.key, text="Another event\n\nLevel 9%.")
    with pytest.raises(ChannelUnknown, match="another text under the key"):
        wire.channel().find(other)
    with pytest.raises(ChannelUnknown, match="another text under the key"):
        wire.channel().send(other, None)
    assert wire.mails() == once(1)


def test_crash_after_the_last_refusal_ends_as_refused(wire: Wire) -> None:
    wire.mailbox.refused_recipients = dict.fromkeys(ADDRESSES, "550 relay denied")
    post = wire.queue()
    frozen = replace(post, frozen=True, tried_at=wire.clock.now(), token=post.key)
    assert wire.store.deliveries.claim(post.key, wire.clock.now(), frozen)
    with pytest.raises(ChannelRefused):
        wire.channel().send(frozen, None)
    assert wire.publish_until_settled().state is DeliveryState.REFUSED
