"""A tick classifies events and writes their pages before it posts."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot import bootstrap
from bot.config.sections import Config
from bot.editorial.attributions import AttributionEditor
from bot.errors import RenderingError
from bot.model.attribution import AttributionLevel, CauseClaim
from bot.replay import run
from bot.sources.recording.source import load_recording
from bot.tick import runner as tick_runner
from bot.tick.report_pages import ReportPages
from tests.stories import blackout


class PageFailingRenderer:
    """A renderer that fails to write incident pages until `pages_work` is set."""

    def __init__(self, wrapped) -> None:
        self.wrapped, self.pages_work = wrapped, False

    def draft(self, event, evidence, outlets):
        return self.wrapped.draft(event, evidence, outlets)

    def mark_as_wrong(self, event, outlet, words):
        return self.wrapped.mark_as_wrong(event, outlet, words)

    def check(self, event, text, causes=(), picture=None):
        return self.wrapped.check(event, text, causes, picture)

    def alert_letter(self, alerts, now):
        return self.wrapped.alert_letter(alerts, now)

    def review_letter(self, event, draft, background):
        return self.wrapped.review_letter(event, draft, background)

    def publish_page(self, report):
        if not self.pages_work:
            raise RenderingError("the disk is full")
        self.wrapped.publish_page(report)

    def has_page(self, incident):
        return self.wrapped.has_page(incident)

    def is_named(self, incident: str) -> bool:
        return self.wrapped.is_named(incident)

    def remove_page(self, incident, listing):
        self.wrapped.remove_page(incident, listing)

    def list_incidents(self, listing):
        self.wrapped.list_incidents(listing)

    def publish_sources(self, conditions, at):
        self.wrapped.publish_sources(conditions, at)

    def site_version(self):
        return self.wrapped.site_version()

    def site_exists(self):
        return self.wrapped.site_exists()

    def mark_site(self):
        return self.wrapped.mark_site()


@pytest.fixture
def ticks_run(tmp_path):
    """Yield runner, renderer, store and posts file after a replay that wrote no pages."""
    recording = load_recording(blackout(tmp_path / "recording"))
    application, clock = bootstrap.build_replay(recording, tmp_path / "out", Config())
    components = application.runner._components
    renderer = PageFailingRenderer(components.pages._renderer)
    pages = ReportPages(application.store, renderer)
    runner = tick_runner.TickRunner(
        replace(components, pages=pages),
        tick_runner.Retention(recording.span.width),
    )
    lag = max(signal.lag for signal in recording.signals)
    run.run_ticks(runner, clock, recording.span, lag, lambda _: None)
    yield runner, renderer, application.store, tmp_path / "out" / "posts.jsonl"
    application.store.close()


def test_no_post_is_sent_before_its_page_exists(ticks_run):  # P15
    runner, renderer, store, posts = ticks_run
    assert store.deliveries.all()
    assert not posts.exists()
    renderer.pages_work = True
    runner.tick()
    assert posts.exists()
    assert {d.state for d in store.deliveries.all()} == {"sent"}


def test_new_attribution_rewrites_the_incident_page(ticks_run):  # P8
    runner, renderer, store, posts = ticks_run
    renderer.pages_work = True
    runner.tick()
    (incident,) = store.incidents.all()
    page = posts.parent / "site" / "i" / incident.id / "index.html"
    assert "The cause is not known." in page.read_text("utf-8")
    editor = AttributionEditor(store, runner._components.clock)
    claim = CauseClaim(
        AttributionLevel.A1, "a fault", "The operator", "https://a.example", "copy.html"
    )
    editor.add(incident.id, claim, "Ada", "read it")
    runner.tick()
    assert "The operator says: a fault." in page.read_text("utf-8")
    written = page.stat().st_mtime_ns
    runner.tick()
    assert page.stat().st_mtime_ns == written
    editor.withdraw(incident.id, 1, "Ada", "denied")
    runner.open()  # a start rewrites pages that changed while the loop was stopped
    assert "a fault" not in page.read_text("utf-8")


def test_every_event_is_classified_before_it_is_posted(ticks_run):  # P8
    _, _, store, _ = ticks_run
    (incident,) = store.incidents.all()
    classified = store.classifications.history(incident.id)
    assert [c.seq for c in classified] == [
        e.seq for e in store.incidents.events(incident.id)
    ]
    assert store.classifications.pending() == ()
    assert classified[-1].classification.kind == "national-blackout"


def is_of_writing(path: Path) -> bool:
    """Return whether a file says when or how often the site was written."""
    ledger = path.name == "evidence.json" or "ledger" in path.parts
    return ledger or (path.name.startswith("now") and path.suffix == ".geojson")


def test_pages_written_last_equal_pages_written_each_tick(tmp_path):  # P14
    recording = load_recording(blackout(tmp_path / "recording"))
    lag = max(signal.lag for signal in recording.signals)
    trees = []
    for pages in run.WritePages:
        out = tmp_path / f"out-{pages}"
        application, clock = bootstrap.build_replay(recording, out, Config())
        runner = application.runner
        run.run_ticks(runner, clock, recording.span, lag, lambda _: None, pages)
        application.store.close()
        files = sorted(p for p in out.rglob("*") if p.is_file())
        paths = {p: p.relative_to(out) for p in files}
        trees.append(
            {q: p.read_bytes() for p, q in paths.items() if not is_of_writing(q)}
        )
    each_step, at_end, never = trees
    assert each_step == at_end
    assert any(path.name == "now-lines.svg" for path in at_end)
    assert not any("i" in path.parts for path in never)
