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
from bot.model.draft import LinkPolicy
from tests.contract.rigs import (
    EDITABLE,
    HTTP,
    HTTP_BY_LIBRARY,
    NOT_READABLE,
    NOT_REMOVABLE,
    PICTURE_PATH,
    READ_AS_LIST,
    READ_BACK,
    REPEATABLE,
    RIGS,
    STATUS_ONLY,
    UPLOADS_PICTURES,
    WITHOUT_TEXT,
)
from tests.contract.rigs.rig import (
    PNG,
    Rig,
    TokenSettingChannel,
    VisiblePost,
    make_post,
)
from tests.servers.local import Reply

# The mail rig logs in without TLS: harmless on loopback, with a test password.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
TEXTS = (
    "Confirmed: #Iran at 2% of ordinary ⚠️ 🇮🇷 16:30 UTC",
    "تأیید شد: اینترنت در ایران به ۲٪ رسید\nsecond line <b> & \"quotes\" 'single'",
    "Update: level 1% · https://example.org/IR-2026-0108?a=1&b=2\nsecond\n\nthird",
)


def rig_with_tokens(kind: str, folder: Path) -> Iterator[Rig]:
    """Yield the rig of `kind`; its channel is used as the delivery worker uses it."""
    for rig in RIGS[kind](folder):
        rig.channel = TokenSettingChannel(rig.channel)
        yield rig


@pytest.fixture(params=sorted(CHANNELS))
def any_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel in turn."""
    yield from rig_with_tokens(request.param, tmp_path)


@pytest.fixture(params=sorted(set(CHANNELS) - set(WITHOUT_TEXT)))
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that sends text, in turn."""
    yield from rig_with_tokens(request.param, tmp_path)


@pytest.fixture(
    params=[
        kind
        for kind in sorted(CHANNELS)
        if issubclass(CHANNELS[kind].section_class, TextOptions)
    ]
)
def text_options_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that has settings for the text of its posts, in turn."""
    yield from rig_with_tokens(request.param, tmp_path)


@pytest.fixture(params=HTTP)
def http_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that speaks HTTP, in turn."""
    yield from rig_with_tokens(request.param, tmp_path)


@pytest.fixture(params=sorted(set(HTTP) - set(WITHOUT_TEXT)))
def http_text_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that sends text over HTTP, in turn."""
    yield from rig_with_tokens(request.param, tmp_path)


@pytest.fixture(params=READ_BACK)
def read_back_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that is read back over HTTP, in turn."""
    yield from rig_with_tokens(request.param, tmp_path)


@pytest.fixture(params=UPLOADS_PICTURES)
def upload_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that uploads a picture in a request of its own."""
    yield from rig_with_tokens(request.param, tmp_path)


@pytest.fixture(params=UPLOADS_PICTURES + PICTURE_PATH)
def picture_path_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that sends a picture to a path of its own, in turn."""
    yield from rig_with_tokens(request.param, tmp_path)


@pytest.fixture(params=READ_AS_LIST)
def listed_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel that is read back as a list of posts, in turn."""
    yield from rig_with_tokens(request.param, tmp_path)


@pytest.fixture(params=EDITABLE)
def editable_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel on which the text of a post can be replaced, in turn."""
    yield from rig_with_tokens(request.param, tmp_path)


def test_exactly_the_registered_kinds_have_a_rig() -> None:
    assert set(RIGS) == set(CHANNELS)


def test_each_kind_is_in_the_lists_that_describe_it(any_rig: Rig) -> None:
    """Each list must have every kind that belongs to it, because tests run over the lists."""
    lists = {
        "speaks HTTP": HTTP + HTTP_BY_LIBRARY,
        "is read back": READ_BACK,
        "is read back as a list": READ_AS_LIST,
        "is edited": EDITABLE,
        "is kept": NOT_REMOVABLE,
        "is unread": STATUS_ONLY,
        "takes pictures": UPLOADS_PICTURES + PICTURE_PATH,
    }
    expected = {
        "speaks HTTP": bool(any_rig.post_path),
        "is read back": bool(any_rig.read_back_paths),
        "is read back as a list": any_rig.list_entry is not None,
        "is edited": any_rig.channel.outlet().edits,
        "is kept": not any_rig.removable,
        "is unread": bool(any_rig.post_path) and not any_rig.reads_bodies,
        "takes pictures": bool(any_rig.media_path),
    }
    assert {
        ability: any_rig.kind in kinds for ability, kinds in lists.items()
    } == expected


