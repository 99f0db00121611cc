"""Channels with a refused picture, a replaced or encrypted room, or mail server limits."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.smtp import AuthResult
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot import bootstrap
from bot.channels.mail import MailChannel, MailConfig
from bot.clock import StillClock
from bot.config import loading as configuration
from bot.config.sections import Config
from bot.errors import BotError, ChannelRefused
from bot.model.delivery import Post
from tests import stories
from tests.contract.rigs.matrix import ROOM, TOKEN, MatrixMemory, matrix_rig
from tests.contract.rigs.rig import AT, PNG, Rig, make_post
from tests.contract.rigs.x import x_rig
from tests.contract.stored import queue_posts
from tests.servers.local import Reply
from tests.servers.smtp import PASSWORD, USER, Mailbox
from tests.servers.synapse import Member, Synapse

pytest_plugins = ["tests.servers.fixtures"]

TEXT = "Confirmed: something."


# X refuses a post for its picture, after accepting the upload


BAD_MEDIA = Reply(
    400,
    {
        "errors": [
            {
                "parameters": {"media.media_ids": ["1"]},
                "message": "Your media IDs are invalid.",
            }
        ],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": "https://api.twitter.com/2/problems/invalid-request",
    },
)


@pytest.fixture
def x(tmp_path: Path) -> Iterator[Rig]:
    for rig in x_rig(tmp_path):
        rig.script[rig.post_path].append(BAD_MEDIA)
        yield rig


def test_x_gets_the_text_alone_when_it_refuses_media(x: Rig) -> None:
    """P10: a refused post is certainly not published, so its text is sent alone."""
    receipt = x.channel.send(make_post(TEXT), PNG)
    assert x.visible_posts() == [x.expected_post(TEXT)]
    assert receipt.id == "1"


def test_a_picture_that_x_refuses_is_logged_as_a_warning(x: Rig) -> None:
    """P17, P19: the log has a warning that names the post."""
    with capture_logs() as logs:
        x.channel.send(make_post(TEXT), PNG)
    warnings = [entry for entry in logs if entry["log_level"] == "warning"]
    assert any(make_post(TEXT).key in str(entry) for entry in warnings)


# A Matrix room that was replaced, or is encrypted


NEW_ROOM = "!new:matrix.example"
TOMBSTONE = {"body": "This room has been replaced", "replacement_room": NEW_ROOM}
ENCRYPTION = {"algorithm": "m.megolm.v1.aes-sha2"}


def matrix_config(folder: Path, base_url: str, room: str, token: str) -> Config:
    """Return a configuration whose only channel is a Matrix room."""
    section = {"kind": "matrix", "base_url": base_url, "room": room, "token": token}
    recording = stories.blackout(folder / "recording")
    return stories.publishing_config(folder, recording, {"room": section}, history="7d")


def outcome_of_post(config: Config) -> str:
    """Queue a post and run one tick.

    Return a text: the delivery's note, or else the error, followed by the log.
    """
    with capture_logs() as logs:
        try:
            note = note_after_tick(config)
        except BotError as error:
            note = str(error)
    return f"{note} {logs}"


def note_after_tick(config: Config) -> str:
    application = bootstrap.build_live(
        config, StillClock(stories.FALL), bootstrap.BackfillProgress()
    )
    try:
        application.runner.open()
        (key,) = queue_posts(application.store, "room")
        application.runner.tick()
        return next(
            delivery.note
            for delivery in application.store.deliveries.all()
            if delivery.post.key == key
        )
    finally:
        application.store.close()


@pytest.fixture
def memory() -> MatrixMemory:
    return MatrixMemory()


@pytest.fixture
def room(
    tmp_path: Path, memory: MatrixMemory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Config]:
    """A configuration that posts to the room in `memory`."""
    monkeypatch.setenv("MATRIX_TOKEN", TOKEN)
    for rig in matrix_rig(tmp_path, memory):
        base_url = rig.config.model_dump()["base_url"]
        yield matrix_config(tmp_path, base_url, ROOM, "env:MATRIX_TOKEN")


def test_a_room_that_is_in_use_gets_the_post(
    room: Config, memory: MatrixMemory
) -> None:
    """A room without the faults of the next two tests gets the post."""
    outcome_of_post(room)
    assert len(memory.visible_posts()) == 1


def test_nothing_is_posted_to_a_room_that_was_replaced(
    room: Config, memory: MatrixMemory
) -> None:
    """P10, P19: nobody reads the old room, and the note must name the new one."""
    memory.state["m.room.tombstone"] = TOMBSTONE
    outcome = outcome_of_post(room)
    assert memory.events == []
    assert NEW_ROOM in outcome


def test_nothing_is_posted_unencrypted_to_an_encrypted_room(
    room: Config, memory: MatrixMemory
) -> None:
    """P16: config.example.toml asks for an unencrypted room."""
    memory.state["m.room.encryption"] = ENCRYPTION
    outcome = outcome_of_post(room)
    assert memory.events == []
    assert "encrypt" in outcome


@dataclass
class RealRoom:
    """A room on a real server, the room's owner, and the account `wire` that posts."""

    synapse: Synapse
    owner: Member
    wire: Member
    room: str

    def put_state(self, kind: str, content: dict[str, Any]) -> None:
        path = f"/_matrix/client/v3/rooms/{self.room}/state/{kind}"
        self.request(self.owner, "PUT", path, content)

    def make_wire_moderator(self) -> None:
        """Make `wire` a moderator, who can still write in a room that was replaced."""
        path = f"/_matrix/client/v3/rooms/{self.room}/state/m.room.power_levels"
        levels = self.request(self.owner, "GET", path)
        levels["users"][self.wire.user] = 50
        self.request(self.owner, "PUT", path, levels)

    def upgrade(self) -> str:
        """Replace the room; return the id of the new one."""
        path = f"/_matrix/client/v3/rooms/{self.room}/upgrade"
        answer = self.request(self.owner, "POST", path, {"new_version": "10"})
        return str(answer["replacement_room"])

    def request(
        self, member: Member, method: str, path: str, body: object = None
    ) -> dict[str, Any]:
        answer = httpx.request(
            method,
            self.synapse.base_url + path,
            headers={"Authorization": f"Bearer {member.token}"},
            json=body,
            timeout=30,
        )
        content: dict[str, Any] = answer.raise_for_status().json()
        return content


