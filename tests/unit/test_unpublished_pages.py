"""Events that are not released stand only on pages for the operator (P12)."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest

from bot.charts.canvas.canvas import Canvas
from bot.clock import StillClock
from bot.editorial.deciding import Decider
from bot.editorial.review import DraftReview
from bot.errors import RenderingError
from bot.model.draft import SITE, Action
from bot.model.incident_report import IncidentReport, Listing
from bot.policy.publication_rules import Policy, PolicyRule
from bot.rendering.renderer import TemplateRenderer
from bot.rendering.unpublished_pages import UnpublishedPagesFolder
from bot.site.lists import FrontPageLists
from bot.store.sql_store import SqlStore, open_store
from bot.tick.report_pages import ReportPages
from tests.builders import event
from tests.contract.stored import T0, record
from tests.fakes import FakeChannel, FakeRenderer
from tests.unit.test_pages import STEPS, report_of, writer
from tests.unit.test_report_pages import KZ_1, change, restored

PUBLISH_ALL = PolicyRule("all-out", Action.PUBLISH)
REVIEW_ALL = PolicyRule("a-person-looks", Action.REVIEW)
HOLD_ALL = PolicyRule("do-no-harm", Action.HOLD)
NOTICE = "For the operator alone"
WORDED = {".html", ".json", ".csv", ".atom", ".xml", ".geojson", ".ics", ".txt"}
"""The ends of the names of files that have words."""


@dataclass
class FolderInMemory:
    """Keeps the numbers of the events on each page; `broken` makes writing fail."""

    pages: dict[str, list[int]] = field(default_factory=dict)
    broken: bool = False
    is_complete: bool = False
    written: int = 0
    listed: int = 0

    def write(self, report: IncidentReport) -> None:
        """Keep the numbers of the events, or raise if writing is to fail."""
        self.written += 1
        if self.broken:
            raise RenderingError("no space left")
        self.pages[report.incident.id] = [event.seq for event in report.events]

    def remove(self, incident: str) -> bool:
        """Remove the page."""
        return self.pages.pop(incident, None) is not None

    def list_incidents(self, listing: Listing) -> None:
        """Count the listings."""
        self.listed += 1

    def is_marked(self) -> bool:
        """Return whether `mark` said last that all pages are complete."""
        return self.is_complete

    def mark(self, *, is_complete: bool) -> None:
        """Keep whether the pages are complete."""
        self.is_complete = is_complete


@dataclass
class Harness:
    """A store, and the pages of its incidents."""

    store: SqlStore
    renderer: FakeRenderer
    unpublished: FolderInMemory = field(default_factory=FolderInMemory)

    def __post_init__(self) -> None:
        self.restart()
        self.review = DraftReview(self.store, StillClock(T0), self.renderer, {})

    def restart(self) -> None:
        """Open the pages as at a start."""
        self.pages = ReportPages(self.store, self.renderer, self.unpublished)
        self.pages.write_stale()

    def tick(self, *rules: PolicyRule) -> dict[str, list[int]]:
        """Decide by these rules and write the pages; return the unpublished ones."""
        clock, channels = StillClock(T0), {"x": FakeChannel("x")}
        policy = Policy(rules, stale_after=None)
        Decider(self.store, self.renderer, channels, policy, clock).decide_all()
        self.pages.write(())
        self.pages.refresh(())
        self.pages.write_front((), T0)
        return self.unpublished.pages


@pytest.fixture
def harness() -> Iterator[Harness]:
    store = open_store(":memory:")
    yield Harness(store, FakeRenderer())
    store.close()


@pytest.mark.parametrize("rule", [REVIEW_ALL, HOLD_ALL])
def test_events_that_are_not_let_out_have_a_page_for_the_operator(harness, rule):
    record(harness.store, change(1))
    assert harness.tick(PUBLISH_ALL) == {}
    record(harness.store, restored(2))
    assert harness.tick(rule) == {KZ_1: [1, 2]}
    harness.review.approve(f"{KZ_1}.2", "it is right")
    assert harness.tick(rule) == {}


def test_rejected_event_is_on_no_page(harness):
    record(harness.store, change(1))
    on_site = PolicyRule("page-at-once", Action.PUBLISH, channels=(SITE,))
    harness.tick(on_site, REVIEW_ALL)
    harness.review.reject(f"{KZ_1}.1", "it may harm people")
    assert harness.tick() == {}


def test_event_without_a_draft_is_on_no_page(harness):  # P16
    record(harness.store, change(1))
    harness.pages.write(())
    assert harness.unpublished.pages == {}


def test_failed_page_for_the_operator_stops_no_post(harness):  # P15, P19
    harness.unpublished.broken = True
    record(harness.store, change(1))
    harness.tick(REVIEW_ALL)
    assert harness.pages.outdated_incidents() == frozenset()
    (problem,) = harness.pages.problems()
    assert (
        problem
        == "pages with unreleased events: 1 failed: RenderingError: no space left"
    )
    # It is tried again in each tick.
    harness.unpublished.broken = False
    assert harness.tick() == {KZ_1: [1]}
    assert harness.pages.problems() == ()


def test_page_that_succeeds_later_is_listed(harness):
    harness.unpublished.broken = True
    record(harness.store, change(1))
    harness.tick(REVIEW_ALL)
    harness.unpublished.broken = False
    harness.unpublished.listed = 0
    harness.tick()
    assert harness.unpublished.listed == 1
    harness.tick()
    assert harness.unpublished.listed == 1


def test_failed_page_for_the_operator_rewrites_no_other_page(harness):
    record(harness.store, *(change(1, f"KZ-2022-{n:04}") for n in range(3)))
    harness.tick(REVIEW_ALL)
    harness.unpublished.broken = True
    record(harness.store, change(2, "KZ-2022-0000"))
    harness.tick(REVIEW_ALL)
    harness.tick()
    assert harness.store.pages.waiting(99) == {}


def test_failed_pages_are_tried_again_a_few_in_each_tick(harness):
    harness.unpublished.broken = True
    record(harness.store, *(change(1, f"KZ-2022-{n:04}") for n in range(30)))
    harness.tick(REVIEW_ALL)
    harness.unpublished.written = 0
    harness.tick()
    assert harness.unpublished.written == 4
    assert len(harness.pages.problems()) == 1


@pytest.mark.parametrize("while_running", [True, False])
def test_lost_pages_for_the_operator_are_written_again(harness, while_running):
    record(harness.store, *(change(1, f"KZ-2022-{n:04}") for n in range(12)))
    assert len(harness.tick(REVIEW_ALL)) == 12
    harness.unpublished.pages.clear()
    harness.unpublished.is_complete = False
    if not while_running:
        harness.restart()
    for _ in range(3):
        harness.tick()
    assert len(harness.unpublished.pages) == 12
    assert harness.unpublished.is_complete
    assert harness.store.pages.waiting(99) == {}


@pytest.mark.parametrize("earlier_ticks", [0, 1])
def test_page_that_failed_before_a_restart_is_written_after_it(harness, earlier_ticks):
    for _ in range(earlier_ticks):
        harness.tick()
    harness.unpublished.broken = True
    record(harness.store, change(1))
    harness.tick(REVIEW_ALL)
    harness.unpublished.broken = False
    harness.restart()
    assert harness.tick() == {KZ_1: [1]}


def test_folder_with_files_of_others_is_left_alone(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir(0o755)
    (folder / "letter.txt").write_text("mine")
    public = writer(tmp_path / "site")
    own = UnpublishedPagesFolder(replace(public, site=folder, unpublished=True))
    with pytest.raises(RenderingError, match="has other files"):
        own.list_incidents(Listing(()))
    (folder / "site.stamp").write_text("of another program")
    assert not own.is_marked()
    own.mark(is_complete=False)
    assert (folder / "site.stamp").is_file()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def operators_folder(public: TemplateRenderer, folder: Path) -> TemplateRenderer:
    """Return the writer of the operator's pages, with the charts of the public ones."""
    return replace(public, site=folder, unpublished=True, lists=FrontPageLists())


