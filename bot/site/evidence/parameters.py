"""The rules and parameters by which an event was decided, as a file of a bundle."""

from typing import Any

from pydantic import TypeAdapter

from bot.detection import thresholds as built_in
from bot.detection.fusion.rules import RULES, RULES_VERSION
from bot.detection.thresholds import Thresholds
from bot.incidents.steps import EventTiming
from bot.site.evidence.records import value_json
from bot.site.evidence.settings import EvidenceSettings

_BUILT_IN = (
    "SPREAD_FLOOR",
    "SHALLOW_LIMITS",
    "SHALLOW_SPREADS",
    "LIFT_AT_MOST",
    "SHORT_HISTORY_ON",
    "FROZEN_AFTER",
    "FROZEN_BINS",
    "FROZEN_COUNT",
    "SETTLE_AFTER",
    "NEW_LEVEL_AFTER",
    "NEW_LEVEL_LOWEST",
    "LEAST_BASELINE",
)


def parameters_json(settings: EvidenceSettings) -> bytes:
    """Return the thresholds and verdict rules in force; durations are in ISO 8601."""
    return value_json(
        {
            "thresholds": _plain(settings.thresholds or Thresholds()),
            "events": _plain(settings.timing or EventTiming()),
            "built_in": {
                name.lower(): _plain(getattr(built_in, name)) for name in _BUILT_IN
            },
            "rules_version": RULES_VERSION,
            "rules": [
                {"id": rule.id, "outcome": str(rule.outcome), "reason": rule.comment}
                for rule in RULES
            ],
        }
    )


def _plain(value: object) -> Any:  # noqa: ANN401 - any JSON value
    return TypeAdapter(Any).dump_python(value, mode="json")
