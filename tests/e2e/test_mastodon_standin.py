"""The mastodon channel against the stand-in, which is itself checked with Mastodon.py."""

import io
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import mastodon
import PIL.Image
import pytest
import requests
from pydantic import SecretStr

from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.clock import StillClock, SystemClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post
from bot.model.draft import Picture
from tests.contract.rigs.rig import AT, make_post
from tests.servers.mastodon_standin import TOKEN, MastodonStandIn

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = pytest.mark.servers

ALT = "Line chart: bgp falls from 100 percent · «الشبكة» 🇰🇿"


def png(width: int = 40) -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (width, 30), "white").save(out, "PNG")
    return out.getvalue()


PICTURE = Picture("c.png", "image/png", 40, 30, sha256(png()).hexdigest(), ALT)


def make_test_post(text: str, event: int = 1, **changes) -> Post:
    defaults = {"token": f"IR-2026-0108.{event}/one", "picture": PICTURE, **changes}
    fields: dict[str, Any] = defaults
    return make_post(text, event=event, **fields)


def make_channel(
    standin: MastodonStandIn, timeout_s: float = 5, **more
) -> MastodonChannel:
    required = {"base_url": standin.base_url, "token": SecretStr(TOKEN)}
    timeout = timedelta(seconds=timeout_s)
    config = MastodonConfig.model_validate({**required, "timeout": timeout, **more})
    return MastodonChannel("one", config, SystemClock())


def make_reader(standin: MastodonStandIn, token: str = TOKEN) -> mastodon.Mastodon:
    return mastodon.Mastodon(
        access_token=token,
        api_base_url=standin.base_url,
        ratelimit_method="throw",
        request_timeout=10,
        version_check_mode="none",
    )


@pytest.fixture
def reader(mastodon_standin: MastodonStandIn) -> mastodon.Mastodon:
    """Mastodon.py, a third-party client, with the token of the same account."""
    return make_reader(mastodon_standin)


# The channel, read back with Mastodon.py


def test_thread_with_a_warning_is_shown_as_it_was_sent(
    mastodon_standin: MastodonStandIn, reader: mastodon.Mastodon
) -> None:
    channel = make_channel(mastodon_standin, content_warning="Outage", lang="fa")
    first = channel.send(make_test_post("Confirmed: #Iran at 2%", lang="fa"), png())
    second = channel.send(
        make_test_post("Update: 1%", 2, reply_to=first.id, lang="fa"), png()
    )
    earlier, later = (reader.status(receipt.id) for receipt in (first, second))
    assert (earlier["spoiler_text"], earlier["sensitive"], earlier["language"]) == (
        "Outage",
        True,
        "fa",
    )
    assert str(later["in_reply_to_id"]) == first.id
    assert [m["description"] for m in earlier["media_attachments"]] == [ALT]
    assert earlier["visibility"] == "public"


def test_limits_come_from_the_newest_api(mastodon_standin: MastodonStandIn) -> None:
    outlet = make_channel(mastodon_standin).outlet()
    assert (outlet.limit, outlet.url_length, outlet.alt_limit) == (500, 23, 1500)
    assert [request.path for request in mastodon_standin.requests] == [
        "/api/v2/instance"
    ]


def test_post_of_maximum_length_is_sent_and_a_longer_one_refused(
    mastodon_standin: MastodonStandIn,
) -> None:
    channel = make_channel(mastodon_standin, content_warning="Outage")
    link = "https://outagewire.example.org/i/IR-2026-0108/?a=long"
    remaining = channel.outlet().limit - 23 - 1
    channel.send(make_test_post(f"{'👩‍👩‍👧' * remaining} {link}"), None)
    with pytest.raises(ChannelRefused, match="character limit"):
        channel.send(make_test_post(f"{'x' * (remaining + 1)} {link}", 2), None)


