"""Letters to the editors through a real SMTP server, read by the standard library."""

import io
import shutil
import ssl
import subprocess
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import PIL.Image
import pytest
from pydantic import SecretStr, ValidationError

from bot.channels.mail import MailChannel, MailConfig
from bot.clock import StillClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.draft import Picture
from bot.model.post import Post, Receipt
from tests.servers.presence import lacking
from tests.servers.smtp import PASSWORD, USER, Mailbox

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = [
    pytest.mark.servers,
    # The login is tried without TLS: on loopback, with a password made for the test.
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]

AT = datetime(2022, 1, 4, 12, 30, tzinfo=UTC)
TEXT = (
    "Review: Suspected in #Kazakhstan · الإنترنت 🇰🇿\n"
    "Draft KZ-2022-0104.1 waits.\n\n"
    "One source (IODA) shows a drop to <55% & falling.\nSecond line."
)
ALT = 'Line chart: "bgp" at 55% <of> ordinary · الشبكة'


def png() -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (64, 30), "white").save(out, "PNG")
    return out.getvalue()


def a_post(text: str = TEXT, reply_to: str | None = None, number: int = 1) -> Post:
    picture = Picture("chart.png", "image/png", 64, 30, sha256(png()).hexdigest(), ALT)
    return Post(
        key=f"KZ-2022-0104.{number}/editors",
        incident="KZ-2022-0104",
        event=f"KZ-2022-0104.{number}",
        channel="editors",
        lang="en",
        at=AT,
        made_at=AT,
        text=text,
        length=len(text),
        picture=picture,
        reply_to=reply_to,
    )


def a_channel(box: Mailbox, password: str = "", **changes) -> MailChannel:
    fields: dict[str, object] = {
        "host": "127.0.0.1",
        "port": box.port,
        "security": "none",
        "sender": "wire@outages.example",
        "to": ["desk@news.example", "night@news.example"],
        "timeout": timedelta(seconds=5),
    }
    if password:
        fields |= {"user": USER, "password": SecretStr(password)}
    config = MailConfig.model_validate(fields | changes)
    return MailChannel("editors", config, StillClock(AT))


def test_a_letter_arrives_with_its_picture_in_it(mailbox: Mailbox) -> None:
    receipt = a_channel(mailbox).send(a_post(), png())
    (letter,) = mailbox.letters
    assert letter["Subject"] == "Review: Suspected in #Kazakhstan · الإنترنت 🇰🇿"
    assert letter["To"] == "desk@news.example, night@news.example"
    assert letter["Message-ID"] == receipt.id
    assert letter["Date"].datetime == AT
    plain = letter.get_body(("plain",))
    assert plain is not None
    words = plain.get_content().replace("\r\n", "\n")
    assert words.strip() == TEXT.partition("\n")[2]


def test_the_picture_is_inline_and_described(mailbox: Mailbox) -> None:
    a_channel(mailbox).send(a_post(), png())
    (letter,) = mailbox.letters
    related = letter.get_body(("related",))
    assert related is not None
    page, picture = related.iter_parts()
    source = page.get_content()
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in source
    assert 'alt="Line chart: &quot;bgp&quot; at 55% &lt;of&gt; ordinary' in source
    assert "&lt;55% &amp; falling" in source
    assert picture.get_content() == png()
    assert picture["Content-Disposition"].startswith("inline")


def sent(channel: MailChannel, post: Post) -> Receipt:
    """Frozen and sent, as the publisher does."""
    return channel.send(replace(post, token=channel.token(post)), None)


def test_a_letter_has_the_same_name_every_time(mailbox: Mailbox) -> None:
    channel = a_channel(mailbox)
    first, again = sent(channel, a_post()), sent(channel, a_post())
    other = sent(channel, a_post(number=2))
    assert first == again != other
    assert first.id.endswith("@outages.example>")


def test_an_answer_joins_the_thread(mailbox: Mailbox) -> None:
    channel = a_channel(mailbox)
    first = sent(channel, a_post())
    sent(channel, a_post("Update: more\nBody", first.id, number=2))
    letter = mailbox.letters[1]
    assert letter["In-Reply-To"] == letter["References"] == first.id


def test_a_login_lets_us_in(locked_mailbox: Mailbox) -> None:
    a_channel(locked_mailbox, PASSWORD).send(a_post(), None)
    assert len(locked_mailbox.letters) == 1


