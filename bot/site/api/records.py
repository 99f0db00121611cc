"""The records of the API about one incident; its JSON Schema is made from them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.model.articles.article import CopyOutcome
from bot.model.entity import NetworkKind
from bot.model.incident import EventKind, State
from bot.model.signal import Family
from bot.model.verdict import Scope, SeriesState, Severity

Time = Annotated[
    str,
    Field(
        pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$",
        json_schema_extra={"format": "date-time"},
    ),
]
"""A time in UTC, in the form of RFC 3339, in whole seconds."""
Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]
"""An absolute address."""
Share = Annotated[float, Field(ge=0.0)]
"""A level: the reading divided by its baseline, 1.0 is normal."""


class ApiRecord(BaseModel):
    """A part of an API file; frozen. Unknown keys are refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        use_attribute_docstrings=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        # The models are built when they are first used: this takes a while.
        defer_build=True,
    )


class ApiFile(ApiRecord):
    """What every file of the API has."""

    schema_: Address = Field(validation_alias="$schema", serialization_alias="$schema")
    """The JSON Schema of this file."""
    licence: str
    """Whom the readings belong to, and where each file names their licences."""


class ApiInterval(ApiRecord):
    """An interval of time: something happened between its two ends."""

    since: Time = Field(validation_alias="from", serialization_alias="from")
    """The beginning."""
    until: Time = Field(validation_alias="to", serialization_alias="to")
    """The end."""


class ApiCut(ApiRecord):
    """A time in which the place, or its affected parts, were down without a break."""

    began: ApiInterval
    """When it began."""
    ended: ApiInterval | None
    """When it ended; null while it lasts."""
    seen_until: Time | None
    """The last time at which a series was seen low; null if it is not known."""
    unseen: ApiInterval | None
    """A time within the cut in which no series was seen low; null for none."""
    silent_before: ApiInterval | None
    """A time before the cut in which there were no readings; null for none."""


class ApiCredit(ApiRecord):
    """Whom to credit for a signal, and its licence."""

    signal: str
    """The id of the signal."""
    text: str
    """The credit that the source asks for."""
    licence: str
    """The licence of the readings, in the words of the source."""
    link: Address | None
    """A page of the source; null for none."""


class ApiSignal(ApiRecord):
    """One series of the place itself, at the last event."""

    id: str
    """The id of the signal."""
    family: Family
    """What is measured; signals of one family are not independent."""
    state: SeriesState
    """Whether the series is low; unknown is not normal."""
    level: Share | None
    """The reading divided by its baseline; null without a current reading."""
    read_at: Time | None
    """The time of the last reading."""


class ApiPart(ApiRecord):
    """A region or network that is affected."""

    entity: str
    """The region or network, such as `asn:9198`."""
    signal: str
    """The id of the signal that gives the level."""
    level: Share | None
    """The reading divided by its baseline; null without a current reading."""
    read_at: Time | None
    """The time of the last reading."""


class ApiKindImpact(ApiRecord):
    """The watched networks of one kind."""

    watched: int
    """How many are watched; with 0, the impact is not known."""
    dropped: int
    """How many are down."""
    unknown: int
    """How many have no reliable reading; these do not count as normal."""
    median_level: Share | None
    """The median level of those that are down; null if it is not known."""


class ApiDirection(ApiRecord):
    """The traffic of the place in one direction."""

    state: SeriesState
    """Whether the traffic is low."""
    family: Family | None
    """The family of signals that shows the state; null if it is unknown."""
    by_networks: bool
    """Whether series of networks show the state, and not those of the place."""
    pending: bool
    """Whether the state is unknown because no reading has arrived yet."""


class ApiImpact(ApiRecord):
    """Who is cut off."""

    networks: dict[NetworkKind, ApiKindImpact]
    """The watched networks, by kind."""
    users_out: ApiDirection
    """Traffic from users in the place to the internet."""
    services_in: ApiDirection
    """Traffic from the internet to services in the place."""


class ApiClass(ApiRecord):
    """The class of disruption that the data resemble; it is not a cause."""

    id: str
    """The id of the class."""
    rule: str
    """The rule that decided."""
    version: int
    """The version of the rules."""


class ApiCopy(ApiRecord):
    """The archived copy of an article."""

    outcome: CopyOutcome
    """Whether a copy exists, was only asked for, or could not be made."""
    link: Address | None
    """The address of the copy; null unless it exists."""


class ApiArticle(ApiRecord):
    """An article by others, as an editor entered it; null is what was not entered."""

    link: Address | None
    """The address; null if it is no web address."""
    title: str | None
    """The title, in the words and the language of the outlet."""
    outlet: str | None
    """Who published the article."""
    published: Annotated[str, Field(json_schema_extra={"format": "date"})] | None
    """The date that the article bears."""
    language: str | None
    """The language of the article, a BCP 47 tag."""
    copy_: ApiCopy | None = Field(validation_alias="copy", serialization_alias="copy")
    """The archived copy; null if nobody tried to archive the article."""