@pytest.mark.parametrize("fault", ["answer-lost", "503-after", "reset"])
def test_post_with_a_lost_answer_is_found_and_exists_once(
    mastodon_standin: MastodonStandIn, fault: str
) -> None:
    channel = make_channel(mastodon_standin)
    mastodon_standin.fail_next(fault)
    with pytest.raises(ChannelUnknown):
        channel.send(
            make_test_post("Confirmed: lost, see https://example.org/a?b=1&c=2"), png()
        )
    (status,) = mastodon_standin.statuses
    receipt = channel.find(
        make_test_post("Confirmed: lost, see https://example.org/a?b=1&c=2")
    )
    assert receipt is not None
    assert receipt.id == status.id


@pytest.mark.parametrize("fault", ["slow", "slow-body"])
def test_late_answer_leaves_the_delivery_unknown(
    mastodon_standin: MastodonStandIn, fault: str
) -> None:
    mastodon_standin.slow_s = 1.0
    mastodon_standin.fail_next(fault)
    with pytest.raises(ChannelUnknown):
        make_channel(mastodon_standin, timeout_s=0.3).send(
            make_test_post("Confirmed."), None
        )
    assert len(mastodon_standin.statuses) == 1


def test_idempotency_key_expires_after_an_hour(
    mastodon_standin: MastodonStandIn,
) -> None:
    """A key expires, so the channel also looks for a post that may be published."""
    channel, now = make_channel(mastodon_standin), mastodon_standin.now()
    first = channel.send(make_test_post("Confirmed."), None)
    mastodon_standin.now = lambda: now + 3599
    assert channel.send(make_test_post("Confirmed."), None) == first
    mastodon_standin.now = lambda: now + 3601
    assert channel.find(make_test_post("Confirmed.")) == first
    assert channel.send(make_test_post("Confirmed."), None) != first


@pytest.mark.parametrize("fails", [False, True])
def test_slow_picture_is_awaited_and_left_out_if_it_fails(
    mastodon_standin: MastodonStandIn, fails: bool
) -> None:
    mastodon_standin.polls, mastodon_standin.fails = 2, fails
    config = make_channel(mastodon_standin)._config
    channel = MastodonChannel("one", config, StillClock(AT))
    channel.send(make_test_post("Confirmed."), png())
    (status,) = mastodon_standin.statuses
    assert len(status.media) == (0 if fails else 1)


def test_rate_limit_becomes_the_retry_delay(
    mastodon_standin: MastodonStandIn,
) -> None:
    channel = make_channel(mastodon_standin)
    mastodon_standin.fail_next("429")
    with pytest.raises(ChannelUnavailable) as caught:
        channel.send(make_test_post("Confirmed."), None)
    retry_after = caught.value.retry_after
    assert retry_after is not None
    assert timedelta(0) < retry_after <= timedelta(minutes=5)


def test_text_does_not_wait_for_the_rate_limit_of_pictures(
    mastodon_standin: MastodonStandIn,
) -> None:
    """After thirty pictures in half an hour, posts are sent without their pictures."""
    channel = make_channel(mastodon_standin)
    mastodon_standin.now = lambda: 1_800_000_000.0
    for number in range(1, 33):
        channel.send(make_test_post(f"Update {number}", number), png())
    pictured = [bool(status.media) for status in mastodon_standin.statuses]
    assert pictured == [True] * 30 + [False] * 2


def test_revoked_token_is_refused_with_advice(
    mastodon_standin: MastodonStandIn,
) -> None:
    mastodon_standin.fail_next("401")
    with pytest.raises(ChannelRefused, match="revoked; the token is not valid"):
        make_channel(mastodon_standin).send(make_test_post("Confirmed."), None)


