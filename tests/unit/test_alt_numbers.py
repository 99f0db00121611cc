"""P4: what the alt text says, the picture shows and the data has, digit for digit."""

import csv
import io
import re

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from bot.charts.choose import ChartKind
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, Evidence
from bot.site.data_files import write_csv
from bot.text.translations import whole_percent
from tests import builders, gallery
from tests.builders import PROBING, ROUTING, TRAFFIC

NAMES = {PROBING: "Active probing", TRAFFIC: "Google traffic", ROUTING: "BGP routing"}
LEVEL = st.floats(0.0, 1.2).map(lambda level: round(level, 4))
SAID = re.compile(r"(less than 1%|\d+%)")


def _event(own_levels, net_levels, part_levels):
    """An event with families, networks and regions at these levels."""
    own = tuple(
        builders.series(signal, level)
        for signal, level in zip(NAMES, own_levels, strict=True)
    )
    names = {
        f"Region {letter}": v for letter, v in zip("ABCDEF", part_levels, strict=False)
    }
    parts = builders.regions("KZ", names)
    told = builders.facts(
        level=own[0].level,
        lowest=own[0].level,
        series=own,
        networks=builders.operators(*net_levels),
        regions=parts,
    )
    given = builders.evidence(told)
    more = tuple(builders.trace(one, told, step_s=3600) for one in parts)
    return told, Evidence((*given.traces, *more))


@settings(max_examples=60, deadline=None)
@for_all(
    st.tuples(LEVEL, LEVEL, LEVEL),
    st.lists(LEVEL, max_size=3),
    st.lists(LEVEL, max_size=6),
)
def test_every_number_is_the_same_in_alt_text_picture_and_data(own, nets, parts):
    told, given = _event(own, nets, parts)
    event = builders.event(EventKind.CONFIRMED, facts=told)
    scene, kinds = gallery.ARTIST.kinds(event, given, ())
    window = scene.curves.window
    rows = list(csv.DictReader(io.StringIO(write_csv(given, told, window))))
    for kind in (kind for kind in kinds if kind in {ChartKind.LINES, ChartKind.STRIP}):
        alt = gallery.ARTIST.alt(scene, kind, 5000)
        sheet = gallery.ARTIST.sheet(scene, kind)
        for line in gallery.shown(scene, kind)[:8]:
            data = _last(rows, str(line.trace.entity), line.trace.signal)
            wanted = gallery.ARTIST.words.percent(data)
            assert f"{line.label} {wanted}" in alt
            assert _beside(sheet, line.name) == wanted
        _lowest(alt, scene, rows)


def _last(rows, entity, signal):
    """The newest level in the data, a fraction."""
    own = [r for r in rows if (r["entity"], r["signal"]) == (entity, signal)]
    return float(own[-1]["percent_of_ordinary"]) / 100


def _beside(sheet, name):
    """The level that stands with a name, or in the same row."""
    for number, text in enumerate(sheet.said):
        rest = text.replace("\n", " ").removeprefix(name).strip()
        if rest != text.replace("\n", " ") and (not rest or SAID.fullmatch(rest)):
            return rest or sheet.said[number + 1]
    return ""


def _lowest(alt, scene, rows):
    """The lowest level and its time are those of a row of the data."""
    found = re.search(
        r"Lowest: (.+?) (less than 1%|\d+%) at (\d+ \w+ \d\d:\d\d) UTC", alt
    )
    if not found:
        return
    name, level, _ = found.groups()
    line = next(
        one for one in (*scene.curves.lines, *scene.curves.parts) if one.label == name
    )
    own = [
        float(r["percent_of_ordinary"])
        for r in rows
        if (r["entity"], r["signal"]) == (str(line.trace.entity), line.trace.signal)
        and r["percent_of_ordinary"]
    ]
    rounded = {whole_percent(percent / 100) for percent in own}
    number = 0 if level == "less than 1%" else int(level.removesuffix("%"))
    assert number in rounded


def test_the_alt_text_says_which_kind_of_chart_it_is():
    for case in gallery.cases():
        scene, kinds = case.scene()
        for kind in kinds:
            alt = gallery.ARTIST.alt(scene, kind)
            told = gallery.ARTIST.words.say("alt", "kinds", kind)
            assert told in alt
            assert len(alt) <= 1000


def test_many_regions_are_counted_not_listed():
    case = next(c for c in gallery.cases() if c.name == "provinces")
    scene, _ = case.scene()
    assert "15 more" in gallery.ARTIST.alt(scene, ChartKind.STRIP, 2000)


def test_the_map_tells_the_levels_of_the_regions_it_shades():
    case = next(c for c in gallery.cases() if c.name == "counties")
    scene, _ = case.scene()
    alt = gallery.ARTIST.alt(scene, ChartKind.MAP)
    assert alt.startswith("Map: ")
    assert "Cameron 2%, Calcasieu 6%" in alt
    assert Entity(EntityKind.REGION, "US/Louisiana/Cameron") in {
        one.entity for one in scene.event.facts.regions
    }
