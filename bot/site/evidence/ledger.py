"""The public ledger: a chain of hashes of all bundles that were ever published.

Each entry is one line of JSON, in a file for each month:

- `index`: 1, 2, 3, ...
- `at`: the time of the bundle's newest event.
- `incident`: the id of the incident, blinded.
- `manifest`: the SHA-256 of the bundle's manifest.
- `previous`: the SHA-256 of the previous line, without its line break.

Nobody can change or remove an entry without changing all that follow. In the folder
`timestamps`, there may be time stamps of the SHA-256 of entries (see `timestamps.files`).

**Why ids are blinded.** If an incident is withdrawn for the safety of people, nothing may
say that it existed (P12), but a chain cannot lose an entry. So `incident` is the SHA-256
of the id and a nonce, and the nonce is a hash of the manifest's whole text under another
prefix. The ledger has the SHA-256 of the manifest, from which neither the text nor the
nonce can be computed. So whoever holds a bundle can find its entry, and nobody else can
test whether an id, which is easy to guess, is in the ledger.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.durable_files import sync_folder
from bot.errors import BotError
from bot.site.evidence.bag import sha256_of
from bot.site.evidence.signatures import SIGNATURE, is_signed, sign
from bot.site.incident_json import TIME_FORMAT
from bot.site.static_files import write_atomically

HEAD = "head.json"
NO_ENTRY = "0" * 64
"""The value of `previous` in the first entry."""
_SEGMENT = re.compile(r"[0-9]{4}-[0-9]{2}\.jsonl")
_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_LARGEST_SEGMENT = 64 * 1024 * 1024
"""The largest file of entries that is checked; an entry has about 320 bytes."""
_READABLE = 0o644


def blinded(incident: str, manifest: bytes) -> str:
    """Return the name of an incident in the ledger (see the module's docstring).

    Args:
        incident: the incident's id.
        manifest: the text of the bundle's manifest.
    """
    nonce = hashlib.sha256(b"outagewire-ledger-nonce\0" + manifest).digest()
    text = b"outagewire-ledger-incident\0" + nonce + incident.encode()
    return hashlib.sha256(text).hexdigest()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger's folder: `head.json`, and a file of entries for each month.

    The head has the number of entries, the hash of the last one, and the name and size
    of its file. So an entry costs the same however many there are.

    Attributes:
        key: the operator's secret key; None: the head is not signed.
    """

    folder: Path
    key: str | None = None

    def create(self) -> None:
        """Write the head of an empty ledger, if there is none.

        Raises:
            OSError: the file cannot be written.
        """
        if not (self.folder / HEAD).is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self.folder / HEAD, _line(self._head()) + b"\n")

    def enter(
        self, receipt: Path, incident: str, manifest: bytes, at: datetime
    ) -> bytes | None:
        """Append an entry for a bundle; return its line.

        Args:
            receipt: the file with the line of the bundle's last entry.
            incident: the incident's id.
            manifest: the text of the bundle's manifest.
            at: the time of the bundle's newest event; aware, UTC.

        Returns:
            None if the bundle's last entry has this manifest.

        Raises:
            OSError: a file cannot be written.
        """
        digest = sha256_of(manifest)
        if _entry_in(receipt).get("manifest") == digest:
            return None
        head = self._head()
        entry = {
            "index": head["entries"] + 1,
            "at": at.strftime(TIME_FORMAT),
            "incident": blinded(incident, manifest),
            "manifest": digest,
            "previous": head["last"],
        }
        self._append(head, entry, at)
        return _line(entry) + b"\n"

    def _append(
        self, head: Mapping[str, Any], entry: Mapping[str, Any], at: datetime
    ) -> None:
        line = _line(entry)
        # An older incident may get a late entry. It is appended to the newest file, so
        # that the order of files and lines is the order of the chain.
        segment = max(f"{at:%Y-%m}.jsonl", head["file"] or "")
        size = head["size"] if segment == head["file"] else 0
        self.folder.mkdir(parents=True, exist_ok=True)
        size = _append_line(self.folder / segment, size, line)
        new_head = _head_after(entry, line, segment, size, entry["index"])
        content = _line(new_head) + b"\n"
        if self.key is not None:
            signature = sign(self.key, content, at)
            write_atomically(self.folder / f"{HEAD}{SIGNATURE}", signature)
        write_atomically(self.folder / HEAD, content)

    def _head(self) -> Mapping[str, Any]:
        """Return the head; if it is lost, that of the entries that are there."""
        try:
            head = json.loads((self.folder / HEAD).read_bytes())
            if self._fits(head):
                return {**_EMPTY, **head}
        except (OSError, ValueError, LookupError, TypeError):
            pass
        return self._head_of_entries()

    def _fits(self, head: Mapping[str, Any]) -> bool:
        """Return whether the file that a head names has the size that it gives."""
        if head["file"] is None:
            return not _segments(self.folder)
        path, size = self.folder / head["file"], int(head["size"])
        return bool(path.is_file() and path.stat().st_size >= size)

    def _head_of_entries(self) -> Mapping[str, Any]:
        for path in reversed(_segments(self.folder)):
            lines = path.read_bytes().split(b"\n")[:-1]
            if lines:
                entry, size = _parsed(lines[-1]), sum(len(line) + 1 for line in lines)
                count = int(entry.get("index", 0))
                return _head_after(entry, lines[-1], path.name, size, count)
        return _EMPTY