def test_edit_changes_only_the_text_and_only_once(
    mastodon_standin: MastodonStandIn, reader: mastodon.Mastodon
) -> None:
    channel = make_channel(mastodon_standin, content_warning="Outage", lang="fa")
    first = channel.send(make_test_post("Confirmed.", lang="fa"), png())
    before = reader.status(first.id)
    edit = make_test_post("Retracted.", 2, amends=first.id, picture=None)
    for _ in range(3):
        assert channel.send(edit, None) == first
    after = reader.status(first.id)
    assert after["content"] == "<p>Retracted.</p>"
    for name in ("media_attachments", "spoiler_text", "sensitive", "language", "url"):
        assert after[name] == before[name], name
    assert mastodon_standin.statuses[0].edits == 1


@pytest.mark.parametrize("fault", ["answer-lost", "503-after", "503"])
def test_edit_with_a_lost_answer_is_sent_again(
    mastodon_standin: MastodonStandIn, fault: str
) -> None:
    channel = make_channel(mastodon_standin)
    first = channel.send(make_test_post("Confirmed."), png())
    edit = make_test_post("Retracted.", 2, amends=first.id, picture=None)
    mastodon_standin.fail_next(fault, f"/api/v1/statuses/{first.id}", "PUT")
    with pytest.raises(ChannelUnknown):
        channel.send(edit, None)
    assert channel.find(edit) is None
    assert channel.send(edit, None) == first
    (status,) = mastodon_standin.statuses
    assert (status.text, status.edits, len(status.media)) == ("Retracted.", 1, 1)


def test_test_post_is_private_and_can_be_removed(
    mastodon_standin: MastodonStandIn, reader: mastodon.Mastodon
) -> None:
    channel = make_channel(mastodon_standin)
    sent = channel.send(make_test_post("A test.", private=True), png())
    assert reader.status(sent.id)["visibility"] == "direct"
    for _ in range(2):
        channel.remove(sent)
    with pytest.raises(mastodon.MastodonNotFoundError):
        reader.status(sent.id)


# The stand-in itself, checked with Mastodon.py


def test_mastodon_py_works_with_the_stand_in(
    mastodon_standin: MastodonStandIn, reader: mastodon.Mastodon
) -> None:
    limits = reader.instance_v2()["configuration"]
    assert limits["statuses"]["max_characters"] == 500
    media = reader.media_post(png(), "image/png", description=ALT)
    status = reader.status_post(
        "Confirmed: #Iran",
        media_ids=[media],
        spoiler_text="Outage",
        visibility="unlisted",
        language="fa",
        idempotency_key="one",
    )
    repeated = reader.status_post("Confirmed: #Iran", idempotency_key="one")
    assert repeated["id"] == status["id"]
    assert status["media_attachments"][0]["description"] == ALT
    reply = reader.status_post("Update", in_reply_to_id=status["id"])
    statuses = reader.account_statuses(reader.me()["id"])
    assert [status["id"] for status in statuses] == [reply["id"], status["id"]]


def test_mastodon_py_edits_and_deletes_statuses(
    mastodon_standin: MastodonStandIn, reader: mastodon.Mastodon
) -> None:
    media = reader.media_post(png(), "image/png", description=ALT)
    status = reader.status_post("One", media_ids=[media], spoiler_text="Outage")
    alt = reader.generate_media_edit_attributes(media["id"], "Another alt text")
    edited = reader.status_update(status["id"], "Two", media_attributes=[alt])
    assert edited["media_attachments"][0]["description"] == "Another alt text"
    assert edited["edited_at"] is not None
    assert edited["spoiler_text"] == ""  # not passed to the update
    without_media = reader.status_update(status["id"], "Three")
    assert without_media["media_attachments"] == []
    assert reader.status_delete(status["id"])["text"] == "Three"
    with pytest.raises(mastodon.MastodonNotFoundError):
        reader.status_delete(status["id"])


