"""P4: alt text, picture and CSV file show the same numbers."""

import csv
import io
import re

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from bot.charts.choose import ChartKind
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, Evidence
from bot.model.verdict import round_to_percent
from bot.site.data_files import csv_text
from tests import builders, gallery
from tests.builders import PROBING, ROUTING, TRAFFIC

NAMES = {PROBING: "Active probing", TRAFFIC: "Google traffic", ROUTING: "BGP routing"}
LEVEL = st.floats(0.0, 1.2).map(lambda level: round(level, 4))
PERCENT_TEXT = re.compile(r"(less than 1%|\d+%)")


def _event(own_levels, net_levels, part_levels):
    """Return facts and evidence of an event whose series end at the given levels."""
    own = tuple(
        builders.series(signal, level)
        for signal, level in zip(NAMES, own_levels, strict=True)
    )
    names = {
        f"Region {letter}": v for letter, v in zip("ABCDEF", part_levels, strict=False)
    }
    parts = builders.regions("KZ", names)
    event_facts = builders.facts(
        level=own[0].level,
        lowest=own[0].level,
        series=own,
        networks=builders.operators(*net_levels),
        regions=parts,
    )
    given = builders.evidence(event_facts)
    more = tuple(builders.trace(part, event_facts, step_s=3600) for part in parts)
    return event_facts, Evidence((*given.traces, *more))


@settings(max_examples=60, deadline=None)
@for_all(
    st.tuples(LEVEL, LEVEL, LEVEL),
    st.lists(LEVEL, max_size=3),
    st.lists(LEVEL, max_size=6),
)
def test_numbers_agree_in_alt_text_picture_and_data(own, nets, parts):
    event_facts, given = _event(own, nets, parts)
    event = builders.event(EventKind.CONFIRMED, facts=event_facts)
    scene, kinds = gallery.ARTIST.prepare(event, given, ())
    window = scene.curves.window
    rows = list(csv.DictReader(io.StringIO(csv_text(given, event_facts, window))))
    for kind in (kind for kind in kinds if kind in {ChartKind.LINES, ChartKind.STRIP}):
        alt = gallery.ARTIST.alt(scene, kind, 5000)
        canvas = gallery.ARTIST.draw(scene, kind)
        for line in gallery.alt_text_lines(scene, kind)[:8]:
            data = _last(rows, str(line.trace.entity), line.trace.signal)
            wanted = gallery.ARTIST.translations.percent(data)
            assert f"{line.label} {wanted}" in alt
            assert _level_beside(canvas, line.name) == wanted
        if "Lowest: " in alt:
            _check_lowest(alt, scene, rows)


def _last(rows, entity, signal):
    """Return the newest level of one series in the rows of the CSV file; 1.0 is normal."""
    own = [r for r in rows if (r["entity"], r["signal"]) == (entity, signal)]
    return float(own[-1]["percent_of_ordinary"]) / 100


def _level_beside(canvas, name):
    """Return the level that the canvas shows after `name`; "" if it shows none.

    The level is either in the text that begins with `name` or in the next text.
    """
    for number, text in enumerate(canvas.texts):
        rest = text.replace("\n", " ").removeprefix(name).strip()
        if rest != text.replace("\n", " ") and (
            not rest or PERCENT_TEXT.fullmatch(rest)
        ):
            return rest or canvas.texts[number + 1]
    return ""


def test_alt_text_of_a_blackout_gives_its_lowest_level():
    event_facts, given = _event((0.02, 0.04, 0.83), [], [])
    event = builders.event(EventKind.CONFIRMED, facts=event_facts)
    scene, _ = gallery.ARTIST.prepare(event, given, ())
    window = scene.curves.window
    rows = list(csv.DictReader(io.StringIO(csv_text(given, event_facts, window))))
    _check_lowest(gallery.ARTIST.alt(scene, ChartKind.LINES, 5000), scene, rows)


def _check_lowest(alt, scene, rows):
    """Check that CSV rows of a series have the level that `alt` calls its lowest."""
    match = re.search(
        r"Lowest: (.+?) (less than 1%|\d+%) at (\d+ \w+ \d\d:\d\d) UTC", alt
    )
    assert match is not None
    name, level, _ = match.groups()
    line = next(
        candidate
        for candidate in (*scene.curves.lines, *scene.curves.parts)
        if candidate.label == name
    )
    own = [
        float(r["percent_of_ordinary"])
        for r in rows
        if (r["entity"], r["signal"]) == (str(line.trace.entity), line.trace.signal)
        and r["percent_of_ordinary"]
    ]
    rounded = {round_to_percent(percent / 100) for percent in own}
    number = 0 if level == "less than 1%" else int(level.removesuffix("%"))
    assert number in rounded


def test_alt_text_names_the_kind_of_chart():
    for case in gallery.cases():
        scene, kinds = case.scene()
        for kind in kinds:
            alt = gallery.ARTIST.alt(scene, kind)
            kind_name = gallery.ARTIST.translations.translate("alt", "kinds", kind)
            assert kind_name in alt
            assert len(alt) <= 1000


def test_many_regions_are_counted_not_listed():
    case = next(c for c in gallery.cases() if c.name == "provinces")
    scene, _ = case.scene()
    assert "15 more" in gallery.ARTIST.alt(scene, ChartKind.STRIP, 2000)


def test_alt_text_of_map_gives_levels_of_regions():
    case = next(c for c in gallery.cases() if c.name == "counties")
    scene, _ = case.scene()
    alt = gallery.ARTIST.alt(scene, ChartKind.MAP)
    assert alt.startswith("Map: ")
    assert "Cameron Parish 2%, Calcasieu Parish 6%" in alt
    assert Entity(EntityKind.REGION, "US/Louisiana/Cameron") in {
        region.entity for region in scene.event.facts.parts.regions
    }
