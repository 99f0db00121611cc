"""Drafts, decisions and posts of events, and their review by editors."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.clock import StillClock
from bot.editorial.deciding import EDITORS, Decider, make_posts
from bot.editorial.review import DraftReview
from bot.errors import BotError, ClaimsUnbacked, StoreError
from bot.model.draft import (
    SITE,
    Action,
    ClaimKind,
    Draft,
    DraftState,
    Objection,
    ObjectionWeight,
    OutletText,
    Picture,
)
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, Phase
from bot.model.operations import ALL_CHANNELS, Pause
from bot.model.verdict import Scope, Severity
from bot.policy.publication_rules import Policy, PolicyRule, released_events
from bot.policy.reasons import DecisionReason
from bot.store.sql_store import SqlStore, open_store
from bot.text.reasons import load_words, note_in_words
from tests.contract.stored import T0, change, record
from tests.fakes import FakeChannel, FakeRenderer

PUBLISH_ALL = PolicyRule("all-out", Action.PUBLISH)
HOLD_ALL = PolicyRule("hold-all", Action.HOLD)
HOLD_X = PolicyRule("not-on-x", Action.HOLD, channels=("x",))
REVIEW_ALL = PolicyRule("ask", Action.REVIEW)
REVIEW_X = PolicyRule("ask-for-x", Action.REVIEW, channels=("x",))
KIND, SEVERITY = EventKind.CONFIRMED, Severity.NEAR_TOTAL
INCIDENT = "KZ-2022-0104"
FIRST = "KZ-2022-0104.1"
_WAITING = (DraftState.WAITING, 1, T0)


@dataclass
class DeciderHarness:
    """A decider with two public channels and the editors' channel."""

    store: SqlStore
    renderer: FakeRenderer = field(default_factory=FakeRenderer)

    def __post_init__(self) -> None:
        self.review = DraftReview(self.store, StillClock(T0), self.renderer, {})

    def decide(self, *rules: PolicyRule) -> list[str]:
        channels = {name: FakeChannel(name) for name in ("x", "masto", EDITORS)}
        policy = Policy(rules, stale_after=None)
        clock = StillClock(T0)
        decider = Decider(self.store, self.renderer, channels, policy, clock)
        return [event.key for event in decider.decide_all()]

    def queued(self) -> list[str]:
        return sorted(d.post.key for d in self.store.deliveries.all())

    def state(self, draft: str = FIRST) -> DraftState:
        return self.store.drafts.get(draft).state


@pytest.fixture
def harness() -> Iterator[DeciderHarness]:
    store = open_store(":memory:")
    record(store, change(1), change(2))
    yield DeciderHarness(store)
    store.close()


@pytest.fixture
def empty_harness() -> Iterator[DeciderHarness]:
    store = open_store(":memory:")
    yield DeciderHarness(store)
    store.close()


def test_an_event_is_decided_once(harness):
    assert harness.decide(PUBLISH_ALL) == [FIRST, "KZ-2022-0104.2"]
    assert harness.decide(PUBLISH_ALL) == []


def test_without_rules_only_the_editors_get_a_letter(harness):  # P16
    harness.decide()
    assert harness.queued() == [f"{FIRST}/editors", "KZ-2022-0104.2/editors"]
    assert harness.state() is DraftState.WAITING


def test_each_channel_has_its_own_decision_and_reason(harness):  # P17
    harness.decide(HOLD_X, PUBLISH_ALL)
    assert f"{FIRST}/masto" in harness.queued()
    assert f"{FIRST}/x" not in harness.queued()
    decisions = [d for d in harness.store.drafts.decisions() if d.event == FIRST]
    assert {(d.channel, d.reason) for d in decisions} == {
        ("x", "not-on-x"),
        ("masto", "all-out"),
        (SITE, "all-out"),
    }


