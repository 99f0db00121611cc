"""Drafts hold what would be published; the review letter shows it to the editors."""

import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot.channels.file import FileChannel, FileConfig
from bot.charts.canvas.theme import DARK, LIGHT
from bot.model.classification import EditorContext
from bot.model.draft import ColorScheme, DraftState, OutletText
from bot.model.incident import EventKind, Evidence
from bot.model.operations import AlertKind, OperatorAlert
from bot.places import load_register
from bot.policy.reasons import DecisionReason
from bot.ports import Renderer
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.translations import environment, templates_root
from tests.builders import (
    EVERY_KIND,
    MASTODON,
    X,
    escalated,
    event,
    evidence,
    facts,
    suspected,
)

NO_BACKGROUND = EditorContext()
WRITER = TemplateRenderer(
    load_register(),
    Path("site"),
    "https://outagewire.example",
    "desk@example.org",
    environment(templates_root(), all_brands()),
    {"x": 280, "mastodon": 500},
)


def draft_of(kind=EventKind.ESCALATED, event_facts=None):
    event_facts = event_facts or escalated()
    return WRITER.draft(
        event(kind, 2, facts=event_facts), evidence(event_facts), [X, MASTODON]
    )


def test_template_renderer_implements_the_port():
    renderer: Renderer = WRITER
    assert renderer is WRITER


def test_draft_waits_and_has_a_text_for_every_outlet():
    draft, image = draft_of()
    assert draft.id == draft.event == "KZ-2022-0104.2"
    assert draft.state is DraftState.WAITING
    assert draft.version == 1
    assert [text.channel for text in draft.texts] == ["x", "mastodon"]
    assert draft.picture is not None
    assert image is not None
    assert draft.picture.name == "KZ-2022-0104-2.png"
    assert draft.picture.sha256 == hashlib.sha256(image).hexdigest()
    assert len(draft.picture.alt) <= 1000


def test_the_same_event_gives_the_same_draft():
    """P14: the same event and evidence give the same draft and the same picture."""
    assert draft_of() == draft_of()


def test_failed_chart_leaves_the_texts_and_a_note():
    """P17: if the chart fails, the draft has its texts and a note with the reason."""
    draft, image = WRITER.draft(event(), Evidence(()), [X])
    assert image is None
    assert draft.picture is None
    assert draft.note == "no chart: no series to draw: the event has no evidence"
    assert draft.texts[0].body.startswith("⚠️ Confirmed:")


def test_smallest_alt_limit_of_the_outlets_applies():
    event_facts = facts()
    draft, _ = WRITER.draft(event(), evidence(event_facts), [replace(X, alt_limit=300)])
    assert draft.picture is not None
    assert len(draft.picture.alt) <= 300


def test_review_letter_has_subject_texts_facts_and_commands():
    draft, _ = draft_of()
    letter = WRITER.review_letter(
        event(EventKind.ESCALATED, 2, facts=escalated()), draft, NO_BACKGROUND
    )
    subject, _, text = letter.partition("\n")
    question = (
        "Kazakhstan at 2%, escalated, 2 kinds of signals, 17:00 in Almaty: approve?"
    )
    assert subject == question
    assert text.index("WHAT ARGUES AGAINST IT") < text.index("drafts approve")
    assert text.index("drafts approve") < text.index("THE TEXTS")
    for body in (t.body for t in draft.texts):
        assert body in text
    assert f"x (en), {draft.texts[0].length} of 280 characters" in text
    assert draft.picture is not None
    assert draft.picture.alt in text
    assert "Not known: whether it is more than routes (no answer)." in text
    assert "IODA, Internet Intelligence Lab, Georgia Tech \u2013 all rights" in text
    for verb in ("approve", "hold", "reject"):
        assert f'outagewire drafts {verb} KZ-2022-0104.2 --reason "..."\n' in text
    assert 'edit KZ-2022-0104.2 --channel x --text "..." --reason "..."\n' in text


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_subject_of_a_review_letter_asks_one_short_question(kind):  # P16
    event_facts = EVERY_KIND[kind]()
    draft, _ = draft_of(kind, event_facts)
    letter = WRITER.review_letter(
        event(kind, 2, facts=event_facts), draft, NO_BACKGROUND
    )
    subject, _, text = letter.partition("\n")
    assert subject.endswith(": approve?")
    assert len(subject) <= 90
    assert "Age: this draft was made at" in text