def test_a_wrong_password_is_refused_and_not_told(locked_mailbox: Mailbox) -> None:
    with pytest.raises(ChannelRefused, match="535") as caught:
        a_channel(locked_mailbox, "wrongpassword1").send(a_post(), None)
    assert "wrongpassword1" not in f"{caught.value!r} {caught.value}"


def test_a_server_that_echoes_a_secret_does_not_make_us_tell_it(
    locked_mailbox: Mailbox,
) -> None:
    locked_mailbox.refusals = [("MAIL", f"550 you said {PASSWORD}")]
    with pytest.raises(ChannelRefused, match="550") as caught:
        a_channel(locked_mailbox, PASSWORD).send(a_post(), None)
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "kind"),
    [("451 4.3.0 later", ChannelUnavailable), ("550 5.1.1 never", ChannelRefused)],
)
def test_a_server_says_later_or_never(
    mailbox: Mailbox, command: str, answer: str, kind: type[Exception]
) -> None:
    # Two recipients: one refusal each, for nobody took the letter.
    mailbox.refusals = [(command, answer)] * (2 if command == "RCPT" else 1)
    with pytest.raises(kind, match=answer[:3]):
        a_channel(mailbox).send(a_post(), None)
    assert not mailbox.letters


def test_a_letter_reaches_those_who_take_it(mailbox: Mailbox) -> None:
    mailbox.refusals = [("RCPT", "550 gone")]
    a_channel(mailbox).send(a_post(), None)
    assert len(mailbox.letters) == 1


def test_a_server_that_hangs_up_may_have_it(mailbox: Mailbox) -> None:
    mailbox.refusals = [("DATA", "hang up")]
    channel = a_channel(mailbox)
    with pytest.raises(ChannelUnknown):
        channel.send(a_post(), None)
    assert channel.find(a_post()) is None  # so it is sent again, which does no harm


def test_a_server_without_encryption_is_not_trusted(mailbox: Mailbox) -> None:
    with pytest.raises(ChannelRefused, match="STARTTLS"):
        a_channel(mailbox, security="starttls").send(a_post(), None)
    assert not mailbox.letters


@pytest.fixture
def encrypting_mailbox(tmp_path: Path) -> Iterator[tuple[Mailbox, Path]]:
    """A server that insists on STARTTLS, and the certificate to trust it by."""
    openssl = shutil.which("openssl")
    if openssl is None:
        lacking("openssl")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = f"{openssl} req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    names = "subjectAltName=IP:127.0.0.1"
    files = ["-addext", names, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    box = Mailbox(starttls=context).start()
    yield box, certificate
    box.stop()


def test_a_letter_travels_encrypted(
    encrypting_mailbox: tuple[Mailbox, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    box, certificate = encrypting_mailbox
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(ChannelRefused, match="530"):
        a_channel(box).send(a_post(), None)
    a_channel(box, security="starttls").send(a_post(), None)
    assert len(box.letters) == 1


def test_a_certificate_nobody_vouches_for_is_not_trusted(
    encrypting_mailbox: tuple[Mailbox, Path],
) -> None:
    box, _ = encrypting_mailbox
    with pytest.raises(ChannelUnavailable, match="Cert"):
        a_channel(box, security="starttls").send(a_post(), None)
    assert not box.letters


def test_a_server_that_is_away_was_never_reached(mailbox: Mailbox) -> None:
    with pytest.raises(ChannelUnavailable):
        a_channel(mailbox, port=9).send(a_post(), None)


@pytest.mark.parametrize("end", ["\r", "\x0b", "\x85", "\u2028", "\x00"])
def test_a_subject_begins_no_other_header(mailbox: Mailbox, end: str) -> None:
    post = a_post(f"Review{end}Bcc: everybody@elsewhere.example\nBody")
    with pytest.raises(ChannelRefused, match="line break"):
        a_channel(mailbox).send(post, None)
    assert not mailbox.letters


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "nobody"},
        {"to": ["a@b.example\nBcc: c@d.example"]},
        {"to": []},
        {"user": "alone"},
        {"user": "u", "password": SecretStr("p"), "host": "mail.example"},
    ],
)
def test_a_bad_section_is_refused(mailbox: Mailbox, changes) -> None:
    with pytest.raises(ValidationError):
        a_channel(mailbox, **changes)
