"""Builds the e-mail message of a post: headers, plain text, and HTML with the picture.

The same post, picture and headers always give the same bytes, because the message
contains nothing random and does not depend on the clock.
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

# Control characters and line separators, at which a mail program may end the line. In a
# header, the text after such a character could be read as another header.
_LINE_END = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")
# Matches a link. The link ends before a quotation mark, because in HTML the mark would
# end the attribute `href`.
_LINK = re.compile(r"https?://[^\s<\"']*[^\s<\"'.,;:!?)]")
_HEADING = re.compile(r"[A-Z][A-Z ,]*:?")
# Mail programs that know no dark scheme show the light one. A width in `em` keeps lines
# short on a desk, and lets a phone use its whole width.
_HEAD = """<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><style>
:root { color-scheme: light dark }
body { max-width: 40em; margin: 0 auto; padding: 1em; color: #1d1d1f; background: #fff;
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h2 { font-size: 1em; margin: 1.5em 0 .5em } ul { padding-left: 1.2em } a { color: #0a58ca }
@media (prefers-color-scheme: dark) {
  body { color: #ececec; background: #161618 } a { color: #8ab4f8 } }
</style>"""
_UNENCODED = ("In-Reply-To", "References", "List-Id", "List-Unsubscribe")


class _UnencodedHeader(UnstructuredHeader):
    """A header of ids or URLs that is never encoded.

    Python's library would encode a long header. Mail programs do not recognise an
    encoded id, and would then not group the messages of a thread.
    """

    name: str

    def fold(self, *, policy: "EmailPolicy[EmailMessage]") -> str:
        """Return the header with each id or URL on its own line, unencoded."""
        lines = f"{policy.linesep} ".join(str(self).split())
        return f"{self.name}: {lines}{policy.linesep}"


@dataclass(frozen=True, slots=True)
class MailHeaders:
    """The sender, the addressees and the mailing list of a message.

    Attributes:
        sender: the address in `From`.
        to: the addresses in `To`; subscribers of a list are not among them.
        list_id: the list's id (RFC 2919); "": the message is not for a list.
        unsubscribe: URLs for leaving the list, `mailto:` or `https:` (RFC 2369).
        one_click: whether to offer one-click unsubscription (RFC 8058).
    """

    sender: str
    to: tuple[str, ...]
    list_id: str = ""
    unsubscribe: tuple[str, ...] = ()
    one_click: bool = False


def compose(post: Post, picture: bytes | None, headers: MailHeaders) -> EmailMessage:
    """Build the message; the first line of the post is the subject.

    Raises:
        ValueError: the subject, or the id of an earlier message of the thread, contains
            a line break or another control character.
    """
    subject, _, body = post.text.partition("\n")
    if _LINE_END.search(subject + (post.reply_to or "") + (post.root or "")):
        raise ValueError(
            "the subject or a message id contains a line break or a control character"
        )
    message = EmailMessage(policy=_policy())
    message["Subject"] = subject.strip()
    _add_headers(message, post, headers)
    message.set_content(body.strip() + "\n")
    image = post.picture if picture is not None else None
    page = _html_page(post.lang, subject.strip(), body.strip(), image)
    message.add_alternative(page, subtype="html")
    if image is not None and picture is not None:
        _attach(message, image, picture)
    # Setting the content removes all headers that describe it.
    message["Content-Language"] = post.lang
    _set_boundaries(message, post.token)
    return message


def _policy() -> "EmailPolicy[EmailMessage]":
    """Return the policy for writing a message.

    The message has 7-bit encoding, which every server accepts. Ids and URLs in headers
    are not encoded.
    """
    registry = HeaderRegistry()
    for name in _UNENCODED:
        # The type error is ignored: `map_to_type` expects a subclass of `BaseHeader`.
        # `_UnencodedHeader` becomes such a subclass only when the registry makes a
        # header from it.
        registry.map_to_type(name.lower(), _UnencodedHeader)  # type: ignore[arg-type]
    return SMTP.clone(cte_type="7bit", header_factory=registry)


def _add_headers(message: EmailMessage, post: Post, headers: MailHeaders) -> None:
    message["From"] = headers.sender
    message["To"] = ", ".join(headers.to)
    message["Message-ID"] = post.token
    message["Date"] = email.utils.format_datetime(post.post_date)
    message["Auto-Submitted"] = "auto-generated"
    if post.reply_to:
        message["In-Reply-To"] = post.reply_to
        thread = dict.fromkeys((post.root or post.reply_to, post.reply_to))
        message["References"] = " ".join(thread)
    if headers.list_id:
        message["List-Id"] = f"<{headers.list_id}>"
        message["Precedence"] = "list"
    if headers.unsubscribe:
        message["List-Unsubscribe"] = ", ".join(f"<{a}>" for a in headers.unsubscribe)
    if headers.one_click:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _html_page(lang: str, title: str, body: str, picture: Picture | None) -> str:
    """Return title, text and picture as an HTML page in the language `lang`.

    The attribute `dir="auto"` makes the mail program choose each paragraph's direction.
    """
    parts = [_block_html(part) for part in body.split("\n\n") if part.strip()]
    if picture is not None:
        size = f'width="{picture.width}" height="{picture.height}"'
        style = 'style="max-width:100%;height:auto"'
        source = f'src="cid:{_cid(picture)}" alt="{escape(picture.alt)}"'
        parts.insert(1, f"<p><img {source} {size} {style}></p>")
    paragraphs = "\n".join(parts)
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>{_HEAD}'
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(lang)}"><head>{head}</head>\n'
        f"<body>\n{paragraphs}\n</body></html>\n"
    )


def _block_html(part: str) -> str:
    """Return a heading (capitals alone), a list ("- ...") or a paragraph as HTML."""
    lines = part.strip("\n").split("\n")
    if all(line.startswith("- ") for line in lines):
        items = "".join(
            f'<li dir="auto">{_paragraph_html(line[2:])}</li>\n' for line in lines
        )
        return f"<ul>\n{items}</ul>"
    if len(lines) == 1 and _HEADING.fullmatch(part):
        return f"<h2>{escape(part.capitalize())}</h2>"
    return f'<p dir="auto">{_paragraph_html(part)}</p>'


def _paragraph_html(part: str) -> str:
    """Return a paragraph as HTML, with line breaks and clickable links."""
    text = escape(part, quote=False).replace("\n", "<br>\n")
    return _LINK.sub(lambda match: f'<a href="{match[0]}">{match[0]}</a>', text)


def _attach(message: EmailMessage, picture: Picture, data: bytes) -> None:
    """Attach the picture's bytes to the HTML part of the message."""
    _, page = message.iter_parts()
    page.add_related(
        data,
        *picture.mime.split("/", 1),
        cid=f"<{_cid(picture)}>",
        filename=picture.name,
        disposition="inline",
    )


def _cid(picture: Picture) -> str:
    return f"{picture.sha256[:32]}@picture"


def _set_boundaries(message: EmailMessage, token: str) -> None:
    """Derive the MIME boundaries from the Message-ID, so that they are not random."""
    digest = hashlib.sha256(token.encode()).hexdigest()[:32]
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"={digest}.{number}")
