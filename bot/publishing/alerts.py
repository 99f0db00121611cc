"""Tells the operators what keeps us from telling: again while it lasts, once it is new.

An alarm may be told twice, after a restart; nothing else here may.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.editorial.corrections import all_correction_statuses
from bot.errors import ChannelError, RenderingError
from bot.model.delivery import Post
from bot.model.operator_alert import AlertKind, OperatorAlert
from bot.policy.operator_alerts import DeliveryStatus, due_alerts
from bot.ports import Channel, Renderer, Store

OPERATORS = "operators"
"""The name of the channel that carries alarms, if there is one."""
_DAY = timedelta(days=1)
_ROUNDS = 3
"""So many rounds in a row may fail, or hear nothing, before it is told."""


class Heartbeat(Protocol):
    """Somebody who watches from outside: silence is their alarm."""

    def beat(self) -> None:
        """We are alive. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class AlertTiming:
    """How soon, and how often, an operator is told.

    Attributes:
        after: how long a post may take before it is late.
        again: what lasts is told again that often.
    """

    after: timedelta = timedelta(minutes=15)
    again: timedelta = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class AlertTargets:
    """How operators are reached; without any, troubles are logged alone.

    Attributes:
        bell: carries letters to them.
        heart: tells a watcher outside that we are alive.
    """

    bell: Channel | None = None
    heart: Heartbeat | None = None


class AlertSender:
    """Looks at how posting stands after each round, and rings."""

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        clock: Clock,
        ways: AlertTargets | None = None,
        patience: AlertTiming | None = None,
    ) -> None:
        """Keep what is needed."""
        self._store = store
        self._renderer = renderer
        self._clock = clock
        self._ways = ways or AlertTargets()
        self._patience = patience or AlertTiming()
        self._told: dict[tuple[AlertKind, str], datetime] = {}
        self._bad: dict[AlertKind, tuple[int, datetime]] = {}
        self._log = structlog.get_logger("alarm")

    def round_over(self, failed: Mapping[AlertKind, str]) -> tuple[OperatorAlert, ...]:
        """Look, after a round in which `failed` went wrong; returns what it told."""
        now = self._clock.now()
        if AlertKind.LOOP not in failed and self._ways.heart is not None:
            self._ways.heart.beat()
        found = (*self._of_rounds(failed, now), *self._of_posts(now))
        self._told = {
            k: at for k, at in self._told.items() if k in set(map(_key, found))
        }
        again = self._patience.again
        due = [t for t in found if now - self._told.get(_key(t), now - again) >= again]
        if due and self._ring(tuple(due), now):
            self._told |= {_key(trouble): now for trouble in due}
        return tuple(due)

    def _of_posts(self, now: datetime) -> tuple[OperatorAlert, ...]:
        store = self._store
        standing = DeliveryStatus(
            store.deliveries.lately(now - _DAY),
            store.pauses.active(),
            all_correction_statuses(store),
        )
        return due_alerts(standing, now, self._patience.after)

    def _of_rounds(
        self, failed: Mapping[AlertKind, str], now: datetime
    ) -> list[OperatorAlert]:
        """Woes of the rounds themselves, once they have lasted a few of them."""
        for woe in (AlertKind.LOOP, AlertKind.SILENT):
            count, since = self._bad.get(woe, (0, now))
            self._bad[woe] = (count + 1, since) if woe in failed else (0, now)
        return [
            OperatorAlert(woe, "", since, failed[woe])
            for woe, (count, since) in self._bad.items()
            if count >= _ROUNDS
        ]

    def _ring(self, due: tuple[OperatorAlert, ...], now: datetime) -> bool:
        for trouble in due:
            self._log.error("trouble", what=str(trouble.woe), of=trouble.of)
        bell = self._ways.bell
        if bell is None:
            return True
        try:
            post = self._letter(due, now)
            bell.send(replace(post, token=bell.token(post)), None)
        except (ChannelError, RenderingError) as error:
            self._log.error("nobody could be told", error=str(error))
            return False
        return True

    def _letter(self, due: tuple[OperatorAlert, ...], now: datetime) -> Post:
        text = self._renderer.trouble(due, now)
        key = f"trouble-{now:%Y%m%dT%H%M%S}"
        return Post(
            key=f"{key}/{OPERATORS}",
            incident="",
            event=key,
            channel=OPERATORS,
            lang="en",
            at=now,
            made_at=now,
            text=text,
            length=len(text),
            picture=None,
            reply_to=None,
            frozen=True,
        )


def _key(trouble: OperatorAlert) -> tuple[AlertKind, str]:
    return trouble.woe, trouble.of
