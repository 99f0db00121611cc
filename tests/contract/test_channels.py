"""What every channel must do, and how each tells its troubles apart."""

import json
import logging
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.channels.file import FileChannel, FileConfig
from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.channels.reading_back import words_of, words_of_html, words_without_links
from bot.channels.registry import CHANNELS
from bot.channels.x import XChannel, XConfig
from bot.errors import (
    ChannelError,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
)
from bot.model.draft import Counting
from tests.contract.channel_rigs import (
    AT,
    PNG,
    RIGS,
    TOKEN,
    X_KEYS,
    Rig,
    Said,
    a_post,
    as_mastodon_shows,
)
from tests.servers.local import Reply

# The mail rig logs in without TLS: on loopback, with a password made for the test.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
TEXTS = (
    "Confirmed: #Iran at 2% of ordinary ⚠️ 🇮🇷 16:30 UTC",
    "تأیید شد: اینترنت در ایران به ۲٪ رسید\nsecond line <b> & \"quotes\" 'single'",
    "Update: level 1% · https://example.org/IR-2026-0108?a=1&b=2\nsecond\n\nthird",
)
HTTP = ("mastodon", "x")


@pytest.fixture(params=sorted(RIGS))
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """Every channel in turn."""
    yield from RIGS[request.param](tmp_path)


@pytest.fixture(params=HTTP)
def http_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """Every channel that speaks HTTP."""
    yield from RIGS[request.param](tmp_path)


@pytest.fixture
def mastodon(tmp_path: Path) -> Iterator[Rig]:
    yield from RIGS["mastodon"](tmp_path)


@pytest.fixture
def x(tmp_path: Path) -> Iterator[Rig]:
    yield from RIGS["x"](tmp_path)


# Every channel.


def test_a_thread_stands_there_as_it_was_sent(rig: Rig) -> None:
    before, expected = None, []
    for number, text in enumerate(TEXTS, 1):
        post = a_post(text, event=number, reply_to=before)
        receipt = rig.channel.send(post, PNG)
        expected.append(Said(text, f"Alt {number} ⚠", PNG, before))
        before = receipt.id
    assert rig.said() == expected


def test_words_go_without_a_picture(rig: Rig) -> None:
    rig.channel.send(a_post("One", picture=None), None)
    rig.channel.send(a_post("Two", event=2), None)
    assert [said.image for said in rig.said()] == [None, None]


def test_what_was_sent_is_found_and_nothing_else(rig: Rig) -> None:
    first = rig.channel.send(a_post(TEXTS[0]), PNG)
    post = a_post(TEXTS[2], event=2, reply_to=first.id)
    second = rig.channel.send(post, PNG)
    found = rig.channel.find(post)
    never = a_post("Never said", event=3, reply_to=second.id)
    assert rig.channel.find(never) is None
    # A mailbox cannot be read back; the same letter again does no harm.
    assert found == (None if rig.channel.outlet().kind == "mail" else second)


def test_the_outlet_is_named_after_the_configuration(rig: Rig) -> None:
    outlet = rig.channel.outlet()
    assert outlet.name == rig.channel.name == "one"
    assert outlet == rig.channel.outlet()
    assert outlet.limit >= 280


def test_no_secret_shows(rig: Rig) -> None:
    shown = f"{rig.config!r} {rig.config} {rig.channel!r} {rig.config.model_dump()}"
    assert_silent(rig, shown)


def test_every_kind_is_registered_under_its_own_name() -> None:
    for kind, made in CHANNELS.items():
        assert made.section.model_fields["kind"].default == kind


def assert_silent(rig: Rig, told: str) -> None:
    """No secret in `told`, as it is or cut short."""
    for secret in rig.secrets:
        assert secret not in told
        assert secret[:-2] not in told


# The retry table, for channels that speak HTTP.


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
    # tweepy stumbles over an error that is no object: then we cannot tell.
    strange = http_rig.post_path == "/2/tweets" and body in (b"[]", b'"no"')
    headers = {"Location": "/elsewhere"} if status == 301 else {}
    http_rig.script[http_rig.post_path].append(Reply(status, body, headers))
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
    with pytest.raises(ChannelUnknown):
        http_rig.channel.send(a_post("One"), None)
    assert [asked.path for asked in http_rig.asked] == [http_rig.post_path]