def assert_found(rig: Rig, post: Post, sent: Receipt | None) -> None:
    """Assert that `find` returns `sent`, unless the channel cannot be read back."""
    if rig.kind in NOT_READABLE:
        with pytest.raises(ChannelUnknown):
            rig.channel.find(post)
    else:
        # `find` returns None where sending the same post twice does no harm.
        expected = None if rig.kind in REPEATABLE else sent
        assert rig.channel.find(post) == expected


def test_thread_is_shown_as_it_was_sent(rig: Rig) -> None:
    parent, expected = None, []
    for number, text in enumerate(TEXTS, 1):
        post = make_post(text, event=number, reply_to=parent)
        receipt = rig.channel.send(post, PNG)
        expected.append(rig.expected_post(text, f"Alt {number} ⚠", parent))
        parent = receipt.id
    assert rig.visible_posts() == expected


def test_text_is_sent_without_a_picture(rig: Rig) -> None:
    rig.channel.send(make_post("One", picture=None), None)
    rig.channel.send(make_post("Two", event=2), None)
    assert [post.image for post in rig.visible_posts()] == [None, None]


def test_sent_post_is_found_and_no_other(rig: Rig) -> None:
    first = rig.channel.send(make_post(TEXTS[0]), PNG)
    post = make_post(TEXTS[2], event=2, reply_to=first.id)
    second = rig.channel.send(post, PNG)
    assert_found(rig, post, second)
    assert_found(rig, make_post("Never said", event=3, reply_to=second.id), None)


def test_outlet_has_the_configured_name(any_rig: Rig) -> None:
    outlet = any_rig.channel.outlet()
    assert outlet.name == any_rig.channel.name == "one"
    assert outlet == any_rig.channel.outlet()
    assert outlet.limit >= 280


def test_outlet_has_the_configured_text_options(text_options_rig: Rig) -> None:
    """Two channels of one kind may have different languages, links and templates."""
    options = {"lang": "fa", "links": LinkPolicy.FIRST, "templates": "brief"}
    config = text_options_rig.config.model_copy(update=options)
    channel = CHANNELS[text_options_rig.kind].constructor(
        "two", config, text_options_rig.clock
    )
    outlet = channel.outlet()
    actual = {name: getattr(outlet, name) for name in options}
    assert (outlet.name, actual) == ("two", options)


def test_channel_and_configuration_print_no_secret(any_rig: Rig) -> None:
    config, channel = any_rig.config, any_rig.channel
    shown = f"{config!r} {config} {channel!r} {config.model_dump()}"
    assert_no_secret_in(any_rig, shown)


def test_each_kind_is_registered_under_its_own_name() -> None:
    for kind, entry in CHANNELS.items():
        assert entry.section_class.model_fields["kind"].default == kind


