"""Mastodon's rules for requests and texts, from its documentation and sources."""

import html
import io
import json
import re
from typing import Any
from urllib.parse import parse_qsl

import PIL.Image
import regex

from tests.servers.forms import Upload, parts_of
from tests.servers.local import ReceivedRequest

MAX_CHARACTERS, URL_LENGTH, MAX_MEDIA = 500, 23, 4
MAX_ALT_LENGTH = 1500
MAX_IMAGE_BYTES, MAX_PIXELS = 16 * 1024 * 1024, 33_177_600
MIMES = ("image/jpeg", "image/png", "image/gif", "image/webp")
_URL = re.compile(r"https?://[^\s<>\"]+")


class MastodonRefusal(Exception):  # noqa: N818 - an HTTP answer
    """An HTTP error answer: its status and the text of its `error`."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status
        self.error = error


def fields_of(request: ReceivedRequest, allowed: frozenset[str]) -> dict[str, Any]:
    """Return the fields of a form or of JSON.

    In a URL-encoded form, names that end in [] give lists.

    Raises:
        MastodonRefusal: with status 422; a field is given twice or is not in `allowed`.
            Mastodon itself would ignore a field that is not allowed.
    """
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind == "application/json":
        fields = json.loads(request.body or b"{}")
    elif kind == "multipart/form-data":
        fields = parts_of(request)
    else:
        fields = _form(request.body)
    if unknown := sorted(set(fields) - allowed):
        raise MastodonRefusal(422, f"unknown fields: {unknown}")
    return fields


def _form(body: bytes) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, value in parse_qsl(body.decode(), keep_blank_values=True):
        if key.endswith("[]"):
            fields.setdefault(key[:-2], []).append(value)
        elif key in fields:
            raise MastodonRefusal(422, f"{key} is given twice")
        else:
            fields[key] = value
    return fields


def check_image(upload: Any) -> None:
    """Check type, size and content of an uploaded image. Raises MastodonRefusal (422)."""
    if not isinstance(upload, Upload) or upload.mime not in MIMES:
        raise MastodonRefusal(422, "Validation failed: File content type is invalid")
    if len(upload.data) > MAX_IMAGE_BYTES:
        raise MastodonRefusal(422, "Validation failed: File is too big")
    try:
        with PIL.Image.open(io.BytesIO(upload.data)) as image:
            image.load()
            width, height = image.size
    except (OSError, SyntaxError) as error:
        raise MastodonRefusal(422, "Validation failed: File is no image") from error
    if width * height > MAX_PIXELS:
        raise MastodonRefusal(422, "Validation failed: File has too many pixels")


def check_alt(alt: str) -> None:
    """Check the length of a picture's description. Raises MastodonRefusal (422)."""
    if len(alt) > MAX_ALT_LENGTH:
        raise MastodonRefusal(422, "Validation failed: Description is too long")


def check_length(text: str, warning: str) -> None:
    """Check the length of a status with its content warning. Raises MastodonRefusal (422).

    A grapheme cluster counts as one character, and a link counts as 23.
    """
    counted = warning + _URL.sub("x" * URL_LENGTH, text)
    if len(regex.findall(r"\X", counted)) > MAX_CHARACTERS:
        limit = f"Text character limit of {MAX_CHARACTERS} exceeded"
        raise MastodonRefusal(422, f"Validation failed: {limit}")


def html_of(text: str) -> str:
    """Return a text as Mastodon's HTML, with shortened links, and hashtags as links."""

    def link(match: re.Match[str]) -> str:
        scheme, rest = match[1], match[2]
        return (
            f'<a href="{html.escape(match[0])}" rel="nofollow">'
            f'<span class="invisible">{scheme}</span>'
            f'<span class="ellipsis">{html.escape(rest[:30])}</span>'
            f'<span class="invisible">{html.escape(rest[30:])}</span></a>'
        )

    def words(part: str) -> str:
        match = re.fullmatch(r"(https?://)(\S+)", part)
        if match:
            return link(match)
        tag = r'<a class="hashtag">#<span>\1</span></a>'
        return re.sub(r"(?<!&)#(\w+)", tag, html.escape(part))

    shown = "".join(words(part) for part in re.split(r"(https?://\S+)", text))
    return "".join(
        f"<p>{part.replace(chr(10), '<br />')}</p>" for part in shown.split("\n\n")
    )


def instance(domain: str) -> dict[str, Any]:
    """Return the answer to `GET /api/v2/instance`, which includes the server's limits."""
    return {
        "domain": domain,
        "title": "Stand-in",
        "version": "4.4.0",
        "api_versions": {"mastodon": 6},
        "languages": ["en"],
        "configuration": {
            "statuses": {
                "max_characters": MAX_CHARACTERS,
                "max_media_attachments": MAX_MEDIA,
                "characters_reserved_per_url": URL_LENGTH,
            },
            "media_attachments": {
                "description_limit": MAX_ALT_LENGTH,
                "image_size_limit": MAX_IMAGE_BYTES,
                "image_matrix_limit": MAX_PIXELS,
                "supported_mime_types": list(MIMES),
            },
        },
    }