@pytest.mark.parametrize("base", ["http://127.0.0.1:9", "http://localhost:9"])
def test_a_server_that_is_away_was_never_reached(http_rig: Rig, base: str) -> None:
    key = "api_base" if "api_base" in type(http_rig.config).model_fields else "base_url"
    config = http_rig.config.model_copy(update={key: base})
    kind = "x" if key == "api_base" else "mastodon"
    channel = CHANNELS[kind].make("one", config, http_rig.clock)
    with pytest.raises(ChannelUnavailable):
        channel.send(a_post("One"), None)
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
    http_rig: Rig, reply: Reply, kind: type[ChannelError]
) -> None:
    for path in ("/api/v1/accounts/7/statuses", "/2/users/7/tweets"):
        http_rig.script[path].append(reply)
    with pytest.raises(kind):
        http_rig.channel.find(a_post("One"))


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
def test_a_strange_list_never_says_it_is_not_there(http_rig: Rig, body: object) -> None:
    for path in ("/api/v1/accounts/7/statuses", "/2/users/7/tweets"):
        http_rig.script[path].append(Reply(200, body))
    with pytest.raises(ChannelUnavailable):
        http_rig.channel.find(a_post("One"))


def test_a_strange_status_in_a_list_is_passed_over(http_rig: Rig) -> None:
    sent = http_rig.channel.send(a_post("One"), None)
    strange = [5, None, {}, {"text": "One"}, {"id": "9", "referenced_tweets": [3]}]
    true = {"id": sent.id, "text": "One", "url": sent.url}
    http_rig.script["/api/v1/accounts/7/statuses"].append(Reply(200, [*strange, true]))
    body = {"data": [*strange, true], "meta": []}
    http_rig.script["/2/users/7/tweets"].append(Reply(200, body))
    assert http_rig.channel.find(a_post("One")) == sent


@pytest.mark.parametrize("status", [400, 403, 413, 422])
def test_a_picture_that_is_refused_never_stops_the_words(
    http_rig: Rig, status: int
) -> None:
    http_rig.script[http_rig.media_path].append(Reply(status, {"error": "no"}))
    http_rig.channel.send(a_post("One"), PNG)
    assert http_rig.said() == [Said("One", None, None, None)]


@pytest.mark.parametrize(
    "reply",
    [Reply(503, {}), Reply(429, {}), Reply(200, {}, comes=0.0), Reply(200, b"<html>")],
)
def test_a_picture_is_tried_three_times_and_then_left_out(
    http_rig: Rig, reply: Reply
) -> None:
    http_rig.script[http_rig.media_path].extend([reply] * 3)
    for _ in range(2):
        with pytest.raises(ChannelUnavailable):
            http_rig.channel.send(a_post("One"), PNG)
        assert not http_rig.said()
    http_rig.channel.send(a_post("One"), PNG)
    assert http_rig.said() == [Said("One", None, None, None)]


def test_a_picture_that_comes_through_later_goes_out(http_rig: Rig) -> None:
    http_rig.script[http_rig.media_path].append(Reply(503, {}))
    with pytest.raises(ChannelUnavailable):
        http_rig.channel.send(a_post("One"), PNG)
    http_rig.channel.send(a_post("One"), PNG)
    assert http_rig.said() == [Said("One", "Alt 1 ⚠", PNG, None)]


def test_an_answer_to_a_post_that_is_gone_goes_out_alone(http_rig: Rig) -> None:
    if http_rig.post_path == "/2/tweets":
        gone = (
            "You attempted to reply to a Tweet that is deleted or not visible to you."
        )
        http_rig.script[http_rig.post_path].append(Reply(403, {"detail": gone}))
    post = a_post("One", reply_to="999")
    sent = http_rig.channel.send(post, None)
    assert http_rig.said() == [Said("One", None, None, None)]
    assert http_rig.channel.find(post) == sent


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
    http_rig.script[http_rig.media_path].append(Reply(400, body))
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


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_words_survive_the_html_of_mastodon(text: str) -> None:
    assert words_of_html(as_mastodon_shows(text)) == words_of(text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80))
