"""The mail channel on a real SMTP server; the standard library reads the letters."""

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
from bot.channels.shared.read_back import words_of, words_of_html
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
        "timeout": timedelta(seconds=5),
    }
    if "subscribers" not in changes:
        fields["to"] = ["desk@news.example", "night@news.example"]
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
    """Send a post with its token, as the delivery worker does, but without a picture."""
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


def test_a_thread_is_named_by_its_root_and_its_parent_however_long(
    mailbox: Mailbox,
) -> None:
    """Python's library would encode ids longer than a line, which breaks the thread."""
    channel = a_channel(mailbox, sender=f"wire@{'outages.' * 9}example")
    first = sent(channel, a_post())
    second = sent(channel, a_post("Update: more\nBody", first.id, number=2))
    third = a_post("Update: more still\nBody", second.id, number=3)
    sent(channel, replace(third, root=first.id))
    assert len(first.id) > 100
    letter = mailbox.letters[2]
    assert letter["References"].split() == [first.id, second.id]
    assert letter["In-Reply-To"] == second.id
    assert f"References: {first.id}\r\n {second.id}\r\n".encode() in mailbox.raw[2]


def test_the_same_post_makes_the_same_letter_to_the_byte(mailbox: Mailbox) -> None:
    """P14: a letter that is sent again on another day has the same bytes."""
    for at in (AT, AT + timedelta(days=3)):
        channel = MailChannel("editors", a_channel(mailbox)._config, StillClock(at))
        post = a_post()
        channel.send(replace(post, token=channel.token(post)), png())
    assert mailbox.raw[0] == mailbox.raw[1]


def test_a_letter_is_text_and_a_page_of_the_same_words(mailbox: Mailbox) -> None:
    link = "https://outages.example/i/KZ-2022-0104/?a=1&b=2"
    text = f"Confirmed: blackout\nLevel <2% & falling.\n\nReport: {link}.\nمتن"
    a_channel(mailbox).send(a_post(text), None)
    (letter,) = mailbox.letters
    parts = [part.get_content_type() for part in letter.walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]
    plain, page = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert page is not None
    body = page.get_content().partition("<body>")[2]
    assert words_of_html(body) == words_of(plain.get_content())
    assert f'<a href="{html.escape(link)}">' in body
    assert '<html lang="en">' in page.get_content()


def test_a_letter_needs_no_server_that_takes_eight_bits(mailbox: Mailbox) -> None:
    a_channel(mailbox).send(a_post(), png())
    (raw,) = mailbox.raw
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_a_letter_to_a_list_says_which_and_how_to_leave_it(mailbox: Mailbox) -> None:
    ways = ["mailto:leave@lists.example", f"https://lists.example/{'leave/' * 20}"]
    channel = a_channel(
        mailbox,
        to=["outages@lists.example"],
        list_id="outages.lists.example",
        unsubscribe=ways,
    )
    channel.send(a_post(), png())
    (letter,) = mailbox.letters
    assert letter["List-Id"] == "<outages.lists.example>"
    assert letter["List-Unsubscribe"] == f"<{ways[0]}>, <{ways[1]}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Precedence"] == "list"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert f"<{ways[1]}>".encode() in mailbox.raw[0]


@pytest.mark.parametrize(
    ("to", "unsubscribe"),
    [
        (["a@lists.example"], ["mailto:leave@lists.example"]),
        (["a@lists.example", "b@lists.example"], ["https://lists.example/leave"]),
    ],
)
def test_one_click_is_offered_only_where_it_says_who_leaves(
    mailbox: Mailbox, to: list[str], unsubscribe: list[str]
) -> None:
    a_channel(mailbox, to=to, unsubscribe=unsubscribe).send(a_post(), None)
    (letter,) = mailbox.letters
    assert letter["List-Unsubscribe"] == f"<{unsubscribe[0]}>"
    assert letter["List-Unsubscribe-Post"] is None


