"""The records of the API for series, and for lists of incidents and places."""

from bot.model.incident import State
from bot.model.signal import Family
from bot.model.verdict import Scope, Severity
from bot.site.api.records import (
    Address,
    ApiCredit,
    ApiFile,
    ApiInterval,
    ApiRecord,
    Time,
)


class IncidentSummary(ApiRecord):
    """One incident in a list."""

    id: str
    """The id, which never changes."""
    url: Address
    """The file of the incident in this API."""
    page: Address
    """The page of the incident for readers."""
    entity: str
    """The place: a country, region or network, such as `country:KZ`."""
    title: str
    """The title of the page."""
    state: State
    """The state; `retracted` means that the incident was withdrawn."""
    confirmed: bool
    """Whether the incident was ever confirmed by two independent families."""
    scope: Scope
    """How much of the place was cut off at most."""
    severity: Severity
    """The severity now; once the incident is over, the worst."""
    onset: ApiInterval
    """When the incident began."""
    restored: ApiInterval | None
    """When the incident ended; null while no end is reported."""
    updated: Time
    """The time of the last event."""
    reconstruction: bool
    """Whether the readings were made from published facts, not measured."""
    drill: bool
    """Whether this is an exercise, and nothing happened."""
    credits: str
    """The sources of the readings, each with its licence."""


class ApiSeries(ApiRecord):
    """One line of the living chart; all arrays have one item for each bin."""

    entity: str
    """The place, region or network."""
    signal: str
    """The id of the signal."""
    family: Family
    """What is measured."""
    name: str
    """The name of the line on the chart."""
    unit: str
    """The unit of the readings and of the baseline."""
    step_s: int
    """The length of a bin, in seconds."""
    credit: ApiCredit
    """The source of the readings."""
    times: tuple[Time, ...]
    """The time that each value stands for, mostly the end of the bin."""
    readings: tuple[float | None, ...]
    """The readings; null if missing, which is not zero."""
    expected: tuple[float | None, ...]
    """The baseline; null if there is none."""
    levels: tuple[float | None, ...]
    """The readings divided by the baseline; null if either is missing."""


class SeriesFile(ApiFile):
    """The series of an incident as its living chart draws them."""

    incident: str
    """The id of the incident."""
    event: int
    """The number of the event that the chart belongs to."""
    reconstruction: bool
    """Whether the readings were made from published facts, not measured."""
    drill: bool
    """Whether this is an exercise, and nothing happened."""
    window: ApiInterval | None
    """The time that the chart shows; null if nothing can be drawn."""
    series: tuple[ApiSeries, ...]
    """The lines, that of the principal series first; then those of the parts."""


class IncidentList(ApiFile):
    """A page of a list of incidents, those that began last first."""

    month: str | None
    """The year and month of the ids on this page; null for the newest incidents."""
    next: Address | None
    """The page with earlier incidents; null if there is none."""
    incidents: tuple[IncidentSummary, ...]
    """The incidents."""


class PlaceFile(ApiFile):
    """The incidents of a country with its regions, or of a network."""

    entity: str
    """The country or network, such as `country:KZ` or `asn:9198`."""
    name: str
    """The name of the place."""
    is_complete: bool
    """Whether all published incidents of the place are listed."""
    incidents: tuple[IncidentSummary, ...]
    """The incidents, those that began last first."""


class PlaceEntry(ApiRecord):
    """One place in the list of places."""

    entity: str
    """The country or network."""
    name: str
    """The name of the place."""
    url: Address
    """The file with its incidents."""


class PlaceList(ApiFile):
    """The places of which incidents are published."""

    countries: tuple[PlaceEntry, ...]
    """The countries, by code."""
    networks: tuple[PlaceEntry, ...]
    """The networks, by number."""
