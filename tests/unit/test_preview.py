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
from bot.cli.output.terminal import mark_spans, thumbnail
from bot.cli.preview import print_preview
from bot.config.sections import Config
from bot.model.draft import ColorScheme, Outlet, OutletText
from bot.model.event import IncidentEvent
from bot.model.incident import EventKind
from bot.places import load_register
from bot.rendering.preview import preview_event, write_page
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.translations import environment, languages, templates_root
from tests.builders import MAIL, MASTODON, X, event, evidence, mobile

TEMPLATES = environment(templates_root(), all_brands())
WRITER = TemplateRenderer(
    load_register(), Path("site"), "https://outagewire.example.org", "", TEMPLATES
)
FACTS = mobile()
STEP = event(EventKind.CONFIRMED, facts=FACTS)


class FalseTextRenderer(TemplateRenderer):
    """A renderer whose texts have a wrong level, and a cause in HTML markup."""

    __slots__ = ()

    def write(self, event: IncidentEvent, outlet: Outlet) -> OutletText:
        text = super().write(event, outlet)
        wrong = text.body.replace("28%", "38%")
        return replace(text, body=wrong.replace("Confirmed:", "<b>By order:</b>"))


def false_text_renderer() -> TemplateRenderer:
    return FalseTextRenderer(
        WRITER.register, WRITER.site, WRITER.base_url, "", TEMPLATES
    )


class PreviewPage(HTMLParser):
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

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_preview_shows_every_language_and_channel(tmp_path):
    langs = languages(templates_root())
    shown = preview_event(WRITER, STEP, evidence(FACTS), (X, MASTODON, MAIL), langs)
    assert [language.lang for language in shown.languages] == list(langs)
    for language in shown.languages:
        assert [s.outlet.name for s in language.specimens] == [
            "x",
            "mastodon",
            "letters",
        ]
        assert all(s.text and s.text.lang == language.lang for s in language.specimens)
        assert language.alt
    assert shown.wrong == 0
    assert shown.image is not None
    page = PreviewPage(write_page(TEMPLATES, "A try", [shown], tmp_path))
    assert page.all("script") == []
    assert (tmp_path / f"{STEP.key}.png").read_bytes() == shown.image
    page_langs = {attrs.get("lang") for attrs in page.all("p")} - {None}
    assert page_langs == set(langs)


def test_unsupported_claim_is_marked_in_the_text(tmp_path):
    shown = preview_event(false_text_renderer(), STEP, evidence(FACTS), (X,), ("en",))
    (specimen,) = shown.languages[0].specimens
    assert {objection.words for objection in specimen.objections} >= {"38%"}
    assert specimen.text is not None
    assert "".join(p.text for p in specimen.pieces) == specimen.text.body
    out = write_page(TEMPLATES, "A try", [shown], tmp_path)
    page = PreviewPage(out)
    assert "38%" in page.marks
    assert page.all("b")
    assert "&lt;b&gt;" in out.read_text(encoding="utf-8")


def test_unsupported_claim_is_marked_in_the_alt_text(monkeypatch):
    wrong = "Line chart: Kcell 38%, because of rain."
    monkeypatch.setattr(Illustrator, "picture", lambda *_: (b"", wrong))
    shown = preview_event(WRITER, STEP, evidence(FACTS), (X,), ("en",))
    objected = {objection.words for objection in shown.languages[0].alt_objections}
    assert objected == {"38%", "because of"}
    assert shown.wrong == 2


def test_channels_with_equal_texts_share_a_card():
    outlets = (X, replace(X, name="second"), MAIL)
    (language,) = preview_event(
        WRITER, STEP, evidence(FACTS), outlets, ("en",)
    ).languages
    names = [[s.outlet.name for s in card] for card in language.cards]
    assert names == [["x", "second"], ["letters"]]


def test_text_too_long_for_one_channel_stops_no_other(tmp_path):
    tiny = replace(X, name="tiny", limit=20)
    shown = preview_event(WRITER, STEP, evidence(FACTS), (tiny, X), ("en",))
    first, second = shown.languages[0].specimens
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
            [preview_event(WRITER, STEP, evidence(FACTS), (X,), ("en", "fa"))],
            tmp_path / name,
        ).read_bytes()
        for name in ("one", "two")
    ]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("width", [70, 80, 150])
def test_terminal_shows_every_text_in_full(width):
    """A long line is folded, not cut, also in Chinese, which has no spaces."""
    shown = preview_event(
        WRITER, STEP, evidence(FACTS), (X, MAIL), languages(templates_root())
    )
    terminal = io.StringIO()
    print_preview(Console(width=width, file=terminal, highlight=False), shown)
    printed = terminal.getvalue()
    assert "\N{HORIZONTAL ELLIPSIS}" not in printed
    if (
        width < 100
    ):  # texts are in one column, so the lines of a text are printed in sequence
        letters = re.sub(r"[\s\u2502]", "", printed)
        for specimen in (s for language in shown.languages for s in language.specimens):
            assert specimen.text is not None
            assert re.sub(r"\s", "", specimen.text.body) in letters


def test_overlapping_marks_are_merged_and_need_no_colour():
    text = mark_spans("at 38% by order", [(3, 6), (0, 4), (9, 9)])
    opened, closed = text.plain[0], text.plain[7]
    assert text.plain == f"{opened}at 38%{closed} by order"
    assert opened != closed


def test_a_picture_fits_the_terminal():
    shown = preview_event(WRITER, STEP, evidence(FACTS), (X,), ("en",))
    assert shown.image is not None
    lines = thumbnail(shown.image, 80).plain.splitlines()
    assert {len(line) for line in lines} == {80}
    assert 20 <= len(lines) <= 25
    terminal = io.StringIO()
    Console(width=80, force_terminal=True, file=terminal).print(
        thumbnail(shown.image, 80)
    )
    assert "\N{UPPER HALF BLOCK}" in terminal.getvalue()


def test_outlet_has_the_options_of_its_section(monkeypatch):
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
    (outlet,) = bootstrap.preview_outlets(config)
    assert (outlet.name, outlet.kind, outlet.limit) == ("desk", "mastodon", 500)
    assert (outlet.lang, outlet.theme, outlet.plain) == ("fr", ColorScheme.DARK, True)
