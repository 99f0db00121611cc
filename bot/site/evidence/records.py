"""The records of a bundle as JSON, and back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.model.classification import EventClassification
from bot.model.delivery import DeliveryState
from bot.model.draft import Draft, DraftState, Outlet
from bot.model.entity import parse_entity
from bot.model.event import IncidentEvent
from bot.model.incident import EventKind, Phase
from bot.model.incident_report import IncidentReport, ReadingStatus
from bot.site.evidence.archive import BundleError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PublicPost:
    """A text as it was published.

    Attributes:
        outlet: the number of the outlet in `EventTexts.outlets`; None if it is unknown.
        url: the address of the post; None if it is not known.
    """

    outlet: int | None
    lang: str
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class EventTexts:
    """The texts and the picture of an event, as they were published.

    Attributes:
        lead: the paragraph about the event on the page.
        posts: the texts that were posted or approved.
        outlets: the outlets that the texts were fitted to; each has its number as name.
        alt: the alternative text of the posted picture; None if there is none.
        picture: the SHA-256 of the posted picture; None if there is none.
        edited: whether a person changed the draft, so that its texts and the alternative
            text are not those that the program wrote.
        made_with: the versions with which draft and posted picture were made; None if
            unknown.
        drawn_with: the versions with which the page's picture and CSV file were made;
            None if unknown.
        left_out: how many earlier steps the facts do not list, because they are not
            released (P12).
    """

    lead: str
    posts: tuple[PublicPost, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    alt: str | None = None
    picture: str | None = None
    edited: bool = False
    made_with: str | None = None
    drawn_with: str | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class SilentSeriesRecord:
    """A silent series of an open incident, and the time of its last reading."""

    entity: str
    signal: str
    last: datetime


@dataclass(frozen=True, slots=True)
class PageStatus:
    """What the page depends on besides its events.

    Attributes:
        silent: the silent series; see `ReadingStatus`.
        classified: the class of the incident as of each event, without the features that
            only editors see.
        site: the public address of the site.
        written_with: the versions with which the page was written.
    """

    silent: tuple[SilentSeriesRecord, ...]
    blind_since: datetime | None
    classified: tuple[EventClassification, ...]
    site: str
    written_with: str


def record_json(record: object) -> bytes:
    """Return a record as indented JSON; a float keeps its exact value.

    The fields are in the order in which the record's class declares them.

    Raises:
        ValueError: the value of a field does not have the declared type.
    """
    kind: Any = type(record)
    return bytes(_adapter(kind).dump_json(record, indent=1, warnings="error")) + b"\n"


def value_json(value: object) -> bytes:
    """Return a JSON value, or records in tuples and mappings, as indented JSON.

    The keys keep their order (see `record_json`).
    """
    any_value: Any = Any
    return bytes(_adapter(any_value).dump_json(value, indent=1)) + b"\n"


def compact_json(record: object) -> bytes:
    """Return a large record as JSON in one line; a float that is not finite is null."""
    kind: Any = type(record)
    return bytes(_adapter(kind).dump_json(record, warnings="error"))


def read_record(kind: type[T], name: str, data: bytes) -> T:
    """Return the record of type `kind` in the file `name` with the content `data`.

    Raises:
        BundleError: the file holds no such record.
    """
    hashable: Any = kind
    try:
        record: T = _adapter(hashable).validate_json(data, strict=True)
    except (ValidationError, RecursionError) as error:
        raise BundleError(
            f"{name}: the file cannot be read as a {kind.__name__}; another version of"
            " Outagewire may have written it"
        ) from error
    return record


def public_events(report: IncidentReport) -> tuple[tuple[IncidentEvent, int], ...]:
    """Return the events without earlier steps that are not released (P12).

    The facts of an event list all earlier steps, with their kinds and times. Each event
    comes with the number of steps that were left out.
    """
    released = {(event.kind, event.at) for event in report.events}
    return tuple(_public_event(event, released) for event in report.events)


def _public_event(
    event: IncidentEvent, released: set[tuple[EventKind, datetime]]
) -> tuple[IncidentEvent, int]:
    phases: tuple[Phase, ...] = tuple(
        phase for phase in event.facts.phases if (phase.kind, phase.at) in released
    )
    facts = replace(event.facts, phases=phases)
    return replace(event, facts=facts), len(event.facts.phases) - len(phases)


def public_posts(
    event: IncidentEvent, draft: Draft | None, report: IncidentReport
) -> tuple[PublicPost, ...]:
    """Return the texts of an event that the page shows (see `public_texts`)."""
    numbers = _outlet_numbers(draft)
    posts = [d for d in report.deliveries if d.post.event == event.key]
    shown = tuple(
        PublicPost(
            numbers.get(d.post.channel),
            d.post.lang,
            d.post.text,
            d.receipt.url if d.receipt else None,
        )
        for d in posts
        if d.state is not DeliveryState.DROPPED
    )
    if posts or draft is None or draft.state is not DraftState.APPROVED:
        return shown
    return tuple(
        PublicPost(numbers.get(text.channel), text.lang, text.body, None)
        for text in draft.texts
    )


def public_outlets(draft: Draft | None) -> tuple[Outlet, ...]:
    """Return the outlets of a draft under their numbers: their names are internal."""
    outlets = draft.outlets if draft else ()
    return tuple(replace(o, name=str(n)) for n, o in enumerate(outlets))


def _outlet_numbers(draft: Draft | None) -> dict[str, int]:
    outlets = draft.outlets if draft else ()
    return {outlet.name: number for number, outlet in enumerate(outlets)}


def status_of(report: IncidentReport, site: str, versions: str) -> PageStatus:
    """Return the status that a page was written with."""
    silence: Iterable[tuple[tuple[object, str], datetime]]
    silence = report.readings.silence.items()
    silent = [SilentSeriesRecord(str(e), signal, at) for (e, signal), at in silence]
    return PageStatus(
        tuple(sorted(silent, key=lambda s: (s.entity, s.signal))),
        report.readings.blind_since,
        _without_features(report.classified),
        site,
        versions,
    )


def reading_status(status: PageStatus) -> ReadingStatus:
    """Return the status of the readings that a bundle gives.

    Raises:
        BundleError: a silent series is of no entity.
    """
    try:
        silence = {(parse_entity(s.entity), s.signal): s.last for s in status.silent}
    except ValueError as error:
        raise BundleError(f"data/status.json: {error}") from error
    return ReadingStatus(silence, status.blind_since)


def _without_features(
    classified: Sequence[EventClassification],
) -> tuple[EventClassification, ...]:
    return tuple(
        replace(c, classification=replace(c.classification, evidence=()))
        for c in classified
    )


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Return pydantic's adapter of a type; cached, because building one is slow."""
    return TypeAdapter(kind)
