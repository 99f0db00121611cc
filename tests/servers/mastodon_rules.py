"""What Mastodon reads, refuses and shows, after its documentation and sources."""

import html
import io
import json
import re
from typing import Any
from urllib.parse import parse_qsl

import PIL.Image
import regex

from tests.servers.forms import Upload, parts_of
from tests.servers.local import Question

MOST_CHARACTERS, URL_COUNTS, MOST_MEDIA = 500, 23, 4
MOST_IN_ALT = 1500
LARGEST_IMAGE, LARGEST_MATRIX = 16 * 1024 * 1024, 33_177_600
MIMES = ("image/jpeg", "image/png", "image/gif", "image/webp")
_URL = re.compile(r"https?://[^\s<>\"]+")


class Refusal(Exception):  # noqa: N818 - it is an answer
    """An answer that is no success: its status, and the words of its `error`."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status
        self.error = error


def fields_of(asked: Question, known: frozenset[str]) -> dict[str, Any]:
    """The fields of a form or of JSON; a list where the name says so.

    Raises:
        Refusal: a field nobody knows (Mastodon itself would pass it over).
    """
    kind = asked.headers.get("content-type", "").partition(";")[0]
    if kind == "application/json":
        told = json.loads(asked.body or b"{}")
    elif kind == "multipart/form-data":
        told = parts_of(asked)
    else:
        told = _form(asked.body)
    if strange := sorted(set(told) - known):
        raise Refusal(422, f"unknown fields: {strange}")
    return told


def _form(body: bytes) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, value in parse_qsl(body.decode(), keep_blank_values=True):
        if key.endswith("[]"):
            told.setdefault(key[:-2], []).append(value)
        elif key in told:
            raise Refusal(422, f"{key} is there twice")
        else:
            told[key] = value
    return told


def check_image(upload: Any) -> None:
    """Decodes it, really. Raises Refusal: 422."""
    if not isinstance(upload, Upload) or upload.mime not in MIMES:
        raise Refusal(422, "Validation failed: File content type is invalid")
    if len(upload.data) > LARGEST_IMAGE:
        raise Refusal(422, "Validation failed: File is too big")
    try:
        with PIL.Image.open(io.BytesIO(upload.data)) as image:
            image.load()
            width, height = image.size
    except (OSError, SyntaxError) as error:
        raise Refusal(422, "Validation failed: File is no image") from error
    if width * height > LARGEST_MATRIX:
        raise Refusal(422, "Validation failed: File has too many pixels")


def check_alt(alt: str) -> None:
    """Raises Refusal: 422."""
    if len(alt) > MOST_IN_ALT:
        raise Refusal(422, "Validation failed: Description is too long")


def check_length(text: str, warning: str) -> None:
    """Clusters count one, a link 23, and a content warning too. Raises Refusal: 422."""
    counted = warning + _URL.sub("x" * URL_COUNTS, text)
    if len(regex.findall(r"\X", counted)) > MOST_CHARACTERS:
        limit = f"Text character limit of {MOST_CHARACTERS} exceeded"
        raise Refusal(422, f"Validation failed: {limit}")


def as_mastodon_shows(text: str) -> str:
    """Paragraphs, breaks, links cut in three, hashtags in a span."""

    def link(found: re.Match[str]) -> str:
        scheme, rest = found[1], found[2]
        return (
            f'<a href="{html.escape(found[0])}" rel="nofollow">'
            f'<span class="invisible">{scheme}</span>'
            f'<span class="ellipsis">{html.escape(rest[:30])}</span>'
            f'<span class="invisible">{html.escape(rest[30:])}</span></a>'
        )

    def words(part: str) -> str:
        found = re.fullmatch(r"(https?://)(\S+)", part)
        if found:
            return link(found)
        tag = r'<a class="hashtag">#<span>\1</span></a>'
        return re.sub(r"(?<!&)#(\w+)", tag, html.escape(part))

    shown = "".join(words(part) for part in re.split(r"(https?://\S+)", text))
    return "".join(
        f"<p>{part.replace(chr(10), '<br />')}</p>" for part in shown.split("\n\n")
    )


def instance(domain: str) -> dict[str, Any]:
    """What `GET /api/v2/instance` tells, its limits above all."""
    return {
        "domain": domain,
        "title": "Stand-in",
        "version": "4.4.0",
        "api_versions": {"mastodon": 6},
        "languages": ["en"],
        "configuration": {
            "statuses": {
                "max_characters": MOST_CHARACTERS,
                "max_media_attachments": MOST_MEDIA,
                "characters_reserved_per_url": URL_COUNTS,
            },
            "media_attachments": {
                "description_limit": MOST_IN_ALT,
                "image_size_limit": LARGEST_IMAGE,
                "image_matrix_limit": LARGEST_MATRIX,
                "supported_mime_types": list(MIMES),
            },
        },
    }
