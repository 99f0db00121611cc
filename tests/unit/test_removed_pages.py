"""What an editor keeps back disappears from the whole site, also after a crash (P12)."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import StillClock
from bot.editorial.deciding import Decider
from bot.editorial.review import DraftReview
from bot.model.draft import SITE, Action
from bot.policy.publication_rules import Policy, PolicyRule
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.site.archive import months
from bot.store.sql_store import SqlStore, open_store
from bot.tick import report_pages
from bot.tick.report_pages import ReportPages
from tests.contract import stored
from tests.contract.stored import HOUR, T0, record
from tests.fakes import FakeChannel, FakeRenderer
from tests.unit.test_pages import writer
from tests.unit.test_report_pages import (
    IR_1,
    IRAN,
    KZ_1,
    KZ_2,
    change,
    opened_before,
)
from tests.unit.test_unpublished_pages import words_of

ON_SITE = PolicyRule("page-at-once", Action.PUBLISH, channels=(SITE,))
PUBLISH_ALL = PolicyRule("all-out", Action.PUBLISH)
REVIEW_ALL = PolicyRule("a-person-looks", Action.REVIEW)


@dataclass
class Harness:
    """A store, its real site, and channel `x`."""

    store: SqlStore
    site: Path

    def __post_init__(self) -> None:
        self.x = FakeChannel("x")
        self.clock = StillClock(T0)
        self.review = DraftReview(self.store, self.clock, FakeRenderer(), {})
        timing = PostTiming(RetryDelays(timedelta(0)), None, {}, guard=None)
        self.publisher = Publisher(self.store, {"x": self.x}, self.clock, timing)
        self.restart()

    def restart(self) -> None:
        """Open the pages as at a start."""
        self.pages = ReportPages(self.store, writer(self.site))
        self.pages.write_stale()

    def decide(self, *rules: PolicyRule) -> None:
        """Decide the undecided events by these rules."""
        policy, channels = Policy(rules, stale_after=None), {"x": self.x}
        Decider(self.store, FakeRenderer(), channels, policy, self.clock).decide_all()

    def tick(self, *rules: PolicyRule) -> list[str]:
        """Decide, write pages and post as a tick does; return the keys of the posts."""
        self.decide(*rules)
        self.pages.write(())
        sent = self.publisher.publish_due(self.pages.outdated_incidents)
        self.pages.write(())
        self.pages.refresh(())
        self.pages.write_front((), T0)
        return [delivery.post.key for delivery in sent]

    def page(self, incident: str) -> str:
        """Return the HTML of an incident's page."""
        return (self.site / "i" / incident / "index.html").read_text("utf-8")


def crash(*_: object) -> None:
    """Fail like a step in which the process dies."""
    raise OSError("the process dies")


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    store = open_store(":memory:")
    harness = Harness(store, tmp_path / "site")
    yield harness
    harness.publisher.close()
    store.close()


def test_later_page_of_the_place_does_not_list_a_removed_incident(harness):
    record(harness.store, change(1), opened_before(KZ_2))
    harness.tick(ON_SITE, REVIEW_ALL)
    assert KZ_2 in harness.page(KZ_1)
    harness.review.reject(f"{KZ_2}.1", "it may harm people")
    harness.tick()
    assert KZ_2 not in words_of(harness.site)


def test_timeline_of_removed_incidents_is_removed(harness):
    record(harness.store, change(1), opened_before(KZ_2))
    harness.tick(ON_SITE, REVIEW_ALL)
    assert (harness.site / "timeline.svg").is_file()
    harness.review.reject(f"{KZ_2}.1", "it may harm people")
    harness.tick()
    assert list(harness.site.glob("timeline*")) == []


def test_crash_during_a_removal_leaves_no_line_without_its_page(harness, monkeypatch):
    record(harness.store, change(1), opened_before(KZ_2))
    harness.tick(ON_SITE, REVIEW_ALL)
    harness.review.reject(f"{KZ_2}.1", "it may harm people")

    with monkeypatch.context() as dying:
        dying.setattr(shutil, "rmtree", crash)
        harness.pages.write(())
    assert KZ_2 not in (harness.site / "index.html").read_text("utf-8")
    harness.restart()
    harness.tick()
    assert not (harness.site / "i" / KZ_2).exists()
    assert KZ_2 not in words_of(harness.site)


@pytest.mark.parametrize(
    "damage", ["no folder", "other document", "no document", "cut lists"]
)
def test_damaged_page_is_removed_from_every_file(harness, damage):  # P12
    record(harness.store, stored.change(1), stored.change(1, IR_1, place=IRAN))
    harness.tick(ON_SITE, REVIEW_ALL)
    folder = harness.site / "i" / IR_1
    document = folder / "incident.json"
    if damage == "no folder":
        shutil.rmtree(folder)
    elif damage == "cut lists":
        for path in harness.site.rglob("*.json"):
            if IR_1 in path.read_text("utf-8") and path.parent != folder:
                path.write_bytes(path.read_bytes()[:-5])
    elif damage == "other document":
        shutil.copy(harness.site / "i" / KZ_1 / "incident.json", document)
    else:
        document.unlink()
    harness.review.reject(f"{IR_1}.1", "it may harm people")
    harness.tick()
    assert IR_1 not in words_of(harness.site)
    assert [p for p in harness.site.rglob("*") if IR_1 in p.name] == []


