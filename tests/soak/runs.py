"""One run: a thread of three posts on one channel, with faults at random steps."""

import io
import random
from collections import Counter
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import PIL.Image

from bot.clock import StillClock
from bot.model.delivery import Delivery, DeliveryState, Post
from bot.model.draft import Picture
from bot.model.incident import EventKind
from bot.ports import Channel
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.store.sql_store import SqlStore
from tests.contract.stored import change, decision, draft, post, record
from tests.soak.faults import (
    STORE_STEPS,
    CrashingChannel,
    CrashingProxy,
    FaultInjector,
    ProcessDied,
)

EVENTS = 3


def _draw_png() -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (64, 36), "white").save(out, "PNG")
    return out.getvalue()


IMAGE = _draw_png()
CHART = Picture(
    "chart.png", "image/png", 64, 36, sha256(IMAGE).hexdigest(), "A made-up chart."
)
_ROUNDS = 60
_FAULTS_END_AFTER = 25
_FAR_PAST = datetime(2000, 1, 1, tzinfo=UTC)
_FAR_FUTURE = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass
class RunCounts:
    """What became of the posts of a number of runs, counted.

    Attributes:
        sent: posts that the store records as sent.
        refused: posts that were refused or dropped.
        left_to_person: posts that are left to a person.
        duplicates: posts on a channel beyond the first with the same text.
        lost: posts that are recorded as sent but are not on the channel, or that are
            recorded as refused but are on the channel.
        unsettled: posts whose delivery is not sent, refused or left to a person.
        out_of_order: runs whose posts are on the channel in another order than their
            events.
        repeats: repeated messages that a receiver recognizes as such.
        injected: the faults, by name.
    """

    runs: int = 0
    posts: int = 0
    sent: int = 0
    refused: int = 0
    left_to_person: int = 0
    duplicates: int = 0
    lost: int = 0
    unsettled: int = 0
    out_of_order: int = 0
    repeats: int = 0
    injected: Counter[str] = field(default_factory=Counter)

    def line(self, name: str) -> str:
        """Return the counts in one line, after `name`."""
        deaths = sum(
            n for fault, n in self.injected.items() if fault.startswith("died")
        )
        return (
            f"{name:<10} {self.runs:>5} runs {self.posts:>6} posts {deaths:>5} deaths"
            f" {self.injected.total() - deaths:>5} network faults: {self.sent} once,"
            f" {self.refused} refused, {self.left_to_person} for a person;"
            f" duplicates {self.duplicates}, lost {self.lost},"
            f" unsettled {self.unsettled}, out of order {self.out_of_order}"
            + (f"; {self.repeats} harmless repeats" if self.repeats else "")
        )

    def __add__(self, other: "RunCounts") -> "RunCounts":
        return RunCounts(
            *(getattr(self, n) + getattr(other, n) for n in self.__dataclass_fields__)
        )


@dataclass
class RunSetup:
    """What a run needs: a store, a clock, and a channel whose faults can be set.

    Attributes:
        channel: creates the channel, as each start of the process does.
        visible_posts: returns the posts that are on the channel now, oldest first: each text,
            with the id by which a receiver recognizes repeats, or "".
        without_text: whether the channel carries no text, so that posts look alike.
        set_faults: sets which `FaultInjector` decides the faults of the network.
        round_interval: the time from one round of deliveries to the next.
    """

    store: SqlStore
    clock: StillClock
    channel: Callable[[], Channel]
    visible_posts: Callable[[], list[tuple[str, str]]]
    without_text: bool = False
    set_faults: Callable[[FaultInjector], None] = lambda faults: None
    round_interval: timedelta = timedelta(minutes=5)


def run(setup: RunSetup, seed: str) -> RunCounts:
    """Publish one thread with the faults that `seed` selects; count what became of it."""
    random_source = random.Random(seed)
    faults = FaultInjector(
        random_source,
        random_source.randint(1, 6),
        random_source.choice((0.05, 0.15, 0.4)),
    )
    setup.set_faults(faults)
    posts = _queue_thread(setup, f"ZZ-{seed}")
    _deliver_until_settled(setup, faults)
    setup.set_faults(FaultInjector.without_faults())
    return _count(setup, posts, faults)


