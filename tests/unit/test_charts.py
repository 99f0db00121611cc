"""Charts are exact, readable and reproducible."""

import csv as csvlib
import io
import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from matplotlib.patches import PathPatch

from bot.charts.canvas import fonts
from bot.charts.canvas.layout import (
    Box,
    day_ticks,
    gap_intervals,
    isolated_values,
    line_crosses_box,
    place_labels,
    upper_limit,
)
from bot.charts.data import Curves, gather_curves
from bot.charts.frame import Captions
from bot.charts.illustrator import Illustrator
from bot.charts.kinds.lines import compose
from bot.errors import RenderingError
from bot.evaluation.error_charts import draw_traces
from bot.model.entity import parse_entity
from bot.model.incident import EventKind, Evidence, Trace
from bot.model.interval import utc_from_epoch
from bot.model.signal import Family
from bot.model.verdict import round_to_percent
from bot.places import load_register, local_time
from bot.site.data_files import HEADER, csv_text
from bot.sources.registry import all_brands
from bot.text.times import TimeFormatter
from bot.text.translations import environment, load_translations, templates_root
from tests.builders import (
    EVERY_KIND,
    IR,
    KZ,
    PROBING,
    ROUTING,
    TRAFFIC,
    between,
    changed,
    escalated,
    event,
    evidence,
    facts,
    iran_partial,
    mobile,
    restored,
    series,
    suspected,
    trace,
    utc,
)

TEMPLATES = environment(templates_root(), all_brands())
WORDS = load_translations(TEMPLATES, "en")
REGISTER = load_register()
ARTIST = Illustrator(TEMPLATES, WORDS, REGISTER, "https://outagewire.example")
IRAN = (
    Path(__file__).parents[2].parent / "shared/data/recordings/iran-2026-01/series.csv"
)


def scene_of(kind, event_facts, given=None):
    given = given or evidence(event_facts)
    curves = gather_curves(given, event_facts, WORDS, REGISTER)
    return ARTIST.scene(event(kind, facts=event_facts), curves)


def texts_on(canvas):
    return canvas.texts


def test_same_evidence_gives_the_same_bytes():
    """P14: the same evidence gives the same picture, byte for byte."""
    event_facts = escalated()
    first = compose(scene_of(EventKind.ESCALATED, event_facts)).png()
    again = compose(scene_of(EventKind.ESCALATED, event_facts)).png()
    assert first == again
    assert first.startswith(b"\x89PNG")
    assert b"tEXt" not in first
    assert int.from_bytes(first[16:20]) == 1600
    assert int.from_bytes(first[20:24]) == 900


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("reconstruction", [False, True])
def test_no_text_overlaps_another_or_leaves_the_picture(kind, reconstruction):
    event_facts = EVERY_KIND[kind](reconstruction=reconstruction)
    canvas = compose(scene_of(kind, event_facts))
    page = Box(0, 0, 1600, 900)
    for box in canvas.text_boxes:
        assert page.left <= box.left < box.right <= page.right, box
        assert page.bottom <= box.bottom < box.top <= page.top, box
    for box, other in itertools.combinations(canvas.text_boxes, 2):
        assert not box.overlaps(other), (box, other)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_fonts_have_glyphs_for_all_text(kind):
    canvas = compose(scene_of(kind, EVERY_KIND[kind]()))
    for run in canvas.text_runs:
        assert not fonts.missing(run.text, run.style.weight)


def test_picture_has_credit_licence_as_of_and_address():
    """P13: the picture names the source of its data and the licence."""
    texts = "\n".join(texts_on(compose(scene_of(EventKind.CONFIRMED, facts()))))
    assert (
        "Data: IODA, Internet Intelligence Lab, Georgia Tech \u2013 all rights" in texts
    )
    assert "As of 11:00 UTC on 5 January 2022 (17:00 in Almaty)" in texts
    assert "newest values may be revised" in texts
    assert "KZ-2022-0104 · outagewire.example/i/KZ-2022-0104" in texts
    assert "OUTAGEWIRE" in texts
    assert "Almaty time (UTC+6)" in texts