class ApiIncident(ApiRecord):
    """What is published about an incident, as of its last event."""

    id: str
    """The id, which never changes."""
    page: Address
    """The page of the incident for readers."""
    series: Address
    """The file with the series as they are drawn."""
    entity: str
    """The place: a country, region or network, such as `country:KZ`."""
    place: str
    """The name of the place."""
    title: str
    """The title of the page."""
    lead: str
    """The first paragraph of the page."""
    state: State
    """The state; `retracted` means that the incident was withdrawn."""
    state_name: str
    """The state in words."""
    statement: str | None
    """In a correction or retraction by a person: what was wrong, as written."""
    confirmed: bool
    """Whether the incident was ever confirmed by two independent families."""
    scope: Scope
    """How much of the place was cut off at most."""
    severity: Severity
    """The severity now; once the incident is over, the worst."""
    published: Time
    """The time of the first event."""
    updated: Time
    """The time of the last event."""
    onset: ApiInterval
    """When the incident began."""
    restored: ApiInterval | None
    """When the incident ended; null while no end is reported."""
    cuts: tuple[ApiCut, ...]
    """The times in which the place was down, oldest first."""
    as_of: Time
    """The last instant that the newest reading of the principal series describes."""
    level: Share | None
    """The level of the place; null if it is unknown, or the level of a part."""
    level_read_at: Time | None
    """The time of the last reading of the principal series."""
    silent_since: Time | None
    """The time of the last reading, if no series has a current one; else null."""
    signals: tuple[ApiSignal, ...]
    """The series of the place itself."""
    parts: tuple[ApiPart, ...]
    """The regions and networks that the last event names as affected."""
    impact: ApiImpact | None
    """Who is cut off; null if it was not measured."""
    class_: ApiClass | None = Field(
        validation_alias="class", serialization_alias="class"
    )
    """The class of disruption that the data resemble; null for none."""
    reconstruction: bool
    """Whether the readings were made from published facts, not measured."""
    drill: bool
    """Whether this is an exercise, and nothing happened."""
    credits: tuple[ApiCredit, ...]
    """The sources of the readings."""
    further_reading: tuple[ApiArticle, ...]
    """What others wrote about the incident, as editors listed it."""
    previous: tuple[str, ...]
    """The ids of earlier incidents of the same place, newest first; at most 50."""


class ApiPost(ApiRecord):
    """A text as it was published."""

    lang: str
    """The language of the text, a CLDR code."""
    text: str
    """The text."""
    urls: tuple[Address, ...]
    """The addresses of the posts with this text, as far as they are known."""


class ApiEvent(ApiRecord):
    """One step of an incident; it never changes."""

    seq: int
    """The number of the event within the incident, from 1."""
    kind: EventKind
    """What the event reports."""
    label: str
    """The kind in words."""
    at: Time
    """When the newest reading behind the event was due."""
    reason: str
    """The id of the reason for which the step was taken."""
    state: State
    """The state of the incident after the event."""
    scope: Scope
    """The widest scope up to the event."""
    severity: Severity
    """The severity at the event."""
    onset: ApiInterval
    """When the incident began, as known at the event."""
    restored: ApiInterval | None
    """When the incident ended, as known at the event; null if no end was reported."""
    level: Share | None
    """The level of the place at the event; null if it is unknown, or of a part."""
    text: str
    """The facts of the event in a paragraph."""
    statement: str | None
    """In a correction or retraction by a person: what was wrong, as written."""
    posts: tuple[ApiPost, ...]
    """The texts that were posted about the event."""
    chart: Address | None
    """The picture that was published with the event; null for none."""
    data: Address | None
    """The CSV file behind the picture; null for none."""


class ApiDrop(ApiRecord):
    """One drop of a series."""

    onset: ApiInterval
    """When it began."""
    ended: ApiInterval | None
    """When the series was normal again; null while it lasts, or if it fell silent."""
    lowest: Share | None
    """The lowest level; null if it is unknown."""
    seen_low: Time | None
    """The last time at which the series was seen low, if it did not end."""


class ApiTimeline(ApiRecord):
    """One series that fell in the incident, with each of its drops."""

    entity: str
    """The place, region or network."""
    signal: str
    """The id of the signal."""
    family: Family
    """What is measured."""
    state: SeriesState
    """The state of the series at the last event."""
    as_of: Time
    """The last instant that its newest reading describes."""
    drops: tuple[ApiDrop, ...]
    """The drops, oldest first."""
    silences: tuple[ApiInterval, ...]
    """The times of an hour or more without readings, oldest first."""


class IncidentFile(ApiFile):
    """An incident with its events and its timeline."""

    incident: ApiIncident
    """The incident as of its last event."""
    events: tuple[ApiEvent, ...]
    """The published events, oldest first."""
    timeline: tuple[ApiTimeline, ...]
    """The series that fell, with each of their drops."""