def assert_no_secret_in(rig: Rig, text: str) -> None:
    """Assert that `text` contains no secret, whole or without its last two characters."""
    for secret in rig.secrets:
        assert secret not in text
        assert secret[:-2] not in text


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
def test_status_decides_whether_the_post_may_be_published(
    http_rig: Rig, status: int, kind: type[ChannelError], body: object
) -> None:
    # tweepy fails on an error that is no JSON object, so the outcome is unknown.
    no_json_object = http_rig.post_path == "/2/tweets" and body in (b"[]", b'"no"')
    headers = {"Location": "/elsewhere"} if status == 301 else {}
    http_rig.script[http_rig.post_path].append(Reply(status, body, headers))
    kind = http_rig.server_error if kind is ChannelUnknown else kind
    with pytest.raises(ChannelUnknown if no_json_object and status != 301 else kind):
        http_rig.channel.send(make_post("One"), None)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, b"<html>"),
        Reply(200, b""),
        Reply(200, b"[]"),
        Reply(200, {"data": {}}),
        Reply(201, {"data": {"id": "1"}, "id": "1"}, sent_share=0.0),
        Reply(201, {"data": {"id": "1"}, "id": "1"}, sent_share=0.5),
        Reply(201, {"data": {"id": "1"}, "id": "1"}, wait_s=2.5),
    ],
    ids=["html", "empty", "list", "no-id", "reset", "cut-short", "time-out"],
)
def test_unreadable_answer_leaves_the_delivery_unknown(
    http_rig: Rig, reply: Reply
) -> None:
    http_rig.script[http_rig.post_path].append(reply)
    if http_rig.kind in STATUS_ONLY and reply.sent_share != 0.0 and not reply.wait_s:
        # The channel reads the status of an answer only.
        assert http_rig.channel.send(make_post("One"), None).id
    else:
        with pytest.raises(ChannelUnknown):
            http_rig.channel.send(make_post("One"), None)
        paths = [request.path for request in http_rig.requests]
        assert paths[-1] == http_rig.post_path
        assert paths.count(http_rig.post_path) == 1


@pytest.mark.parametrize("base", ["http://127.0.0.1:9", "http://localhost:9"])
def test_unreachable_server_counts_as_unavailable(http_rig: Rig, base: str) -> None:
    config = http_rig.config.model_copy(update={http_rig.address_key: base})
    channel = TokenSettingChannel(
        CHANNELS[http_rig.kind].constructor("one", config, http_rig.clock)
    )
    with pytest.raises(ChannelUnavailable):
        channel.send(make_post("One"), None)
    if http_rig.read_back_paths:
        with pytest.raises(ChannelUnavailable):
            channel.find(make_post("One"))


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(503, {}), ChannelUnavailable),
        (Reply(429, {}), ChannelUnavailable),
        (Reply(200, b"<html>"), ChannelUnavailable),
        (Reply(200, {}, sent_share=0.0), ChannelUnavailable),
        (Reply(401, {}), ChannelUnknown),
        (Reply(404, {}), ChannelUnknown),
    ],
)
def test_failed_search_never_returns_none(
    read_back_rig: Rig, reply: Reply, kind: type[ChannelError]
) -> None:
    read_back_rig.script[read_back_rig.read_back_paths[-1]].append(reply)
    with pytest.raises(kind):
        read_back_rig.channel.find(make_post("One"))


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
def test_malformed_list_never_returns_none(read_back_rig: Rig, body: object) -> None:
    read_back_rig.script[read_back_rig.read_back_paths[-1]].append(Reply(200, body))
    with pytest.raises(ChannelUnavailable):
        read_back_rig.channel.find(make_post("One"))


def test_malformed_entries_of_a_list_are_skipped(listed_rig: Rig) -> None:
    assert listed_rig.list_entry is not None
    sent = listed_rig.channel.send(make_post("One"), None)
    malformed = [5, None, {}, {"text": "One"}, {"id": "9", "referenced_tweets": [3]}]
    body = listed_rig.list_answer([*malformed, listed_rig.list_entry(sent, "One")])
    listed_rig.script[listed_rig.read_back_paths[-1]].append(Reply(200, body))
    assert listed_rig.channel.find(make_post("One")) == sent


@pytest.mark.parametrize("status", [400, 403, 413, 422])
def test_text_is_sent_alone_if_the_picture_is_refused(
    picture_path_rig: Rig, status: int
) -> None:
    picture_path_rig.script[picture_path_rig.media_path].append(
        Reply(status, {"error": "no"})
    )
    picture_path_rig.channel.send(make_post("One"), PNG)
    assert picture_path_rig.visible_posts() == [VisiblePost("One", None, None, None)]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(503, {}),
        Reply(429, {}),
        Reply(200, {}, sent_share=0.0),
        Reply(200, b"<html>"),
    ],
)
def test_picture_is_left_out_after_three_failures(
    upload_rig: Rig, reply: Reply
) -> None:
    upload_rig.script[upload_rig.media_path].extend([reply] * 3)
    for _ in range(2):
        with pytest.raises(ChannelUnavailable):
            upload_rig.channel.send(make_post("One"), PNG)
        assert not upload_rig.visible_posts()
    upload_rig.channel.send(make_post("One"), PNG)
    assert upload_rig.visible_posts() == [VisiblePost("One", None, None, None)]


