"""Each incident has a bundle of evidence, which anyone can check with known tools."""

import gzip
import json
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from minisign import KeyPair
from typer import Exit

from bot.bootstrap import renderer
from bot.cli.evidence.bundle_reader import Bundle
from bot.cli.evidence.verify import verify
from bot.config.loading import load_config
from bot.errors import ConfigError
from bot.model.draft import DraftState
from bot.model.incident import EventKind
from bot.model.incident_report import IncidentReport, Listing
from bot.site.evidence.archive import BundleError, read_bundle
from tests.bags import is_valid_bag
from tests.builders import NOW, changed, event, facts, incident_of, phase
from tests.unit.test_pages import STEPS, publish, report_of, writer

PAGE = "i/KZ-2022-0104"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Return a site with the page of an incident of three events."""
    root = tmp_path_factory.mktemp("site")
    publish(root, report_of(root, *STEPS))
    return root


def copy_of(site: Path, to: Path) -> Path:
    """Copy a site, and return the copy's folder of the incident's page."""
    shutil.copytree(site, to / "site")
    return to / "site" / PAGE


def test_bag_tool_of_others_accepts_the_bundle(site, tmp_path):  # P4
    assert is_valid_bag(site / PAGE / "evidence")
    with zipfile.ZipFile(site / PAGE / "evidence.zip") as archive:
        archive.extractall(tmp_path)
    bag = tmp_path / "evidence"
    assert is_valid_bag(bag)
    info = (bag / "bag-info.txt").read_text("utf-8").splitlines()
    assert "External-Identifier: KZ-2022-0104" in info
    (bag / "data" / "README.txt").write_text("changed")
    assert not is_valid_bag(bag)


def test_bundle_describes_all_its_files_as_a_crate(site):  # P13
    data = site / PAGE / "evidence" / "data"
    crate = json.loads((data / "ro-crate-metadata.json").read_text("utf-8"))
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    parts = {part["@id"] for part in entities["./"]["hasPart"]}
    files = {p.relative_to(data).as_posix() for p in data.rglob("*") if p.is_file()}
    assert parts == files - {"ro-crate-metadata.json"}
    assert all(entities[part]["@type"] == "File" for part in parts)
    licences = json.loads((data / "licences.json").read_text("utf-8"))
    assert {s["credit"] for s in licences["sources"]} >= {
        c.text for c in STEPS[0].facts.sources.credits
    }


def test_bundle_has_what_the_page_shows_byte_for_byte(site):  # P4
    page = site / PAGE
    data = page / "evidence" / "data"
    for seq in (1, 2, 3):
        picture = (data / f"{seq}/picture.png").read_bytes()
        assert picture == (page / f"{seq}.png").read_bytes()
        table = gzip.decompress((data / f"{seq}/readings.csv.gz").read_bytes())
        assert table == (page / f"{seq}.csv").read_bytes()
    assert (data / "incident.json").read_bytes() == (
        page / "incident.json"
    ).read_bytes()


def test_page_links_to_its_bundle(site):
    html = (site / PAGE / "index.html").read_text("utf-8")
    assert 'href="evidence.zip"' in html


def test_bundle_is_signed_by_the_key_of_the_operator(tmp_path):
    pair = KeyPair.generate()
    (tmp_path / "evidence.key").write_bytes(bytes(pair.secret_key) + b"\n")
    (tmp_path / "evidence.pub").write_bytes(bytes(pair.public_key) + b"\n")
    config = tmp_path / "config.toml"
    config.write_text('[evidence]\nkey = "file:evidence.key"\n')
    settings = renderer(load_config(config)).evidence
    report = IncidentReport(incident_of(event()), (event(),), {}, {}, (), ())
    replace(writer(tmp_path / "site"), evidence=settings).publish_page(report)
    folder = tmp_path / "site" / PAGE / "evidence"
    assert is_valid_bag(folder)
    ledger = tmp_path / "site/evidence/ledger"
    key = tmp_path / "evidence.pub"
    verify(folder, ledger, key, hashes_only=True)
    (folder / "manifest-sha256.txt.minisig").unlink()
    with pytest.raises(Exit):
        verify(folder, None, key, hashes_only=True)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("file:missing.key", "cannot be read"),
        ("file:config.toml", "no secret key of minisign"),
        ("RWRTY0Iy", 'write the key as a reference: "file:PATH"'),
    ],
)
def test_key_that_cannot_sign_is_refused(tmp_path, value, message):  # P16
    config = tmp_path / "config.toml"
    config.write_text(f'[evidence]\nkey = "{value}"\n')
    with pytest.raises(ConfigError) as caught:
        load_config(config)
    assert message in str(caught.value.problems)
    assert "RWRTY0Iy" not in str(caught.value.problems)


def test_zip_file_has_the_files_of_the_folder(site):
    page = site / PAGE
    assert read_bundle(page / "evidence.zip") == read_bundle(page / "evidence")


def test_the_same_page_gives_the_same_bundle(site, tmp_path):  # P14
    publish(tmp_path, report_of(tmp_path, *STEPS))
    name = f"{PAGE}/evidence.zip"
    assert (tmp_path / name).read_bytes() == (site / name).read_bytes()


def test_next_step_leaves_the_files_of_earlier_steps(site, tmp_path):
    page = copy_of(site, tmp_path)
    before = {p: p.stat().st_mtime_ns for p in (page / "evidence/data/1").iterdir()}
    later = replace(event(EventKind.UPDATED, 4, as_of=NOW + timedelta(days=9)))
    publish(page.parents[1], report_of(page.parents[1], *STEPS, later))
    assert {p: p.stat().st_mtime_ns for p in before} == before
    assert (page / "evidence/data/4/event.json").is_file()
    assert is_valid_bag(page / "evidence")


def test_step_that_is_held_later_leaves_the_bundle(site, tmp_path):  # P12
    page = copy_of(site, tmp_path)
    publish(page.parents[1], report_of(page.parents[1], *STEPS[:2]))
    assert not (page / "evidence/data/3").exists()
    assert not any("/3/" in name for name in read_bundle(page / "evidence.zip"))
    assert is_valid_bag(page / "evidence")


def test_facts_do_not_name_steps_that_are_not_released(tmp_path):  # P12
    hidden = phase(EventKind.SUSPECTED, "2022-01-04 15:00")
    shown = event(EventKind.CONFIRMED, 2, facts=changed(facts(), phases=(hidden,)))
    report = IncidentReport(incident_of(shown), (shown,), {}, {}, (), ())
    writer(tmp_path).publish_page(report)
    data = tmp_path / PAGE / "evidence/data/2"
    assert json.loads((data / "event.json").read_text())["facts"]["phases"] == []
    assert json.loads((data / "texts.json").read_text())["left_out"] == 1


def test_draft_that_is_not_approved_is_not_in_the_bundle(tmp_path):  # P12
    report = report_of(tmp_path, STEPS[0], state=DraftState.WAITING)
    publish(tmp_path, report)
    (draft,) = report.drafts.values()
    content = b"".join(read_bundle(tmp_path / PAGE / "evidence.zip").values())
    assert all(text.body.encode() not in content for text in draft.texts)


def test_removed_incident_leaves_no_bundle_and_no_name(site, tmp_path):  # P12
    page = copy_of(site, tmp_path)
    writer(page.parents[1]).remove_page("KZ-2022-0104", Listing(()))
    left = [p for p in (tmp_path / "site").rglob("*") if p.is_file()]
    assert not page.exists()
    assert not [p for p in left if b"KZ-2022-0104" in p.read_bytes()]


def test_operators_own_preview_has_no_bundle(tmp_path):
    report = report_of(tmp_path, STEPS[0])
    replace(writer(tmp_path), unpublished=True).publish_page(report)
    assert (tmp_path / PAGE / "index.html").is_file()
    assert not list(tmp_path.rglob("evidence*"))


def members(path: Path, **files: bytes) -> Path:
    """Write a ZIP file with a member for each keyword, whose name is `evidence/NAME`."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"evidence/{name}", data)
    return path


