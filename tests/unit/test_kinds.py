"""Each event gets suitable kinds of chart, and each kind shows the data."""

import gzip
import re
from dataclasses import replace
from xml.etree import ElementTree  # nosec B405 # parses our own charts only

import numpy as np
import pytest

from bot.charts.canvas import shades
from bot.charts.canvas.theme import LIGHT, POST, SIZES, TALL
from bot.charts.choose import ChartKind, choose
from bot.charts.kinds.map import mappable_regions
from bot.charts.kinds.outlines import countries, outline_of
from bot.charts.kinds.timeline import duration_bars, finished_incidents
from bot.incidents.timeline.silence import without_silent_facts
from bot.model.entity import Entity, EntityKind
from bot.model.incident import Evidence, State
from bot.model.verdict import Scope, SeriesState
from tests import builders, gallery
from tests.builders import changed, evidence, facts, mobile

CASES = {case.name: case for case in gallery.cases()}


def kinds_of(name):
    return CASES[name].scene()[1]


def draw(name, kind, size=POST):
    scene, _ = CASES[name].scene()
    return scene, gallery.ARTIST.draw(scene, kind, LIGHT, size)


def artists_with_id(canvas, begin):
    return [a for a in canvas.figure.artists if str(a.get_gid()).startswith(begin)]


# Which kinds of chart an event gets


def test_national_event_is_shown_as_lines():
    assert kinds_of("updated")[0] is ChartKind.LINES


def test_few_networks_are_lines_and_many_are_multiples():
    assert kinds_of("confirmed")[0] is ChartKind.LINES
    assert kinds_of("networks")[0] is ChartKind.OPERATORS


def test_regions_are_a_strip_and_a_possible_map():
    assert kinds_of("provinces")[0] is ChartKind.STRIP
    assert kinds_of("counties")[:2] == (ChartKind.MAP, ChartKind.STRIP)


def test_retracted_event_has_no_map_and_no_duration():
    assert kinds_of("retracted") == (ChartKind.LINES,)


def test_networks_are_not_shown_on_a_map():
    assert ChartKind.MAP not in kinds_of("networks")


def test_network_without_a_country_has_no_map():
    asn = Entity(EntityKind.ASN, "64500")
    event_facts = facts(place=asn, scope=Scope.OPERATOR)
    event = builders.event(facts=event_facts)
    _, kinds = gallery.ARTIST.prepare(event, evidence(event_facts), ())
    assert ChartKind.MAP not in kinds


def test_durations_are_compared_only_with_past_incidents():
    assert ChartKind.DURATIONS in kinds_of("restored")
    scene, _ = CASES["updated"].scene()
    assert ChartKind.DURATIONS not in choose(scene.event.facts, scene.curves, 0)


@pytest.mark.parametrize("name", CASES)
def test_choice_is_repeatable_and_has_no_duplicates(name):
    kinds = kinds_of(name)
    assert kinds == kinds_of(name)
    assert len(set(kinds)) == len(kinds)


# Strip charts of regions


def test_strip_shows_every_bin_in_its_shade():
    scene, canvas = draw("provinces", ChartKind.STRIP, TALL)
    shown = artists_with_id(canvas, "step ")
    for line in scene.curves.parts[:5]:
        own = [a for a in shown if a.get_gid().endswith(f" {line.trace.entity}")]
        drawn_steps = {int(a.get_gid().split()[1]) for a in own}
        wanted = set(shades.shade_numbers(line.percent).tolist()) - {-1}
        assert drawn_steps == wanted
        width = sum(
            np.ptp(part.vertices[:, 0])
            for a in own
            for part in outlines_of(a.get_path())
        )
        cells = np.isfinite(line.percent).sum()
        inside = width / cells
        assert 0.5 < inside < 10


def outlines_of(path):
    return [type(path)(p) for p in path.to_polygons(closed_only=False)]


