"""The smallest drop of a place that each of its series could show, for its page."""

import math
from dataclasses import dataclass

from bot.detection.fusion.smallest_drops import (
    SHALLOW_TIME,
    LeastDrop,
    SmallestDrops,
    smallest_drops,
)
from bot.detection.thresholds import SHALLOW_LIMITS
from bot.incidents.timeline.silence import event_with_current_levels
from bot.model.incident import Evidence, Trace
from bot.model.incident_report import IncidentReport
from bot.model.signal import Family, Signal
from bot.model.timeline import SeriesLevel
from bot.site.info.program import ProgramSettings
from bot.text.names import capitalise
from bot.text.signal_names import signal_name
from bot.text.translations import Translations


@dataclass(frozen=True, slots=True)
class SmallestDropsView:
    """The smallest drops of a place.

    Attributes:
        sentences: one sentence or two for each of the place's own series.
        shallow_time: how long traffic and another family must be low together for a
            smaller drop to count; None if the place lacks such series.
    """

    sentences: tuple[str, ...]
    shallow_time: str | None


def smallest_drops_view(
    report: IncidentReport, program: ProgramSettings | None, translations: Translations
) -> SmallestDropsView | None:
    """Return the smallest drops that the place's own series could show.

    They follow from the rules in force and from the baselines that are stored with the
    last event. A series without such a baseline is not known, and said to be so (P5). The
    result is None if the rules are not known, or the place has no series.
    """
    last = event_with_current_levels(report)
    own = last.facts.levels.series
    if program is None or not own:
        return None
    evidence = report.evidence.get(last.key, Evidence(traces=()))
    traces = {trace.key: trace for trace in evidence.traces}
    signals = {signal.id: signal for signal in program.signals}
    return SmallestDropsView(
        tuple(
            _sentences(
                capitalise(signal_name(translations, series.signal, series.family)),
                _drops_of(signals.get(series.signal), traces.get(series.key), program),
                translations,
            )
            for series in own
        ),
        translations.duration(SHALLOW_TIME) if _may_be_shallow(own) else None,
    )


def _drops_of(
    signal: Signal | None, trace: Trace | None, program: ProgramSettings
) -> SmallestDrops | None:
    if signal is None or trace is None or trace.step_s != signal.step_s:
        return None
    return smallest_drops(signal, trace, program.thresholds)


def _may_be_shallow(own: tuple[SeriesLevel, ...]) -> bool:
    families = {series.family for series in own}
    return Family.TRAFFIC in families and len(families & set(SHALLOW_LIMITS)) > 1


def _sentences(
    name: str, drops: SmallestDrops | None, translations: Translations
) -> str:
    """Return what a drop must have at least in one series; None is not known."""
    translate = translations.translate
    if drops is None:
        return translate("incident-smallest-unknown", signal=name)
    joint, alone = drops.joint, drops.alone
    if joint.least >= 1:
        return translate("incident-smallest-never", signal=name)
    if alone is None:
        first = translate("incident-smallest-not-alone", signal=name)
    else:
        values = _values(alone, translations)
        first = translate("incident-smallest-alone", signal=name, **values)
    if alone == joint:
        return first
    second = translate("incident-smallest-joint", **_values(joint, translations))
    return f"{first}{translate('gap')}{second}"


def _values(drop: LeastDrop, translations: Translations) -> dict[str, object]:
    return {
        "depth": _depth(drop, translations),
        "n": drop.bins,
        "span": translations.duration(drop.span),
    }


def _depth(drop: LeastDrop, translations: Translations) -> str:
    """Return how far below normal a drop must be, for all hours of the day."""
    least, most = _whole_percents(drop)
    shown = {"least": translations.percent(least)}
    if most >= 1:
        return translations.translate("incident-smallest-some", **shown)
    if least == most:
        return shown["least"]
    shown["most"] = translations.percent(most)
    return translations.translate("incident-smallest-range", **shown)


def _whole_percents(drop: LeastDrop) -> tuple[float, float]:
    """Return both depths in whole percent, as shares.

    The least is rounded down and the most up: no drop is smaller than the least, and the
    most is never said to be less than it is (P18).
    """
    # Without rounding before, 1 - 0.8 would be less than 20%.
    least, most = (round(share * 100, 6) for share in (drop.least, min(drop.most, 9.0)))
    return math.floor(least) / 100, math.ceil(most) / 100
