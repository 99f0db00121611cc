"""Earlier incidents of a place as bars beside the one that is told."""

from collections.abc import Iterable

from bot.model.incident import Incident, State
from bot.model.interval import span_between
from bot.rendering.charts.bars import Bar
from bot.rendering.charts.frame import Scene
from bot.rendering.words import Words

_MOST = 8


def finished(past: Iterable[Incident]) -> tuple[Incident, ...]:
    """Those with an end, newest first: what was retracted never was."""
    ended = [
        one for one in past if one.state is State.RESTORED and one.restored is not None
    ]
    return tuple(ended[:_MOST])


def bars_of(scene: Scene, words: Words) -> list[Bar]:
    """The incident that is told on top, then the earlier ones, newest first."""
    facts = scene.event.facts
    now = scene.moments.lasting(facts.duration)
    if facts.restored is None:
        now = words.say("chart", "ongoing", length=now)
    date = words.date(facts.onset.since, "dated")
    found = [Bar(date, now, facts.onset, facts.restored)]
    for one in scene.past:
        name = words.date(one.onset.since, "dated")
        if one.confirmed_at is None:
            name = words.say("chart", "unsure", name=name)
        if one.restored is None:
            continue
        lasted = scene.moments.lasting(span_between(one.onset, one.restored))
        found.append(Bar(name, lasted, one.onset, one.restored, "calm"))
    return found
