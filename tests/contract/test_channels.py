"""What every channel must do, and which error it raises for which failure."""

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.registry import CHANNELS, DEFAULT_OUTLETS
from bot.channels.shared.text_options import TextOptions
from bot.errors import (
    ChannelError,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
)
from bot.model.delivery import Post, Receipt
from bot.model.draft import Links
from tests.contract.rigs import (
    BLIND,
    EDITED,
    HARMLESS_TWICE,
    HTTP,
    HTTP_BY_OTHERS,
    ILLUSTRATED,
    KEPT,
    LISTED,
    PICTURED,
    READ_BACK,
    RIGS,
    UNREAD,
    WORDLESS,
)
from tests.contract.rigs.rig import PNG, Rig, Settled, VisiblePost, a_post
from tests.servers.local import Reply

# The mail rig logs in without TLS: harmless on loopback, with a test password.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
TEXTS = (
    "Confirmed: #Iran at 2% of ordinary ⚠️ 🇮🇷 16:30 UTC",
    "تأیید شد: اینترنت در ایران به ۲٪ رسید\nsecond line <b> & \"quotes\" 'single'",
    "Update: level 1% · https://example.org/IR-2026-0108?a=1&b=2\nsecond\n\nthird",
)


def settled(kind: str, folder: Path) -> Iterator[Rig]:
    """Yield the rig of `kind`; its channel is used as the delivery worker uses it."""
    for rig in RIGS[kind](folder):
        rig.channel = Settled(rig.channel)
        yield rig


@pytest.fixture(params=sorted(CHANNELS))
def any_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel in turn."""
    yield from settled(request.param, tmp_path)


@pytest.fixture(params=sorted(set(CHANNELS) - set(WORDLESS)))
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that sends text, in turn."""
    yield from settled(request.param, tmp_path)


@pytest.fixture(
    params=[
        kind
        for kind in sorted(CHANNELS)
        if issubclass(CHANNELS[kind].section, TextOptions)
    ]
)
def voiced_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that has settings for the text of its posts, in turn."""
    yield from settled(request.param, tmp_path)


@pytest.fixture(params=HTTP)
def http_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that speaks HTTP, in turn."""
    yield from settled(request.param, tmp_path)


@pytest.fixture(params=sorted(set(HTTP) - set(WORDLESS)))
def spoken_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that sends text over HTTP, in turn."""
    yield from settled(request.param, tmp_path)


@pytest.fixture(params=READ_BACK)
def read_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that is read back over HTTP, in turn."""
    yield from settled(request.param, tmp_path)


@pytest.fixture(params=PICTURED)
def pictured_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that uploads a picture in a request of its own."""
    yield from settled(request.param, tmp_path)


@pytest.fixture(params=PICTURED + ILLUSTRATED)
def shown_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that sends a picture to a path of its own, in turn."""
    yield from settled(request.param, tmp_path)


@pytest.fixture(params=LISTED)
def listed_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that is read back as a list of posts, in turn."""
    yield from settled(request.param, tmp_path)


@pytest.fixture(params=EDITED)
def edited_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel on which the text of a post can be replaced, in turn."""
    yield from settled(request.param, tmp_path)


def test_every_registered_kind_has_a_rig_and_no_other() -> None:
    assert set(RIGS) == set(CHANNELS)


def test_a_kind_is_listed_for_everything_that_it_can(any_rig: Rig) -> None:
    """Each list must have every kind that belongs to it, because tests run over the lists."""
    lists = {
        "speaks HTTP": HTTP + HTTP_BY_OTHERS,
        "is read back": READ_BACK,
        "is read back as a list": LISTED,
        "is edited": EDITED,
        "is kept": KEPT,
        "is unread": UNREAD,
        "takes pictures": PICTURED + ILLUSTRATED,
    }
    can = {
        "speaks HTTP": bool(any_rig.post_path),
        "is read back": bool(any_rig.look_paths),
        "is read back as a list": any_rig.seen is not None,
        "is edited": any_rig.channel.outlet().edits,
        "is kept": not any_rig.takes_back,
        "is unread": bool(any_rig.post_path) and not any_rig.reads_answers,
        "takes pictures": bool(any_rig.media_path),
    }
    assert {what: any_rig.kind in kinds for what, kinds in lists.items()} == can


