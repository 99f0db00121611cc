"""The ledger is one chain of all bundles, and names no incident (P12)."""

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from minisign import KeyPair

from bot.site.evidence.ledger import Ledger, blinded, find_entry, ledger_problems
from bot.site.evidence.signatures import check_key, is_signed, sign
from tests.servers.missing import report_missing

AT = datetime(2026, 1, 31, 23, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def manifest(number: int) -> bytes:
    """Return the text of a manifest."""
    return f"{number:064x}  data/incident.json\n".encode()


def fill(folder: Path, count: int = 3, key: str | None = None) -> Ledger:
    """Write a ledger with an entry for each of `count` days, of one incident each."""
    ledger = Ledger(folder / "ledger", key)
    ledger.create()
    for number in range(count):
        receipt = folder / f"{number}.json"
        at = AT + number * DAY
        assert ledger.enter(receipt, f"KZ-2026-{number:04}", manifest(number), at)
    return ledger


def problems(ledger: Ledger, public_key: str | None = None) -> list[str]:
    return list(ledger_problems(ledger.folder, public_key))


def test_entries_form_one_chain_over_the_months(tmp_path):
    ledger = fill(tmp_path)
    names = sorted(p.name for p in ledger.folder.iterdir())
    assert names == ["2026-01.jsonl", "2026-02.jsonl", "head.json"]
    assert problems(ledger) == []
    head = json.loads((ledger.folder / "head.json").read_text())
    assert head["entries"] == 3


def test_the_same_bundle_is_entered_once(tmp_path):
    ledger, receipt = Ledger(tmp_path / "ledger"), tmp_path / "receipt.json"
    line = ledger.enter(receipt, "KZ-2026-0131", manifest(1), AT)
    assert line is not None
    receipt.write_bytes(line)
    assert ledger.enter(receipt, "KZ-2026-0131", manifest(1), AT) is None
    assert ledger.enter(receipt, "KZ-2026-0131", manifest(2), AT) is not None


@pytest.mark.parametrize("name", ["2026-01.jsonl", "2026-02.jsonl", "head.json"])
def test_every_changed_byte_breaks_the_chain(tmp_path, name):
    ledger = fill(tmp_path)
    path = ledger.folder / name
    data = path.read_bytes()
    for at in range(0, len(data), 7):
        changed = bytearray(data)
        changed[at] ^= 1
        path.write_bytes(bytes(changed))
        assert problems(ledger), (name, at)


def test_removed_entry_breaks_the_chain(tmp_path):
    ledger = fill(tmp_path)
    path = ledger.folder / "2026-02.jsonl"
    path.write_bytes(path.read_bytes().split(b"\n", 1)[1])
    assert problems(ledger)


@pytest.mark.parametrize(
    "change",
    [{"at": None}, {"at": "\x1b]0;x\x07"}, {"index": True}, {"manifest": 1}, {"x": 1}],
)
def test_forged_entry_is_named_although_the_chain_fits(tmp_path, change):
    entry = {"index": 1, "at": "2026-01-01T00:00:00Z", "incident": "0" * 64}
    entry |= {"manifest": "0" * 64, "previous": "0" * 64, **change}
    line = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    (tmp_path / "2026-01.jsonl").write_bytes(line)
    (tmp_path / "head.json").write_bytes(b"{}\n")
    problems = list(ledger_problems(tmp_path, None))
    assert "2026-01.jsonl: line 1 is not an entry of a ledger" in problems


def test_what_is_no_file_of_entries_is_not_read(tmp_path):
    Ledger(tmp_path).create()
    os.mkfifo(tmp_path / "2026-01.jsonl")
    (tmp_path / "2026-02.jsonl").symlink_to("/dev/zero")
    (tmp_path / "2026-03.jsonl").mkdir()
    assert list(ledger_problems(tmp_path, None)) == []


def test_ledger_does_not_tell_which_incidents_it_has(tmp_path):  # P12
    ledger = fill(tmp_path)
    text = b"".join(p.read_bytes() for p in ledger.folder.iterdir())
    assert b"KZ" not in text
    entry = find_entry(ledger.folder, manifest(1))
    assert entry is not None
    # The holder of the bundle finds the id; the entry alone does not give the nonce.
    assert entry["incident"] == blinded("KZ-2026-0001", manifest(1))
    assert entry["incident"] != blinded("KZ-2026-0001", entry["manifest"].encode())
    assert entry["incident"] != blinded("KZ-2026-0001", b"")


def test_entry_that_a_crash_cut_off_is_replaced(tmp_path):
    ledger = fill(tmp_path)
    with (ledger.folder / "2026-02.jsonl").open("ab") as stream:
        stream.write(b'{"at":"2026-02-')
    ledger.enter(tmp_path / "new.json", "KZ-2026-0009", manifest(9), AT + 3 * DAY)
    assert problems(ledger) == []


def test_lost_head_is_made_again_from_the_entries(tmp_path):
    ledger = fill(tmp_path)
    (ledger.folder / "head.json").unlink()
    ledger.enter(tmp_path / "new.json", "KZ-2026-0009", manifest(9), AT + 3 * DAY)
    assert problems(ledger) == []


def test_older_event_is_entered_after_the_newest(tmp_path):
    ledger = fill(tmp_path)
    ledger.enter(tmp_path / "new.json", "KZ-2026-0009", manifest(9), AT - 90 * DAY)
    assert problems(ledger) == []
    assert not (ledger.folder / "2025-11.jsonl").exists()


def test_head_is_signed_by_the_key_of_the_operator(tmp_path):
    pair = KeyPair.generate()
    ledger = fill(tmp_path, key=bytes(pair.secret_key).decode())
    public = bytes(pair.public_key).decode()
    assert problems(ledger, public) == []
    other = bytes(KeyPair.generate().public_key).decode()
    (problem,) = problems(ledger, other)
    assert "head.json.minisig" in problem


def test_key_with_a_password_is_refused_without_quoting_it():
    pair = KeyPair.generate()
    check_key(bytes(pair.secret_key).decode())
    pair.secret_key.encrypt("secret", opslimit=32768, memlimit=2**24)
    key = bytes(pair.secret_key).decode()
    with pytest.raises(ValueError, match="has a password") as caught:
        check_key(key)
    assert key.splitlines()[1] not in str(caught.value)
    with pytest.raises(ValueError, match="no secret key of minisign"):
        check_key("nothing")


def test_minisign_itself_accepts_the_signature(tmp_path):
    minisign = shutil.which("minisign")
    if minisign is None:
        report_missing("minisign")
    pair = KeyPair.generate()
    (tmp_path / "evidence.pub").write_bytes(bytes(pair.public_key) + b"\n")
    (tmp_path / "file").write_bytes(manifest(1))
    signature = sign(bytes(pair.secret_key).decode(), manifest(1), AT)
    (tmp_path / "file.minisig").write_bytes(signature)
    command = [minisign, "-Vm", "file", "-p", "evidence.pub"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)


def test_signature_is_the_same_each_time_and_of_one_text():  # P14
    pair = KeyPair.generate()
    key, public = bytes(pair.secret_key).decode(), bytes(pair.public_key).decode()
    signature = sign(key, manifest(1), AT)
    assert signature == sign(key, manifest(1), AT)
    assert is_signed(public, manifest(1), signature)
    assert not is_signed(public, manifest(2), signature)
    assert not is_signed(public, manifest(1), b"nothing")
