"""What else could this be? The questions that need more than a place's own findings."""

from collections.abc import Iterator, Mapping

import numpy as np

from bot.detection import artefacts, day_shapes
from bot.detection.snapshot import Flags, Snapshot
from bot.model.entity import Entity, EntityKind
from bot.model.verdict import Check, Finding, SeriesState
from bot.model.watchlist import Watchlist


class ArtefactChecks:
    """Asks them of a moment."""

    def __init__(
        self,
        rows: Mapping[str, tuple[Entity, ...]],
        watch: Watchlist,
        calendar: tuple[artefacts.Expected, ...],
    ) -> None:
        """Know which rows are places, and which are parts of one place."""
        self._rows = rows
        self._calendar = calendar
        self._place = {i: [watch.place_of[e] for e in rows[i]] for i in rows}
        self._whole = {
            i: np.array([watch.place_of[e] == e for e in rows[i]], dtype=np.bool_)
            for i in rows
        }

    def health(self, told: list[Finding], moment: Snapshot) -> tuple[Check, ...]:
        """Whether the sources could be believed."""
        used = {f.signal for f in told}
        return tuple(
            Check(
                name=f"source-health:{signal_id}",
                passed=None if checked.ill is None else not checked.ill,
                note=checked.reason,
            )
            for signal_id, checked in moment.health.items()
            if signal_id in used
        )

    def foreseen(self, place: Entity, told: list[Finding]) -> tuple[Check, ...]:
        """Whether a drop was expected just then."""
        if not self._calendar:
            return ()
        onset = max((f.onset for f in told if f.onset is not None), default=None)
        return (artefacts.foreseen(self._calendar, place, onset),)

    def closely(
        self, place: Entity, told: list[Finding], moment: Snapshot
    ) -> tuple[Check, ...]:
        """What takes a look at more than findings: at other places, and at the past."""
        down = [f for f in told if f.state is SeriesState.DROPPED]
        own = [f for f in down if f.entity == place]
        return (
            *self._twins(place, down, moment),
            *_days(own, moment),
            *_population(own, moment),
            self._rise(told, moment),
        )

    def _rise(self, told: list[Finding], moment: Snapshot) -> Check:
        """Whether what reads ordinary again only rose with everybody else."""
        back = {
            f.signal
            for f in told
            if f.state is SeriesState.ORDINARY and f.recovered is not None
        }
        high = [i for i in sorted(back) if moment.swollen(i, self._whole[i])]
        return Check("source-rise", passed=not high, note=", ".join(high))

    def _twins(
        self, place: Entity, down: list[Finding], moment: Snapshot
    ) -> tuple[Check, ...]:
        """Whether what one lost another gained: a new map, or a new number."""
        found = {"geolocation": "", "renumbering": ""}
        for f in down:
            if f.family not in artefacts.COUNTED:
                continue
            own = f.entity == place
            if not own and f.entity.kind is not EntityKind.ASN:
                continue  # regions do not take over each other's addresses
            others, seen = self._others(f, place), moment.look(f.signal)
            row = artefacts.twin(seen, moment.row(f), others, moment.before(f))
            if row >= 0:
                name = "geolocation" if own else "renumbering"
                found[name] = f"{self._rows[f.signal][row]} rose as {f.entity} fell"
        return tuple(Check(n, passed=not note, note=note) for n, note in found.items())

    def _others(self, f: Finding, place: Entity) -> Flags:
        """Other places for a place, the siblings in its own place for a part."""
        same = np.array([p == place for p in self._place[f.signal]], dtype=np.bool_)
        whole = self._whole[f.signal]
        return whole & ~same if f.entity == place else ~whole & same


def _days(down: list[Finding], moment: Snapshot) -> Iterator[Check]:
    """Whether another kind of day, or a clock that was set, keeps people away.

    Neither moves the network: where that fell too, both questions are answered.
    """
    if not down:
        return
    people = [f for f in down if f.family in artefacts.PEOPLE]
    pasts = [] if len(people) < len(down) else [moment.past(f) for f in people]
    day = bool(pasts) and all(map(day_shapes.like_another_day, pasts))
    hour = bool(pasts) and all(map(day_shapes.like_another_hour, pasts))
    yield Check("season", not day, "as low at these hours on other days" * day)
    yield Check("clock-change", not hour, "ordinary for an hour off" * hour)


def _population(down: list[Finding], moment: Snapshot) -> Iterator[Check]:
    """Whether more than a handful of networks make up what fell."""
    counted = [f for f in down if moment.least(f) > 0]
    if not counted:
        return
    enough = any(
        moment.look(f.signal).expected[moment.row(f)] >= artefacts.FEW * moment.least(f)
        for f in counted
    )
    note = "" if enough else "few networks are the whole place"
    yield Check("population", passed=enough, note=note)
