"""CAP 1.2 messages, made from the events of an incident.

Source: OASIS, Common Alerting Protocol Version 1.2, sections 3.2.1 to 3.2.4.

How our words of certainty are mapped:

| our word | certainty | urgency | response |
|---|---|---|---|
| suspected, or over and never confirmed | Possible | Unknown, Past once over | Monitor |
| confirmed and open, or partly restored | Observed | Immediate | Monitor |
| confirmed and restored | Observed | Past | AllClear |
| retracted | Unknown | Past | None |

Severity in CAP is the threat to life or property. Of this we know only how deep the drop
is, so "Extreme" is never used: near-total is Severe, major is Moderate, moderate and minor
are Minor. Of a retracted incident it is Unknown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import dropwhile
from urllib.parse import quote, urlsplit

from bot.model.entity import Entity, EntityKind
from bot.model.event import Facts, IncidentEvent
from bot.model.incident import EventKind, State
from bot.model.interval import Interval
from bot.model.verdict import Scope, Severity
from bot.site.alerts.settings import AlertSettings, CapStatus

_VALID = timedelta(hours=48)
"""How long a message holds, if no later message replaces it.

An open incident gets an update each day, so a message that expires was left without one.
"""
_SEVERITIES = {
    Severity.NEAR_TOTAL: "Severe",
    Severity.MAJOR: "Moderate",
    Severity.MODERATE: "Minor",
    Severity.MINOR: "Minor",
}
_OVER = (State.RESTORED, State.RETRACTED)


@dataclass(frozen=True, slots=True)
class CapHeader:
    """The parts of a message that other messages refer to.

    Attributes:
        sender: who sends the message; without spaces, commas, `<` and `&`.
        identifier: the key of the event, quoted as in a URL.
        sent: the time of the event as CAP writes times.
    """

    sender: str
    identifier: str
    sent: str

    def __str__(self) -> str:
        """Return the header as an entry of `references`."""
        return f"{self.sender},{self.identifier},{self.sent}"


@dataclass(frozen=True, slots=True)
class CapMessage:
    """The fields of one message that do not depend on words and names.

    Attributes:
        seq: the number of the event.
        references: the headers of all earlier messages of the incident, oldest first.
        onset: by when the drop had begun; None in a retraction.
        parameters: names and values of `parameter`; the times are intervals.
        areas: the entities that the message is about.
    """

    seq: int
    header: CapHeader
    status: str
    msg_type: str
    scope: str
    restriction: str | None
    references: tuple[CapHeader, ...]
    incident: str
    response: str
    urgency: str
    severity: str
    certainty: str
    onset: str | None
    expires: str
    parameters: tuple[tuple[str, str], ...]
    areas: tuple[Entity, ...]


def cap_messages(
    events: Sequence[IncidentEvent], settings: AlertSettings, site_url: str
) -> tuple[CapMessage, ...]:
    """Return a message for each event, oldest first; none for a reconstruction.

    A retraction before which no event was released has no message either.

    Args:
        events: the released events of one incident, oldest first.
        settings: the status, and the sender if it is not the host of the site.
        site_url: the public URL of the site.
    """
    # The readings of a reconstruction were made from published facts: it warns of
    # nothing.
    if any(event.facts.reconstruction for event in events):
        return ()
    # Before an alert, there is nothing to cancel.
    events = tuple(dropwhile(lambda e: e.kind is EventKind.RETRACTED, events))
    sender = settings.sender or cap_sender(site_url)
    headers = [
        CapHeader(sender, quote(event.key, safe=""), cap_time(event.at))
        for event in events
    ]
    return tuple(
        _message(event, headers[number], tuple(headers[:number]), settings)
        for number, event in enumerate(events)
    )


def cap_sender(site_url: str) -> str:
    """Return the host of a URL, which names the sender of messages."""
    return urlsplit(site_url).hostname or "localhost"


def cap_time(time: datetime) -> str:
    """Return a UTC time as CAP writes it; CAP does not allow `Z` for the zone."""
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def geocodes(area: Entity) -> Iterator[tuple[str, str]]:
    """Yield name and value of each geocode of an area.

    A region has our own code: our codes of regions are not those of ISO 3166-2, and the
    code of the country would mean the whole country.
    """
    if area.kind is EntityKind.ASN:
        yield "ASN", area.code
    elif area.kind is EntityKind.COUNTRY:
        yield "ISO 3166-1", area.code
    else:
        yield "OUTAGEWIRE", str(area)


def _message(
    event: IncidentEvent,
    header: CapHeader,
    references: tuple[CapHeader, ...],
    settings: AlertSettings,
) -> CapMessage:
    facts = event.facts
    retracted = facts.state is State.RETRACTED
    restricted = not facts.drill and settings.status is CapStatus.RESTRICTED
    return CapMessage(
        seq=event.seq,
        header=header,
        status=_status(facts, settings),
        msg_type=_msg_type(event, references),
        scope="Restricted" if restricted else "Public",
        restriction=settings.restriction if restricted else None,
        references=references,
        incident=quote(event.incident, safe=""),
        response=_response(event),
        urgency=_urgency(event),
        severity=_severity(facts),
        certainty=_certainty(event),
        onset=None if retracted else cap_time(facts.timing.onset.until),
        expires=cap_time(event.at + _VALID),
        parameters=tuple(_parameters(event)),
        areas=_areas(facts),
    )


def _status(facts: Facts, settings: AlertSettings) -> str:
    # A drill is an exercise, whatever the operator's status is (P16).
    if facts.drill:
        return "Exercise"
    return "Test" if settings.status is CapStatus.TEST else "Actual"


def _msg_type(event: IncidentEvent, references: Sequence[CapHeader]) -> str:
    if not references:
        return "Alert"
    # Retracted is not restored: only a retraction cancels (P11).
    return "Cancel" if event.kind is EventKind.RETRACTED else "Update"


def _is_confirmed(event: IncidentEvent) -> bool:
    return event.is_confirmed and event.facts.state is not State.SUSPECTED


def _certainty(event: IncidentEvent) -> str:
    """Return how sure the message is; only what was confirmed is Observed (P7)."""
    if event.facts.state is State.RETRACTED:
        return "Unknown"
    return "Observed" if _is_confirmed(event) else "Possible"


def _urgency(event: IncidentEvent) -> str:
    if event.facts.state in _OVER:
        return "Past"
    return "Immediate" if _is_confirmed(event) else "Unknown"


def _severity(facts: Facts) -> str:
    if facts.state is State.RETRACTED:
        return "Unknown"
    return _SEVERITIES[facts.severity]


def _response(event: IncidentEvent) -> str:
    state = event.facts.state
    if state is State.RETRACTED:
        return "None"
    over = state is State.RESTORED and _is_confirmed(event)
    return "AllClear" if over else "Monitor"


def _parameters(event: IncidentEvent) -> Iterator[tuple[str, str]]:
    """Yield our own words, the level and the times; times are intervals (P9)."""
    facts = event.facts
    yield "state", str(facts.state)
    yield "as-of", cap_time(facts.timing.as_of)
    # What is withdrawn is not said once more.
    if facts.state is State.RETRACTED:
        return
    yield "confirmed", "true" if event.is_confirmed else "false"
    yield "scope", str(facts.scope)
    yield "depth", str(facts.severity)
    # The level of a part would be taken for the level of the place.
    if facts.levels.now is not None and facts.levels.part is None:
        yield "level", f"{facts.levels.now:.10g}"
    yield "begins", _interval(facts.timing.onset)
    if facts.timing.restored is not None:
        yield "ends", _interval(facts.timing.restored)


def _interval(interval: Interval) -> str:
    return f"{cap_time(interval.since)}/{cap_time(interval.until)}"


def _areas(facts: Facts) -> tuple[Entity, ...]:
    """Return the place, or the parts that fell if the place itself is not down.

    An area with the code of a country means the whole country.
    """
    parts = tuple(series.entity for series in facts.parts.affected_series)
    if facts.scope is Scope.NATIONAL or not parts:
        return (facts.place,)
    return tuple(dict.fromkeys(parts))
