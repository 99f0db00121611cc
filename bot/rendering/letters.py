"""The letter that asks the editors to decide on a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from bot.model.draft import Draft
from bot.model.incident import IncidentEvent
from bot.model.objection import Objection
from bot.rendering.causes import DeskView
from bot.rendering.telling import Story


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the editors decide on; `objections` by channel."""

    event: IncidentEvent
    draft: Draft
    objections: Mapping[str, Sequence[Objection]]


def review_letter(
    templates: Environment,
    story: Story,
    reviewed: Reviewed,
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
