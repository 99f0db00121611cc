"""What a real browser shows to be wrong with a page."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from playwright.sync_api import Page

from tests.servers.fetching.browser import AXE
from tests.servers.missing import report_missing

_HEIGHT = 844
_SCREEN = 780
"""The height in CSS pixels of what a phone shows of a page at a time."""
_MOST_SCREENS, _MOST_TRANSLATED = 12, 15
"""How many screens the page of an incident fills at most in English, and in languages
that need more room for the same words."""
_MOST_TABS = 12
_FOCUSED = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  return {
    words: element.outerHTML.slice(0, 120),
    isBody: element === document.body,
    isSkipLink: element.matches('a[href="#main"]'),
    isShown: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0 &&
      box.left < innerWidth && box.top < innerHeight,
    isMarked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
  };
}"""
# A text must have the direction of its language, at a phone as on a screen reader. A number,
# a time or a Latin name may go from left to right within Arabic, if the page says so.
_WRONG_WAY = r"""() => {
  const fromRight = ':is(:lang(ar), :lang(fa), :lang(he), :lang(ur))';
  const arabic = /[\p{Script=Arabic}\p{Script=Hebrew}]/u, letter = /\p{L}/gu;
  const isWrong = (element) => {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.data).join('').replace(/\u061c|https?:\S+/g, '');
    const isRtl = getComputedStyle(element).direction === 'rtl';
    if (!element.matches(fromRight)) {
      return isRtl && (own.match(letter) ?? []).some((found) => !arabic.test(found));
    }
    return !isRtl &&
      (arabic.test(own) || !element.closest('bdi, [dir="ltr"], [dir="auto"]'));
  };
  return [...document.querySelectorAll('body, body *:not(script)')].filter(isWrong)
    .map((element) => `${getComputedStyle(element).direction}: ` +
      element.outerHTML.slice(0, 160));
}"""
_SIDEWAYS = """() => {
  const wide = [...document.body.querySelectorAll('*')].filter(
    (element) => element.getBoundingClientRect().right > innerWidth + 1);
  const root = document.scrollingElement;
  return root.scrollWidth <= innerWidth ? '' :
    `${root.scrollWidth} pixels: ` +
    wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 100)).join(' / ');
}"""
_CUT_TABLES = """() =>
  [...document.querySelectorAll('table.stacked')]
    .map((table) => table.parentElement)
    .filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => box.outerHTML.slice(0, 100)).join(' / ')"""
_AXE = """async () => {
  const result = await axe.run(document, {resultTypes: ['violations']});
  return JSON.stringify(result.violations.map((rule) =>
    [rule.id, rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]));
}"""


class Look(NamedTuple):
    """A width of the window in CSS pixels, and a colour scheme."""

    width: int
    scheme: Literal["light", "dark"]

    def apply(self, page: Page) -> None:
        """Give the page this width and scheme."""
        page.set_viewport_size({"width": self.width, "height": _HEIGHT})
        # Without this, a page is still scrolling while the focus is looked at.
        page.emulate_media(color_scheme=self.scheme, reduced_motion="reduce")


PHONE, PHONE_DARK = Look(390, "light"), Look(390, "dark")
DESK, DESK_DARK = Look(1280, "light"), Look(1280, "dark")
ALL_LOOKS = PHONE, DESK_DARK, PHONE_DARK, DESK
"""Neighbours differ in width and scheme: the first two show most of what all four show."""


@dataclass(frozen=True)
class Problem:
    """Something wrong with a page: which check says so, and what it is."""

    check: str
    page: str
    what: str

    def __str__(self) -> str:
        return f"{self.page}: {self.what}"


def sideways_scroll(page: Page) -> str:
    """Return what is wider than the window; "" if nothing makes the page scroll."""
    wide: str = page.evaluate(_SIDEWAYS)
    return wide


def cut_tables(page: Page) -> str:
    """Return the tables of blocks that are wider than their box; "" if there are none."""
    cut: str = page.evaluate(_CUT_TABLES)
    return cut


def axe_violations(page: Page) -> Iterator[str]:
    """Yield each rule of axe that the page violates, with some elements.

    All rules that axe runs by default count, also its best practices.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe_source())
    for rule, elements in json.loads(page.evaluate(_AXE)):
        yield f"{rule}: {' / '.join(elements)}"


@cache
def _axe_source() -> str:
    if not AXE.is_file():
        report_missing("axe-core")
    return AXE.read_text("utf-8")


def focus_problems(page: Page, name: str) -> Iterator[str]:
    """Yield what is wrong with moving through the page by the Tab key.

    The first stop must be the link to the text, and it must lead there. Each stop must
    be in the window and have an outline. A page to embed has nothing to skip, so it needs
    no such link.
    """
    needs_link = "embed" not in PurePosixPath(name).parts
    for stop in range(_MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if stop == 0 and needs_link and not focused["isSkipLink"]:
            yield f"the first stop of Tab is no link to the text: {focused['words']}"
        if focused["isBody"]:
            return
        if not (focused["isShown"] and focused["isMarked"]):
            yield f"the focus cannot be seen: {focused['words']}"
    if needs_link and not _follows_skip_link(page):
        yield "the link to the text does not lead there"


def _follows_skip_link(page: Page) -> bool:
    """Follow the link to the text; return whether it leads there."""
    page.evaluate("() => document.querySelector('a[href=\"#main\"]').focus()")
    page.keyboard.press("Enter")
    there = "() => location.hash === '#main' && !!document.querySelector('#main')"
    return bool(page.evaluate(there))


def too_long(page: Page, name: str) -> str:
    """Return how long the page of an incident is on a phone; "" if it is short enough."""
    parts = PurePosixPath(name).parts
    if parts[0] != "i" or len(parts) != 3:
        return ""
    PHONE.apply(page)
    height = page.evaluate("() => document.documentElement.scrollHeight")
    most = _MOST_SCREENS if parts[2] == "index.html" else _MOST_TRANSLATED
    screens = height / _SCREEN
    return f"fills {screens:.1f} screens of a phone" if screens > most else ""


def problems_of(page: Page, name: str, looks: Sequence[Look]) -> Iterator[Problem]:
    """Yield what is wrong with a page that is loaded, in each of `looks`."""
    for look in looks:
        look.apply(page)
        where = f"at {look.width} pixels, {look.scheme}"
        if wide := sideways_scroll(page):
            yield Problem("width", name, f"{where}: scrolls sideways, {wide}")
        if cut := cut_tables(page):
            yield Problem("width", name, f"{where}: a table is cut off, {cut}")
        for violation in axe_violations(page):
            yield Problem("axe", name, f"{where}: {violation}")
    if length := too_long(page, name):
        yield Problem("length", name, length)
    for element in page.evaluate(_WRONG_WAY):
        yield Problem("direction", name, f"has the wrong direction, {element}")
    for what in focus_problems(page, name):
        yield Problem("keyboard", name, what)