def test_unreviewed_language_goes_to_review_whatever_rules_say(harness):
    """P16, P17: only the post in that language is reviewed, and the reason is stored."""
    harness.renderer.machine_drafts.add("x")
    harness.decide(PUBLISH_ALL)
    assert f"{FIRST}/masto" in harness.queued()
    assert f"{FIRST}/x" not in harness.queued()
    decisions = [d for d in harness.store.drafts.decisions() if d.event == FIRST]
    assert {(d.channel, d.action, d.reason) for d in decisions} == {
        ("x", Action.REVIEW, DecisionReason.MACHINE_DRAFT),
        ("masto", Action.PUBLISH, "all-out"),
        (SITE, Action.PUBLISH, "all-out"),
    }
    assert harness.state() is DraftState.WAITING
    releases = harness.store.pages.releases(["KZ-2022-0104"])
    assert released_events(releases["KZ-2022-0104"]) == (1, 2)


@pytest.mark.parametrize("act", ["hold", "reject"])
def test_site_shows_a_waiting_event_after_approval_alone(harness, act):  # P12
    def shown() -> tuple[int, ...]:
        return released_events(harness.store.pages.releases([INCIDENT])[INCIDENT])

    harness.decide(REVIEW_ALL)
    assert shown() == ()
    harness.review.approve("KZ-2022-0104.2", "looks right")
    assert shown() == (2,)
    getattr(harness.review, act)(FIRST, "not yet")
    assert shown() == (2,)


def test_draft_waits_if_only_the_site_waits(harness):  # P12
    """Its approval shows the page, and posts nothing."""
    ask = PolicyRule("ask-for-the-site", Action.REVIEW, channels=(SITE,))
    harness.decide(ask, HOLD_ALL)
    assert harness.state() is DraftState.WAITING
    assert f"{FIRST}/editors" in harness.queued()
    harness.review.approve(FIRST, "it is safe")
    assert f"{FIRST}/x" not in harness.queued()
    releases = harness.store.pages.releases([INCIDENT])[INCIDENT]
    assert released_events(releases) == (1,)


@pytest.mark.parametrize("act", ["hold", "reject"])
def test_site_hides_what_an_editor_keeps_back(harness, act):  # P12, P17
    on_site = PolicyRule("page-at-once", Action.PUBLISH, channels=(SITE,))
    harness.decide(on_site, REVIEW_ALL)
    getattr(harness.review, act)(FIRST, "it may harm people")
    releases = harness.store.pages.releases([INCIDENT])[INCIDENT]
    assert released_events(releases) == (2,)
    (*_, last) = harness.store.drafts.decisions_on(FIRST)
    assert (last.channel, last.action) == (SITE, Action.HOLD)


@pytest.mark.parametrize("act", ["hold", "reject"])
def test_site_shows_what_a_channel_published(harness, act):  # P11, P15
    harness.decide(REVIEW_X, PUBLISH_ALL)
    getattr(harness.review, act)(FIRST, "not on this channel")
    releases = harness.store.pages.releases([INCIDENT])[INCIDENT]
    assert released_events(releases) == (1, 2)


def test_pause_of_all_hides_only_what_was_not_out_before(harness):  # P16
    def shown() -> tuple[int, ...]:
        return released_events(harness.store.pages.releases([INCIDENT])[INCIDENT])

    harness.decide(REVIEW_ALL)
    harness.review.approve(FIRST, "looks right")
    began = Pause(ALL_CHANNELS, "Ada", "a check", T0 + timedelta(minutes=1))
    harness.store.pauses.pause(began)
    harness.store.pauses.pause(replace(began, since=began.since + timedelta(days=1)))
    late = StillClock(began.since)
    review = DraftReview(harness.store, late, harness.renderer, {})
    review.approve("KZ-2022-0104.2", "looks right")
    assert shown() == (1,)
    harness.store.pages.mark_written(INCIDENT, 1000)
    harness.store.pauses.resume(ALL_CHANNELS, "Ada", "it is right", late.now())
    assert shown() == (1, 2)
    assert set(harness.store.pages.urgent()) == {INCIDENT}