def link(path: Path) -> Path:
    """Write a ZIP file with a symbolic link."""
    member = zipfile.ZipInfo("evidence/data/link")
    member.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "/etc/passwd")
    return path


def bomb(path: Path) -> Path:
    """Write a ZIP file with a large compressed file of zeros."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("evidence/data/zeros", bytes(10_000_000))
    return path


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda p: members(p, **{"../../outside": b"x"}), "path is not expected"),
        (lambda p: members(p, **{"/etc/passwd": b"x"}), "path is not expected"),
        (lambda p: members(p, **{"data/a\nb": b"x"}), "path is not expected"),
        (link, "neither a file nor a folder"),
        (bomb, "compressed"),
        (lambda p: p.write_bytes(b"no archive") and p, "no ZIP file"),
        (lambda p: p, "does not exist"),
    ],
)
def test_hostile_zip_files_are_refused(tmp_path, make, message):
    with pytest.raises(BundleError, match=re.escape(message)):
        read_bundle(make(tmp_path / "bundle.zip"))


def test_small_file_with_endless_readings_is_not_parsed():
    folder = "data/1/"
    bomb = gzip.compress(bytes(200_000_000), 1)
    bundle = Bundle({f"{folder}event.json": b"", f"{folder}readings.json.gz": bomb})
    with pytest.raises(BundleError, match="the content is too large"):
        _ = bundle.events


def test_folder_with_a_symbolic_link_is_refused(tmp_path):
    (tmp_path / "bag").mkdir()
    (tmp_path / "bag" / "data").symlink_to("/etc")
    with pytest.raises(BundleError, match="neither a file nor a folder"):
        read_bundle(tmp_path / "bag")
