"""How long a text is, in the channel's own count."""

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
    """The length of `text` as the outlet counts it.

    Raises:
        RenderingError: the text holds half a character and cannot be sent.
    """
    if _SURROGATE.search(text):
        raise RenderingError("the text holds a lone surrogate, half a character")
    plain = _NEWLINE.sub("\n", text)
    if outlet.counting is Counting.WEIGHTED:
        return _weighted(plain)
    if outlet.counting is Counting.UTF16:
        return len(plain.encode("utf-16-le")) // 2
    graphemes = _graphemes(plain, outlet.url_length)
    if outlet.counting is Counting.GRAPHEMES_OR_BYTES:
        return max(graphemes, -(-len(plain.encode()) // 10))
    return graphemes


def _weighted(text: str) -> int:
    """X's own weights (twitter-text, configuration version 3)."""
    return int(_parser()(text).weightedLength)


def _graphemes(text: str, url_length: int | None) -> int:
    """What a reader sees as one character counts one; a link counts what it counts."""
    if url_length is None:
        return len(_CLUSTER.findall(text))
    links = len(_LINK.findall(text))
    rest = _LINK.sub("", text)
    return len(_CLUSTER.findall(rest)) + links * url_length


@lru_cache(maxsize=1)
def _parser() -> Callable[[str], Any]:
    """The reference counter's Python port.

    Its 3.0.0 reads one table through `pkg_resources`, which setuptools no longer
    has; it gets a stand-in that can do just that, for the time of its import.
    """
    stand_in = ModuleType("pkg_resources")
    stand_in.__dict__["resource_string"] = _resource
    before = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = stand_in
    try:
        from twitter_text import parse_tweet
    finally:
        del sys.modules["pkg_resources"]
        if before is not None:
            sys.modules["pkg_resources"] = before
    return parse_tweet  # type: ignore[no-any-return]


def _resource(module: str, name: str) -> bytes:
    # `files` wants the package; what asks is a module within it.
    return (files(module.rpartition(".")[0]) / name).read_bytes()
