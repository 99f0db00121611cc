"""Count the length of a text as each channel counts it."""

import sys
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from types import ModuleType
from typing import Any

import regex

from bot.errors import RenderingError
from bot.model.draft import Counting, Outlet

_NEWLINE = regex.compile(r"\r\n|\r")
_SURROGATE = regex.compile(r"[\ud800-\udfff]")
_LINK = regex.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)\]]")
_CLUSTER = regex.compile(r"\X")


def count(text: str, outlet: Outlet) -> int:
    """Return the length of `text` as the outlet counts it.

    Raises:
        RenderingError: the text has half a character (a lone surrogate) and cannot be
            sent.
    """
    if _SURROGATE.search(text):
        raise RenderingError(
            "the text holds a lone surrogate, which is half a character; remove it"
        )
    plain = _NEWLINE.sub("\n", text)
    if outlet.counting is Counting.WEIGHTED:
        return _weighted(plain)
    if outlet.counting is Counting.UTF16:
        return len(plain.encode("utf-16-le")) // 2
    graphemes = _graphemes(plain, outlet.url_length)
    if outlet.counting is Counting.GRAPHEMES_OR_BYTES:
        # Bluesky allows 300 graphemes and 3,000 bytes, so ten bytes count as a
        # grapheme.
        return max(graphemes, -(-len(plain.encode()) // 10))
    return graphemes


# The results are cached: the parser takes milliseconds, and a text is counted many
# times.
@lru_cache(maxsize=1024)
def _weighted(text: str) -> int:
    """Return the length by X's weights (twitter-text, configuration version 3)."""
    return int(_parser()(text).weightedLength)


def _graphemes(text: str, url_length: int | None) -> int:
    """Return the number of graphemes; each link counts as `url_length` if given."""
    if url_length is None:
        return len(_CLUSTER.findall(text))
    without_links, links = _LINK.subn("", text)
    return len(_CLUSTER.findall(without_links)) + links * url_length


@lru_cache(maxsize=1)
def _parser() -> Callable[[str], Any]:
    """Return the function that counts a post as X does, from the package twitter-text.

    Version 3.0.0 of the package reads a data file with the module `pkg_resources`,
    which setuptools no longer has. During the import, a stub with the one function that
    is needed replaces this module.
    """
    stub = ModuleType("pkg_resources")
    stub.__dict__["resource_string"] = _resource
    original = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = stub
    try:
        from twitter_text import parse_tweet
    finally:
        del sys.modules["pkg_resources"]
        if original is not None:
            sys.modules["pkg_resources"] = original
    return parse_tweet  # type: ignore[no-any-return]


def _resource(module: str, name: str) -> bytes:
    # twitter_text passes the name of a module. `files` needs the name of the package of
    # this module.
    return (files(module.rpartition(".")[0]) / name).read_bytes()
