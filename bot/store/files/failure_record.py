"""What operators were told of a failing store, in a file beside it."""

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.model.operations import StoreFailureReport

_SIZE = 256
"""The size of the record in bytes. A disk writes so few bytes completely or not at all."""


class StoreFailureFile:
    """The last report of a failing store, in a JSON file of a fixed size.

    The file is overwritten in its place and never grows, so that it can be written while
    the disk is full. It is made when the store works.
    """

    def __init__(self, store: Path) -> None:
        """Use the file that belongs to a store."""
        target = store.resolve()
        self._path = target.with_name(f"{target.name}.failure.json")

    def read(self) -> StoreFailureReport | None:
        """Return the last report; None if there is none, or if it cannot be read."""
        try:
            fields = json.loads(self._path.read_text("utf-8"))
            return StoreFailureReport(
                since=datetime.fromisoformat(fields["since"]).astimezone(UTC),
                at=datetime.fromisoformat(fields["at"]).astimezone(UTC),
                certain=bool(fields["certain"]),
            )
        # A damaged file may hold anything. Then the failure is reported once more.
        except (OSError, ValueError, LookupError, TypeError, ArithmeticError):
            return None

    def write(self, report: StoreFailureReport | None) -> None:
        """Replace the stored report; None means that the store works. Never raises."""
        fields = (
            {}
            if report is None
            else {
                "since": report.since.isoformat(),
                "at": report.at.isoformat(),
                "certain": report.certain,
            }
        )
        data = json.dumps(fields).ljust(_SIZE - 1).encode() + b"\n"
        with suppress(OSError):
            _overwrite(self._path, data)


def _overwrite(path: Path, data: bytes) -> None:
    """Write `data` at the beginning of a file, and wait until it is on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.pwrite(descriptor, data, 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
