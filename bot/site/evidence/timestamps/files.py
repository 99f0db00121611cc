"""The files of the time stamps, in the folder `timestamps` of the ledger.

- `MONTH/HASH.AUTHORITY.tsr`: the reply of an authority. `HASH` is the SHA-256 of an entry
  of the ledger (`last` in `head.json`, and `previous` in the next entry). `MONTH` is that
  of the file with this entry.
- `MONTH.jsonl`: a line of JSON for each of these files, in the order in which they came.

A hash tells nothing of an incident (P12), so these files stay when one is removed.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.site.evidence.timestamps.verification import TimeStamp
from bot.site.incident_json import TIME_FORMAT
from bot.site.static_files import write_atomically

FOLDER = "timestamps"
SUFFIX = ".tsr"
_NAME = re.compile(r"([0-9a-f]{64})\.([a-z][a-z0-9-]*)\.tsr")


@dataclass(frozen=True, slots=True)
class StampFile:
    """A file with a time stamp.

    Attributes:
        path: the file.
        digest: the SHA-256 that is stamped, in hex.
        authority: the name of the authority.
    """

    path: Path
    digest: str
    authority: str


@dataclass(frozen=True, slots=True)
class StampFolder:
    """The time stamps of a ledger, by authority.

    Attributes:
        ledger: the ledger's folder.
    """

    ledger: Path

    def has(self, head: Mapping[str, Any], authority: str) -> bool:
        """Return whether the time stamp of a head is there, and in the list."""
        path = self._path(head, authority)
        return path.is_file() and self._name(path) in _listed(self._list(head))

    def save(
        self, head: Mapping[str, Any], authority: str, reply: bytes, stamp: TimeStamp
    ) -> None:
        """Write the time stamp of a head, and enter it in the list of its month.

        Args:
            head: the ledger's head.
            authority: the name of the authority.
            reply: the reply of the authority.
            stamp: the time stamp in the reply.

        Raises:
            OSError: a file cannot be written.
        """
        path, listing = self._path(head, authority), self._list(head)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, reply)
        if self._name(path) in _listed(listing):
            return
        line = {
            "authority": authority,
            "entry": head["entries"],
            "file": self._name(path),
            "not_after": stamp.not_after.strftime(TIME_FORMAT),
            "sha256": head["last"],
        }
        text = json.dumps(line, sort_keys=True, separators=(",", ":")).encode()
        before = listing.read_bytes() if listing.is_file() else b""
        write_atomically(listing, before + text + b"\n")

    def files(self) -> Iterator[StampFile]:
        """Yield the files, ordered by month and name; other files are left out."""
        for path in sorted((self.ledger / FOLDER).glob(f"*/*{SUFFIX}")):
            match = _NAME.fullmatch(path.name)
            if match is not None:
                yield StampFile(path, match[1], match[2])

    def _path(self, head: Mapping[str, Any], authority: str) -> Path:
        month = Path(head["file"]).stem
        return self.ledger / FOLDER / month / f"{head['last']}.{authority}{SUFFIX}"

    def _list(self, head: Mapping[str, Any]) -> Path:
        return self.ledger / FOLDER / str(head["file"])

    def _name(self, path: Path) -> str:
        return path.relative_to(self.ledger / FOLDER).as_posix()


def _listed(listing: Path) -> str:
    """Return the text of a list; "" if there is none."""
    try:
        return listing.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
