"""What only the matrix channel does: text and picture are two marked events.

The mark of an event is the field `MARK_FIELD` in its content.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.channels.matrix import MARK_FIELD, MatrixConfig
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.ports import MultiPartChannel
from tests.contract.rigs.matrix import ROOM, ROOM_PATH, TOKEN, matrix_rig, send_path
from tests.contract.rigs.rig import PNG, Rig, VisiblePost, make_post
from tests.servers.local import Reply

PICTURE_PATH = send_path(f"{make_post('One').token}-picture")
WITH_PICTURE = VisiblePost("One", "Alt 1 ⚠", PNG, None)
WITHOUT_PICTURE = VisiblePost("One", None, None, None)


@pytest.fixture
def matrix(tmp_path: Path) -> Iterator[Rig]:
    for rig in matrix_rig(tmp_path):
        rig.post_path = send_path(make_post("One").token)
        yield rig


@pytest.fixture(autouse=True)
def secret_in_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OW_TEST", TOKEN)


def read_back(rig: Rig, post: Post) -> Receipt | None:
    """Look for `post` and send its missing parts, as the delivery worker does."""
    assert isinstance(rig.channel, MultiPartChannel)
    receipt = rig.channel.find(post)
    return None if receipt is None else rig.channel.complete(post, receipt)


@pytest.mark.parametrize(
    ("body", "headers", "retry_after"),
    [
        ({"retry_after_ms": 2500}, {}, timedelta(seconds=2.5)),
        ({"retry_after_ms": 2500}, {"Retry-After": "3"}, timedelta(seconds=2.5)),
        ({"retry_after_ms": "soon"}, {"Retry-After": "3"}, timedelta(seconds=3)),
        ({}, {}, None),
    ],
)
def test_rate_limit_answer_becomes_the_retry_delay(
    matrix: Rig, body: dict[str, object], headers: dict[str, str], retry_after: object
) -> None:
    error = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", **body}
    matrix.script[matrix.post_path].append(Reply(429, error, headers))
    with pytest.raises(ChannelUnavailable, match="M_LIMIT_EXCEEDED Too") as caught:
        matrix.channel.send(make_post("One"), None)
    assert caught.value.retry_after == retry_after


@pytest.mark.parametrize(
    ("status", "errcode", "advice"),
    [(401, "M_UNKNOWN_TOKEN", "log in"), (403, "M_FORBIDDEN", "join the room")],
)
def test_refusal_gives_advice(
    matrix: Rig, status: int, errcode: str, advice: str
) -> None:
    matrix.script[matrix.post_path].append(Reply(status, {"errcode": errcode}))
    with pytest.raises(ChannelRefused, match=f"{errcode}.*{advice}"):
        matrix.channel.send(make_post("One"), None)


def test_transaction_id_is_alphanumeric(matrix: Rig) -> None:
    post = make_post("One", key="IR-2026-0108.1/канал ?#", channel="канал ?#")
    token = matrix.channel.token(post)
    assert token.isascii()
    assert token.isalnum()
    assert token == matrix.channel.token(post) != matrix.channel.token(make_post("One"))


def test_same_transaction_id_makes_one_post(matrix: Rig) -> None:
    receipts = [matrix.channel.send(make_post("One"), PNG) for _ in range(2)]
    assert receipts[0] == receipts[1]
    assert matrix.visible_posts() == [WITH_PICTURE]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(503, {}),
        Reply(429, {}),
        Reply(200, {}, sent_share=0.0),
        Reply(200, b"<html>"),
    ],
)
def test_missing_picture_is_added_when_the_post_is_completed(
    matrix: Rig, reply: Reply
) -> None:
    matrix.script[PICTURE_PATH].append(reply)
    with pytest.raises(ChannelUnknown, match="the text is posted"):
        matrix.channel.send(make_post("One"), PNG)
    assert matrix.visible_posts() == [WITHOUT_PICTURE]
    completed = read_back(matrix, make_post("One"))
    assert matrix.visible_posts() == [WITH_PICTURE]
    assert completed == matrix.channel.find(make_post("One"))
    assert completed == read_back(matrix, make_post("One"))
    assert matrix.visible_posts() == [WITH_PICTURE]


def test_finding_a_post_sends_nothing(matrix: Rig) -> None:
    matrix.script[PICTURE_PATH].append(Reply(503, {}))
    with pytest.raises(ChannelUnknown):
        matrix.channel.send(make_post("One"), PNG)
    matrix.requests.clear()
    assert matrix.channel.find(make_post("One")) is not None
    assert {request.method for request in matrix.requests} == {"GET"}
    assert matrix.visible_posts() == [WITHOUT_PICTURE]


def test_deleted_text_gets_no_picture(matrix: Rig) -> None:
    matrix.script[PICTURE_PATH].append(Reply(503, {}))
    with pytest.raises(ChannelUnknown):
        matrix.channel.send(make_post("One"), PNG)
    receipt = matrix.channel.find(make_post("One"))
    assert receipt is not None
    assert isinstance(matrix.channel, MultiPartChannel)
    matrix.channel.remove(receipt)
    assert matrix.channel.complete(make_post("One"), receipt) == receipt
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
def test_picture_waits_if_the_text_cannot_be_read_back(
    matrix: Rig, reply: Reply, kind: type[Exception]
) -> None:
    matrix.script[PICTURE_PATH].append(Reply(503, {}))
    with pytest.raises(ChannelUnknown):
        matrix.channel.send(make_post("One"), PNG)
    matrix.script[f"{ROOM_PATH}/event/%241"].append(reply)
    with pytest.raises(kind):
        read_back(matrix, make_post("One"))
    assert matrix.visible_posts() == [WITHOUT_PICTURE]


def test_picture_refused_after_its_text_is_left_out(matrix: Rig) -> None:
    matrix.script[PICTURE_PATH].append(Reply(413, {"errcode": "M_TOO_LARGE"}))
    matrix.channel.send(make_post("One"), PNG)
    assert matrix.visible_posts() == [WITHOUT_PICTURE]


def test_picture_is_left_out_after_three_failures(matrix: Rig) -> None:
    matrix.script[PICTURE_PATH].extend([Reply(503, {})] * 3)
    with pytest.raises(ChannelUnknown):
        matrix.channel.send(make_post("One"), PNG)
    with pytest.raises(ChannelUnavailable):
        read_back(matrix, make_post("One"))
    assert read_back(matrix, make_post("One")) is not None
    assert matrix.visible_posts() == [WITHOUT_PICTURE]


def test_post_is_removed_with_its_picture(matrix: Rig) -> None:
    receipt = matrix.channel.send(make_post("One"), PNG)
    matrix.requests.clear()
    matrix.channel.remove(receipt)
    redacted = [
        request.path.split("/redact/")[1].split("/")[0] for request in matrix.requests
    ]
    assert redacted == ["%242", "%241"]
    assert not matrix.visible_posts()


def test_post_is_found_on_a_later_page(matrix: Rig) -> None:
    sent = matrix.channel.send(make_post("One"), None)
    for number in range(2, 150):
        post = make_post(f"Other {number}", event=number, picture=None)
        matrix.channel.send(post, None)
    matrix.requests.clear()
    assert matrix.channel.find(make_post("One")) == sent
    assert matrix.channel.find(make_post("Never", event=999)) is None
    pages = [
        request for request in matrix.requests if request.path.endswith("/messages")
    ]
    assert [request.query.get("from") for request in pages] == [
        None,
        "100",
        None,
        "100",
    ]


def test_search_ends_at_the_parent_of_the_reply(matrix: Rig) -> None:
    for number in range(1, 150):
        matrix.channel.send(make_post(f"{number}", event=number, picture=None), None)
    last = matrix.channel.send(make_post("The last", event=150), PNG)
    matrix.requests.clear()
    unsent = make_post("Never", event=151, reply_to=last.id)
    assert matrix.channel.find(unsent) is None
    assert [request.path.split("/")[-1] for request in matrix.requests] == [
        "whoami",
        "messages",
    ]


def test_message_of_another_sender_with_our_mark_is_ignored(matrix: Rig) -> None:
    mark = {"key": make_post("One").key, "part": "words"}
    event = {"event_id": "$9", "content": {"body": "One", MARK_FIELD: mark}}
    foreign_events = [{**event, "sender": "@other:matrix.example"}, event]
    path = matrix.read_back_paths[-1]
    matrix.script[path].append(Reply(200, {"chunk": foreign_events}))
    assert matrix.channel.find(make_post("One")) is None


@pytest.mark.parametrize(
    "reply", [Reply(503, {}), Reply(429, {}), Reply(200, b"<html>")]
)
def test_reply_stays_in_its_thread_if_the_root_is_unreadable(
    matrix: Rig, reply: Reply
) -> None:
    first = matrix.channel.send(make_post("One"), None)
    matrix.script[f"{ROOM_PATH}/event/%241"].append(reply)
    post = make_post("Two", event=2, reply_to=first.id, root=first.id, picture=None)
    matrix.channel.send(post, None)
    assert matrix.visible_posts()[1] == VisiblePost("Two", None, None, first.id)


def test_text_of_a_deleted_post_is_not_replaced(matrix: Rig) -> None:
    first = matrix.channel.send(make_post("One"), PNG)
    matrix.channel.remove(first)
    edit = make_post("Retracted", event=2, amends=first.id, picture=None)
    with pytest.raises(ChannelRefused, match="was deleted"):
        matrix.channel.send(edit, None)
    assert not matrix.visible_posts()


def test_edit_is_found_by_its_own_key(matrix: Rig) -> None:
    first = matrix.channel.send(make_post("One"), PNG)
    edit = make_post("Retracted", event=2, amends=first.id, picture=None)
    assert matrix.channel.find(edit) is None
    matrix.script[send_path(edit.token)].append(Reply(502, {}))
    with pytest.raises(ChannelUnknown):
        matrix.channel.send(edit, None)
    assert matrix.channel.find(edit) is None
    matrix.channel.send(edit, None)
    assert matrix.channel.find(edit) == first


@pytest.mark.parametrize(
    "invalid",
    [
        {"base_url": "http://matrix.example"},
        {"base_url": "https://u:p@matrix.example"},
        {"base_url": "matrix.example"},
        {"room": "#outages:matrix.example"},
        {"room": "!a/../b"},
        {"room": ""},
    ],
)
def test_invalid_address_or_room_is_refused(invalid: dict[str, str]) -> None:
    valid = {"base_url": "https://matrix.example", "token": "env:OW_TEST", "room": ROOM}
    MatrixConfig.model_validate(valid)
    with pytest.raises(ValidationError):
        MatrixConfig.model_validate(valid | invalid)
