"""A recording in the shapes of the IODA API v2, as far as it is due.

Written from the public contract of the API, its pitfalls included: a bin that is
not due is null, a series without any value is absent, times are epoch seconds.
`maxPoints` is taken and ignored: values always come in the recording's own step.
"""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from babel import Locale

from bot.clock import Clock
from bot.errors import RecordingError
from bot.model.entity import Entity, EntityKind
from bot.model.signal import Chunk, Signal
from bot.sources.recording.source import Recording

Json = dict[str, Any]
Query = Mapping[str, str]

_LONGEST_S = 100 * 86400
_MOST_ENTITIES = 2000
# Names that IODA knows: asking for one that was not recorded is no mistake.
_IODA_NAMES = (
    "bgp",
    "ping-slash24",
    "merit-nt",
    "gtr",
    "gtr-norm",
    "mozilla",
)
_PRODUCT = "WEB_SEARCH"


class Refused(Exception):  # noqa: N818 - named after what the client is told
    """HTTP 400, with the API's own words."""


class Shapes:
    """Answers questions of the IODA API from a recording.

    Raises, at once: RecordingError when two signals would have one IODA name.
    """

    def __init__(self, recording: Recording, clock: Clock) -> None:
        """Let each bin out once it is due at `clock`."""
        self._recording = recording
        self._clock = clock
        self._signals = {s.id.rsplit(".", 1)[-1]: s for s in recording.signals}
        if len(self._signals) < len(recording.signals):
            raise RecordingError("two signals of it have the same IODA name")
        self._codes = ioda_codes(recording.entities)
        self._names = Locale("en").territories

    def signals_raw(self, kind: str, codes: str, query: Query) -> Json:
        """GET /signals/raw/{kind}/{codes}. Raises Refused."""
        given = ("from", "until", "datasource", "sourceParams", "maxPoints")
        asked_at = self._clock.now()
        since, until = _window(query)
        entities = self._known(kind, codes.split(","))
        datasources = self._datasources_asked(query.get("datasource"))
        data = [
            [
                series
                for name in datasources
                if (series := self._series(entity, code, name, since, until))
            ]
            for code, entity in entities.items()
        ]
        perf = [
            {"datasource": name, "backend": "recording", "timeUsed": 0.0}
            for name in datasources
        ]
        echo: Json = {key: query.get(key) for key in given}
        echo |= {"from": since, "until": until}
        return self._envelope("signals", echo, data, asked_at) | {"perf": perf}

    def datasources(self, name: str | None) -> Json:
        """GET /datasources/ and /datasources/{name}. Raises Refused."""
        every = [
            {"datasource": key, "name": signal.id, "units": signal.unit}
            for key, signal in self._signals.items()
        ]
        found = [one for one in every if name in (None, one["datasource"])]
        if not found:
            raise Refused(f"invalid datasource {name}")
        data = found[0] if name else every
        return self._envelope("datasources", {}, data, self._clock.now())

    def entities_query(self, query: Query) -> Json:
        """GET /entities/query. Raises Refused."""
        given = ("entityType", "entityCode", "relatedTo", "search", "limit", "page")
        echo = {key: query.get(key) for key in given}
        wanted = self._matching(query)
        limit, page = _paging(query)
        found = [self._entity(code, e) for code, e in self._codes.items() if wanted(e)]
        data = found[limit * page : limit * (page + 1)]
        return self._envelope("entities.lookup", echo, data, self._clock.now())

    def refusal(self, kind: str, error: str) -> Json:
        """The envelope of HTTP 400."""
        envelope = self._envelope(kind, {}, None, self._clock.now())
        return envelope | {"error": error}

    def _envelope(self, kind: str, echo: Json, data: object, asked: datetime) -> Json:
        return {
            "type": kind,
            "metadata": {
                "requestTime": _iso(asked),
                "responseTime": _iso(self._clock.now()),
            },
            "requestParameters": echo,
            "error": None,
            "perf": None,
            "data": data,
            "copyright": f"{self._recording.credit}. {self._recording.licence}",
        }

    def _known(self, kind: str, codes: list[str]) -> dict[str, Entity | None]:
        """The entities asked for; None: it exists, but was not recorded."""
        if kind not in set(EntityKind):
            raise Refused("cannot find corresponding metadata entity 0")
        recorded = {c: e for c, e in self._codes.items() if e.kind == kind}
        found = {
            code: recorded.get(code)
            for code in codes
            if code in recorded or self._exists(kind, code)
        }
        if not found:
            raise Refused("cannot find corresponding metadata entity 0")
        return found

    def _exists(self, kind: str, code: str) -> bool:
        if kind == EntityKind.ASN:
            return code.isdecimal()
        return kind == EntityKind.COUNTRY and code in self._names

    def _datasources_asked(self, name: str | None) -> list[str]:
        if name is None:
            return list(self._signals)
        known = sorted({*_IODA_NAMES, *self._signals})
        if name not in known:
            listed = ", ".join(known)
            raise Refused(
                f"invalid datasource {name} (must be one of the following [{listed}])"
            )
        return [name]

    def _series(
        self, entity: Entity | None, code: str, name: str, since: int, until: int
    ) -> Json | None:
        signal = self._signals.get(name)
        chunk = entity and signal and self._recording.series.get((signal.id, entity))
        if not (entity and signal and chunk):
            return None
        first, after = _bins(signal, since, until)
        # The first bin that is not due yet: it ends within the lag before now.
        due = signal.bin_of(self._clock.now() - signal.lag)
        values = [_value(chunk, i) if i < due else None for i in range(first, after)]
        if all(value is None for value in values):
            return None
        begins = int(signal.start_of(first).timestamp())
        return {
            "entityType": entity.kind.value,
            "entityCode": code,
            "entityName": self._name(entity),
            "entityFqid": _fqid(code, entity),
            "datasource": name,
            "subtype": _PRODUCT if name == "gtr" else "",
            "from": begins,
            "until": begins + signal.step_s * len(values),
            "step": signal.step_s,
            "nativeStep": signal.step_s,
            "values": values,
        }

    def _matching(self, query: Query) -> Callable[[Entity], bool]:
        kind, codes = query.get("entityType"), query.get("entityCode")
        search, related = query.get("search"), query.get("relatedTo")
        if kind and codes and (search or related):
            raise Refused(
                "entity type and code provided, no search or relatedTo can be used"
            )
        of = {entity: code for code, entity in self._codes.items()}
        country = related.rpartition("/")[2] if related else None
        parents = self._recording.parents

        def matches(entity: Entity) -> bool:
            parent = parents.get(entity, entity)
            return (
                (not kind or entity.kind == kind)
                and (not codes or of[entity] in codes.split(","))
                and (not search or search.casefold() in self._name(entity).casefold())
                and (not country or parent.code == country)
            )

        return matches

    def _entity(self, code: str, entity: Entity) -> Json:
        attrs = {"fqid": _fqid(code, entity)}
        if entity.country:
            attrs["country_code"] = entity.country
            attrs["country_name"] = self._country(entity.country)
        if entity.kind is EntityKind.REGION:
            # Not IODA's: two regions may share their last name.
            attrs["recorded_as"] = entity.code
        return {
            "code": code,
            "name": self._name(entity),
            "type": entity.kind.value,
            "subnames": [],
            "attrs": attrs,
        }

    def _name(self, entity: Entity) -> str:
        if entity.kind is EntityKind.ASN:
            return f"AS{entity.code}"
        if entity.kind is EntityKind.REGION:
            return entity.leaf
        return self._country(entity.code)

    def _country(self, code: str) -> str:
        return str(self._names.get(code, code))


