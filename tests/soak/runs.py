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
from bot.publishing.channel_worker import RetryDelays
from bot.publishing.publisher import Pacing, Publisher
from bot.store.sql_store import SqlStore
from tests.contract.stored import change, decision, draft, post, record
from tests.soak.fate import STORE_ACTS, Died, Fate, Mortal, MortalChannel

EVENTS = 3


def _drawn() -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (64, 36), "white").save(out, "PNG")
    return out.getvalue()


IMAGE = _drawn()
CHART = Picture(
    "chart.png", "image/png", 64, 36, sha256(IMAGE).hexdigest(), "A made-up chart."
)
_ROUNDS = 60
_CALM_AFTER = 25
_THE_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_AT_THE_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass
class Toll:
    """What became of the posts of a number of runs, counted.

    Attributes:
        once: posts that the store records as sent.
        refused: posts that were refused or dropped.
        person: posts that are left to a person.
        duplicates: posts on a channel beyond the first with the same text.
        lost: posts recorded as sent that are not on the channel, or recorded as refused
            that are on it.
        unsettled: posts whose delivery is not sent, refused or left to a person.
        disordered: runs whose posts are on the channel in another order than their
            events.
        repeats: repeated messages that a receiver recognizes as such.
        struck: the faults, by name.
    """

    runs: int = 0
    posts: int = 0
    once: int = 0
    refused: int = 0
    person: int = 0
    duplicates: int = 0
    lost: int = 0
    unsettled: int = 0
    disordered: int = 0
    repeats: int = 0
    struck: Counter[str] = field(default_factory=Counter)

    def line(self, name: str) -> str:
        """Return the counts in one line, after `name`."""
        deaths = sum(n for what, n in self.struck.items() if what.startswith("died"))
        return (
            f"{name:<10} {self.runs:>5} runs {self.posts:>6} posts {deaths:>5} deaths"
            f" {self.struck.total() - deaths:>5} network faults: {self.once} once,"
            f" {self.refused} refused, {self.person} for a person;"
            f" duplicates {self.duplicates}, lost {self.lost},"
            f" unsettled {self.unsettled}, out of order {self.disordered}"
            + (f"; {self.repeats} harmless repeats" if self.repeats else "")
        )

    def __add__(self, other: "Toll") -> "Toll":
        return Toll(
            *(getattr(self, n) + getattr(other, n) for n in self.__dataclass_fields__)
        )


@dataclass
class Stage:
    """What a run needs: a store, a clock, and a channel whose faults can be set.

    Attributes:
        channel: creates the channel, as each start of the process does.
        standing: returns the posts that are on the channel now, oldest first: each text,
            with the id by which a receiver recognizes repeats, or "".
        wordless: whether the channel carries no words, so that posts look alike.
        fate: sets which `Fate` decides the faults of the network.
        pace: the time from one round of deliveries to the next.
    """

    store: SqlStore
    clock: StillClock
    channel: Callable[[], Channel]
    standing: Callable[[], list[tuple[str, str]]]
    wordless: bool = False
    fate: Callable[[Fate], None] = lambda fate: None
    pace: timedelta = timedelta(minutes=5)


def run(stage: Stage, seed: str) -> Toll:
    """Publish one thread with the faults that `seed` selects; count what became of it."""
    chance = random.Random(seed)
    fate = Fate(chance, chance.randint(1, 6), chance.choice((0.05, 0.15, 0.4)))
    stage.fate(fate)
    posts = _queued(stage, f"ZZ-{seed}")
    _live(stage, fate)
    stage.fate(Fate.calm())
    return _counted(stage, posts, fate)


