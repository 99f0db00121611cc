"""The values of the methodology page, each from the rules and settings in force."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from bot.detection import thresholds as detection
from bot.detection.classification.rules import CLASSES_VERSION
from bot.detection.classification.rules import RULES as CLASS_RULES
from bot.detection.fusion.rules import RULES_VERSION
from bot.detection.thresholds import Limit, Thresholds
from bot.incidents.steps import NEARLY_NORMAL
from bot.model.draft import SITE
from bot.model.event import Credit
from bot.model.signal import STRONG_FAMILIES, Family, Signal
from bot.model.verdict import LEAST_LEVELS, CheckName
from bot.policy.publication_rules import PolicyRule
from bot.site.info.program import ProgramSettings
from bot.text.causes import class_name
from bot.text.credits import source_name
from bot.text.names import capitalise
from bot.text.reasons import class_rule_in_words, rule_in_words
from bot.text.signal_names import signal_name
from bot.text.translations import Translations

# The comments of rules cite promises, which readers do not know.
_PROMISE = re.compile(r"\s*\((?:P\d+(?:, )?)+\)")


def methodology_values(
    program: ProgramSettings, translations: Translations
) -> dict[str, Any]:
    """Return the values of the template `methodology`."""
    return {
        "program": program,
        "signals": [
            _signal(signal, program.thresholds, translations)
            for signal in program.signals
        ],
        "detection": _detection(program, translations),
        "families": [_family(f, program, translations) for f in Family],
        "strong": translations.join_list(
            [translations.translate("families", family) for family in STRONG_FAMILIES]
        ),
        "exceptions": [
            {"name": signal, **_limit(limit)}
            for signal, limit in sorted(program.thresholds.by_signal.items())
        ],
        "verdicts": list(_verdicts(program, translations)),
        "rules_version": RULES_VERSION,
        "checks": [capitalise(text) for text in _checks(translations)],
        "classes": list(_classes(translations)),
        "classes_version": CLASSES_VERSION,
        "severities": list(_severities()),
        "pace": _pace(program, translations),
        "publication": [_policy_rule(r, translations) for r in program.policy.rules],
        "stale_after": _span(program.policy.stale_after, translations),
        "flood_within": translations.duration(program.policy.flood.within),
    }


def _detection(program: ProgramSettings, translations: Translations) -> dict[str, Any]:
    """Return the parameters that hold for all families, in words."""
    limits = program.thresholds
    spans = {
        "history": program.history,
        "grace": program.grace,
        "hold": limits.hold,
        "stale": limits.stale,
        "coincidence": limits.coincidence,
        "wide": limits.wide,
        "settle": detection.SETTLE_AFTER,
        "new_level_after": detection.NEW_LEVEL_AFTER,
        "frozen_after": detection.FROZEN_AFTER,
    }
    shares = {
        "rise": limits.rise,
        "ill_share": limits.ill_share,
        "ill_level": limits.ill_level,
        "ill_routes": limits.ill_routes,
        "ill_revision": limits.ill_revision,
        "new_level_lowest": detection.NEW_LEVEL_LOWEST,
        "short_history_on": detection.SHORT_HISTORY_ON,
    }
    return {
        **{name: translations.duration(span) for name, span in spans.items()},
        **{name: _percent(share) for name, share in shares.items()},
        "spreads": _number(limits.spreads),
        "shallow_spreads": _number(detection.SHALLOW_SPREADS),
        "bins_to_open": limits.bins_to_open,
        "control_basket": limits.control_basket,
        "frozen_bins": detection.FROZEN_BINS,
        "frozen_count": _number(detection.FROZEN_COUNT),
    }


def _family(
    family: Family, program: ProgramSettings, translations: Translations
) -> dict[str, Any]:
    shallow = detection.SHALLOW_LIMITS.get(family)
    return {
        "name": capitalise(translations.translate("families", family)),
        **_limit(program.thresholds.limits[family]),
        "spread": _percent(detection.SPREAD_FLOOR[family]),
        "shallow": _percent(shallow.on) if shallow else None,
    }


def _limit(limit: Limit) -> dict[str, str]:
    return {"on": _percent(limit.on), "off": _percent(limit.off)}


def _signal(
    signal: Signal, thresholds: Thresholds, translations: Translations
) -> dict[str, Any]:
    """Return what is measured by a signal, and the least that it can show."""
    bins = thresholds.low_bins_to_open(signal)
    credit = Credit(signal.id, signal.credit, signal.licence, signal.link)
    return {
        "name": capitalise(signal_name(translations, signal.id, signal.family)),
        "source": source_name(translations, signal.id, [credit]),
        "family": translations.translate("families", signal.family),
        "unit": signal.unit,
        "step": translations.duration(signal.step),
        "lag": translations.duration(signal.lag),
        "minimum": _number(signal.minimum) if signal.minimum else None,
        "on": _percent(thresholds.limit_of(signal).on),
        "bins": bins,
        # A drop is recognised once its last low bin is over and published.
        "shortest": translations.duration(bins * signal.step),
        "earliest": translations.duration(bins * signal.step + signal.lag),
        "credit": credit,
    }


def _verdicts(
    program: ProgramSettings, translations: Translations
) -> Iterator[dict[str, str]]:
    for rule in program.table:
        words = rule_in_words(translations.table, rule.id, ())
        yield {
            "id": rule.id,
            "outcome": str(rule.outcome),
            "when": capitalise(words),
            "why": _PROMISE.sub("", rule.comment),
        }


def _checks(translations: Translations) -> Iterator[str]:
    """Yield what each artefact check says if it finds the artefact."""
    table = translations.table["checks"]
    words: Mapping[str, Mapping[str, str]] = table if isinstance(table, dict) else {}
    for name in CheckName:
        if name in words:
            yield words[name]["failed"]


def _classes(translations: Translations) -> Iterator[dict[str, str]]:
    for rule in CLASS_RULES:
        yield {
            "id": rule.id,
            "name": class_name(translations, rule.kind),
            "when": capitalise(class_rule_in_words(translations.table, rule.id)),
            "why": _PROMISE.sub("", rule.comment),
        }


def _severities() -> Iterator[dict[str, str | None]]:
    """Yield each severity with its least level, and the level that it stays below."""
    below: float | None = None
    for least, severity in LEAST_LEVELS:
        yield {
            "id": str(severity),
            "least": _percent(least) if least else None,
            "below": _percent(below) if below else None,
        }
        below = least


def _pace(program: ProgramSettings, translations: Translations) -> dict[str, Any]:
    timing = program.timing
    spans = {
        "reopen_within": timing.reopen_within,
        "update_every": timing.update_every,
        "least_between": timing.least_between,
        "ease_after": timing.ease_after,
    }
    return {
        **{name: translations.duration(span) for name, span in spans.items()},
        "most_changes": timing.max_state_changes_per_day,
        "level_step": _percent(timing.level_step),
        "nearly_normal": _percent(NEARLY_NORMAL),
    }


def _policy_rule(rule: PolicyRule, translations: Translations) -> dict[str, Any]:
    """Return a publication rule without its name, its channels and its places.

    The operator chose these for people inside. The places of a rule that holds must not
    be published (P12).
    """
    return {
        "action": str(rule.action),
        "kinds": [translations.translate("kinds", kind) for kind in rule.kinds],
        "states": [translations.translate("states", state) for state in rule.states],
        "confirmed": rule.confirmed,
        "site": not rule.channels or SITE in rule.channels,
        "channels": not rule.channels or bool({*rule.channels} - {SITE}),
        "every_channel": not rule.channels,
        "some_places": bool(rule.places),
    }


def _span(span: timedelta | None, translations: Translations) -> str | None:
    return None if span is None else translations.duration(span)


def _percent(share: float) -> str:
    return f"{_number(share * 100)}%"


def _number(value: float) -> str:
    return f"{value:.6g}"
