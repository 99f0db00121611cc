"""What only the matrix channel does: text and picture are two events, each with `MARK`."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.channels.matrix import MARK, MatrixConfig
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.ports import MultiPartChannel
from tests.contract.rigs.matrix import ROOM, ROOM_PATH, TOKEN, matrix_rig, sending
from tests.contract.rigs.rig import PNG, Rig, VisiblePost, a_post
from tests.servers.local import Reply

PICTURE_PATH = sending(f"{a_post('One').token}-picture")
WHOLE = VisiblePost("One", "Alt 1 ⚠", PNG, None)
ALONE = VisiblePost("One", None, None, None)


@pytest.fixture
def matrix(tmp_path: Path) -> Iterator[Rig]:
    for rig in matrix_rig(tmp_path):
        rig.post_path = sending(a_post("One").token)
        yield rig


@pytest.fixture(autouse=True)
def a_secret_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OW_TEST", TOKEN)


def read_back(rig: Rig, post: Post) -> Receipt | None:
    """Look for `post` and send its missing parts, as the delivery worker does."""
    assert isinstance(rig.channel, MultiPartChannel)
    receipt = rig.channel.find(post)
    return None if receipt is None else rig.channel.complete(post, receipt)


@pytest.mark.parametrize(
    ("body", "headers", "wish"),
    [
        ({"retry_after_ms": 2500}, {}, timedelta(seconds=2.5)),
        ({"retry_after_ms": 2500}, {"Retry-After": "3"}, timedelta(seconds=2.5)),
        ({"retry_after_ms": "soon"}, {"Retry-After": "3"}, timedelta(seconds=3)),
        ({}, {}, None),
    ],
)
def test_matrix_says_when_to_come_back(
    matrix: Rig, body: dict[str, object], headers: dict[str, str], wish: object
) -> None:
    told = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", **body}
    matrix.script[matrix.post_path].append(Reply(429, told, headers))
    with pytest.raises(ChannelUnavailable, match="M_LIMIT_EXCEEDED Too") as caught:
        matrix.channel.send(a_post("One"), None)
    assert caught.value.retry_after == wish


@pytest.mark.parametrize(
    ("status", "errcode", "advice"),
    [(401, "M_UNKNOWN_TOKEN", "log in"), (403, "M_FORBIDDEN", "join the room")],
)
def test_matrix_refuses_with_advice(
    matrix: Rig, status: int, errcode: str, advice: str
) -> None:
    matrix.script[matrix.post_path].append(Reply(status, {"errcode": errcode}))
    with pytest.raises(ChannelRefused, match=f"{errcode}.*{advice}"):
        matrix.channel.send(a_post("One"), None)


def test_a_transaction_id_goes_into_any_address(matrix: Rig) -> None:
    post = a_post("One", key="IR-2026-0108.1/канал ?#", channel="канал ?#")
    token = matrix.channel.token(post)
    assert token.isascii()
    assert token.isalnum()
    assert token == matrix.channel.token(post) != matrix.channel.token(a_post("One"))


def test_one_transaction_id_makes_one_post(matrix: Rig) -> None:
    again = [matrix.channel.send(a_post("One"), PNG) for _ in range(2)]
    assert again[0] == again[1]
    assert matrix.visible_posts() == [WHOLE]


@pytest.mark.parametrize(
    "reply",
    [Reply(503, {}), Reply(429, {}), Reply(200, {}, comes=0.0), Reply(200, b"<html>")],
)
def test_a_picture_lost_behind_its_words_is_added_when_the_post_is_completed(
    matrix: Rig, reply: Reply
) -> None:
    matrix.script[PICTURE_PATH].append(reply)
    with pytest.raises(ChannelUnknown, match="the text is posted"):
        matrix.channel.send(a_post("One"), PNG)
    assert matrix.visible_posts() == [ALONE]
    completed = read_back(matrix, a_post("One"))
    assert matrix.visible_posts() == [WHOLE]
    assert completed == matrix.channel.find(a_post("One"))
    assert completed == read_back(matrix, a_post("One"))
    assert matrix.visible_posts() == [WHOLE]


def test_a_look_for_a_post_sends_nothing(matrix: Rig) -> None:
    matrix.script[PICTURE_PATH].append(Reply(503, {}))
    with pytest.raises(ChannelUnknown):
        matrix.channel.send(a_post("One"), PNG)
    matrix.requests.clear()
    assert matrix.channel.find(a_post("One")) is not None
    assert {request.method for request in matrix.requests} == {"GET"}
    assert matrix.visible_posts() == [ALONE]


def test_a_post_whose_words_are_gone_gets_no_picture(matrix: Rig) -> None:
    matrix.script[PICTURE_PATH].append(Reply(503, {}))
    with pytest.raises(ChannelUnknown):
        matrix.channel.send(a_post("One"), PNG)
    receipt = matrix.channel.find(a_post("One"))
    assert receipt is not None
    assert isinstance(matrix.channel, MultiPartChannel)
    matrix.channel.remove(receipt)
    assert matrix.channel.complete(a_post("One"), receipt) == receipt
    assert not matrix.visible_posts()


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(503, {}), ChannelUnavailable),
        (Reply(200, b"<html>"), ChannelUnavailable),
        (Reply(200, {}), ChannelUnavailable),
        (Reply(403, {}), ChannelUnknown),
    ],
)
def test_words_that_cannot_be_read_get_their_picture_later_or_from_a_person(
    matrix: Rig, reply: Reply, kind: type[Exception]
) -> None:
    matrix.script[PICTURE_PATH].append(Reply(503, {}))
    with pytest.raises(ChannelUnknown):
        matrix.channel.send(a_post("One"), PNG)
    matrix.script[f"{ROOM_PATH}/event/%241"].append(reply)
    with pytest.raises(kind):
        read_back(matrix, a_post("One"))
    assert matrix.visible_posts() == [ALONE]


def test_a_picture_refused_behind_its_words_is_left_out(matrix: Rig) -> None:
    matrix.script[PICTURE_PATH].append(Reply(413, {"errcode": "M_TOO_LARGE"}))
    matrix.channel.send(a_post("One"), PNG)
    assert matrix.visible_posts() == [ALONE]


def test_a_picture_lost_three_times_behind_its_words_is_left_out(matrix: Rig) -> None:
    matrix.script[PICTURE_PATH].extend([Reply(503, {})] * 3)
    with pytest.raises(ChannelUnknown):
        matrix.channel.send(a_post("One"), PNG)
    with pytest.raises(ChannelUnavailable):
        read_back(matrix, a_post("One"))
    assert read_back(matrix, a_post("One")) is not None
    assert matrix.visible_posts() == [ALONE]


def test_a_post_is_taken_down_with_its_picture(matrix: Rig) -> None:
    receipt = matrix.channel.send(a_post("One"), PNG)
    matrix.requests.clear()
    matrix.channel.remove(receipt)
    taken = [
        request.path.split("/redact/")[1].split("/")[0] for request in matrix.requests
    ]
    assert taken == ["%242", "%241"]
    assert not matrix.visible_posts()


def test_a_post_is_found_on_a_later_page(matrix: Rig) -> None:
    sent = matrix.channel.send(a_post("One"), None)
    for number in range(2, 150):
        post = a_post(f"Other {number}", event=number, picture=None)
        matrix.channel.send(post, None)
    matrix.requests.clear()
    assert matrix.channel.find(a_post("One")) == sent
    assert matrix.channel.find(a_post("Never", event=999)) is None
    pages = [
        request for request in matrix.requests if request.path.endswith("/messages")
    ]
    assert [request.query.get("from") for request in pages] == [
        None,
        "100",
        None,
        "100",
    ]


def test_nothing_is_read_beyond_what_is_answered(matrix: Rig) -> None:
    for number in range(1, 150):
        matrix.channel.send(a_post(f"{number}", event=number, picture=None), None)
    last = matrix.channel.send(a_post("The last", event=150), PNG)
    matrix.requests.clear()
    never = a_post("Never", event=151, reply_to=last.id)
    assert matrix.channel.find(never) is None
    assert [request.path.split("/")[-1] for request in matrix.requests] == [
        "whoami",
        "messages",
    ]


def test_what_somebody_else_says_with_our_mark_is_not_ours(matrix: Rig) -> None:
    mark = {"key": a_post("One").key, "part": "words"}
    event = {"event_id": "$9", "content": {"body": "One", MARK: mark}}
    strange = [{**event, "sender": "@other:matrix.example"}, event]
    path = matrix.look_paths[-1]
    matrix.script[path].append(Reply(200, {"chunk": strange}))
    assert matrix.channel.find(a_post("One")) is None


@pytest.mark.parametrize(
    "reply", [Reply(503, {}), Reply(429, {}), Reply(200, b"<html>")]
)
def test_a_thread_is_kept_where_nobody_can_tell_whether_it_stands(
    matrix: Rig, reply: Reply
) -> None:
    first = matrix.channel.send(a_post("One"), None)
    matrix.script[f"{ROOM_PATH}/event/%241"].append(reply)
    post = a_post("Two", event=2, reply_to=first.id, root=first.id, picture=None)
    matrix.channel.send(post, None)
    assert matrix.visible_posts()[1] == VisiblePost("Two", None, None, first.id)


def test_words_of_a_post_that_is_gone_are_not_replaced(matrix: Rig) -> None:
    first = matrix.channel.send(a_post("One"), PNG)
    matrix.channel.remove(first)
    amends = a_post("Retracted", event=2, amends=first.id, picture=None)
    with pytest.raises(ChannelRefused, match="gone"):
        matrix.channel.send(amends, None)
    assert not matrix.visible_posts()


def test_new_words_are_found_by_their_own_key(matrix: Rig) -> None:
    first = matrix.channel.send(a_post("One"), PNG)
    amends = a_post("Retracted", event=2, amends=first.id, picture=None)
    assert matrix.channel.find(amends) is None
    matrix.script[sending(amends.token)].append(Reply(502, {}))
    with pytest.raises(ChannelUnknown):
        matrix.channel.send(amends, None)
    assert matrix.channel.find(amends) is None
    matrix.channel.send(amends, None)
    assert matrix.channel.find(amends) == first


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_url": "http://matrix.example"},
        {"base_url": "https://u:p@matrix.example"},
        {"base_url": "matrix.example"},
        {"room": "#outages:matrix.example"},
        {"room": "!a/../b"},
        {"room": ""},
    ],
)
def test_a_strange_address_or_room_is_refused(wrong: dict[str, str]) -> None:
    told = {"base_url": "https://matrix.example", "token": "env:OW_TEST", "room": ROOM}
    MatrixConfig.model_validate(told)
    with pytest.raises(ValidationError):
        MatrixConfig.model_validate(told | wrong)
