"""The words and the picture of a test post: news in nothing but their size."""

import hashlib
from datetime import datetime

from jinja2 import Environment

from bot.model.draft import Outlet, Picture, Text
from bot.rendering.charts.setting import Style
from bot.rendering.charts.sheet import Sheet
from bot.rendering.charts.theme import POST
from bot.rendering.text import fit, read_slots
from bot.rendering.words import load_words


def rehearsal_words(templates: Environment, outlet: Outlet, at: datetime) -> Text:
    """What a test post says. Raises RenderingError where it does not fit."""
    words = load_words(templates, outlet.lang)
    known = {"at": f"{at:%Y-%m-%d %H:%M:%S}"}
    template = templates.get_template("posts/_test.txt")
    rendered = template.render(say=lambda name: words.say(name, **known))
    return fit(read_slots(rendered), outlet)


def rehearsal_picture(templates: Environment, lang: str) -> tuple[Picture, bytes]:
    """A card of a chart's size, and its bytes."""
    words = load_words(templates, lang).say("chart", "test")
    sheet = Sheet()
    style = Style(64, sheet.theme.soft, "bold", across="center")
    sheet.put(POST.width / 2, POST.height / 2, words, style)
    image = sheet.png()
    digest = hashlib.sha256(image).hexdigest()
    return Picture(
        "test.png", "image/png", POST.width, POST.height, digest, words
    ), image