def test_mastodon_py_sees_pictures_being_processed(
    mastodon_standin: MastodonStandIn, reader: mastodon.Mastodon
) -> None:
    mastodon_standin.polls = 1
    media = reader.media_post(png(), "image/png")
    assert media["url"] is None
    with pytest.raises(mastodon.MastodonAPIError, match="processed"):
        reader.status_post("Too early", media_ids=[media])
    assert reader.media(media)["url"] is None
    assert reader.media(media)["url"]
    reader.status_post("In time", media_ids=[media])
    with pytest.raises(mastodon.MastodonAPIError, match="already attached"):
        reader.status_post("Again", media_ids=[media])


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"status": "x" * 501}, mastodon.MastodonAPIError),
        ({"status": " "}, mastodon.MastodonAPIError),
        ({"status": "x", "media_ids": ["77"]}, mastodon.MastodonAPIError),
        ({"status": "x", "in_reply_to_id": "77"}, mastodon.MastodonNotFoundError),
        ({"status": "x" * 490, "spoiler_text": "y" * 11}, mastodon.MastodonAPIError),
    ],
)
def test_stand_in_refuses_what_mastodon_refuses(
    mastodon_standin: MastodonStandIn,
    reader: mastodon.Mastodon,
    fields: dict[str, object],
    error: type[Exception],
) -> None:
    with pytest.raises(error):
        reader.status_post(**fields)
    assert not mastodon_standin.statuses


def test_stand_in_checks_pictures(reader: mastodon.Mastodon) -> None:
    for data, mime, alt in (
        (b"no picture", "image/png", ""),
        (png(), "application/pdf", ""),
        (png(), "image/png", "x" * 1501),
    ):
        with pytest.raises(mastodon.MastodonAPIError, match="Validation failed"):
            reader.media_post(data, mime, description=alt)


def test_stand_in_refuses_unknown_fields(mastodon_standin: MastodonStandIn) -> None:
    url = f"{mastodon_standin.base_url}/api/v1/statuses"
    headers = {"Authorization": f"Bearer {TOKEN}"}
    for form in (True, False):
        fields = {"status": "x", "sttus": "y"}
        body = {"data": fields} if form else {"json": fields}
        answer = requests.post(url, headers=headers, timeout=5, **body)  # type: ignore[arg-type] # form or JSON
        assert (answer.status_code, "unknown" in answer.text) == (422, True)


def test_stand_in_refuses_other_tokens(
    mastodon_standin: MastodonStandIn,
) -> None:
    with pytest.raises(mastodon.MastodonUnauthorizedError):
        make_reader(mastodon_standin, "strange").status_post("One")


def test_stand_in_enforces_its_rate_limit(
    mastodon_standin: MastodonStandIn, reader: mastodon.Mastodon
) -> None:
    mastodon_standin.now = lambda: 1_800_000_000.0
    for number in range(300):
        reader.status_post(f"{number}")
    with pytest.raises(mastodon.MastodonRatelimitError):
        reader.status_post("One more")
    mastodon_standin.now = lambda: 1_800_000_301.0
    reader.status_post("One more")
    assert len(mastodon_standin.statuses) == 301


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("429", mastodon.MastodonRatelimitError),
        ("401", mastodon.MastodonUnauthorizedError),
        ("503", mastodon.MastodonServiceUnavailableError),
        ("answer-lost", mastodon.MastodonNetworkError),
        ("reset", mastodon.MastodonNetworkError),
    ],
)
def test_third_party_client_recognizes_the_faults(
    mastodon_standin: MastodonStandIn,
    reader: mastodon.Mastodon,
    fault: str,
    error: type[Exception],
) -> None:
    mastodon_standin.fail_next(fault)
    with pytest.raises(error):
        reader.status_post("One")
    is_posted = fault in {"answer-lost", "reset"}
    assert len(mastodon_standin.statuses) == (1 if is_posted else 0)


def test_posts_of_two_events_are_separate(mastodon_standin: MastodonStandIn) -> None:
    channel = make_channel(mastodon_standin)
    receipt = channel.send(make_test_post("Confirmed."), None)
    other = replace(make_test_post("Confirmed again."), token="IR-2026-0108.2/one")
    assert channel.send(other, None) != receipt
