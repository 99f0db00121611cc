"""A store that is lost or damaged is noticed, and no command reports success into a new one."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from bot import bootstrap
from bot.cli import main
from bot.config import loading as configuration
from bot.errors import StoreError
from bot.publishing.alerts import AlertSender, AlertTargets
from bot.store.sql_store import open_store
from bot.tick.loop import Loop
from tests.cases.installation import PUBLISH_ALL, Installation, new_installation
from tests.fakes import FakeChannel, FakeRenderer
from tests.servers.smtp import Mailbox

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = pytest.mark.timeout(300)

ROOT = Path(__file__).parents[2]
BY = ("--by", "Ada", "--reason", "seen")


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "bot", *words]


def outagewire(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


# Commands on a store that does not exist


@pytest.fixture
def default_logging() -> Iterator[None]:
    """Undo the logging of a command, which writes to the captured output of its test."""
    yield
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "words",
    [
        ["drafts", "list"],
        ["drafts", "show", "IR-2026-0113.1"],
        ["drafts", "approve", "IR-2026-0113.1", "--reason", "checked"],
        ["drafts", "reject", "IR-2026-0113.1", "--reason", "checked"],
        ["drafts", "hold", "IR-2026-0113.1", "--reason", "checked"],
        ["deliveries"],
        ["deliveries", "settle", "IR-2026-0113.1/wire", "--drop", *BY],
        ["corrections", "status"],
        ["incidents", "list"],
        [
            "incidents",
            "retract",
            "IR-2026-0113",
            "--statement",
            "Wrong.",
            "--by",
            "Ada",
        ],
        ["preview", "IR-2026-0113"],
        ["backup", "copy.db"],
    ],
    ids=" ".join,
)
def test_command_on_a_missing_store_fails_and_creates_none(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    default_logging: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "config.toml"
    config.write_text('[store]\npath = "var/wire.db"\n', "utf-8")
    argv = ["outagewire", *words, "--config", str(config)]
    monkeypatch.setattr(sys, "argv", argv)
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 1
    printed = capsys.readouterr()
    assert f"there is no store at {tmp_path / 'var/wire.db'}" in printed.err
    assert printed.out == ""
    assert [file.name for file in tmp_path.iterdir()] == ["config.toml"]


def test_everything_can_be_paused_before_the_first_run_but_not_after_a_loss(
    tmp_path: Path,
) -> None:
    """P16: a run that goes on with a deleted store would not see the pause."""
    config = tmp_path / "config.toml"
    store = tmp_path / "wire.db"
    config.write_text(f'[store]\npath = "{store}"\n', "utf-8")
    words = ("pause", *BY, "--config", str(config))
    assert outagewire(*words).returncode == 0
    assert store.exists()
    store.unlink()
    (tmp_path / "wire.db.lock").touch()
    refused = outagewire(*words)
    assert refused.returncode == 1
    assert "there is no store at" in refused.stderr
    assert not store.exists()


# A run whose store is lost


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation that has posted, in the middle of the made-up blackout."""
    home = tmp_path_factory.mktemp("lost") / "home"
    installation = new_installation(home, policy=PUBLISH_ALL)
    installation.run(2)
    installation.stop()
    return installation


def delete(store: Path) -> None:
    store.unlink()


def delete_with_its_journal(store: Path) -> None:
    for file in store.parent.glob(f"{store.name}*"):
        file.unlink()


def replace_by_a_foreign_database(store: Path) -> None:
    other = store.with_name("other.db")
    with sqlite3.connect(other) as foreign:
        foreign.execute("CREATE TABLE notes (text TEXT)")
    foreign.close()
    other.replace(store)


def replace_by_a_new_store(store: Path) -> None:
    other = store.with_name("other.db")
    open_store(other).close()
    other.replace(store)


