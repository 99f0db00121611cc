"""Maps as data: `geojson/PERIOD.geojson` and `geojson/PERIOD-SEVERITY.geojson`.

Source: RFC 7946, The GeoJSON Format.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.model.entity import Entity, EntityKind, parse_entity
from bot.model.incident import State
from bot.model.verdict import Severity
from bot.site.incident_json import TIME_FORMAT
from bot.site.outputs import OutputSettings, PageUpdate, SiteOutput
from bot.site.page_files import IncidentData
from bot.site.static_files import write_atomically
from bot.text.reasons import state_in_words

_FOLDER = "geojson"
_STORED = "incidents.json"
"""The file with the features of all periods, from which the summaries are written."""
_NOW = "now"
_PERIODS = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}
_NEVER = "9999"
"""Later than any time in `TIME_FORMAT`."""
_MAX_FEATURES = 1000
"""At most this many incidents are kept: those that are open, then those changed last."""
_OVER = (State.RESTORED, State.RETRACTED)
_FACTS = (
    "id",
    "entity",
    "title",
    "lead",
    "state",
    "state_name",
    "confirmed",
    "scope",
    "severity",
    "onset",
    "restored",
    "as_of",
    "level",
    "level_read_at",
    "silent_since",
    "published",
    "updated",
    "statement",
    "reconstruction",
    "drill",
    "credits",
)
"""The facts of `incident.json` that a feature has as properties."""

Feature = Mapping[str, Any]
"""A feature of GeoJSON: the place of an incident, and its main facts."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """What is kept between updates.

    Attributes:
        at: the time to which the periods were last moved, as in `TIME_FORMAT`.
        features: the features, ordered by the ids of their incidents.
    """

    at: str
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    """For which times the summaries that this process wrote are right.

    Attributes:
        since, until: the first and last such time, as in `TIME_FORMAT`.
        stored: the version of the file with all features.
    """

    since: str
    until: str
    stored: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class GeoJsonSummaries(SiteOutput):
    """Summaries of the incidents that are open, or changed in a day, week or month.

    `now` has the open incidents. The others also have those whose last event is at most
    that long ago; a retracted incident is in them, with its state. Each summary also
    exists for each severity alone.
    """

    settings: OutputSettings

    def create(self) -> None:
        """Write summaries without incidents, if there are none.

        Raises:
            OSError: a file cannot be written.
        """
        if not (self._folder / _STORED).is_file():
            self._write(_Stored("", ()))

    def write_lists(self, update: PageUpdate) -> None:
        """Put the present facts of an incident into the summaries.

        Raises:
            OSError: a file cannot be written.
        """
        stored, document = self._stored(), update.document
        at = max(stored.at, str(document["updated"]))
        page = self.settings.page_url(update.incident)
        feature = _feature(document, page)
        others = [f for f in stored.features if f["id"] != update.incident]
        self._write(_Stored(at, (*others, feature)))

    def write_again(self) -> None:
        """Write the summaries again from their data.

        Raises:
            OSError: a file cannot be written.
        """
        self._write(self._stored())

    def remove(self, incident: str, before: IncidentData | None) -> None:  # noqa: ARG002
        """Remove an incident from all summaries (P12).

        Raises:
            OSError: a file cannot be written.
        """
        stored = self._stored()
        others = tuple(f for f in stored.features if f["id"] != incident)
        self._write(_Stored(stored.at, others))

    def refresh(self, at: datetime) -> None:
        """Move the periods to end at `at` (aware, UTC); write what this changes.

        Raises:
            OSError: a file cannot be written.
        """
        now = at.strftime(TIME_FORMAT)
        # In most ticks, no incident leaves a period. To read all features would take
        # longer than all else that a tick writes.
        if not self._is_right(now):
            self._write(_Stored(now, self._stored().features))

    def _is_right(self, now: str) -> bool:
        written = self.settings.written_from.get(_FOLDER)
        return (
            isinstance(written, _Written)
            and written.since <= now <= written.until
            and written.stored == _version(self._folder / _STORED)
            and all(self._path(name).is_file() for name in _names())
        )

    @property
    def _folder(self) -> Path:
        return self.settings.root / _FOLDER

    def _stored(self) -> _Stored:
        document = _read(self._folder / _STORED)
        features = document.get("features", [])
        whole = tuple(f for f in features if _is_feature(f))
        return _Stored(str(document.get("at", "")), whole)

    def _write(self, stored: _Stored) -> None:
        """Write the features that some period still has, and the changed summaries."""
        self._folder.mkdir(parents=True, exist_ok=True)
        kept = _kept(stored)
        # A feature is in many files; its text is made once.
        texts = {str(f["id"]): _compact(f) for f in kept}
        if not self.settings.data_only:
            self._write_summaries(kept, texts, stored.at)
        content = {"at": stored.at}
        _write_if_changed(self._folder / _STORED, content, [*texts.values()])
        if self.settings.data_only:
            self.settings.written_from.pop(_FOLDER, None)
            return
        version = _version(self._folder / _STORED)
        written = _Written(stored.at, _right_until(kept, stored.at), version)
        self.settings.written_from[_FOLDER] = written

    def _write_summaries(
        self, kept: Sequence[Feature], texts: Mapping[str, str], at: str
    ) -> None:
        """Write the summaries of all periods, each also for each severity alone."""
        for name, period in [(_NOW, None), *_PERIODS.items()]:
            features = _within(kept, at, period)
            self._write_summary(name, [texts[f["id"]] for f in features], at)
            for severity in Severity:
                of_severity = [
                    texts[f["id"]]
                    for f in features
                    if f["properties"]["severity"] == severity
                ]
                self._write_summary(f"{name}-{severity}", of_severity, at)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.geojson"

    def _write_summary(self, name: str, features: Sequence[str], at: str) -> None:
        """Write a summary of features, each given as JSON, if they changed.

        `generated` is thereby the time at which the content last changed.
        """
        translations = self.settings.illustrator.translations
        period, _, severity = name.partition("-")
        title = state_in_words(translations.table, "geojson", period)
        if severity:
            word = state_in_words(translations.table, "geojson_severities", severity)
            title = f"{title}, {word}"
        content = {
            "type": "FeatureCollection",
            "metadata": {
                "generated": at or None,
                "title": title,
                "url": f"{self.settings.site_url}{_FOLDER}/{name}.geojson",
                "count": len(features),
                "outlines": translations.translate("chart", "land"),
            },
        }
        _write_if_changed(self._path(name), content, features)


def _names() -> Iterator[str]:
    """Yield the names of all summaries."""
    for name in (_NOW, *_PERIODS):
        yield name
        yield from (f"{name}-{severity}" for severity in Severity)


def _version(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file is replaced; None if it is missing."""
    with suppress(OSError):
        status = path.stat()
        return status.st_mtime_ns, status.st_ino
    return None


