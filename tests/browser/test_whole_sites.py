"""All pages of whole sites: the small one, the demo's, a recording's and a generated one."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice, product
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import bootstrap
from bot.clock import StillClock
from bot.config.sections import Config
from bot.editorial.deciding import Decider
from bot.model.draft import Action
from bot.model.event import IncidentChange
from bot.model.incident import CORRECTION_KINDS, EventKind, Evidence
from bot.policy.flood_control import FloodLimit
from bot.policy.publication_rules import Policy, PolicyRule
from bot.replay import run
from bot.sources.recording.source import load_recording
from bot.store.sql_store import open_store
from bot.text.template_files import page_languages, templates_root
from bot.tick.report_pages import ReportPages
from tests import builders
from tests.browser.links import dead_links
from tests.browser.nu_checker import nu_problems
from tests.browser.page_checks import ALL_LOOKS
from tests.browser.site_server import serve
from tests.browser.small_site import NOW, build_small_site
from tests.browser.visits import html_pages, visit_pages
from tests.contract.stored import record
from tests.fakes import FakeChannel
from tests.incidents import INCIDENTS, facts_of
from tests.recordings import shared
from tests.unit.test_pages import writer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3600),
]

GENERATED = 200


class WholeSite(NamedTuple):
    """A folder, and the address that its pages name as their own."""

    root: Path
    address: str


# Each site has its own worker, so that they are built and visited at the same time.
@pytest.fixture(
    params=[
        pytest.param(name, marks=pytest.mark.xdist_group(f"chromium-{name}"))
        for name in ("small", "demo", "iran", "generated")
    ],
    scope="module",
)
def whole_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WholeSite]:
    """Each of the sites, on a server at the address of its pages."""
    out = tmp_path_factory.mktemp("whole") / "out"
    with serve(out / "site") as address:
        _BUILD[request.param](out, address)
        yield WholeSite(out / "site", address)


def test_browser_shows_no_problem_on_any_page_in_any_look(chromium, whole_site):
    pages = html_pages(whole_site.root)
    visit = visit_pages(chromium, whole_site.address, pages, ALL_LOOKS)
    print(f"{len(visit.pages)} pages")
    assert "\n".join(f"{p.check}: {p}" for p in visit.problems[:40]) == ""


def test_nu_checker_accepts_all_pages_of_the_site(whole_site):
    problems = nu_problems(*whole_site)
    assert "\n".join(map(str, problems[:40])) == ""


def test_no_link_of_the_site_is_dead(whole_site):
    problems = dead_links(*whole_site)
    assert "\n".join(map(str, problems[:40])) == ""


def _build_small(out: Path, address: str) -> None:
    build_small_site(out / "site", address)


def _build_demo(out: Path, address: str) -> None:
    """Run the demo; its pages name the port at which it would serve them."""
    options = ["--once", "--out", str(out), "--port", address.rpartition(":")[2]]
    command = [sys.executable, "-m", "bot", "demo", *options]
    subprocess.run(command, check=True, capture_output=True, timeout=1200)


def _build_iran(out: Path, address: str) -> None:
    """Replay the recording of Iran 2026, if it is there, with pages in all languages."""
    recording = load_recording(shared("iran-2026-01"))
    config = Config()
    languages = page_languages(templates_root())
    changes = {"base_url": address, "languages": languages}
    site = config.site.model_copy(update=changes)
    config = config.model_copy(update={"site": site})
    application, clock = bootstrap.build_replay(recording, out, config)
    lag = max(signal.lag for signal in recording.signals)
    at_end = run.WritePages.AT_END
    run.run_ticks(
        application.runner, clock, recording.span, lag, lambda _: None, at_end
    )
    application.store.close()


def _build_generated(out: Path, address: str) -> None:
    """Publish GENERATED incidents of all kinds of the examples, on several days."""
    store = open_store(":memory:")
    record(store, *islice(_generated_changes(), GENERATED))
    renderer = replace(writer(out / "site"), base_url=address)
    policy = Policy(
        (PolicyRule("all-out", Action.PUBLISH),),
        stale_after=None,
        flood=FloodLimit(10 * GENERATED),
    )
    channels = {"x": FakeChannel("x")}
    Decider(store, renderer, channels, policy, StillClock(NOW)).decide_all()
    pages = ReportPages(store, renderer)
    pages.write_stale()
    pages.write(())
    pages.write_front((), NOW)
    assert pages.problems() == ()
    store.close()


def _generated_changes() -> Iterator[IncidentChange]:
    """Yield the first event of each incident, of each kind in turn."""
    kinds = [kind for kind in EventKind if kind not in CORRECTION_KINDS]
    for number, (name, kind) in enumerate(cycle(product(INCIDENTS, kinds))):
        facts = facts_of(kind, name)
        incident = f"{facts.place.code.partition('/')[0]}-2022-{number:04}"
        event = builders.event(kind, 1, incident=incident, facts=facts)
        # Only some have readings: to draw the charts takes most of the time.
        traces = (
            builders.evidence(facts, days_before=1).traces if number % 4 == 0 else ()
        )
        yield IncidentChange(builders.incident_of(event), event, Evidence(traces))


_BUILD = {
    "small": _build_small,
    "demo": _build_demo,
    "iran": _build_iran,
    "generated": _build_generated,
}