def _queued(stage: Stage, incident: str) -> list[Post]:
    """Store a confirmed, an updated and a restored event; queue a post with chart for each."""
    kinds = (EventKind.CONFIRMED, EventKind.UPDATED, EventKind.RESTORED)
    made: list[Post] = []
    name = stage.channel().name
    for seq, kind in enumerate(kinds[:EVENTS], 1):
        step = change(seq, incident)
        step = replace(step, event=replace(step.event, kind=kind))
        (event,) = record(stage.store, step)
        text = f"{kind}: run {incident} step {seq} of a made-up outage"
        now = stage.clock.now()
        about = {"text": text, "length": len(text), "made_at": now, "picture": CHART}
        made.append(post(event, name, **about))
        event_draft = draft(event, picture=CHART)
        stage.store.drafts.save(event_draft, IMAGE, (decision(event),), made[-1:])
    return made


def _live(stage: Stage, fate: Fate) -> None:
    """Deliver until every post is settled, with a new process after each death.

    After _CALM_AFTER rounds there are no more faults; after _ROUNDS rounds it ends.
    """
    publisher: Publisher | None = None
    for number in range(_ROUNDS):
        if number == _CALM_AFTER:
            fate.blows = 0
        if publisher is None:
            publisher = _born(stage, fate)
        try:
            publisher.publish_due()
        except Died:
            publisher.close()
            publisher = None
        if not stage.store.deliveries.recent(_AT_THE_END_OF_TIME):
            break
        stage.clock.sleep(stage.pace)
    if publisher is not None:
        publisher.close()


def _born(stage: Stage, fate: Fate) -> Publisher:
    """Return the publisher of a process that has just started: it knows only the store."""
    channel = MortalChannel(stage.channel(), fate)
    pacing = Pacing(RetryDelays(stage.pace, stage.pace), None)
    store = _mortal(stage.store, fate)
    publisher = Publisher(store, {channel.name: channel}, stage.clock, pacing)
    stage.store.deliveries.recover(stage.clock.now() + stage.pace)
    return publisher


def _mortal(store: SqlStore, fate: Fate) -> Any:
    mortal = copy(store)
    mortal.deliveries = Mortal(store.deliveries, fate, STORE_ACTS)
    return mortal


def _counted(stage: Stage, posts: list[Post], fate: Fate) -> Toll:
    toll = Toll(runs=1, posts=len(posts), struck=fate.struck)
    if stage.wordless:
        return _pinged(stage, posts, toll)
    texts = [s for s in stage.standing() if any(p.text in s[0] for p in posts)]
    seen = list(dict.fromkeys((t, once or n) for n, (t, once) in enumerate(texts)))
    toll.repeats = len(texts) - len(seen)
    ours = [text for text, _ in seen]
    for delivery in stage.store.deliveries.of_incident(posts[0].incident):
        _judge(toll, delivery, sum(delivery.post.text in text for text in ours))
    order = [next(p.text for p in posts if p.text in text) for text in ours]
    toll.disordered += order != sorted(order, key=[p.text for p in posts].index)
    return toll


def _pinged(stage: Stage, posts: list[Post], toll: Toll) -> Toll:
    """Count the posts of a channel without words; a missing one counts as lost.

    Such a post only says that something is new, so one too many does no harm.
    """
    for delivery in stage.store.deliveries.of_incident(posts[0].incident):
        _judge(toll, delivery, int(delivery.state is DeliveryState.SENT))
    deliveries = stage.store.deliveries.recent(_THE_BEGINNING)
    sent = sum(delivery.state is DeliveryState.SENT for delivery in deliveries)
    toll.lost += max(0, sent - len(stage.standing()))
    return toll


def _judge(toll: Toll, delivery: Delivery, stands: int) -> None:
    """Count one post by its recorded state and by how often it is on the channel."""
    state = delivery.state
    toll.duplicates += max(0, stands - 1)
    toll.once += state is DeliveryState.SENT
    toll.refused += state in {DeliveryState.REFUSED, DeliveryState.DROPPED}
    toll.person += state is DeliveryState.PERSON
    settled = {DeliveryState.SENT, DeliveryState.REFUSED, DeliveryState.PERSON}
    toll.unsettled += state not in settled
    toll.lost += state is DeliveryState.SENT and stands == 0
    toll.lost += state is DeliveryState.REFUSED and stands > 0
