"""The letter that asks the editors to decide on a draft."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment

from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.theme import POST
from bot.charts.canvas.typesetting import Style
from bot.model.draft import Draft, Outlet, Picture, Text
from bot.model.incident import IncidentEvent
from bot.model.objection import Objection
from bot.text.causes import DeskView
from bot.text.event_text import EventText
from bot.text.slots import fit, read_slots
from bot.text.translations import load_translations


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What the editors decide on; `objections` by channel."""

    event: IncidentEvent
    draft: Draft
    objections: Mapping[str, Sequence[Objection]]


def review_letter(
    templates: Environment,
    story: EventText,
    reviewed: ReviewRequest,
    limits: Mapping[str, int],
    desk: DeskView,
) -> str:
    """First line the subject, then the text; no line of it is wrapped or cut.

    `limits` is the longest post by channel, where known; `desk` is for editors only.
    """
    template = templates.get_template("letters/en/review.txt")
    return template.render(
        s=story,
        event=reviewed.event,
        facts=reviewed.event.facts,
        draft=reviewed.draft,
        objections=reviewed.objections,
        limits=limits,
        desk=desk,
    )


def check_text(templates: Environment, outlet: Outlet, at: datetime) -> Text:
    """What a test post says. Raises RenderingError where it does not fit."""
    words = load_translations(templates, outlet.lang)
    known = {"at": f"{at:%Y-%m-%d %H:%M:%S}"}
    template = templates.get_template("posts/_test.txt")
    rendered = template.render(say=lambda name: words.say(name, **known))
    return fit(read_slots(rendered), outlet)


def check_picture(templates: Environment, lang: str) -> tuple[Picture, bytes]:
    """A card of a chart's size, and its bytes."""
    words = load_translations(templates, lang).say("chart", "test")
    sheet = Canvas()
    style = Style(64, sheet.theme.soft, "bold", across="center")
    sheet.put(POST.width / 2, POST.height / 2, words, style)
    image = sheet.png()
    digest = hashlib.sha256(image).hexdigest()
    return Picture(
        "test.png", "image/png", POST.width, POST.height, digest, words
    ), image
