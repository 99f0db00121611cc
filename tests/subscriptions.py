"""Subscriptions on disk, with the parts that tests of readers need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.channels.readers import ReadersChannel, ReadersConfig
from bot.clock import StillClock
from bot.model.delivery import Post, PostSubject
from bot.model.entity import Entity, parse_entity
from bot.model.incident import EventKind
from bot.model.verdict import Severity
from bot.places import load_register
from bot.subscriptions.choices import Choice
from bot.subscriptions.database import SubscriptionFile
from bot.subscriptions.file_check import FileCheck
from bot.subscriptions.letters import ReaderTexts
from bot.subscriptions.limits import RequestCounter, RequestLimits
from bot.subscriptions.mailing import ReaderMailing
from bot.subscriptions.messages import MessageStore
from bot.subscriptions.readers import ReaderStore, Subscriber
from bot.subscriptions.service import SubscriptionParts, SubscriptionService
from bot.subscriptions.tokens import SubscriptionKeys
from bot.text.translations import environment, templates_root

AT = datetime(2026, 1, 8, 16, 30, tzinfo=UTC)
KEY = "5b1f" * 16
SITE = "https://wire.example.org"
KZ, IR = parse_entity("country:KZ"), parse_entity("country:IR")
ADDRESS = "ada@readers.example"


@dataclass
class Subscriptions:
    """A file of subscriptions in a folder, and what works on it."""

    folder: Path
    clock: StillClock = field(default_factory=lambda: StillClock(AT))
    limits: RequestLimits = field(default_factory=RequestLimits)
    is_paused: Callable[[str], bool] = lambda _name: False
    is_retracted: Callable[[str], bool] = lambda _incident: False
    check: FileCheck | None = None

    def __post_init__(self) -> None:
        self.path = self.folder / "readers.db"
        self.file = SubscriptionFile(self.path)
        self.file.create()
        self.keys = SubscriptionKeys(KEY)
        self.readers = ReaderStore(self.file, self.keys)
        self.messages = MessageStore(self.file)
        self.texts = ReaderTexts(environment(templates_root(), ()), load_register())

    def subscribe(
        self,
        address: str = ADDRESS,
        *places: Entity,
        severity: Severity = Severity.MINOR,
        lang: str = "en",
    ) -> Subscriber:
        """Add a reader who has confirmed."""
        now = self.clock.now()
        self.readers.request(address, Choice(lang, severity, places), now)
        request = self.readers.claim_letter(now)
        assert request is not None
        self.readers.settle_letter(request.id)
        reader = self.readers.confirm(request.id, now)
        assert reader is not None
        return reader

    def mailing(self) -> ReaderMailing:
        return ReaderMailing(
            self.messages,
            self.keys,
            self.texts,
            SITE,
            self.is_paused,
            self.is_retracted,
            self.check,
        )

    def channel(self, port: int, **changes: Any) -> ReadersChannel:
        """Return a channel that sends to an SMTP server on loopback."""
        return ReadersChannel(
            "readers", mail_config(port, **changes), self.clock, self.mailing()
        )

    def service(self, senders: Mapping[str, Any]) -> SubscriptionService:
        counter = RequestCounter(self.file, self.keys, self.limits)
        parts = SubscriptionParts(
            self.readers, counter, self.keys, self.texts, senders, SITE, self.clock
        )
        return SubscriptionService(parts)


def mail_config(port: int, **changes: Any) -> ReadersConfig:
    fields: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "sender": "wire@outages.example",
        "list_id": "readers.outages.example",
        "timeout": timedelta(seconds=5),
    }
    return ReadersConfig.model_validate(fields | changes)


def reader_post(
    number: int = 1,
    *places: Entity,
    severity: Severity = Severity.MAJOR,
    kind: EventKind = EventKind.CONFIRMED,
    **changes: Any,
) -> Post:
    """Return the post of event `number` of one incident, without a picture."""
    fields: dict[str, Any] = {
        "key": f"KZ-2026-0108.{number}/readers",
        "incident": "KZ-2026-0108",
        "event": f"KZ-2026-0108.{number}",
        "channel": "readers",
        "lang": "en",
        "at": AT,
        "made_at": AT,
        "text": f"Event {number} in Kazakhstan\n\nLevel 8% of normal.",
        "length": 40,
        "picture": None,
        "reply_to": None,
        "kind": kind,
        "subject": PostSubject(places or (KZ,), severity),
    }
    return Post(**(fields | changes))