def assert_found(rig: Rig, post: Post, sent: Receipt | None) -> None:
    """Assert that `find` returns `sent`, unless the channel cannot be read back."""
    if rig.kind in BLIND:
        with pytest.raises(ChannelUnknown):
            rig.channel.find(post)
    else:
        # `find` returns None where sending the same post twice does no harm.
        expected = None if rig.kind in HARMLESS_TWICE else sent
        assert rig.channel.find(post) == expected


def test_a_thread_stands_there_as_it_was_sent(rig: Rig) -> None:
    before, expected = None, []
    for number, text in enumerate(TEXTS, 1):
        post = a_post(text, event=number, reply_to=before)
        receipt = rig.channel.send(post, PNG)
        expected.append(rig.shown(text, f"Alt {number} ⚠", before))
        before = receipt.id
    assert rig.visible_posts() == expected


def test_words_go_without_a_picture(rig: Rig) -> None:
    rig.channel.send(a_post("One", picture=None), None)
    rig.channel.send(a_post("Two", event=2), None)
    assert [post.image for post in rig.visible_posts()] == [None, None]


def test_what_was_sent_is_found_and_nothing_else(rig: Rig) -> None:
    first = rig.channel.send(a_post(TEXTS[0]), PNG)
    post = a_post(TEXTS[2], event=2, reply_to=first.id)
    second = rig.channel.send(post, PNG)
    assert_found(rig, post, second)
    assert_found(rig, a_post("Never said", event=3, reply_to=second.id), None)


def test_the_outlet_is_named_after_the_configuration(any_rig: Rig) -> None:
    outlet = any_rig.channel.outlet()
    assert outlet.name == any_rig.channel.name == "one"
    assert outlet == any_rig.channel.outlet()
    assert outlet.limit >= 280


def test_the_outlet_speaks_as_its_section_says(voiced_rig: Rig) -> None:
    """Two channels of one kind may have different languages, links and templates."""
    voice = {"lang": "fa", "links": Links.FIRST, "templates": "brief"}
    config = voiced_rig.config.model_copy(update=voice)
    made = CHANNELS[voiced_rig.kind].make("two", config, voiced_rig.clock)
    outlet = made.outlet()
    told = {name: getattr(outlet, name) for name in voice}
    assert (outlet.name, told) == ("two", voice)


def test_no_secret_shows(any_rig: Rig) -> None:
    config, channel = any_rig.config, any_rig.channel
    shown = f"{config!r} {config} {channel!r} {config.model_dump()}"
    assert_silent(any_rig, shown)


def test_every_kind_is_registered_under_its_own_name() -> None:
    for kind, made in CHANNELS.items():
        assert made.section.model_fields["kind"].default == kind


def assert_silent(rig: Rig, told: str) -> None:
    """Assert that `told` contains no secret, whole or without its last two characters."""
    for secret in rig.secrets:
        assert secret not in told
        assert secret[:-2] not in told


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, ChannelError),
        (400, ChannelRefused),
        (401, ChannelRefused),
        (402, ChannelRefused),
        (403, ChannelRefused),
        (404, ChannelRefused),
        (413, ChannelRefused),
        (422, ChannelRefused),
        (429, ChannelUnavailable),
        (500, ChannelUnknown),
        (502, ChannelUnknown),
        (503, ChannelUnknown),
        (504, ChannelUnknown),
    ],
)
@pytest.mark.parametrize("body", [{"error": "no"}, b"<html>no</html>", b"[]", b'"no"'])
def test_the_status_says_whether_it_may_be_out(
    http_rig: Rig, status: int, kind: type[ChannelError], body: object
) -> None:
    # tweepy fails on an error that is no JSON object, so the outcome is unknown.
    strange = http_rig.post_path == "/2/tweets" and body in (b"[]", b'"no"')
    headers = {"Location": "/elsewhere"} if status == 301 else {}
    http_rig.script[http_rig.post_path].append(Reply(status, body, headers))
    kind = http_rig.failing if kind is ChannelUnknown else kind
    with pytest.raises(ChannelUnknown if strange and status != 301 else kind):
        http_rig.channel.send(a_post("One"), None)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, b"<html>"),
        Reply(200, b""),
        Reply(200, b"[]"),
        Reply(200, {"data": {}}),
        Reply(201, {"data": {"id": "1"}, "id": "1"}, comes=0.0),
        Reply(201, {"data": {"id": "1"}, "id": "1"}, comes=0.5),
        Reply(201, {"data": {"id": "1"}, "id": "1"}, wait_s=2.5),
    ],
    ids=["html", "empty", "list", "no-id", "reset", "cut-short", "time-out"],
)
def test_an_answer_that_cannot_be_read_leaves_it_unknown(
    http_rig: Rig, reply: Reply
) -> None:
    http_rig.script[http_rig.post_path].append(reply)
    if http_rig.kind in UNREAD and reply.comes != 0.0 and not reply.wait_s:
        # The channel reads the status of an answer only.
        assert http_rig.channel.send(a_post("One"), None).id
    else:
        with pytest.raises(ChannelUnknown):
            http_rig.channel.send(a_post("One"), None)
        paths = [request.path for request in http_rig.requests]
        assert paths[-1] == http_rig.post_path
        assert paths.count(http_rig.post_path) == 1


