"""Races of editors and runs on one store: nothing is doubled, and nothing is lost (P10)."""

import os
import random
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import pytest

from bot.clock import StillClock
from bot.errors import BotError, StoreError
from bot.model.delivery import DeliveryState
from bot.model.draft import DraftState
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.store.files.run_lock import only_run
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import PNG, T0, change, draft, post, queue_posts, record
from tests.fakes import FakeChannel

RACES = int(os.environ.get("OUTAGEWIRE_RACES", "20"))
"""How many races of each of five kinds are run."""
Racers = tuple[Callable[[], object], Callable[[], object]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wire.db"


def race(*racers: Callable[[], object]) -> list[object]:
    """Start these at the same moment; return their results, or the errors they raised."""
    results: list[object] = [None] * len(racers)
    start = threading.Barrier(len(racers))

    def run(number: int) -> None:
        start.wait()
        try:
            results[number] = racers[number]()
        except BotError as error:
            results[number] = error

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(racers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize("other", [DraftState.APPROVED, DraftState.REJECTED])
def test_two_editors_decide_on_one_draft(path, other):
    """One of them wins; there is one post if the draft was approved, or else none."""
    outcomes: Counter[str] = Counter()
    with closing(open_store(path)) as first, closing(open_store(path)) as second:
        for number in range(1, RACES + 1):
            (event,) = record(first, change(number))
            seen = draft(event)
            first.drafts.save(seen, PNG, (), ())
            posts = [post(event)]
            others = posts if other is DraftState.APPROVED else ()
            results = race(
                partial(
                    first.drafts.change_state, seen, DraftState.APPROVED, "", T0, posts
                ),
                partial(second.drafts.change_state, seen, other, "", T0, others),
            )
            assert sum(isinstance(result, StoreError) for result in results) == 1
            state = first.drafts.get(event.key).state
            outcomes[str(state)] += 1
            queued = [d for d in first.deliveries.all() if d.post.event == event.key]
            assert len(queued) == (state is DraftState.APPROVED)
    print(f"{RACES} races of two editors: {dict(outcomes)}; 0 doubled, 0 lost")


def test_two_runs_deliver_the_same_posts(path):
    """Each post is on the channel once, although both runs see it as due."""
    clock, winners = StillClock(T0), Counter[int]()
    channels = FakeChannel("x"), FakeChannel("x")
    with ExitStack() as stack:
        stores = [stack.enter_context(closing(open_store(path))) for _ in channels]
        publishers = [
            _publisher(store, channel, clock)
            for store, channel in zip(stores, channels, strict=True)
        ]
        for number in range(1, RACES + 1):
            (event,) = record(stores[0], change(number))
            stores[0].drafts.save(draft(event), PNG, (), [post(event)])
            race(*(publisher.publish_due for publisher in publishers))
        sent = [p.key for channel in channels for p in channel.posts]
        assert len(sent) == len(set(sent)) == RACES
        states = {d.state for d in stores[0].deliveries.all()}
        assert states == {DeliveryState.SENT}
        winners.update({n: len(c.posts) for n, c in enumerate(channels)})
    print(f"{RACES} races of two runs: {dict(winners)}; 0 doubled, 0 lost")


def _publisher(store: SqlStore, channel: FakeChannel, clock: StillClock) -> Publisher:
    pacing = PostTiming(RetryDelays(), None, guard=None)
    return Publisher(store, {"x": channel}, clock, pacing)


def test_one_of_two_runs_gets_the_store(path):
    rng, together = random.Random(7), threading.Lock()

    def run() -> str:
        with only_run(path, T0):
            assert together.acquire(blocking=False)
            threading.Event().wait(rng.random() / 200)
            together.release()
        return "ran"

    results = [result for _ in range(RACES) for result in race(run, run)]
    refused = sum(isinstance(result, StoreError) for result in results)
    assert results.count("ran") + refused == 2 * RACES
    assert results.count("ran") >= RACES
    print(f"{RACES} races for a store: {refused} refused, never two at once")


def test_one_of_two_runs_claims_a_delivery(path):
    with closing(open_store(path)) as first, closing(open_store(path)) as second:
        for key in queue_posts(first, *(f"c{number}" for number in range(RACES))):
            claims = race(
                partial(first.deliveries.claim, key, T0),
                partial(second.deliveries.claim, key, T0),
            )
            assert sorted(map(bool, claims)) == [False, True]
    print(f"{RACES} races for one delivery: 0 doubled, 0 lost")