def test_reconstruction_is_marked_twice_on_the_picture():
    canvas = compose(scene_of(EventKind.CONFIRMED, mobile(reconstruction=True)))
    texts = texts_on(canvas)
    assert "RECONSTRUCTION" in texts
    assert any(t.startswith("Reconstruction from published facts") for t in texts)


def test_a_suspected_chart_never_says_confirmed():
    """P7: the chart of a suspected incident does not say that it is confirmed."""
    texts = " ".join(texts_on(compose(scene_of(EventKind.SUSPECTED, suspected()))))
    assert "confirmed" not in texts.lower()
    assert "one source, not corroborated" in texts
    assert "Disruption" not in texts


def test_networks_are_named_at_their_lines():
    texts = texts_on(compose(scene_of(EventKind.CONFIRMED, mobile())))
    for name in ("Kcell 28%", "Tele2 31%", "Beeline 41%", "Kazakhstan 91%"):
        assert name in texts
    assert (
        "Mobile internet in Kazakhstan falls to 28\u201341% of normal levels" in texts
    )


@pytest.mark.parametrize("level", [0.004, 0.025, 0.0249, 0.3349, 0.995, 1.0])
def test_title_line_alt_text_and_data_share_one_number(level):
    """P4: title, line label, alt text and CSV file round a level to the same percentage."""
    event_facts = facts(level=level)
    given = evidence(event_facts)
    curves = gather_curves(given, event_facts, WORDS, REGISTER)
    number = WORDS.percent(level)
    texts = texts_on(compose(ARTIST.scene(event(facts=event_facts), curves)))
    assert (
        f"Internet connectivity in Kazakhstan falls to {number} of normal levels"
        in texts
    )
    assert f"Active probing {number}" in [" ".join(text.split()) for text in texts]
    assert f"active probing {number}" in ARTIST.describe(
        event(facts=event_facts), given
    )
    rows = csvlib.DictReader(io.StringIO(csv_text(given, event_facts, curves.window)))
    last = [row for row in rows if row["signal"] == PROBING][-1]
    assert round_to_percent(
        float(last["percent_of_ordinary"]) / 100
    ) == round_to_percent(level)


def test_picture_that_contradicts_the_facts_is_refused():
    """P4: no chart is drawn if the principal line and the facts have different levels."""
    event_facts = facts()
    traces = evidence(event_facts).traces
    wrong = replace(traces[0], values=tuple(v and v * 4 for v in traces[0].values))
    with pytest.raises(RenderingError, match=r"facts say 0\.020"):
        gather_curves(Evidence((wrong, *traces[1:])), event_facts, WORDS, REGISTER)


def test_without_a_series_there_is_no_picture():
    with pytest.raises(RenderingError, match="no series"):
        gather_curves(Evidence(()), facts(), WORDS, REGISTER)


def test_chart_has_five_lines_with_the_principal_first():
    event_facts = escalated()
    curves = gather_curves(evidence(event_facts), event_facts, WORDS, REGISTER)
    names = [line.name for line in curves.lines]
    assert names == ["Active probing", "Google traffic", "Kcell", "Tele2", "Beeline"]


@pytest.mark.parametrize(
    ("hours", "least", "most"), [(0.5, 36, 36), (8, 48, 48), (24, 72, 72), (90, 72, 72)]
)
def test_window_before_onset_grows_with_the_duration(hours, least, most):
    event_facts = facts()
    event_facts = changed(
        event_facts, as_of=event_facts.timing.onset.since + timedelta(hours=hours)
    )
    traces = (trace(event_facts.levels.series[0], event_facts, days_before=12.0),)
    shown = (
        event_facts.timing.onset.since
        - gather_curves(Evidence(traces), event_facts, WORDS, REGISTER).window.since
    )
    assert timedelta(hours=least) <= shown <= timedelta(hours=most)


