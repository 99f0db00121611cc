"""In which language a reader sees a page of the server."""

import re
from collections.abc import Iterator, Sequence

_MOST_RANGES = 20
_QUALITY = re.compile(r"\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*", re.IGNORECASE)


def page_language(asked: str, header: str, languages: Sequence[str]) -> str:
    """Return one of `languages`, of which the first is the language of the site.

    Args:
        asked: the language that the address of the page names; "": none. It counts more
            than the header.
        header: the value of `Accept-Language` (RFC 9110, 12.5.4); a language stands for
            all its variants, and a variant also for its language (RFC 4647, 3.4).
        languages: the codes of the languages that the page is published in.
    """
    if asked in languages:
        return asked
    for wanted in _by_preference(header):
        if wanted == "*":
            break
        base = wanted.partition("-")[0]
        for code in languages:
            if code.lower() in {wanted, base}:
                return code
    return languages[0]


def _by_preference(header: str) -> Iterator[str]:
    """Yield the languages of a header in small letters, the most wanted first."""
    ranges = []
    for part in header.split(",")[:_MOST_RANGES]:
        name, separator, parameter = part.partition(";")
        match = _QUALITY.fullmatch(parameter)
        if match or not separator:
            ranges.append((float(match[1]) if match else 1.0, name.strip().lower()))
    # Sorting keeps the order of languages that are wanted equally.
    ranges.sort(key=lambda item: -item[0])
    return (name for quality, name in ranges if quality > 0 and name)
