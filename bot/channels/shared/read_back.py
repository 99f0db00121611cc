"""Comparison of the posts that servers return with the posts that were sent."""

import html
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post

# Matches a URL, or a host name alone, which a server may take for a URL. Servers
# shorten and rewrite links, so links are not compared.
_LINK = re.compile(
    r"https?://\S+|(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?:/\S*)?", re.IGNORECASE
)
_BLOCK_TAGS = frozenset({"br", "p", "div", "li", "ul", "ol", "blockquote", "pre", "h1"})


class _TextExtractor(HTMLParser):
    """Collects the text of HTML, with a space at each line break and block boundary."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs  # only the tag matters
        if tag in _BLOCK_TAGS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCK_TAGS:
            self.parts.append(" ")


_CLOCK_TOLERANCE = timedelta(days=1)
"""The largest assumed difference between a server's clock and ours."""


def is_older(item_created_at: object, post: Post) -> bool:
    """Return whether an item that a server made at `item_created_at` is older than `post`.

    The result is True only if `item_created_at` is more than a day before the event of the
    post. `post.made_at` is not used: a restored store makes posts again, so a post may
    have been published long before its `made_at`.
    """
    return is_before(item_created_at, post.at)


def is_before(created_at: object, time: datetime) -> bool:
    """Return whether `created_at` is more than `_CLOCK_TOLERANCE` before `time`.

    The result is False if `created_at` is not an ISO 8601 time. A time without a zone is
    taken as UTC.
    """
    try:
        created = datetime.fromisoformat(str(created_at))
    except ValueError:
        return False
    if created.tzinfo is None:
        created = created.replace(tzinfo=UTC)
    return created < time - _CLOCK_TOLERANCE


@contextmanager
def convert_search_errors() -> Iterator[None]:
    """Convert the errors of a search for a post to errors that `Channel.find` may raise.

    A failed search does not show that the post is absent (P10).

    Raises:
        ChannelUnavailable: the search failed; search again later.
        ChannelUnknown: the channel refuses the search; a person decides.
    """
    try:
        yield
    except ChannelUnknown as error:
        raise ChannelUnavailable(str(error)) from None
    except ChannelRefused as error:
        raise ChannelUnknown(str(error)) from None


def normalized_text(text: str) -> str:
    """Return `text` in NFC, with each run of white space replaced by one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def normalized_html_text(content: str) -> str:
    """Return the text of an HTML fragment without its tags, normalised by `normalized_text`."""
    parser = _TextExtractor()
    parser.feed(content)
    parser.close()
    return normalized_text("".join(parser.parts))


def normalized_text_without_links(text: str) -> str:
    """Return `text` with HTML entities decoded and `<link>` in place of each link.

    The result is normalised by `normalized_text`.
    """
    return _LINK.sub("<link>", normalized_text(html.unescape(text)))
