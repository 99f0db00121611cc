"""`outagewire pack` gives a newsroom what is released, and nothing else (P12)."""

import errno
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import make_app
from bot.clock import StillClock
from bot.editorial.review import DraftReview
from bot.model.draft import SITE, Action
from bot.policy.publication_rules import PolicyRule
from bot.store.sql_store import open_store
from tests.contract.stored import T0, change, record
from tests.fakes import FakeRenderer
from tests.unit.test_removed_pages import Harness
from tests.unit.test_report_pages import KZ_1

ON_SITE = PolicyRule("page-at-once", Action.PUBLISH, channels=(SITE,))
PUBLISH = PolicyRule("all-out", Action.PUBLISH)
REVIEW = PolicyRule("a-person-looks", Action.REVIEW)


def stored(folder: Path, *rules: PolicyRule, reject: bool = False) -> Path:
    """Store an incident of one event, decided by rules; return the configuration."""
    store = open_store(folder / "store.db")
    harness = Harness(store, folder / "site")
    record(store, change(1))
    harness.tick(*rules)
    if reject:
        clock = StillClock(T0)
        DraftReview(store, clock, FakeRenderer(), {}).reject(f"{KZ_1}.1", "harm")
    harness.publisher.close()
    store.close()
    config = folder / "config.toml"
    config.write_text(
        f'[store]\npath = "{folder}/store.db"\n[site]\nout = "{folder}/site"\n'
        'base_url = "https://wire.example"\ncontact = "desk@example.org"\n'
    )
    return config


def pack(config: Path, to: Path) -> tuple[int, str]:
    arguments = ["pack", KZ_1, "--to", str(to), "--config", str(config)]
    result = CliRunner().invoke(make_app(), arguments)
    error = "" if result.exception is None else str(result.exception)
    return result.exit_code, result.output + error


def test_pack_has_texts_pictures_data_and_licences(tmp_path):  # P13
    code, output = pack(stored(tmp_path, PUBLISH), tmp_path / "press")
    assert code == 0, output
    names = {
        path.relative_to(tmp_path / "press").as_posix()
        for path in (tmp_path / "press").rglob("*")
    }
    assert {"README.txt", "texts/en.txt", "data/1.csv", "pictures/1.png"} <= names
    sizes = {f"pictures/newest-en-{size}.png" for size in ("post", "card", "tall")}
    assert sizes <= names
    readme = (tmp_path / "press/README.txt").read_text("utf-8")
    assert "Cite" not in readme
    assert f"https://wire.example/i/{KZ_1}/" in readme
    assert "Licence:" in readme


@pytest.mark.parametrize(
    ("rules", "reject"), [((REVIEW,), False), ((ON_SITE, REVIEW), True)]
)
def test_incident_that_is_not_released_is_refused(tmp_path, rules, reject):  # P12
    config = stored(tmp_path, *rules, reject=reject)
    code, output = pack(config, tmp_path / "press")
    assert code == 1
    assert f"nothing about {KZ_1} is released" in output
    assert not (tmp_path / "press").exists()


def test_folder_with_files_is_left_as_it_is(tmp_path):
    code, output = pack(tmp_path / "missing.toml", tmp_path.parent)
    assert code == 1
    assert "give a new folder with --to" in output


def test_folder_that_cannot_be_written_is_left_empty(tmp_path, monkeypatch):
    """Half of a pack would look like a whole one."""
    config, written = stored(tmp_path, PUBLISH), Path.write_bytes

    def fill(path: Path, content: bytes) -> int:
        if path.name == "1.png":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return written(path, content)

    (tmp_path / "press").mkdir()
    monkeypatch.setattr(Path, "write_bytes", fill)
    code, output = pack(config, tmp_path / "press/new")
    assert code == 1
    assert "make room" in output
    assert list((tmp_path / "press").iterdir()) == []
