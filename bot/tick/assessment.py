"""Assessment: detects drops, and advances incidents by the verdicts on their places."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial

import numpy as np

from bot.detection import batch, kernel_calls
from bot.detection.artefact_checks import ArtefactChecks
from bot.detection.fusion.place_findings import PlaceFindings
from bot.detection.fusion.rules import SHALLOW_RULE
from bot.detection.fusion.verdict import verdict_of, with_checks
from bot.detection.kernel.columns import NEVER
from bot.detection.run import (
    AssessmentEnd,
    DetectionState,
    IncidentPlaces,
    PanelReadings,
    initial_state,
    run,
)
from bot.detection.series_states import SeriesStates, states_of_rows
from bot.detection.setup import (
    DetectionSetup,
    is_twin,
    twin_panels,
    twin_revisions,
    with_twins,
)
from bot.detection.snapshot import Snapshot
from bot.detection.source_health import Health
from bot.editorial.isolation import FAILED_OUTCOME, Work, call_and_catch, describe_error
from bot.incidents import facts, opening, reassessment, transitions
from bot.incidents.steps import NoStep, Step
from bot.model.entity import Entity, SeriesKey
from bot.model.event import IncidentChange
from bot.model.incident import Abstention, Incident, State, Trace, UnreadableIncident
from bot.model.operations import AlertKind, OperatorAlert
from bot.model.signal import Panel, Signal
from bot.model.verdict import Finding, Verdict
from bot.model.watchlist import Watchlist
from bot.tick.evidence import (
    drops_since,
    evidence_of,
    silences_since,
    with_precise_end,
    with_precise_onset,
)
from bot.tick.history import History
from bot.tick.rules import AssessmentResults, AssessmentRules

_WORKERS = 2
"""How many signals are assessed at the same time; more would need more memory."""


class Assessor:
    """Assesses due bins, and advances the newest incident of each place.

    Attributes:
        state: the state of detection after the last assessed bin.
        failures: an operator alert for each place whose last assessment failed.
    """

    def __init__(
        self,
        signals: Mapping[str, Signal],
        rows: Mapping[str, tuple[Entity, ...]],
        watchlist: Watchlist,
        rules: AssessmentRules,
        incidents: tuple[Incident, ...],
        unreadable: tuple[UnreadableIncident, ...] = (),
    ) -> None:
        """Start without detection state, from the newest incident of each place.

        The newest incidents of some places may be `unreadable` in the store; see
        `opening.refuse_if_same`.
        """
        self._setup = with_twins(
            DetectionSetup(signals, rows, watchlist, rules.thresholds)
        )
        self._rules = rules
        self.state: DetectionState = initial_state(self._setup)
        self._checks = ArtefactChecks(rows, watchlist, rules.calendar)
        self._revised_places: set[Entity] = set()
        self._places_were_reported = False
        self._newest_incidents = {incident.place: incident for incident in incidents}
        self._unreadable = {incident.place: incident for incident in unreadable}
        # The id of a damaged record counts as used, so nothing overwrites the record.
        self._incident_ids = {i.id for i in incidents} | {i.id for i in unreadable}
        # An abstention is stored only if it differs from the last one of its place, and
        # not again in every bin.
        self._last_abstention: dict[Entity, tuple[str, str]] = {}
        self.failures: dict[Entity, OperatorAlert] = {}

    @property
    def states(self) -> dict[str, SeriesStates]:
        """The states of all series, by signal id (with twins: see `with_twins`)."""
        return {id_: state.series for id_, state in self.state.items()}

    @property
    def last_bins(self) -> dict[str, int]:
        """The last assessed bin of each signal; `NEVER` if it has none.

        Twins are left out (see `setup.with_twins`).
        """
        states = self.states.items()
        return {id_: state.index for id_, state in states if not is_twin(id_)}

    @property
    def open_incidents(self) -> tuple[Incident, ...]:
        """Return the open incidents."""
        return tuple(i for i in self._newest_incidents.values() if i.is_open)

    def series_of(self, place: Entity) -> Iterator[SeriesKey]:
        """Yield entity and signal id of each series of a place and its parts."""
        for signal_id, row in self._setup.members.get(place, ()):
            yield self._setup.by_signal[signal_id].entities[row], signal_id

    def signal(self, signal_id: str) -> Signal:
        """Return the signal with this id; it may be a twin (see `setup.with_twins`)."""
        return self._setup.signals[signal_id]

    @property
    def health(self) -> dict[str, Health]:
        """Whether each signal could be believed in its last assessed bin."""
        states = self.state.items()
        return {id_: state.health for id_, state in states if not is_twin(id_)}

    def restore_states(self, signal_id: str, states: SeriesStates) -> None:
        """Replace the states of a signal's series by the stored states."""
        restored = replace(self.state[signal_id], series=states)
        self.state = {**self.state, signal_id: restored}

    def signals_ahead(self, history: History, now: datetime) -> list[str]:
        """Return the ids of signals that were assessed beyond the present time.

        If the clock was ahead, the last assessed bin of a signal may lie in the future.
        The signal is not returned if this bin has a reading: the bin was measured,
        whatever the clock shows.

        Args:
            history: has the readings.
            now: the present time; aware, UTC.
        """
        return [
            id_
            for id_, states in self.states.items()
            if not is_twin(id_)
            and (last := states.index) != NEVER
            and self._setup.signals[id_].start_of(last + 1) > now
            and last > (history.newest_bin(id_) or NEVER)
        ]

    def reassess_until(self, history: History, until: datetime) -> None:
        """Discard all states of detection, and assess the readings again up to `until`.

        No incident is advanced by this: its events up to `until` are recorded already,
        or would be too old to be published now.
        """
        state = initial_state(self._setup)
        panels = twin_panels(self._setup, history.panels())
        self.state = {
            id_: batch.assess(
                signal, panels[id_], state[id_], signal.first_bin_due_from(until)
            ).state
            for id_, signal in self._setup.by_signal.items()
        }

    def trace(self, panel: Panel, row: int, since: datetime) -> Trace:
        """Return the trace of a panel's row from `since` to its last assessed bin."""
        id_ = panel.signal.id
        states = states_of_rows(self.state[id_].series, np.array([row]))
        return batch.trace_of_row(self._setup.by_signal[id_], panel, states, row, since)

    def apply_correction(self, change: IncidentChange) -> None:
        """Replace the newest incident of a place by its corrected or retracted form."""
        place = change.incident.place
        newest = self._newest_incidents.get(place)
        # A person may correct an older incident of the place, which must not replace
        # the newest one.
        is_only = newest is None and place not in self._unreadable
        if is_only or (newest is not None and newest.id == change.incident.id):
            self._newest_incidents[place] = change.incident

    def assess(self, history: History, now: datetime) -> AssessmentResults:
        """Assess every bin that is due by `now` and was not assessed yet."""
        results = AssessmentResults()
        # The loops of detection are compiled in the main thread, where Ctrl-C can
        # interrupt the compilation.
        if self._setup.by_signal:
            kernel_calls.compile_kernel(
                next(iter(self._setup.by_signal.values())).params
            )
        readings = PanelReadings(
            twin_panels(self._setup, history.panels()),
            twin_revisions(self._setup, history.take_changes()),
        )
        # A bin without any reading is assessed only after the grace period, so that a
        # late source does not look like an outage.
        until = AssessmentEnd(now, now - self._rules.grace)
        with ThreadPoolExecutor(_WORKERS) as pool:
            places = IncidentPlaces(self._places_to_follow, self._confirmed_places)
            detected = run(self._setup, readings, self.state, until, places, pool.map)
            self._revised_places |= detected.revised
            # Snapshots come oldest first. So an incident takes the same steps in a tick
            # of one bin as in a replay of a year (P14).
            for snapshot in detected:
                self._advance(snapshot, results)
        self._forget_reported()
        # The iteration above completes `detected.state` and `detected.gaps`.
        self.state = detected.state
        results.gaps += detected.gaps
        return results

    def _places_to_follow(self) -> set[Entity]:
        """Return the places of open incidents, and of incidents with revised readings.

        Detection divides a run into pieces: spans of time whose bins are assessed together.
        It calls this before it takes the snapshots of a piece.
        """
        self._forget_reported()
        self._places_were_reported = True
        return self._open_places() | (
            self._revised_places & set(self._newest_incidents)
        )

    def _forget_reported(self) -> None:
        """Forget revised places without an open incident, if they were reported.

        `_places_to_follow` reports them to detection. This method is called after the next
        verdicts, which have used the revised readings of these places.
        """
        if self._places_were_reported:
            self._revised_places &= self._open_places()
        self._places_were_reported = False

    def _open_places(self) -> set[Entity]:
        return {p for p, incident in self._newest_incidents.items() if incident.is_open}

    def _confirmed_places(self) -> set[Entity]:
        incidents = self._newest_incidents.items()
        return {p for p, i in incidents if i.is_open and i.state is not State.SUSPECTED}

    def _advance(self, snapshot: Snapshot, results: AssessmentResults) -> None:
        """Advance the incident of each place of a snapshot by one step at most."""
        for place in snapshot.places:
            if self._needs_assessment(place) or snapshot.has_drop(place):
                work = partial(self._advance_place, place, snapshot, results)
                self._note_failure(place, snapshot.at, call_and_catch(work), results)

    def _note_failure(
        self,
        place: Entity,
        at: datetime,
        error: Exception | None,
        results: AssessmentResults,
    ) -> None:
        """Record whether the assessment of a place failed.

        It failed if it raised an exception, `error`; if `error` is None, it did not
        fail. A failure does not stop the assessment of the other places (P17).
        """
        if error is None:
            self.failures.pop(place, None)
            return
        # The alert keeps the time of the first failure: since then the place is not
        # assessed (P19).
        since = self.failures[place].since if place in self.failures else at
        note = f"{Work.JUDGEMENT}: {describe_error(error)}"
        self.failures[place] = OperatorAlert(
            AlertKind.INCIDENT, str(place), since, note
        )
        if self._last_abstention.get(place) != (FAILED_OUTCOME, note):
            self._last_abstention[place] = (FAILED_OUTCOME, note)
            rule = f"{Work.JUDGEMENT}-failed"
            results.abstentions.append(
                Abstention(place, at, FAILED_OUTCOME, rule, describe_error(error))
            )

    def _needs_assessment(self, place: Entity) -> bool:
        """Whether a place has an open incident or revised readings."""
        newest = self._newest_incidents.get(place)
        return (newest is not None and newest.is_open) or place in self._revised_places

    def _advance_place(
        self, place: Entity, snapshot: Snapshot, results: AssessmentResults
    ) -> None:
        before, findings = self._newest_incidents.get(place), snapshot.findings(place)
        verdict = self._verdict(before, place, findings, snapshot)
        if before is None and place in self._unreadable:
            incident = self._unreadable[place]
            opening.refuse_if_same(incident, verdict, self._rules.timing)
        # The published onset was made precise, because a slow fall begins before it is
        # detected. So the revised onset is made precise too before they are compared.
        if verdict.revised:
            verdict = reassessment.with_onset_of_its_series(before, verdict)
            verdict = with_precise_onset(verdict, snapshot)
        # Most verdicts lead to no event and need no expensive checks. So the checks are
        # passed as a function.
        checked = partial(self._with_expensive_checks, verdict, findings, snapshot)
        transition = transitions.next_transition(
            before, verdict, self._rules.timing, checked
        )
        verdict, step = transition.verdict, transition.step
        if isinstance(step, NoStep):
            self._abstain(verdict, step.reason, results)
        else:
            verdict = opening.with_own_onset(before, verdict, step)
            verdict = with_precise_onset(verdict, snapshot)
            step = with_precise_end(step, verdict, snapshot)
            results.changes.append(self._change(before, verdict, step, snapshot))

    def _change(
        self,
        before: Incident | None,
        verdict: Verdict,
        step: Step,
        snapshot: Snapshot,
    ) -> IncidentChange:
        place, at = verdict.place, verdict.at
        onset = verdict.onset.since if verdict.onset else at
        since, continued = onset, None
        # If the step continues an incident, the evidence begins with the first onset of
        # the incident, even if the drop is a later one (P2).
        if before is not None and opening.continues(before, step):
            since, continued = before.onset.since, before
        drops = drops_since(verdict, snapshot, since)
        inputs = facts.FactInputs(
            before=before,
            step=step,
            verdict=verdict,
            evidence=evidence_of(continued, step, verdict, drops, snapshot, since),
            drops=drops,
            silences=silences_since(verdict, snapshot, since),
            watch=self._setup.watchlist,
            signals=self._setup.signals,
            grace=self._rules.grace,
            reconstruction=self._rules.reconstruction,
            drill=self._rules.drill,
        )
        change = facts.change_of_step(
            inputs, transitions.new_incident_id(place, onset, self._incident_ids)
        )
        self._newest_incidents[place] = change.incident
        # New ids are stored only when the whole assessment ends. Until then they are
        # remembered here, so that two incidents of a tick never share an id (P2).
        self._incident_ids.add(change.incident.id)
        self._last_abstention.pop(place, None)
        self._revised_places.discard(place)
        return change

    def _abstain(
        self, verdict: Verdict, reason: str, results: AssessmentResults
    ) -> None:
        """Record why a verdict leads to no event, if the reason is new (P17)."""
        if self._last_abstention.get(verdict.place) != (verdict.rule, reason):
            self._last_abstention[verdict.place] = (verdict.rule, reason)
            results.abstentions.append(
                Abstention(
                    verdict.place, verdict.at, verdict.outcome, verdict.rule, reason
                )
            )

    def _verdict(
        self,
        before: Incident | None,
        place: Entity,
        findings: list[Finding],
        snapshot: Snapshot,
    ) -> Verdict:
        """Return the verdict of a place, before the expensive checks."""
        rules = self._rules
        case = PlaceFindings(
            place=place,
            at=snapshot.at,
            own=tuple(f for f in findings if f.entity == place),
            parts=tuple(f for f in findings if f.entity != place),
            checks=(
                *self._checks.source_health_checks(findings, snapshot),
                *self._checks.expected_event_checks(place, findings),
            ),
            shallow=tuple(snapshot.shallow_findings(place)),
            follows_shallow=(
                before is not None and before.is_open and before.rule == SHALLOW_RULE
            ),
        )
        verdict = verdict_of(case, self._setup.watchlist, rules.thresholds, rules.table)
        return (
            replace(verdict, revised=True) if place in self._revised_places else verdict
        )

    def _with_expensive_checks(
        self, verdict: Verdict, findings: list[Finding], snapshot: Snapshot
    ) -> Verdict:
        """Run the expensive checks; return the verdict with their results."""
        checks = self._checks.expensive_checks(verdict.place, findings, snapshot)
        return with_checks(verdict, checks, self._rules.table)