def test_commands_in_letters_name_the_configuration():
    """A command can be pasted as it is, from any folder."""
    draft, _ = draft_of()
    writer = replace(WRITER, config_option=" --config '/my wire/c.toml'")
    letter = writer.review_letter(event(), draft, NO_BACKGROUND)
    alerts = [OperatorAlert(kind, "K/x", event().at, "the error") for kind in AlertKind]
    commands = re.findall(
        r"^outagewire .*|`outagewire [^`]+`|outagewire causes add .*",
        letter + writer.alert_letter(alerts, event().at),
        re.MULTILINE,
    )
    assert len(commands) >= 9
    assert all("--config '/my wire/c.toml'" in command for command in commands)
    assert any("settle K/x --posted-id" in command for command in commands)


def test_review_letter_in_a_flood_says_what_to_check_first():  # P6
    draft, _ = draft_of()
    flooded = replace(draft, note=f"all-out, {DecisionReason.MANY_PLACES}")
    advice = "Many places at once: look at the sources first."
    assert advice in WRITER.review_letter(event(), flooded, NO_BACKGROUND)
    assert advice not in WRITER.review_letter(event(), draft, NO_BACKGROUND)


def test_review_letter_marks_machine_drafts_and_has_alt_texts():  # P16
    event_facts = facts()
    russian = replace(MASTODON, lang="ru")
    draft, _ = WRITER.draft(
        event(facts=event_facts), evidence(event_facts), [X, russian]
    )
    letter = WRITER.review_letter(event(facts=event_facts), draft, NO_BACKGROUND)
    assert "mastodon (ru, machine draft: no named person has reviewed" in letter
    assert "x (en), " in letter
    assert draft.texts[1].alt is not None
    assert draft.texts[1].alt in letter


def test_chart_is_in_the_language_shared_by_all_channels():
    event_facts = facts()
    for lang, title in (("ru", "Линейный график"), ("en", "Line chart")):
        outlets = [replace(X, lang=lang), replace(MASTODON, lang=lang)]
        draft, _ = WRITER.draft(
            event(facts=event_facts), evidence(event_facts), outlets
        )
        assert draft.picture is not None
        assert draft.picture.alt.startswith(title)
        assert all(text.alt is None for text in draft.texts)


def test_review_letter_marks_unsupported_claims():  # P4, P8
    draft, _ = WRITER.draft(event(), Evidence(()), [X])
    assert "NOT SUPPORTED BY" not in WRITER.review_letter(event(), draft, NO_BACKGROUND)
    wrong = OutletText("x", "en", "It is at 3%, because of the regime.", 35)
    letter = WRITER.review_letter(
        event(), replace(draft, texts=(wrong,)), NO_BACKGROUND
    )
    assert '- "3%" (percent; blocked: reword it). The levels' in letter
    assert '- "because of" (cause; blocked' in letter
    assert (
        '- "regime" (loaded; a second person must take responsibility for it)' in letter
    )
    assert "--second NAME" in letter


def test_chart_is_dark_if_every_channel_is_dark():
    event_facts = escalated()

    def has_corner_colour(colour, *outlets):
        """Return whether the corner pixel has `colour`, to within 2 of 255 per component."""
        _, image = WRITER.draft(
            event(facts=event_facts), evidence(event_facts), outlets
        )
        assert image is not None
        corner = Image.open(io.BytesIO(image)).convert("RGB").crop((2, 2, 3, 3))
        wanted = bytes.fromhex(colour.removeprefix("#"))
        pairs = zip(corner.tobytes(), wanted, strict=True)
        return all(abs(part - other) <= 2 for part, other in pairs)

    dark = [replace(outlet, theme=ColorScheme.DARK) for outlet in (X, MASTODON)]
    assert has_corner_colour(DARK.paper, *dark)
    assert has_corner_colour(LIGHT.paper, X, dark[1])
    assert has_corner_colour(LIGHT.paper, X, MASTODON)


def test_outlet_has_the_theme_of_its_section(tmp_path):
    options = {"path": tmp_path / "posts", "media_dir": tmp_path, "theme": "dark"}
    channel = FileChannel("wire", FileConfig(**options))
    assert channel.outlet().theme is ColorScheme.DARK


def test_review_letter_says_why_there_is_no_picture():
    draft, _ = WRITER.draft(event(), Evidence(()), [X])
    letter = WRITER.review_letter(event(), draft, NO_BACKGROUND)
    assert "Note: no chart: no series to draw" in letter
    assert "the text would be published without one" in letter


def test_review_letter_on_suspected_drop_never_says_confirmed():
    """P7: the review letter on a suspected drop does not call it confirmed."""
    event_facts = suspected()
    draft, _ = draft_of(EventKind.SUSPECTED, event_facts)
    letter = WRITER.review_letter(
        event(EventKind.SUSPECTED, 2, facts=event_facts), draft, NO_BACKGROUND
    )
    assert "confirmed" not in letter.lower()
    assert "a drop in connectivity in Kazakhstan" in letter
