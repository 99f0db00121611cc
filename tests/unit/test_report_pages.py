"""Only outdated report pages are written, and none shows what was not released."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import StillClock
from bot.editorial.deciding import Decider
from bot.editorial.review import DraftReview
from bot.errors import RenderingError
from bot.model.attribution import (
    AttributionAct,
    AttributionLevel,
    AttributionStep,
    CauseClaim,
)
from bot.model.delivery import Receipt
from bot.model.draft import Action, DraftState
from bot.model.entity import Entity, EntityKind
from bot.model.event import IncidentChange
from bot.model.incident import EventKind, Evidence, State
from bot.model.incident_report import IncidentReport, Listing
from bot.model.interval import Interval
from bot.policy.publication_rules import Policy, PolicyRule
from bot.store.sql_store import SqlStore, open_store
from bot.tick import report_pages
from bot.tick.incident_reports import incident_report
from bot.tick.report_pages import ReportPages
from tests import builders
from tests.contract import stored
from tests.contract.stored import HOUR, T0, record
from tests.fakes import FakeChannel, FakeRenderer
from tests.unit.test_pages import writer

KZ_1, KZ_2, IR_1 = "KZ-2022-0104", "KZ-2022-0201", "IR-2026-0108"
IRAN = Entity(EntityKind.COUNTRY, "IR")
PUBLISH_ALL = PolicyRule("all-out", Action.PUBLISH)
HOLD_ALL = PolicyRule("do-no-harm", Action.HOLD)
REVIEW_ALL = PolicyRule("a-person-looks", Action.REVIEW)


@dataclass
class SiteRenderer(FakeRenderer):
    """Records the pages and lists that it is asked to write.

    Attributes:
        failing: incidents whose pages cannot be written.
        front_fails: whether the list of incidents cannot be written.
        release: the version of the site.
        site_marked: whether the site is marked, and there.
        pages: incidents whose pages were written, in order.
        existing: incidents that have a page.
        listings: the lists that were written.
        front_page_count: how often the front page was written.
    """

    failing: set[str] = field(default_factory=set)
    front_fails: bool = False
    release: str = "1"
    site_marked: bool = True
    pages: list[str] = field(default_factory=list)
    existing: set[str] = field(default_factory=set)
    listings: list[Listing] = field(default_factory=list)
    front_page_count: int = 0

    def publish_page(self, report: IncidentReport) -> None:
        """Record the incident, or raise if its page is to fail."""
        if report.incident.id in self.failing:
            raise RenderingError("the disk is full")
        self.pages.append(report.incident.id)
        self.existing.add(report.incident.id)

    def has_page(self, incident: str) -> bool:
        """Return whether a page of the incident was written, and not removed."""
        return incident in self.existing

    def remove_page(self, incident: str, listing: Listing) -> None:
        """Remove the page after the listing."""
        self.list_incidents(listing)
        self.existing.remove(incident)

    def list_incidents(self, listing: Listing) -> None:
        """Record the listing, or raise if it is to fail."""
        if self.front_fails:
            raise RenderingError("the list is too long")
        self.listings.append(listing)

    def publish_sources(self, *_: object) -> None:
        """Count the writing of the front page."""
        self.front_page_count += 1

    def site_version(self) -> str:
        """Return the version that the test set."""
        return self.release

    def site_exists(self) -> bool:
        """Return whether the site was marked, and the test has not removed it."""
        return self.site_marked

    def mark_site(self) -> None:
        """Record that the site is marked."""
        self.site_marked = True


@dataclass
class SiteHarness:
    """A store, and the report pages of its incidents."""

    store: SqlStore
    renderer: SiteRenderer = field(default_factory=SiteRenderer)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> list[str]:
        """Open the pages as at a start; return the incidents whose pages this wrote."""
        self.renderer.pages.clear()
        self.pages = ReportPages(self.store, self.renderer)
        self.pages.write_stale()
        return list(self.renderer.pages)

    def decide(self, *rules: PolicyRule) -> None:
        """Decide each undecided event by these rules, on channel `x`."""
        clock, channels = StillClock(T0), {"x": FakeChannel("x")}
        policy = Policy(rules, stale_after=None)
        Decider(self.store, self.renderer, channels, policy, clock).decide_all()

    def tick(self) -> list[str]:
        """Write pages as a tick does; return the incidents whose pages this wrote."""
        self.renderer.pages.clear()
        self.pages.write(())
        self.pages.refresh(())
        self.pages.write_front((), T0)
        return list(self.renderer.pages)

    def report(self, incident: str = KZ_1) -> IncidentReport:
        """Return what the page of an incident may show."""
        report = incident_report(self.store, incident)
        assert report is not None
        return report


@pytest.fixture
def site() -> Iterator[SiteHarness]:
    store = open_store(":memory:")
    yield SiteHarness(store)
    store.close()


def change(
    seq: int,
    incident: str = KZ_1,
    kind: EventKind = EventKind.CONFIRMED,
    **facts: Any,
) -> IncidentChange:
    """Return one event of an incident, with no evidence."""
    facts.setdefault("as_of", builders.NOW + seq * HOUR)
    step = builders.event(kind, seq, incident=incident, **facts)
    return IncidentChange(builders.incident_of(step), step, Evidence(()))


def opened_before(incident: str, hours: int = 24, **facts: Any) -> IncidentChange:
    """Return the first event of an incident that began this many hours before KZ_1."""
    shift = hours * HOUR
    onset = Interval(builders.ONSET.since - shift, builders.ONSET.until - shift)
    return change(1, incident, as_of=builders.NOW - shift, onset=onset, **facts)


def restored(seq: int, incident: str = KZ_1) -> IncidentChange:
    """Return an event that ends the incident."""
    return change(seq, incident, EventKind.RESTORED, state=State.RESTORED)


def retracted(seq: int) -> IncidentChange:
    """Return an event that retracts the incident."""
    return change(seq, KZ_1, EventKind.RETRACTED, state=State.RETRACTED)


def test_failed_page_holds_back_only_its_own_incident(site):  # P15
    record(site.store, change(1), change(1, IR_1, place=IRAN))
    site.decide(PUBLISH_ALL)
    site.renderer.failing.add(KZ_1)
    assert site.tick() == [IR_1]
    assert site.pages.outdated_incidents() == {KZ_1}
    assert site.pages.problems() == (f"{KZ_1}: the disk is full",)  # P19


def test_failed_page_is_tried_again_after_a_restart(site):
    record(site.store, change(1))
    site.decide(PUBLISH_ALL)
    site.renderer.failing.add(KZ_1)
    site.tick()
    site.renderer.failing.clear()
    assert site.restart() == [KZ_1]
    assert site.pages.outdated_incidents() == frozenset()


def test_failed_front_page_holds_back_no_post(site):
    record(site.store, change(1))
    site.decide(PUBLISH_ALL)
    site.renderer.front_fails = True
    assert site.tick() == [KZ_1]
    assert site.pages.outdated_incidents() == frozenset()
    assert site.renderer.front_page_count == 1
    assert site.pages.problems() == ("the front page: the list is too long",)


def test_start_does_not_rewrite_current_pages(site):
    record(site.store, change(1), change(1, IR_1, place=IRAN))
    site.decide(PUBLISH_ALL)
    assert sorted(site.tick()) == [IR_1, KZ_1]
    assert site.restart() == []
    assert site.tick() == []


def _attribute(site: SiteHarness) -> None:
    claim = CauseClaim(
        AttributionLevel.A1, "a fault", "The operator", "https://a.example", "copy.html"
    )
    step = AttributionStep(IR_1, 1, AttributionAct.ADD, "Ada", "read it", T0, claim)
    site.store.attributions.append(step)


def _send(site: SiteHarness) -> None:
    site.store.deliveries.claim(f"{IR_1}.1/x", T0)
    site.store.deliveries.settle(f"{IR_1}.1/x", Receipt("1"), T0)


def _record(site: SiteHarness) -> None:
    record(site.store, change(2, IR_1, place=IRAN))
    site.decide(PUBLISH_ALL)


@pytest.mark.parametrize("change_something", [_attribute, _send, _record])
def test_start_writes_pages_changed_since_the_stop(site, change_something):
    record(site.store, change(1), change(1, IR_1, place=IRAN))
    site.decide(PUBLISH_ALL)
    site.tick()
    change_something(site)
    assert site.restart() == [IR_1]


def test_new_version_rewrites_a_few_pages_each_tick(site):
    ids = [f"KZ-2022-01{day:02}" for day in range(1, 11)]
    record(site.store, *(change(1, incident) for incident in ids))
    site.decide(PUBLISH_ALL)
    site.tick()
    site.renderer.release = "2"
    assert site.restart() == []
    ticks = [site.tick() for _ in range(4)]
    assert [len(pages) for pages in ticks] == [4, 4, 2, 0]
    assert sorted(incident for pages in ticks for incident in pages) == ids
    assert site.restart() == []


def test_site_that_is_removed_during_a_run_is_written_again(site):
    """P15, P19: posts link to these pages; their loss must not wait for the next start."""
    ids = [f"KZ-2022-01{day:02}" for day in range(1, 7)]
    record(site.store, *(change(1, incident) for incident in ids))
    site.decide(PUBLISH_ALL)
    site.tick()
    assert site.tick() == []
    assert site.pages.problems() == ()
    site.renderer.site_marked = False
    assert len(site.tick()) == 4
    assert "the site was removed" in site.pages.problems()[0]
    assert len(site.tick()) == 2
    assert site.tick() == []
    assert site.pages.problems() == ()
    assert site.renderer.site_marked
    assert site.restart() == []


def test_the_front_page_is_written_once_a_tick(site):
    record(site.store, change(1), change(1, IR_1, place=IRAN))
    site.decide(PUBLISH_ALL)
    site.tick()
    assert (site.renderer.front_page_count, len(site.renderer.listings)) == (1, 1)
    site.tick()
    assert (site.renderer.front_page_count, len(site.renderer.listings)) == (2, 1)


def _record_incidents(site: SiteHarness, count: int) -> None:
    """Record and decide `count` incidents, a day apart, in 26 places in turn."""
    changes = []
    for number in range(count):
        at = T0 + number * 24 * HOUR
        place = Entity(EntityKind.COUNTRY, f"A{chr(65 + number % 26)}")
        name = f"{place.code}-{number:04}"
        changes.append(change(1, name, place=place, as_of=at))
    record(site.store, *changes)
    site.decide(PUBLISH_ALL)


def test_front_page_lists_newest_and_all_open_incidents(site, monkeypatch):
    monkeypatch.setattr(report_pages, "_MAX_FRONT_PAGE", 20)
    _record_incidents(site, 58)
    record(
        site.store,
        *(restored(2, incident) for incident in site.store.incidents.open_ids()[1:]),
    )
    oldest = site.store.incidents.open_ids()
    site.decide(PUBLISH_ALL)
    site.tick()
    (listing,) = site.renderer.listings
    assert len(listing.front) == 21
    assert {*oldest} < {*listing.front}
    assert {month.name for month in listing.archive} == {
        "2026-01",
        "2026-02",
        "2026-03",
    }


def test_only_the_month_that_changed_is_listed_again(site, monkeypatch):
    monkeypatch.setattr(report_pages, "_MAX_FRONT_PAGE", 20)
    _record_incidents(site, 58)
    site.tick()
    record(site.store, change(2, "AA-0000"))
    site.decide(PUBLISH_ALL)
    site.tick()
    (month,) = site.renderer.listings[-1].archive
    assert (month.name, month.changed) == ("2026-01", {"AA-0000"})
    assert len(month.incidents) == 31 - 7


def test_no_start_and_no_tick_reads_a_whole_table(site, monkeypatch):
    record(site.store, change(1), change(1, IR_1, place=IRAN))
    site.decide(PUBLISH_ALL)

    def fail_if_called(*_: object) -> None:
        raise AssertionError("a method that reads a whole table was called")

    for part, name in (
        ("incidents", "all"),
        ("incidents", "corrections"),
        ("drafts", "all"),
        ("drafts", "decisions"),
        ("deliveries", "all"),
    ):
        monkeypatch.setattr(getattr(site.store, part), name, fail_if_called)
    site.restart()
    assert sorted(site.tick()) == []
    assert sorted(site.store.incidents.open_ids()) == [IR_1, KZ_1]


def test_incident_held_by_policy_has_no_page(site):  # P12
    record(site.store, change(1))
    site.decide(HOLD_ALL)
    assert site.tick() == []
    assert incident_report(site.store, KZ_1) is None


def test_incident_that_waits_for_review_has_no_page(site):  # P12
    record(site.store, change(1))
    site.decide(REVIEW_ALL)
    assert site.tick() == []
    review = DraftReview(site.store, StillClock(T0), site.renderer, {})
    review.approve(f"{KZ_1}.1", "it is right")
    assert site.tick() == [KZ_1]


def test_undecided_event_is_on_no_page(site):  # P16
    record(site.store, change(1))
    assert site.tick() == []
    site.decide(PUBLISH_ALL)
    record(site.store, change(2))
    assert [event.seq for event in site.report().events] == [1]


def test_events_released_before_a_hold_stay_shown(site):  # P12
    record(site.store, change(1))
    site.decide(PUBLISH_ALL)
    record(site.store, restored(2))
    site.decide(HOLD_ALL)
    report = site.report()
    assert [event.seq for event in report.events] == [1]
    assert (report.incident.state, report.incident.seq) == (State.CONFIRMED, 1)
    assert set(report.evidence) == set(report.drafts) == {f"{KZ_1}.1"}


def test_correction_is_shown_where_the_claim_is(site):  # P11
    record(site.store, change(1))
    site.decide(PUBLISH_ALL)
    record(site.store, retracted(2))
    site.decide(HOLD_ALL)
    assert [step.seq for step in site.report().events] == [1, 2]


def test_correction_of_an_unshown_claim_is_not_shown(site):
    record(site.store, change(1), retracted(2))
    site.decide(HOLD_ALL)
    assert incident_report(site.store, KZ_1) is None


def test_approved_draft_that_was_held_gets_a_page(site):  # P15
    record(site.store, change(1))
    site.decide(HOLD_ALL)
    site.tick()
    DraftReview(site.store, StillClock(T0), site.renderer, {}).approve(
        f"{KZ_1}.1", "it is safe"
    )
    (due,) = site.store.deliveries.due(T0 + HOUR)
    assert due.post.incident in site.pages.outdated_incidents()
    assert site.tick() == [KZ_1]
    assert site.pages.outdated_incidents() == frozenset()


def test_held_incident_is_not_named_on_other_pages(site):
    record(site.store, change(1), opened_before(KZ_2))
    not_over = PolicyRule("not-the-second", Action.HOLD, states=(State.RESTORED,))
    site.decide(not_over, PUBLISH_ALL)
    assert [other.id for other in site.report().previous] == [KZ_2]
    record(site.store, opened_before("KZ-2022-0101", 48, state=State.RESTORED))
    site.decide(HOLD_ALL)
    assert [other.id for other in site.report().previous] == [KZ_2]


def test_other_incidents_are_shown_as_they_were_released(site):
    record(site.store, change(1), opened_before(KZ_2))
    site.decide(PUBLISH_ALL)
    record(site.store, restored(2, KZ_2))
    site.decide(HOLD_ALL)
    (other,) = site.report().previous
    assert other.state is State.CONFIRMED


def test_page_names_a_limited_number_of_earlier_incidents(site):
    record(site.store, *(opened_before(f"KZ-{n:04}", n) for n in range(60)))
    site.decide(PUBLISH_ALL)
    report = site.report("KZ-0000")
    assert [other.id for other in report.previous][:2] == ["KZ-0001", "KZ-0002"]
    assert len(report.previous) == 50
    assert report.more_previous


def test_page_names_no_later_incident_as_an_earlier_one(site):
    opened_later = change(2, "KZ-2022-0301")
    onset = Interval(builders.ONSET.until, builders.NOW)
    began_later = change(1, "KZ-2022-0302", as_of=builders.NOW, onset=onset)
    record(site.store, change(1), opened_before(KZ_2), opened_later, began_later)
    site.decide(PUBLISH_ALL)
    assert [other.id for other in site.report().previous] == [KZ_2]
    assert site.report(KZ_2).previous == ()


def test_pages_kept_back_are_written_once_at_end(site):
    site.pages.defer()
    record(site.store, change(1))
    site.decide(PUBLISH_ALL)
    assert site.tick() == []
    record(site.store, restored(2))
    site.decide(PUBLISH_ALL)
    assert site.tick() == []
    site.pages.finish((), T0)
    assert site.renderer.pages == [KZ_1]
    assert site.renderer.front_page_count == 1


def test_held_incident_leaves_nothing_in_the_site_folder(tmp_path):  # P12
    store = open_store(":memory:")
    renderer = writer(tmp_path)
    record(store, stored.change(1), stored.change(1, IR_1, place=IRAN))
    hold = PolicyRule("do-no-harm", Action.HOLD, places=(IRAN,))
    policy = Policy((hold, PUBLISH_ALL), stale_after=None)
    Decider(
        store, renderer, {"x": FakeChannel("x")}, policy, StillClock(T0)
    ).decide_all()
    pages = ReportPages(store, renderer)
    pages.write_stale()
    pages.write_front((), T0)
    assert [folder.name for folder in (tmp_path / "i").iterdir()] == [KZ_1]
    written = [p for p in tmp_path.rglob("*") if p.suffix in {".html", ".json", ".csv"}]
    assert "KZ-2022-0104" in (tmp_path / "index.html").read_text("utf-8")
    assert [p for p in written if "IR-2026" in p.read_text("utf-8")] == []
    store.close()


def test_text_of_a_rejected_draft_is_on_no_page(tmp_path: Path):
    store, clock = open_store(":memory:"), StillClock(T0)
    renderer = writer(tmp_path)
    record(store, stored.change(1))
    channels = {name: FakeChannel(name) for name in ("x", "masto")}
    review_rule = PolicyRule("ask-for-masto", Action.REVIEW, channels=("masto",))
    policy = Policy((review_rule, PUBLISH_ALL), stale_after=None)
    Decider(store, renderer, channels, policy, clock).decide_all()
    draft = store.drafts.get(f"{KZ_1}.1")
    DraftReview(store, clock, renderer, {}).reject(draft.id, "it is wrong")
    store.deliveries.drop(f"{KZ_1}.1/x", "it is wrong")
    ReportPages(store, renderer).write_stale()
    page = (tmp_path / "i" / KZ_1 / "index.html").read_text("utf-8")
    assert "<blockquote" not in page
    assert store.drafts.get(draft.id).state is DraftState.REJECTED
    store.close()


def test_start_with_sixty_incidents_costs_as_with_three(tmp_path):
    """A start and a tick execute as many SQL statements with 60 incidents as with 3."""
    counts = []
    for number in (3, 60):
        store = open_store(":memory:")
        record(store, *(change(1, f"KZ-{n:04}") for n in range(number)))
        site = SiteHarness(store)
        site.decide(PUBLISH_ALL)
        site.tick()
        counts.append(_statements(store, site))
        store.close()
    assert counts[0] == counts[1]


def _statements(store: SqlStore, site: SiteHarness) -> int:
    seen: list[str] = []
    raw = store._database._engine.raw_connection()
    connection = raw.driver_connection
    assert connection is not None
    connection.set_trace_callback(seen.append)
    site.restart()
    site.tick()
    connection.set_trace_callback(None)
    return len(seen)


def test_late_posts_of_slow_channels_are_on_the_page(site):
    record(site.store, change(1))
    site.decide(PUBLISH_ALL)
    site.tick()
    later = T0 + timedelta(minutes=5)
    site.store.deliveries.claim(f"{KZ_1}.1/x", later)
    site.store.deliveries.settle(f"{KZ_1}.1/x", Receipt("1"), later)
    assert site.tick() == [KZ_1]


def test_page_counts_only_earlier_incidents_that_are_released(site):  # P4, P12
    record(site.store, *(opened_before(f"KZ-{n:04}", n) for n in range(60)))
    site.decide(HOLD_ALL)
    record(site.store, opened_before("KZ-1000", 100), change(1))
    site.decide(PUBLISH_ALL)
    report = site.report()
    assert [other.id for other in report.previous] == ["KZ-1000"]
    assert not report.more_previous
