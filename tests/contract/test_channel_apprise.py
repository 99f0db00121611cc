"""What only the apprise channel does: messages to editors, and addresses kept secret."""

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
from tests.contract.rigs.rig import AT, PNG, Rig, make_post
from tests.servers.local import LocalServer, Reply, free_port
from tests.servers.smtp import PASSWORD, USER, Mailbox

# The mailbox asks for a login without TLS: harmless on loopback, with a test password.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
MESSAGE = "To decide: IR-2026-0108\nThe draft says:\n\n*not bold* <b>nor this</b>"


@pytest.fixture
def apprise(tmp_path: Path) -> Iterator[Rig]:
    yield from apprise_rig(tmp_path)


def make_channel(*urls: str, seconds: float = 5.0) -> AppriseChannel:
    config = AppriseConfig(
        urls=tuple(SecretStr(url) for url in urls), timeout=timedelta(seconds=seconds)
    )
    return AppriseChannel("editors", config, StillClock(AT))


def test_first_line_of_a_message_becomes_its_title(apprise: Rig) -> None:
    apprise.channel.send(make_post(MESSAGE), PNG)
    payload = json.loads(apprise.requests[0].body)
    assert payload["title"] == "To decide: IR-2026-0108"
    assert payload["message"] == "The draft says:\n\n*not bold* <b>nor this</b>"
    (chart,) = payload["attachments"]
    assert (chart["filename"], chart["mimetype"]) == ("c1.png", "image/png")


def test_email_arrives_with_its_picture() -> None:
    """Apprise sends the e-mail itself, through a real SMTP server."""
    mailbox = Mailbox(login=True).start()
    url = (
        f"mailto://{USER}:{PASSWORD}@localhost:{mailbox.port}"
        "?from=wire@outages.example&to=desk@news.example&mode=insecure&format=text"
    )
    try:
        make_channel(url).send(make_post(MESSAGE), PNG)
    finally:
        mailbox.stop()
    (message,) = mailbox.emails
    assert message["Subject"] == "To decide: IR-2026-0108"
    assert "desk@news.example" in message["To"]
    parts = {part.get_content_type(): part for part in message.walk()}
    assert "*not bold* <b>nor this</b>" in parts["text/plain"].get_content()
    assert parts["image/png"].get_content() == PNG
    assert parts["image/png"].get_filename() == "c1.png"


def test_refusal_by_a_mail_server_leaves_the_delivery_unknown() -> None:
    mailbox = Mailbox(refusals=[("DATA", "554 no")]).start()
    url = f"mailto://localhost:{mailbox.port}?from=a@a.example&to=b@b.example&mode=insecure"
    try:
        with pytest.raises(ChannelUnknown, match="failed for URL 1 of 1"):
            make_channel(url).send(make_post(MESSAGE), None)
    finally:
        mailbox.stop()
    assert not mailbox.emails


@pytest.mark.parametrize(
    "reply",
    [
        Reply(400),
        Reply(401),
        Reply(429),
        Reply(500),
        Reply(503),
        Reply(200, {}, sent_share=0.0),
        Reply(200, {}, wait_s=2.0),
    ],
)
def test_failed_request_leaves_the_delivery_unknown(apprise: Rig, reply: Reply) -> None:
    """Apprise gives no reason for a failure, so the message may have been delivered.

    Sending the message again does no harm.
    """
    apprise.script[apprise.post_path].append(reply)
    config = apprise.config.model_copy(update={"timeout": timedelta(seconds=1)})
    assert isinstance(config, AppriseConfig)
    channel = AppriseChannel("one", config, apprise.clock)
    with pytest.raises(ChannelUnknown, match="may have arrived"):
        channel.send(make_post("One\ntwo"), None)
    assert channel.find(make_post("One\ntwo")) is None
    channel.send(make_post("One\ntwo"), None)
    assert [post.text for post in apprise.visible_posts()] == ["One\ntwo"]


def test_message_is_sent_again_only_to_the_service_that_failed(apprise: Rig) -> None:
    """When one of two addresses fails, the message is sent again to that address only."""
    replies = [Reply(500), Reply(200)]
    server = LocalServer(lambda _: replies.pop(0))
    assert isinstance(apprise.config, AppriseConfig)
    (first,) = apprise.config.urls
    channel = make_channel(
        first.get_secret_value(), f"json://{server.base_url.removeprefix('http://')}/"
    )
    with pytest.raises(ChannelUnknown, match="URL 2 of 2"):
        channel.send(make_post("One"), None)
    channel.send(make_post("One"), None)
    server.stop()
    assert (len(apprise.visible_posts()), replies) == (1, [])


def test_message_is_sent_without_its_picture_after_a_failure(
    apprise: Rig,
) -> None:
    apprise.script[apprise.post_path].append(Reply(413))
    with pytest.raises(ChannelUnknown):
        apprise.channel.send(make_post("One"), PNG)
    apprise.channel.send(make_post("One"), PNG)
    assert apprise.visible_posts() == [apprise.expected_post("One")]


@pytest.mark.parametrize("reply", [Reply(200), Reply(401), Reply(500), None])
def test_address_appears_in_no_error_log_or_output(
    apprise: Rig,
    reply: Reply | None,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    channel, error_text = apprise.channel, ""
    if reply is None:  # nothing listens at the address
        channel = make_channel(f"json://u:{SECRET}@127.0.0.1:{free_port()}/{SECRET}")
    else:
        apprise.script[apprise.post_path].append(reply)
    try:
        channel.send(make_post("One"), PNG)
    except ChannelUnknown as error:
        error_text = "".join(traceback.format_exception(error))
    assert (error_text == "") == (reply is not None and reply.status == 200)
    out, err = capfd.readouterr()
    for text in (error_text, caplog.text, out, err):
        assert SECRET not in text


@pytest.mark.parametrize(
    "url", ["nonsense", f"nobody://{SECRET}/", f"slack://{SECRET}"]
)
def test_invalid_address_is_refused_and_not_shown_in_the_error(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ValidationError, match="URL number 1") as caught:
        AppriseConfig(urls=(SecretStr(url),))
    assert SECRET not in str(caught.value) + caplog.text


def test_apprise_is_for_editors_and_not_for_public_posts(apprise: Rig) -> None:
    assert not CHANNELS["apprise"].public
    assert isinstance(apprise.config, AppriseConfig)
    made_channels = channels(Config(editors=apprise.config), apprise.clock)
    assert isinstance(made_channels["editors"], AppriseChannel)


def test_sent_message_cannot_be_removed(apprise: Rig) -> None:
    with pytest.raises(ChannelRefused):
        apprise.channel.remove(apprise.channel.send(make_post("One"), None))
