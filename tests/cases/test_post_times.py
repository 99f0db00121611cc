"""A post that waited carries the time of its first try, not the time it was queued."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.channels.mail import MailChannel, MailConfig
from bot.clock import StillClock
from bot.model.incident import EventKind
from bot.policy.channel_rules import ChannelRules, QuietHours
from bot.ports import Channel
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.store.sql_store import SqlStore, open_store
from tests.contract.rigs.bluesky import POSTS, BlueskyMemory, bluesky_rig
from tests.contract.rigs.rig import Rig
from tests.contract.stored import PNG, T0, change, decision, draft, post, record
from tests.servers.local import Reply
from tests.servers.smtp import Mailbox

pytest_plugins = ["tests.servers.fixtures"]

END_OF_QUIET_HOURS = T0 + timedelta(hours=7, minutes=1)
QUIET_HOURS_RULES = ChannelRules(quiet=QuietHours(time(23), time(7)))


@dataclass
class QuietHoursHarness:
    """An update that is queued at midnight and waits for the end of the quiet hours."""

    channel: Channel
    clock: StillClock
    store: SqlStore = field(default_factory=lambda: open_store(":memory:"))

    def __post_init__(self) -> None:
        self.clock.time = T0
        self.publisher = Publisher(
            self.store,
            {"one": self.channel},
            self.clock,
            PostTiming(
                RetryDelays(timedelta(seconds=60)), None, {"one": QUIET_HOURS_RULES}
            ),
        )
        (event,) = record(self.store, change(1))
        update = post(event, "one", kind=EventKind.UPDATED, made_at=T0)
        self.store.drafts.save(draft(event), PNG, (decision(event),), [update])
        assert self.sent_at(T0) == 0

    def sent_at(self, at: datetime) -> int:
        """Set the clock to `at`; return how many posts are sent then."""
        self.clock.time = at
        return len(self.publisher.publish_due())

    def close(self) -> None:
        self.publisher.close()
        self.store.close()


@dataclass
class BlueskyQuietHours:
    """A `QuietHoursHarness` on the bluesky channel, with its server."""

    harness: QuietHoursHarness
    rig: Rig
    memory: BlueskyMemory

    def created_at(self) -> list[datetime]:
        """Return the creation time that each post of the account carries."""
        return [
            datetime.fromisoformat(record["createdAt"])
            for (collection, _), record in self.memory.records.items()
            if collection == POSTS
        ]


@pytest.fixture
def bluesky(tmp_path: Path) -> Iterator[BlueskyQuietHours]:
    memory = BlueskyMemory()
    for rig in bluesky_rig(tmp_path, memory):
        harness = QuietHoursHarness(rig.channel, rig.clock)
        yield BlueskyQuietHours(harness, rig, memory)
        harness.close()


def test_a_delayed_bluesky_post_carries_its_first_try(
    bluesky: BlueskyQuietHours,
) -> None:
    """P18: timelines sort by post time; readers would miss a post dated hours ago."""
    assert bluesky.harness.sent_at(END_OF_QUIET_HOURS) == 1
    assert bluesky.created_at() == [END_OF_QUIET_HOURS]


def test_a_repeated_bluesky_post_keeps_its_first_time(
    bluesky: BlueskyQuietHours,
) -> None:
    """P10: a repeat must be the same record, or the post could be published twice."""
    bluesky.rig.script[bluesky.rig.post_path].append(Reply(429, {}))
    assert bluesky.harness.sent_at(END_OF_QUIET_HOURS) == 0
    assert bluesky.harness.sent_at(END_OF_QUIET_HOURS + timedelta(hours=2)) == 1
    assert bluesky.created_at() == [END_OF_QUIET_HOURS]


@pytest.mark.servers
def test_a_delayed_email_is_dated_at_its_first_try(mailbox: Mailbox) -> None:
    """P10, P18: an e-mail that is sent again keeps the date of its first try."""
    config = MailConfig(
        host="127.0.0.1",
        port=mailbox.port,
        security="none",
        sender="wire@outages.example",
        to=("desk@news.example",),
        timeout=timedelta(seconds=5),
    )
    clock = StillClock(T0)
    harness = QuietHoursHarness(MailChannel("one", config, clock), clock)
    mailbox.refusals = [("MAIL", "451 4.3.0 try again later")]
    assert harness.sent_at(END_OF_QUIET_HOURS) == 0
    assert harness.sent_at(END_OF_QUIET_HOURS + timedelta(hours=2)) == 1
    harness.close()
    (message,) = mailbox.emails
    assert message["Date"].datetime == END_OF_QUIET_HOURS
