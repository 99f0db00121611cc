"""The data of a page for machines, as schema.org JSON-LD.

The types are those of https://schema.org/LiveBlogPosting and
https://schema.org/CorrectionComment.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.charts.illustrator import Illustrator
from bot.model.incident_report import IncidentReport
from bot.site.event_views import EventView
from bot.site.incident_json import TIME_FORMAT

PUBLISHER = "Outagewire"
_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
"""JSON escapes of the characters that HTML or JavaScript interprets."""


def live_blog(
    report: IncidentReport, values: Mapping[str, Any], illustrator: Illustrator
) -> str:
    """Return the page as JSON-LD, for a script element of an HTML page.

    Args:
        report: what the page shows.
        values: the values of the page's template.
        illustrator: has the names of places and the language.
    """
    url = values["page_url"]
    timing = report.events[-1].facts.timing
    translations, register = illustrator.translations, illustrator.register
    publisher = {"@type": "Organization", "name": PUBLISHER}
    place = register.name(report.incident.place, translations.lang)
    document = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "identifier": report.incident.id,
        "headline": f"{values['marks']}{values['title']}",
        "description": values["lead"],
        "inLanguage": translations.lang,
        "datePublished": report.events[0].at.strftime(TIME_FORMAT),
        "dateModified": report.events[-1].at.strftime(TIME_FORMAT),
        "coverageStartTime": timing.onset.since.strftime(TIME_FORMAT),
        "author": publisher,
        "publisher": publisher,
        "about": {"@type": "Place", "name": place},
        "creditText": values["credits"],
        "liveBlogUpdate": [
            _posting(view, url, values["address"]) for view in values["events"]
        ],
        "correction": [*_corrections(values, url)],
    }
    if timing.restored is not None:
        document["coverageEndTime"] = timing.restored.until.strftime(TIME_FORMAT)
    if values["card"]:
        document["image"] = f"{values['address']}{values['card']}"
    return script_json(document)


def script_json(document: object) -> str:
    """Return a value as JSON that is safe within a script element of an HTML page.

    A text can neither end the element nor begin a comment: the characters that HTML
    interprets are written as JSON escapes.
    """
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return text.translate(_ESCAPES)


def _posting(view: EventView, url: str, address: str) -> dict[str, Any]:
    body = view.texts[0].body if view.texts else view.facts
    posting = {
        "@type": "BlogPosting",
        "url": f"{url}#event-{view.seq}",
        "headline": view.label,
        "datePublished": view.datetime,
        "articleBody": body,
    }
    if view.picture is not None:
        posting["image"] = f"{address}{view.picture.src}"
    return posting


def _corrections(values: Mapping[str, Any], url: str) -> Iterator[dict[str, Any]]:
    for view in values["corrections"]:
        yield {
            "@type": "CorrectionComment",
            "url": f"{url}#event-{view.seq}",
            "name": view.label,
            "text": view.facts,
            "datePublished": view.datetime,
        }
