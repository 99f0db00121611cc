"""Letters to the editors by e-mail, the picture in the text."""

import contextlib
import email.utils
import hashlib
import re
import smtplib
import ssl
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import Literal

from pydantic import Field, field_validator, model_validator

from bot.channels.quoting import quoted
from bot.channels.voice import Voice
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.draft import Outlet, Picture
from bot.model.post import Post, Receipt
from bot.settings import Duration, Secret

# A letter has no limit; this keeps a template from running wild.
_LIMIT = 100_000
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
# What ends a line for some reader; in a header it would begin another one.
_LINE_END = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")


class MailConfig(Voice):
    """The mail server, and who writes to whom."""

    kind: Literal["mail"] = "mail"
    host: str
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "ssl", "none"] = "starttls"
    user: str | None = None
    password: Secret | None = None
    sender: str
    to: tuple[str, ...] = Field(min_length=1, strict=False)
    timeout: Duration = timedelta(seconds=30)

    @field_validator("sender", "to")
    @classmethod
    def _are_addresses(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for one in (value,) if isinstance(value, str) else value:
            if not _ADDRESS.fullmatch(one):
                raise ValueError("write an address as name@example.org")
        return value

    @model_validator(mode="after")
    def _says_it_all(self) -> "MailConfig":
        if (self.user is None) != (self.password is None):
            raise ValueError("user and password go together")
        if self.user and self.security == "none" and self.host not in _THIS_MACHINE:
            raise ValueError(
                "a password never travels in clear: choose starttls or ssl"
            )
        return self


class MailChannel:
    """Sends one letter a post."""

    def __init__(self, name: str, config: MailConfig, clock: Clock) -> None:
        """Keep what is needed; no connection yet."""
        self.name = name
        self._config = config
        self._clock = clock
        self._domain = config.sender.rpartition("@")[2]

    def outlet(self) -> Outlet:
        """A letter is as long as it needs to be."""
        return Outlet(
            name=self.name,
            kind="mail",
            lang=self._config.lang,
            limit=_LIMIT,
            links=self._config.links,
            templates=self._config.templates,
        )

    def token(self, post: Post) -> str:
        """The Message-ID: the same for the same post, whatever the day or machine."""
        readable = re.sub(r"[^A-Za-z0-9]+", ".", post.key).strip(".")
        digest = hashlib.sha256(post.key.encode()).hexdigest()[:12]
        return f"<{readable}.{digest}@{self._domain}>"

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send the letter once; see `ports.Channel.send`."""
        letter = self._letter(post, picture)
        with self._errors("not reached", ChannelUnavailable):
            smtp = self._connected()
        try:
            with self._errors("no answer", ChannelUnknown):
                smtp.send_message(letter)
            # It is accepted: whatever happens while parting changes nothing.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                smtp.quit()
        finally:
            smtp.close()
        return Receipt(id=str(letter["Message-ID"]))

    def find(self, post: Post) -> Receipt | None:
        """Always None: a mailbox cannot be read back, but need not be.

        The same letter under the same Message-ID does our own editors no harm.
        """
        del post
        return None

    def remove(self, receipt: Receipt) -> None:
        """Refused: what lies in somebody's mailbox is theirs."""
        raise ChannelRefused(f"{self.name}: {receipt.id} cannot be taken back")

    def _letter(self, post: Post, picture: bytes | None) -> EmailMessage:
        subject, _, body = post.text.partition("\n")
        if _LINE_END.search(subject + (post.reply_to or "")):
            raise ChannelRefused(f"{self.name}: the subject holds a line break")
        letter = EmailMessage(policy=SMTP)
        letter["Subject"] = subject.strip()
        letter["From"] = self._config.sender
        to = [self._config.sender] if post.private else self._config.to
        letter["To"] = ", ".join(to)
        letter["Message-ID"] = post.token
        if post.reply_to:
            letter["In-Reply-To"] = letter["References"] = post.reply_to
        letter["Date"] = email.utils.format_datetime(self._clock.now())
        letter["Auto-Submitted"] = "auto-generated"
        letter["Content-Language"] = post.lang
        letter.set_content(body.strip() + "\n")
        if post.picture is not None and picture is not None:
            _illustrate(letter, body.strip(), post.picture, picture)
        return letter

    def _connected(self) -> smtplib.SMTP:
        config, seconds = self._config, self._config.timeout.total_seconds()
        where = (config.host, config.port, self._domain)
        context = ssl.create_default_context()
        if config.security == "ssl":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                *where, timeout=seconds, context=context
            )
        else:
            smtp = smtplib.SMTP(*where, timeout=seconds)
        try:
            if config.security == "starttls":
                smtp.starttls(context=context)
            if config.user is not None and config.password is not None:
                smtp.login(config.user, config.password.get_secret_value())
        except BaseException:
            smtp.close()
            raise
        return smtp

    @contextlib.contextmanager
    def _errors(
        self, what: str, broken: type[ChannelUnavailable | ChannelUnknown]
    ) -> Iterator[None]:
        """Turn the library's errors into ours; `broken` for a broken connection."""
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            code, said = min(error.recipients.values())
            raise self._judged(code, said) from None
        except smtplib.SMTPAuthenticationError as error:
            # Not quoted: a server may echo the line that held the password, encoded.
            raise self._judged(error.smtp_code, "the login was refused") from None
        except smtplib.SMTPResponseException as error:
            raise self._judged(error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPNotSupportedError as error:
            raise ChannelRefused(f"{self.name}: {error}") from None
        except (smtplib.SMTPException, OSError) as error:
            message = f"{self.name}: {what} ({type(error).__name__})"
            raise broken(message) from None

    def _judged(
        self, code: int, said: bytes | str
    ) -> ChannelRefused | ChannelUnavailable:
        text = said.decode(errors="replace") if isinstance(said, bytes) else said
        message = f"{self.name}: {code} {quoted(text, [self._config.password])}"
        return (ChannelRefused if code >= 500 else ChannelUnavailable)(message)


def _illustrate(letter: EmailMessage, body: str, picture: Picture, data: bytes) -> None:
    """Add the letter as a page with the picture in it, described."""
    cid = f"{picture.sha256[:32]}@picture"
    paragraphs = "".join(
        f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in body.split("\n\n")
    )
    image = f'<p><img src="cid:{cid}" alt="{escape(picture.alt)}"></p>'
    letter.add_alternative(f"<html><body>{paragraphs}{image}</body></html>", "html")
    _, page = letter.iter_parts()
    page.add_related(
        data,
        *picture.mime.split("/", 1),
        cid=f"<{cid}>",
        filename=picture.name,
        disposition="inline",
    )
