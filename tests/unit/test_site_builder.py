"""A build writes every released page, continues after a stop, and names what failed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import StillClock
from bot.editorial.deciding import Decider
from bot.policy.publication_rules import Policy, PolicyRule
from bot.rendering.renderer import TemplateRenderer
from bot.site.check.site_check import check_site
from bot.store.sql_store import SqlStore, open_store
from bot.tick.site_builder import SiteBuilder
from tests.contract.stored import T0, change, record
from tests.fakes import FakeRenderer
from tests.unit.test_pages import writer
from tests.unit.test_removed_pages import PUBLISH_ALL, REVIEW_ALL, Harness
from tests.unit.test_report_pages import KZ_1, KZ_2, opened_before
from tests.unit.test_unpublished_pages import words_of


@pytest.fixture
def store() -> Iterator[SqlStore]:
    store = open_store(":memory:")
    record(store, change(1), opened_before(KZ_2))
    yield store
    store.close()


def decide(store: SqlStore, *rules: PolicyRule) -> None:
    """Decide the undecided events by these rules."""
    policy = Policy(rules, stale_after=None)
    Decider(store, FakeRenderer(), {}, policy, StillClock(T0)).decide_all()


def build(
    store: SqlStore, site: Path, stop_at: int | None = None
) -> tuple[int, tuple[str, ...]]:
    """Build the site; stop after `stop_at` pages as Ctrl-C does."""

    def show(done: int, total: int) -> None:
        if done == stop_at:
            raise KeyboardInterrupt

    return SiteBuilder(store, writer(site), site).build(T0, show)


def test_every_released_page_is_built(store, tmp_path):
    decide(store, PUBLISH_ALL)
    assert build(store, tmp_path / "site") == (2, ())
    assert {p.name for p in (tmp_path / "site/i").iterdir()} == {KZ_1, KZ_2}
    assert list(check_site(tmp_path / "site", "https://outagewire.example")) == []
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_nothing_that_waits_is_built(store, tmp_path):  # P12
    decide(store, REVIEW_ALL)
    assert build(store, tmp_path / "site") == (0, ())
    assert not any(name in words_of(tmp_path / "site") for name in (KZ_1, KZ_2))


def test_a_stopped_build_is_continued(store, tmp_path, monkeypatch):
    decide(store, PUBLISH_ALL)
    site = tmp_path / "site"
    with pytest.raises(KeyboardInterrupt):
        build(store, site, stop_at=1)
    written: list[str] = []
    publish = TemplateRenderer.publish_page

    def publish_page(self: TemplateRenderer, report) -> None:
        written.append(report.incident.id)
        publish(self, report)

    monkeypatch.setattr(TemplateRenderer, "publish_page", publish_page)
    assert build(store, site) == (2, ())
    assert written == [KZ_1]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_progress_is_stored_only_after_its_pages_are_on_the_disk(
    store, tmp_path, monkeypatch
):
    decide(store, PUBLISH_ALL)
    progress, lines = tmp_path / "site.building", []

    def sync() -> None:
        lines.append(progress.read_text("utf-8").splitlines()[1:])

    monkeypatch.setattr(os, "sync", sync)
    with pytest.raises(KeyboardInterrupt):
        build(store, tmp_path / "site", stop_at=1)
    # The first wait is before the progress is stored, the second at the end.
    assert [len(stored) for stored in lines] == [0, 1]


def test_a_change_during_the_stop_is_built(store, tmp_path):  # P11
    decide(store, PUBLISH_ALL)
    with pytest.raises(KeyboardInterrupt):
        build(store, tmp_path / "site", stop_at=2)
    record(store, change(2))
    decide(store, PUBLISH_ALL)
    build(store, tmp_path / "site")
    assert (tmp_path / "site/i" / KZ_1 / "2.csv").is_file()


def test_pages_that_the_store_does_not_have_are_removed(store, tmp_path):  # P12
    decide(store, PUBLISH_ALL)
    build(store, tmp_path / "site")
    other = open_store(":memory:")
    try:
        assert build(other, tmp_path / "site") == (0, ())
    finally:
        other.close()
    assert not any(name in words_of(tmp_path / "site") for name in (KZ_1, KZ_2))


def test_a_page_that_fails_is_named(store, tmp_path):
    decide(store, PUBLISH_ALL)
    (tmp_path / "site/i").mkdir(parents=True)
    (tmp_path / "site/i" / KZ_1).write_text("no folder")
    _, failures = build(store, tmp_path / "site")
    assert len(failures) == 1
    assert failures[0].startswith(f"the page of {KZ_1}: ")
    # The next build tries the page again.
    assert (tmp_path / "site.building").is_file()


def test_a_build_equals_what_the_ticks_wrote(tmp_path):  # P14
    store = open_store(":memory:")
    harness = Harness(store, tmp_path / "ticks")
    record(store, change(1), opened_before(KZ_2))
    harness.tick(PUBLISH_ALL)
    build(store, tmp_path / "built")
    for path in sorted((tmp_path / "ticks").rglob("*.*")):
        # The ledger and the maps depend on when and in which order pages were written.
        is_ledger = path.name == "evidence.json" or "ledger" in path.parts
        if path.is_file() and not is_ledger and "geojson" not in path.parts:
            name = path.relative_to(tmp_path / "ticks")
            assert (tmp_path / "built" / name).read_bytes() == path.read_bytes(), name
    harness.publisher.close()
    store.close()
