"""Search of every byte of a folder for words that must not be in it (P12)."""

import gzip
import html
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from PIL import Image

_MARKUP = {".html", ".svg", ".xml", ".atom", ".rss"}
_TAGS = re.compile(r"<[^>]*>")


def places_of(root: Path, words: Sequence[str]) -> list[str]:
    """Return where any of `words` is in a file or a file name below `root`, sorted.

    A file is searched as it is, as text without markup, and unpacked if it is packed.
    A word is searched as it is, and as JSON, HTML, addresses and file names write it.
    """
    needles = {form for word in words for form in _forms(word)}
    places = set()
    for path in root.rglob("*"):
        name = str(path.relative_to(root))
        contents = [("", name.encode())]
        if path.is_file():
            contents += _contents(name, path.read_bytes())
        for part, content in contents:
            places |= {f"{name}{part}: {n!r}" for n in needles if n.encode() in content}
    return sorted(places)


def _forms(word: str) -> set[str]:
    return {
        word,
        json.dumps(word)[1:-1],
        html.escape(word),
        quote(word),
        word.replace(" ", "_"),
    }


def _contents(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the content of a file and all that is packed in it, each with its name."""
    yield "", content
    if Path(name).suffix in _MARKUP:
        text = _TAGS.sub("", content.decode("utf-8", errors="replace"))
        yield " (text)", " ".join(html.unescape(text).split()).encode()
    if content.startswith(b"\x89PNG"):
        picture = Image.open(io.BytesIO(content))
        yield " (picture)", repr(picture.info).encode()
    for part, inner in _members(content):
        for deeper, data in _contents(part, inner):
            yield f"!{part}{deeper}", part.encode() + b"\n" + data


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files in a zip or tar archive, or the content of a gzip file."""
    file = io.BytesIO(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(file) as archive:
            yield "comment", archive.comment
            for info in archive.infolist():
                yield info.filename, archive.read(info)
    elif content.startswith(b"\x1f\x8b"):
        yield "gzip", gzip.decompress(content)
    elif content[257:262] == b"ustar":
        with tarfile.open(fileobj=file) as archive:
            for member in archive.getmembers():
                data = archive.extractfile(member)
                yield member.name, data.read() if data else b""
