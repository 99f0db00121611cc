"""What only the apprise channel does: letters to editors, and addresses kept secret."""

import json
import logging
import traceback
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.bootstrap import channels
from bot.channels.apprise import AppriseChannel, AppriseConfig
from bot.channels.registry import CHANNELS
from bot.clock import StillClock
from bot.config.sections import Config
from bot.errors import ChannelRefused, ChannelUnknown
from tests.contract.rigs.apprise import SECRET, apprise_rig
from tests.contract.rigs.rig import AT, PNG, Rig, a_post
from tests.servers.local import LocalServer, Reply, free_port
from tests.servers.smtp import PASSWORD, USER, Mailbox

# The mailbox asks for a login without TLS: harmless on loopback, with a test password.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
LETTER = "To decide: IR-2026-0108\nThe draft says:\n\n*not bold* <b>nor this</b>"


@pytest.fixture
def apprise(tmp_path: Path) -> Iterator[Rig]:
    yield from apprise_rig(tmp_path)


def a_channel(*urls: str, seconds: float = 5.0) -> AppriseChannel:
    config = AppriseConfig(
        urls=tuple(SecretStr(url) for url in urls), timeout=timedelta(seconds=seconds)
    )
    return AppriseChannel("editors", config, StillClock(AT))


def test_a_letter_has_its_first_line_for_a_title(apprise: Rig) -> None:
    apprise.channel.send(a_post(LETTER), PNG)
    told = json.loads(apprise.requests[0].body)
    assert told["title"] == "To decide: IR-2026-0108"
    assert told["message"] == "The draft says:\n\n*not bold* <b>nor this</b>"
    (chart,) = told["attachments"]
    assert (chart["filename"], chart["mimetype"]) == ("c1.png", "image/png")


def test_a_letter_arrives_by_mail_with_its_picture() -> None:
    """Apprise sends the e-mail itself, through a real SMTP server."""
    box = Mailbox(login=True).start()
    url = (
        f"mailto://{USER}:{PASSWORD}@localhost:{box.port}"
        "?from=wire@outages.example&to=desk@news.example&mode=insecure&format=text"
    )
    try:
        a_channel(url).send(a_post(LETTER), PNG)
    finally:
        box.stop()
    (letter,) = box.letters
    assert letter["Subject"] == "To decide: IR-2026-0108"
    assert "desk@news.example" in letter["To"]
    parts = {part.get_content_type(): part for part in letter.walk()}
    assert "*not bold* <b>nor this</b>" in parts["text/plain"].get_content()
    assert parts["image/png"].get_content() == PNG
    assert parts["image/png"].get_filename() == "c1.png"


def test_a_mail_server_that_refuses_leaves_it_unknown() -> None:
    box = Mailbox(refusals=[("DATA", "554 no")]).start()
    url = f"mailto://localhost:{box.port}?from=a@a.example&to=b@b.example&mode=insecure"
    try:
        with pytest.raises(ChannelUnknown, match="failed for URL 1 of 1"):
            a_channel(url).send(a_post(LETTER), None)
    finally:
        box.stop()
    assert not box.letters


@pytest.mark.parametrize(
    "reply",
    [
        Reply(400),
        Reply(401),
        Reply(429),
        Reply(500),
        Reply(503),
        Reply(200, {}, comes=0.0),
        Reply(200, {}, wait_s=2.0),
    ],
)
def test_a_failure_may_have_come_after_the_letter(apprise: Rig, reply: Reply) -> None:
    """Apprise reports no reason for a failure; sending the letter again does no harm."""
    apprise.script[apprise.post_path].append(reply)
    config = apprise.config.model_copy(update={"timeout": timedelta(seconds=1)})
    assert isinstance(config, AppriseConfig)
    channel = AppriseChannel("one", config, apprise.clock)
    with pytest.raises(ChannelUnknown, match="may have arrived"):
        channel.send(a_post("One\ntwo"), None)
    assert channel.find(a_post("One\ntwo")) is None
    channel.send(a_post("One\ntwo"), None)
    assert [post.text for post in apprise.visible_posts()] == ["One\ntwo"]


def test_a_service_that_has_the_letter_is_not_told_again(apprise: Rig) -> None:
    """When one of two addresses fails, the letter is sent again to that address only."""
    away = [Reply(500), Reply(200)]
    server = LocalServer(lambda _: away.pop(0))
    assert isinstance(apprise.config, AppriseConfig)
    (first,) = apprise.config.urls
    channel = a_channel(
        first.get_secret_value(), f"json://{server.base_url.removeprefix('http://')}/"
    )
    with pytest.raises(ChannelUnknown, match="URL 2 of 2"):
        channel.send(a_post("One"), None)
    channel.send(a_post("One"), None)
    server.stop()
    assert (len(apprise.visible_posts()), away) == (1, [])


def test_a_picture_that_may_be_why_it_failed_never_stops_the_words(
    apprise: Rig,
) -> None:
    apprise.script[apprise.post_path].append(Reply(413))
    with pytest.raises(ChannelUnknown):
        apprise.channel.send(a_post("One"), PNG)
    apprise.channel.send(a_post("One"), PNG)
    assert apprise.visible_posts() == [apprise.shown("One")]


@pytest.mark.parametrize("reply", [Reply(200), Reply(401), Reply(500), None])
def test_no_address_is_ever_told(
    apprise: Rig,
    reply: Reply | None,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    channel, told = apprise.channel, ""
    if reply is None:  # nothing listens at the address
        channel = a_channel(f"json://u:{SECRET}@127.0.0.1:{free_port()}/{SECRET}")
    else:
        apprise.script[apprise.post_path].append(reply)
    try:
        channel.send(a_post("One"), PNG)
    except ChannelUnknown as error:
        told = "".join(traceback.format_exception(error))
    assert (told == "") == (reply is not None and reply.status == 200)
    out, err = capfd.readouterr()
    for text in (told, caplog.text, out, err):
        assert SECRET not in text


@pytest.mark.parametrize(
    "url", ["nonsense", f"nobody://{SECRET}/", f"slack://{SECRET}"]
)
def test_an_address_that_cannot_be_read_is_refused_and_not_told(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ValidationError, match="URL number 1") as caught:
        AppriseConfig(urls=(SecretStr(url),))
    assert SECRET not in str(caught.value) + caplog.text


def test_it_carries_the_editors_letters_and_nothing_public(apprise: Rig) -> None:
    assert not CHANNELS["apprise"].public
    assert isinstance(apprise.config, AppriseConfig)
    made = channels(Config(editors=apprise.config), apprise.clock)
    assert isinstance(made["editors"], AppriseChannel)


def test_a_letter_cannot_be_taken_back(apprise: Rig) -> None:
    with pytest.raises(ChannelRefused):
        apprise.channel.remove(apprise.channel.send(a_post("One"), None))
