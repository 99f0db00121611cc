"""The picture is exact, readable, and the same on every machine."""

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
    alone,
    crosses,
    day_ticks,
    gaps,
    spread,
    top_of,
)
from bot.charts.data import Curves, gather
from bot.charts.frame import Captions
from bot.charts.illustrator import Illustrator
from bot.charts.kinds.lines import compose
from bot.errors import RenderingError
from bot.evaluation.error_charts import drawn
from bot.model.entity import parse_entity
from bot.model.incident import EventKind, Evidence, Trace
from bot.model.interval import from_epoch
from bot.model.signal import Family
from bot.places import load_register
from bot.site.data_files import HEADER, write_csv
from bot.text.times import TimeFormatter
from bot.text.translations import (
    environment,
    load_translations,
    templates_root,
    whole_percent,
)
from tests.builders import (
    EVERY_KIND,
    IR,
    KZ,
    PROBING,
    ROUTING,
    TRAFFIC,
    between,
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

TEMPLATES = environment(templates_root())
WORDS = load_translations(TEMPLATES, "en")
REGISTER = load_register()
ARTIST = Illustrator(TEMPLATES, WORDS, REGISTER, "https://outagewire.example")
IRAN = (
    Path(__file__).parents[2].parent / "shared/data/recordings/iran-2026-01/series.csv"
)


def scene_of(kind, told, given=None):
    given = given or evidence(told)
    curves = gather(given, told, WORDS, REGISTER)
    return ARTIST.scene(event(kind, facts=told), curves)


def texts_on(sheet):
    return sheet.said


def test_the_same_evidence_gives_the_same_bytes():
    """P14."""
    told = escalated()
    first = compose(scene_of(EventKind.ESCALATED, told)).png()
    again = compose(scene_of(EventKind.ESCALATED, told)).png()
    assert first == again
    assert first.startswith(b"\x89PNG")
    assert b"tEXt" not in first
    assert int.from_bytes(first[16:20]) == 1600
    assert int.from_bytes(first[20:24]) == 900


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("reconstruction", [False, True])
def test_no_text_covers_another_or_leaves_the_sheet(kind, reconstruction):
    told = EVERY_KIND[kind](reconstruction=reconstruction)
    sheet = compose(scene_of(kind, told))
    page = Box(0, 0, 1600, 900)
    for box in sheet.taken:
        assert page.left <= box.left < box.right <= page.right, box
        assert page.bottom <= box.bottom < box.top <= page.top, box
    for one, other in itertools.combinations(sheet.taken, 2):
        assert not one.meets(other), (one, other)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_type_comes_from_packages_and_no_glyph_is_missing(kind):
    sheet = compose(scene_of(kind, EVERY_KIND[kind]()))
    for run in sheet.runs:
        assert not fonts.missing(run.text, run.style.weight)


def test_credit_licence_as_of_and_address_are_on_the_picture():
    """P13."""
    said = "\n".join(texts_on(compose(scene_of(EventKind.CONFIRMED, facts()))))
    assert (
        "Data: IODA, Internet Intelligence Lab, Georgia Tech \u2013 all rights" in said
    )
    assert "As of 11:00 UTC on 5 January 2022 (17:00 in Almaty)" in said
    assert "newest values may be revised" in said
    assert "KZ-2022-0104 · outagewire.example/i/KZ-2022-0104" in said
    assert "OUTAGEWIRE" in said
    assert "Almaty time (UTC+6)" in said


def test_a_reconstruction_says_so_on_the_picture_twice():
    sheet = compose(scene_of(EventKind.CONFIRMED, mobile(reconstruction=True)))
    said = texts_on(sheet)
    assert "RECONSTRUCTION" in said
    assert any(t.startswith("Reconstruction from published facts") for t in said)


def test_a_suspected_chart_never_says_confirmed():
    """P7."""
    said = " ".join(texts_on(compose(scene_of(EventKind.SUSPECTED, suspected()))))
    assert "confirmed" not in said.lower()
    assert "one source, not corroborated" in said
    assert "Disruption" not in said


def test_named_networks_are_named_at_their_lines():
    said = texts_on(compose(scene_of(EventKind.CONFIRMED, mobile())))
    for name in ("Kcell 28%", "Tele2 31%", "Beeline 41%", "Kazakhstan 91%"):
        assert name in said
    assert (
        "Mobile internet in Kazakhstan falls to 28\u201341% of ordinary levels" in said
    )


@pytest.mark.parametrize("level", [0.004, 0.025, 0.0249, 0.3349, 0.995, 1.0])
def test_title_line_alt_and_data_tell_one_number(level):
    """P4: the number is the same wherever it stands."""
    told = facts(level=level)
    given = evidence(told)
    curves = gather(given, told, WORDS, REGISTER)
    number = WORDS.percent(level)
    said = texts_on(compose(ARTIST.scene(event(facts=told), curves)))
    assert (
        f"Internet connectivity in Kazakhstan falls to {number} of ordinary levels"
        in said
    )
    assert f"Active probing {number}" in [" ".join(text.split()) for text in said]
    assert f"active probing {number}" in ARTIST.describe(event(facts=told), given)
    rows = csvlib.DictReader(io.StringIO(write_csv(given, told, curves.window)))
    last = [row for row in rows if row["signal"] == PROBING][-1]
    assert whole_percent(float(last["percent_of_ordinary"]) / 100) == whole_percent(
        level
    )


def test_a_picture_that_contradicts_the_words_is_refused():
    """P4."""
    told = facts()
    traces = evidence(told).traces
    wrong = replace(traces[0], values=tuple(v and v * 4 for v in traces[0].values))
    with pytest.raises(RenderingError, match=r"words say 0\.020"):
        gather(Evidence((wrong, *traces[1:])), told, WORDS, REGISTER)


def test_without_a_series_there_is_no_picture():
    with pytest.raises(RenderingError, match="no series"):
        gather(Evidence(()), facts(), WORDS, REGISTER)


def test_at_most_five_lines_the_principal_first():
    told = escalated()
    curves = gather(evidence(told), told, WORDS, REGISTER)
    names = [line.name for line in curves.lines]
    assert names == ["Active probing", "Google traffic", "Kcell", "Tele2", "Beeline"]


@pytest.mark.parametrize(
    ("hours", "least", "most"), [(0.5, 36, 36), (8, 48, 48), (24, 72, 72), (90, 72, 72)]
)
def test_what_lasts_little_is_seen_beside_what_was_ordinary(hours, least, most):
    told = facts()
    told = replace(told, as_of=told.onset.since + timedelta(hours=hours))
    traces = (trace(told.series[0], told, days_before=12.0),)
    shown = (
        told.onset.since - gather(Evidence(traces), told, WORDS, REGISTER).window.since
    )
    assert timedelta(hours=least) <= shown <= timedelta(hours=most)


def test_a_network_of_a_routing_table_reaches_no_further_than_the_table():
    """P9: no chart goes on after its as-of because of a line beside."""
    told = facts(level=0.3, principal=ROUTING, series=(series(ROUTING, 0.3),))
    (one,) = evidence(told).traces
    newest = one.first + timedelta(seconds=one.step_s * (len(one.values) - 1))
    told = replace(told, as_of=newest, series=(replace(told.series[0], as_of=newest),))
    beside = replace(one, entity=parse_entity("asn:64500"))
    curves = gather(Evidence((one, beside)), told, WORDS, REGISTER)
    assert curves.window.until == newest


def test_a_missing_bin_breaks_the_line_and_is_never_zero():
    """P5."""
    told = facts()
    traces = evidence(told).traces
    holed = replace(
        traces[0],
        values=tuple(
            None if 480 <= n < 500 else v for n, v in enumerate(traces[0].values)
        ),
    )
    curves = gather(Evidence((holed, *traces[1:])), told, WORDS, REGISTER)
    line = curves.principal
    assert np.isnan(line.percent).sum() == 20
    ((begin, end),) = gaps(line.ends, line.percent, 600)
    assert end - begin == 20 * 600
    sheet = compose(ARTIST.scene(event(facts=told), curves))
    drawn = series_on(sheet)[f"series {KZ} {PROBING}"]
    assert np.isnan(drawn).sum() == 20
    hatched = [
        one
        for one in sheet.figure.artists
        if isinstance(one, PathPatch) and one.get_hatch()
    ]
    assert len(hatched) == 1


def test_a_routing_table_stands_for_the_instant_it_was_taken():
    """P9: the drop is drawn within its onset, not a bin later."""
    told = facts(level=0.3, principal=ROUTING, series=(series(ROUTING, 0.3),))
    (one,) = evidence(told).traces
    newest = one.first + timedelta(seconds=one.step_s * (len(one.values) - 1))
    told = replace(told, as_of=newest, series=(replace(told.series[0], as_of=newest),))
    curves = gather(Evidence((one,)), told, WORDS, REGISTER)
    assert from_epoch(float(curves.principal.ends[-1])) == newest
    assert curves.window.until == newest
    text = write_csv(Evidence((one,)), told, curves.window)
    assert text.splitlines()[-1].startswith(newest.strftime("%Y-%m-%dT%H:%M"))


def test_the_axis_begins_at_zero_and_what_is_drawn_is_the_data():
    told = facts()
    curves = gather(evidence(told), told, WORDS, REGISTER)
    sheet = compose(ARTIST.scene(event(facts=told), curves))
    labels = dict(zip(sheet.said, sheet.taken, strict=True))
    zero, whole = (
        (labels[text].top + labels[text].bottom) / 2 for text in ("0%", "100%")
    )
    for line in curves.lines:
        drawn = series_on(sheet)[f"series {line.trace.entity} {line.trace.signal}"]
        level = (drawn - zero) / (whole - zero) * 100
        assert np.allclose(level, line.percent, atol=0.4)


def series_on(sheet):
    """Every drawn series, in pixels upwards, by its name."""
    return {
        line.get_gid(): np.asarray(line.get_ydata(), dtype=float)
        for line in sheet.figure.artists
        if str(line.get_gid()).startswith("series ")
    }


def test_the_data_has_credit_and_licence_in_every_row():
    """P13."""
    told = mobile(reconstruction=True)
    curves = gather(evidence(told), told, WORDS, REGISTER)
    text = write_csv(evidence(told), told, curves.window)
    rows = list(csvlib.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == HEADER
    assert {r["credit"] for r in rows} == {
        "IODA, Internet Intelligence Lab, Georgia Tech"
    }
    assert {r["licence"] for r in rows} == {"all rights reserved"}
    assert {r["basis"] for r in rows} == {"reconstruction"}
    assert text == write_csv(evidence(told), told, curves.window)


def test_a_missing_reading_is_an_empty_field():
    """P5."""
    told = facts()
    one = evidence(told).traces[0]
    holed = replace(one, values=(*one.values[:-2], None, one.values[-1]))
    curves = gather(Evidence((holed,)), told, WORDS, REGISTER)
    rows = list(
        csvlib.DictReader(
            io.StringIO(write_csv(Evidence((holed,)), told, curves.window))
        )
    )
    assert rows[-2]["value"] == rows[-2]["percent_of_ordinary"] == ""
    assert rows[-2]["expected"] != ""


# Arithmetic


def test_labels_are_spread_without_overlap_and_within_bounds():
    placed = spread([10.0, 11.0, 12.0, 99.0], [20.0] * 4, 0.0, 100.0)
    assert sorted(placed) == placed
    assert all(b - a >= 20.0 for a, b in itertools.pairwise(placed))
    assert placed[0] >= 10.0
    assert placed[-1] <= 90.0


def test_labels_far_apart_stay_where_they_are():
    assert spread([20.0, 80.0], [20.0, 20.0], 0.0, 100.0) == [20.0, 80.0]


def test_ticks_are_midnights_of_the_zone_and_few():
    window = between("2022-01-01 10:00", "2022-01-21 10:00")
    ticks = day_ticks(window, REGISTER.local(window.since, IR).tzinfo or UTC)
    assert 2 <= len(ticks) <= 8
    assert {(t.hour, t.minute) for t in ticks} == {(0, 0)}


def test_the_top_is_at_least_125_and_at_most_200():
    assert top_of([np.array([3.0, np.nan])]) == 125.0
    assert top_of([np.array([130.0])]) == 150.0
    assert top_of([np.array([900.0])]) == 200.0
    assert top_of([np.array([np.nan])]) == 125.0


def test_a_lonely_value_is_seen():
    nan = np.nan
    found = alone(np.array([1.0, nan, 2.0, nan, 3.0, 4.0]))
    assert found.tolist() == [True, False, True, False, False, False]


def test_a_line_between_two_samples_is_still_in_the_way():
    xs, ys = np.array([0.0, 100.0]), np.array([0.0, 100.0])
    assert crosses(Box(40, 40, 60, 60), xs, ys)
    assert not crosses(Box(40, 70, 60, 90), xs, ys)


# Real shape


def _median_week(
    values: dict[float, float | None], at: float, until: float
) -> float | None:
    week = 7 * 86400
    past = [values.get(at - n * week) for n in range(1, 8) if at - n * week < until]
    known = [v for v in past[:6] if v is not None]
    return median(known) if known else None


def _iran(signals: tuple[str, ...], until: str) -> tuple[Trace, ...]:
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
                first=from_epoch(times[0]),
                step_s=1800,
                values=tuple(values[t] for t in times),
                expected=expected,
                spread=tuple(None if e is None else 0.02 * e for e in expected),
            )
        )
    return tuple(traces)


