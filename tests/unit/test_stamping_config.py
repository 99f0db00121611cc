"""Authorities of time stamps are configured by name, and obey the kill switch (P16)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap.timestamps import ledger_stamping
from bot.clock import SystemClock
from bot.config.loading import check_values
from bot.config.sections import Config
from bot.config.summary import summary
from bot.errors import ConfigError
from bot.model.operations import Pause
from bot.site.evidence.timestamps.files import StampFolder
from bot.store.pauses import open_pauses
from bot.store.sql_store import open_store
from tests.servers.time_stamps import AuthorityServer, OpensslAuthority
from tests.unit.test_evidence_ledger import AT, fill

URL = "https://tsa.example.org/secret-path"


@dataclass(frozen=True)
class ConfiguredAuthority:
    """An authority, and a folder for the files of a configuration."""

    authority: OpensslAuthority
    folder: Path

    def values(self, url: str = URL, **others: Any) -> dict[str, Any]:
        section = {"url": url, "certificates": str(self.authority.trusted)}
        return {"evidence": {"timestamps": {"tsa": section}}, **others}

    def config(self, url: str = URL, **others: Any) -> Config:
        return check_values(self.values(url, **others), "c", self.folder)

    def problems(self, values: dict[str, Any]) -> str:
        with pytest.raises(ConfigError) as caught:
            check_values(values, "c", self.folder)
        (problem,) = caught.value.problems
        return problem


@pytest.fixture(scope="module")
def openssl_authority(tmp_path_factory) -> OpensslAuthority:
    return OpensslAuthority(tmp_path_factory.mktemp("tsa") / "tsa")


@pytest.fixture
def configured(openssl_authority, tmp_path) -> ConfiguredAuthority:
    return ConfiguredAuthority(openssl_authority, tmp_path)


def test_summary_names_authority_and_server_alone(configured):  # P16
    config = configured.config()
    lines = list(summary(config, None))
    assert "Time stamps of the ledger: tsa (https://tsa.example.org)." in lines
    assert not any("Nothing leaves this machine" in line for line in lines)
    assert "secret-path" not in config.model_dump_json()
    assert "secret-path" not in repr(config)


def test_by_default_nobody_is_asked():
    assert ledger_stamping(Config(), SystemClock()) is None
    assert any(
        "Nothing leaves this machine" in line for line in summary(Config(), None)
    )


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("url", "tsa.example.org", "such as https://tsa.example.org/tsr"),
        ("url", "https://me:word@tsa.example.org/", "without a name or password"),
        ("certificates", "missing.pem", "write the path of the file"),
        ("certificates", "notes.txt", "-----BEGIN CERTIFICATE-----"),
        ("certificates", "signer.pem", "none of the certificates is that of a CA"),
    ],
)
def test_wrong_key_is_named_with_a_remedy(configured, key, value, words):
    (configured.folder / "notes.txt").write_text("nothing")
    signer = (configured.authority.folder / "signer.pem").read_bytes()
    (configured.folder / "signer.pem").write_bytes(signer)
    values = configured.values()
    values["evidence"]["timestamps"]["tsa"][key] = value
    problem = configured.problems(values)
    assert f"evidence.timestamps.tsa.{key}" in problem
    assert words in problem
    assert "word@" not in problem


@pytest.mark.parametrize("name", ["Tsa", "../tsa", "t.sa", "", "t" * 33])
def test_name_that_is_no_part_of_a_file_name_is_refused(configured, name):
    values = configured.values()
    values["evidence"]["timestamps"] = {
        name: values["evidence"]["timestamps"].pop("tsa")
    }
    assert "small letters" in configured.problems(values)


def test_evidence_of_a_replay_is_not_stamped(configured):  # P16
    values = configured.values(clock={"follow": "http://127.0.0.1:8765/clock"})
    assert "evidence.timestamps.tsa: a replay" in configured.problems(values)


def test_kill_switch_stops_the_requests_at_once(configured):  # P16
    server = AuthorityServer(configured.authority)
    site = configured.folder / "site"
    ledger = fill(site / "evidence").folder
    store = {"path": str(configured.folder / "wire.db")}
    config = configured.config(server.url, site={"out": str(site)}, store=store)
    stamping = ledger_stamping(config, SystemClock())
    assert stamping is not None
    try:
        # Without a store nobody knows whether the kill switch is on.
        stamping.run()
        open_store(config.store.path).close()
        pauses = open_pauses(config.store.path)
        pauses.pause(Pause("*", "Ada", "a check", AT))
        stamping.run()
        assert server.requests == []
        pauses.resume("*", "Ada", "done", AT)
        stamping.run()
        assert len(list(StampFolder(ledger).files())) == len(server.requests) == 1
    finally:
        server.server.stop()
