"""Subscribing, confirming and leaving with a browser's requests and a real mail server."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from bot.channels.readers import ReadersChannel
from bot.subscriptions.choices import Choice
from bot.subscriptions.form_page import FormPage
from bot.subscriptions.limits import RequestCounter, RequestLimits
from bot.subscriptions.web import subscription_routes
from tests.servers.local import free_port
from tests.servers.smtp import Mailbox
from tests.subscriptions import ADDRESS, SITE, Subscriptions, reader_post

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = pytest.mark.servers

FORM = {
    "email": ADDRESS,
    "country": ["KZ"],
    "networks": "",
    "severity": "minor",
    "lang": "en",
}
LINK = re.compile(rf"{re.escape(SITE)}(/\S+)")


class Fields(HTMLParser):
    """The hidden fields and the buttons of a page, and where its form is sent."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.action, self.hidden = "", dict[str, str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = values["action"]
        if tag == "input" and values.get("type") == "hidden":
            self.hidden[values["name"]] = values["value"]


class Site:
    """The pages on a real server, a browser, a mail server and the subscriptions."""

    def __init__(
        self, subscriptions: Subscriptions, mailbox: Mailbox, url: str
    ) -> None:
        self.subscriptions, self.mailbox = subscriptions, mailbox
        self.channel = subscriptions.channel(mailbox.port)
        self.browser = httpx.Client(base_url=url, timeout=10)

    def ask(self, **changes: object) -> httpx.Response:
        return self.browser.post("/subscribe", data={**FORM, **changes})

    def wait_for_mails(self, count: int) -> None:
        deadline = time.monotonic() + 10
        while len(self.mailbox.raw) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(self.mailbox.raw) == count

    def last_link(self) -> str:
        body = self.mailbox.emails[-1].get_body(("plain",))
        assert body is not None
        return LINK.findall(body.get_content())[-1]

    def press(self, link: str, **more: str) -> httpx.Response:
        """Open a link and press the button of its page."""
        page = self.browser.get(link)
        assert page.status_code == 200, page.text
        fields = Fields(page.text)
        action = str(page.url.join(fields.action))
        return self.browser.post(action, data={**fields.hidden, **more})

    def subscribe(self) -> None:
        before = len(self.mailbox.raw)
        assert self.ask().status_code == 200
        self.wait_for_mails(before + 1)
        assert "You are subscribed" in self.press(self.last_link()).text

    def post(self, number: int) -> list[str]:
        """Send the post of an event; return the recipients of its messages."""
        before = len(self.mailbox.raw)
        post = reader_post(number)
        self.channel.send(post, None)
        return [r for (r,) in self.mailbox.recipients[before:]]


