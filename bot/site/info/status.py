"""The status page: what can be seen now, and how the program itself is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.model.signal import Signal
from bot.model.source_status import SourceState
from bot.site.front_page import read_sources
from bot.site.languages.page_editions import PageEditions, SiteEdition
from bot.site.outputs import OutputSettings, SiteOutput
from bot.text.translations import Translations

FOLDER = "status"
_PAGE = f"{FOLDER}/index.html"
_Statuses = tuple[Mapping[str, Any] | None, Sequence[Mapping[str, Any]]]
"""The content of the file of source statuses, None before the first; and its rows."""
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
        if not (self.settings.root / _PAGE).is_file():
            self._write(lambda _: (None, []))

    def refresh(self, at: datetime) -> None:
        """Write the page as of `at` (aware, UTC), from the file of source statuses.

        Raises:
            OSError: the file cannot be read, or the page cannot be written.
        """
        root = self.settings.root
        original = read_sources(root)
        if original is None:
            return
        program = self.settings.program
        signals = {s.id: s for s in program.signals} if program else {}

        def statuses(edition: SiteEdition) -> _Statuses:
            sources = read_sources(root, edition.lang) or original
            rows = [
                _row(row, signals.get(row["signal"]), at, edition.translations)
                for row in sources["signals"]
            ]
            return sources, rows

        self._write(statuses)

    def _write(self, statuses: Callable[[SiteEdition], _Statuses]) -> None:
        """Write the page with the source statuses, in each language."""
        (self.settings.root / FOLDER).mkdir(parents=True, exist_ok=True)
        # The next tick writes the page again, so it may be lost if the machine stops.
        PageEditions(self.settings).write(
            _PAGE,
            "status",
            lambda edition: self._values(edition, *statuses(edition)),
            sync=False,
            goes_on=True,
        )

    def _values(
        self,
        edition: SiteEdition,
        sources: Mapping[str, Any] | None,
        rows: Sequence[Mapping[str, Any]],
    ) -> Mapping[str, object]:
        program, duration = self.settings.program, edition.translations.duration
        return {
            "sources": sources,
            "rows": rows,
            "normal": [row for row in rows if row["is_normal"]],
            "blind": [row for row in rows if not row["is_normal"]],
            "program": program,
            "poll": duration(program.poll) if program else None,
            "stopped_after": (
                duration(_STOPPED_AFTER * program.poll) if program else None
            ),
        }


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
