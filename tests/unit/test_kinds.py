"""Each event gets the kinds of chart that suit it, and each kind shows the data."""

import gzip
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from bot.charts.canvas import shades
from bot.charts.canvas.theme import LIGHT, POST, SIZES, TALL
from bot.charts.choose import ChartKind, choose
from bot.charts.kinds.map import mapped
from bot.charts.kinds.outlines import countries, outline_of
from bot.charts.kinds.timeline import bars_of, finished
from bot.model.entity import Entity, EntityKind
from bot.model.incident import Evidence, State
from bot.model.verdict import Scope, SeriesState
from tests import builders, gallery
from tests.builders import evidence, facts, mobile

CASES = {case.name: case for case in gallery.cases()}


def kinds_of(name):
    return CASES[name].scene()[1]


def drawn(name, kind, size=POST):
    scene, _ = CASES[name].scene()
    return scene, gallery.ARTIST.sheet(scene, kind, LIGHT, size)


def named(sheet, begin):
    return [a for a in sheet.figure.artists if str(a.get_gid()).startswith(begin)]


# Which kind suits which event


def test_a_nation_is_told_by_lines():
    assert kinds_of("updated")[0] is ChartKind.LINES


def test_a_few_networks_are_lines_with_their_names_and_many_stand_side_by_side():
    assert kinds_of("confirmed")[0] is ChartKind.LINES
    assert kinds_of("networks")[0] is ChartKind.OPERATORS


def test_regions_are_a_strip_and_a_map_where_their_outlines_are_at_hand():
    assert kinds_of("provinces")[0] is ChartKind.STRIP
    assert kinds_of("counties")[:2] == (ChartKind.MAP, ChartKind.STRIP)


def test_what_was_retracted_is_on_no_map_and_has_no_duration():
    assert kinds_of("retracted") == (ChartKind.LINES,)


def test_networks_are_on_no_map_that_would_shade_the_country():
    assert ChartKind.MAP not in kinds_of("networks")


def test_a_network_of_no_country_has_no_map():
    asn = Entity(EntityKind.ASN, "64500")
    told = facts(place=asn, scope=Scope.OPERATOR)
    event = builders.event(facts=told)
    _, kinds = gallery.ARTIST.kinds(event, evidence(told), ())
    assert ChartKind.MAP not in kinds


def test_durations_are_compared_only_where_there_are_some():
    assert ChartKind.DURATIONS in kinds_of("restored")
    scene, _ = CASES["updated"].scene()
    assert ChartKind.DURATIONS not in choose(scene.event.facts, scene.curves, 0)


@pytest.mark.parametrize("name", CASES)
def test_the_choice_is_the_same_each_time_and_names_no_kind_twice(name):
    kinds = kinds_of(name)
    assert kinds == kinds_of(name)
    assert len(set(kinds)) == len(kinds)


# Regions


def test_a_strip_shows_every_bin_in_the_shade_of_its_level():
    scene, sheet = drawn("provinces", ChartKind.STRIP, TALL)
    shown = named(sheet, "step ")
    for line in scene.curves.parts[:5]:
        own = [a for a in shown if a.get_gid().endswith(f" {line.trace.entity}")]
        found = {int(a.get_gid().split()[1]) for a in own}
        wanted = set(shades.steps(line.percent).tolist()) - {-1}
        assert found == wanted
        width = sum(
            np.ptp(part.vertices[:, 0]) for a in own for part in split(a.get_path())
        )
        cells = np.isfinite(line.percent).sum()
        inside = width / cells
        assert 0.5 < inside < 10


def split(path):
    return [type(path)(p) for p in path.to_polygons(closed_only=False)]


def test_a_strip_has_the_deepest_on_top_and_counts_the_others():
    scene, sheet = drawn("provinces", ChartKind.STRIP)
    levels = [p.level for p in scene.curves.parts if p.level is not None]
    assert levels == sorted(levels)
    names = [line.name for line in scene.curves.parts]
    at = {n: sheet.taken[sheet.said.index(n)].top for n in names if n in sheet.said}
    assert list(at.values()) == sorted(at.values(), reverse=True)
    assert f"{len(names) - len(at)} more" in sheet.said


