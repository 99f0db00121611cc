"""The digests: what was reported in a week, a month or a quarter (UTC)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.model.classification import ClassKind
from bot.model.incident import State
from bot.site.info.digest_counts import DigestCounts, count_rows
from bot.site.info.list_files import Row, read_rows, row_in, translated_row
from bot.site.info.periods import bounds_of, month_of, months_of, quarter_of, week_of
from bot.site.languages.page_editions import PageEditions, SiteEdition
from bot.site.outputs import OutputSettings, PageUpdate
from bot.site.source_views import format_utc
from bot.text.causes import class_name
from bot.text.times import TimeFormatter

FOLDER = "digest"
_PERIOD = re.compile(r"\d{4}-(W\d{2}|\d{2}|Q\d)")
_MOST_LISTED = 100
"""A digest names at most this many incidents, and as many corrections."""
_NAMED = {"W": "week", "Q": "quarter"}
_MOST_SENTENCES = 3
"""A digest says at most this much of what could not be seen during one incident."""


@dataclass(frozen=True, slots=True)
class Digests:
    """The digests of weeks and months, from their own rows, and those of quarters.

    The digest of a quarter is made from the rows of its months.
    """

    settings: OutputSettings

    @property
    def folder(self) -> str:
        """The folder of these lists."""
        return FOLDER

    def rows(self, update: PageUpdate) -> Mapping[str, Sequence[Row]]:
        """Return the rows of an incident: one for its beginning, one for each correction.

        A drill has none: it reports nothing that happened.
        """
        if update.document["drill"]:
            return {}
        rows: dict[str, list[Row]] = {}
        for own in (_incident_row(update), *_correction_rows(update)):
            row = translated_row(update, own)
            at = datetime.fromisoformat(row["at"])
            for period in (week_of(at), month_of(at)):
                rows.setdefault(f"{FOLDER}/{period}", []).append(row)
        return rows

    def create(self) -> None:
        """Write the list of all digests.

        Raises:
            OSError: the page cannot be written.
        """
        folder = self.settings.root / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        periods = sorted(
            (p.stem for p in folder.glob("*.html") if _PERIOD.fullmatch(p.stem)),
            reverse=True,
        )
        kinds = {
            "quarters": [period for period in periods if "Q" in period],
            "months": [period for period in periods if not {"W", "Q"} & {*period}],
            "weeks": [period for period in periods if "W" in period],
        }
        PageEditions(self.settings).write(
            f"{FOLDER}/index.html",
            "digest/contents",
            lambda edition: {
                "kinds": {
                    kind: [(period, _period_name(period, edition)) for period in named]
                    for kind, named in kinds.items()
                }
            },
            goes_on=True,
        )

    def write(self, key: str, rows: Sequence[Row]) -> None:
        """Write the digest of a week or month; with a month, that of its quarter.

        Raises:
            OSError: a page cannot be written or removed.
        """
        period = key.partition("/")[2]
        self._write(period, rows)
        if "W" not in period:
            quarter = quarter_of(period)
            others = [month for month in months_of(quarter) if month != period]
            keys = [f"{FOLDER}/{month}" for month in others]
            stored = [row for k in keys for row in read_rows(self.settings.root, k)]
            self._write(quarter, sorted((*rows, *stored), key=lambda row: row["at"]))
        self.create()

    def _write(self, period: str, rows: Sequence[Row]) -> None:
        path, pages = f"{FOLDER}/{period}.html", PageEditions(self.settings)
        if not rows:
            pages.remove(path)
            return
        (self.settings.root / FOLDER).mkdir(parents=True, exist_ok=True)
        counts = count_rows(rows)
        pages.write(
            path, "digest/period", lambda e: _values(period, counts, e), goes_on=True
        )


def _values(period: str, counts: DigestCounts, edition: SiteEdition) -> dict[str, Any]:
    """Return the values of the template of a digest in a language."""
    translations, bounds = edition.translations, bounds_of(period)
    times = TimeFormatter(translations, edition.illustrator.register, "UTC")
    last_day = bounds.until - timedelta(days=1)

    def listed(rows: Sequence[Row]) -> list[Row]:
        return [row_in(row, edition.lang) for row in rows[-_MOST_LISTED:]]

    return {
        "period": _period_name(period, edition),
        "counts": counts,
        "first_day": translations.date(bounds.since, "dated"),
        "last_day": translations.date(last_day, "dated"),
        "incidents": listed(counts.incidents),
        "corrections": [
            {
                **row,
                "label": translations.translate("kinds", row["kind"]),
                "time": format_utc(datetime.fromisoformat(row["at"]), translations),
            }
            for row in listed(counts.corrections)
        ],
        "classes": [
            (class_name(translations, ClassKind(kind)), kind, number)
            for kind, number in counts.by_class.items()
        ],
        "durations": [times.duration(span) for span in counts.durations],
        "blind": listed(counts.blind),
    }


def _period_name(period: str, edition: SiteEdition) -> str:
    """Return the name of a period: "week 1 of 2026", "January 2026"."""
    translations, (year, part) = edition.translations, period.split("-")
    if part[0] in _NAMED:
        number = str(int(part[1:]))
        return translations.translate("digest", _NAMED[part[0]], n=number, year=year)
    return translations.month(bounds_of(period).since)


def _incident_row(update: PageUpdate) -> Row:
    document, facts = update.document, update.report.events[-1].facts
    duration, classified = facts.timing.duration, document["class"]
    is_over = document["state"] == State.RESTORED
    return {
        "role": "incident",
        "incident": update.incident,
        "at": document["onset"]["from"],
        "title": document["title"],
        "state": document["state"],
        "state_name": document["state_name"],
        "confirmed": document["confirmed"],
        "reconstruction": document["reconstruction"],
        "severity": document["severity"],
        "class": classified["id"] if classified else str(ClassKind.UNKNOWN),
        # A duration is known only once the incident is over (P18).
        "lasted": (
            [
                int(duration.shortest.total_seconds()),
                int(duration.longest.total_seconds()),
            ]
            if is_over
            else None
        ),
        "unseen": list(update.page["troubles"][:_MOST_SENTENCES]),
    }


def _correction_rows(update: PageUpdate) -> list[Row]:
    return [
        {
            "role": "correction",
            "incident": update.incident,
            "at": entry["at"],
            "seq": entry["seq"],
            "kind": entry["kind"],
            "label": entry["label"],
            "title": update.document["title"],
        }
        for entry in update.document["corrections"]
    ]
