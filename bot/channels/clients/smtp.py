"""SMTP client: sends one message to all its recipients in one transaction.

Either every recipient that the server accepts gets the message, or none does. After any
failure except ChannelUnknown no recipient has the message, so the message can be sent
again.
"""

import contextlib
import smtplib
import socket
import ssl
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator

from bot.channels.shared.text_options import TextOptions
from bot.errors import (
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
    MessageDeferred,
    MessageRefused,
)
from bot.http.client import redact
from bot.http.deadline import Deadline
from bot.settings import Secret, Timeout

_MAX_ATTEMPTS = 3
"""At this attempt, recipients that the server defers (4xx) are left out."""
_CONVERSATION_TIMEOUTS = 4
"""A whole conversation may last this many times the configured `timeout`."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class ServerConfig(TextOptions):
    """The mail server, and the login."""

    host: str
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "ssl", "none"] = "starttls"
    user: str | None = None
    password: Secret | None = None
    timeout: Timeout = timedelta(seconds=30)

    @model_validator(mode="after")
    def _keeps_its_password(self) -> Self:
        if (self.user is None) != (self.password is None):
            raise ValueError("user and password go together: write both or neither")
        if self.user and self.security == "none" and self.host not in _LOOPBACK:
            raise ValueError(
                "the password would be sent unencrypted: choose starttls or ssl"
            )
        return self


class MailServer:
    """Sends messages through one server, each over its own connection."""

    def __init__(self, name: str, config: ServerConfig, domain: str) -> None:
        """Keep the settings; no connection is opened yet.

        Args:
            name: the channel's name, for messages.
            config: the server and the login.
            domain: the name that the client gives itself in EHLO.
        """
        self._name = name
        self._config = config
        self._domain = domain
        self._deferrals: Counter[str] = Counter()

    def deliver(
        self, sender: str, recipients: tuple[str, ...], message: bytes, key: str
    ) -> None:
        """Send one message.

        Args:
            sender: the envelope's sender.
            recipients: the envelope's recipients.
            message: headers and body.
            key: the post's key, for counting attempts and for the log.

        Raises:
            ChannelUnavailable, ChannelRefused: no recipient has the message. With
                MessageDeferred and MessageRefused, the reason is this message or its
                recipients, and not the server or the sender.
            ChannelUnknown: either all recipients have the message, or none has it.
        """
        # Each read may wait for `timeout`; a server that sends a byte now and then must
        # not hold the conversation open for hours (P19).
        with Deadline(
            _CONVERSATION_TIMEOUTS * self._config.timeout.total_seconds()
        ) as deadline:
            self._converse(deadline, sender, recipients, message, key)
        self._deferrals.pop(key, None)

    def _converse(
        self,
        deadline: Deadline,
        sender: str,
        recipients: tuple[str, ...],
        message: bytes,
        key: str,
    ) -> None:
        with self._converted_errors("the server was not reached", ChannelUnavailable):
            smtp = self._connected(deadline)
        try:
            failure = "the connection was lost before the message"
            with self._converted_errors(failure, ChannelUnavailable):
                self._send_envelope(smtp, sender, recipients, key)
            with self._converted_errors("no answer to the message", ChannelUnknown):
                _check(*smtp.data(message))
            # The server has accepted the message, so an error in QUIT changes nothing.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                smtp.quit()
        finally:
            smtp.close()

    def _connected(self, deadline: Deadline) -> smtplib.SMTP:
        """Return an open connection, encrypted and logged in as configured."""
        config, timeout_s = self._config, self._config.timeout.total_seconds()
        encrypted = config.security == "ssl"
        smtp = (_EncryptedSmtp if encrypted else _Smtp)(
            deadline, self._domain, timeout_s
        )
        try:
            _check(*smtp.connect(config.host, config.port))
            if config.security == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            if config.user is not None and config.password is not None:
                self._log_in(smtp, config.user, config.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _log_in(self, smtp: smtplib.SMTP, user: str, password: SecretStr) -> None:
        try:
            smtp.login(user, password.get_secret_value())
        except (smtplib.SMTPResponseException, smtplib.SMTPServerDisconnected):
            raise
        except smtplib.SMTPException as error:
            # The library raises its base exception if it supports none of the server's
            # login methods.
            raise ChannelRefused(
                f"{self._name}: cannot log in: {error}; ask the server's operator for a"
                " login with PLAIN, LOGIN or CRAM-MD5"
            ) from None

    def _send_envelope(
        self, smtp: smtplib.SMTP, sender: str, recipients: tuple[str, ...], key: str
    ) -> None:
        """Send the addresses of sender and recipients; nothing is delivered yet."""
        smtp.ehlo_or_helo_if_needed()
        _check(*smtp.mail(sender))
        replies = {recipient: smtp.rcpt(recipient) for recipient in recipients}
        rejected = {
            r: reply for r, reply in replies.items() if reply[0] not in {250, 251}
        }
        if len(rejected) == len(recipients):
            raise smtplib.SMTPRecipientsRefused(rejected)
        if rejected:
            self._leave_out(rejected, key)

    def _leave_out(self, rejected: Mapping[str, tuple[int, bytes]], key: str) -> None:
        """Log that rejected recipients are left out, or raise an error for a retry.

        If the server only defers a recipient (4xx), the method raises an error, and the
        message is tried again later. At the attempt `_MAX_ATTEMPTS` no error is raised
        for deferred recipients. Otherwise one full mailbox would keep the news from all
        other recipients.
        """
        self._deferrals[key] += 1
        deferred = [reply for reply in rejected.values() if reply[0] < 500]
        if deferred and self._deferrals[key] < _MAX_ATTEMPTS:
            raise smtplib.SMTPResponseException(*deferred[0])
        import structlog

        log = structlog.get_logger(__name__)
        log.warning("recipients left out", post=key, recipients=sorted(rejected))

    @contextlib.contextmanager
    def _converted_errors(
        self, failure: str, error_class: type[ChannelUnavailable | ChannelUnknown]
    ) -> Iterator[None]:
        """Convert the library's errors to channel errors.

        Args:
            failure: the error text if the connection is lost.
            error_class: the class of the error that is raised if the connection is lost.
        """
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = min(error.recipients.values())
            raise self._message_error(code, reply) from None
        except smtplib.SMTPAuthenticationError as error:
            # The reply is not quoted, because it may repeat the encoded password.
            raise self._reply_error(error.smtp_code, "the login was refused") from None
        except smtplib.SMTPResponseException as error:
            # An answer to the message itself, after its envelope was accepted.
            is_answer = error_class is ChannelUnknown
            convert = self._message_error if is_answer else self._reply_error
            raise convert(error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPNotSupportedError as error:
            raise ChannelRefused(f"{self._name}: {error}") from None
        except (smtplib.SMTPException, OSError) as error:
            message = f"{self._name}: {failure} ({type(error).__name__})"
            raise error_class(message) from None

    def _reply_error(
        self, code: int, reply: bytes | str
    ) -> ChannelRefused | ChannelUnavailable:
        """Return the error for a reply code: 5xx is permanent, 4xx is not."""
        message = self._quoted(code, reply)
        if code >= 500:
            return ChannelRefused(message, code)
        return ChannelUnavailable(message)

    def _message_error(
        self, code: int, reply: bytes | str
    ) -> MessageRefused | MessageDeferred:
        """Return the error for a reply to the recipients or to the message."""
        message = self._quoted(code, reply)
        if code >= 500:
            return MessageRefused(message, code)
        return MessageDeferred(message)

    def _quoted(self, code: int, reply: bytes | str) -> str:
        text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
        return f"{self._name}: {code} {redact(text, [self._config.password])}"


class _Smtp(smtplib.SMTP):
    """A connection that is shut down at the deadline, even during the greeting."""

    def __init__(self, deadline: Deadline, domain: str, timeout_s: float) -> None:
        super().__init__(local_hostname=domain, timeout=timeout_s)
        self._deadline = deadline

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        # The library checks the server's certificate against this name.
        self._host = host
        connection: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc] # not in the stubs
        self._deadline.limit_connections(connection)
        return connection


class _EncryptedSmtp(smtplib.SMTP_SSL):
    """Like `_Smtp`, but the connection is encrypted from the start."""

    def __init__(self, deadline: Deadline, domain: str, timeout_s: float) -> None:
        context = ssl.create_default_context()
        super().__init__(local_hostname=domain, timeout=timeout_s, context=context)
        self._deadline = deadline

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        # The library checks the server's certificate against this name.
        self._host = host
        connection: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc] # not in the stubs
        self._deadline.limit_connections(connection)
        return connection


def _check(code: int, reply: bytes) -> None:
    """Raise SMTPResponseException unless the reply code is 2xx."""
    if not 200 <= code < 300:
        raise smtplib.SMTPResponseException(code, reply)