@pytest.fixture(scope="module")
def accounts(synapse: Synapse) -> tuple[Member, Member]:
    return synapse.register("room-owner"), synapse.register("room-moderator")


@pytest.fixture
def real_room(synapse: Synapse, accounts: tuple[Member, Member]) -> RealRoom:
    owner, wire = accounts
    room = RealRoom(synapse, owner, wire, synapse.room(owner, "Outages"))
    room.request(wire, "POST", f"/_matrix/client/v3/join/{room.room}", {})
    room.make_wire_moderator()
    return room


def failure_of_test_post(
    real_room: RealRoom, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Return the result of the first step of `post-test` that failed; "" if none did."""
    monkeypatch.setenv("MATRIX_TOKEN", real_room.wire.token)
    config = configuration.check_values(
        {
            "store": {"path": str(folder / "wire.db")},
            "sources": {"recording": {"folder": str(folder)}},
            "channels": {
                "room": {
                    "kind": "matrix",
                    "base_url": real_room.synapse.base_url,
                    "room": real_room.room,
                    "token": "env:MATRIX_TOKEN",
                }
            },
        },
        "a test",
    )
    try:
        steps = list(bootstrap.channel_check(config, "room"))
    except BotError as error:
        return str(error)
    return next((step.result for step in steps if step.failed), "")


@pytest.mark.servers
def test_a_test_post_names_the_replacement_room(
    real_room: RealRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P19: Synapse lets a moderator write in the old room, so `post-test` must notice."""
    new = real_room.upgrade()
    assert new in failure_of_test_post(real_room, tmp_path, monkeypatch)


@pytest.mark.servers
def test_a_test_post_is_refused_in_an_encrypted_room(
    real_room: RealRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P16: `post-test` reports the encryption of a room on Synapse."""
    real_room.put_state("m.room.encryption", ENCRYPTION)
    assert "encrypt" in failure_of_test_post(real_room, tmp_path, monkeypatch)


# A mail server without a known login mechanism, or with a size limit


class TokenMailbox(Mailbox):
    """An SMTP server whose only login mechanism needs a token (XOAUTH2)."""

    async def auth_XOAUTH2(  # noqa: N802 - the library's name
        self, server: object, words: list[str]
    ) -> AuthResult:
        return AuthResult(success=False, handled=False)


def mail_channel(mailbox_server: Mailbox, **login: object) -> MailChannel:
    fields = {
        "host": "127.0.0.1",
        "port": mailbox_server.port,
        "security": "none",
        "sender": "wire@outages.example",
        "to": ("desk@news.example",),
        "timeout": timedelta(seconds=5),
    }
    config = MailConfig.model_validate(fields | login)
    return MailChannel("one", config, StillClock(AT))


def make_post_with_token(channel: MailChannel) -> Post:
    post = make_post("Confirmed: something\n\nBody text.")
    return replace(post, token=channel.token(post))


@pytest.mark.servers
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_mail_server_without_a_known_login_method_refuses() -> None:
    """P19: retries cannot help here, so the e-mail is refused and a person must act."""
    mailbox_server = TokenMailbox(login=True, missing_mechanisms=("LOGIN", "PLAIN"))
    mailbox_server.start()
    channel = mail_channel(mailbox_server, user=USER, password=SecretStr(PASSWORD))
    try:
        with pytest.raises(ChannelRefused, match="log in"):
            channel.send(make_post_with_token(channel), PNG)
    finally:
        mailbox_server.stop()


@pytest.mark.servers
def test_an_email_that_is_too_large_is_sent_without_its_picture(
    mailbox: Mailbox,
) -> None:
    """P10: an e-mail that is too large is sent again without its picture."""
    mailbox.refusals = [("DATA", "552 5.3.4 Message size exceeds fixed limit")]
    channel = mail_channel(mailbox)
    receipt = channel.send(make_post_with_token(channel), PNG)
    (message,) = mailbox.emails
    assert message["Message-ID"] == receipt.id
    kinds = {part.get_content_type() for part in message.walk()}
    assert kinds == {"multipart/alternative", "text/plain", "text/html"}
