"""When each channel published its last post, in a file beside the store.

A store that is restored from a copy does not know the posts since the copy. The file is not
part of the store, so it still tells that there are some (P10).
"""

import json
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

_YEAR_3000 = 32503680000
"""In seconds since 1970; a damaged file may hold any number."""


class PublishedTimesFile:
    """The time of each channel's last post, in a JSON file. Thread-safe.

    A file that is missing or damaged counts as empty: then nothing shows that a store was
    restored.
    """

    def __init__(self, store: Path) -> None:
        """Use the file that belongs to a store; it is read whenever a time is needed."""
        self._path = store.with_name(f"{store.name}.published.json")
        self._lock = threading.Lock()

    def last(self, channel: str) -> datetime | None:
        """Return when a channel published its last post, aware, UTC; None if unknown."""
        with self._lock:
            seconds = self._read().get(channel)
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)

    def note(self, channel: str, at: datetime) -> None:
        """Record that a channel published a post at `at`, unless a later one is recorded.

        A file that cannot be written is left as it is: the post is published anyway.
        """
        with self._lock, suppress(OSError):
            times = self._read()
            times[channel] = max(at.timestamp(), times.get(channel, 0.0))
            part = self._path.with_name(self._path.name + ".part")
            part.touch(0o600)
            part.write_text(json.dumps(times, indent=1, sort_keys=True), "utf-8")
            part.replace(self._path)

    def _read(self) -> dict[str, float]:
        try:
            times = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(times, dict):
            return {}
        return {
            str(name): float(seconds)
            for name, seconds in times.items()
            if isinstance(seconds, int | float) and 0 <= seconds < _YEAR_3000
        }