def test_the_real_shape_of_iran_2026_is_told_with_one_number():
    if not IRAN.is_file():
        pytest.skip("the recording iran-2026-01 is not on this machine")
    traces = _iran((PROBING, TRAFFIC, ROUTING), "2026-01-11 12:00")
    levels = [(t.values[-1] or 0.0) / (t.expected[-1] or 1.0) for t in traces]
    told = iran_partial(
        as_of=utc("2026-01-11 12:00"),
        level=levels[0],
        families=(Family.ACTIVE_PROBING, Family.TRAFFIC),
        opened_by=(Family.ACTIVE_PROBING, Family.TRAFFIC),
        returned=(),
        series=tuple(
            series(t.signal, v, IR) for t, v in zip(traces, levels, strict=True)
        ),
    )
    scene = scene_of(EventKind.CONFIRMED, told, Evidence(traces))
    sheet = compose(scene)
    said = texts_on(sheet)
    assert (
        scene.captions.title
        == "Internet connectivity in Iran falls to 3% of ordinary levels"
    )
    assert "Active probing 3%" in said
    assert "Google traffic 2%" in said
    assert "BGP routing 98%" in said
    for one, other in itertools.combinations(sheet.taken, 2):
        assert not one.meets(other)


def test_a_restored_chart_marks_the_end():
    said = texts_on(compose(scene_of(EventKind.RESTORED, restored())))
    assert "Ordinary level again\n10 Jan, 22:30\u201323:00 UTC" in said
    assert "Disruption begins\n4 Jan, 14:30\u201316:00 UTC" in said


def test_curves_end_with_the_newest_bin():
    told = mobile()
    curves: Curves = gather(evidence(told), told, WORDS, REGISTER)
    assert curves.window.until == told.as_of
    assert from_epoch(float(curves.principal.ends[-1])) == told.as_of


def test_what_was_missed_is_drawn_with_the_time_of_its_label():
    told = facts()
    captions = Captions(
        title="Kazakhstan: missed",
        subtitle="Percent of ordinary; shaded: the labelled time",
        badges=(),
        badge="",
        foot=("Data: IODA",),
        stamp="",
        mark="OUTAGEWIRE",
    )
    window = between("2022-01-02 00:00", "2022-01-05 11:00")
    when = between("2022-01-05 10:30", "2022-01-05 11:00")
    moments = TimeFormatter(WORDS, REGISTER, KZ)
    sheet = drawn(evidence(told).traces, window, when, captions, moments)
    page = Box(0, 0, sheet.width, sheet.height)
    assert all(page.holds(box) for box in sheet.taken)
    for one, other in itertools.combinations(sheet.taken, 2):
        assert not one.meets(other)
    assert "Kazakhstan: active probing" in [t.replace("\n", " ") for t in sheet.said]
