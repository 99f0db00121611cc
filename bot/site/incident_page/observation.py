"""What the sources can observe in a place, and what they cannot (P5)."""

from dataclasses import dataclass

from bot.incidents.timeline.silence import event_with_current_levels
from bot.model.incident import Evidence
from bot.model.incident_report import IncidentReport
from bot.model.signal import Family
from bot.model.verdict import SeriesState
from bot.text.names import capitalise
from bot.text.signal_names import signal_name
from bot.text.translations import Translations


@dataclass(frozen=True, slots=True)
class ObservationView:
    """What is observed in the place of an incident.

    Attributes:
        judged: the names of the place's signals that can be judged as of the last event.
        unjudged: the names of its other signals, whose state is unknown.
        missing: the names of the families without a signal of the place.
        step: how far apart the readings of the chart's main series are; None if the last
            event has no readings.
    """

    judged: tuple[str, ...]
    unjudged: tuple[str, ...]
    missing: tuple[str, ...]
    step: str | None


def observation_view(
    report: IncidentReport, translations: Translations
) -> ObservationView:
    """Return what is observed in the place, as of the last event."""
    last = event_with_current_levels(report)
    own = last.facts.levels.series
    names: dict[bool, list[str]] = {True: [], False: []}
    for series in own:
        is_judged = series.level is not None and series.state is not SeriesState.UNKNOWN
        name = capitalise(signal_name(translations, series.signal, series.family))
        names[is_judged].append(name)
    families = {series.family for series in own}
    evidence = report.evidence.get(last.key, Evidence(traces=()))
    # The levels of a part are not those of the place, so nothing is said of the place.
    missing = [family for family in Family if own and family not in families]
    return ObservationView(
        judged=tuple(dict.fromkeys(names[True])),
        unjudged=tuple(dict.fromkeys(names[False])),
        missing=tuple(translations.translate("families", family) for family in missing),
        step=_step(evidence, translations),
    )


def _step(evidence: Evidence, translations: Translations) -> str | None:
    if not evidence.traces:
        return None
    return translations.count(evidence.traces[0].step_s // 60, "minute")
