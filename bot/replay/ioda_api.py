"""Answers requests to the IODA API v2 with the due readings of a recording.

The answers follow the public description of the API: a bin that is not due is null, a
series without any value is absent, and times are epoch seconds. `maxPoints` is accepted
and ignored: values always have the recording's own step.
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

_MAX_RANGE_S = 100 * 86400
_DEFAULT_LIMIT = 2000
# A request for a datasource of IODA that was not recorded is valid; its answer is empty.
_IODA_DATASOURCES = (
    "bgp",
    "ping-slash24",
    "merit-nt",
    "gtr",
    "gtr-norm",
    "mozilla",
)
_GOOGLE_PRODUCT = "WEB_SEARCH"

_NO_ENTITY = "cannot find corresponding metadata entity 0"
"""IODA's own error for a request without a valid entity, word for word."""


class BadRequest(Exception):  # noqa: N818 - the name of HTTP status 400
    """A request that is answered with HTTP 400; the message is the API's own text."""


class IodaApi:
    """Answers requests of the IODA API from a recording."""

    def __init__(self, recording: Recording, clock: Clock) -> None:
        """Serve `recording`; `clock` decides which bins are due.

        Raises:
            RecordingError: two signals have the same IODA name.
        """
        self._recording = recording
        self._clock = clock
        self._signals = {s.id.rsplit(".", 1)[-1]: s for s in recording.signals}
        if len(self._signals) < len(recording.signals):
            raise RecordingError(
                "two signals have the same IODA name, so the recording cannot be served;"
                " play it with `outagewire replay`"
            )
        self._codes = ioda_codes(recording.entities)
        self._names = Locale("en").territories

    def signals_raw(self, kind: str, codes: str, query: Query) -> Json:
        """Answer GET /signals/raw/{kind}/{codes}; an invalid request raises BadRequest."""
        echoed = ("from", "until", "datasource", "sourceParams", "maxPoints")
        requested_at = self._clock.now()
        since, until = _time_range(query)
        entities = self._requested_entities(kind, codes.split(","))
        datasources = self._requested_datasources(query.get("datasource"))
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
        echo: Json = {key: query.get(key) for key in echoed}
        echo |= {"from": since, "until": until}
        return self._envelope("signals", echo, data, requested_at) | {"perf": perf}

    def datasources(self, name: str | None) -> Json:
        """Answer GET /datasources/ and /datasources/{name}; BadRequest if unknown."""
        datasources = [
            {"datasource": key, "name": signal.id, "units": signal.unit}
            for key, signal in self._signals.items()
        ]
        matching = [
            entry for entry in datasources if name in (None, entry["datasource"])
        ]
        if not matching:
            raise BadRequest(f"invalid datasource {name}")
        data = matching[0] if name else datasources
        return self._envelope("datasources", {}, data, self._clock.now())

    def entities_query(self, query: Query) -> Json:
        """Answer GET /entities/query; an invalid request raises BadRequest."""
        given = ("entityType", "entityCode", "relatedTo", "search", "limit", "page")
        echo = {key: query.get(key) for key in given}
        matches = self._entity_filter(query)
        limit, page = _paging(query)
        entities = [
            self._entity(code, e) for code, e in self._codes.items() if matches(e)
        ]
        data = entities[limit * page : limit * (page + 1)]
        return self._envelope("entities.lookup", echo, data, self._clock.now())

    def refusal(self, kind: str, error: str) -> Json:
        """Return the body of an error answer, with the type `kind` and the text `error`."""
        envelope = self._envelope(kind, {}, None, self._clock.now())
        return envelope | {"error": error}

    def _envelope(
        self, kind: str, echo: Json, data: object, requested_at: datetime
    ) -> Json:
        return {
            "type": kind,
            "metadata": {
                "requestTime": _iso(requested_at),
                "responseTime": _iso(self._clock.now()),
            },
            "requestParameters": echo,
            "error": None,
            "perf": None,
            "data": data,
            "copyright": f"{self._recording.credit}. {self._recording.licence}",
        }

    def _requested_entities(
        self, kind: str, codes: list[str]
    ) -> dict[str, Entity | None]:
        """Return the entity of each valid requested code; None if it was not recorded."""
        if kind not in set(EntityKind):
            raise BadRequest(_NO_ENTITY)
        recorded_entities = {c: e for c, e in self._codes.items() if e.kind == kind}
        requested_entities = {
            code: recorded_entities.get(code)
            # A valid code of an entity that was not recorded is kept, and has no series.
            # Other codes are ignored; the request is refused if no code is left.
            for code in codes
            if code in recorded_entities or self._is_valid_code(kind, code)
        }
        if not requested_entities:
            raise BadRequest(_NO_ENTITY)
        return requested_entities

    def _is_valid_code(self, kind: str, code: str) -> bool:
        if kind == EntityKind.ASN:
            return code.isdecimal()
        return kind == EntityKind.COUNTRY and code in self._names

    def _requested_datasources(self, name: str | None) -> list[str]:
        if name is None:
            return list(self._signals)
        valid_names = sorted({*_IODA_DATASOURCES, *self._signals})
        if name not in valid_names:
            listed = ", ".join(valid_names)
            raise BadRequest(
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
        first, after = _bin_range(signal, since, until)
        # The lag has passed since the end of each bin before `first_not_due`.
        first_not_due = signal.bin_at(self._clock.now() - signal.lag)
        values = [
            _value(chunk, i) if i < first_not_due else None for i in range(first, after)
        ]
        # The API leaves out a series without values; it does not send a row of nulls.
        if all(value is None for value in values):
            return None
        begins = int(signal.start_of(first).timestamp())
        return {
            "entityType": entity.kind.value,
            "entityCode": code,
            "entityName": self._name(entity),
            "entityFqid": _fqid(code, entity),
            "datasource": name,
            "subtype": _GOOGLE_PRODUCT if name == "gtr" else "",
            "from": begins,
            "until": begins + signal.step_s * len(values),
            "step": signal.step_s,
            "nativeStep": signal.step_s,
            "values": values,
        }

    def _entity_filter(self, query: Query) -> Callable[[Entity], bool]:
        kind, codes = query.get("entityType"), query.get("entityCode")
        search, related = query.get("search"), query.get("relatedTo")
        if kind and codes and (search or related):
            raise BadRequest(
                "entity type and code provided, no search or relatedTo can be used"
            )
        code_of = {entity: code for code, entity in self._codes.items()}
        country = related.rpartition("/")[2] if related else None
        parents = self._recording.parents

        def matches(entity: Entity) -> bool:
            parent = parents.get(entity, entity)
            return (
                (not kind or entity.kind == kind)
                and (not codes or code_of[entity] in codes.split(","))
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
            # IODA's own answers have no `recorded_as`. The field identifies a region.
            # The name does not: it is only the last part of `entity.code`, and two
            # regions may have the same name.
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
            return entity.last_code_part
        return self._country(entity.code)

    def _country(self, code: str) -> str:
        return str(self._names.get(code, code))


def ioda_codes(entities: tuple[Entity, ...]) -> dict[str, Entity]:
    """Return the entities by the codes that IODA's API uses.

    The regions are sorted and numbered from 100001 on; the number is a region's code.
    The codes of networks are numbers too, and most of them are lower than 100001. If a
    network has the same code as a region, only the region is returned.
    """
    regions = (e for e in entities if e.kind is EntityKind.REGION)
    numbered = {str(n): e for n, e in enumerate(sorted(regions), start=100_001)}
    plain = {e.code: e for e in entities if e.kind is not EntityKind.REGION}
    return plain | numbered


def _time_range(query: Query) -> tuple[int, int]:
    """Return `from` and `until` in epoch seconds; errors have the words of the API."""
    for key in ("from", "until"):
        if key not in query:
            raise BadRequest(f"Missing required request parameter '{key}'")
    since, until = _parse_int(query["from"]), _parse_int(query["until"])
    if since > until:
        raise BadRequest(f"from ({since}) must be earlier than until ({until})")
    if until - since > _MAX_RANGE_S:
        raise BadRequest("Time range for a single query must be less than 100 days")
    return since, until


def _paging(query: Query) -> tuple[int, int]:
    if "limit" in query and _parse_int(query["limit"]) <= 0:
        raise BadRequest("limit must be greater than 0")
    if "page" in query and "limit" not in query:
        raise BadRequest("limit also needs to be set if page is set")
    return _parse_int(query.get("limit", str(_DEFAULT_LIMIT))), _parse_int(
        query.get("page", "0")
    )


def _parse_int(text: str) -> int:
    """Return `text` as a number; like the API, 0 if it is not 1 to 11 digits."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _bin_range(signal: Signal, since: int, until: int) -> tuple[int, int]:
    """Return the bin that contains `since`, and the first bin from `until` on."""
    phase = signal.phase.total_seconds()
    first = int((since - phase) // signal.step_s)
    return first, max(first, math.ceil((until - phase) / signal.step_s))


def _value(chunk: Chunk, index: int) -> float | int | None:
    at = index - chunk.first
    if not 0 <= at < len(chunk.values) or math.isnan(chunk.values[at]):
        return None
    # The shortest decimal text of the float32 is converted to a float. A direct
    # conversion would serve 0.1 as 0.10000000149.
    value = float(str(chunk.values[at]))
    return int(value) if value.is_integer() else value


def _fqid(code: str, entity: Entity) -> str:
    if entity.kind is EntityKind.ASN:
        return f"asn.{code}"
    return f"geo.recording.{entity.country}" + (
        f".{code}" if entity.kind is EntityKind.REGION else ""
    )


def _iso(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds")
