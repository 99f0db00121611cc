"""What a report page states about an event, so that its statements can be checked."""

from collections.abc import Iterator

from bot.model.event import IncidentEvent
from bot.model.incident import Incident
from bot.model.incident_report import IncidentReport
from bot.site.event_views import fact_rows, page_event_text
from bot.site.incident_json import incident_document
from bot.site.pages import Site
from bot.text.places_affected import zone_of
from bot.text.times import TimeFormatter


def page_texts(site: Site, event: IncidentEvent) -> Iterator[str]:
    """Yield the page's first paragraph as of an event, then its facts as one text."""
    illustrator = site.illustrator
    times = TimeFormatter(
        illustrator.translations,
        illustrator.register,
        zone_of(event.facts, illustrator.register),
    )
    yield site.first_paragraph(event, times)
    event_text = page_event_text(event, times)
    rows = fact_rows(event, event_text, times)
    # The row of the level states a time. This time also holds for rows that state none.
    # So all rows are joined to one text, and are checked with this time.
    yield " ".join(f"{name}: {value}." for name, value in rows)


def page_data(incident: Incident, event: IncidentEvent) -> dict[str, object]:
    """Return the content of `incident.json` as of an event, with empty texts.

    All readings of the event count as current.
    """
    report = IncidentReport(
        incident, (event,), evidence={}, drafts={}, deliveries=(), previous=()
    )
    words = dict.fromkeys(("state_name", "title", "lead", "credits"), "")
    values = {**words, "state": str(event.facts.state), "events": ()}
    return incident_document(report, values)