def cut_short(store: Path) -> None:
    os.truncate(store, store.stat().st_size // 2)


def overwrite_with_zeros(store: Path) -> None:
    with store.open("r+b") as file:
        file.write(b"\0" * store.stat().st_size)


LOSSES = (
    delete,
    delete_with_its_journal,
    replace_by_a_foreign_database,
    replace_by_a_new_store,
    cut_short,
    overwrite_with_zeros,
)


@pytest.mark.parametrize("lose", LOSSES)
def test_tick_after_a_loss_ends_the_loop_with_an_alert(
    lose: Callable[[Path], None], template: Installation, tmp_path: Path
) -> None:
    """P10, P19: nothing is posted after it, and a person hears of it."""
    installation = template.copied_to(tmp_path / "home")
    operators = FakeChannel("operators")
    application = installation.application
    alerts = AlertSender(
        application.store,
        FakeRenderer(),
        installation.clock,
        AlertTargets(operators),
    )
    poll = timedelta(minutes=30)
    loop = Loop(application.runner, installation.clock, poll, lambda _: None, alerts)
    installation.clock.sleep(poll)
    loop.run(once=True)
    before = (installation.lines(), installation.pages())
    assert before[0]
    lose(installation.home / "wire.db")
    # A day later the next update is due.
    installation.clock.sleep(timedelta(hours=24))
    with pytest.raises(StoreError, match=r"wire\.db"):
        loop.run(once=True)
    assert (installation.lines(), installation.pages()) == before
    (letter,) = operators.posts
    assert letter.text == "store"
    installation.stop()


@contextmanager
def running(config: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as file:
        words = command("run", "--config", str(config))
        process = subprocess.Popen(words, cwd=ROOT, stdout=file, stderr=file)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def mail_to_operators(mailbox: Mailbox) -> dict[str, object]:
    return {
        "kind": "mail",
        "host": "127.0.0.1",
        "port": mailbox.port,
        "security": "none",
        "sender": "wire@outages.example",
        "to": ["noc@news.example"],
    }


def test_run_whose_store_is_deleted_ends_with_an_error(
    template: Installation, mailbox: Mailbox, tmp_path: Path
) -> None:
    installation = template.copied_to(tmp_path / "home")
    operators = mail_to_operators(mailbox)
    loop = {"poll": "1s", "history": "14d"}
    installation.configure(operators=operators, loop=loop)
    log, store = tmp_path / "run.log", installation.home / "wire.db"
    with running(installation.config, log) as process:
        deadline = time.monotonic() + 120
        # The first tick reports the signals that have no readings.
        while not mailbox.raw and time.monotonic() < deadline:
            time.sleep(0.1)
        assert process.poll() is None, log.read_text()
        store.unlink()
        before = installation.lines()
        assert process.wait(30) == 1
    assert "was deleted" in log.read_text()
    assert installation.lines() == before
    assert not store.exists()
    letter = mailbox.emails[-1]
    assert letter["Subject"] == "The store cannot be used"
    assert b"restore a backup" in mailbox.raw[-1]


def test_store_that_cannot_be_opened_is_reported_once(
    template: Installation, mailbox: Mailbox, tmp_path: Path
) -> None:
    """P19: a supervisor starts the program again and again."""
    installation = template.copied_to(tmp_path / "home")
    installation.configure(operators=mail_to_operators(mailbox))
    before = len(mailbox.raw)
    (installation.home / "wire.db").write_bytes(b"no database" * 999)
    words = command("run", "--once", "--config", str(installation.config))
    for _ in range(2):
        run = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
        assert run.returncode == 1
    (letter,) = mailbox.emails[before:]
    assert letter["Subject"] == "The store cannot be used"


def test_a_commit_is_reported_only_if_it_is_kept(
    template: Installation, tmp_path: Path
) -> None:
    """An editor's command that is still open when the store is deleted must not succeed."""
    installation = template.copied_to(tmp_path / "home")
    review, store = bootstrap.draft_review(
        configuration.load_config(installation.config)
    )
    draft = store.drafts.all()[0].id
    (installation.home / "wire.db").unlink()
    with pytest.raises(StoreError, match="was deleted"):
        review.hold(draft, "waiting for the operator")
    store.close()
    assert not (installation.home / "wire.db").exists()
