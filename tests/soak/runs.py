"""A thread of three posts on one channel, struck at random, and what became of it."""

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
    """What a number of runs came to."""

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
        """The counts in one line."""
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
    """What a run needs of a channel.

    Attributes:
        channel: made anew for each life of the process.
        standing: what stands there now, oldest first: a text, and what a receiver
            tells repeats by, or nothing.
        wordless: it carries no words; each post shows as one more of anything.
    """

    store: SqlStore
    clock: StillClock
    channel: Callable[[], Channel]
    standing: Callable[[], list[tuple[str, str]]]
    wordless: bool = False
    fate: Callable[[Fate], None] = lambda fate: None
    pace: timedelta = timedelta(minutes=5)


def run(stage: Stage, seed: str) -> Toll:
    """One thread, struck as the seed has it; what became of each of its posts."""
    chance = random.Random(seed)
    fate = Fate(chance, chance.randint(1, 6), chance.choice((0.05, 0.15, 0.4)))
    stage.fate(fate)
    posts = _queued(stage, f"ZZ-{seed}")
    _live(stage, fate)
    stage.fate(Fate.calm())
    return _counted(stage, posts, fate)


def _queued(stage: Stage, incident: str) -> list[Post]:
    """Confirmed, updated, retracted: each with a chart, let out one by one."""
    kinds = (EventKind.CONFIRMED, EventKind.UPDATED, EventKind.RESTORED)
    made: list[Post] = []
    name = stage.channel().name
    for seq, kind in enumerate(kinds[:EVENTS], 1):
        one = change(seq, incident)
        one = replace(one, event=replace(one.event, kind=kind))
        (event,) = record(stage.store, one)
        text = f"{kind}: run {incident} step {seq} of a made-up outage"
        now = stage.clock.now()
        about = {"text": text, "length": len(text), "made_at": now, "picture": CHART}
        made.append(post(event, name, **about))
        told = draft(event, picture=CHART)
        stage.store.drafts.save(told, IMAGE, (decision(event),), made[-1:])
    return made


def _live(stage: Stage, fate: Fate) -> None:
    """Lives of the process, one after the other, until every post is settled."""
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
    """A process that has just started: it knows nothing but the store."""
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
    told = [s for s in stage.standing() if any(p.text in s[0] for p in posts)]
    seen = list(dict.fromkeys((t, once or n) for n, (t, once) in enumerate(told)))
    toll.repeats = len(told) - len(seen)
    ours = [text for text, _ in seen]
    for delivery in stage.store.deliveries.of_incident(posts[0].incident):
        _judge(toll, delivery, sum(delivery.post.text in text for text in ours))
    order = [next(p.text for p in posts if p.text in text) for text in ours]
    toll.disordered += order != sorted(order, key=[p.text for p in posts].index)
    return toll


def _pinged(stage: Stage, posts: list[Post], toll: Toll) -> Toll:
    """A ping says that something is new: one more does no harm, one less would."""
    for delivery in stage.store.deliveries.of_incident(posts[0].incident):
        _judge(toll, delivery, int(delivery.state is DeliveryState.SENT))
    every = stage.store.deliveries.recent(_THE_BEGINNING)
    sent = sum(one.state is DeliveryState.SENT for one in every)
    toll.lost += max(0, sent - len(stage.standing()))
    return toll


def _judge(toll: Toll, delivery: Delivery, stands: int) -> None:
    """One post: how often it stands there, and what we say became of it."""
    state = delivery.state
    toll.duplicates += max(0, stands - 1)
    toll.once += state is DeliveryState.SENT
    toll.refused += state in {DeliveryState.REFUSED, DeliveryState.DROPPED}
    toll.person += state is DeliveryState.PERSON
    settled = {DeliveryState.SENT, DeliveryState.REFUSED, DeliveryState.PERSON}
    toll.unsettled += state not in settled
    toll.lost += state is DeliveryState.SENT and stands == 0
    toll.lost += state is DeliveryState.REFUSED and stands > 0