def test_a_region_without_data_is_hatched_not_shaded():
    """P5."""
    told = CASES["provinces"].facts
    first, *rest = CASES["provinces"].evidence.traces
    part = rest[0]
    holed = replace(
        part,
        values=tuple(None if 30 < n < 60 else v for n, v in enumerate(part.values)),
    )
    event = builders.event(facts=told)
    given = Evidence((first, holed, *rest[1:]))
    scene, _ = gallery.ARTIST.kinds(event, given, ())
    sheet = gallery.ARTIST.sheet(scene, ChartKind.STRIP)
    before = gallery.ARTIST.sheet(CASES["provinces"].scene()[0], ChartKind.STRIP)
    assert hatches(sheet) == hatches(before) + 1


def hatches(sheet):
    return sum(
        bool(getattr(a, "get_hatch", lambda: "")()) for a in sheet.figure.artists
    )


# Maps


def test_almost_every_country_of_the_register_has_an_outline():
    lacking = [c for c in gallery.REGISTER.zones if c not in countries()]
    # Small islands are not in a map of that scale.
    assert len(lacking) < 25, lacking
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
def test_regions_are_found_however_they_are_spelt(code):
    assert outline_of(Entity(EntityKind.REGION, code)), code


def test_regions_of_other_countries_have_no_outline_and_are_named_instead():
    assert outline_of(Entity(EntityKind.REGION, "IR/Tehran")) is None
    _, sheet = drawn("provinces", ChartKind.MAP)
    assert "Tehran" in sheet.said


def test_a_map_shades_every_region_by_its_level():
    scene, sheet = drawn("counties", ChartKind.MAP)
    for one in mapped(scene.event.facts):
        (land,) = named(sheet, f"region {one.entity}")
        assert hexed(land.get_facecolor()) == shades.shade(LIGHT, one.level)


def test_a_map_shades_the_country_by_its_own_level_only():
    _, sheet = drawn("partly-restored", ChartKind.MAP)
    (land,) = named(sheet, "land Iran")
    assert hexed(land.get_facecolor()) == LIGHT.ramp[0]
    _, sheet = drawn("counties", ChartKind.MAP)
    (land,) = named(sheet, "land United States of America")
    assert hexed(land.get_facecolor()) == LIGHT.ground


def test_a_map_is_of_what_fell_and_what_is_nearly_back_does_not_widen_it():
    told = CASES["counties"].facts
    far = replace(
        told.regions[0],
        entity=Entity(EntityKind.REGION, "US/Texas/El Paso"),
        level=0.95,
    )
    event = builders.event(facts=replace(told, regions=(*told.regions, far)))
    scene, _ = gallery.ARTIST.kinds(event, CASES["counties"].evidence, ())

    def wide(scene):
        sheet = gallery.ARTIST.sheet(scene, ChartKind.MAP)
        gid = f"region {told.regions[0].entity}"
        return named(sheet, gid)[0].get_path().get_extents().width

    assert wide(scene) == wide(CASES["counties"].scene()[0])


def test_a_map_names_the_country_within_it_and_its_neighbours():
    _, sheet = drawn("escalated", ChartKind.MAP)
    (land,) = named(sheet, "land Kazakhstan")
    at = sheet.taken[sheet.said.index("Kazakhstan")]
    assert land.get_path().contains_points(at.corners).all()
    assert {"Mongolia", "China"} <= set(sheet.said)


def test_a_name_that_has_no_room_is_left_out():
    _, sheet = drawn("escalated", ChartKind.MAP)
    (border,) = named(sheet, "border")
    frame = border.get_path().get_extents()
    within = [
        text
        for text, box in zip(sheet.said, sheet.taken, strict=True)
        if frame.x0 < box.left < frame.x1 and frame.y0 < box.bottom < frame.y1
    ]
    assert "Kazakhstan" in within
    # Of its neighbours there, these are too small or hardly on the map.
    assert not {"Azerbaijan", "Georgia", "Tajikistan", "Afghanistan"} & set(within)


@pytest.mark.parametrize("code", ["RU", "FJ", "US", "NZ", "CL", "KI", "MV"])
def test_no_country_is_torn_at_the_date_line_or_lost(code):
    place = Entity(EntityKind.COUNTRY, code)
    told = facts(place=place, series=(builders.series(entity=place),))
    event = builders.event(facts=told)
    scene, _ = gallery.ARTIST.kinds(event, evidence(told), ())
    sheet = gallery.ARTIST.sheet(scene, ChartKind.MAP)
    (border,) = named(sheet, "border")
    frame = border.get_path().get_extents()
    own = [a for a in named(sheet, "land ") if a.get_zorder() == 2.0]
    assert len(own) == 1
    box = own[0].get_path().get_extents()
    # It fills a good part of the map, and its middle is in it.
    assert max(box.width / frame.width, box.height / frame.height) > 0.5
    assert frame.x0 < (box.x0 + box.x1) / 2 < frame.x1 or box.width > frame.width


