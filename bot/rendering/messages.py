"""Messages that are not posts of events: the review letter and a channel's test."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment

from bot.charts.canvas.theme import POST
from bot.model.draft import Draft, Objection, Outlet, OutletText, Picture
from bot.model.event import IncidentEvent
from bot.text.causes import EditorView
from bot.text.checks import check_note, check_result, ordered_checks
from bot.text.event_text import EventText
from bot.text.fitting.slots import fit, read_slots
from bot.text.reasons import note_in_words, rule_in_words
from bot.text.signal_names import silent_signals
from bot.text.text_builder import describe_baseline
from bot.text.translations import Translations, load_translations


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What the editors decide on: an event, its draft, and objections by channel."""

    event: IncidentEvent
    draft: Draft
    objections: Mapping[str, Sequence[Objection]]
    config_option: str = ""


def review_letter(
    templates: Environment,
    event_text: EventText,
    request: ReviewRequest,
    limits: Mapping[str, int],
    editor_view: EditorView,
) -> str:
    """Return the message that asks editors for a review: subject line, then text.

    Args:
        templates: the Jinja environment.
        event_text: the text of the event, in the language of the message.
        request: the event, its draft, and the objections to the draft.
        limits: the length limit of posts, by channel; a channel whose limit is not
            known is missing.
        editor_view: what only editors may see.
    """
    template = templates.get_template("letters/en/review.txt")
    translations = load_translations(templates, "en")
    facts = request.event.facts
    return template.render(
        s=event_text,
        event=request.event,
        facts=facts,
        checks=[
            (check_result(c, translations), check_note(c, translations))
            for c in ordered_checks(facts)
        ],
        why=note_in_words(translations.table, request.draft.note),
        basis=_basis(request.event, translations),
        silent=silent_signals(facts, translations),
        draft=request.draft,
        objections=request.objections,
        limits=limits,
        desk=editor_view,
        config=request.config_option,
    )


def _basis(event: IncidentEvent, translations: Translations) -> dict[str, str]:
    """Return the verdict rule, baseline and reason of an event in words."""
    words, checks = translations.table, event.facts.checks
    return {
        "rule": rule_in_words(words, event.facts.rule, checks),
        "baseline": describe_baseline(translations, event.facts, "methods_long"),
        "reason": rule_in_words(words, event.reason, checks),
    }


def make_test_text(
    templates: Environment, outlet: Outlet, sent_at: datetime
) -> OutletText:
    """Return the text of a test post; the text contains the time `sent_at`.

    Raises:
        RenderingError: the text is too long, or the language has no such text.
    """
    translations = load_translations(templates, outlet.lang)
    # The time makes each test post different. A channel that looks for a post by its
    # text then cannot mistake an earlier test post for this one.
    time = f"{sent_at:%Y-%m-%d %H:%M:%S}"
    template = templates.get_template("posts/_test.txt")
    rendered = template.render(say=lambda name: translations.translate(name, at=time))
    return fit(read_slots(rendered), outlet)


def make_test_picture(templates: Environment, lang: str) -> tuple[Picture, bytes]:
    """Return the record and the PNG of a test picture, as large as a chart."""
    label = load_translations(templates, lang).translate("chart", "test")
    # The canvas is imported here, because most commands that use this module draw no
    # picture.
    from bot.charts.canvas.canvas import Canvas
    from bot.charts.canvas.typesetting import Style

    # The test picture has the size and fonts of a chart. If it can be posted, a chart
    # can be posted.
    canvas = Canvas()
    style = Style(64, canvas.theme.soft, "bold", halign="center")
    canvas.draw_text(POST.width / 2, POST.height / 2, label, style)
    image = canvas.png()
    digest = hashlib.sha256(image).hexdigest()
    picture = Picture("test.png", "image/png", POST.width, POST.height, digest, label)
    return picture, image


def template_names(outlet: Outlet, name: str) -> list[str]:
    """Return the paths of a template, in the order in which they are to be tried.

    The outlet's own template set comes first, then its kind of channel, then the common
    templates.
    """
    folders = [f"{folder}/" for folder in (outlet.templates, outlet.kind) if folder]
    return [f"posts/{folder}{name}.txt" for folder in (*folders, "")]