def test_strip_has_deepest_on_top_and_counts_others():
    scene, canvas = draw("provinces", ChartKind.STRIP)
    levels = [p.level for p in scene.curves.parts if p.level is not None]
    assert levels == sorted(levels)
    names = [line.name for line in scene.curves.parts]
    at = {
        n: canvas.text_boxes[canvas.texts.index(n)].top
        for n in names
        if n in canvas.texts
    }
    assert list(at.values()) == sorted(at.values(), reverse=True)
    assert f"{len(names) - len(at)} more" in canvas.texts


def test_region_without_data_is_hatched_not_shaded():
    """P5: bins without readings are hatched, not drawn as a level."""
    event_facts = CASES["provinces"].facts
    first, *rest = CASES["provinces"].evidence.traces
    part = rest[0]
    with_gaps = replace(
        part,
        values=tuple(None if 30 < n < 60 else v for n, v in enumerate(part.values)),
    )
    event = builders.event(facts=event_facts)
    given = Evidence((first, with_gaps, *rest[1:]))
    scene, _ = gallery.ARTIST.prepare(event, given, ())
    canvas = gallery.ARTIST.draw(scene, ChartKind.STRIP)
    before = gallery.ARTIST.draw(CASES["provinces"].scene()[0], ChartKind.STRIP)
    assert hatches(canvas) == hatches(before) + 1


def hatches(canvas):
    return sum(
        bool(getattr(a, "get_hatch", lambda: "")()) for a in canvas.figure.artists
    )


# Maps


def test_almost_every_country_of_the_register_has_an_outline():
    without_outline = [c for c in gallery.REGISTER.zones if c not in countries()]
    # Natural Earth's map at 1:50 million leaves out some small islands.
    assert len(without_outline) < 25, without_outline
    for code in ("IR", "UG", "US", "KZ", "MM", "SD", "RU", "FJ", "FR", "NO"):
        assert outline_of(Entity(EntityKind.COUNTRY, code)), code


@pytest.mark.parametrize(
    "code",
    [
        "US/Louisiana",
        "US/Louisiana/Calcasieu",
        "US/Louisiana/Saint John the Baptist",
        "US/Mississippi/Desoto",
        "US/Texas/Deaf Smith",
        "IN/Assam",
        "IN/Jammu and Kashmir",
    ],
)
def test_regions_are_found_in_any_spelling(code):
    assert outline_of(Entity(EntityKind.REGION, code)), code


def test_regions_without_outline_are_listed_by_name():
    assert outline_of(Entity(EntityKind.REGION, "IR/Tehran")) is None
    _, canvas = draw("provinces", ChartKind.MAP)
    assert "Tehran" in canvas.texts


def test_a_map_shades_every_region_by_its_level():
    scene, canvas = draw("counties", ChartKind.MAP)
    for region in mappable_regions(scene.event.facts):
        (land,) = artists_with_id(canvas, f"region {region.entity}")
        assert hex_colour(land.get_facecolor()) == shades.shade(LIGHT, region.level)


def test_map_shades_country_by_its_own_level_only():
    _, canvas = draw("partly-restored", ChartKind.MAP)
    (land,) = artists_with_id(canvas, "land Iran")
    assert hex_colour(land.get_facecolor()) == LIGHT.ramp[0]
    _, canvas = draw("counties", ChartKind.MAP)
    (land,) = artists_with_id(canvas, "land United States of America")
    assert hex_colour(land.get_facecolor()) == LIGHT.ground


def test_nearly_ordinary_region_does_not_widen_the_map():
    event_facts = CASES["counties"].facts
    far = replace(
        event_facts.parts.regions[0],
        entity=Entity(EntityKind.REGION, "US/Texas/El Paso"),
        level=0.95,
    )
    event = builders.event(
        facts=changed(event_facts, regions=(*event_facts.parts.regions, far))
    )
    scene, _ = gallery.ARTIST.prepare(event, CASES["counties"].evidence, ())

    def region_width(scene):
        canvas = gallery.ARTIST.draw(scene, ChartKind.MAP)
        gid = f"region {event_facts.parts.regions[0].entity}"
        return artists_with_id(canvas, gid)[0].get_path().get_extents().width

    assert region_width(scene) == region_width(CASES["counties"].scene()[0])


