"""The conversation with a mail server: one letter, in one go, to all who may have it.

Either everyone whom the server takes gets the letter, or nobody does: a letter that
half of the readers had could be sent to the others only by sending it twice to those.
"""

import contextlib
import smtplib
import ssl
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.channels.text_options import TextOptions
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.http.client import redact
from bot.settings import Duration, Secret

_TRIES = 3
"""So often a reader whose server asks for patience keeps the others waiting."""
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class ServerConfig(TextOptions):
    """The mail server, and how to log in there."""

    host: str
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "ssl", "none"] = "starttls"
    user: str | None = None
    password: Secret | None = None
    timeout: Duration = timedelta(seconds=30)

    @model_validator(mode="after")
    def _keeps_its_password(self) -> Self:
        if (self.user is None) != (self.password is None):
            raise ValueError("user and password go together")
        if self.user and self.security == "none" and self.host not in _THIS_MACHINE:
            raise ValueError(
                "a password never travels in clear: choose starttls or ssl"
            )
        return self


class MailServer:
    """One account's view of one server."""

    def __init__(self, name: str, config: ServerConfig, domain: str) -> None:
        """Keep what is needed; no connection yet. `domain` is whom we say we are."""
        self._name = name
        self._config = config
        self._domain = domain
        self._waited: Counter[str] = Counter()

    def deliver(
        self, sender: str, readers: tuple[str, ...], letter: bytes, key: str
    ) -> None:
        """Hand over one letter; `key` is the post's, for the log.

        Raises:
            ChannelUnavailable, ChannelRefused: nobody has it.
            ChannelUnknown: all may have it, or nobody.
        """
        with self._errors("not reached", ChannelUnavailable):
            smtp = self._connected()
        try:
            with self._errors("broke off before the letter", ChannelUnavailable):
                self._address(smtp, sender, readers, key)
            with self._errors("no answer", ChannelUnknown):
                _check(*smtp.data(letter))
            # It is accepted: whatever happens while parting changes nothing.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                smtp.quit()
        finally:
            smtp.close()
        self._waited.pop(key, None)

    def _connected(self) -> smtplib.SMTP:
        config, seconds = self._config, self._config.timeout.total_seconds()
        where = (config.host, config.port, self._domain, seconds)
        smtp = _encrypted(where) if config.security == "ssl" else smtplib.SMTP(*where)
        try:
            if config.security == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            if config.user is not None and config.password is not None:
                smtp.login(config.user, config.password.get_secret_value())
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _address(
        self, smtp: smtplib.SMTP, sender: str, readers: tuple[str, ...], key: str
    ) -> None:
        """Name sender and readers; nobody gets anything before the letter is sent."""
        smtp.ehlo_or_helo_if_needed()
        _check(*smtp.mail(sender))
        answers = {one: smtp.rcpt(one) for one in readers}
        refused = {o: told for o, told in answers.items() if told[0] not in (250, 251)}
        if len(refused) == len(readers):
            raise smtplib.SMTPRecipientsRefused(refused)
        if refused:
            self._leave_out(refused, key)

    def _leave_out(self, refused: Mapping[str, tuple[int, bytes]], key: str) -> None:
        """Who is refused for good gets none; for who may be let in later, all wait.

        But not for ever: news is not kept from many by one full mailbox.
        """
        self._waited[key] += 1
        later = [told for told in refused.values() if told[0] < 500]
        if later and self._waited[key] < _TRIES:
            raise smtplib.SMTPResponseException(*later[0])
        import structlog

        log = structlog.get_logger(__name__)
        log.warning("readers-left-out", post=key, readers=sorted(refused))

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
            raise ChannelRefused(f"{self._name}: {error}") from None
        except (smtplib.SMTPException, OSError) as error:
            message = f"{self._name}: {what} ({type(error).__name__})"
            raise broken(message) from None

    def _judged(
        self, code: int, said: bytes | str
    ) -> ChannelRefused | ChannelUnavailable:
        text = said.decode(errors="replace") if isinstance(said, bytes) else said
        message = f"{self._name}: {code} {redact(text, [self._config.password])}"
        if code >= 500:
            return ChannelRefused(message, code)
        return ChannelUnavailable(message)


def _encrypted(where: tuple[str, int, str, float]) -> smtplib.SMTP_SSL:
    host, port, domain, seconds = where
    context = ssl.create_default_context()
    return smtplib.SMTP_SSL(host, port, domain, timeout=seconds, context=context)


def _check(code: int, said: bytes) -> None:
    """Let a good answer pass; raises what `_errors` judges."""
    if not 200 <= code < 300:
        raise smtplib.SMTPResponseException(code, said)