_EMPTY: Mapping[str, Any] = {
    "entries": 0,
    "at": None,
    "last": NO_ENTRY,
    "file": None,
    "size": 0,
}


def newest_head(folder: Path) -> Mapping[str, Any] | None:
    """Return the head of a ledger; None if it has no entry, or cannot be read."""
    try:
        head = json.loads((folder / HEAD).read_bytes())
        is_complete = _HASH.fullmatch(head["last"]) and _SEGMENT.fullmatch(head["file"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return head if is_complete and isinstance(head.get("entries"), int) else None


def ledger_problems(folder: Path, public_key: str | None) -> Iterator[str]:
    """Yield a sentence for each place where the chain is broken.

    Args:
        folder: the ledger's folder.
        public_key: if it is given, the head must be signed with this key.

    Raises:
        BotError: the folder has no ledger, or a file of it is too large.
    """
    if not (folder / HEAD).is_file():
        raise BotError(f"{folder} has no {HEAD}: give the folder of a ledger")
    content = (folder / HEAD).read_bytes()
    head = _EMPTY
    for path in _segments(folder):
        size, data = 0, _content_of(path)
        for number, line in enumerate(data.split(b"\n")[:-1], start=1):
            entry, size = _parsed(line), size + len(line) + 1
            if (problem := _problem_after(head, entry)) is not None:
                yield f"{path.name}: line {number} {problem}"
            head = _head_after(entry, line, path.name, size, head["entries"] + 1)
        if size != len(data):
            yield f"{path.name}: the last line is not complete"
    if content != _line(head) + b"\n":
        yield f"{HEAD}: this is not the head of the {head['entries']} entries"
    if public_key is not None:
        yield from _signature_problems(folder, content, public_key)


def _content_of(segment: Path) -> bytes:
    if segment.stat().st_size > _LARGEST_SEGMENT:
        raise BotError(f"{segment} is larger than {_LARGEST_SEGMENT} bytes")
    return segment.read_bytes()


def _problem_after(head: Mapping[str, Any], entry: Mapping[str, Any]) -> str | None:
    """Return why an entry cannot follow after a head; None if it can."""
    if not _is_entry(entry):
        return "is not an entry of a ledger"
    expected = head["entries"] + 1, head["last"]
    follows = (entry["index"], entry["previous"]) == expected
    return None if follows else "does not follow from the line before"


def _head_after(
    entry: Mapping[str, Any], line: bytes, segment: str, size: int, count: int
) -> Mapping[str, Any]:
    """Return the head of a ledger whose last entry is `entry`, number `count`.

    `size` is the size of the file `segment` up to the end of the entry's `line`.
    """
    return {
        "entries": count,
        "at": entry.get("at"),
        "last": sha256_of(line),
        "file": segment,
        "size": size,
    }


def _signature_problems(folder: Path, content: bytes, public_key: str) -> Iterator[str]:
    path = folder / f"{HEAD}{SIGNATURE}"
    if not path.is_file():
        yield f"{path.name}: the file is missing, so nobody signed the head"
    elif not is_signed(public_key, content, path.read_bytes()):
        yield f"{path.name}: this is not the signature of the head by this key"


def find_entry(folder: Path, manifest: bytes) -> Mapping[str, Any] | None:
    """Return the first entry of a manifest in a ledger; None if there is none."""
    digest = sha256_of(manifest)
    for path in _segments(folder):
        for line in path.read_bytes().splitlines():
            entry = _parsed(line)
            if entry.get("manifest") == digest:
                return entry
    return None


def entry_numbers(folder: Path) -> dict[str, int]:
    """Return the number of each entry, by the SHA-256 of its line."""
    lines = (
        line
        for path in _segments(folder)
        for line in path.read_bytes().split(b"\n")[:-1]
    )
    return {sha256_of(line): number for number, line in enumerate(lines, start=1)}


def hash_of_entry(folder: Path, number: int) -> str | None:
    """Return the SHA-256 of an entry, in hex; None if the ledger has none of this number.

    Only the files from the newest to the entry's own are read.

    Raises:
        OSError: a file cannot be read.
    """
    for path in reversed(_segments(folder)):
        for line in reversed(path.read_bytes().split(b"\n")[:-1]):
            index = _parsed(line).get("index")
            if index == number:
                return sha256_of(line)
            if isinstance(index, int) and index < number:
                return None
    return None


def entry_count(folder: Path) -> int:
    """Return how many entries a ledger has."""
    return sum(path.read_bytes().count(b"\n") for path in _segments(folder))


def _segments(folder: Path) -> list[Path]:
    paths = folder.iterdir() if folder.is_dir() else ()
    # A pipe of this name would be waited for without end.
    return sorted(p for p in paths if _SEGMENT.fullmatch(p.name) and p.is_file())


def _append_line(path: Path, size: int, line: bytes) -> int:
    """Write a line after the first `size` bytes of a file; return the new size.

    What follows these bytes is the rest of an entry that was not finished.
    """
    is_new = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, _READABLE)
    with os.fdopen(descriptor, "wb") as stream:
        stream.truncate(size)
        stream.seek(size)
        stream.write(line + b"\n")
        stream.flush()
        os.fchmod(stream.fileno(), _READABLE)
        os.fsync(stream.fileno())
    if is_new:
        sync_folder(path.parent)
    return size + len(line) + 1


def _line(record: Mapping[str, Any]) -> bytes:
    return json.dumps(record, sort_keys=True, separators=(",", ":")).encode()


def _parsed(line: bytes) -> Mapping[str, Any]:
    """Return the object in a line of JSON; {} if there is none."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _is_entry(record: Mapping[str, Any]) -> bool:
    """Return whether a record has the values of an entry, and no others."""
    texts = {
        name: str(record.get(name)) for name in ("incident", "manifest", "previous")
    }
    return (
        record == {**texts, "at": record.get("at"), "index": record.get("index")}
        and all(_HASH.fullmatch(text) for text in texts.values())
        and _TIME.fullmatch(str(record["at"])) is not None
        and type(record["index"]) is int
    )


def _entry_in(receipt: Path) -> Mapping[str, Any]:
    try:
        return _parsed(receipt.read_bytes())
    except OSError:
        return {}