def test_no_chart_of_parts_gives_the_level_of_a_silent_one():  # P5, P18
    case = CASES["counties"]
    silence = {(r.entity, r.signal): r.as_of for r in case.facts.parts.regions[:2]}
    event = builders.event(facts=without_silent_facts(case.facts, silence))
    scene, _ = gallery.ARTIST.prepare(event, case.evidence, ())
    for kind in (ChartKind.MAP, ChartKind.STRIP):
        texts = " ".join(gallery.ARTIST.draw(scene, kind).texts)
        assert texts.count("no data") >= 2, (kind, texts)
        # An alt text names the parts with a level first, and counts the others.
        alt = gallery.ARTIST.alt(scene, kind)
        names = [r.entity.code.rpartition("/")[2] for r in case.facts.parts.regions[:2]]
        assert not any(re.search(rf"{name} \d+%", alt) for name in names), alt


def test_map_names_the_country_and_its_neighbours():
    _, canvas = draw("escalated", ChartKind.MAP)
    (land,) = artists_with_id(canvas, "land Kazakhstan")
    at = canvas.text_boxes[canvas.texts.index("Kazakhstan")]
    assert land.get_path().contains_points(at.corners).all()
    assert {"Mongolia", "China"} <= set(canvas.texts)


def test_name_without_room_on_map_is_omitted():
    _, canvas = draw("escalated", ChartKind.MAP)
    (border,) = artists_with_id(canvas, "border")
    frame = border.get_path().get_extents()
    within = [
        text
        for text, box in zip(canvas.texts, canvas.text_boxes, strict=True)
        if frame.x0 < box.left < frame.x1 and frame.y0 < box.bottom < frame.y1
    ]
    assert "Kazakhstan" in within
    # These countries are too small for their names, or mostly outside the map.
    assert not {"Azerbaijan", "Georgia", "Tajikistan", "Afghanistan"} & set(within)


@pytest.mark.parametrize("code", ["RU", "FJ", "US", "NZ", "CL", "KI", "MV"])
def test_countries_across_the_date_line_stay_whole(code):
    place = Entity(EntityKind.COUNTRY, code)
    event_facts = facts(place=place, series=(builders.series(entity=place),))
    event = builders.event(facts=event_facts)
    scene, _ = gallery.ARTIST.prepare(event, evidence(event_facts), ())
    canvas = gallery.ARTIST.draw(scene, ChartKind.MAP)
    (border,) = artists_with_id(canvas, "border")
    frame = border.get_path().get_extents()
    own = [a for a in artists_with_id(canvas, "land ") if a.get_zorder() == 2.0]
    assert len(own) == 1
    box = own[0].get_path().get_extents()
    # A country split at the date line would be drawn too small, or with its middle
    # outside the map.
    assert max(box.width / frame.width, box.height / frame.height) > 0.5
    assert frame.x0 < (box.x0 + box.x1) / 2 < frame.x1 or box.width > frame.width


def hex_colour(rgba):
    return "#" + "".join(f"{round(255 * part):02x}" for part in rgba[:3])


# Charts of single networks


def test_network_charts_share_one_scale_with_the_data():
    scene, canvas = draw("networks", ChartKind.OPERATORS)
    lines = artists_with_id(canvas, "series ")
    assert len(lines) == len(scene.curves.parts)
    heights = {
        round(float(np.ptp(drawn_line.get_ydata()) / np.ptp(part.percent)), 2)
        for drawn_line, part in (
            (
                line,
                next(
                    p
                    for p in scene.curves.parts
                    if line.get_gid().split()[1] == str(p.trace.entity)
                ),
            )
            for line in lines
        )
    }
    assert len(heights) == 1


# Durations, phases and times without readings