def hexed(rgba):
    return "#" + "".join(f"{round(255 * part):02x}" for part in rgba[:3])


# Networks


def test_networks_side_by_side_are_on_one_scale_and_hold_the_data():
    scene, sheet = drawn("networks", ChartKind.OPERATORS)
    lines = named(sheet, "series ")
    assert len(lines) == len(scene.curves.parts)
    heights = {
        round(float(np.ptp(one.get_ydata()) / np.ptp(part.percent)), 2)
        for one, part in (
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


# Times


def test_what_was_retracted_or_goes_on_is_no_duration_to_compare_with():
    past = gallery.past()
    assert State.RETRACTED in {one.state for one in past}
    kept = finished((*past, replace(past[0], restored=None)))
    assert [one.state for one in kept] == [State.RESTORED] * 3


def test_bars_are_as_long_as_the_incidents_lasted():
    scene, sheet = drawn("restored", ChartKind.DURATIONS)
    bars = bars_of(scene, scene.words)
    sure = {}
    for one in named(sheet, "bar "):
        if one.get_alpha() == 1.0:
            sure[one.get_gid()] = one.get_path().get_extents().width
    longest = [bar.lasted(scene.event.facts.as_of).shortest for bar in bars]
    share = [
        sure[f"bar {bar.name}"] / length.total_seconds()
        for bar, length in zip(bars, longest, strict=True)
    ]
    assert np.allclose(share, share[0], rtol=0.02)


def test_an_incident_that_goes_on_lasts_until_now():
    told = mobile()
    event = builders.event(facts=told)
    scene, _ = gallery.ARTIST.kinds(event, evidence(told), gallery.past())
    (first, *_) = bars_of(scene, scene.words)
    assert first.end is None
    assert first.value.endswith("still on")
    assert first.lasted(told.as_of).longest == told.as_of - told.onset.since


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_timeline_has_a_bar_for_each_incident(size):
    sheet = gallery.every_incident(LIGHT, size)
    assert len({a.get_gid() for a in named(sheet, "bar ")}) == 8


def test_phases_are_marked_and_labelled():
    _, sheet = drawn("phases", ChartKind.LINES)
    said = "\n".join(sheet.said)
    for name in ("Escalated", "Partly restored", "Reopened"):
        assert name in said


def test_a_phase_that_is_the_beginning_is_not_marked_twice():
    _, sheet = drawn("restored", ChartKind.LINES)
    assert sum(text.startswith("Escalated") for text in sheet.said) == 1


def test_what_is_not_due_yet_is_left_out_and_what_is_silent_is_hatched():
    told = facts()
    first, *rest = evidence(told).traces
    short = replace(rest[0], values=(*rest[0].values[:-9], *(None,) * 9))
    event = builders.event(
        facts=replace(
            told, series=(told.series[0], replace(told.series[1], level=None))
        )
    )
    scene, _ = gallery.ARTIST.kinds(event, Evidence((first, short)), ())
    assert hatches(gallery.ARTIST.sheet(scene, ChartKind.LINES)) == 0
    silent = replace(first, values=(*first.values[:-60], *(None,) * 60))
    told = replace(
        told,
        level=None,
        series=(replace(told.series[0], level=None, state=SeriesState.UNKNOWN),),
    )
    scene, _ = gallery.ARTIST.kinds(builders.event(facts=told), Evidence((silent,)), ())
    assert hatches(gallery.ARTIST.sheet(scene, ChartKind.LINES)) == 1


def test_the_reference_is_stated_with_its_method_and_dates():
    _, sheet = drawn("updated", ChartKind.LINES)
    foot = " ".join(sheet.said)
    assert "100% is the median at the same hour of the week over the four weeks" in foot
    assert "(6 December 2021 to 5 January 2022" in foot


@pytest.mark.parametrize("name", ["updated", "counties", "provinces", "networks"])
def test_charts_as_svg_are_the_same_each_time_and_small(name):
    """P14, P15."""
    scene, kinds = CASES[name].scene()
    for kind in kinds:
        one, other = (gallery.ARTIST.sheet(scene, kind).svg() for _ in range(2))
        assert one == other
        assert b"<script" not in one
        assert len(gzip.compress(one)) < 60_000, kind
        ElementTree.fromstring(one)
