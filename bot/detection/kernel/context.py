"""The data that one run of the compiled loops reads and writes, and its allocation."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.detection.kernel.assessment import KernelWorkspace
from bot.detection.kernel.baselines import MAX_SAMPLES, Samples
from bot.detection.kernel.columns import ASSESSMENT, HOURS, ROW, SPANS
from bot.detection.kernel.health import HealthScratch, allocate_health_scratch
from bot.detection.kernel.inputs import (
    Flags,
    KernelInputs,
    Numbers,
    Record,
    SignalParams,
    Span,
    Values,
    params_record,
)
from bot.detection.kernel.prefilter import Codes, allocate_prefilter_scratch

HealthCodes = npt.NDArray[np.int8]


class ActiveSeries(NamedTuple):
    """The series that are assessed bin by bin; the other series are idle.

    Attributes:
        rows: the numbers of the active series. Only the first `row_count[0]` elements
            are used.
        row_count: how many series are active; an array of one element.
        values: one element per series: its reading in the present bin. Only the
            elements of active series are set.
        codes: shape (series, bins): the `PrefilterCode` of each series in each bin of
            the interval.
    """

    rows: Numbers
    row_count: Numbers
    values: Samples
    codes: Codes


class IdleSeries(NamedTuple):
    """The series that need no assessment in an interval; see the module `idle`.

    Attributes:
        idle: for each series, whether it is idle.
        still: shape (series, bins): whether an idle series repeats its reading in the
            bin, and has done so in so many bins in a row that this counts against the
            health of its source (see `assessment.is_still`).
        weak_count: for each bin, how many idle series are weak (see `Assessment`).
        still_count: for each bin, how many idle series repeat their reading so often.
        by_place: for each place, how many of its series are idle.
    """

    idle: Flags
    still: Flags
    weak_count: Numbers
    still_count: Numbers
    by_place: Numbers


class StateHistory(NamedTuple):
    """The states before the first bin and after each bin; empty if not recorded.

    Attributes:
        states: shape (bins + 1, series), dtype `ROW`: see `StateRow`.
        since, until: shape (bins + 1, series, `SPANS`): see `KernelInputs`.
        hours: shape (bins + 1, series, `HOURS`): see `KernelInputs`.
    """

    states: Record
    since: Numbers
    until: Numbers
    hours: Values


class KernelContext(NamedTuple):
    """All data of one run of the compiled loops.

    Attributes:
        inputs: the readings, the masks, and the kept baselines: for a long drop, the
            hourly baselines of the time before it. Masks and kept baselines are changed
            in place.
        states: one record of dtype `ROW` per series, changed in place.
        params: the signal's parameters, as `inputs.params_record` returns them.
        groups: for each series the number of its place.
        distrusted: the bins [first, until) whose readings are ignored, because the
            source revised the readings of many places.
        source_health: for each bin a `HealthCode`. Normally the run writes it. If
            states are recorded, the run reads it.
        ever_dropped: for each series whether it was in a drop in any bin of the run or
            just before the first bin.
        history: receives the states after each bin, if it has space for them.
        workspace: memory for intermediate results.
        active: the series that are assessed bin by bin.
        idle: the other series.
        health: memory for assessing the health of the source.
    """

    inputs: KernelInputs
    states: Record
    params: Record
    groups: Numbers
    distrusted: Span
    source_health: HealthCodes
    ever_dropped: Flags
    history: StateHistory
    workspace: KernelWorkspace
    active: ActiveSeries
    idle: IdleSeries
    health: HealthScratch


def kernel_context(
    inputs: KernelInputs,
    states: Record,
    params: SignalParams,
    place_numbers: Numbers,
    source_health: HealthCodes,
    distrusted: Span,
) -> KernelContext:
    """Return the context of a run that records no states, with all memory allocated.

    For the arguments see `KernelContext`.
    """
    count, bins = len(states), len(source_health)
    # `loop.assess_bins_of_span` divides the bins into intervals of at most `young` bins.
    # So the memory for one interval has this many columns, one for each bin.
    columns = max(1, min(params.young, bins))
    places = int(place_numbers.max(initial=-1)) + 1
    return KernelContext(
        inputs=inputs,
        states=states,
        params=params_record(params),
        groups=place_numbers,
        distrusted=distrusted,
        source_health=source_health,
        ever_dropped=states["dropped"] > 0,
        # This history has no space, so the loop records no states.
        history=_allocate_history(0, count),
        workspace=KernelWorkspace(
            np.zeros(count, dtype=ASSESSMENT),
            np.empty(MAX_SAMPLES),
            allocate_prefilter_scratch(columns, params),
        ),
        active=_all_active(count, columns),
        idle=_none_idle(count, places, columns),
        health=allocate_health_scratch(count, places),
    )


def with_state_history(context: KernelContext) -> KernelContext:
    """Return the context with space for the states after each bin, to record them."""
    # The first entry is for the states before the first bin, so there is one more than
    # there are bins.
    steps = len(context.source_health) + 1
    return context._replace(history=_allocate_history(steps, len(context.states)))


def _allocate_history(steps: int, count: int) -> StateHistory:
    shape = (steps, count, SPANS)
    since, until = np.empty((2, *shape), dtype=np.int32)
    hours = np.empty((steps, count, HOURS), dtype=np.float32)
    return StateHistory(np.empty(shape[:2], dtype=ROW), since, until, hours)


def _all_active(count: int, columns: int) -> ActiveSeries:
    return ActiveSeries(
        rows=np.arange(count, dtype=np.int32),
        # The count must be changed later. The fields of a tuple cannot be assigned, so
        # it is an array of one element.
        row_count=np.array([count], dtype=np.int32),
        values=np.empty(count, dtype=np.float64),
        codes=np.zeros((count, columns), dtype=np.int8),
    )


def _none_idle(count: int, places: int, columns: int) -> IdleSeries:
    return IdleSeries(
        idle=np.zeros(count, dtype=np.bool_),
        still=np.zeros((count, columns), dtype=np.bool_),
        weak_count=np.zeros(columns, dtype=np.int32),
        still_count=np.zeros(columns, dtype=np.int32),
        by_place=np.zeros(places, dtype=np.int32),
    )
