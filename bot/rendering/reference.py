"""What 100 percent is, with the dates that it was taken from."""

from datetime import timedelta

from bot.model.incident import Facts
from bot.model.interval import Interval
from bot.rendering.words import Words

_BACK = {"daily": timedelta(days=7), "flat": timedelta(days=7)}
_WEEKS = timedelta(weeks=4)
_WEEK = timedelta(weeks=1)


def reference(facts: Facts, window: Interval, words: Words) -> str:
    """The method and its dates, for the readings in `window`."""
    if facts.method == "kept":
        since, until = facts.onset.since - _WEEK, facts.onset.since
    else:
        since = window.since - _BACK.get(facts.method, _WEEKS)
        until = facts.as_of
    method = facts.method
    if not words.has("references", method):
        method = "unknown"
    same = since.year == until.year
    dates = {
        "since": words.date(since, "date" if same else "dated"),
        "until": words.date(until, "dated"),
    }
    told = words.say("references", method, **dates)
    return words.say("chart", "reference", reference=told)
