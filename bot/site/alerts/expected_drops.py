"""The calendar of times in which a drop is expected: `calendar.ics`.

Source: RFC 5545, iCalendar.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.characters import one_visible_line
from bot.site.outputs import OutputSettings, SiteOutput
from bot.site.static_files import write_atomically
from bot.text.reasons import state_in_words

if TYPE_CHECKING:
    from icalendar import Event

    from bot.detection.artefacts import ExpectedEvent

_FILE = "calendar.ics"


@dataclass(frozen=True, slots=True)
class ExpectedDrops(SiteOutput):
    """The windows that the operator configured and called public; none is invented."""

    settings: OutputSettings

    def create(self) -> None:
        """Write the calendar.

        Raises:
            OSError: the calendar cannot be written.
        """
        self.settings.root.mkdir(parents=True, exist_ok=True)
        write_atomically(self.settings.root / _FILE, self._content())

    def _content(self) -> bytes:
        from icalendar import Calendar

        words = self.settings.illustrator.translations.table
        calendar = Calendar()
        calendar.add("prodid", "-//Outagewire//EN")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", state_in_words(words, "calendar", "title"))
        for window in self._windows():
            calendar.add_component(self._event(window))
        return bytes(calendar.to_ical())

    def _windows(self) -> "Sequence[ExpectedEvent]":
        """Return the windows, the earliest first, each once."""
        return sorted(
            set(self.settings.alerts.windows),
            key=lambda w: (w.window.since, w.window.until, str(w.place), w.what),
        )

    def _event(self, window: "ExpectedEvent") -> "Event":
        from icalendar import Event

        illustrator = self.settings.illustrator
        lang, register = illustrator.translations.lang, illustrator.register
        name = register.name(window.place, lang)
        words = state_in_words(illustrator.translations.table, "calendar", "window")
        event = Event()
        event.add("uid", self._uid(window))
        # The calendar is written anew at each start, so it has no time of its own. The
        # same windows must give the same bytes (P14).
        event.add("dtstamp", window.window.since)
        event.add("dtstart", window.window.since)
        event.add("dtend", window.window.until)
        event.add(
            "summary", words.format(place=name, what=one_visible_line(window.what))
        )
        event.add("location", name)
        # The window occupies nobody's time.
        event.add("transp", "TRANSPARENT")
        event.add("url", self.settings.site_url)
        return event

    def _uid(self, window: "ExpectedEvent") -> str:
        """Return an id that is the same as long as the window is the same."""
        period = window.window
        text = f"{window.place}\n{period.since}\n{period.until}\n{window.what}"
        digest = hashlib.sha256(text.encode()).hexdigest()[:32]
        return f"{digest}@{urlsplit(self.settings.site_url).hostname or 'localhost'}"