def _right_until(features: Sequence[Feature], at: str) -> str:
    """Return the last time at which the periods have the same features as at `at`."""
    ends = [
        _moved(str(f["properties"]["updated"]), period)
        for f in features
        if not _is_open(f)
        for period in _PERIODS.values()
    ]
    return min((end for end in ends if end >= at), default=_NEVER) if at else ""


def _moved(at: str, by: timedelta) -> str:
    moment = datetime.strptime(at, TIME_FORMAT).replace(tzinfo=UTC) + by
    return moment.strftime(TIME_FORMAT)


def _write_if_changed(
    path: Path, content: Mapping[str, object], features: Sequence[str]
) -> None:
    """Write `content` and then `features`, each given as JSON on a line of its own.

    Each tick moves the time in `content`; only other features are worth a write. So a file
    that ends with the same features is left as it is.
    """
    end = '"features":[\n{}\n]}}\n'.format(",\n".join(features))
    with suppress(OSError, ValueError):
        if path.read_text(encoding="utf-8").endswith(f",{end}"):
            return
    write_atomically(path, f"{_compact(content)[:-1]},{end}")


def _compact(value: Mapping[str, object]) -> str:
    """Return a value as JSON on one line; the same value gives the same bytes (P14)."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=list
    )


def _feature(document: IncidentData, page: str) -> Feature:
    """Return the feature of an incident; its geometry is None for an unknown place."""
    point = _centre(parse_entity(document["entity"]))
    geometry = None if point is None else {"type": "Point", "coordinates": [*point]}
    facts = {name: document[name] for name in _FACTS}
    return {
        "type": "Feature",
        "id": document["id"],
        "geometry": geometry,
        "properties": {**facts, "url": page},
    }


@lru_cache(maxsize=512)
def _centre(place: Entity) -> tuple[float, float] | None:
    """Return the centre of a place, as degrees east and north; see `Outline.centre`.

    None if the place has no outline; a network has none.
    """
    if place.kind is EntityKind.COUNTRY:
        return _country_centres().get(place.code)
    # The outlines take long to load, and only maps and regions need them.
    from bot.charts.kinds.outlines import outline_of

    outline = outline_of(place)
    return None if outline is None else outline.centre


@lru_cache(maxsize=1)
def _country_centres() -> Mapping[str, tuple[float, float]]:
    """Return the centre of each country with an outline, by two-letter code."""
    text = (files("bot") / "data" / "country-centres.json").read_text("utf-8")
    return {code: (east, north) for code, (east, north) in json.loads(text).items()}


def _is_open(feature: Feature) -> bool:
    return feature["properties"]["state"] not in _OVER


def _kept(stored: _Stored) -> tuple[Feature, ...]:
    """Return the features that the longest period has, ordered by incident."""
    features = _within(stored.features, stored.at, max(_PERIODS.values()))
    # An incident that is not listed any more is still on the site's pages.
    newest = sorted(
        features,
        key=lambda f: (_is_open(f), f["properties"]["updated"], f["id"]),
        reverse=True,
    )
    return tuple(sorted(newest[:_MAX_FEATURES], key=lambda f: str(f["id"])))


def _within(
    features: Sequence[Feature], at: str, period: timedelta | None
) -> list[Feature]:
    """Return the features that are open, or changed at most `period` before `at`."""
    if period is None:
        return [f for f in features if _is_open(f)]
    if not at:
        return list(features)
    least = _moved(at, -period)
    return [f for f in features if _is_open(f) or f["properties"]["updated"] >= least]


def _read(path: Path) -> Mapping[str, Any]:
    """Return the content of a JSON file; nothing if it is missing or damaged."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    # Deeply nested content raises RecursionError.
    except (OSError, ValueError, RecursionError):
        return {}
    is_whole = isinstance(document, dict) and isinstance(document.get("features"), list)
    return document if is_whole else {}


def _is_feature(value: object) -> bool:
    properties = value.get("properties") if isinstance(value, dict) else None
    return (
        isinstance(value, dict)
        and isinstance(value.get("id"), str)
        and isinstance(properties, dict)
        and properties.keys() == {*_FACTS, "url"}
        and all(
            isinstance(properties[n], str) for n in ("state", "updated", "severity")
        )
        and _is_time(properties["updated"])
    )


def _is_time(text: str) -> bool:
    with suppress(ValueError):
        return bool(datetime.strptime(text, TIME_FORMAT).replace(tzinfo=UTC))
    return False