@contextmanager
def serve(subscriptions: Subscriptions, mailbox: Mailbox) -> Iterator[Site]:
    channels = {
        lang: subscriptions.channel(mailbox.port, lang=lang)
        for lang in ("en", "fr", "ar")
    }
    service = subscriptions.service(channels)
    pages = FormPage(
        service.texts,
        subscriptions.folder,
        "desk@wire.example",
        site_url=SITE,
        languages=("en", "ar"),
        letter_languages=("en", "ar", "fr"),
    )
    app = Starlette(routes=subscription_routes(service, pages))
    port = free_port()
    config = uvicorn.Config(app, port=port, log_level="info", ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    site = Site(subscriptions, mailbox, f"http://127.0.0.1:{port}")
    yield site
    site.browser.close()
    server.should_exit = True
    thread.join()


@pytest.fixture
def site(tmp_path: Path, mailbox: Mailbox) -> Iterator[Site]:
    limits = RequestLimits(per_network=6, total=100)
    with serve(Subscriptions(tmp_path, limits=limits), mailbox) as running:
        yield running


@pytest.fixture(autouse=True)
def no_address_in_output(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """After each test: no log shows a reader's address."""
    yield
    assert "ada@" not in "".join(capfd.readouterr())


def test_reader_subscribes_gets_one_message_and_leaves(site: Site) -> None:
    site.subscribe()
    assert site.post(1) == [ADDRESS]
    assert "Your address is erased" in site.press(site.last_link()).text
    assert site.post(2) == []
    assert site.subscriptions.readers.all() == ()


def test_nothing_but_the_letter_is_sent_before_confirmation(site: Site) -> None:
    site.ask()
    site.wait_for_mails(1)
    (letter,) = site.mailbox.emails
    assert letter["Subject"] == "Confirm your subscription to Outagewire"
    assert letter["To"] == ADDRESS
    body = letter.get_body(("plain",))
    assert body is not None
    assert "Places: Kazakhstan" in body.get_content()
    assert site.post(1) == []


def test_opening_links_changes_nothing(site: Site) -> None:
    """A mail scanner opens every link before the reader does."""
    site.ask()
    site.wait_for_mails(1)
    confirm = site.last_link()
    for _ in range(2):
        assert "Kazakhstan" in site.browser.get(confirm).text
        site.browser.head(confirm)
    assert site.subscriptions.readers.all() == ()
    site.press(confirm)
    site.post(1)
    leave = site.last_link()
    assert site.browser.get(leave).status_code == 200
    assert len(site.subscriptions.readers.all()) == 1


def test_mail_program_unsubscribes_with_one_click(site: Site) -> None:
    """RFC 8058: a POST to the link of the header, without cookies or a page before."""
    site.subscribe()
    site.post(1)
    message = site.mailbox.emails[-1]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message["List-Unsubscribe"].strip("<>").removeprefix(SITE)
    one_click = {"List-Unsubscribe": "One-Click"}
    multipart = {"List-Unsubscribe": (None, "One-Click")}
    assert httpx.post(site.browser.base_url.join(link), data=one_click).is_success
    assert site.subscriptions.readers.all() == ()
    # It is no error if the mail program asks again, in the other encoding.
    assert httpx.post(site.browser.base_url.join(link), files=multipart).is_success


def test_known_and_unknown_addresses_get_the_same_answer(site: Site) -> None:
    site.subscribe()
    known = site.ask()
    unknown = site.ask(email="eve@readers.example")
    again = site.ask(email="eve@readers.example")
    assert known.content == unknown.content == again.content
    assert known.status_code == unknown.status_code == again.status_code == 200
    # Each address has one letter: the reader may confirm another choice.
    site.wait_for_mails(3)
    time.sleep(0.1)
    assert len(site.mailbox.raw) == 3


def test_reader_who_never_wants_mail_gets_none(site: Site) -> None:
    site.subscribe()
    site.post(1)
    assert (
        "not write to it again" in site.press(site.last_link(), never_again="yes").text
    )
    count = len(site.mailbox.raw)
    assert "Check your mailbox" in site.ask().text
    time.sleep(0.2)
    assert len(site.mailbox.raw) == count


def test_tampered_expired_and_used_links_are_refused(site: Site) -> None:
    site.ask()
    site.wait_for_mails(1)
    link = site.last_link()
    for wrong in (f"{link}x", link[:-1], link.replace("confirm", "leave")):
        assert site.browser.get(wrong).status_code in {404, 410}
        token = wrong.partition("token=")[2]
        answer = site.browser.post(wrong.partition("?")[0], data={"token": token})
        assert answer.status_code in {404, 410}
    assert "You are subscribed" in site.press(link).text
    assert site.browser.get(link).status_code == 410
    site.ask(email="eve@readers.example")
    site.wait_for_mails(2)
    site.subscriptions.clock.sleep(timedelta(hours=48, seconds=1))
    assert site.browser.get(site.last_link()).status_code == 410
    assert len(site.subscriptions.readers.all()) == 1


def test_too_many_requests_from_one_network_are_refused(site: Site) -> None:
    answers = [site.ask(email=f"r{n}@x.example").status_code for n in range(8)]
    assert answers == [200] * 6 + [429] * 2
    site.subscriptions.clock.sleep(timedelta(hours=1))
    assert site.ask(email="r9@x.example").status_code == 200


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"email": "ada"}, "Write an e-mail address, such as name@example.org."),
        ({"email": "ada@x.example\r\nBcc: eve@x.example"}, "Write an e-mail address"),
        ({"country": ["ZZ"]}, "Choose countries from the list."),
        ({"networks": "<script>"}, "Write networks as AS numbers, such as AS9198."),
        ({"lang": "xx"}, "Choose a language from the list."),
        ({"severity": "none"}, "Choose a depth from the list."),
    ],
)
def test_wrong_form_is_shown_again_with_the_problem(
    site: Site, changes: dict[str, object], problem: str
) -> None:
    answer = site.ask(**changes)
    assert answer.status_code == 422
    assert problem in answer.text
    assert '<html lang="en">' in answer.text
    # The page has the script of the site, and no other.
    assert answer.text.count("<script") == answer.text.count("<script src=") == 1
    assert site.mailbox.raw == []