def test_pages_for_the_operator_have_the_charts_of_the_public_ones(
    tmp_path, monkeypatch
):
    public = writer(tmp_path / "site")
    own = operators_folder(public, tmp_path / "own")
    report = report_of(tmp_path, STEPS[0])
    public.publish_page(report)
    monkeypatch.setattr(Canvas, "svg", lambda _: pytest.fail("it was drawn again"))
    own.publish_page(report)
    charts = sorted(p.name for p in (tmp_path / "site/i").rglob("now-*.svg"))
    assert charts
    assert sorted(p.name for p in (tmp_path / "own/i").rglob("now-*.svg")) == charts
    later = report_of(tmp_path, *STEPS)
    with pytest.raises(pytest.fail.Exception, match="drawn again"):
        own.publish_page(later)


def test_pages_for_the_operator_have_no_timeline(tmp_path):
    public = writer(tmp_path / "site")
    own = operators_folder(public, tmp_path / "own")
    incidents = ("KZ-1", "KZ-2")
    for site in (public, own):
        for incident in incidents:
            site.publish_page(report_of(tmp_path, event(incident=incident)))
        site.list_incidents(Listing(incidents))
    assert (tmp_path / "site/timeline.svg").is_file()
    assert not (tmp_path / "own/timeline.svg").exists()


