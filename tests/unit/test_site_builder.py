"""A build writes every released page, continues after a stop, and names what failed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap.site import builder_of
from bot.clock import StillClock
from bot.config.loading import check_values
from bot.config.sections import Config
from bot.editorial.deciding import Decider
from bot.model.incident_report import IncidentReport
from bot.policy.publication_rules import Policy, PolicyRule
from bot.rendering.page_parts import SitePageParts
from bot.site.check.site_check import check_site
from bot.store.sql_store import SqlStore, open_store
from bot.tick.building.site_builder import SiteBuilder
from bot.tick.report_pages import ReportPages
from tests.contract.stored import T0, change, record
from tests.fakes import FakeRenderer
from tests.unit.test_pages import writer
from tests.unit.test_removed_pages import PUBLISH_ALL, REVIEW_ALL, Harness
from tests.unit.test_report_pages import IR_1, IRAN, KZ_1, KZ_2, opened_before
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

    renderer = writer(site)
    builder = SiteBuilder(store, renderer, SitePageParts(renderer), site)
    return builder.build(T0, show)


def test_every_released_page_is_built(store, tmp_path):
    decide(store, PUBLISH_ALL)
    assert build(store, tmp_path / "site") == (2, ())
    assert {p.name for p in (tmp_path / "site/i").iterdir()} == {KZ_1, KZ_2}
    assert list(check_site(tmp_path / "site", "https://outagewire.example")) == []
    assert {path.name for path in tmp_path.iterdir()} == {"site", "site.built"}


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
    write = SitePageParts.write_files

    def write_files(self: SitePageParts, report: IncidentReport) -> object:
        written.append(report.incident.id)
        return write(self, report)

    monkeypatch.setattr(SitePageParts, "write_files", write_files)
    assert build(store, site) == (2, ())
    assert written == [KZ_1]
    assert {path.name for path in tmp_path.iterdir()} == {"site", "site.built"}


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


def written_by_a_build(
    store: SqlStore, site: Path, monkeypatch: pytest.MonkeyPatch, **options: bool
) -> list[str]:
    """Build the site; return the incidents whose pages are written."""
    written: list[str] = []
    write = SitePageParts.write_files

    def write_files(self: SitePageParts, report: IncidentReport) -> object:
        written.append(report.incident.id)
        return write(self, report)

    renderer = writer(site)
    builder = SiteBuilder(store, renderer, SitePageParts(renderer), site)
    with monkeypatch.context() as patch:
        patch.setattr(SitePageParts, "write_files", write_files)
        assert builder.build(T0, lambda *_: None, **options) == (2, ())
    return written


def test_a_page_is_written_again_only_if_something_has_changed(
    store, tmp_path, monkeypatch
):
    decide(store, PUBLISH_ALL)
    site = tmp_path / "site"
    assert written_by_a_build(store, site, monkeypatch) == [KZ_2, KZ_1]
    before = contents_of(site)
    assert written_by_a_build(store, site, monkeypatch) == []
    assert contents_of(site) == before
    assert written_by_a_build(store, site, monkeypatch, anew=True) == [KZ_2, KZ_1]
    record(store, change(2))
    decide(store, PUBLISH_ALL)
    assert written_by_a_build(store, site, monkeypatch) == [KZ_1]


@pytest.mark.parametrize("name", [f"i/{KZ_1}/1.csv", f"api/v1/incidents/{KZ_1}.json"])
def test_a_lost_file_is_written_again(store, tmp_path, monkeypatch, name):
    decide(store, PUBLISH_ALL)
    site = tmp_path / "site"
    build(store, site)
    before = contents_of(site)
    (site / name).unlink()
    assert written_by_a_build(store, site, monkeypatch) == [KZ_1]
    assert contents_of(site) == before


def test_all_pages_are_written_again_if_a_list_is_lost(store, tmp_path, monkeypatch):
    decide(store, PUBLISH_ALL)
    site = tmp_path / "site"
    build(store, site)
    before = contents_of(site)
    (site / "feeds/country/KZ.json").unlink()
    assert written_by_a_build(store, site, monkeypatch) == [KZ_2, KZ_1]
    assert contents_of(site) == before


def test_version_of_pages_is_the_same_in_each_process(archive, tmp_path):
    code = (
        "import sys; from pathlib import Path;"
        "from bot.bootstrap.site import builder_of;"
        "from bot.config.loading import check_values;"
        "from bot.store.sql_store import open_store;"
        "from tests.contract.stored import T0;"
        "home = Path(sys.argv[1]);"
        "config = check_values({'store': {'path': str(home / 'wire.db')},"
        " 'site': {'out': str(home / 'site')}}, 'test');"
        "store = open_store(config.store.path);"
        "print(builder_of(config, store, home / 'site', T0).parts.version())"
    )
    versions = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(versions) == 1


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


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[tuple[Config, SqlStore]]:
    """A store with three released incidents, of which two are of one country."""
    config = check_values(
        {
            "store": {"path": str(tmp_path / "wire.db")},
            "site": {"out": str(tmp_path / "site"), "languages": ["fr"]},
        },
        "test",
    )
    store = open_store(config.store.path)
    record(store, change(1), opened_before(KZ_2), opened_before(IR_1, place=IRAN))
    record(store, change(2))
    decide(store, PUBLISH_ALL)
    yield config, store
    store.close()


def builder_in(archive: tuple[Config, SqlStore], root: Path) -> SiteBuilder:
    config, store = archive
    return replace(builder_of(config, store, root, T0), least_pages=1)


def contents_of(site: Path) -> dict[str, bytes]:
    paths = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.xdist_group("site-processes")
def test_files_are_the_same_for_any_number_of_processes(archive, tmp_path):  # P14
    sites = {}
    for processes in (1, 2):
        root = tmp_path / f"by-{processes}"
        builder = builder_in(archive, root)
        assert builder.build(T0, lambda *_: None, processes) == (3, ())
        sites[processes] = contents_of(root)
    assert sites[1].keys() == sites[2].keys()
    different = [name for name in sites[1] if sites[1][name] != sites[2][name]]
    assert different == []


@pytest.mark.slow
@pytest.mark.xdist_group("site-processes")
def test_a_build_by_processes_is_continued_after_a_stop(archive, tmp_path):
    root, seen = tmp_path / "site", []

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        builder_in(archive, root).build(T0, stop, 2)
    assert not list(root.rglob("*.part"))
    assert (tmp_path / "site.building").is_file()
    later = builder_in(archive, root)
    assert later.build(T0, lambda done, _: seen.append(done), 2) == (3, ())
    assert seen == [1, 2, 3]
    whole = tmp_path / "whole"
    builder_in(archive, whole).build(T0, lambda *_: None)
    assert contents_of(root) == contents_of(whole)


@pytest.mark.xdist_group("site-processes")
def test_a_page_that_fails_in_a_process_is_named(archive, tmp_path):
    (tmp_path / "site/i").mkdir(parents=True)
    (tmp_path / "site/i" / KZ_1).write_text("no folder")
    _, failures = builder_in(archive, tmp_path / "site").build(T0, lambda *_: None, 2)
    assert [text.partition(": ")[0] for text in failures] == [f"the page of {KZ_1}"]


def test_a_build_equals_one_page_after_another_in_each_language(store, tmp_path):  # P14
    record(store, change(2), opened_before(IR_1, place=IRAN))
    decide(store, PUBLISH_ALL)
    sites = tmp_path / "built", tmp_path / "single"
    built, single = (
        replace(writer(site), page_languages=("ar", "fr")) for site in sites
    )
    SiteBuilder(store, built, SitePageParts(built), sites[0]).build(T0, lambda *_: None)
    pages = ReportPages(store, single)
    pages.write_front((), T0)
    for incident in store.incidents.newest_ids(9)[::-1]:
        pages.write((), [incident])
    pages.write_front((), T0)
    assert pages.failed == {}
    both = [contents_of(site) for site in sites]
    # The ledger and the maps depend on when and in which order pages were written.
    names = [
        n for n in {**both[0], **both[1]} if not n.startswith(("evidence/", "geojson/"))
    ]
    different = [n for n in names if both[0].get(n) != both[1].get(n)]
    assert [n for n in different if not n.endswith("evidence.json")] == []


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
