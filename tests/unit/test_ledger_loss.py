"""A ledger that was lost, replaced or begun anew is noticed, and a person decides (P19)."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.bootstrap.ledger import ledger_loss
from bot.cli import make_app
from bot.clock import StillClock
from bot.config import loading as configuration
from bot.model.operations import AlertKind
from bot.site.evidence.bundle_files import ledger_folder
from bot.site.evidence.ledger import Ledger, hash_of_entry
from bot.site.evidence.ledger_loss import LedgerLoss
from bot.store.sql_store import open_store
from tests.unit.test_evidence_ledger import AT


def enter(folder: Path, *names: str, at: datetime = AT) -> None:
    ledger = Ledger(folder)
    for name in names:
        ledger.enter(folder.parent / f"receipt-{name}", f"KZ-{name}", name.encode(), at)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    open_store(tmp_path / "wire.db").close()
    file = tmp_path / "config.toml"
    file.write_text('[store]\npath = "wire.db"\n[site]\nout = "site"\n', "utf-8")
    return file


@pytest.fixture
def folder(config: Path) -> Path:
    """A ledger of three entries, which the store knows."""
    folder = ledger_folder(config.parent / "site")
    folder.mkdir(parents=True)
    enter(folder, "a", "b", "c")
    assert look(config).alerts() == ()
    return folder


def look(config: Path) -> LedgerLoss:
    return ledger_loss(configuration.load_config(config), StillClock(AT))


def notes(config: Path) -> list[str]:
    alerts = look(config).alerts()
    assert all(alert.kind is AlertKind.LEDGER for alert in alerts)
    return [alert.note for alert in alerts]


def test_ledger_that_goes_on_raises_no_alert(config, folder):
    loss = look(config)
    enter(folder, "d", at=AT + timedelta(days=40))
    assert loss.alerts() == ()
    enter(folder, "e", "f", at=AT + timedelta(days=80))
    assert loss.alerts() == look(config).alerts() == ()


def test_lost_ledger_is_reported_until_it_is_back(config, folder):
    loss = look(config)
    folder.rename(folder.parent / "lost")
    assert notes(config) == ["its entries end at 0, and ended at 3"]
    assert len(loss.alerts()) == 1
    (folder.parent / "lost").rename(folder)
    assert loss.alerts() == ()


def test_older_copy_is_reported(config, folder):
    shutil.copytree(folder, folder.parent / "copy")
    enter(folder, "d")
    assert notes(config) == []
    shutil.rmtree(folder)
    (folder.parent / "copy").rename(folder)
    assert notes(config) == ["its entries end at 3, and ended at 4"]
    enter(folder, "e")
    enter(folder, "f")
    assert notes(config) == ["its entry 4 is not the one that was published"]


def test_person_accepts_the_ledger_that_is_there(config, folder):
    shutil.rmtree(folder)
    folder.mkdir()
    enter(folder, "b")
    words = ["site", "accept-ledger", "--config", str(config)]
    assert CliRunner().invoke(make_app(), words).exit_code == 1
    assert notes(config) == ["its entries end at 1, and ended at 3"]
    words += ["--by", "Ada", "--reason", "the disk was lost"]
    result = CliRunner().invoke(make_app(), words)
    assert (
        "The entries of the ledger end at 1; those known ended at 3." in result.output
    )
    assert notes(config) == []
    known = look(config).memory.read()
    assert known is not None
    assert known.note.endswith("Ada: the disk was lost")


def test_entry_is_found_in_the_file_of_its_month(folder):
    enter(folder, "d", at=AT + timedelta(days=40))
    hashes = [hash_of_entry(folder, number) for number in range(1, 6)]
    assert len(set(hashes[:4])) == 4
    assert None not in hashes[:4]
    assert hashes[4] is None