def test_post_has_alternative_text_in_its_own_language():
    words = (
        OutletText("x", "en", "Words.", 6),
        OutletText("masto", "fa", "Words.", 6, alt="Alt."),
    )
    picture = Picture("c.png", "image/png", 1, 1, "0" * 64, "Line chart.")
    draft = Draft(FIRST, "KZ-2022-0104", FIRST, words, picture, *_WAITING)
    posts = make_posts(draft, change(1).event, {"x", "masto"}, T0, ())
    assert [post.picture and post.picture.alt for post in posts] == [
        "Line chart.",
        "Alt.",
    ]
    assert {post.picture and post.picture.sha256 for post in posts} == {"0" * 64}


def test_held_event_stays_held_in_an_unreviewed_language(harness):
    harness.renderer.machine_drafts.add("x")
    harness.decide(HOLD_X, PUBLISH_ALL)
    (decisions,) = [
        d
        for d in harness.store.drafts.decisions()
        if (d.event, d.channel) == (FIRST, "x")
    ]
    assert (decisions.action, decisions.reason) == (Action.HOLD, "not-on-x")


def test_failed_draft_stops_only_its_own_incident(harness):
    record(harness.store, change(1, incident="IR-2026-0108"))
    harness.renderer.broken.add(FIRST)
    assert harness.decide(PUBLISH_ALL) == ["IR-2026-0108.1"]
    harness.renderer.broken.clear()
    # Nothing is lost: the events left out before are decided now (P10).
    assert harness.decide(PUBLISH_ALL) == [FIRST, "KZ-2022-0104.2"]


def flooded(store, places, apart):
    """Record an incident in each of `places` countries, at intervals of `apart`."""
    for n in range(places):
        place = Entity(EntityKind.COUNTRY, f"A{chr(65 + n)}")
        at = T0 + n * apart
        record(store, change(1, f"{place.code}-2022-0104", place=place, as_of=at))


def test_places_beyond_ten_an_hour_wait_for_review(empty_harness):
    flooded(empty_harness.store, 16, timedelta(minutes=3))
    empty_harness.decide(PUBLISH_ALL)
    drafts = empty_harness.store.drafts.all()
    waiting = [d for d in drafts if d.state is DraftState.WAITING]
    assert {d.note for d in waiting} == {DecisionReason.MANY_PLACES}  # P17
    assert sorted(d.incident[:2] for d in waiting) == [
        "AK",
        "AL",
        "AM",
        "AN",
        "AO",
        "AP",
    ]
    assert len(drafts) == 16


def test_incident_of_a_flood_waits_with_all_events(empty_harness):
    flooded(empty_harness.store, 16, timedelta(minutes=3))
    empty_harness.decide(PUBLISH_ALL)
    last = Entity(EntityKind.COUNTRY, "AP")
    before = Phase(KIND, T0 + 45 * timedelta(minutes=1), Scope.NATIONAL, SEVERITY)
    later = T0 + timedelta(hours=5)
    second = change(2, "AP-2022-0104", place=last, as_of=later, phases=(before,))
    record(empty_harness.store, second)
    empty_harness.decide(PUBLISH_ALL)
    assert empty_harness.state("AP-2022-0104.2") is DraftState.WAITING


def test_as_many_places_over_a_day_are_no_flood(empty_harness):
    flooded(empty_harness.store, 16, timedelta(minutes=90))
    empty_harness.decide(PUBLISH_ALL)
    assert {d.state for d in empty_harness.store.drafts.all()} == {DraftState.APPROVED}


def test_late_decisions_hold_back_the_same_places(empty_harness):  # P14
    """Incidents that open later do not make earlier ones part of a flood."""
    flooded(empty_harness.store, 10, timedelta(minutes=3))
    empty_harness.decide(PUBLISH_ALL)
    stepwise = {d.id: d.state for d in empty_harness.store.drafts.all()}
    other = DeciderHarness(open_store(":memory:"))
    flooded(other.store, 16, timedelta(minutes=3))
    other.decide(PUBLISH_ALL)
    at_once = {d.id: d.state for d in other.store.drafts.all()}
    other.store.close()
    assert stepwise.items() <= at_once.items()
    assert set(stepwise.values()) == {DraftState.APPROVED}


