"""Time stamps are got beside the loop, and anyone can check them (P4, P19)."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomlkit
from typer.testing import CliRunner

from bot.cli import make_app
from bot.clock import SystemClock
from bot.publishing.stamping import LedgerStamping
from bot.site.evidence.archive import zip_bytes
from bot.site.evidence.bag import (
    MANIFEST,
    TAG_MANIFEST,
    manifest_text,
    sha256_of,
    tag_files,
)
from bot.site.evidence.timestamps.authority import AuthoritySettings, StampingAuthority
from bot.site.evidence.timestamps.files import StampFile, StampFolder
from tests import stories
from tests.e2e.test_stopping import LONGEST_S, Command
from tests.evidence import flip
from tests.servers.drip import DripServer
from tests.servers.time_stamps import AuthorityServer, OpensslAuthority, openssl
from tests.unit.test_evidence_ledger import AT, fill

DAY = "%Y-%m-%d"


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[tuple[OpensslAuthority, AuthorityServer]]:
    authority = OpensslAuthority(tmp_path_factory.mktemp("tsa") / "tsa")
    server = AuthorityServer(authority)
    yield authority, server
    server.server.stop()


def small_bundle(path: Path) -> bytes:
    """Write a bundle with one file; return its manifest."""
    data = {"data/README.txt": b"a small bundle\n"}
    hashes = {name: sha256_of(content) for name, content in data.items()}
    tags = tag_files(hashes, 15, {})
    listed = {name: sha256_of(content) for name, content in tags.items()}
    path.write_bytes(zip_bytes({**data, **tags, TAG_MANIFEST: manifest_text(listed)}))
    return tags[MANIFEST]


@pytest.fixture(scope="module")
def stamped(served, tmp_path_factory) -> tuple[Path, Path]:
    """Return a ledger whose fourth entry is a bundle, and the bundle.

    The heads after the third and the fifth of its six entries are stamped.
    """
    authority, server = served
    folder = tmp_path_factory.mktemp("stamped")
    bundle = folder / "evidence.zip"
    manifest = small_bundle(bundle)
    ledger = fill(folder)
    settings = AuthoritySettings("tsa", server.url, authority.trusted.read_bytes())
    clock = SystemClock()
    stamping = LedgerStamping(
        StampFolder(ledger.folder),
        [StampingAuthority(settings, clock)],
        clock,
        lambda: False,
    )
    stamping.run()
    ledger.enter(folder / "receipt", "KZ-2026-0004", manifest, AT)
    ledger.enter(folder / "receipt", "KZ-2026-0005", b"five", AT)
    stamping.run()
    ledger.enter(folder / "receipt", "KZ-2026-0006", b"six", AT)
    return ledger.folder, bundle


def verify(*arguments: object) -> tuple[int, str]:
    """Run the command in this process; return its exit code and all its output."""
    result = CliRunner().invoke(make_app(), ["verify", *map(str, arguments)])
    error = "" if result.exception is None else str(result.exception)
    return result.exit_code, result.output + error


def copy_of(stamped: tuple[Path, Path], to: Path) -> tuple[Path, StampFile]:
    """Copy the ledger; return it and its newest time stamp."""
    ledger = shutil.copytree(stamped[0], to / "ledger")
    listing = (ledger / "timestamps" / "2026-02.jsonl").read_text().splitlines()
    newest = next(f for f in StampFolder(ledger).files() if f.digest in listing[-1])
    return ledger, newest


def test_verify_says_what_is_shown_and_what_is_not(served, stamped):
    authority, _ = served
    ledger, bundle = stamped
    words = (bundle, "--ledger", ledger, "--hashes-only", "--authority")
    code, output = verify(*words, f"tsa={authority.trusted}")
    assert code == 0, output
    day = SystemClock().now().strftime(DAY)
    assert f"Entries 1 to 5 existed at or before {day} " in output
    assert (
        " UTC, according to tsa (Test TSA); this shows neither that they are true nor who"
        " made them, and nothing about entry 6." in output
    )
    assert f"The bundle existed at or before {day} " in output


def test_time_stamps_without_certificates_are_named_as_not_checked(stamped):
    code, output = verify("--ledger", stamped[0])
    assert code == 0
    assert (
        "Not checked: the time stamps of tsa; give the certificate of its CA" in output
    )


@pytest.mark.parametrize("at", [-1, 400])
def test_time_stamp_that_does_not_verify_is_named(served, stamped, tmp_path, at):
    authority, _ = served
    ledger, newest = copy_of(stamped, tmp_path)
    flip(newest.path, len(newest.path.read_bytes()) + at if at < 0 else at)
    code, output = verify("--ledger", ledger, "--authority", f"tsa={authority.trusted}")
    assert code == 1
    assert f"DIFFERENT: timestamps/2026-02/{newest.path.name}: the time stamp" in output


def test_certificates_of_another_ca_do_not_verify(stamped, tmp_path):
    other = OpensslAuthority(tmp_path)
    code, output = verify("--ledger", stamped[0], "--authority", f"tsa={other.trusted}")
    assert code == 1
    assert output.count("DIFFERENT: timestamps/2026-02/") == 2


def test_rewritten_ledger_contradicts_its_time_stamps(stamped, tmp_path):
    """Whoever rewrites the whole chain has no time stamps of the new one."""
    ledger = fill(tmp_path, count=4).folder
    assert verify("--ledger", ledger)[0] == 0
    shutil.copytree(stamped[0] / "timestamps", ledger / "timestamps")
    code, output = verify("--ledger", ledger)
    assert code == 1
    assert "the ledger is not the one that was stamped" in output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--authority", "tsa=ca.pem"), "give it with --ledger"),
        (("--ledger", ".", "--authority", "tsa"), "write --authority as NAME=FILE"),
        (("--ledger", ".", "--authority", "tsa=/none"), "cannot be read"),
        (("--ledger", ".", "--authority", f"tsa={__file__}"), "no certificates in PEM"),
    ],
)
def test_wrong_arguments_get_a_clear_error(stamped, words, message):
    code, output = verify(stamped[1], *words)
    assert code == 1
    assert message in output


def test_openssl_itself_verifies_the_files(served, stamped, tmp_path):
    """The command is the one in docs/evidence.md."""
    authority, _ = served
    ledger, newest = copy_of(stamped, tmp_path)
    arguments = (
        "ts -verify -digest HASH -in timestamps/2026-02/HASH.tsa.tsr -CAfile tsa-ca.pem"
    )
    docs = Path(__file__).parents[2] / "docs" / "evidence.md"
    assert f"openssl {arguments.replace('2026-02', '2026-11')}" in docs.read_text()
    shutil.copy(authority.trusted, ledger / "tsa-ca.pem")
    words = arguments.replace("HASH", newest.digest).split()
    result = openssl(ledger, *words)
    assert b"Verification: OK" in result.stdout, result.stderr
    wrong = [word.replace(f"{newest.digest}", "0" * 64, 1) for word in words[:4]]
    assert openssl(ledger, *wrong, *words[4:]).returncode != 0


@pytest.mark.parametrize(
    "once", [(), pytest.param(("--once",), marks=pytest.mark.slow)], ids=["run", "once"]
)
def test_dripping_authority_delays_neither_tick_nor_stop(served, tmp_path, once):  # P19
    authority, server = served
    drip = DripServer(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n")
    site = tmp_path / "site"
    ledger = fill(site / "evidence").folder
    certificates = str(authority.trusted)
    timestamps = {
        "good": {"url": server.url, "certificates": certificates},
        "drip": {"url": f"http://127.0.0.1:{drip.port}/", "certificates": certificates},
    }
    config = {
        "store": {"path": "wire.db"},
        "site": {"out": "site"},
        "loop": {"poll": "1h", "history": "2d"},
        "sources": {"recording": {"folder": str(stories.blackout(tmp_path / "rec"))}},
        "evidence": {"timestamps": timestamps},
    }
    file = tmp_path / "config.toml"
    file.write_text(tomlkit.dumps(config), "utf-8")

    def is_stamped(command: Command) -> bool:
        return "Watching," in command.printed and any(StampFolder(ledger).files())

    command = Command(("run", *once, "--config", file), is_stamped, (0,))
    command.start(tmp_path / "log")
    try:
        command.wait_until_ready()
        seconds, code = command.end(15)
    finally:
        command.kill()
        drip.stop()
    assert seconds < LONGEST_S, command.printed
    assert code == 0, command.printed
    assert "Traceback" not in command.printed
    assert not list(ledger.rglob("*.part"))
    code, output = verify("--ledger", ledger, "--authority", f"good={certificates}")
    assert code == 0, output
    assert "Entries 1 to 3 existed at or before" in output