def test_words_that_differ_are_told_apart(text: str) -> None:
    assert words_without_links(f"{text} one") != words_without_links(f"{text} two")


# Mastodon alone.


@pytest.mark.parametrize(
    ("headers", "wish"),
    [
        ({"X-RateLimit-Reset": "2026-01-08T16:35:00.000Z"}, timedelta(minutes=5)),
        ({"X-RateLimit-Reset": "2026-01-08T16:00:00Z"}, timedelta(0)),
        ({"Retry-After": "90"}, timedelta(seconds=90)),
        ({"Retry-After": "Thu, 08 Jan 2026 16:31:00 GMT"}, timedelta(minutes=1)),
        ({"Retry-After": "99999999"}, timedelta(days=1)),
        ({"Retry-After": "soon", "X-RateLimit-Reset": "later"}, None),
        ({}, None),
    ],
)
def test_mastodon_says_when_to_come_back(
    mastodon: Rig, headers: dict[str, str], wish: timedelta | None
) -> None:
    mastodon.script[mastodon.post_path].append(Reply(429, {}, headers))
    with pytest.raises(ChannelUnavailable) as caught:
        mastodon.channel.send(a_post("One"), None)
    assert caught.value.retry_after == wish


def test_mastodon_gets_the_key_the_language_and_the_visibility(mastodon: Rig) -> None:
    post = a_post("One", lang="fa")
    mastodon.channel.send(post, None)
    (asked,) = mastodon.asked
    assert asked.headers["idempotency-key"] == post.token
    assert asked.headers["connection"] == "close"
    assert (asked.form["language"], asked.form["visibility"]) == ("fa", "public")


def test_mastodon_does_not_say_one_key_twice(mastodon: Rig) -> None:
    again = [mastodon.channel.send(a_post("One"), None) for _ in range(2)]
    assert again[0] == again[1]
    assert len(mastodon.said()) == 1


@pytest.mark.parametrize("path", ["/api/v2/instance", "/api/v1/instance"])
def test_mastodon_limits_are_read_once_from_the_newest_api(
    mastodon: Rig, path: str
) -> None:
    told = {
        "statuses": {"max_characters": 1000, "characters_reserved_per_url": 30},
        "media_attachments": {"description_limit": 800},
    }
    mastodon.script[path].append(Reply(200, {"configuration": told}))
    outlet = mastodon.channel.outlet()
    assert (outlet.limit, outlet.url_length, outlet.alt_limit) == (1000, 30, 800)
    asked = len(mastodon.asked)
    assert mastodon.channel.outlet() is outlet
    assert len(mastodon.asked) == asked


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404),
        Reply(503),
        Reply(200, b"<html>"),
        Reply(200, []),
        Reply(200, {"configuration": None}),
        Reply(200, {"configuration": {"statuses": [], "media_attachments": None}}),
        Reply(200, {"configuration": {"statuses": {"max_characters": "many"}}}),
        Reply(200, {}, comes=0.0),
    ],
)
def test_mastodon_limits_have_defaults(mastodon: Rig, reply: Reply) -> None:
    for path in ("/api/v2/instance", "/api/v1/instance"):
        mastodon.script[path].append(reply)
    outlet = mastodon.channel.outlet()
    assert (outlet.limit, outlet.url_length, outlet.alt_limit) == (500, 23, 1500)
    assert outlet.counting is Counting.GRAPHEMES


def test_mastodon_waits_until_a_picture_is_ready(mastodon: Rig) -> None:
    mastodon.script["/api/v2/media"].append(Reply(202, {"id": "5", "url": None}))
    ready = [Reply(206, {"id": "5"}), Reply(206, {"id": "5"}), Reply(200, {"id": "5"})]
    mastodon.script["/api/v1/media/5"].extend(ready)
    mastodon.channel.send(a_post("One"), PNG)
    assert mastodon.asked[-1].form["media_ids[]"] == "5"
    assert mastodon.clock.at == AT + timedelta(seconds=6)


