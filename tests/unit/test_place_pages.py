"""Pages of places show levels, charts and history, but nothing that is kept back."""

import re
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import bootstrap
from bot.bootstrap.site import builder_of
from bot.clock import StillClock
from bot.config import loading
from bot.config.sections import Config
from bot.editorial.review import DraftReview
from bot.model.incident_report import Listing
from tests import stories
from tests.fakes import FakeRenderer
from tests.unit.test_pages import STEPS, ParsedPage, publish, read, report_of, writer

HOUR = timedelta(hours=1)
IRAN = "place/country/IR/index.html"
PUBLISH = [{"name": "tests-let-out", "action": "publish"}]
HOLD = [{"name": "nobody-may-see-it", "action": "hold"}]


@dataclass
class World:
    """A run over a recorded blackout, and its site."""

    application: Any
    clock: StillClock
    site: Path
    config: Config

    def tick_until(self, at) -> list[str]:
        """Tick every half hour until a time; return the kinds of the events."""
        kinds, failed = [], []
        while self.clock.now() < at:
            self.clock.sleep(HOUR / 2)
            result = self.application.runner.tick()
            kinds += [str(event.kind) for event in result.events]
            failed += result.pages_failed
        assert failed == []
        return kinds

    def page(self, path: str = IRAN) -> ParsedPage:
        return read(self.site / path)

    def levels(self) -> list[str]:
        """Return the text of the levels on the page of Iran: percent, or words."""
        html = (self.site / IRAN).read_text("utf-8")
        return re.findall(r'data-label="Level">(.*?)</td>', html)

    def chart_ends(self) -> list[float]:
        """Return for each chart the height of its last hour: 0 is the upper edge."""
        html = (self.site / IRAN).read_text("utf-8")
        paths = re.findall(r'<path class="line" d="([^"]+)"', html)
        return [int(re.findall(r"\d+(?=h1$)", path)[0]) for path in paths]


@pytest.fixture
def start(tmp_path):
    """Return a function that starts a run with some policy rules."""
    recording = stories.blackout(tmp_path / "recording")
    with ExitStack() as stack:

        def begin(rules: list[dict[str, Any]]) -> World:
            policy = {"rules": rules, "stale_after": "30d"}
            channels = {"wire": {"kind": "file", "path": str(tmp_path / "posts.jsonl")}}
            given = stories.settings(
                tmp_path, recording, channels, "14d", policy=policy
            )
            config = loading.check_values(given, "test")
            clock = StillClock(stories.FALL - HOUR)
            progress = bootstrap.BackfillProgress()
            application = bootstrap.build_live(config, clock, progress)
            stack.enter_context(closing(application.store))
            application.runner.open()
            application.runner.tick()
            return World(application, clock, tmp_path / "site", config)

        yield begin


def test_held_draft_ends_levels_and_charts_before_its_onset(start):  # P12
    world = start(HOLD)
    before = world.chart_ends()
    assert "%" in "".join(world.levels())
    assert "confirmed" in world.tick_until(stories.FALL + 3 * HOUR)
    assert world.levels() == ["no current reading published"] * 2
    # No chart falls, and the page names no incident.
    assert world.chart_ends() == pytest.approx(before, abs=4)
    assert max(world.chart_ends()) < 20
    assert "No open incident is published." in world.page().text
    assert (
        world.page("places/index.html").text.count("no current reading published") == 2
    )
    assert not (world.site / "place/country/IR/history.json").exists()


def test_low_readings_are_not_shown_before_an_incident_opens(start):  # P12
    world = start(PUBLISH)
    kinds = world.tick_until(stories.FALL + HOUR)
    assert "confirmed" not in kinds
    assert max(world.chart_ends()) < 20


def test_released_incident_shows_its_levels_and_history(start):
    world = start(PUBLISH)
    world.tick_until(stories.FALL + 3 * HOUR)
    assert world.levels() == ["4%", "4%"]
    assert min(world.chart_ends()) > 100
    assert "Iran: nation-scale internet blackout" in world.page().text
    assert {"href": "../../../feeds/country/IR.atom"} in world.page().all("a")
    assert "Confirmed" in world.page("places/index.html").text


