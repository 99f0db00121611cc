"""Gives every event its class, as a record of its own beside it (P8).

A separate, resumable step: it looks for events that have no class yet.
"""

from bot.detection.classify import classify
from bot.model.classification import Background, Classified
from bot.model.incident import IncidentEvent
from bot.ports import Store


class Classifier:
    """Reads events and evidence, writes classes, and touches nothing else."""

    def __init__(self, store: Store) -> None:
        """Work on `store`."""
        self._store = store

    def classify_all(self) -> tuple[Classified, ...]:
        """Classify every event that has no class; returns what was found."""
        pending = self._store.classifications.pending()
        found = tuple(self._classified(event) for event in pending)
        self._store.classifications.record(found)
        return found

    def _classified(self, event: IncidentEvent) -> Classified:
        evidence = self._store.incidents.evidence(event.key)
        beside = self._store.classifications.beside(event)
        found = classify(event, evidence, beside)
        return Classified(event.incident, event.seq, event.at, found)


def background_of(store: Store, event: IncidentEvent) -> Background:
    """What editors are told beside the draft of an event: for no other eyes."""
    known = store.classifications.history(event.incident)
    mine = [one.found for one in known if one.seq == event.seq]
    return Background(
        found=mine[0] if mine else None,
        beside=store.classifications.beside(event),
        evidence=store.incidents.evidence(event.key),
    )
