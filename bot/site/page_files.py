"""The files of one incident's page: which are current, and which must not stay."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import Any

from bot.durable_files import UNFINISHED, remove_unfinished
from bot.model.draft import Draft
from bot.site.languages.links import SITE_LANG

DOCUMENT = "incident.json"
"""The data of a page. The lists of the site leave out incidents without this file."""
TRANSLATIONS = "translations.json"
"""What lists say of an incident in other languages; it is in the folder of its page."""
IncidentData = Mapping[str, Any]
"""The content of an incident's `incident.json`."""
MARKS = ("drill", "reconstruction")
"""The properties of an incident that its title is marked with (P16)."""
ENGLISH_MARKS = {name: f"[{name.capitalize()}] " for name in MARKS}


def page_folder(root: Path, incident: str) -> Path:
    """Return the folder of an incident's page in the site's folder `root`.

    Raises:
        ValueError: the id is no name of a folder, such as a path that leads elsewhere.
    """
    if not is_page_name(incident):
        raise ValueError(f"{incident!r} cannot be the name of a page's folder")
    return root / "i" / incident


def is_named(root: Path, incident: str) -> bool:
    """Return whether a file or folder of the site in `root` is named after an incident.

    If a person deletes the page's folder, the files beside it still name the incident.
    """
    paths = (
        page_folder(root, incident),
        root / "picture" / incident,
        root / "api" / "v1" / "incidents" / f"{incident}.json",
    )
    return any(path.exists() for path in paths)


def is_page_name(incident: str) -> bool:
    """Return whether an incident's id can be the name of its page's folder."""
    is_plain = incident.isprintable() and "/" not in incident
    return is_plain and incident != "" and not incident.startswith(".")


def read_document(root: Path, incident: str) -> IncidentData | None:
    """Return the content of an incident's `incident.json`; None if it cannot be read.

    None also for the file of another incident, which names other lists.
    """
    path = page_folder(root, incident) / DOCUMENT
    try:
        document: IncidentData = json.loads(path.read_text(encoding="utf-8"))
    # Deeply nested content raises RecursionError.
    except (OSError, ValueError, RecursionError):
        return None
    is_own = isinstance(document, dict) and document.get("id") == incident
    return document if is_own else None


def read_documents(
    root: Path, incidents: Iterable[str], lang: str = SITE_LANG
) -> list[IncidentData]:
    """Return the readable `incident.json` files of these incidents.

    If an incident's page is missing or damaged, the list leaves the incident out. In
    another language than that of the site, the words of a document are in this language
    if the incident has a page in it; `lang` is the language that they are in.
    """
    documents = (read_document(root, incident) for incident in incidents)
    readable = [document for document in documents if document]
    if lang == SITE_LANG:
        return readable
    return [
        in_language(document, read_translations(root, document["id"]), lang)
        for document in readable
    ]


def in_language(
    row: IncidentData, translations: Mapping[str, IncidentData], lang: str
) -> IncidentData:
    """Return what a list says of an incident, with its words in a language.

    Args:
        row: what the list says in the language of the site.
        translations: the words in other languages, by language (`translated_words`). If
            they lack `lang`, the words stay those of the site, as `lang` of the row says.
        lang: the code of the language.
    """
    words = translations.get(lang)
    if words is None:
        return {**row, "lang": SITE_LANG}
    return {**row, **{key: words[key] for key in words if key in row}, "lang": lang}


def translated_words(page: Mapping[str, Any]) -> IncidentData:
    """Return what lists say of an incident: those texts of its page and its data."""
    return {key: page[key] for key in ("credits", "lead", "state_name", "title")}


def read_translations(root: Path, incident: str) -> Mapping[str, IncidentData]:
    """Return the words of an incident in other languages, by language.

    The result is empty if there are none, or if the file is damaged.
    """
    path = page_folder(root, incident) / TRANSLATIONS
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    # Deeply nested content raises RecursionError.
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def drill_in(root: Path) -> str | None:
    """Return the id of an incident of a drill in the site `root`; None without any."""
    documents = sorted((root / "i").glob(f"*/{DOCUMENT}"))
    incidents = (path.parent.name for path in documents)
    return next((i for i in incidents if _is_drill(read_document(root, i))), None)


def _is_drill(document: IncidentData | None) -> bool:
    # Of a damaged file it is not known what it is about (P16).
    return document is None or document.get("drill") is not False


def title_marks(
    document: IncidentData, words: Mapping[str, str] = ENGLISH_MARKS
) -> str:
    """Return what stands before a title that is shown apart from its page (P16).

    It names a drill and a reconstruction; "" for neither.

    Args:
        document: the content of `incident.json`.
        words: the words for each of `MARKS`, each with a space after it.
    """
    return "".join(words[name] for name in MARKS if document[name])


def marked_title(document: IncidentData) -> str:
    """Return the title of an incident with its marks."""
    return f"{title_marks(document)}{document['title']}"


def remove_other_events(folder: Path, shown: Set[int]) -> None:
    """Remove the charts and data files of events that the page does not show (P12).

    These files are named after the numbers of the events, such as `2.png`. What a crash
    left of files that were being written is removed, too.

    Raises:
        OSError: a file cannot be removed.
    """
    for path in folder.iterdir():
        number = path.name.partition(".")[0]
        is_other = number.isdecimal() and int(number) not in shown
        if path.name.endswith(UNFINISHED):
            remove_unfinished(path)
        elif is_other:
            path.unlink()


def holds_picture(path: Path, draft: Draft | None) -> bool:
    """Return whether a file is the draft's picture, by its SHA-256.

    The result is False if there is no file, no draft or no picture.
    """
    if draft is None or draft.picture is None or not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == draft.picture.sha256