def test_event_that_an_editor_holds_later_disappears_from_the_levels(start):  # P12
    world = start([{"name": "site", "action": "publish", "channels": ["site"]}])
    world.tick_until(stories.FALL + 3 * HOUR)
    assert world.levels() == ["4%", "4%"]
    store = world.application.store
    review = DraftReview(store, world.clock, FakeRenderer(), {})
    for draft in store.drafts.all():
        review.hold(draft.id, "people may be in danger")
    world.tick_until(world.clock.now() + HOUR / 2)
    assert world.levels() == ["no current reading published"] * 2
    assert max(world.chart_ends()) < 20
    written = [p for p in world.site.rglob("*") if p.suffix in {".html", ".json"}]
    assert not [p for p in written if "IR-2026" in p.read_text("utf-8")]


def build_into(site: Path, world: World) -> tuple[int, tuple[str, ...]]:
    """Build the site of a world into another folder, from what is stored."""
    store, now = world.application.store, world.clock.now()
    builder = builder_of(world.config, store, site, now)
    return builder.build(now, lambda _done, _of: None)


def test_build_writes_the_pages_of_places_from_stored_readings(start, tmp_path):
    world = start(PUBLISH)
    world.tick_until(stories.FALL + 3 * HOUR)
    assert build_into(tmp_path / "copy", world) == (1, ())
    copy = World(None, world.clock, tmp_path / "copy", world.config)
    assert copy.levels() == world.levels() == ["4%", "4%"]
    assert copy.chart_ends() == world.chart_ends()
    assert "Iran: nation-scale internet blackout" in copy.page().text
    listed = "places/index.html"
    assert copy.page(listed).all("a") == world.page(listed).all("a")
    # The settings of the program are known, so that the pages explain them.
    assert "IODA" in copy.page("methodology/index.html").text


def test_build_shows_no_level_that_is_held(start, tmp_path):  # P12
    world = start(HOLD)
    world.tick_until(stories.FALL + 3 * HOUR)
    assert build_into(tmp_path / "copy", world) == (0, ())
    copy = World(None, world.clock, tmp_path / "copy", world.config)
    assert copy.levels() == ["no current reading published"] * 2
    assert copy.chart_ends() == world.chart_ends()


def test_ended_incident_counts_in_the_durations_of_its_place(tmp_path):
    publish(tmp_path, report_of(tmp_path, *STEPS))
    page = read(tmp_path / "place/country/KZ/index.html")
    assert "One incident of this place has ended. It lasted" in page.text
    assert "No open incident is published." in page.text
    assert {"href": "history.json"} in page.all("a")
    # The incident of the country is not one of the network's own.
    network = read(tmp_path / "place/network/AS29355/index.html")
    assert "has ended" not in network.text
    assert "i/KZ-2022-0104/index.html" in str(network.all("a"))


def test_page_says_when_durations_are_given_only_if_it_gives_some(tmp_path):  # P18
    page = "place/country/KZ/index.html"
    for number in range(1, 4):
        steps = [replace(step, incident=f"KZ-2022-010{number}") for step in STEPS]
        publish(tmp_path, report_of(tmp_path, *steps))
        text = read(tmp_path / page).text
        assert ("at least three have ended" in text) == (number == 3), number
    assert "Median" in read(tmp_path / page).text


def test_removed_incident_is_in_no_file_of_a_place(tmp_path):  # P12
    publish(tmp_path, report_of(tmp_path, STEPS[0]))
    assert (tmp_path / "place/country/KZ/history.json").is_file()
    writer(tmp_path).remove_page("KZ-2022-0104", Listing(()))
    assert not [p for p in tmp_path.glob("place/*/*/*") if p.is_file()]


def test_unreadable_document_does_not_keep_an_incident_on_a_page(tmp_path):  # P12
    publish(tmp_path, report_of(tmp_path, STEPS[0]))
    (tmp_path / "i/KZ-2022-0104/incident.json").write_text("{", "utf-8")
    writer(tmp_path).remove_page("KZ-2022-0104", Listing(()))
    assert not [p for p in tmp_path.glob("place/*/*/*") if p.is_file()]


def test_page_of_a_place_reads_without_scripts_and_with_a_screen_reader(start):  # P15
    page = start(PUBLISH).page()
    assert page.all("script") == [{"src": "../../../outagewire.js", "defer": None}]
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    drawings = page.all("svg")
    assert len(drawings) == 2
    assert all(d["role"] == "img" for d in drawings)
    assert {d["aria-labelledby"] for d in drawings} <= ids
    assert "readings in" in page.text
    assert "up /24s" in page.text
    assert "Nobody: made for tests" in page.text  # P13
