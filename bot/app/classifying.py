"""Gives every event its class, as a record of its own beside it (P8).

A separate, resumable step: it looks for events that have no class yet.
"""

from functools import partial

from bot.app.isolating import Isolation, Work
from bot.detection.classify import classify
from bot.model.classification import Background, Classified
from bot.model.incident import IncidentEvent
from bot.ports import Store


class Classifier:
    """Reads events and evidence, writes classes, and touches nothing else."""

    def __init__(self, store: Store, isolation: Isolation | None = None) -> None:
        """Work on `store`."""
        self._store = store
        self._isolation = isolation or Isolation(store)

    def classify_all(self) -> tuple[Classified, ...]:
        """Classify every event that has no class; returns what was found.

        An event that cannot be classified keeps no other from its class.
        """
        found: list[Classified] = []
        for event in self._store.classifications.pending():
            classified = partial(self._classify, event, found)
            self._isolation.attempt(event.incident, Work.CLASS, classified)
        self._store.classifications.record(found)
        return tuple(found)

    def _classify(self, event: IncidentEvent, into: list[Classified]) -> None:
        into.append(self._classified(event))

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