WRONG = Objection(0, 3, "KZ-", ClaimKind.CAUSE, ObjectionWeight.BLOCK, "Nobody knows.")
LOADED = Objection(
    0, 3, "KZ-", ClaimKind.LOADED, ObjectionWeight.SECOND, "A plainer word."
)


@pytest.mark.parametrize("objection", [WRONG, LOADED])
def test_unsupported_claims_are_never_published_automatically(
    harness, objection
):  # P16, P17
    harness.renderer.objections[FIRST] = (objection,)
    harness.decide(PUBLISH_ALL)
    assert harness.state() is DraftState.WAITING
    assert f"{FIRST}/editors" in harness.queued()
    assert f"{FIRST}/x" not in harness.queued()
    reasons = {d.reason for d in harness.store.drafts.decisions() if d.event == FIRST}
    assert reasons == {DecisionReason.CLAIMS_UNBACKED}
    assert harness.state("KZ-2022-0104.2") is DraftState.APPROVED


def test_unsupported_alternative_text_holds_back_the_post(harness):
    sha256 = hashlib.sha256(b"a picture").hexdigest()
    harness.renderer.picture = Picture("c.png", "image/png", 1, 1, sha256, "By order.")
    harness.renderer.objections["By order."] = (WRONG,)
    harness.decide(PUBLISH_ALL)
    reasons = {d.reason for d in harness.store.drafts.decisions() if d.event == FIRST}
    assert reasons == {DecisionReason.CLAIMS_UNBACKED}
    assert f"{FIRST}/x" not in harness.queued()
    objections = harness.review.objections(harness.store.drafts.get(FIRST))
    assert {channel: len(some) for channel, some in objections.items()} == {
        "x": 1,
        "masto": 1,
    }
    with pytest.raises(ClaimsUnbacked):
        harness.review.approve(FIRST, "looks right", second_person="Ana")


def test_held_event_stays_held_whatever_its_claims(harness):
    harness.renderer.objections[FIRST] = (WRONG,)
    harness.decide(HOLD_ALL)
    assert harness.state() is DraftState.HELD


def test_nobody_can_approve_text_that_facts_contradict(harness):
    harness.renderer.objections[FIRST] = (WRONG,)
    harness.decide()
    with pytest.raises(ClaimsUnbacked, match=r'"KZ-" \(cause\): Nobody knows\.'):
        harness.review.approve(FIRST, "looks right", second_person="Ana")
    assert harness.state() is DraftState.WAITING


def test_second_person_approves_loaded_words_and_is_stored(harness):
    harness.renderer.objections[FIRST] = (LOADED,)
    harness.decide()
    with pytest.raises(ClaimsUnbacked, match="--second"):
        harness.review.approve(FIRST, "looks right")
    assert harness.review.approve(FIRST, "both agree", second_person="Ana")
    seconds = {text.second for text in harness.store.drafts.get(FIRST).texts}
    assert seconds == {"Ana"}


def test_refused_edit_marks_the_unsupported_words(harness):
    harness.decide()
    harness.renderer.objections["by order"] = (WRONG,)
    new = {"x": OutletText("x", "en", "by order", 8)}
    with pytest.raises(ClaimsUnbacked) as refused:
        harness.review.edit(FIRST, new, "clearer", second_person="Ana")
    assert refused.value.body == "by order"
    assert refused.value.spans == ((0, 3),)
    assert harness.store.drafts.get(FIRST).version == 1