def _queue_thread(setup: RunSetup, incident: str) -> list[Post]:
    """Store a confirmed, an updated and a restored event; queue a post with chart for each."""
    kinds = (EventKind.CONFIRMED, EventKind.UPDATED, EventKind.RESTORED)
    queued: list[Post] = []
    name = setup.channel().name
    for seq, kind in enumerate(kinds[:EVENTS], 1):
        step = change(seq, incident)
        step = replace(step, event=replace(step.event, kind=kind))
        (event,) = record(setup.store, step)
        text = f"{kind}: run {incident} step {seq} of a made-up outage"
        now = setup.clock.now()
        post_fields = {
            "text": text,
            "length": len(text),
            "made_at": now,
            "picture": CHART,
        }
        queued.append(post(event, name, **post_fields))
        event_draft = draft(event, picture=CHART)
        setup.store.drafts.save(event_draft, IMAGE, (decision(event),), queued[-1:])
    return queued


def _deliver_until_settled(setup: RunSetup, faults: FaultInjector) -> None:
    """Deliver until every post is settled, with a new process after each death.

    After _FAULTS_END_AFTER rounds there are no more faults. After _ROUNDS rounds the
    delivery ends in any case.
    """
    publisher: Publisher | None = None
    for number in range(_ROUNDS):
        if number == _FAULTS_END_AFTER:
            faults.faults_left = 0
        if publisher is None:
            publisher = _start_publisher(setup, faults)
        try:
            publisher.publish_due()
        except ProcessDied:
            publisher.close()
            publisher = None
        if not setup.store.deliveries.recent(_FAR_FUTURE):
            break
        setup.clock.sleep(setup.round_interval)
    if publisher is not None:
        publisher.close()


def _start_publisher(setup: RunSetup, faults: FaultInjector) -> Publisher:
    """Return the publisher of a process that has just started: it knows only the store."""
    channel = CrashingChannel(setup.channel(), faults)
    pacing = PostTiming(RetryDelays(setup.round_interval, setup.round_interval), None)
    store = _crashing_store(setup.store, faults)
    publisher = Publisher(store, {channel.name: channel}, setup.clock, pacing)
    setup.store.deliveries.recover(setup.clock.now() + setup.round_interval)
    return publisher


def _crashing_store(store: SqlStore, faults: FaultInjector) -> Any:
    crashing = copy(store)
    crashing.deliveries = CrashingProxy(store.deliveries, faults, STORE_STEPS)
    return crashing


def _count(setup: RunSetup, posts: list[Post], faults: FaultInjector) -> RunCounts:
    counts = RunCounts(runs=1, posts=len(posts), injected=faults.injected)
    if setup.without_text:
        return _count_pings(setup, posts, counts)
    texts = [s for s in setup.visible_posts() if any(p.text in s[0] for p in posts)]
    distinct = list(
        dict.fromkeys((t, repeat_id or n) for n, (t, repeat_id) in enumerate(texts))
    )
    counts.repeats = len(texts) - len(distinct)
    distinct_texts = [text for text, _ in distinct]
    for delivery in setup.store.deliveries.of_incident(posts[0].incident):
        _count_delivery(
            counts, delivery, sum(delivery.post.text in text for text in distinct_texts)
        )
    order = [next(p.text for p in posts if p.text in text) for text in distinct_texts]
    counts.out_of_order += order != sorted(order, key=[p.text for p in posts].index)
    return counts


def _count_pings(setup: RunSetup, posts: list[Post], counts: RunCounts) -> RunCounts:
    """Count the posts of a channel without text; a missing one counts as lost.

    Such a post only says that something is new, so one too many does no harm.
    """
    for delivery in setup.store.deliveries.of_incident(posts[0].incident):
        _count_delivery(counts, delivery, int(delivery.state is DeliveryState.SENT))
    deliveries = setup.store.deliveries.recent(_FAR_PAST)
    sent = sum(delivery.state is DeliveryState.SENT for delivery in deliveries)
    counts.lost += max(0, sent - len(setup.visible_posts()))
    return counts


def _count_delivery(counts: RunCounts, delivery: Delivery, visible_count: int) -> None:
    """Count one post by its recorded state and by how often it is on the channel."""
    state = delivery.state
    counts.duplicates += max(0, visible_count - 1)
    counts.sent += state is DeliveryState.SENT
    counts.refused += state in {DeliveryState.REFUSED, DeliveryState.DROPPED}
    counts.left_to_person += state is DeliveryState.PERSON
    settled = {DeliveryState.SENT, DeliveryState.REFUSED, DeliveryState.PERSON}
    counts.unsettled += state not in settled
    counts.lost += state is DeliveryState.SENT and visible_count == 0
    counts.lost += state is DeliveryState.REFUSED and visible_count > 0