def test_a_test_post_goes_to_its_operator_alone(mailbox: Mailbox) -> None:
    channel = a_channel(
        mailbox,
        to=["outages@lists.example"],
        list_id="outages.lists.example",
        unsubscribe=["mailto:leave@lists.example"],
    )
    post = replace(a_post("Test post, not news."), private=True)
    channel.send(replace(post, token=channel.token(post)), None)
    assert mailbox.readers == [("wire@outages.example",)]
    (letter,) = mailbox.letters
    assert letter["To"] == "wire@outages.example"
    assert not [name for name in letter if name.startswith("List-")]
    assert channel.find(post) is None


# Subscribers


READERS = tuple(f"reader{n}@site{n}.example" for n in range(5))


@pytest.fixture
def subscribers(tmp_path: Path) -> Path:
    """A file with the addresses of five subscribers."""
    file = tmp_path / "subscribers.txt"
    file.write_text("# ours\n\n" + "\n".join(READERS) + "\n", "utf-8")
    return file


def test_subscribers_get_one_letter_and_do_not_see_each_other(
    mailbox: Mailbox, subscribers: Path
) -> None:
    a_channel(mailbox, subscribers=subscribers).send(a_post(), png())
    assert mailbox.readers == [READERS]
    assert mailbox.letters[0]["To"] == "wire@outages.example"
    assert b"reader" not in mailbox.raw[0]


