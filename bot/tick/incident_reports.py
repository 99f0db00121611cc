"""Collects what a page may show: released events, or those for the operator (P12)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.editorial.deciding import EDITORS
from bot.errors import RecordDamaged, StoreError
from bot.model.delivery import Post
from bot.model.draft import Release
from bot.model.event import IncidentEvent
from bot.model.incident import Incident
from bot.model.incident_report import IncidentReport, ReadingStatus
from bot.model.interval import Interval
from bot.model.signal import AnswerRecord
from bot.model.source_status import SourceStatus
from bot.policy.publication_rules import released_events
from bot.ports import Store
from bot.tick.source_status import faults_of

MAX_EARLIER = 50
"""How many earlier incidents of the same place a page lists."""
_ANSWERS_BEFORE = timedelta(hours=6)
_MAX_ANSWERS = 500
"""Of the answers of these hours, at most this many are listed: the newest."""
_MAX_SEARCHED = 2 * MAX_EARLIER
"""Among this many earlier incidents of a place, those that are released are looked for."""


def incident_report(
    store: Store,
    incident_id: str,
    source_statuses: Sequence[SourceStatus] = (),
    readings: ReadingStatus | None = None,
    choose: Callable[[Sequence[Release]], tuple[int, ...]] = released_events,
) -> IncidentReport | None:
    """Return what the page of an incident may show; None if `choose` chooses no event.

    Letters to the editors are left out, sent or not, because they hold drafts and hints
    that are not public (P8). Edits of earlier posts are left out, because they announce
    nothing new.

    Args:
        store: holds the incident.
        incident_id: the id of the incident.
        source_statuses: the present source statuses, if they are known.
        readings: the present status of the incident's readings, if it is known.
        choose: returns the numbers of the events to show.
    """
    incident = store.incidents.get(incident_id)
    earlier = store.incidents.earlier_incidents(incident, _MAX_SEARCHED)
    shown = _released_incidents(store, (incident, *earlier), choose)
    if incident_id not in shown:
        return None
    steps, incident = shown.pop(incident_id)
    # An incident that opened earlier may have begun later, so the onsets are compared.
    previous = [other for _, other in shown.values() if other.onset < incident.onset]
    events = _events(store, incident_id, steps)
    sent = store.deliveries.of_incident(incident_id)
    keys = {event.key for event in events}
    history = store.classifications.history(incident_id)
    drafts = {
        draft.event: draft
        for draft in store.drafts.of_incident(incident_id)
        if draft.event in keys
    }
    return IncidentReport(
        incident=incident,
        events=events,
        evidence={key: store.incidents.evidence(key) for key in sorted(keys)},
        drafts=drafts,
        deliveries=tuple(d for d in sent if d.post.event in keys and _is_shown(d.post)),
        previous=tuple(previous[:MAX_EARLIER]),
        more_previous=len(previous) > MAX_EARLIER,
        classified=tuple(c for c in history if c.seq in steps),
        attributions=store.attributions.of_incident(incident_id),
        articles=store.articles.of_incident(incident_id),
        faults=faults_of(incident, events, store.readings, source_statuses),
        # The page of an incident that is over says nothing about the present.
        readings=readings if readings and incident.is_open else ReadingStatus(),
        answers=_AnswersBefore(store, tuple(sorted(keys))),
        pictures=_StoredPictures(
            store, tuple(d.picture.sha256 for d in drafts.values() if d.picture)
        ),
    )


@dataclass(frozen=True, slots=True)
class _AnswersBefore(Mapping[str, tuple[AnswerRecord, ...]]):
    """The answers that arrived before each event was recorded, by event key.

    They are read when they are asked for: a page needs them once for each event.
    """

    # The representation of a report is compared by processes with different stores.
    store: Store = field(repr=False)
    keys_of_events: tuple[str, ...]

    def __getitem__(self, key: str) -> tuple[AnswerRecord, ...]:
        recorded = self.store.incidents.recorded_at(key)
        before = Interval(recorded - _ANSWERS_BEFORE, recorded)
        return self.store.answers.received(before, _MAX_ANSWERS)

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys_of_events)

    def __len__(self) -> int:
        return len(self.keys_of_events)


@dataclass(frozen=True, slots=True)
class _StoredPictures(Mapping[str, bytes]):
    """The pictures of drafts by their SHA-256; each is read when it is asked for.

    Most pages have their pictures already.
    """

    store: Store = field(repr=False)
    digests: tuple[str, ...]

    def __getitem__(self, sha256: str) -> bytes:
        if sha256 not in self.digests:
            raise KeyError(sha256)
        try:
            return self.store.drafts.picture(sha256)
        except StoreError as error:
            raise KeyError(sha256) from error

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)


def _released_incidents(
    store: Store,
    incidents: Sequence[Incident],
    choose: Callable[[Sequence[Release]], tuple[int, ...]],
) -> dict[str, tuple[tuple[int, ...], Incident]]:
    """Return each incident's released steps, and its state after the last of these steps.

    A step is given by its number. The results are by incident id. Incidents without a
    released step are left out, and so is a damaged incident that is not the first.

    Raises:
        RecordDamaged: a record of the first incident is damaged.
    """
    shown = {}
    releases = store.pages.releases([incident.id for incident in incidents])
    for incident in incidents:
        try:
            # Only the first incident may show more than what is released.
            select = choose if incident is incidents[0] else released_events
            steps = select(_releases_of(incident.id, releases))
            if steps:
                shown[incident.id] = (
                    steps,
                    _incident_after_step(store, incident, steps[-1]),
                )
        except RecordDamaged:
            # The page is about the first incident, so its record must be readable. Of the
            # other incidents, the page only has links to their pages; a damaged one is left
            # out.
            if incident is incidents[0]:
                raise
    return shown


def _releases_of(
    incident: str, releases: Mapping[str, tuple[Release, ...]]
) -> tuple[Release, ...]:
    if incident not in releases:
        raise RecordDamaged(f"the releases of {incident} cannot be read")
    return releases[incident]


def _incident_after_step(store: Store, incident: Incident, step: int) -> Incident:
    """Return the incident as it was after a step, in all fields that a page shows."""
    if step == incident.seq:
        return incident
    event = store.incidents.event(f"{incident.id}.{step}")
    facts = event.facts
    return replace(
        incident,
        state=facts.state,
        scope=facts.scope,
        severity=facts.severity,
        onset=facts.timing.onset,
        restored=facts.timing.restored,
        # A confirmation that was not released must not show on the page (P12).
        confirmed_at=incident.confirmed_at if event.is_confirmed else None,
        changed_at=event.at,
        seq=step,
    )


def _events(
    store: Store, incident: str, steps: Sequence[int]
) -> tuple[IncidentEvent, ...]:
    return tuple(e for e in store.incidents.events(incident) if e.seq in steps)


def _is_shown(post: Post) -> bool:
    """Whether a post is public, and not an edit of an earlier post."""
    return post.channel != EDITORS and post.amends is None
