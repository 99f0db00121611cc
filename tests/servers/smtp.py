"""aiosmtpd, a real SMTP server, on loopback; it stores or refuses e-mails."""

import asyncio
import email
import email.policy
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.local import free_port

USER = "wire"
PASSWORD = "mailpasswordM4n5O6"


@dataclass
class Mailbox:
    """An SMTP server and the e-mails that it received.

    Attributes:
        raw: the e-mails as received.
        recipients: the recipients of each e-mail, in the order of `raw`.
        refusals: pairs (command, answer). The first pair is removed when its command
            comes, and the server sends the answer. If the answer is `hang up`, the
            server resets the connection instead; before that it stores the e-mail if
            the command is DATA.
        refused_recipients: the answers to recipient addresses that are always refused.
        login: whether clients must log in.
        missing_mechanisms: login mechanisms of aiosmtpd that the server does not offer.
        starttls: the TLS context if the server requires STARTTLS, else None.
    """

    raw: list[bytes] = field(default_factory=list)
    recipients: list[tuple[str, ...]] = field(default_factory=list)
    refused_recipients: dict[str, str] = field(default_factory=dict)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    login: bool = False
    missing_mechanisms: tuple[str, ...] = ()
    starttls: ssl.SSLContext | None = None

    def start(self) -> "Mailbox":
        """Listen on a free loopback port."""
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=free_port(),
            auth_required=self.login,
            auth_require_tls=False,
            auth_exclude_mechanism=self.missing_mechanisms,
            tls_context=self.starttls,
            require_starttls=self.starttls is not None,
            authenticator=_authenticate,
        )
        self._controller.start()
        return self

    def operators(self) -> dict[str, object]:
        """Return an `[operators]` section whose letters arrive here."""
        return {
            "kind": "mail",
            "host": "127.0.0.1",
            "port": self.port,
            "security": "none",
            "sender": "wire@outages.example",
            "to": ["noc@news.example"],
        }

    @property
    def port(self) -> int:
        """The port on which the server listens."""
        return int(self._controller.port)

    @property
    def emails(self) -> list[EmailMessage]:
        """The e-mails, parsed by the standard library."""
        policy = email.policy.default
        return [email.message_from_bytes(raw, policy=policy) for raw in self.raw]

    def stop(self) -> None:
        """Stop listening."""
        self._controller.stop()

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address, options
    ) -> str:
        envelope.mail_from = address
        refusal = self._refusal("MAIL")
        if refusal == "hang up":
            _hang_up(server)
        return refusal or "250 OK"

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address, options
    ) -> str:
        refusal = self._refusal("RCPT") or self.refused_recipients.get(address, "")
        if refusal == "hang up":
            _hang_up(server)
        if not refusal:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        refusal = self._refusal("DATA")
        if refusal and refusal != "hang up":
            return refusal
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.recipients.append(tuple(envelope.rcpt_tos))
        if refusal:
            _hang_up(server)
        return "250 OK"

    def _refusal(self, command: str) -> str:
        if self.refusals and self.refusals[0][0] == command:
            return self.refusals.pop(0)[1]
        return ""


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()


def _authenticate(server, session, envelope, mechanism, data) -> AuthResult:
    expected = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=data == expected, handled=False)
