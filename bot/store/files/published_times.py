"""When each channel published its last post, in a file beside the store.

A store that is restored from a copy does not know the posts since the copy. The file is not
part of the store, so it still shows that such posts exist (P10).
"""

import json
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.durable_files import replace_file
from bot.model.delivery import PublishedRecord

_YEAR_3000 = 32503680000
"""The year 3000, in seconds since 1970; a later time shows that the file is damaged."""
_WRITING_S = 2.0
"""The longest time from reading the clock to the end of writing the file.

If the file was last changed more than this before or after the clock reading, it is a
copy.
"""
_MAX_WRITES = 3


class PublishedTimesFile:
    """The times of the channels' last posts, in a JSON file. Thread-safe.

    A file that is missing or damaged, or that was copied back with the store, tells
    nothing. A copy is recognized by its change time, which no program can set: the
    change time is later than the time of writing that is stored in the file.
    """

    def __init__(self, store: Path) -> None:
        """Use the file that belongs to a store."""
        target = store.resolve()
        self._path = target.with_name(f"{target.name}.published.json")
        self._lock = threading.Lock()

    def read(self) -> PublishedRecord | None:
        """Return what the file records; None if it has no valid record or is a copy."""
        with self._lock:
            fields = self._fields()
            if fields is None or self._is_copy(fields):
                return None
            return _record(fields)

    def begin(self, since: datetime) -> None:
        """Remove all times from the file; the store has every post from `since` on.

        If the file cannot be written, it stays as it is, and the next run tries again.
        """
        with self._lock:
            self._write(since.timestamp(), {})

    def record(self, channel: str, at: datetime) -> None:
        """Record that a channel published a post at `at`, unless a later one is recorded.

        A file that cannot be written is left as it is: the post is already published.
        """
        with self._lock:
            fields = self._fields()
            record = _record(fields) if fields is not None else None
            since = record.since if record else at
            last = {
                name: t.timestamp()
                for name, t in (record.last if record else {}).items()
            }
            last[channel] = max(at.timestamp(), last.get(channel, 0.0))
            self._write(since.timestamp(), last)

    def _write(self, since: float, last: Mapping[str, float]) -> None:
        with suppress(OSError):
            for _ in range(_MAX_WRITES):
                fields = {
                    "written": SystemClock().now().timestamp(),
                    "since": since,
                    "last": last,
                }
                text = json.dumps(fields, indent=1, sort_keys=True)
                replace_file(self._path, text.encode(), 0o600)
                # After a slow write, `_is_copy` takes this file for a copied one. In
                # that case the file is written again.
                if not self._is_copy(fields):
                    return

    def _fields(self) -> dict[str, Any] | None:
        try:
            fields = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        return fields if isinstance(fields, dict) else None

    def _is_copy(self, fields: Mapping[str, Any]) -> bool:
        # Version 0.1 wrote only the times: a copy cannot be recognized, and none is
        # assumed.
        if "last" not in fields:
            return False
        written = _seconds(fields.get("written"))
        if written is None:
            return True
        try:
            changed = self._path.stat().st_ctime
        except OSError:
            return True
        return abs(changed - written) > _WRITING_S


def _record(fields: Mapping[str, Any]) -> PublishedRecord | None:
    """Return the record in the fields of a file; None if `since` or `last` is not valid.

    If there is no field `last`, the fields themselves are the times, and the record begins
    in 1970.
    """
    if "last" not in fields:
        return PublishedRecord(datetime.fromtimestamp(0, UTC), _times(fields))
    since, last = _seconds(fields.get("since")), fields["last"]
    if since is None or not isinstance(last, dict):
        return None
    return PublishedRecord(datetime.fromtimestamp(since, UTC), _times(last))


def _times(fields: Mapping[str, Any]) -> dict[str, datetime]:
    times = {name: _seconds(value) for name, value in fields.items()}
    return {
        name: datetime.fromtimestamp(seconds, UTC)
        for name, seconds in times.items()
        if seconds is not None
    }


def _seconds(value: object) -> float | None:
    """Return a value of the file as seconds since 1970; None if it cannot be that."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if 0 <= value < _YEAR_3000 else None