def decide_and_write(store: SqlStore, pages: ReportPages, *rules: PolicyRule) -> None:
    """Decide the undecided events by these rules, and write the pages."""
    channels, policy = {"x": FakeChannel("x")}, Policy(rules, stale_after=None)
    Decider(store, FakeRenderer(), channels, policy, StillClock(T0)).decide_all()
    pages.write(())
    pages.write_front((), T0)


def words_of(folder: Path) -> str:
    """Return the content of all text files in a folder."""
    files = (p for p in sorted(folder.rglob("*")) if p.suffix in WORDED)
    return "\n".join(path.read_text("utf-8") for path in files)


def test_written_site_has_nothing_of_an_event_that_waits(tmp_path):
    """P12: the folder for the operator has it, and nobody else can read this folder."""
    public: TemplateRenderer = writer(tmp_path / "site")
    own = operators_folder(public, tmp_path / "own")
    store = open_store(":memory:")
    renderer = FakeRenderer()
    pages = ReportPages(store, public, UnpublishedPagesFolder(own))

    tick = partial(decide_and_write, store, pages)
    record(store, change(1))
    tick(PUBLISH_ALL)
    assert KZ_1 not in words_of(tmp_path / "own")
    record(store, restored(2))
    tick(REVIEW_ALL)
    site, unpublished = words_of(tmp_path / "site"), words_of(tmp_path / "own")
    assert '"state": "restored"' not in site
    assert NOTICE not in site
    assert '"state": "restored"' in unpublished
    assert unpublished.count(NOTICE) == 3
    assert 'content="noindex"' in unpublished
    assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o700
    assert str(tmp_path) not in site + unpublished
    DraftReview(store, StillClock(T0), renderer, {}).approve(f"{KZ_1}.2", "right")
    tick()
    assert '"state": "restored"' in words_of(tmp_path / "site")
    assert KZ_1 not in words_of(tmp_path / "own")
    store.close()


def test_page_of_a_rejected_event_is_removed(tmp_path):  # P12
    """The site has shown the event by a rule for the site; no post was sent."""
    store, renderer, site = open_store(":memory:"), FakeRenderer(), tmp_path / "site"
    pages = ReportPages(store, writer(site))

    tick = partial(decide_and_write, store, pages)
    on_site = PolicyRule("page-at-once", Action.PUBLISH, channels=(SITE,))
    record(store, change(1), restored(2))
    tick(on_site, REVIEW_ALL)
    folder = site / "i" / KZ_1
    for name in ("1.png", "1.csv", "2.png", "2.csv"):
        (folder / name).write_text("of the event")
    review = DraftReview(store, StillClock(T0), renderer, {})
    review.reject(f"{KZ_1}.2", "it is not over")
    tick()
    assert '"state": "restored"' not in words_of(site)
    assert sorted(p.name for p in folder.iterdir()) == [
        "1.csv",
        "1.png",
        "cap",
        "embed",
        "evidence",
        "evidence.json",
        "evidence.zip",
        "incident.json",
        "index.html",
        "index.txt",
        "lists.json",
        "oembed.json",
    ]
    review.hold(f"{KZ_1}.1", "it may harm people")
    tick()
    assert not folder.exists()
    assert KZ_1 not in words_of(site)
    store.close()
