"""The records that the pages of incidents and of places are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.articles.article import ListedArticle
from bot.model.attribution import Attribution
from bot.model.classification import EventClassification
from bot.model.delivery import Delivery
from bot.model.draft import Draft
from bot.model.entity import Entity
from bot.model.event import IncidentEvent
from bot.model.incident import Evidence, Incident
from bot.model.signal import AnswerRecord, Signal, Values
from bot.model.source_status import SourceFault

SilentSeries = Mapping[tuple[Entity, str], datetime]
"""The silent series, each with the time of its last reading.

The key is entity and signal. The time is the last instant that the reading describes;
aware, UTC.
"""


@dataclass(frozen=True, slots=True)
class ReadingStatus:
    """Which series of an open incident are silent.

    Considered are the series of the place itself, and the series that fell in the
    incident.

    Attributes:
        silence: the silent series among these.
        blind_since: the time of the last reading if all of these series are silent;
            None if any has a current reading. Aware, UTC.
    """

    silence: SilentSeries = field(default_factory=dict)
    blind_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """What an incident's page is made from: events, drafts and posts, oldest first.

    Attributes:
        evidence: the evidence of each event, by event key.
        drafts: the newest version of each event's draft, by event key.
        deliveries: the deliveries of posts about these events, in any state. Letters to
            editors and edits of earlier posts are left out.
        previous: incidents of the same place that began earlier, newest first.
        more_previous: whether the place has more such incidents than `previous` lists.
        classified: the incident's class as of each event, oldest first.
        attributions: what people say about the cause, ordered by number; also
            attributions that readers may not see.
        articles: the articles by others about the incident, ordered by number; also
            those that were withdrawn.
        faults: the faults of the incident's signals while the incident lasted, oldest
            first.
        readings: the status of an open incident's readings when the page is written.
        answers: the answers of the sources that arrived before each event was recorded,
            by event key.
        pictures: the stored pictures of the drafts, as PNG, by their SHA-256 in hex.
    """

    incident: Incident
    events: tuple[IncidentEvent, ...]
    evidence: Mapping[str, Evidence]
    drafts: Mapping[str, Draft]
    deliveries: tuple[Delivery, ...]
    previous: tuple[Incident, ...]
    classified: tuple[EventClassification, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    faults: tuple[SourceFault, ...] = ()
    more_previous: bool = False
    readings: ReadingStatus = field(default_factory=ReadingStatus)
    answers: Mapping[str, tuple[AnswerRecord, ...]] = field(default_factory=dict)
    articles: tuple[ListedArticle, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the archive: the incidents that opened in this month, UTC.

    Attributes:
        name: the year and month, such as `2026-01`.
        incidents: the ids of the incidents, in the order in which they opened.
        changed: the ids of those incidents whose pages are new or may have changed.
    """

    name: str
    incidents: tuple[str, ...]
    changed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Listing:
    """What the lists of the site are made from.

    Attributes:
        front: the ids of the newest incidents, and of all open ones.
        archive: the months whose lists may have changed.
        has_all: whether `front` certainly has all incidents with a page. If so, no
            archive is needed; one that exists is kept up to date.
    """

    front: tuple[str, ...]
    archive: tuple[Month, ...] = ()
    has_all: bool = False


# A comparison of arrays gives no single truth value, so `eq` is False.
@dataclass(frozen=True, slots=True, eq=False)
class PlaceSeries:
    """One signal of a place.

    Attributes:
        level: the level of the last shown reading; None if it has none, or if the
            reading is not current.
        read_at: the last instant that the last shown reading describes; aware, UTC.
            None if no reading is shown.
        hours: shape (hours,): the mean reading of each hour since `PlaceReadings.since`, in
            the signal's unit; NaN for an hour without a shown reading (P5).
    """

    signal: Signal
    level: float | None
    read_at: datetime | None
    hours: Values


@dataclass(frozen=True, slots=True, eq=False)
class PlaceReadings:
    """The signals of a country or network, up to the last instant that may be shown.

    Attributes:
        at: when the levels were collected; aware, UTC.
        since: the start of the first hour in `PlaceSeries.hours`: a midnight, UTC.
        parent: the place in which a network lies; None if unknown, or for a country.
    """

    place: Entity
    at: datetime
    since: datetime
    series: tuple[PlaceSeries, ...]
    parent: Entity | None = None
