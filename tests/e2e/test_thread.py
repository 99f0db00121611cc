"""A whole incident, from readings to threads that third-party clients read back.

The real loop posts it to a real server with the Mastodon API (snac, read back with
Mastodon.py) and to the stand-in for X, which checks signatures with oauthlib and lengths
with twitter-text.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import PIL.Image
import pytest

from bot import bootstrap
from bot.channels.shared.read_back import normalized_html_text, normalized_text
from bot.clock import StillClock
from bot.model.delivery import Delivery, DeliveryState
from bot.model.draft import Draft
from bot.ports import Store
from bot.replay import run
from bot.sources.recording.source import load_recording
from tests import stories
from tests.recordings import SHARED
from tests.servers.missing import report_missing
from tests.servers.reading import reader_of
from tests.servers.snac import Snac, find_snac, start_snac
from tests.servers.x_standin import KEYS, Tweet, XStandIn

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]

IRAN = SHARED / "data" / "recordings" / "iran-2026-01"


@dataclass(frozen=True)
class PostedIncident:
    """A posted incident: the store that has it, and the servers that have its posts."""

    store: Store
    snac: Snac
    x: XStandIn

    def deliveries_on(self, channel: str) -> list[Delivery]:
        deliveries = self.store.deliveries.all()
        return [d for d in deliveries if d.post.channel == channel]

    def drafts(self) -> list[Draft]:
        (incident,) = self.store.incidents.all()
        posted_events = {d.post.event for d in self.store.deliveries.all()}
        drafts = self.store.drafts.of_incident(incident.id)
        return [draft for draft in drafts if draft.event in posted_events]


@pytest.fixture(
    scope="module",
    params=["made up", pytest.param("Iran 2026", marks=pytest.mark.slow)],
)
def posted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PostedIncident]:
    home = tmp_path_factory.mktemp("thread")
    folder = stories.blackout(home / "r") if request.param == "made up" else IRAN
    if not folder.is_dir():
        pytest.skip(
            "iran-2026-01 is not here: its licence keeps it out of the repository"
        )
    binary = find_snac()
    if binary is None:
        report_missing("snac")
    snac = start_snac(binary, home / "snac")
    try:
        x = XStandIn().start()
    except FileNotFoundError as error:
        snac.stop()
        report_missing(str(error))
    try:
        with pytest.MonkeyPatch.context() as patch:
            yield PostedIncident(_run_recording(home, folder, snac, x, patch), snac, x)
    finally:
        x.stop()
        snac.stop()


def _run_recording(
    home: Path, folder: Path, snac: Snac, x: XStandIn, patch: pytest.MonkeyPatch
) -> Store:
    patch.setenv("MASTO_TOKEN", snac.token)
    for name, value in KEYS.items():
        patch.setenv(name.upper(), value)
    masto = {"kind": "mastodon", "base_url": snac.base_url, "token": "env:MASTO_TOKEN"}
    keys = {name: f"env:{name.upper()}" for name in KEYS}
    channels = {"masto": masto, "x": {"kind": "x", "api_base": x.base_url, **keys}}
    recording = load_recording(folder)
    clock = StillClock(recording.span.since)
    config = stories.publishing_config(home, folder, channels)
    application = bootstrap.build_live(config, clock, bootstrap.BackfillProgress())
    lag = max(signal.lag for signal in recording.signals)
    run.run_ticks(application.runner, clock, recording.span, lag, lambda _: None)
    return application.store


@pytest.fixture
def statuses(posted: PostedIncident) -> list[dict[str, Any]]:
    """The account's statuses in the order of the thread, read by a third-party client."""
    reader = reader_of(posted.snac)
    account_id = reader.account_verify_credentials()["id"]
    unordered = reader.fetch_remaining(reader.account_statuses(account_id, limit=40))
    (first,) = (s for s in unordered if not s["in_reply_to_id"])
    replies = {s["in_reply_to_id"]: s for s in unordered if s["in_reply_to_id"]}
    assert len(replies) == len(unordered) - 1, "two posts answer the same one"
    thread = [first]
    while thread[-1]["id"] in replies:
        thread.append(replies[thread[-1]["id"]])
    assert len(thread) == len(unordered), "a post answers something else"
    return thread


def test_each_post_is_sent_on_both_channels(posted: PostedIncident) -> None:
    deliveries = posted.store.deliveries.all()
    assert len(deliveries) == 2 * len(posted.drafts()) >= 4
    assert {delivery.state for delivery in deliveries} == {DeliveryState.SENT}


def test_thread_exists_once_and_in_order(posted, statuses):
    """P2, P10: every post is there once, with the text of its draft."""
    sent = posted.deliveries_on("masto")
    assert [str(s["id"]) for s in statuses] == [d.receipt.id for d in sent]
    words = [normalized_text(draft.text_for("masto").body) for draft in posted.drafts()]
    assert [normalized_text(status["text"]) for status in statuses] == words
    assert [normalized_html_text(status["content"]) for status in statuses] == words


def test_each_status_has_the_chart_and_its_alt_text(posted, statuses):
    """P4: each status has its draft's chart and description."""
    for status, draft in zip(statuses, posted.drafts(), strict=True):
        (media,) = status["media_attachments"]
        assert media["description"] == draft.picture.alt
        data = httpx.get(media["url"]).raise_for_status().content
        assert data == posted.store.drafts.picture(draft.picture.sha256)
        _check_chart(data)


def test_thread_on_x_is_in_order_and_within_its_length(posted: PostedIncident) -> None:
    """The stand-in refuses a post whose length in twitter-text is more than 280."""
    parent = None
    for tweet, delivery in zip(posted.x.tweets, posted.deliveries_on("x"), strict=True):
        assert delivery.receipt is not None
        assert tweet.id == delivery.receipt.id
        assert tweet.sent == delivery.post.text
        assert tweet.reply_to == parent
        parent = tweet.id


def test_each_post_on_x_has_the_chart_and_its_alt_text(posted):
    """P4: each post has its draft's description and a chart."""
    for tweet, draft in zip(posted.x.tweets, posted.drafts(), strict=True):
        media = _only_media(posted, tweet)
        assert media.alt == draft.picture.alt
        _check_chart(media.data)


def test_stored_length_is_that_of_twitter_text(posted: PostedIncident) -> None:
    for delivery in posted.deliveries_on("x"):
        counted = posted.x._counter.count(delivery.post.text)
        assert counted["weightedLength"] == delivery.post.length <= 280


def _only_media(posted: PostedIncident, tweet: Tweet) -> Any:
    (media,) = tweet.media
    return posted.x.media[media]


def _check_chart(data: bytes) -> None:
    with PIL.Image.open(io.BytesIO(data), formats=("PNG",)) as image:
        image.load()
        assert image.size == (1600, 900)
