"""The smallest drop that the rules could notice, and what a page says of it."""

import math
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from bot.detection import kernel_calls
from bot.detection.fusion.smallest_drops import SmallestDrops, smallest_drops
from bot.detection.kernel_calls import utc_clocks
from bot.detection.thresholds import Limit, Thresholds, signal_params
from bot.detection.traces import make_trace
from bot.model.incident import Trace
from bot.model.incident_report import IncidentReport
from bot.model.signal import Family, Signal
from bot.model.verdict import SeriesState
from bot.site.incident_page.smallest_drops import smallest_drops_view
from bot.text.translations import load_translations
from tests.builders import event, evidence, facts, incident_of
from tests.signals import START, STEP, WEEK, a_panel, a_signal, a_week_of
from tests.unit.test_drops import finding_of, states_after
from tests.unit.test_pages import writer
from tests.unit.test_status_page import program_of

THRESHOLDS = Thresholds()
TEN_MINUTES = timedelta(minutes=10)
PROBING = a_signal(step=TEN_MINUTES)
ROUTES = a_signal(family=Family.CONTROL_PLANE, step=TEN_MINUTES)
TRAFFIC = a_signal(family=Family.TRAFFIC, minimum=0.0)
TELESCOPE = a_signal(family=Family.TELESCOPE)


def trace_of(signal: Signal, expected: float = 1000.0, *spreads: float | None) -> Trace:
    return Trace(
        a_panel(np.ones(1)).entities[0],
        signal.id,
        signal.family,
        signal.unit,
        START,
        signal.step_s,
        (expected,) * len(spreads),
        (expected,) * len(spreads),
        spreads,
    )


def drops_of(signal: Signal, *spreads: float | None) -> SmallestDrops:
    drops = smallest_drops(signal, trace_of(signal, 1000.0, *spreads), THRESHOLDS)
    assert drops is not None
    return drops


def test_quiet_series_is_limited_by_its_threshold_alone():
    for signal in (PROBING, ROUTES, TRAFFIC, TELESCOPE):
        limit = 1 - THRESHOLDS.limit_of(signal).on
        joint = drops_of(signal, 1.0, 1.0).joint
        assert (joint.least, joint.most) == (limit, limit)


def test_noisy_hours_need_a_deeper_drop():
    joint = drops_of(PROBING, 10.0, 120.0, None).joint
    assert joint.least == pytest.approx(1 - THRESHOLDS.limit_of(PROBING).on)
    assert joint.most == pytest.approx(THRESHOLDS.spreads * 0.12)


def test_configured_limit_is_the_one_that_counts():
    configured = replace(THRESHOLDS, by_signal={PROBING.id: Limit(0.6, 0.8)})
    drops = smallest_drops(PROBING, trace_of(PROBING, 1000.0, 1.0), configured)
    assert drops is not None
    assert drops.joint.least == pytest.approx(0.4)


def test_drop_alone_is_sustained_and_in_a_strong_family():  # P7
    assert drops_of(TELESCOPE, 1.0).alone is None
    alone, joint = drops_of(TRAFFIC, 1.0).alone, drops_of(TRAFFIC, 1.0).joint
    assert alone is not None
    assert (alone.least, alone.bins, alone.span) == (0.5, 2, 2 * STEP)
    assert (round(joint.least, 6), joint.bins, joint.span) == (0.3, 1, STEP)
    assert drops_of(PROBING, 1.0).alone == drops_of(PROBING, 1.0).joint


def test_without_a_spread_nothing_is_known():  # P5
    for spreads in ((), (None, None)):
        trace = trace_of(PROBING, 1000.0, *spreads)
        assert smallest_drops(PROBING, trace, THRESHOLDS) is None


def test_baseline_that_is_too_small_shows_no_drop():
    drops = smallest_drops(PROBING, trace_of(PROBING, 5.0, 0.1), THRESHOLDS)
    assert drops is not None
    assert drops.joint.least == math.inf


@pytest.mark.parametrize("signal", [PROBING, ROUTES, TELESCOPE], ids=lambda s: s.family)
@pytest.mark.parametrize("noise", [0.001, 0.03])
def test_detection_agrees_about_the_smallest_drop(signal, noise):
    """P18: no smaller drop is noticed; one beyond the noise of all hours is."""
    values = a_week_of(noise=noise)
    wide = replace(signal, step=STEP)
    params, panel = signal_params(wide, THRESHOLDS), a_panel(values, wide)
    states = states_after(values, params=params)
    inputs = kernel_calls.kernel_inputs_of(panel, states, [0], utc_clocks(1))
    trace = make_trace(panel, states, inputs, params, START + STEP * 3 * WEEK, "")
    drops = smallest_drops(wide, trace, THRESHOLDS)
    assert drops is not None
    # The baselines of the next hours differ a little from those of the last week.
    for depth, state in (
        (drops.joint.least - 0.03, SeriesState.ORDINARY),
        (drops.joint.most + 0.06, SeriesState.DROPPED),
    ):
        low = [1000.0 * (1 - depth)] * drops.joint.bins
        after = np.concatenate([values, np.array(low, dtype=np.float32)])
        assert finding_of(after, wide).state is state


def sentences_of(tmp_path, spread: float = 14.0, *, is_known: bool = True) -> str:
    """Return what a page says of the smallest drops, with this spread of 1000."""
    shown = event(facts=facts())
    traces = evidence(shown.facts)
    changed = tuple(
        replace(trace, spread=(spread,) * len(trace.spread)) for trace in traces.traces
    )
    own = {trace.signal: trace for trace in traces.traces}
    program = program_of()
    signals = tuple(
        replace(a_signal(name, trace.family), step=TEN_MINUTES)
        for name, trace in own.items()
    )
    report = IncidentReport(
        incident_of(shown),
        (shown,),
        {shown.key: replace(traces, traces=changed if is_known else ())},
        {},
        (),
        (),
    )
    known = replace(program, signals=signals)
    renderer = replace(writer(tmp_path), program=known)
    renderer.publish_page(report)
    text = (tmp_path / "i" / shown.incident / "index.txt").read_text("utf-8")
    html = (tmp_path / "i" / shown.incident / "index.html").read_text("utf-8")
    view = smallest_drops_view(
        report, known, load_translations(renderer.templates, "en")
    )
    assert view is not None
    for sentence in view.sentences:
        assert sentence in html
        assert sentence in " ".join(text.split())
    return "\n".join(view.sentences)


def test_page_says_the_smallest_drop_of_each_series(tmp_path):
    text = sentences_of(tmp_path)
    assert "suspected alone only from 20% below normal" in text
    assert "low readings needed: 2 (20 minutes)." in text


def test_page_names_no_depth_that_noise_hides(tmp_path):
    text = sentences_of(tmp_path, spread=240.0)
    assert "at some hours not even a total fall stands out" in text


def test_page_says_if_the_smallest_drop_is_not_known(tmp_path):  # P5
    text = sentences_of(tmp_path, is_known=False)
    assert "not known; no usual variation is stored" in text
    assert "%" not in text
