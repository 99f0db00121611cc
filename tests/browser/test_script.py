"""What the site's script adds to pages: values of charts, the reader's zone, filters."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from bot.site.places.pages import PlaceRow, PlaceSite, PlaceTable
from tests.browser.page_checks import DESK_DARK, PHONE, axe_violations, sideways_scroll
from tests.browser.site_server import serve
from tests.browser.small_site import KZ, SD
from tests.builders import utc
from tests.unit.test_pages import writer

pytestmark = [pytest.mark.xdist_group("chromium"), pytest.mark.timeout(900)]

RESTORED, SILENT = f"i/{KZ}/index.html", f"i/{SD}/index.html"
ZONE = "America/New_York"
NAMES = ("Algeria", "Åland", "إِيران", "Iraq")


@contextmanager
def open_page(
    browser: Browser, address: str, name: str, *, scripts: bool = True
) -> Iterator[Page]:
    """Open a page in a zone that is behind UTC.

    The page may not print to the console, fail, ask another server, or store anything.
    """
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        timezone_id=ZONE,
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    page = context.new_page()
    wrong: list[str] = []
    asked: list[str] = []
    page.set_default_timeout(30_000)
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{name}")
    yield page
    state = context.storage_state()
    context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith(f"{address}/")] == []
    assert state == {"cookies": [], "origins": []}


class Row(NamedTuple):
    """A row of the table beneath a chart: its time, as text and in seconds, and levels."""

    time: str
    until: float
    levels: list[str]


def rows_of(page: Page) -> list[Row]:
    """Return the rows of the table, as the HTML has them."""
    rows = page.locator("#readings tbody tr").evaluate_all(
        "rows => rows.map((row) => [row.querySelector('time').textContent,"
        " row.querySelector('time').dateTime,"
        " [...row.querySelectorAll('td')].map((cell) => cell.textContent)])"
    )
    return [Row(t, datetime.fromisoformat(at).timestamp(), ls) for t, at, ls in rows]


def values_shown(page: Page) -> tuple[str, list[str]]:
    """Return the time and the levels that are written below the chart."""
    readout = page.locator(".readout")
    return readout.locator("strong").inner_text(), readout.locator(
        "b"
    ).all_inner_texts()


class Pointer:
    """Moves the pointer over the chart to a time, as the drawing says where it is."""

    def __init__(self, page: Page, root: Path, name: str) -> None:
        html = (root / name).read_text("utf-8")
        numbers = re.findall(r'data-plot="([\d. ]+)', html)[0].split()
        ends = list(map(float, numbers))
        self._mouse, plot = page.mouse, page.locator(".plot")
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        assert box is not None
        # The picture has a border of one pixel, and the plot is a part of the picture.
        scale = (box["width"] - 2) / ends[0]
        self._left, self._wide = (
            box["x"] + 1 + scale * ends[2],
            scale * (ends[4] - ends[2]),
        )
        self._y = box["y"] + scale * (ends[3] + ends[5]) / 2
        self._since, self._until = ends[10:12]

    def move_to(self, at: float) -> None:
        share = (at - self._since) / (self._until - self._since)
        self._mouse.move(self._left + share * self._wide, self._y)

    def drag(self, begin: float, end: float) -> None:
        self.move_to(begin)
        self._mouse.down()
        self.move_to((begin + end) / 2)
        self.move_to(end)
        self._mouse.up()


@pytest.mark.parametrize("name", [RESTORED, SILENT])
def test_pointer_shows_the_values_of_the_table(chromium, small_site, name):  # P4, P5
    with open_page(chromium, small_site.address, name) as page:
        rows, pointer = rows_of(page), Pointer(page, small_site.root, name)
        for row, previous in zip(rows[-1:0:-3], rows[-2::-3], strict=False):
            pointer.move_to((row.until + previous.until) / 2)
            assert values_shown(page) == (row.time, row.levels)
        # Nobody sees a mark who does not use it.
        assert page.locator(".mark rect").count() == 1
        page.mouse.move(0, 0)
        assert page.locator(".mark rect").count() == 0
        # A source that fell silent is not at zero.
        missing = [row for row in rows if "no reading" in row.levels]
        assert bool(missing) == (name == SILENT)


def test_arrow_keys_move_through_the_readings(chromium, small_site):  # P15
    with open_page(chromium, small_site.address, RESTORED) as page:
        rows, slider = rows_of(page), page.get_by_label("Time on the chart")
        slider.press("Home")
        assert values_shown(page) == (rows[0].time, rows[0].levels)
        slider.press("ArrowRight")
        slider.press("ArrowRight")
        assert values_shown(page) == (rows[2].time, rows[2].levels)
        assert slider.get_attribute("aria-valuetext") == f"{rows[2].time} UTC"
        assert page.locator('.readout [aria-live="polite"] b').count() == len(
            rows[2].levels
        )


def test_selected_span_is_enlarged_until_the_reader_goes_back(chromium, small_site):
    with open_page(chromium, small_site.address, RESTORED) as page:
        rows, pointer = rows_of(page), Pointer(page, small_site.root, RESTORED)
        pointer.drag(rows[10].until - 600, rows[20].until - 600)
        ends = f"{rows[10].time} UTC", f"{rows[20].time} UTC"
        page.get_by_text(f"Shown: {ends[0]} to {ends[1]}", exact=True).wait_for()
        assert page.locator(".plot text").all_text_contents() == [*ends]
        # The lines are those of the picture, in its colours.
        lines = page.locator('.plot path[stroke="#c8102e"]')
        assert len(lines.first.get_attribute("d") or "") > 1000
        slider = page.get_by_label("Time on the chart")
        slider.press("Home")
        assert values_shown(page) == (rows[10].time, rows[10].levels)
        slider.press("End")
        assert values_shown(page) == (rows[20].time, rows[20].levels)
        DESK_DARK.apply(page)
        assert [*axe_violations(page)] == []
        back = page.get_by_text("Show the whole period")
        back.press("Enter")
        assert not back.is_visible()
        assert page.locator(".plot text, .plot image").count() == 0
        slider.press("Home")
        assert values_shown(page)[0] == rows[0].time


def test_buttons_and_keys_enlarge_the_chart_of_a_phone(chromium, small_site):
    with open_page(chromium, small_site.address, RESTORED) as page:
        PHONE.apply(page)
        page.locator(".plot").scroll_into_view_if_needed()
        rows, closer = rows_of(page), page.get_by_text("Enlarge around this time")
        slider, back = page.get_by_label("Time on the chart"), "Show the whole period"
        slider.press("End")
        closer.press("Enter")
        page.get_by_text(back).wait_for()
        assert int(slider.get_attribute("min") or 0) >= len(rows) // 3
        assert values_shown(page) == (rows[-1].time, rows[-1].levels)
        assert sideways_scroll(page) == ""
        slider.press("Escape")
        assert not page.get_by_text(back).is_visible()
        assert slider.get_attribute("min") == "0"


def test_exact_times_are_shown_in_the_readers_zone_and_back(chromium, small_site):  # P9
    with open_page(chromium, small_site.address, RESTORED) as page:
        before = page.locator("main").inner_text()
        timeline = page.locator("li.measurement time").all_inner_texts()
        page.get_by_text("Show times in my time zone").press("Enter")
        assert ZONE in page.locator("header [role=status]").inner_text()
        # The times name their zone, so the heading of the column no longer says UTC.
        assert rows_of(page)[-1].time.endswith("GMT-5")
        assert page.locator("#readings th [data-utc]:not([hidden])").count() == 0
        assert values_shown(page)[0] == rows_of(page)[-1].time
        # Ranges stay as they are written: one time would say more than is known.
        assert page.locator("li.measurement time").all_inner_texts() == timeline
        page.get_by_text("Show times in UTC").press("Enter")
        assert page.locator("main").inner_text() == before


def test_lists_are_filtered_as_the_reader_types(chromium, tmp_path):
    with serve(tmp_path) as address:
        site = PlaceSite(writer(tmp_path).open_site().settings)
        site.pages.edition("en").templates.write_shared_files()
        table = PlaceTable(_groups(site), as_of=utc("2022-01-11 05:00"))
        site.write_index({"en": table})
        with open_page(chromium, address, "places/index.html") as page:
            page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
            field, rows = page.get_by_label("Filter by name"), page.locator("tbody tr")
            for typed, left in {
                "aland": ["Åland"],
                "ايران": ["إِيران"],
                " RA q": ["Iraq"],
                "nowhere": [],
                "": [*NAMES],
            }.items():
                field.fill(typed)
                shown = rows.filter(visible=True).locator("th").all_inner_texts()
                assert shown == left, typed
                words = f"Shown: {len(left)} of 4" if typed else ""
                assert page.locator(".filter [role=status]").inner_text() == words
                links = page.locator(".letters a").filter(visible=True).count()
                assert links == len({name[0] for name in left} & {"A", "I"}) or typed
            field.fill("aland")
            assert sideways_scroll(page) == ""
            assert [*axe_violations(page)] == []


def _groups(site: PlaceSite) -> list[dict[str, object]]:
    """Return the rows of some places, in two groups."""
    rows = [
        site.render_row(
            site.pages.edition("en"),
            PlaceRow(f"country/{n}", name, "", {"signals": []}, [], (name, "")),
            (),
        )
        for n, name in enumerate(NAMES)
    ]
    return [{"letter": "A", "rows": rows[:2]}, {"letter": "I", "rows": rows[2:]}]


def test_pages_add_nothing_without_javascript(chromium, small_site):  # P15
    with open_page(chromium, small_site.address, RESTORED, scripts=False) as page:
        assert page.locator("button, input, .plot").count() == 0
        assert page.locator("figure img").count()


@pytest.mark.parametrize(("lang", "switch"), [("fr", "fuseau"), ("ar", "الزمنية")])
def test_script_speaks_the_language_of_the_page(chromium, small_site, lang, switch):
    name = RESTORED.replace(".html", f".{lang}.html")
    with open_page(chromium, small_site.address, name) as page:
        # The numbers and times of the chart are those of the table beneath it.
        assert values_shown(page)[0] == rows_of(page)[-1].time
        page.locator("button.zone", has_text=switch).press("Enter")
        assert ZONE in page.locator("header [role=status]").inner_text()
        assert page.locator("[data-utc]:not([hidden])").count() == 0
        assert "2022" in rows_of(page)[-1].time
        assert "Show" not in page.locator("body").inner_text()