@pytest.mark.parametrize("base", ["http://127.0.0.1:9", "http://localhost:9"])
def test_a_server_that_is_away_was_never_reached(http_rig: Rig, base: str) -> None:
    config = http_rig.config.model_copy(update={http_rig.base_key: base})
    channel = Settled(CHANNELS[http_rig.kind].make("one", config, http_rig.clock))
    with pytest.raises(ChannelUnavailable):
        channel.send(a_post("One"), None)
    if http_rig.look_paths:
        with pytest.raises(ChannelUnavailable):
            channel.find(a_post("One"))


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(503, {}), ChannelUnavailable),
        (Reply(429, {}), ChannelUnavailable),
        (Reply(200, b"<html>"), ChannelUnavailable),
        (Reply(200, {}, comes=0.0), ChannelUnavailable),
        (Reply(401, {}), ChannelUnknown),
        (Reply(404, {}), ChannelUnknown),
    ],
)
def test_a_look_that_fails_never_says_it_is_not_there(
    read_rig: Rig, reply: Reply, kind: type[ChannelError]
) -> None:
    read_rig.script[read_rig.look_paths[-1]].append(reply)
    with pytest.raises(kind):
        read_rig.channel.find(a_post("One"))


@pytest.mark.parametrize(
    "body",
    [
        {"errors": [{"detail": "User has been suspended"}]},
        {"errors": [{}], "data": [], "meta": "none"},
        {"errors": [{}], "data": 5},
        {"errors": [{}], "data": [{"text": "One"}, 5]},
        "text",
    ],
)
def test_a_strange_list_never_says_it_is_not_there(read_rig: Rig, body: object) -> None:
    read_rig.script[read_rig.look_paths[-1]].append(Reply(200, body))
    with pytest.raises(ChannelUnavailable):
        read_rig.channel.find(a_post("One"))


def test_a_strange_status_in_a_list_is_passed_over(listed_rig: Rig) -> None:
    assert listed_rig.seen is not None
    sent = listed_rig.channel.send(a_post("One"), None)
    strange = [5, None, {}, {"text": "One"}, {"id": "9", "referenced_tweets": [3]}]
    body = listed_rig.listed([*strange, listed_rig.seen(sent, "One")])
    listed_rig.script[listed_rig.look_paths[-1]].append(Reply(200, body))
    assert listed_rig.channel.find(a_post("One")) == sent


@pytest.mark.parametrize("status", [400, 403, 413, 422])
def test_a_picture_that_is_refused_never_stops_the_words(
    shown_rig: Rig, status: int
) -> None:
    shown_rig.script[shown_rig.media_path].append(Reply(status, {"error": "no"}))
    shown_rig.channel.send(a_post("One"), PNG)
    assert shown_rig.visible_posts() == [VisiblePost("One", None, None, None)]


@pytest.mark.parametrize(
    "reply",
    [Reply(503, {}), Reply(429, {}), Reply(200, {}, comes=0.0), Reply(200, b"<html>")],
)
def test_a_picture_is_tried_three_times_and_then_left_out(
    pictured_rig: Rig, reply: Reply
) -> None:
    pictured_rig.script[pictured_rig.media_path].extend([reply] * 3)
    for _ in range(2):
        with pytest.raises(ChannelUnavailable):
            pictured_rig.channel.send(a_post("One"), PNG)
        assert not pictured_rig.visible_posts()
    pictured_rig.channel.send(a_post("One"), PNG)
    assert pictured_rig.visible_posts() == [VisiblePost("One", None, None, None)]


