"""The headers of requests that change an answer: conditions, ranges and encodings.

Source: RFC 9110, sections 12.5.3, 13 and 14.
"""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

_RANGE = re.compile(r"bytes=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*")


def is_not_modified(headers: Mapping[str, str], etag: str, modified: int) -> bool:
    """Return whether a client has the file already, so that it need not be sent.

    Args:
        headers: the headers of the request, by their names in lower case.
        etag: the entity tag of what would be sent.
        modified: when the file changed, in whole seconds since 1970.
    """
    tags = headers.get("if-none-match")
    if tags is not None:
        names = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in names or etag in names
    since = _seconds(headers.get("if-modified-since", ""))
    return since is not None and modified <= since


def range_is_current(headers: Mapping[str, str], etag: str, modified: int) -> bool:
    """Return whether a part may be sent: the client's other parts are of this file."""
    condition = headers.get("if-range")
    if condition is None:
        return True
    return condition.strip() == etag or _seconds(condition) == modified


def requested_range(header: str | None, size: int) -> range | None:
    """Return the bytes that a request asks for; None for the whole file.

    A header that asks for several ranges, or that cannot be read, is ignored, as the
    standard allows. The result is empty if the file has none of the bytes.

    Args:
        header: the header `Range`; None if there is none.
        size: the size of the file in bytes.
    """
    match = _RANGE.fullmatch(header or "")
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < int(first):
        return None
    return range(int(first), end)


def accepts_gzip(header: str | None) -> bool:
    """Return whether a client takes answers that are compressed with gzip."""
    weights = {}
    for part in (header or "").split(","):
        name, _, parameter = part.partition(";")
        weights[name.strip().lower()] = _weight(parameter)
    return weights.get("gzip", weights.get("*", 0.0)) > 0.0


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _seconds(date: str) -> float | None:
    """Return an HTTP date in seconds since 1970; None if it cannot be read."""
    try:
        return parsedate_to_datetime(date).timestamp()
    # A date far from ours raises OverflowError or OSError.
    except (ValueError, TypeError, OverflowError, OSError):
        return None
