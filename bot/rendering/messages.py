"""The text and the picture of a channel's test."""

import hashlib
from datetime import datetime

from jinja2 import Environment

from bot.charts.canvas.theme import POST
from bot.model.draft import Outlet, OutletText, Picture
from bot.text.fitting.slots import fit, read_slots
from bot.text.translations import load_translations


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