def test_who_subscribes_or_leaves_is_heard_without_a_restart(
    mailbox: Mailbox, subscribers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    channel = a_channel(mailbox, subscribers=subscribers, to=["desk@news.example"])
    lonely = a_channel(mailbox, subscribers=subscribers)
    subscribers.write_text("New@site.example\nnew@site.example\nnobody\n", "utf-8")
    channel.send(a_post(), None)
    assert [set(readers) for readers in mailbox.readers] == [
        {"new@site.example", "desk@news.example"}
    ]
    assert "subscriber lines skipped" in capsys.readouterr().out
    subscribers.write_text("", "utf-8")
    with pytest.raises(ChannelRefused, match="nobody"):
        lonely.send(a_post(), None)
    subscribers.unlink()
    with pytest.raises(ChannelUnavailable, match="cannot be read"):
        channel.send(a_post(number=2), None)
    assert len(mailbox.raw) == 1


def test_more_readers_than_a_server_must_take_need_a_list(
    mailbox: Mailbox, subscribers: Path
) -> None:
    channel = a_channel(mailbox, subscribers=subscribers)
    many = [f"reader{n}@site.example" for n in range(101)]
    subscribers.write_text("\n".join(many), "utf-8")
    with pytest.raises(ChannelRefused, match="use a list address"):
        channel.send(a_post(), None)
    subscribers.write_text("\n".join(many[:100]), "utf-8")
    channel.send(a_post(), None)
    assert [len(readers) for readers in mailbox.readers] == [100]


def test_a_reader_who_is_refused_keeps_no_news_from_the_others(
    mailbox: Mailbox, subscribers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mailbox.shut = {READERS[1]: "550 5.1.1 never"}
    a_channel(mailbox, subscribers=subscribers).send(a_post(), None)
    assert mailbox.readers == [(READERS[0], *READERS[2:])]
    assert READERS[1] in capsys.readouterr().out


def test_readers_wait_for_one_who_may_be_let_in_later_but_not_for_ever(
    mailbox: Mailbox, subscribers: Path
) -> None:
    """All readers get one letter, so one who is refused for now delays it, but only twice."""
    channel = a_channel(mailbox, subscribers=subscribers)
    mailbox.shut = {READERS[1]: "451 4.7.1 greylisted"}
    for _ in range(2):
        with pytest.raises(ChannelUnavailable, match="451"):
            channel.send(a_post(), None)
    assert not mailbox.raw
    channel.send(a_post(), None)
    assert mailbox.readers == [(READERS[0], *READERS[2:])]
    with pytest.raises(ChannelUnavailable, match="451"):
        channel.send(a_post(number=2), None)
    mailbox.shut = {}
    channel.send(a_post(number=2), None)
    assert mailbox.readers[1] == READERS


@pytest.mark.parametrize("public", [True, False])
def test_what_readers_may_have_had_they_do_not_get_again(
    mailbox: Mailbox, subscribers: Path, public: bool
) -> None:
    reading = a_channel(mailbox, subscribers=subscribers)
    channel = reading if public else a_channel(mailbox)
    mailbox.refusals = [("RCPT", "hang up")]
    with pytest.raises(ChannelUnavailable, match="before the message"):
        channel.send(a_post(), None)
    mailbox.refusals = [("DATA", "hang up")]
    with pytest.raises(ChannelUnknown):
        channel.send(a_post(), None)
    if public:
        with pytest.raises(ChannelUnknown, match="look into one of them"):
            channel.find(a_post())
    else:
        assert channel.find(a_post()) is None


@pytest.mark.parametrize(
    ("letters", "least"), [(60, 3), pytest.param(200, 10, marks=pytest.mark.slow)]
)
def test_no_reader_gets_a_letter_twice_whatever_goes_wrong(
    mailbox: Mailbox, subscribers: Path, letters: int, least: int
) -> None:
    """P10: despite random faults, a letter is sent again only if it is certainly not out."""
    chance, ends = random.Random(10), Counter[str]()
    channel = a_channel(mailbox, subscribers=subscribers)
    for number in range(letters):
        before = len(mailbox.raw)
        ended = sent_until_it_ends(channel, mailbox, chance, number)
        out = len(mailbox.raw) - before
        ends[ended] += 1
        assert out in {"sent": {1}, "a person is asked": {0, 1}}.get(ended, {0})
    names = Counter(letter["Message-ID"] for letter in mailbox.letters)
    twice = [name for name, times in names.items() if times > 1]
    print(f"letters: {dict(ends)}; twice: {len(twice)}")
    assert not twice
    assert min(ends[end] for end in ("sent", "refused", "a person is asked")) > least


def sent_until_it_ends(
    channel: MailChannel, mailbox: Mailbox, chance: random.Random, number: int
) -> str:
    """Send one letter, with faults at random steps; return how it ended."""
    post = a_post(f"Letter {number}\nBody", number=number)
    post = replace(post, token=channel.token(post))
    answers = ["451 later", "550 never", "hang up"]
    for _ in range(8):
        steps = chance.choices(["MAIL", "RCPT", "DATA", ""], k=2)
        mailbox.refusals = [(step, chance.choice(answers)) for step in steps if step]
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


def test_a_line_that_is_no_address_is_told_by_its_number(
    mailbox: Mailbox, subscribers: Path
) -> None:
    subscribers.write_text("a@b.example\nnobody\n\nBcc: x\n", "utf-8")
    with pytest.raises(ValidationError, match="in line 2, 4"):
        a_channel(mailbox, subscribers=subscribers)


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "kind"),
    [("451 4.3.0 later", ChannelUnavailable), ("550 5.1.1 never", ChannelRefused)],
)
def test_a_server_says_later_or_never(
    mailbox: Mailbox, command: str, answer: str, kind: type[Exception]
) -> None:
    # There are two recipients, and the server must refuse both.
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
    assert channel.find(a_post()) is None  # None: sending a letter again does no harm


def test_a_server_without_encryption_is_not_trusted(mailbox: Mailbox) -> None:
    with pytest.raises(ChannelRefused, match="STARTTLS"):
        a_channel(mailbox, security="starttls").send(a_post(), None)
    assert not mailbox.letters


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
        {"unsubscribe": ["http://lists.example/leave"]},
        {"unsubscribe": ["mailto:a@b.example>, <x"]},
        {"list_id": "Outages <x.example>"},
        {"subscribers": Path("/nowhere")},
        {"user": "alone"},
        {"user": "u", "password": SecretStr("p"), "host": "mail.example"},
    ],
)
def test_a_bad_section_is_refused(mailbox: Mailbox, changes) -> None:
    with pytest.raises(ValidationError):
        a_channel(mailbox, **changes)
