"""The mail channel on a real SMTP server; the standard library reads the e-mails."""

import html
import io
import random
import shutil
import ssl
import subprocess
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import PIL.Image
import pytest
from pydantic import SecretStr, ValidationError

from bot.channels.mail import MailChannel, MailConfig
from bot.channels.shared.read_back import normalized_html_text, normalized_text
from bot.clock import StillClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.model.draft import Picture
from tests.servers.missing import report_missing
from tests.servers.smtp import PASSWORD, USER, Mailbox

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = [
    pytest.mark.servers,
    # The login is tried without TLS: harmless on loopback, with a test password.
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


def make_post(text: str = TEXT, reply_to: str | None = None, number: int = 1) -> Post:
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


def make_channel(mailbox_server: Mailbox, password: str = "", **changes) -> MailChannel:
    fields: dict[str, object] = {
        "host": "127.0.0.1",
        "port": mailbox_server.port,
        "security": "none",
        "sender": "wire@outages.example",
        "timeout": timedelta(seconds=5),
    }
    if "subscribers" not in changes:
        fields["to"] = ["desk@news.example", "night@news.example"]
    if password:
        fields |= {"user": USER, "password": SecretStr(password)}
    config = MailConfig.model_validate(fields | changes)
    return MailChannel("editors", config, StillClock(AT))


def test_email_has_subject_recipients_date_and_text(mailbox: Mailbox) -> None:
    receipt = make_channel(mailbox).send(make_post(), png())
    (message,) = mailbox.emails
    assert message["Subject"] == "Review: Suspected in #Kazakhstan · الإنترنت 🇰🇿"
    assert message["To"] == "desk@news.example, night@news.example"
    assert message["Message-ID"] == receipt.id
    assert message["Date"].datetime == AT
    plain = message.get_body(("plain",))
    assert plain is not None
    words = plain.get_content().replace("\r\n", "\n")
    assert words.strip() == TEXT.partition("\n")[2]


def test_picture_is_inline_with_its_alt_text(mailbox: Mailbox) -> None:
    make_channel(mailbox).send(make_post(), png())
    (message,) = mailbox.emails
    related = message.get_body(("related",))
    assert related is not None
    page, picture = related.iter_parts()
    source = page.get_content()
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in source
    assert 'alt="Line chart: &quot;bgp&quot; at 55% &lt;of&gt; ordinary' in source
    assert "&lt;55% &amp; falling" in source
    assert picture.get_content() == png()
    assert picture["Content-Disposition"].startswith("inline")


def send_with_token(channel: MailChannel, post: Post) -> Receipt:
    """Send a post with its token, as the delivery worker does, but without a picture."""
    return channel.send(replace(post, token=channel.token(post)), None)


def test_message_id_is_the_same_for_a_repeat(mailbox: Mailbox) -> None:
    channel = make_channel(mailbox)
    first, repeated = (
        send_with_token(channel, make_post()),
        send_with_token(channel, make_post()),
    )
    other = send_with_token(channel, make_post(number=2))
    assert first == repeated != other
    assert first.id.endswith("@outages.example>")


def test_reply_refers_to_its_parent(mailbox: Mailbox) -> None:
    channel = make_channel(mailbox)
    first = send_with_token(channel, make_post())
    send_with_token(channel, make_post("Update: more\nBody", first.id, number=2))
    message = mailbox.emails[1]
    assert message["In-Reply-To"] == message["References"] == first.id


def test_references_name_root_and_parent_with_long_ids(
    mailbox: Mailbox,
) -> None:
    """Python's library would encode ids longer than a line and break the thread."""
    channel = make_channel(mailbox, sender=f"wire@{'outages.' * 9}example")
    first = send_with_token(channel, make_post())
    second = send_with_token(
        channel, make_post("Update: more\nBody", first.id, number=2)
    )
    third = make_post("Update: more still\nBody", second.id, number=3)
    send_with_token(channel, replace(third, root=first.id))
    assert len(first.id) > 100
    message = mailbox.emails[2]
    assert message["References"].split() == [first.id, second.id]
    assert message["In-Reply-To"] == second.id
    assert f"References: {first.id}\r\n {second.id}\r\n".encode() in mailbox.raw[2]


def test_repeated_email_has_identical_bytes(mailbox: Mailbox) -> None:
    """P14: an e-mail that is sent again on another day has the same bytes."""
    for at in (AT, AT + timedelta(days=3)):
        channel = MailChannel("editors", make_channel(mailbox)._config, StillClock(at))
        post = make_post()
        channel.send(replace(post, token=channel.token(post)), png())
    assert mailbox.raw[0] == mailbox.raw[1]


def test_email_has_the_same_text_as_plain_text_and_html(mailbox: Mailbox) -> None:
    link = "https://outages.example/i/KZ-2022-0104/?a=1&b=2"
    text = f"Confirmed: blackout\nLevel <2% & falling.\n\nReport: {link}.\nمتن"
    make_channel(mailbox).send(make_post(text), None)
    (message,) = mailbox.emails
    parts = [part.get_content_type() for part in message.walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]
    plain, page = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert page is not None
    body = page.get_content().partition("<body>")[2]
    assert normalized_html_text(body) == normalized_text(plain.get_content())
    assert f'<a href="{html.escape(link)}">' in body
    assert '<html lang="en">' in page.get_content()


def test_email_is_ascii_with_short_lines(mailbox: Mailbox) -> None:
    make_channel(mailbox).send(make_post(), png())
    (raw,) = mailbox.raw
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_email_to_a_list_has_list_and_unsubscribe_headers(mailbox: Mailbox) -> None:
    unsubscribe_links = [
        "mailto:leave@lists.example",
        f"https://lists.example/{'leave/' * 20}",
    ]
    channel = make_channel(
        mailbox,
        to=["outages@lists.example"],
        list_id="outages.lists.example",
        unsubscribe=unsubscribe_links,
    )
    channel.send(make_post(), png())
    (message,) = mailbox.emails
    assert message["List-Id"] == "<outages.lists.example>"
    assert (
        message["List-Unsubscribe"]
        == f"<{unsubscribe_links[0]}>, <{unsubscribe_links[1]}>"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Precedence"] == "list"
    assert message["Auto-Submitted"] == "auto-generated"
    assert f"<{unsubscribe_links[1]}>".encode() in mailbox.raw[0]


@pytest.mark.parametrize(
    ("to", "unsubscribe"),
    [
        (["a@lists.example"], ["mailto:leave@lists.example"]),
        (["a@lists.example", "b@lists.example"], ["https://lists.example/leave"]),
    ],
)
def test_one_click_unsubscribe_needs_a_link_for_one_recipient(
    mailbox: Mailbox, to: list[str], unsubscribe: list[str]
) -> None:
    make_channel(mailbox, to=to, unsubscribe=unsubscribe).send(make_post(), None)
    (message,) = mailbox.emails
    assert message["List-Unsubscribe"] == f"<{unsubscribe[0]}>"
    assert message["List-Unsubscribe-Post"] is None


def test_test_post_goes_to_the_operator_only(mailbox: Mailbox) -> None:
    channel = make_channel(
        mailbox,
        to=["outages@lists.example"],
        list_id="outages.lists.example",
        unsubscribe=["mailto:leave@lists.example"],
    )
    post = replace(make_post("Test post, not news."), private=True)
    channel.send(replace(post, token=channel.token(post)), None)
    assert mailbox.recipients == [("wire@outages.example",)]
    (message,) = mailbox.emails
    assert message["To"] == "wire@outages.example"
    assert not [name for name in message if name.startswith("List-")]
    assert channel.find(post) is None


# Subscribers


SUBSCRIBERS = tuple(f"reader{n}@site{n}.example" for n in range(5))


@pytest.fixture
def subscribers(tmp_path: Path) -> Path:
    """A file with the addresses of five subscribers."""
    file = tmp_path / "subscribers.txt"
    file.write_text("# ours\n\n" + "\n".join(SUBSCRIBERS) + "\n", "utf-8")
    return file


def test_subscribers_get_one_email_and_do_not_see_each_other(
    mailbox: Mailbox, subscribers: Path
) -> None:
    make_channel(mailbox, subscribers=subscribers).send(make_post(), png())
    assert mailbox.recipients == [SUBSCRIBERS]
    assert mailbox.emails[0]["To"] == "wire@outages.example"
    assert b"reader" not in mailbox.raw[0]


def test_changes_of_subscribers_need_no_restart(
    mailbox: Mailbox, subscribers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    channel = make_channel(mailbox, subscribers=subscribers, to=["desk@news.example"])
    without_desk = make_channel(mailbox, subscribers=subscribers)
    subscribers.write_text("New@site.example\nnew@site.example\nnobody\n", "utf-8")
    channel.send(make_post(), None)
    assert [set(readers) for readers in mailbox.recipients] == [
        {"new@site.example", "desk@news.example"}
    ]
    assert "subscriber lines skipped" in capsys.readouterr().out
    subscribers.write_text("", "utf-8")
    with pytest.raises(ChannelRefused, match="nobody"):
        without_desk.send(make_post(), None)
    subscribers.unlink()
    with pytest.raises(ChannelUnavailable, match="cannot be read"):
        channel.send(make_post(number=2), None)
    assert len(mailbox.raw) == 1


def test_more_than_100_subscribers_are_refused(
    mailbox: Mailbox, subscribers: Path
) -> None:
    channel = make_channel(mailbox, subscribers=subscribers)
    many = [f"reader{n}@site.example" for n in range(101)]
    subscribers.write_text("\n".join(many), "utf-8")
    with pytest.raises(ChannelRefused, match="use a list address"):
        channel.send(make_post(), None)
    subscribers.write_text("\n".join(many[:100]), "utf-8")
    channel.send(make_post(), None)
    assert [len(readers) for readers in mailbox.recipients] == [100]


def test_refused_subscriber_does_not_delay_the_others(
    mailbox: Mailbox, subscribers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mailbox.refused_recipients = {SUBSCRIBERS[1]: "550 5.1.1 never"}
    make_channel(mailbox, subscribers=subscribers).send(make_post(), None)
    assert mailbox.recipients == [(SUBSCRIBERS[0], *SUBSCRIBERS[2:])]
    assert SUBSCRIBERS[1] in capsys.readouterr().out


def test_subscriber_refused_for_now_delays_the_email_twice_at_most(
    mailbox: Mailbox, subscribers: Path
) -> None:
    """One e-mail goes to all readers; a temporary refusal of one reader delays it.

    The e-mail is delayed twice at most, and then sent to the other readers.
    """
    channel = make_channel(mailbox, subscribers=subscribers)
    mailbox.refused_recipients = {SUBSCRIBERS[1]: "451 4.7.1 greylisted"}
    for _ in range(2):
        with pytest.raises(ChannelUnavailable, match="451"):
            channel.send(make_post(), None)
    assert not mailbox.raw
    channel.send(make_post(), None)
    assert mailbox.recipients == [(SUBSCRIBERS[0], *SUBSCRIBERS[2:])]
    with pytest.raises(ChannelUnavailable, match="451"):
        channel.send(make_post(number=2), None)
    mailbox.refused_recipients = {}
    channel.send(make_post(number=2), None)
    assert mailbox.recipients[1] == SUBSCRIBERS


@pytest.mark.parametrize("public", [True, False])
def test_email_that_may_be_delivered_is_not_sent_again(
    mailbox: Mailbox, subscribers: Path, public: bool
) -> None:
    subscriber_channel = make_channel(mailbox, subscribers=subscribers)
    channel = subscriber_channel if public else make_channel(mailbox)
    mailbox.refusals = [("RCPT", "hang up")]
    with pytest.raises(ChannelUnavailable, match="before the message"):
        channel.send(make_post(), None)
    mailbox.refusals = [("DATA", "hang up")]
    with pytest.raises(ChannelUnknown):
        channel.send(make_post(), None)
    if public:
        with pytest.raises(ChannelUnknown, match="look for the message in one of them"):
            channel.find(make_post())
    else:
        assert channel.find(make_post()) is None


@pytest.mark.parametrize(
    ("count", "minimum"), [(60, 3), pytest.param(200, 10, marks=pytest.mark.slow)]
)
def test_no_subscriber_gets_an_email_twice_despite_faults(
    mailbox: Mailbox, subscribers: Path, count: int, minimum: int
) -> None:
    """P10: an e-mail is sent again only if the server has certainly not accepted it."""
    random_source, outcomes = random.Random(10), Counter[str]()
    channel = make_channel(mailbox, subscribers=subscribers)
    for number in range(count):
        before = len(mailbox.raw)
        outcome = send_with_random_faults(channel, mailbox, random_source, number)
        stored = len(mailbox.raw) - before
        outcomes[outcome] += 1
        assert stored in {"sent": {1}, "a person is asked": {0, 1}}.get(outcome, {0})
    ids_counted = Counter(message["Message-ID"] for message in mailbox.emails)
    duplicates = [name for name, times in ids_counted.items() if times > 1]
    print(f"letters: {dict(outcomes)}; twice: {len(duplicates)}")
    assert not duplicates
    assert (
        min(outcomes[end] for end in ("sent", "refused", "a person is asked")) > minimum
    )


def send_with_random_faults(
    channel: MailChannel, mailbox: Mailbox, random_source: random.Random, number: int
) -> str:
    """Send one e-mail, with faults at random steps; return the outcome."""
    post = make_post(f"Letter {number}\nBody", number=number)
    post = replace(post, token=channel.token(post))
    answers = ["451 later", "550 never", "hang up"]
    for _ in range(8):
        steps = random_source.choices(["MAIL", "RCPT", "DATA", ""], k=2)
        mailbox.refusals = [
            (step, random_source.choice(answers)) for step in steps if step
        ]
        try:
            channel.send(post, None)
        except ChannelUnavailable:
            continue
        except ChannelRefused:
            return "refused"
        except ChannelUnknown:
            return "a person is asked"
        return "sent"
    return "waiting"


def test_email_is_sent_after_a_login(locked_mailbox: Mailbox) -> None:
    make_channel(locked_mailbox, PASSWORD).send(make_post(), None)
    assert len(locked_mailbox.emails) == 1


def test_wrong_password_is_refused_and_not_shown(locked_mailbox: Mailbox) -> None:
    with pytest.raises(ChannelRefused, match="535") as caught:
        make_channel(locked_mailbox, "wrongpassword1").send(make_post(), None)
    assert "wrongpassword1" not in f"{caught.value!r} {caught.value}"


def test_secret_echoed_by_the_server_is_hidden(
    locked_mailbox: Mailbox,
) -> None:
    locked_mailbox.refusals = [("MAIL", f"550 you said {PASSWORD}")]
    with pytest.raises(ChannelRefused, match="550") as caught:
        make_channel(locked_mailbox, PASSWORD).send(make_post(), None)
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


def test_error_gives_the_number_of_an_invalid_line(
    mailbox: Mailbox, subscribers: Path
) -> None:
    subscribers.write_text("a@b.example\nnobody\n\nBcc: x\n", "utf-8")
    with pytest.raises(ValidationError, match="in line 2, 4"):
        make_channel(mailbox, subscribers=subscribers)


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "kind"),
    [("451 4.3.0 later", ChannelUnavailable), ("550 5.1.1 never", ChannelRefused)],
)
def test_reply_code_decides_between_retry_and_refusal(
    mailbox: Mailbox, command: str, answer: str, kind: type[Exception]
) -> None:
    # There are two recipients, and the server must refuse both.
    mailbox.refusals = [(command, answer)] * (2 if command == "RCPT" else 1)
    with pytest.raises(kind, match=answer[:3]):
        make_channel(mailbox).send(make_post(), None)
    assert not mailbox.emails


def test_email_reaches_the_recipients_that_are_accepted(mailbox: Mailbox) -> None:
    mailbox.refusals = [("RCPT", "550 gone")]
    make_channel(mailbox).send(make_post(), None)
    assert len(mailbox.emails) == 1


def test_lost_connection_leaves_the_delivery_unknown(mailbox: Mailbox) -> None:
    mailbox.refusals = [("DATA", "hang up")]
    channel = make_channel(mailbox)
    with pytest.raises(ChannelUnknown):
        channel.send(make_post(), None)
    assert (
        channel.find(make_post()) is None
    )  # None: sending an e-mail again does no harm


def test_server_without_starttls_is_refused(mailbox: Mailbox) -> None:
    with pytest.raises(ChannelRefused, match="STARTTLS"):
        make_channel(mailbox, security="starttls").send(make_post(), None)
    assert not mailbox.emails


@pytest.fixture
def encrypting_mailbox(tmp_path: Path) -> Iterator[tuple[Mailbox, Path]]:
    """A server that requires STARTTLS, and the file with its certificate."""
    openssl = shutil.which("openssl")
    if openssl is None:
        report_missing("openssl")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = f"{openssl} req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    names = "subjectAltName=IP:127.0.0.1"
    files = ["-addext", names, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    mailbox_server = Mailbox(starttls=context).start()
    yield mailbox_server, certificate
    mailbox_server.stop()


def test_email_is_sent_encrypted(
    encrypting_mailbox: tuple[Mailbox, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox_server, certificate = encrypting_mailbox
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(ChannelRefused, match="530"):
        make_channel(mailbox_server).send(make_post(), None)
    make_channel(mailbox_server, security="starttls").send(make_post(), None)
    assert len(mailbox_server.emails) == 1


def test_untrusted_certificate_is_refused(
    encrypting_mailbox: tuple[Mailbox, Path],
) -> None:
    mailbox_server, _ = encrypting_mailbox
    with pytest.raises(ChannelUnavailable, match="Cert"):
        make_channel(mailbox_server, security="starttls").send(make_post(), None)
    assert not mailbox_server.emails


def test_unreachable_server_counts_as_unavailable(mailbox: Mailbox) -> None:
    with pytest.raises(ChannelUnavailable):
        make_channel(mailbox, port=9).send(make_post(), None)


@pytest.mark.parametrize("end", ["\r", "\x0b", "\x85", "\u2028", "\x00"])
def test_line_break_in_a_subject_is_refused(mailbox: Mailbox, end: str) -> None:
    post = make_post(f"Review{end}Bcc: everybody@elsewhere.example\nBody")
    with pytest.raises(ChannelRefused, match="line break"):
        make_channel(mailbox).send(post, None)
    assert not mailbox.emails


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "nobody"},
        {"to": ["a@b.example\nBcc: c@d.example"]},
        {"to": []},
        {"unsubscribe": ["http://lists.example/leave"]},
        {"unsubscribe": ["mailto:a@b.example>, <x"]},
        {"list_id": "Outages <x.example>"},
        {"subscribers": Path("/nowhere")},
        {"user": "alone"},
        {"user": "u", "password": SecretStr("p"), "host": "mail.example"},
    ],
)
def test_invalid_configuration_is_refused(mailbox: Mailbox, changes) -> None:
    with pytest.raises(ValidationError):
        make_channel(mailbox, **changes)
