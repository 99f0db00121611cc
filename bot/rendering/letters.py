"""The letter that asks the editors to decide on a draft."""

from collections.abc import Mapping

from jinja2 import Environment

from bot.model.draft import Draft
from bot.model.incident import IncidentEvent
from bot.rendering.causes import DeskView
from bot.rendering.telling import Story


def review_letter(
    templates: Environment,
    story: Story,
    event: IncidentEvent,
    draft: Draft,
    limits: Mapping[str, int],
    desk: DeskView,
) -> str:
    """First line the subject, then the text; no line of it is wrapped or cut.

    `limits` is the longest post by channel, where known; `desk` is for editors only.
    """
    template = templates.get_template("letters/en/review.txt")
    return template.render(
        s=story,
        event=event,
        facts=event.facts,
        draft=draft,
        limits=limits,
        desk=desk,
    )