def test_mastodon_does_not_wait_for_ever(mastodon: Rig) -> None:
    mastodon.script["/api/v2/media"].append(Reply(202, {"id": "5"}))
    mastodon.script["/api/v1/media/5"].extend([Reply(206, {"id": "5"})] * 99)
    with pytest.raises(ChannelUnavailable, match="processed"):
        mastodon.channel.send(a_post("One"), PNG)
    assert not mastodon.said()


def test_mastodon_leaves_a_picture_out_whose_processing_failed(mastodon: Rig) -> None:
    mastodon.script["/api/v2/media"].append(Reply(202, {"id": "5"}))
    mastodon.script["/api/v1/media/5"].append(Reply(422, {"error": "no"}))
    mastodon.channel.send(a_post("One"), PNG)
    assert mastodon.said() == [Said("One", None, None, None)]


def test_mastodon_keeps_the_words_of_a_post_whose_picture_it_regrets(
    mastodon: Rig,
) -> None:
    mastodon.script[mastodon.post_path].append(Reply(422, {"error": "media"}))
    mastodon.channel.send(a_post("One"), PNG)
    assert mastodon.said() == [Said("One", None, None, None)]


def test_mastodon_finds_a_post_on_a_later_page(mastodon: Rig) -> None:
    sent = mastodon.channel.send(a_post("One"), None)
    for number in range(2, 95):
        mastodon.channel.send(a_post(f"Other {number}", event=number), None)
    assert mastodon.channel.find(a_post("One")) == sent
    assert mastodon.channel.find(a_post("Never")) is None


def test_mastodon_reads_no_further_back_than_what_is_answered(mastodon: Rig) -> None:
    for number in range(1, 90):
        mastodon.channel.send(a_post(f"{number}", event=number), None)
    last = mastodon.channel.send(a_post("The last", event=90), None)
    mastodon.asked.clear()
    assert mastodon.channel.find(a_post("Never", reply_to=last.id)) is None
    assert len(mastodon.asked) == 2


@pytest.mark.parametrize(
    "base",
    [
        "http://social.example",
        "https://u:p@social.example",
        "social.example",
        "https://",
    ],
)
def test_a_token_goes_to_no_address_that_is_not_safe(base: str) -> None:
    with pytest.raises(ValidationError):
        MastodonConfig.model_validate({"base_url": base, "token": "env:OW_TEST"})


@pytest.fixture(autouse=True)
def a_secret_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OW_TEST", TOKEN)


@pytest.mark.parametrize("base", ["https://nowhere.invalid", "https://127.0.0.1:{}"])
def test_a_name_or_a_handshake_that_fails_was_never_reached(
    mastodon: Rig, base: str
) -> None:
    """The second address speaks HTTP where TLS is expected."""
    assert isinstance(mastodon.config, MastodonConfig)
    port = mastodon.config.base_url.rpartition(":")[2]
    config = mastodon.config.model_copy(update={"base_url": base.format(port)})
    channel = MastodonChannel("one", config, mastodon.clock)
    with pytest.raises(ChannelUnavailable):
        channel.send(a_post("One"), None)


# X alone.


def test_x_whose_name_is_not_known_was_never_reached(x: Rig) -> None:
    config = x.config.model_copy(update={"api_base": "http://nowhere.invalid"})
    assert isinstance(config, XConfig)
    with pytest.raises(ChannelUnavailable):
        XChannel("one", config, x.clock).send(a_post("One"), None)


@pytest.mark.parametrize(
    ("reset", "wish"),
    [
        (AT.timestamp() + 300, timedelta(minutes=5)),
        (AT.timestamp() - 300, timedelta(0)),
        (AT.timestamp() + 10**8, timedelta(days=1)),
        (None, None),
    ],
)
def test_x_says_when_to_come_back(
    x: Rig, reset: float | None, wish: timedelta | None
) -> None:
    headers = {} if reset is None else {"x-rate-limit-reset": str(int(reset))}
    x.script["/2/tweets"].append(Reply(429, {"detail": "Too Many"}, headers))
    with pytest.raises(ChannelUnavailable) as caught:
        x.channel.send(a_post("One"), None)
    assert caught.value.retry_after == wish