def test_only_restored_incidents_are_compared_by_duration():
    past = gallery.past()
    assert State.RETRACTED in {incident.state for incident in past}
    kept = finished_incidents((*past, replace(past[0], restored=None)))
    assert [incident.state for incident in kept] == [State.RESTORED] * 3


def test_length_of_bars_is_proportional_to_duration():
    scene, canvas = draw("restored", ChartKind.DURATIONS)
    bars = duration_bars(scene, scene.translations)
    sure = {}
    for bar in artists_with_id(canvas, "bar "):
        if bar.get_alpha() == 1.0:
            sure[bar.get_gid()] = bar.get_path().get_extents().width
    longest = [bar.duration(scene.event.facts.timing.as_of).shortest for bar in bars]
    share = [
        sure[f"bar {bar.name}"] / length.total_seconds()
        for bar, length in zip(bars, longest, strict=True)
    ]
    assert np.allclose(share, share[0], rtol=0.02)


def test_ongoing_incident_lasts_until_the_as_of():
    event_facts = mobile()
    event = builders.event(facts=event_facts)
    scene, _ = gallery.ARTIST.prepare(event, evidence(event_facts), gallery.past())
    (first, *_) = duration_bars(scene, scene.translations)
    assert first.end is None
    assert first.value.endswith("still on")
    assert (
        first.duration(event_facts.timing.as_of).longest
        == event_facts.timing.as_of - event_facts.timing.onset.since
    )


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_timeline_has_a_bar_for_each_incident(size):
    canvas = gallery.incident_timeline(LIGHT, size)
    assert len({a.get_gid() for a in artists_with_id(canvas, "bar ")}) == 8


def test_phases_are_marked_and_labelled():
    _, canvas = draw("phases", ChartKind.LINES)
    texts = "\n".join(canvas.texts)
    for name in ("Escalated", "Partly restored", "Reopened"):
        assert name in texts


def test_phase_at_the_beginning_is_not_marked_twice():
    _, canvas = draw("restored", ChartKind.LINES)
    assert sum(text.startswith("Escalated") for text in canvas.texts) == 1


def test_silent_time_is_hatched_but_undue_bins_are_not():
    event_facts = facts()
    first, *rest = evidence(event_facts).traces
    short = replace(rest[0], values=(*rest[0].values[:-9], *(None,) * 9))
    event = builders.event(
        facts=changed(
            event_facts,
            series=(
                event_facts.levels.series[0],
                replace(event_facts.levels.series[1], level=None),
            ),
        )
    )
    scene, _ = gallery.ARTIST.prepare(event, Evidence((first, short)), ())
    assert hatches(gallery.ARTIST.draw(scene, ChartKind.LINES)) == 0
    silent = replace(first, values=(*first.values[:-60], *(None,) * 60))
    event_facts = changed(
        event_facts,
        level=None,
        series=(
            replace(
                event_facts.levels.series[0], level=None, state=SeriesState.UNKNOWN
            ),
        ),
    )
    scene, _ = gallery.ARTIST.prepare(
        builders.event(facts=event_facts), Evidence((silent,)), ()
    )
    assert hatches(gallery.ARTIST.draw(scene, ChartKind.LINES)) == 1


def test_baseline_is_stated_with_method_and_dates():
    _, canvas = draw("updated", ChartKind.LINES)
    foot = " ".join(canvas.texts)
    assert "100% is the median at the same hour of the week over the four weeks" in foot
    assert "(6 December 2021 to 5 January 2022" in foot


@pytest.mark.parametrize("name", ["updated", "counties", "provinces", "networks"])
def test_svg_charts_are_repeatable_and_small(name):
    """P14, P15: an SVG chart drawn again has the same bytes, no script, and is below 60 kB."""
    scene, kinds = CASES[name].scene()
    for kind in kinds:
        first, second = (gallery.ARTIST.draw(scene, kind).svg() for _ in range(2))
        assert first == second
        assert b"<script" not in first
        assert len(gzip.compress(first)) < 60_000, kind
        ElementTree.fromstring(first)  # nosec B314 # noqa: S314 - a chart of ours
