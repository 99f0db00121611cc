"""The media type of each kind of file of the site.

The table of the machine is not used: it differs between systems.
"""

from pathlib import PurePosixPath

_TEXT = "text/plain; charset=utf-8"
_BY_SUFFIX = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".avif": "image/avif",
    ".cap": "application/cap+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".md": "text/markdown; charset=utf-8",
    ".minisig": _TEXT,
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pub": _TEXT,
    ".svg": "image/svg+xml",
    ".toml": _TEXT,
    ".tsq": "application/timestamp-query",
    ".tsr": "application/timestamp-reply",
    ".txt": _TEXT,
    ".warc": "application/warc",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}
_BY_FOLDER = {
    ("cap", ".xml"): "application/cap+xml; charset=utf-8",
    ("feeds", ".json"): "application/feed+json",
    ("schemas", ".json"): "application/schema+json",
}
"""Media types of files that are below a folder of this name."""
_UNKNOWN = "application/octet-stream"
_COMPRESSIBLE = ("json", "xml", "ndjson")


def media_type(path: PurePosixPath) -> str:
    """Return the media type of a file, by its path within the site."""
    suffix = path.suffix.lower()
    for folder in path.parts[:-1]:
        if (folder, suffix) in _BY_FOLDER:
            return _BY_FOLDER[folder, suffix]
    return _BY_SUFFIX.get(suffix, _UNKNOWN)


def is_compressible(kind: str) -> bool:
    """Return whether files of a media type become smaller by compression."""
    essence = kind.partition(";")[0]
    return essence.startswith("text/") or essence.endswith(_COMPRESSIBLE)
