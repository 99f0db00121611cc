"""Posts as servers give them back, made comparable with what was sent."""

import html
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post

# A link, or a bare host name that a server may take for one: servers shorten and
# rewrite them, so they never tell two posts apart.
_LINK = re.compile(
    r"https?://\S+|(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?:/\S*)?", re.IGNORECASE
)
_BREAKS = frozenset({"br", "p", "div", "li", "ul", "ol", "blockquote", "pre", "h1"})


class _Words(HTMLParser):
    """Collects the text of a page; blocks and breaks part words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs  # only the shape matters here
        if tag in _BREAKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.parts.append(" ")


_APART = timedelta(days=1)
"""So far a server's clock may be from ours; a simulated one of ours lies in the past."""


def long_before(told: object, post: Post) -> bool:
    """Whether what was made at a time that a server tells is older than `post`."""
    try:
        at = datetime.fromisoformat(str(told))
    except ValueError:
        return False
    return (at if at.tzinfo else at.replace(tzinfo=UTC)) < post.made_at - _APART


@contextmanager
def looking() -> Iterator[None]:
    """A look that fails never says that a post is not there (P10).

    Raises:
        ChannelUnavailable: no answer this time: look again.
        ChannelUnknown: the channel will not let us look: a person decides.
    """
    try:
        yield
    except ChannelUnknown as error:
        raise ChannelUnavailable(str(error)) from None
    except ChannelRefused as error:
        raise ChannelUnknown(str(error)) from None


def words_of(text: str) -> str:
    """The words alone: NFC, every run of white space one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def words_of_html(content: str) -> str:
    """The words of a status's HTML; a link or hashtag reads as it was typed."""
    parser = _Words()
    parser.feed(content)
    parser.close()
    return words_of("".join(parser.parts))


def words_without_links(text: str) -> str:
    """The words with entities resolved and every link replaced by `<link>`."""
    return _LINK.sub("<link>", words_of(html.unescape(text)))