def test_front_page_lists_the_newest_pages_and_not_the_newest_incidents(
    harness, monkeypatch
):
    """During a flood, many incidents that wait hide nothing that is released."""
    monkeypatch.setattr(report_pages, "_MAX_FRONT_PAGE", 6)
    record(harness.store, opened_before("KZ-2021-0001", 2000))
    harness.tick(PUBLISH_ALL)
    names = [f"KZ-2022-{n:04}" for n in range(10)]
    record(harness.store, *(opened_before(name, n) for n, name in enumerate(names)))
    harness.decide(REVIEW_ALL)
    harness.restart()
    harness.tick()
    front = (harness.site / "index.html").read_text("utf-8")
    assert "i/KZ-2021-0001/" in front
    assert not list((harness.site / "archive").glob("????-??.html"))


def test_post_approved_during_a_tick_waits_for_its_page(harness, monkeypatch):  # P15
    """A person approves after the pages were written, and before the posts are sent."""
    record(harness.store, change(1))
    harness.tick(REVIEW_ALL)
    due = harness.store.deliveries.due

    def approve_first(now: object) -> object:
        monkeypatch.undo()
        harness.review.approve(f"{KZ_1}.1", "it is right")
        return due(now)

    monkeypatch.setattr(harness.store.deliveries, "due", approve_first)
    assert harness.tick() == []
    assert harness.tick() == [f"{KZ_1}.1/x"]


def test_posts_wait_for_the_pages_of_a_site_that_was_removed(harness):  # P15
    names = [f"KZ-2022-{n:04}" for n in range(6)]
    record(harness.store, *(opened_before(name, n) for n, name in enumerate(names)))
    harness.decide(PUBLISH_ALL)
    harness.pages.write(())
    harness.pages.write_front((), T0)
    shutil.rmtree(harness.site)
    harness.clock.sleep(HOUR)
    sent = harness.tick()
    assert len(sent) == 6
    for name in names:
        assert (harness.site / "i" / name / "index.html").is_file()


def test_a_lost_feed_is_written_again(harness):
    record(harness.store, change(1), opened_before(KZ_2))
    harness.tick(PUBLISH_ALL)
    shutil.rmtree(harness.site / "feeds")
    harness.tick()
    feed = (harness.site / "feeds/all.json").read_text("utf-8")
    assert KZ_1 in feed
    assert KZ_2 in feed


def test_archive_forgets_removed_incidents_whatever_its_size(harness, monkeypatch):
    """The archive exists already; then fewer incidents than the front page lists remain."""
    monkeypatch.setattr(report_pages, "_MAX_FRONT_PAGE", 6)
    names = [f"KZ-2022-{n:04}" for n in range(7)]
    record(harness.store, *(opened_before(name, n) for n, name in enumerate(names)))
    harness.tick(ON_SITE, REVIEW_ALL)
    assert (harness.site / "archive/2022-01.html").is_file()
    for name in names[:3]:
        harness.review.reject(f"{name}.1", "it may harm people")
        harness.tick()
    words = words_of(harness.site)
    assert not any(name in words for name in names[:3])
    archive = "".join(
        path.read_text("utf-8") for path in (harness.site / "archive").glob("*.html")
    )
    assert all(name in archive for name in names[3:])


def test_month_of_the_archive_loses_no_line_with_its_second_page(harness, monkeypatch):
    monkeypatch.setattr(months, "_PAGE_SIZE", 6)
    monkeypatch.setattr(report_pages, "_MAX_FRONT_PAGE", 3)
    names = [f"KZ-2022-{n:04}" for n in range(7)]
    record(harness.store, *(opened_before(name, n) for n, name in enumerate(names)))
    harness.tick(ON_SITE, REVIEW_ALL)
    pages = sorted(path.name for path in (harness.site / "archive").glob("*.html"))
    assert pages == ["2022-01-2.html", "2022-01.html", "index.html"]
    harness.review.reject(f"{names[4]}.1", "it may harm people")
    harness.tick()
    month = (harness.site / "archive/2022-01.html").read_text("utf-8")
    assert sum(name in month for name in names) == 6
    assert "2022-01-2.html" not in month


def test_pages_of_later_incidents_are_queued_before_a_page_is_removed(
    harness, monkeypatch
):
    record(harness.store, change(1), opened_before(KZ_2))
    harness.tick(ON_SITE, REVIEW_ALL)
    harness.review.reject(f"{KZ_2}.1", "it may harm people")

    with monkeypatch.context() as dying:
        dying.setattr(harness.store.pages, "queue_later", crash)
        harness.pages.write(())
    harness.restart()
    harness.tick()
    assert KZ_2 not in words_of(harness.site)
