"""P10 on the strict stand-ins: despite random faults, no post is duplicated or lost.

The tests treat a post as the delivery worker does. They send it again only if it was
certainly not published. If it may have been published, they first look for it on the
server. OUTAGEWIRE_SEED sets the faults.
"""

import os
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.channels.x import XChannel, XConfig
from bot.clock import StillClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post
from bot.ports import Channel
from tests.contract.rigs.rig import make_post
from tests.servers import mastodon_standin as mastodon
from tests.servers import x_standin as x

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = pytest.mark.servers

SEED = int(os.environ.get("OUTAGEWIRE_SEED", "20260108"))
POSTS, LONGEST_THREAD = 300, 12
NOT_SENT_FAULTS, MAYBE_SENT_FAULTS = (
    ("429", "503"),
    ("answer-lost", "503-after", "reset"),
)


def send_until_settled(
    channel: Channel, post: Post, set_fault: Callable[[], None]
) -> tuple[str, str]:
    """Send a post as the delivery worker does, until its outcome is final.

    Return the outcome, and the id of the published post; "" if there is none.
    """
    unknown = False
    for _ in range(40):
        set_fault()
        try:
            if unknown and (receipt := channel.find(post)):
                return "found", receipt.id
            unknown = False
            return "sent", channel.send(post, None).id
        except ChannelUnavailable:
            continue
        except ChannelUnknown:
            if unknown:
                return "a person is asked", ""
            unknown = True
        except ChannelRefused:
            return "refused", ""
    return "waiting", ""


def send_threads(
    channel: Channel, fail: Callable[[str, bool], None], forget: Callable[[], None]
) -> Counter[str]:
    """Send threads of posts with random faults; count the posts with each outcome."""
    random_source, outcomes = random.Random(SEED), Counter[str]()
    parent: str | None = None
    for number in range(1, POSTS + 1):
        if number % LONGEST_THREAD == 1:
            parent = None
        text = f"Update {number}: #Iran at {number % 7}% · تأیید"
        post = make_post(text, event=number, reply_to=parent, picture=None)

        def set_fault() -> None:
            forget()
            if random_source.random() < 0.5:
                fail(
                    random_source.choice(NOT_SENT_FAULTS + MAYBE_SENT_FAULTS),
                    random_source.random() < 0.3,
                )

        outcome, id_ = send_until_settled(channel, post, set_fault)
        parent = id_ or parent
        outcomes[outcome] += 1
    return outcomes


def report(name: str, outcomes: Counter[str], texts: list[str]) -> None:
    """Print the counts; check that no post is duplicated or lost."""
    counts = Counter(texts)
    duplicates = [text for text, n in counts.items() if n > 1]
    sent = outcomes["sent"] + outcomes["found"]
    left_to_person = outcomes["a person is asked"]
    print(
        f"{name}, seed {SEED}: {POSTS} posts, {dict(sorted(outcomes.items()))};"
        f" duplicates {len(duplicates)}, missing {POSTS - len(counts)}"
    )
    assert not duplicates
    assert sent + left_to_person == POSTS
    assert sent <= len(counts) <= POSTS
    assert outcomes["found"] > 20


def test_mastodon_posts_exist_once_despite_faults(
    mastodon_standin: mastodon.MastodonStandIn,
) -> None:
    """The stand-in forgets its idempotency keys, because some servers have none."""
    mastodon_standin.windows["all"] = (10**6, 300)
    config = MastodonConfig(
        base_url=mastodon_standin.base_url,
        token=SecretStr(mastodon.TOKEN),
        timeout=timedelta(seconds=5),
    )
    channel = MastodonChannel(
        "one", config, StillClock(datetime(2026, 1, 8, tzinfo=UTC))
    )

    def fail(kind: str, reading: bool) -> None:
        path = f"/api/v1/accounts/{mastodon.ACCOUNT}/statuses"
        target = (path, "GET") if reading else ("/api/v1/statuses", "POST")
        mastodon_standin.fail_next(kind, *target)

    def forget() -> None:
        mastodon_standin.faults.clear()
        mastodon_standin._keys.clear()

    outcomes = send_threads(channel, fail, forget)
    report("mastodon", outcomes, [status.text for status in mastodon_standin.statuses])


def test_x_posts_exist_once_despite_faults(x_standin: x.XStandIn) -> None:
    x_standin.limits = dict.fromkeys(x_standin.limits, 10**6)
    keys = {name: SecretStr(value) for name, value in x.KEYS.items()}
    connection = {"api_base": x_standin.base_url, "timeout": timedelta(seconds=5)}
    config = XConfig.model_validate(keys | connection)
    clock = StillClock(datetime.fromtimestamp(x_standin.media_store.now(), UTC))
    channel = XChannel("one", config, clock)

    def fail(kind: str, reading: bool) -> None:
        x_standin.fail_next(
            kind, f"/2/users/{x.USER}/tweets" if reading else "/2/tweets"
        )

    def forget() -> None:
        """Remove faults left over, and let used-up rate limits begin again."""
        x_standin.faults.clear()
        x_standin._windows.clear()
        clock.time += timedelta(minutes=16)

    report("x", send_threads(channel, fail, forget), [t.sent for t in x_standin.tweets])
