"""The status page: what can be seen now, and how the program itself is."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.model.signal import Signal
from bot.model.source_status import SourceState
from bot.site.front_page import SOURCES, site_templates
from bot.site.outputs import OutputSettings, SiteOutput
from bot.site.static_files import write_atomically
from bot.text.translations import Translations

FOLDER = "status"
_STOPPED_AFTER = 3
"""After so many ticks without a new page, readers should take the program for stopped."""


@dataclass(frozen=True, slots=True)
class Status(SiteOutput):
    """`status/index.html`, written in each tick from the source statuses."""

    settings: OutputSettings

    def create(self) -> None:
        """Write the page without sources if it is missing: navigation links to it.

        Raises:
            OSError: the page cannot be written.
        """
        if not self._page.is_file():
            self._write(None, [])

    def refresh(self, at: datetime) -> None:
        """Write the page as of `at` (aware, UTC), from the file of source statuses.

        Raises:
            OSError: the file cannot be read, or the page cannot be written.
        """
        path = self.settings.root / SOURCES
        if not path.is_file():
            return
        sources = json.loads(path.read_text(encoding="utf-8"))
        program = self.settings.program
        signals = {s.id: s for s in program.signals} if program else {}
        translations = self.settings.illustrator.translations
        rows = [
            _row(row, signals.get(row["signal"]), at, translations)
            for row in sources["signals"]
        ]
        self._write(sources, rows)

    @property
    def _page(self) -> Path:
        return self.settings.root / FOLDER / "index.html"

    def _write(
        self, sources: Mapping[str, Any] | None, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Write the page with the source statuses; `sources` is None before the first."""
        program = self.settings.program
        duration = self.settings.illustrator.translations.duration
        html = site_templates(self.settings).render_page(
            "status",
            up="../",
            sources=sources,
            rows=rows,
            normal=[row for row in rows if row["is_normal"]],
            blind=[row for row in rows if not row["is_normal"]],
            program=program,
            poll=duration(program.poll) if program else None,
            stopped_after=duration(_STOPPED_AFTER * program.poll) if program else None,
        )
        self._page.parent.mkdir(parents=True, exist_ok=True)
        # The next tick writes the page again, so it may be lost if the machine stops.
        write_atomically(self._page, html, sync=False)


def _row(
    status: Mapping[str, Any],
    signal: Signal | None,
    at: datetime,
    translations: Translations,
) -> dict[str, Any]:
    """Return the row of a signal: its status, its age, and when its readings come."""
    newest = status["newest"]
    age = at - datetime.fromisoformat(newest) if newest else None
    return {
        **status,
        "is_normal": status["state"] == SourceState.ORDINARY,
        "age": _words(age, translations) if age is not None else None,
        "step": _words(signal.step, translations) if signal else None,
        "lag": _words(signal.lag, translations) if signal else None,
    }


def _words(span: timedelta, translations: Translations) -> str:
    # A reading of the future is a fault of a clock; the status says so.
    return translations.duration(max(span, timedelta(0)))