def test_second_person_of_an_edit_also_covers_approval(harness):
    harness.decide()
    harness.renderer.objections["a regime"] = (LOADED,)
    new = {"x": OutletText("x", "en", "a regime", 8)}
    edited = harness.review.edit(FIRST, new, "as they say", second_person="Ana")
    assert edited.text_for("x").second == "Ana"
    assert edited.text_for("masto").second == ""
    harness.review.approve(FIRST, "checked", version=2)
    plainer = {"x": OutletText("x", "en", "plain", 5)}
    harness.review.edit("KZ-2022-0104.2", plainer, "plainer", second_person="Ana")
    assert harness.store.drafts.get("KZ-2022-0104.2").text_for("x").second == ""


def test_a_text_that_nobody_has_read_is_not_approved(harness):
    """P16: a draft that another person edited meanwhile must be read again."""
    harness.decide()
    harness.review.edit(FIRST, {"x": OutletText("x", "en", "shorter", 7)}, "shorter")
    for version in (None, 1, 3):
        with pytest.raises(BotError, match=r"has version 2.*pass --version 2"):
            harness.review.approve(FIRST, "checked", version=version)
    assert harness.state() is DraftState.WAITING
    harness.review.approve(FIRST, "checked", version=2)
    assert harness.state() is DraftState.APPROVED


def test_approval_posts_only_where_the_draft_waited(harness):
    harness.decide(REVIEW_X, PUBLISH_ALL)
    harness.review.approve(FIRST, "checked")
    assert [k for k in harness.queued() if k.startswith(FIRST)] == [
        f"{FIRST}/editors",
        f"{FIRST}/masto",
        f"{FIRST}/x",
    ]


def test_a_person_can_publish_what_policy_held_everywhere(harness):
    harness.decide(HOLD_ALL)
    assert harness.queued() == []
    assert harness.state() is DraftState.HELD
    harness.review.approve(FIRST, "it matters after all")
    assert harness.queued() == [f"{FIRST}/masto", f"{FIRST}/x"]


def test_every_review_needs_a_reason(harness):  # P17
    harness.decide()
    for step in (harness.review.approve, harness.review.reject, harness.review.hold):
        with pytest.raises(BotError, match="--reason"):
            step(FIRST, "  ")
    with pytest.raises(BotError, match="--reason"):
        harness.review.edit(FIRST, {"x": OutletText("x", "en", "words", 5)}, "")
    assert harness.state() is DraftState.WAITING


def test_decided_draft_cannot_be_decided_again(harness):
    harness.decide()
    harness.review.reject(FIRST, "maintenance")
    with pytest.raises(StoreError, match="was already rejected: maintenance"):
        harness.review.approve(FIRST, "or not")


def test_edit_needs_a_known_channel_and_a_text(harness):
    harness.decide()
    with pytest.raises(StoreError, match="no text for fax"):
        harness.review.edit(FIRST, {"fax": OutletText("fax", "en", "words", 5)}, "why")
    with pytest.raises(BotError, match="must not be empty"):
        harness.review.edit(FIRST, {"x": OutletText("x", "en", " \n", 2)}, "why")


def test_text_that_was_posted_cannot_be_edited(harness):  # P11
    harness.decide(REVIEW_X, PUBLISH_ALL)
    with pytest.raises(BotError, match="already has a post for masto"):
        harness.review.edit(
            FIRST, {"masto": OutletText("masto", "en", "new", 3)}, "why"
        )
    edited = harness.review.edit(FIRST, {"x": OutletText("x", "en", "new", 3)}, "why")
    assert (edited.version, edited.text_for("x").body) == (2, "new")


def test_draft_says_why_it_waits_and_why_it_has_no_chart(harness, monkeypatch):  # P17
    make_draft = harness.renderer.draft

    def without_chart(*args: object) -> tuple[Draft, None]:
        draft, _ = make_draft(*args)
        return replace(draft, note="no chart: the font is missing"), None

    monkeypatch.setattr(harness.renderer, "draft", without_chart)
    harness.decide(REVIEW_X, PUBLISH_ALL)
    note = harness.store.drafts.get(FIRST).note
    assert note == "all-out, ask-for-x; no chart: the font is missing"
    words = note_in_words(load_words(), note)
    assert words.endswith("; no chart: the font is missing")
    assert "ask-for-x," not in words
