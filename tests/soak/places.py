"""The places that a test of restored stores posts to, and what readers see there."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx

from bot.channels.shared.read_back import normalized_html_text
from tests.contract.rigs.webhook import SECRET, Subscriber
from tests.servers.local import LocalServer, ReceivedRequest, Reply
from tests.servers.ntfy import TOPIC, Ntfy
from tests.servers.pds import Pds
from tests.servers.proxy import forward
from tests.servers.reading import posts_of, reader_of
from tests.servers.smtp import Mailbox
from tests.servers.snac import Snac
from tests.servers.synapse import Synapse
from tests.servers.telegram_standin import TOKEN as TELEGRAM_TOKEN
from tests.servers.telegram_standin import TelegramStandIn
from tests.servers.x_standin import KEYS, XStandIn

_TIMEOUT, _SLOW_S = "5s", 5.5
_PUBLISHING = re.compile(
    r"/api/v1/statuses$|/2/tweets$|/send(Photo|Message)$|putRecord$"
    r"|/send/m\.room\.message/|^/hook$|^/desk$"
)


@dataclass(frozen=True)
class Shown:
    """A post as a reader of the place sees it; `parent`: the id of what it replies to."""

    id: str
    text: str
    parent: str | None = None


@dataclass
class Place:
    """A channel, and its server.

    Attributes:
        name: the channel's name.
        section: the channel's section of the configuration.
        shown: what readers see there now, oldest first.
        searchable: whether the program can look there for its posts.
        threads: whether the place shows what a post replies to.
        set_network: makes the network to the server `open`, `down` or `slow`, or lets it
            lose the answers to what is published (`lossy`).
        secrets: the environment variables that the section names.
        stop: stops what was started for this place alone.
    """

    name: str
    section: dict[str, Any]
    shown: Callable[[], list[Shown]]
    set_network: Callable[[str], None]
    searchable: bool = True
    threads: bool = True
    secrets: dict[str, str] = field(default_factory=dict)
    stop: Callable[[], None] = lambda: None


class Network:
    """A proxy in front of an HTTP server; the network behind it can fail."""

    def __init__(self, to: str | Callable[[ReceivedRequest], Reply]) -> None:
        self._to = to
        self.state = "open"
        self.server = LocalServer(self._answer)

    def set_state(self, state: str) -> None:
        """Make the network open, down, slow or lossy."""
        self.state = state

    def _answer(self, request: ReceivedRequest) -> Reply:
        if self.state == "down":
            return Reply(sent_share=0.0)
        if self.state == "slow":
            time.sleep(_SLOW_S)
        answer = (
            forward(self._to, request)
            if isinstance(self._to, str)
            else self._to(request)
        )
        publishes = request.method != "GET" and _PUBLISHING.search(request.path)
        if self.state == "lossy" and publishes:
            return Reply(sent_share=0.0)
        return answer


def mastodon_place(snac: Snac) -> Place:
    """Return an account on snac."""
    network, reader = Network(snac.base_url), reader_of(snac)
    me = reader.account_verify_credentials()["id"]

    def shown() -> list[Shown]:
        page = reader.account_statuses(me, limit=40)
        return [
            Shown(
                str(s["id"]),
                normalized_html_text(s["content"]),
                str(s["in_reply_to_id"]) if s["in_reply_to_id"] else None,
            )
            for s in page[::-1]
        ]

    section = {
        "kind": "mastodon",
        "base_url": network.server.base_url,
        "token": "env:PLACE_MASTODON",
        "timeout": _TIMEOUT,
    }
    secrets = {"PLACE_MASTODON": snac.token}
    stop = network.server.stop
    return Place("masto", section, shown, network.set_state, secrets=secrets, stop=stop)


def bluesky_place(pds: Pds, name: str) -> Place:
    """Return a new account on the PDS."""
    network, account = Network(pds.base_url), pds.account(name)

    def shown() -> list[Shown]:
        posts = posts_of(pds, account.did)
        return [
            Shown(
                key,
                post.text,
                f"{post.reply.parent.uri} {post.reply.parent.cid}"
                if post.reply
                else None,
            )
            for key, post in posts.items()
        ]

    section = {
        "kind": "bluesky",
        "base_url": network.server.base_url,
        "handle": account.handle,
        "app_password": "env:PLACE_BLUESKY",
        "timeout": _TIMEOUT,
    }
    secrets = {"PLACE_BLUESKY": account.app_password}
    stop = network.server.stop
    return Place("bsky", section, shown, network.set_state, secrets=secrets, stop=stop)


def matrix_place(synapse: Synapse, name: str) -> Place:
    """Return a new account in a new room on Synapse."""
    network, member = Network(synapse.base_url), synapse.register(name)
    room = synapse.room(member, name)

    def shown() -> list[Shown]:
        answer = httpx.get(
            f"{synapse.base_url}/_matrix/client/v3/rooms/{room}/messages",
            params={"dir": "b", "limit": "100"},
            headers={"Authorization": f"Bearer {member.token}"},
        )
        texts = [
            event
            for event in answer.raise_for_status().json()["chunk"][::-1]
            if event["content"].get("msgtype") == "m.text"
        ]
        return [
            Shown(event["event_id"], event["content"]["body"], _matrix_parent(event))
            for event in texts
        ]

    section = {
        "kind": "matrix",
        "base_url": network.server.base_url,
        "token": "env:PLACE_MATRIX",
        "room": room,
        "timeout": _TIMEOUT,
    }
    secrets = {"PLACE_MATRIX": member.token}
    stop = network.server.stop
    return Place("room", section, shown, network.set_state, secrets=secrets, stop=stop)


def _matrix_parent(event: dict[str, Any]) -> str | None:
    relation = event["content"].get("m.relates_to", {})
    parent = relation.get("m.in_reply_to", {}).get("event_id")
    return None if parent is None else str(parent)


def x_place() -> Place:
    """Return an account on a new stand-in for X."""
    standin = XStandIn().start()
    network = Network(standin.base_url)

    def shown() -> list[Shown]:
        return [Shown(t.id, t.sent, t.reply_to) for t in standin.tweets]

    def stop() -> None:
        network.server.stop()
        standin.stop()

    keys = {name: f"env:PLACE_X_{name.upper()}" for name in KEYS}
    section = {
        "kind": "x",
        "api_base": network.server.base_url,
        "timeout": _TIMEOUT,
        **keys,
    }
    secrets = {f"PLACE_X_{name.upper()}": value for name, value in KEYS.items()}
    return Place("x", section, shown, network.set_state, secrets=secrets, stop=stop)


def telegram_place() -> Place:
    """Return a channel on a new stand-in for Telegram, which bots cannot read."""
    standin = TelegramStandIn().start()
    network = Network(standin.base_url)

    def shown() -> list[Shown]:
        return [
            Shown(str(m.id), m.text, str(m.reply_to) if m.reply_to else None)
            for m in standin.messages
        ]

    def stop() -> None:
        network.server.stop()
        standin.stop()

    section = {
        "kind": "telegram",
        "base_url": network.server.base_url,
        "token": "env:PLACE_TELEGRAM",
        "chat": "@outages",
        "timeout": _TIMEOUT,
    }
    secrets = {"PLACE_TELEGRAM": TELEGRAM_TOKEN}
    return Place(
        "tg",
        section,
        shown,
        network.set_state,
        searchable=False,
        secrets=secrets,
        stop=stop,
    )


def webhook_place() -> Place:
    """Return a subscriber that checks signatures and ignores repeated ids."""
    subscriber = Subscriber()
    network = Network(subscriber.answer)

    def shown() -> list[Shown]:
        messages = subscriber.messages.values()
        return [Shown(m["id"], m["text"], m["reply_to"]) for m in messages]

    section = {
        "kind": "webhook",
        "url": f"{network.server.base_url}/hook",
        "secret": "env:PLACE_WEBHOOK",
        "allow_local": True,
        "timeout": _TIMEOUT,
    }
    secrets = {"PLACE_WEBHOOK": SECRET}
    stop = network.server.stop
    return Place("hook", section, shown, network.set_state, secrets=secrets, stop=stop)


def file_place(home: Path) -> Place:
    """Return a file; while its network is down or slow, nothing can be opened there.

    In its place is a link to itself. A folder would not do: the program refuses to start
    with a folder where a file belongs.
    """
    path, aside = home / "posts.jsonl", home / "posts.aside"

    def shown() -> list[Shown]:
        lines = path.read_text("utf-8").splitlines() if path.is_file() else []
        posts = [json.loads(line) for line in lines]
        return [Shown(f"{p['event']}/wire", p["text"], p["in_reply_to"]) for p in posts]

    def set_network(state: str) -> None:
        if state in {"down", "slow"}:
            if path.is_file():
                path.rename(aside)
            if not path.is_symlink():
                path.symlink_to(path.name)
        elif path.is_symlink():
            path.unlink()
            if aside.exists():
                aside.rename(path)

    return Place("wire", {"kind": "file", "path": str(path)}, shown, set_network)


def mail_place(*, public: bool = True) -> Place:
    """Return a mailbox on a real mail server: a list's, or an editor's."""
    mailbox = Mailbox().start()

    def shown() -> list[Shown]:
        return [
            Shown(str(m["Message-ID"]), _words_of_email(m), m["In-Reply-To"])
            for m in mailbox.emails
        ]

    def set_network(state: str) -> None:
        mailbox.refusals.clear()
        if state in {"down", "slow"}:
            mailbox.refusals += [("MAIL", "hang up")] * 100
        if state == "lossy":
            mailbox.refusals += [("DATA", "hang up")] * 100

    section: dict[str, Any] = {
        "kind": "mail",
        "host": "127.0.0.1",
        "port": mailbox.port,
        "security": "none",
        "sender": "wire@outages.example",
        "to": ["news@lists.example"],
        "timeout": _TIMEOUT,
    }
    if public:
        section["list_id"] = "news.lists.example"
    return Place(
        "list" if public else "editors",
        section,
        shown,
        set_network,
        searchable=not public,
        threads=public,
        stop=mailbox.stop,
    )


def _words_of_email(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return f"{message['Subject']}\n{body.get_content() if body else ''}"


def ntfy_place(ntfy: Ntfy) -> Place:
    """Return the topic of the editors on ntfy."""
    network = Network(ntfy.base_url)

    def shown() -> list[Shown]:
        answer = httpx.get(
            f"{ntfy.base_url}/{TOPIC}/json?poll=1&since=all",
            headers={"Authorization": f"Bearer {ntfy.token}"},
        )
        lines = answer.raise_for_status().text.splitlines()
        messages = [json.loads(line) for line in lines]
        return [Shown(m["id"], f"{m.get('title')} {m['message']}") for m in messages]

    section = {
        "kind": "ntfy",
        "base_url": network.server.base_url,
        "topic": TOPIC,
        "token": "env:PLACE_NTFY",
        "timeout": _TIMEOUT,
    }
    secrets = {"PLACE_NTFY": ntfy.token}
    stop = network.server.stop
    return Place(
        "editors",
        section,
        shown,
        network.set_state,
        threads=False,
        secrets=secrets,
        stop=stop,
    )