def test_picture_is_sent_if_a_later_try_succeeds(upload_rig: Rig) -> None:
    upload_rig.script[upload_rig.media_path].append(Reply(503, {}))
    with pytest.raises(ChannelUnavailable):
        upload_rig.channel.send(make_post("One"), PNG)
    upload_rig.channel.send(make_post("One"), PNG)
    assert upload_rig.visible_posts() == [VisiblePost("One", "Alt 1 ⚠", PNG, None)]


def test_reply_to_a_deleted_post_is_sent_without_a_parent(http_text_rig: Rig) -> None:
    if http_text_rig.deleted_parent_reply is not None:
        http_text_rig.script[http_text_rig.post_path].append(
            http_text_rig.deleted_parent_reply
        )
    post = make_post("One", reply_to="999")
    sent = http_text_rig.channel.send(post, None)
    assert http_text_rig.visible_posts() == [VisiblePost("One", None, None, None)]
    assert_found(http_text_rig, post, sent)


@pytest.mark.parametrize("status", [400, 401, 403, 422, 429, 500])
def test_secret_echoed_by_the_server_is_hidden(
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
        http_rig.channel.send(make_post("One"), PNG)
    http_rig.script[path].append(Reply(200, body, sent_share=0.0))
    with pytest.raises(ChannelError) as caught_again:
        http_rig.channel.send(make_post("One"), PNG)
    for error in (caught.value, caught_again.value):
        trace = "".join(traceback.format_exception(error))
        assert_no_secret_in(http_rig, f"{error} {error!r} {trace}")
    out, err = capsys.readouterr()
    assert_no_secret_in(http_rig, caplog.text + out + err)


def test_removed_post_is_gone(rig: Rig) -> None:
    """A private post can be removed, except on the channels in NOT_REMOVABLE."""
    receipt = rig.channel.send(make_post("One", private=True), None)
    if rig.kind in NOT_REMOVABLE:
        with pytest.raises(ChannelRefused):
            rig.channel.remove(receipt)
        assert len(rig.visible_posts()) == 1
    else:
        rig.channel.remove(receipt)
        assert not rig.visible_posts()
        rig.channel.remove(receipt)


def test_text_of_an_earlier_post_can_be_replaced(editable_rig: Rig) -> None:
    """P11: a post whose text is replaced keeps its id, its picture and its thread."""
    rig = editable_rig
    first = rig.channel.send(make_post("Confirmed", event=1), PNG)
    second = rig.channel.send(make_post("Two", event=2, reply_to=first.id), None)
    edit = make_post("Retracted: see below", event=3, amends=first.id, picture=None)
    for _ in range(2):
        assert rig.channel.send(edit, None).id == first.id
    expected = [
        rig.expected_post("Retracted: see below", "Alt 1 ⚠"),
        rig.expected_post("Two", reply_to=first.id),
    ]
    assert rig.visible_posts() == expected
    assert_found(rig, make_post("Two", event=2, reply_to=first.id), second)
    assert rig.kind not in NOT_READABLE or rig.channel.find(edit) is None


@pytest.mark.parametrize("kind", sorted(DEFAULT_OUTLETS))
def test_default_limits_are_those_that_the_channel_reports(kind, tmp_path):
    """The default limits, which a preview uses, are those that the channel reports."""
    for rig in rig_with_tokens(kind, tmp_path):
        reported, default = rig.channel.outlet(), DEFAULT_OUTLETS[kind]
        for limit in ("limit", "counting", "url_length", "alt_limit"):
            assert getattr(default, limit) == getattr(reported, limit)


def test_each_public_kind_has_default_limits():
    public_kinds = {
        k for k, kind in CHANNELS.items() if kind.public and k not in WITHOUT_TEXT
    }
    assert public_kinds == set(DEFAULT_OUTLETS)
