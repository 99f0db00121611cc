"""The description of a bundle: RO-Crate metadata, and the licence of each part."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.model.event import Credit
from bot.site.evidence.bag import PAYLOAD
from bot.site.evidence.contents import (
    ANSWERS,
    CRATE,
    INCIDENT,
    LICENCES,
    PICTURE,
    READINGS,
    TABLE,
)
from bot.site.evidence.records import value_json
from bot.site.outputs import PageUpdate
from bot.site.page_files import marked_title

_SPECIFICATION = "https://w3id.org/ro/crate/1.1"
_MEDIA_TYPES = {
    ".json": "application/json",
    ".gz": "application/gzip",
    ".png": "image/png",
    ".txt": "text/plain",
}
_MEASURED = (READINGS, TABLE, PICTURE)
"""The files that hold readings of the sources; their licences apply."""


def licences_json(update: PageUpdate, names: Iterable[str]) -> bytes:
    """Return the credit and the licence of each source, and the files they apply to.

    Texts and descriptions hold no readings; they are the operator's own (P13).
    """
    measured = sorted(name for name in names if name.endswith(_MEASURED))
    answers = sorted(name for name in names if name.endswith(ANSWERS))
    return value_json(
        {
            "sources": [
                {
                    "signal": credit.signal,
                    "credit": credit.text,
                    "licence": credit.licence,
                    "link": credit.link,
                }
                for credit in _credits(update)
            ],
            "files_with_readings": [n.removeprefix(PAYLOAD) for n in measured],
            "files_with_hashes_of_answers": [n.removeprefix(PAYLOAD) for n in answers],
        }
    )


def crate_json(update: PageUpdate, names: Iterable[str], url: str) -> bytes:
    """Return `ro-crate-metadata.json` of a bundle (RO-Crate 1.1).

    In a bag, this file is in the folder `data`, and all paths are relative to it.

    Args:
        update: the page of the incident.
        names: the paths of the payload files.
        url: the public address of the incident's page.
    """
    paths = sorted(n.removeprefix(PAYLOAD) for n in {*names, LICENCES} - {CRATE})
    credits_of_sources = _credits(update)
    sources = [_source(c) for c in credits_of_sources]
    document, events = update.document, update.report.events
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": marked_title(document),
        "description": document["lead"],
        "identifier": update.incident,
        "url": url,
        "datePublished": events[-1].at.isoformat(),
        "temporalCoverage": f"{document['onset']['from']}/{document['as_of']}",
        "license": {"@id": LICENCES.removeprefix(PAYLOAD)},
        "mainEntity": {"@id": INCIDENT.removeprefix(PAYLOAD)},
        "hasPart": [{"@id": path} for path in paths],
        "isBasedOn": [{"@id": source["@id"]} for source in sources],
    }
    graph = [_descriptor(), root, *(_file(p, credits_of_sources) for p in paths)]
    return value_json(
        {"@context": f"{_SPECIFICATION}/context", "@graph": [*graph, *sources]}
    )


def _descriptor() -> dict[str, Any]:
    return {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _SPECIFICATION},
    }


def _file(path: str, credits_of_sources: Sequence[Credit]) -> Mapping[str, Any]:
    suffix = path[path.rfind(".") :]
    entity: dict[str, Any] = {
        "@id": path,
        "@type": "File",
        "encodingFormat": _MEDIA_TYPES.get(suffix, "application/octet-stream"),
    }
    if path.endswith(_MEASURED):
        entity["isBasedOn"] = [{"@id": _source_id(c)} for c in credits_of_sources]
    return entity


def _source(credit: Credit) -> dict[str, Any]:
    entity: dict[str, Any] = {
        "@id": _source_id(credit),
        "@type": "Dataset",
        "name": credit.signal,
        "creditText": credit.text,
        "license": credit.licence,
    }
    return {**entity, "url": credit.link} if credit.link else entity


def _source_id(credit: Credit) -> str:
    return f"#source-{credit.signal}"


def _credits(update: PageUpdate) -> tuple[Credit, ...]:
    """Return the credit of each signal of the events, ordered by signal."""
    sources = [event.facts.sources for event in update.report.events]
    by_signal = {credit.signal: credit for s in sources for credit in s.credits}
    return tuple(by_signal[signal] for signal in sorted(by_signal))
