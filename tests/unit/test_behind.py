"""A restored store does not know what was published since, so channels are searched (P10)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import StillClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import DeliveryState, Post, Receipt
from bot.publishing.delivery_admin import DeliveryAdmin
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.restore_check import MAX_NORMAL_STOP, RestoreGuard
from bot.publishing.retry_delays import RetryDelays
from bot.store.files.published_times import PublishedTimesFile
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import PNG, T0, change, decision, draft, post, record
from tests.fakes import FakeChannel

MINUTE = timedelta(minutes=1)
FIRST, SECOND, THIRD = (f"KZ-2022-0104.{number}/x" for number in (1, 2, 3))
BEFORE, AFTER = T0 - 2 * MINUTE, T0 + MINUTE / 2
"""Times of events before and after the start of the run, which begins at T0."""


class NotSearchable(FakeChannel):
    """A channel that cannot be searched, such as Telegram."""

    def find(self, post: Post) -> None:
        """Raise ChannelUnknown."""
        self.calls.append(f"find {post.key}")
        raise ChannelUnknown("a bot cannot read back what it posted")


@dataclass
class SearchedByText(FakeChannel):
    """A channel that recognizes a post by its text, and can list its posts."""

    def find(self, post: Post) -> Receipt | None:
        """Return the receipt of the post with the same text."""
        texts = [sent.text for sent in self.posts]
        if post.text not in texts:
            return None
        return Receipt(f"{self.name}-{texts.index(post.text) + 1}")

    def ids_since(self, at: datetime) -> frozenset[str]:
        """Return the ids of the posts of events since `at`."""
        numbered = enumerate(self.posts, 1)
        return frozenset(f"{self.name}-{n}" for n, sent in numbered if sent.at >= at)


@dataclass
class BehindHarness:
    """A publisher of one channel, and its store; each `start` is a new run."""

    home: Path
    channel: FakeChannel
    clock: StillClock = field(default_factory=lambda: StillClock(T0))
    store: SqlStore = field(init=False)

    def __post_init__(self) -> None:
        self.lose_store()

    @property
    def published(self) -> PublishedTimesFile:
        return PublishedTimesFile(self.home / "wire.db")

    def start(self) -> None:
        guard = RestoreGuard(self.published)
        pacing = PostTiming(RetryDelays(MINUTE), None, guard=guard)
        self.publisher = Publisher(self.store, {"x": self.channel}, self.clock, pacing)
        self.publisher.recover()

    def lose_store(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
        self.store = open_store(":memory:")
        self.start()

    def note_tick(self) -> None:
        """Record a tick in the store, as the loop does."""
        self.store.incidents.record((), (), {"ioda.bgp": b"{}"}, self.clock.now())

    def queue(self, seq: int, at: datetime, text: str = "") -> None:
        (event,) = record(self.store, change(seq))
        new = post(
            event, "x", at=at, made_at=self.clock.now(), text=text or f"post {seq}"
        )
        self.store.drafts.save(draft(event), PNG, (decision(event),), [new])

    def tick(self) -> list[str]:
        self.clock.sleep(MINUTE)
        return [delivery.post.key for delivery in self.publisher.publish_due()]

    def states(self) -> dict[str, str]:
        return {d.post.key: str(d.state) for d in self.store.deliveries.all()}


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[BehindHarness]:
    harness = BehindHarness(tmp_path, FakeChannel("x"))
    yield harness
    harness.store.close()


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[BehindHarness]:
    """A harness whose channel cannot be searched."""
    harness = BehindHarness(tmp_path, NotSearchable("x"))
    yield harness
    harness.store.close()


@pytest.fixture
def listed(tmp_path: Path) -> Iterator[BehindHarness]:
    """A harness whose channel recognizes posts by their text."""
    harness = BehindHarness(tmp_path, SearchedByText("x"))
    yield harness
    harness.store.close()


def test_the_channel_is_searched_before_the_first_send_of_a_run(harness):
    harness.queue(1, AFTER)
    harness.queue(2, AFTER)
    assert harness.tick() == [FIRST, SECOND]
    assert harness.channel.calls == [
        f"find {FIRST}",
        f"send {FIRST}",
        f"send {SECOND}",
    ]


def test_a_post_that_is_on_the_channel_is_not_sent_again(harness):
    harness.queue(1, BEFORE)
    harness.queue(2, BEFORE)
    harness.tick()
    harness.channel.calls.clear()
    harness.lose_store()
    harness.queue(1, BEFORE)
    harness.queue(2, BEFORE)
    assert harness.tick() == [FIRST, SECOND]
    assert harness.channel.calls == [f"find {FIRST}", f"find {SECOND}"]
    assert all(d.receipt is not None for d in harness.store.deliveries.all())


def test_a_post_that_is_missing_does_not_end_the_search(harness):
    """A post that a person had dropped is not on the channel; the next one is."""
    harness.queue(2, BEFORE)
    harness.tick()
    harness.lose_store()
    harness.queue(1, BEFORE)
    harness.queue(2, BEFORE)
    harness.tick()
    assert [sent.key for sent in harness.channel.posts] == [SECOND, FIRST]


def test_a_channel_that_cannot_be_searched_now_gets_the_post_later(harness):
    harness.queue(1, AFTER)
    harness.channel.script += [ChannelUnavailable("busy")]
    harness.tick()
    assert harness.channel.posts == []
    assert harness.states() == {FIRST: DeliveryState.WAITING}
    harness.tick()
    assert len(harness.channel.posts) == 1


@pytest.mark.parametrize("error", [ChannelUnknown("no way"), ChannelRefused("no read")])
def test_a_channel_without_a_search_gets_what_is_new(harness, error):
    """The store has every event since the start of the run."""
    harness.queue(1, AFTER)
    harness.channel.script += [error]
    harness.tick()
    assert harness.channel.calls[:2] == [f"find {FIRST}", f"send {FIRST}"]


def test_without_a_search_older_posts_wait_for_a_person(silent):
    """A new store, without the file beside it, may be the second one."""
    silent.queue(1, BEFORE)
    silent.queue(2, AFTER)
    assert silent.tick() == [SECOND]
    assert silent.states() == {FIRST: "person", SECOND: "sent"}
    assert "may be published already" in silent.store.deliveries.all()[0].note


def test_a_person_who_looked_decides_once_and_for_all(silent):
    """P10: the post goes out, also if the next run begins before it is sent."""
    silent.queue(1, BEFORE)
    silent.tick()
    silent.note_tick()
    DeliveryAdmin(silent.store, silent.clock, "Ada", "not there").mark_not_posted(
        FIRST, {}
    )
    silent.start()
    assert silent.tick() == [FIRST]
    assert len(silent.channel.posts) == 1


def test_a_decision_in_an_old_copy_does_not_count(silent):
    """After the copy was made, the post may have been sent, as the person wanted."""
    silent.queue(1, BEFORE)
    silent.tick()
    DeliveryAdmin(silent.store, silent.clock, "Ada", "not there").mark_not_posted(
        FIRST, {}
    )
    silent.note_tick()
    silent.clock.sleep(MAX_NORMAL_STOP + MINUTE)
    silent.start()
    assert silent.tick() == []
    assert silent.states() == {FIRST: "person"}


def test_a_restart_holds_nothing_back(silent):
    """The file shows that the store is the same, and was in use a moment ago."""
    silent.queue(1, AFTER)
    assert silent.tick() == [FIRST]
    silent.note_tick()
    silent.clock.sleep(10 * MINUTE)
    silent.queue(2, AFTER + MINUTE)
    silent.start()
    assert silent.tick() == [SECOND]


def test_after_hours_without_a_tick_older_posts_wait_for_a_person(silent):
    """A copy of a whole disk has the file of its time, which tells nothing."""
    silent.queue(1, AFTER)
    silent.tick()
    silent.note_tick()
    silent.clock.sleep(MAX_NORMAL_STOP + MINUTE)
    silent.queue(2, AFTER + MINUTE)
    silent.start()
    silent.queue(3, silent.clock.now())
    assert silent.tick() == [THIRD]
    assert silent.states() == {FIRST: "sent", SECOND: "person", THIRD: "sent"}


def test_a_store_older_than_the_last_post_waits_for_a_person(silent):
    """The file beside the store tells of a later post than the store does."""
    silent.note_tick()
    silent.published.begin(T0 - 60 * MINUTE)
    silent.published.record("x", T0)
    silent.queue(1, BEFORE)
    silent.start()
    assert silent.tick() == []
    assert silent.states() == {FIRST: "person"}


def test_a_copied_file_tells_nothing(silent, tmp_path):
    """A copy of store and file, put back within the hour, has the times of its moment."""
    silent.queue(1, AFTER)
    silent.tick()
    silent.note_tick()
    file = tmp_path / "wire.db.published.json"
    assert silent.published.read() is not None
    fields = json.loads(file.read_text())
    fields["written"] -= 60
    file.write_text(json.dumps(fields))
    assert silent.published.read() is None
    silent.queue(2, AFTER)
    silent.start()
    assert silent.tick() == []
    assert silent.states()[SECOND] == "person"


def test_a_post_in_other_words_waits_for_a_person(listed):
    """P10: the source has revised its readings since the post that the store lacks."""
    listed.queue(1, BEFORE, "down to 4%")
    listed.tick()
    listed.lose_store()
    listed.queue(1, BEFORE, "down to 5%")
    listed.queue(2, T0 + 2 * MINUTE, "restored")
    assert listed.tick() == [SECOND]
    assert listed.states() == {FIRST: "person", SECOND: "sent"}
    (delivery, _) = listed.store.deliveries.all()
    assert "posts (1) that it does not know" in delivery.note


def test_known_posts_do_not_hold_back_a_missing_one(listed):
    listed.queue(2, BEFORE, "two")
    listed.tick()
    listed.queue(1, BEFORE, "one")
    listed.published.begin(T0 + 10 * MINUTE)
    listed.note_tick()
    listed.start()
    assert listed.tick() == [FIRST]


def test_the_file_records_each_channel_and_the_start(tmp_path):
    times = PublishedTimesFile(tmp_path / "wire.db")
    assert times.read() is None
    times.begin(T0)
    times.record("x", T0 + MINUTE)
    times.record("masto", T0)
    times.record("x", T0)
    recorded = PublishedTimesFile(tmp_path / "wire.db").read()
    assert recorded is not None
    assert recorded.since == T0
    assert recorded.last == {"x": T0 + MINUTE, "masto": T0}
    assert (tmp_path / "wire.db.published.json").stat().st_mode & 0o777 == 0o600


def test_a_file_of_version_0_1_is_read(tmp_path):
    (tmp_path / "wire.db.published.json").write_text(f'{{"x": {T0.timestamp()}}}')
    times = PublishedTimesFile(tmp_path / "wire.db")
    recorded = times.read()
    assert recorded is not None
    assert recorded.last == {"x": T0}
    assert recorded.since == datetime(1970, 1, 1, tzinfo=UTC)
    times.record("masto", T0)
    recorded = times.read()
    assert recorded is not None
    assert set(recorded.last) == {"x", "masto"}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        "[" * 100_000,
        '{"last": {}}',
        '{"last": 3, "since": 1, "written": 1}',
        '{"last": {}, "since": 1e99, "written": 1}',
        '{"last": {}, "since": true, "written": 1}',
    ],
)
def test_a_damaged_file_tells_nothing(tmp_path, content):
    times = PublishedTimesFile(tmp_path / "wire.db")
    (tmp_path / "wire.db.published.json").write_text(content)
    assert times.read() is None
    times.begin(T0)
    assert times.read() is not None