def test_routing_series_of_network_ends_at_the_as_of():
    """P9: a line of a network does not extend the chart beyond the as-of time."""
    event_facts = facts(level=0.3, principal=ROUTING, series=(series(ROUTING, 0.3),))
    (series_trace,) = evidence(event_facts).traces
    newest = series_trace.first + timedelta(
        seconds=series_trace.step_s * (len(series_trace.values) - 1)
    )
    event_facts = changed(
        event_facts,
        as_of=newest,
        series=(replace(event_facts.levels.series[0], as_of=newest),),
    )
    beside = replace(series_trace, entity=parse_entity("asn:64500"))
    curves = gather_curves(
        Evidence((series_trace, beside)), event_facts, WORDS, REGISTER
    )
    assert curves.window.until == newest


def test_missing_bin_breaks_the_line_instead_of_zero():
    """P5: missing bins are a hatched gap in the line; the line does not fall to zero."""
    event_facts = facts()
    traces = evidence(event_facts).traces
    with_gaps = replace(
        traces[0],
        values=tuple(
            None if 480 <= n < 500 else v for n, v in enumerate(traces[0].values)
        ),
    )
    curves = gather_curves(
        Evidence((with_gaps, *traces[1:])), event_facts, WORDS, REGISTER
    )
    line = curves.principal
    assert np.isnan(line.percent).sum() == 20
    ((begin, end),) = gap_intervals(line.ends, line.percent, 600)
    assert end - begin == 20 * 600
    canvas = compose(ARTIST.scene(event(facts=event_facts), curves))
    drawn = series_on(canvas)[f"series {KZ} {PROBING}"]
    assert np.isnan(drawn).sum() == 20
    hatched = [
        artist
        for artist in canvas.figure.artists
        if isinstance(artist, PathPatch) and artist.get_hatch()
    ]
    assert len(hatched) == 1


def test_routing_bin_stands_for_its_start_time():
    """P9: a bin of routes is drawn at its start, and not one bin later, at its end."""
    event_facts = facts(level=0.3, principal=ROUTING, series=(series(ROUTING, 0.3),))
    (series_trace,) = evidence(event_facts).traces
    newest = series_trace.first + timedelta(
        seconds=series_trace.step_s * (len(series_trace.values) - 1)
    )
    event_facts = changed(
        event_facts,
        as_of=newest,
        series=(replace(event_facts.levels.series[0], as_of=newest),),
    )
    curves = gather_curves(Evidence((series_trace,)), event_facts, WORDS, REGISTER)
    assert utc_from_epoch(float(curves.principal.ends[-1])) == newest
    assert curves.window.until == newest
    text = csv_text(Evidence((series_trace,)), event_facts, curves.window)
    assert text.splitlines()[-1].startswith(newest.strftime("%Y-%m-%dT%H:%M"))


def test_axis_starts_at_zero_and_lines_equal_the_data():
    event_facts = facts()
    curves = gather_curves(evidence(event_facts), event_facts, WORDS, REGISTER)
    canvas = compose(ARTIST.scene(event(facts=event_facts), curves))
    labels = dict(zip(canvas.texts, canvas.text_boxes, strict=True))
    zero, whole = (
        (labels[text].top + labels[text].bottom) / 2 for text in ("0%", "100%")
    )
    for line in curves.lines:
        drawn = series_on(canvas)[f"series {line.trace.entity} {line.trace.signal}"]
        level = (drawn - zero) / (whole - zero) * 100
        assert np.allclose(level, line.percent, atol=0.4)


def series_on(canvas):
    """Return the y coordinates of each drawn series by id, in pixels from the bottom."""
    return {
        line.get_gid(): np.asarray(line.get_ydata(), dtype=float)
        for line in canvas.figure.artists
        if str(line.get_gid()).startswith("series ")
    }


