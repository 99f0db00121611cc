"""The heading of a report page, and what people say about the cause."""

from bot.model.event import Facts
from bot.model.incident_report import IncidentReport
from bot.site.event_views import page_title
from bot.text.causes import (
    cause_sentence,
    cause_views,
    class_meaning,
    class_views,
    withdrawn_views,
)
from bot.text.event_text import EventText
from bot.text.times import TimeFormatter
from bot.text.translations import Translations


def heading_values(
    report: IncidentReport, event_text: EventText, times: TimeFormatter
) -> dict[str, object]:
    """Return the values for the top of the page: title, place, state and as-of time.

    `marks` stands before the title where it is shown without the page: in the list of a
    search engine, or below a link that somebody shares (P16).
    """
    facts, translations = report.events[-1].facts, times.translations
    silent_since = report.readings.blind_since and times.instant(
        report.readings.blind_since
    )
    return {
        "id": report.incident.id,
        "title": page_title(translations, event_text, facts.timing.onset.since),
        "marks": _marks(facts, translations),
        "reconstruction": facts.reconstruction,
        "drill": facts.drill,
        "state": str(facts.state),
        "state_name": translations.translate("kinds", facts.state),
        "as_of": times.with_year(event_text.timing.moment),
        "silent_since": silent_since,
        "place": event_text.names.place,
        "within": event_text.names.within,
    }


def _marks(facts: Facts, translations: Translations) -> str:
    """Return the words for a drill and for a reconstruction; "" for neither."""
    kinds = {"drill": facts.drill, "reconstruction": facts.reconstruction}
    words = (translations.translate("opening", kind) for kind in kinds if kinds[kind])
    return "".join(f"{word} " for word in words)


def cause_values(report: IncidentReport, times: TimeFormatter) -> dict[str, object]:
    """Return the template's values about the classification and the attributions.

    The page shows these apart from the measurements (P8).
    """
    attributions, translations = report.attributions, times.translations
    return {
        "meaning": class_meaning(report.events[-1], report.classified, translations),
        "classes": class_views(report.classified, times),
        "cause": cause_sentence(attributions, translations),
        "causes": cause_views(attributions, times),
        "withdrawn": withdrawn_views(attributions, times),
    }
