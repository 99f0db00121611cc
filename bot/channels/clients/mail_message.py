"""A post as a letter: its headers, its text, and a page with the picture in it.

The same post makes the same bytes: nothing here is drawn by chance or from the clock.
"""

import email.utils
import hashlib
import re
from dataclasses import dataclass
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from html import escape

from bot.model.delivery import Post
from bot.model.draft import Picture

# What ends a line for some reader; in a header it would begin another one.
_LINE_END = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")
_LINK = re.compile(r"https?://[^\s<]*[^\s<.,;:!?)]")
_WHOLE = ("In-Reply-To", "References", "List-Id", "List-Unsubscribe")


class _Whole(UnstructuredHeader):
    """Ids and addresses: the library would encode long ones, which breaks threads."""

    name: str

    def fold(self, *, policy: "EmailPolicy[EmailMessage]") -> str:
        """One a line, each as it is."""
        lines = f"{policy.linesep} ".join(str(self).split())
        return f"{self.name}: {lines}{policy.linesep}"


@dataclass(frozen=True, slots=True)
class Heading:
    """Who writes to whom, and of what list.

    Attributes:
        to: who is named in the letter; the readers of a list are not.
        list_id: the list's name (RFC 2919); empty: it is no list.
        unsubscribe: where readers leave it, `mailto:` or `https:` (RFC 2369).
        one_click: whether those addresses can tell who leaves (RFC 8058).
    """

    sender: str
    to: tuple[str, ...]
    list_id: str = ""
    unsubscribe: tuple[str, ...] = ()
    one_click: bool = False


def compose(post: Post, picture: bytes | None, heading: Heading) -> EmailMessage:
    """The letter; the first line of the post is its subject.

    Raises:
        ValueError: the subject, or an id, holds a line break.
    """
    subject, _, body = post.text.partition("\n")
    if _LINE_END.search(subject + (post.reply_to or "") + (post.root or "")):
        raise ValueError("the subject holds a line break")
    letter = EmailMessage(policy=_policy())
    letter["Subject"] = subject.strip()
    _address(letter, post, heading)
    letter.set_content(body.strip() + "\n")
    shown = post.picture if picture is not None else None
    page = _page(post.lang, subject.strip(), body.strip(), shown)
    letter.add_alternative(page, subtype="html")
    if shown is not None and picture is not None:
        _illustrate(letter, shown, picture)
    _bind(letter, post.token)
    return letter


def _policy() -> "EmailPolicy[EmailMessage]":
    """Seven bits, for servers of any age; ids and addresses whole."""
    registry = HeaderRegistry()
    for name in _WHOLE:
        # The registry makes the header of this and its own base.
        registry.map_to_type(name.lower(), _Whole)  # type: ignore[arg-type]
    return SMTP.clone(cte_type="7bit", header_factory=registry)


def _address(letter: EmailMessage, post: Post, heading: Heading) -> None:
    letter["From"] = heading.sender
    letter["To"] = ", ".join(heading.to)
    letter["Message-ID"] = post.token
    letter["Date"] = email.utils.format_datetime(post.made_at)
    letter["Content-Language"] = post.lang
    letter["Auto-Submitted"] = "auto-generated"
    if post.reply_to:
        letter["In-Reply-To"] = post.reply_to
        thread = dict.fromkeys((post.root or post.reply_to, post.reply_to))
        letter["References"] = " ".join(thread)
    if heading.list_id:
        letter["List-Id"] = f"<{heading.list_id}>"
        letter["Precedence"] = "list"
    if heading.unsubscribe:
        letter["List-Unsubscribe"] = ", ".join(f"<{a}>" for a in heading.unsubscribe)
    if heading.one_click:
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _page(lang: str, title: str, body: str, picture: Picture | None) -> str:
    """The same words as a page; each paragraph finds its own direction."""
    parts = [_linked(part) for part in body.split("\n\n") if part.strip()]
    if picture is not None:
        size = f'width="{picture.width}" height="{picture.height}"'
        style = 'style="max-width:100%;height:auto"'
        source = f'src="cid:{_cid(picture)}" alt="{escape(picture.alt)}"'
        parts.insert(1, f"<img {source} {size} {style}>")
    paragraphs = "\n".join(f'<p dir="auto">{part}</p>' for part in parts)
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(lang)}"><head>{head}</head>\n'
        f"<body>\n{paragraphs}\n</body></html>\n"
    )


def _linked(part: str) -> str:
    """A paragraph with its lines broken and its links to be followed."""
    text = escape(part, quote=False).replace("\n", "<br>\n")
    return _LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', text)


def _illustrate(letter: EmailMessage, picture: Picture, data: bytes) -> None:
    _, page = letter.iter_parts()
    page.add_related(
        data,
        *picture.mime.split("/", 1),
        cid=f"<{_cid(picture)}>",
        filename=picture.name,
        disposition="inline",
    )


def _cid(picture: Picture) -> str:
    return f"{picture.sha256[:32]}@picture"


def _bind(letter: EmailMessage, token: str) -> None:
    """Boundaries made of the letter's name, where the library would draw them."""
    digest = hashlib.sha256(token.encode()).hexdigest()[:32]
    for number, part in enumerate(letter.walk()):
        if part.is_multipart():
            part.set_boundary(f"={digest}.{number}")