def ioda_codes(entities: tuple[Entity, ...]) -> dict[str, Entity]:
    """Entities by IODA's code; regions are numbered in their sorted order.

    Regions start at 100001, so that no number is a code of another kind by chance.
    """
    regions = (e for e in entities if e.kind is EntityKind.REGION)
    numbered = {str(n): e for n, e in enumerate(sorted(regions), start=100_001)}
    plain = {e.code: e for e in entities if e.kind is not EntityKind.REGION}
    return plain | numbered


def _window(query: Query) -> tuple[int, int]:
    """`from` and `until` in epoch seconds, checked in the API's own words."""
    for key in ("from", "until"):
        if key not in query:
            raise Refused(f"Missing required request parameter '{key}'")
    since, until = _int(query["from"]), _int(query["until"])
    if since > until:
        raise Refused(f"from ({since}) must be earlier than until ({until})")
    if until - since > _LONGEST_S:
        raise Refused("Time range for a single query must be less than 100 days")
    return since, until


def _paging(query: Query) -> tuple[int, int]:
    if "limit" in query and _int(query["limit"]) <= 0:
        raise Refused("limit must be greater than 0")
    if "page" in query and "limit" not in query:
        raise Refused("limit also needs to be set if page is set")
    return _int(query.get("limit", str(_MOST_ENTITIES))), _int(query.get("page", "0"))


def _int(text: str) -> int:
    """As the API reads numbers: what is none is 0."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _bins(signal: Signal, since: int, until: int) -> tuple[int, int]:
    """The bins from the one `since` lies in to the last that begins before `until`."""
    phase = signal.phase.total_seconds()
    first = int((since - phase) // signal.step_s)
    return first, max(first, math.ceil((until - phase) / signal.step_s))


def _value(chunk: Chunk, index: int) -> float | int | None:
    at = index - chunk.first
    if not 0 <= at < len(chunk.values) or math.isnan(chunk.values[at]):
        return None
    # The shortest text that reads back as the same float32.
    value = float(str(chunk.values[at]))
    return int(value) if value.is_integer() else value


def _fqid(code: str, entity: Entity) -> str:
    if entity.kind is EntityKind.ASN:
        return f"asn.{code}"
    return f"geo.recording.{entity.country}" + (
        f".{code}" if entity.kind is EntityKind.REGION else ""
    )


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
