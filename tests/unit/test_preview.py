"""The preview shows the texts and the picture of an event before they are published."""

import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from bot import bootstrap
from bot.charts.illustrator import Illustrator
from bot.cli.preview import print_preview
from bot.cli.terminal import marked, thumbnail
from bot.config.sections import Config
from bot.model.draft import ColorScheme, Outlet, Text
from bot.model.incident import EventKind, IncidentEvent
from bot.places import load_register
from bot.rendering.preview import show, write_page
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.translations import environment, languages, templates_root
from tests.builders import MAIL, MASTODON, X, event, evidence, mobile

TEMPLATES = environment(templates_root(), all_brands())
WRITER = TemplateRenderer(
    load_register(), Path("site"), "https://outagewire.example.org", "", TEMPLATES
)
TOLD = mobile()
STEP = event(EventKind.CONFIRMED, facts=TOLD)


class Careless(TemplateRenderer):
    """A renderer whose texts have a wrong level and, in markup, a cause."""

    __slots__ = ()

    def write(self, event: IncidentEvent, outlet: Outlet) -> Text:
        text = super().write(event, outlet)
        wrong = text.body.replace("28%", "38%")
        return replace(text, body=wrong.replace("Confirmed:", "<b>By order:</b>"))


def careless() -> TemplateRenderer:
    return Careless(WRITER.register, WRITER.site, WRITER.base_url, "", TEMPLATES)


class Page(HTMLParser):
    """Parses a page into its tags, and the texts in its <mark> tags."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.marks: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] == "mark":
            self.marks.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_every_language_and_channel_is_shown_with_its_room(tmp_path):
    spoken = languages(templates_root())
    shown = show(WRITER, STEP, evidence(TOLD), (X, MASTODON, MAIL), spoken)
    assert [one.lang for one in shown.spoken] == list(spoken)
    for one in shown.spoken:
        assert [s.outlet.name for s in one.specimens] == ["x", "mastodon", "letters"]
        assert all(s.text and s.text.lang == one.lang for s in one.specimens)
        assert one.alt
    assert shown.wrong == 0
    assert shown.image is not None
    page = Page(write_page(TEMPLATES, "A try", [shown], tmp_path))
    assert page.of("script") == []
    assert (tmp_path / f"{STEP.key}.png").read_bytes() == shown.image
    told = {attrs.get("lang") for attrs in page.of("p")} - {None}
    assert told == set(spoken)


def test_what_nothing_backs_is_marked_in_the_text(tmp_path):
    shown = show(careless(), STEP, evidence(TOLD), (X,), ("en",))
    (specimen,) = shown.spoken[0].specimens
    assert {one.words for one in specimen.objections} >= {"38%"}
    assert specimen.text is not None
    assert "".join(p.text for p in specimen.pieces) == specimen.text.body
    out = write_page(TEMPLATES, "A try", [shown], tmp_path)
    page = Page(out)
    assert "38%" in page.marks
    assert page.of("b")
    assert "&lt;b&gt;" in out.read_text(encoding="utf-8")


def test_what_a_picture_does_not_show_is_marked_in_its_description(monkeypatch):
    wrong = "Line chart: Kcell 38%, because of rain."
    monkeypatch.setattr(Illustrator, "picture", lambda *_: (b"", wrong))
    shown = show(WRITER, STEP, evidence(TOLD), (X,), ("en",))
    found = {one.words for one in shown.spoken[0].alt_objections}
    assert found == {"38%", "because of"}
    assert shown.wrong == 2


def test_texts_that_read_the_same_stand_together():
    outlets = (X, replace(X, name="second"), MAIL)
    (spoken,) = show(WRITER, STEP, evidence(TOLD), outlets, ("en",)).spoken
    names = [[s.outlet.name for s in card] for card in spoken.cards]
    assert names == [["x", "second"], ["letters"]]


def test_words_that_do_not_fit_one_channel_stop_no_other(tmp_path):
    tiny = replace(X, name="tiny", limit=20)
    shown = show(WRITER, STEP, evidence(TOLD), (tiny, X), ("en",))
    first, second = shown.spoken[0].specimens
    assert "longer than 20" in first.trouble
    assert second.text is not None
    assert shown.image is not None
    text = write_page(TEMPLATES, "A try", [shown], tmp_path).read_text("utf-8")
    assert "longer than 20" in text


def test_the_same_event_gives_the_same_page(tmp_path):  # P14
    pages = [
        write_page(
            TEMPLATES,
            "A try",
            [show(WRITER, STEP, evidence(TOLD), (X,), ("en", "fa"))],
            tmp_path / name,
        ).read_bytes()
        for name in ("one", "two")
    ]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("width", [70, 80, 150])
def test_a_terminal_shows_every_letter_of_every_text(width):
    """A long line is folded, not cut, also in Chinese, which has no spaces."""
    shown = show(WRITER, STEP, evidence(TOLD), (X, MAIL), languages(templates_root()))
    terminal = io.StringIO()
    print_preview(Console(width=width, file=terminal, highlight=False), shown)
    printed = terminal.getvalue()
    assert "\N{HORIZONTAL ELLIPSIS}" not in printed
    if (
        width < 100
    ):  # texts are in one column, so the lines of a text are printed in sequence
        letters = re.sub(r"[\s\u2502]", "", printed)
        for specimen in (s for one in shown.spoken for s in one.specimens):
            assert specimen.text is not None
            assert re.sub(r"\s", "", specimen.text.body) in letters


def test_marks_that_overlap_are_one_and_show_without_colours():
    text = marked("at 38% by order", [(3, 6), (0, 4), (9, 9)])
    opened, closed = text.plain[0], text.plain[7]
    assert text.plain == f"{opened}at 38%{closed} by order"
    assert opened != closed


def test_a_picture_fits_the_terminal():
    shown = show(WRITER, STEP, evidence(TOLD), (X,), ("en",))
    assert shown.image is not None
    lines = thumbnail(shown.image, 80).plain.splitlines()
    assert {len(line) for line in lines} == {80}
    assert 20 <= len(lines) <= 25
    terminal = io.StringIO()
    Console(width=80, force_terminal=True, file=terminal).print(
        thumbnail(shown.image, 80)
    )
    assert "\N{UPPER HALF BLOCK}" in terminal.getvalue()


def test_it_speaks_as_the_operator_has_it(monkeypatch):
    """An outlet has the language, theme and `plain` of its section; no server is asked."""
    monkeypatch.setenv("TOKEN", "never-sent")
    section = {
        "kind": "mastodon",
        "base_url": "https://example.org",
        "token": "env:TOKEN",
        "lang": "fr",
        "theme": "dark",
        "plain": True,
    }
    config = Config.model_validate({"channels": {"desk": section}})
    (outlet,) = bootstrap.outlets(config)
    assert (outlet.name, outlet.kind, outlet.limit) == ("desk", "mastodon", 500)
    assert (outlet.lang, outlet.theme, outlet.plain) == ("fr", ColorScheme.DARK, True)
