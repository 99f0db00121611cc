"""Labels and detections for tests of matching and scoring."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.evaluation.labels import Label
from bot.evaluation.matching import Detection
from bot.model.entity import parse_entity
from bot.model.interval import Interval
from bot.model.verdict import Scope

DAY = datetime(2026, 1, 5, tzinfo=UTC)
END = DAY + timedelta(days=10)


def hour(number: float) -> datetime:
    """Return the time `number` hours after DAY."""
    return DAY + timedelta(hours=number)


def label(since, until, entity="country:KZ", use="detect; restore", recording="r"):
    """Return a label from `since` hours after DAY to `until` hours after DAY.

    If `until` is None, the end is unknown.
    """
    uses = tuple(part.strip() for part in use.split(";"))
    end = None if until is None else hour(until)
    place = parse_entity(entity)
    return Label(recording, place, hour(since), end, "unknown", "test", uses)


def detection(since, until, key="a", place="country:KZ", **more) -> Detection:
    """Return a detected event from hour `since` after DAY to hour `until`.

    It is suspected half an hour after its start and closed an hour after its end. `more`
    sets or replaces fields of `Detection`.
    """
    fields: dict[str, Any] = {
        "recording": "r",
        "step": timedelta(minutes=30),
        "scope": Scope.NATIONAL,
        "suspected_at": hour(since + 0.5),
        "closed_at": hour(until + 1),
    } | more
    when = Interval(hour(since), hour(until))
    return Detection(key=key, place=parse_entity(place), period=when, **fields)