def test_reader_subscribes_and_leaves_in_another_language(site: Site) -> None:
    answer = site.ask(lang="fr")
    site.wait_for_mails(1)
    (letter,) = site.mailbox.emails
    assert letter["Subject"] == "Confirmez votre abonnement à Outagewire"
    body = letter.get_body(("plain",))
    assert body is not None
    assert letter["Content-Language"] == "fr"
    assert "Lieux\u00a0: Kazakhstan" in body.get_content()
    # The form is published in other languages; the pages of a letter are in that of it.
    assert '<html lang="en">' in answer.text
    page = site.browser.get(site.last_link(), headers={"accept-language": "ar"})
    assert '<html lang="fr">' in page.text
    assert "?lang=en&amp;token=" in page.text
    assert "Vous êtes abonné" in site.press(site.last_link()).text
    site.channel.send(reader_post(lang="fr"), None)
    message = site.mailbox.emails[-1].get_body(("plain",))
    assert message is not None
    assert "Vous recevez ce message parce que" in message.get_content()
    assert "Votre adresse est effacée" in site.press(site.last_link()).text
    assert site.subscriptions.readers.all() == ()


def test_form_is_in_the_language_of_the_browser_if_published(site: Site) -> None:
    for header, lang in (("ar,fr;q=0.9", "ar"), ("fr", "en"), ("de", "en")):
        page = site.browser.get("/subscribe", headers={"accept-language": header})
        assert f'<html lang="{lang}"' in page.text
    wrong = site.browser.post("/subscribe?lang=ar", data={**FORM, "email": "ada"})
    assert wrong.status_code == 422
    assert '<html lang="ar" dir="rtl">' in wrong.text
    assert 'aria-invalid="true"' in wrong.text


def test_form_chooses_the_place_of_the_link(site: Site) -> None:
    page = site.browser.get(
        "/subscribe?place=country:KZ&place=asn:9198&place=%22%3E"
    ).text
    assert '<option value="KZ" selected>Kazakhstan</option>' in page
    assert 'value="AS9198"' in page
    assert page.count(" selected>") == 3


def test_pages_are_private_and_allow_only_their_own_form(site: Site) -> None:
    answer = site.browser.get("/subscribe")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    assert "form-action 'self'" in answer.text
    assert "form-action 'none'" in site.browser.get("/subscribe/leave").text


def test_large_or_strange_bodies_are_refused(site: Site) -> None:
    for body, kind in (
        (b"email=" + b"a" * 20_000, "application/x-www-form-urlencoded"),
        (b"email=\xff\xfe", "application/x-www-form-urlencoded"),
        (b'{"email": "ada@x.example"}', "application/json"),
        (b"&".join([b"a=1"] * 1000), "application/x-www-form-urlencoded"),
    ):
        headers = {"content-type": kind}
        answer = site.browser.post("/subscribe", content=body, headers=headers)
        assert answer.status_code in {422, 429}


def test_letter_waits_while_the_mail_server_fails(site: Site) -> None:
    site.mailbox.refusals = [("MAIL", "451 busy"), ("MAIL", "451 busy")]
    site.ask()
    deadline = time.monotonic() + 5
    while len(site.mailbox.refusals) > 1 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert site.mailbox.raw == []
    site.mailbox.refusals = []
    site.ask(email="eve@readers.example")
    site.wait_for_mails(2)


def test_letter_that_always_fails_does_not_stop_the_others(site: Site) -> None:
    """The mail server ends the connection whenever it hears of one address."""
    site.mailbox.refused_recipients = {"poison@x.example": "hang up"}
    site.ask(email="poison@x.example")
    for number in range(2):
        site.subscriptions.clock.sleep(timedelta(minutes=1))
        site.ask(email=f"ada{number}@readers.example")
        site.wait_for_mails(number + 1)


def test_slow_mail_server_does_not_hold_up_the_pages(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    monkeypatch.setattr(
        ReadersChannel, "send_letter", lambda *_: release.wait(timeout=20)
    )
    monkeypatch.setattr(RequestCounter, "accept", lambda *_: True)
    try:
        # There are more requests than threads of the server.
        for number in range(45):
            assert site.ask(email=f"r{number}@x.example").status_code == 200
    finally:
        release.set()


def test_unreadable_file_gives_an_answer_that_says_so(site: Site) -> None:
    site.subscriptions.path.chmod(0o644)
    answer = site.ask()
    assert answer.status_code == 503
    assert "could not be stored" in answer.text


def test_stop_of_the_channel_holds_for_letters_too(site: Site) -> None:
    """P16: nothing leaves while a person has stopped the channel."""
    subscriptions, port = site.subscriptions, site.mailbox.port
    now = subscriptions.clock.now()
    subscriptions.readers.request(ADDRESS, Choice("en"), now)
    for is_stopped, count in ((True, 0), (False, 1), (False, 1)):
        stopped = {"readers"} if is_stopped else set()
        subscriptions.is_paused = stopped.__contains__
        subscriptions.service({"en": subscriptions.channel(port)}).send_letters()
        assert len(site.mailbox.raw) == count