def test_x_says_of_a_duplicate_that_it_may_be_ours(x: Rig) -> None:
    detail = "You are not allowed to create a Tweet with duplicate content."
    x.script["/2/tweets"].append(Reply(403, {"detail": detail, "status": 403}))
    with pytest.raises(ChannelUnknown):
        x.channel.send(a_post("One"), None)


def test_x_posts_carry_no_link_unless_it_is_asked_for(x: Rig) -> None:
    outlet = x.channel.outlet()
    assert not outlet.links
    assert (outlet.limit, outlet.counting) == (280, Counting.WEIGHTED)


def test_x_says_no_picture_that_cannot_be_heard(x: Rig) -> None:
    x.script["/2/media/metadata"].append(Reply(400, {"detail": "no"}))
    x.channel.send(a_post("One"), PNG)
    assert x.said() == [Said("One", None, None, None)]


def test_x_is_asked_nowhere_but_at_x_or_on_this_machine() -> None:
    for base in (
        "http://api.twitter.com",
        "https://elsewhere.example",
        "http://10.0.0.1",
    ):
        with pytest.raises(ValidationError, match="api_base"):
            XConfig.model_validate(
                {**dict.fromkeys(X_KEYS, "env:OW_TEST"), "api_base": base}
            )


# The file alone.


def a_file(folder: Path) -> FileChannel:
    return FileChannel("one", FileConfig(path=folder / "posts.jsonl"))


def test_a_line_says_everything_about_its_post(tmp_path: Path) -> None:
    a_file(tmp_path).send(a_post(TEXTS[1], reply_to="IR-2026-0108.0/one"), PNG)
    (line,) = (tmp_path / "posts.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == {
        "incident": "IR-2026-0108",
        "event": "IR-2026-0108.1",
        "at": "2026-01-08T16:30:00+00:00",
        "channel": "one",
        "lang": "en",
        "text": TEXTS[1],
        "length": len(TEXTS[1]),
        "media": [{"file": "charts/c1.png", "alt": "Alt 1 ⚠"}],
        "in_reply_to": "IR-2026-0108.0/one",
    }


@pytest.mark.parametrize("cut", [1, 5, 60, 120])
def test_a_torn_line_was_never_out_and_tears_no_other(tmp_path: Path, cut: int) -> None:
    channel, path = a_file(tmp_path), tmp_path / "posts.jsonl"
    channel.send(a_post("One"), None)
    channel.send(a_post("Two", event=2), None)
    path.write_bytes(path.read_bytes()[:-cut])
    # Only its newline is lost: it is whole, it was out.
    out = channel.find(a_post("Two", event=2))
    assert (out is not None) == (cut == 1)
    channel.send(a_post("Three", event=3), None)
    assert channel.find(a_post("One")) is not None
    assert channel.find(a_post("Three", event=3)) is not None
    assert path.read_text("utf-8").endswith("\n")


def test_a_picture_that_cannot_be_written_never_stops_the_words(tmp_path: Path) -> None:
    (tmp_path / "charts").write_text("a file where the folder should be")
    a_file(tmp_path).send(a_post("One"), PNG)
    assert json.loads((tmp_path / "posts.jsonl").read_text("utf-8"))["media"] == []


def test_a_file_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").mkdir()
    with pytest.raises(ChannelUnavailable):
        a_file(tmp_path).send(a_post("One"), None)
    with pytest.raises(ChannelUnavailable):
        a_file(tmp_path).find(a_post("One"))


def test_a_picture_leaves_no_other_folder(tmp_path: Path) -> None:
    post = a_post("One")
    assert post.picture is not None
    climbing = replace(post.picture, name="../../climbing.png")
    a_file(tmp_path / "deep").send(replace(post, picture=climbing), PNG)
    assert (tmp_path / "deep" / "charts" / "climbing.png").read_bytes() == PNG


def test_the_same_posts_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        for number, text in enumerate(TEXTS):
            a_file(tmp_path / name).send(a_post(text, event=number), PNG)
    a, b = (tmp_path / name / "posts.jsonl" for name in ("a", "b"))
    assert a.read_bytes() == b.read_bytes()