def test_data_has_credit_and_licence_in_every_row():
    """P13: each row of the CSV file names the source of the data and its licence."""
    event_facts = mobile(reconstruction=True)
    curves = gather_curves(evidence(event_facts), event_facts, WORDS, REGISTER)
    text = csv_text(evidence(event_facts), event_facts, curves.window)
    rows = list(csvlib.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == HEADER
    assert {r["credit"] for r in rows} == {
        "IODA, Internet Intelligence Lab, Georgia Tech"
    }
    assert {r["licence"] for r in rows} == {"all rights reserved"}
    assert {r["basis"] for r in rows} == {"reconstruction"}
    assert text == csv_text(evidence(event_facts), event_facts, curves.window)


def test_a_missing_reading_is_an_empty_field():
    """P5: a missing reading is an empty field in the CSV file, not a zero."""
    event_facts = facts()
    series_trace = evidence(event_facts).traces[0]
    with_gaps = replace(
        series_trace, values=(*series_trace.values[:-2], None, series_trace.values[-1])
    )
    curves = gather_curves(Evidence((with_gaps,)), event_facts, WORDS, REGISTER)
    rows = list(
        csvlib.DictReader(
            io.StringIO(csv_text(Evidence((with_gaps,)), event_facts, curves.window))
        )
    )
    assert rows[-2]["value"] == rows[-2]["percent_of_ordinary"] == ""
    assert rows[-2]["expected"] != ""


def test_labels_are_placed_within_bounds_without_overlap():
    placed = place_labels([10.0, 11.0, 12.0, 99.0], [20.0] * 4, 0.0, 100.0)
    assert sorted(placed) == placed
    assert all(b - a >= 20.0 for a, b in itertools.pairwise(placed))
    assert placed[0] >= 10.0
    assert placed[-1] <= 90.0


def test_labels_far_apart_stay_where_they_are():
    assert place_labels([20.0, 80.0], [20.0, 20.0], 0.0, 100.0) == [20.0, 80.0]


def test_day_ticks_are_few_midnights_of_the_zone():
    window = between("2022-01-01 10:00", "2022-01-21 10:00")
    ticks = day_ticks(window, local_time(window.since, "Asia/Tehran").tzinfo or UTC)
    assert 2 <= len(ticks) <= 8
    assert {(t.hour, t.minute) for t in ticks} == {(0, 0)}


def test_upper_limit_is_between_125_and_200_percent():
    assert upper_limit([np.array([3.0, np.nan])]) == 125.0
    assert upper_limit([np.array([130.0])]) == 150.0
    assert upper_limit([np.array([900.0])]) == 200.0
    assert upper_limit([np.array([np.nan])]) == 125.0


def test_isolated_values_are_drawn_as_dots():
    nan = np.nan
    isolated = isolated_values(np.array([1.0, nan, 2.0, nan, 3.0, 4.0]))
    assert isolated.tolist() == [True, False, True, False, False, False]


def test_line_between_two_samples_blocks_text_too():
    xs, ys = np.array([0.0, 100.0]), np.array([0.0, 100.0])
    assert line_crosses_box(Box(40, 40, 60, 60), xs, ys)
    assert not line_crosses_box(Box(40, 70, 60, 90), xs, ys)


def _median_week(
    values: dict[float, float | None], at: float, until: float
) -> float | None:
    """Return the median reading at this time of past weeks; None without readings.

    Of the times in the past seven weeks, the newest six before `until` count.
    """
    week = 7 * 86400
    past = [values.get(at - n * week) for n in range(1, 8) if at - n * week < until]
    readings = [v for v in past[:6] if v is not None]
    return median(readings) if readings else None


def _iran(signals: tuple[str, ...], until: str) -> tuple[Trace, ...]:
    """Return traces of the recording iran-2026-01 from 1 January 2026 to `until`."""
    rows: dict[str, dict[float, float | None]] = {}
    with IRAN.open(encoding="utf-8", newline="") as stream:
        for row in csvlib.DictReader(stream):
            at = datetime.fromisoformat(row["time"]).astimezone(UTC).timestamp()
            value = float(row["value"]) if row["value"] else None
            rows.setdefault(row["signal"], {})[at] = value
    cut, end = utc("2026-01-08 16:00").timestamp(), utc(until).timestamp()
    families = {PROBING: Family.ACTIVE_PROBING, TRAFFIC: Family.TRAFFIC}
    traces = []
    for signal in signals:
        values = rows[signal]
        times = [
            t for t in sorted(values) if utc("2026-01-01 00:00").timestamp() <= t < end
        ]
        expected = tuple(_median_week(values, t, cut) for t in times)
        traces.append(
            Trace(
                entity=IR,
                signal=signal,
                family=families.get(signal, Family.CONTROL_PLANE),
                unit="percent of the series maximum",
                first=utc_from_epoch(times[0]),
                step_s=1800,
                values=tuple(values[t] for t in times),
                expected=expected,
                spread=tuple(None if e is None else 0.02 * e for e in expected),
            )
        )
    return tuple(traces)


def test_recorded_iran_2026_chart_has_one_consistent_number():
    if not IRAN.is_file():
        pytest.skip("the recording iran-2026-01 is not on this machine")
    traces = _iran((PROBING, TRAFFIC, ROUTING), "2026-01-11 12:00")
    levels = [(t.values[-1] or 0.0) / (t.expected[-1] or 1.0) for t in traces]
    event_facts = iran_partial(
        as_of=utc("2026-01-11 12:00"),
        level=levels[0],
        families=(Family.ACTIVE_PROBING, Family.TRAFFIC),
        opened_by=(Family.ACTIVE_PROBING, Family.TRAFFIC),
        returned=(),
        series=tuple(
            series(t.signal, v, IR) for t, v in zip(traces, levels, strict=True)
        ),
    )
    scene = scene_of(EventKind.CONFIRMED, event_facts, Evidence(traces))
    canvas = compose(scene)
    texts = texts_on(canvas)
    assert (
        scene.captions.title
        == "Internet connectivity in Iran falls to 3% of normal levels"
    )
    assert "Active probing 3%" in texts
    assert "Google traffic 2%" in texts
    assert "BGP routing 98%" in texts
    for box, other in itertools.combinations(canvas.text_boxes, 2):
        assert not box.overlaps(other)


def test_chart_of_restored_incident_marks_the_end():
    texts = texts_on(compose(scene_of(EventKind.RESTORED, restored())))
    assert "Normal level again\n10 Jan, 22:30\u201323:00 UTC" in texts
    assert "Disruption begins\n4 Jan, 14:30\u201316:00 UTC" in texts


def test_curves_end_with_the_newest_bin():
    event_facts = mobile()
    curves: Curves = gather_curves(evidence(event_facts), event_facts, WORDS, REGISTER)
    assert curves.window.until == event_facts.timing.as_of
    assert utc_from_epoch(float(curves.principal.ends[-1])) == event_facts.timing.as_of


def test_missed_event_is_drawn_with_its_labelled_time():
    event_facts = facts()
    captions = Captions(
        title="Kazakhstan: missed",
        subtitle="Percent of normal; shaded: the labelled time",
        badges=(),
        basis="",
        footer=("Data: IODA",),
        as_of="",
        publisher="OUTAGEWIRE",
    )
    window = between("2022-01-02 00:00", "2022-01-05 11:00")
    when = between("2022-01-05 10:30", "2022-01-05 11:00")
    times = TimeFormatter(WORDS, REGISTER, "Asia/Almaty")
    canvas = draw_traces(evidence(event_facts).traces, window, when, captions, times)
    page = Box(0, 0, canvas.width, canvas.height)
    assert all(page.contains(box) for box in canvas.text_boxes)
    for box, other in itertools.combinations(canvas.text_boxes, 2):
        assert not box.overlaps(other)
    assert "Kazakhstan: active probing" in [t.replace("\n", " ") for t in canvas.texts]