def test_a_picture_that_comes_through_later_goes_out(pictured_rig: Rig) -> None:
    pictured_rig.script[pictured_rig.media_path].append(Reply(503, {}))
    with pytest.raises(ChannelUnavailable):
        pictured_rig.channel.send(a_post("One"), PNG)
    pictured_rig.channel.send(a_post("One"), PNG)
    assert pictured_rig.visible_posts() == [VisiblePost("One", "Alt 1 ⚠", PNG, None)]


def test_an_answer_to_a_post_that_is_gone_goes_out_alone(spoken_rig: Rig) -> None:
    if spoken_rig.gone is not None:
        spoken_rig.script[spoken_rig.post_path].append(spoken_rig.gone)
    post = a_post("One", reply_to="999")
    sent = spoken_rig.channel.send(post, None)
    assert spoken_rig.visible_posts() == [VisiblePost("One", None, None, None)]
    assert_found(spoken_rig, post, sent)


@pytest.mark.parametrize("status", [400, 401, 403, 422, 429, 500])
def test_a_server_that_echoes_a_secret_does_not_make_us_tell_it(
    http_rig: Rig,
    status: int,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = " ".join(http_rig.secrets)
    body = {"error": echo, "detail": echo, "errors": [{"message": echo}]}
    path = http_rig.post_path
    http_rig.script[http_rig.media_path].extend([Reply(400, body)] * 2)
    http_rig.script[path].append(Reply(status, body))
    with pytest.raises(ChannelError) as caught:
        http_rig.channel.send(a_post("One"), PNG)
    http_rig.script[path].append(Reply(200, body, comes=0.0))
    with pytest.raises(ChannelError) as again:
        http_rig.channel.send(a_post("One"), PNG)
    for error in (caught.value, again.value):
        trace = "".join(traceback.format_exception(error))
        assert_silent(http_rig, f"{error} {error!r} {trace}")
    out, err = capsys.readouterr()
    assert_silent(http_rig, caplog.text + out + err)


def test_what_is_taken_back_is_gone(rig: Rig) -> None:
    """A private post can be removed, except on the channels in KEPT."""
    receipt = rig.channel.send(a_post("One", private=True), None)
    if rig.kind in KEPT:
        with pytest.raises(ChannelRefused):
            rig.channel.remove(receipt)
        assert len(rig.visible_posts()) == 1
    else:
        rig.channel.remove(receipt)
        assert not rig.visible_posts()
        rig.channel.remove(receipt)


def test_an_earlier_post_gets_other_words_where_it_can(edited_rig: Rig) -> None:
    """P11: a post whose text is replaced keeps its id, its picture and its thread."""
    rig = edited_rig
    first = rig.channel.send(a_post("Confirmed", event=1), PNG)
    second = rig.channel.send(a_post("Two", event=2, reply_to=first.id), None)
    amends = a_post("Retracted: see below", event=3, amends=first.id, picture=None)
    for _ in range(2):
        assert rig.channel.send(amends, None).id == first.id
    expected = [
        rig.shown("Retracted: see below", "Alt 1 ⚠"),
        rig.shown("Two", reply_to=first.id),
    ]
    assert rig.visible_posts() == expected
    assert_found(rig, a_post("Two", event=2, reply_to=first.id), second)
    assert rig.kind not in BLIND or rig.channel.find(amends) is None


@pytest.mark.parametrize("kind", sorted(DEFAULT_OUTLETS))
def test_the_usual_limits_of_a_kind_are_its_own(kind, tmp_path):
    """The default limits, which a preview uses, are those that the channel reports."""
    for rig in settled(kind, tmp_path):
        own, usual = rig.channel.outlet(), DEFAULT_OUTLETS[kind]
        for limit in ("limit", "counting", "url_length", "alt_limit"):
            assert getattr(usual, limit) == getattr(own, limit)


def test_every_kind_that_readers_see_has_usual_limits():
    told = {k for k, kind in CHANNELS.items() if kind.public and k not in WORDLESS}
    assert told == set(DEFAULT_OUTLETS)
