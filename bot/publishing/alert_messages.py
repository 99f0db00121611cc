"""Sends messages with alerts to the operators' channel."""

from dataclasses import replace
from datetime import datetime
from enum import Enum
from functools import partial

import structlog

from bot.editorial.isolation import call_and_catch, describe_error
from bot.errors import ChannelUnknown
from bot.model.delivery import Post
from bot.model.operations import OperatorAlert
from bot.ports import Channel, Renderer

OPERATORS = "operators"
"""The name of the channel that carries operator alerts."""


class MessageOutcome(Enum):
    """What became of a message to the operators.

    - SENT: it arrived, or there is no channel to send it to.
    - UNKNOWN: it may have arrived.
    - FAILED: it certainly did not arrive, so the next tick sends it again.
    """

    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"


class AlertMessenger:
    """Logs alerts, and sends them in one message."""

    def __init__(self, renderer: Renderer, channel: Channel | None) -> None:
        """Create a messenger; it sends on `channel`, or only logs if `channel` is None."""
        self._renderer = renderer
        self._channel = channel
        self._log = structlog.get_logger("alarm")

    def report(self, due: tuple[OperatorAlert, ...], now: datetime) -> MessageOutcome:
        """Log and send alerts; return what became of them."""
        for alert in due:
            kind, note = str(alert.kind), alert.note
            if alert.over:
                self._log.info("problem over", kind=kind, of=alert.subject)
            else:
                self._log.error(
                    "operator alert", kind=kind, of=alert.subject, note=note
                )
        channel = self._channel
        if channel is None:
            return MessageOutcome.SENT
        # No error of the operators' channel may end the loop (P19).
        error = call_and_catch(partial(self._send, channel, due, now))
        if error is None:
            return MessageOutcome.SENT
        self._log.error("operator alert not sent", error=describe_error(error))
        # The message may have arrived. Sent again in each tick, it could arrive hundreds
        # of times a day.
        uncertain = isinstance(error, ChannelUnknown)
        return MessageOutcome.UNKNOWN if uncertain else MessageOutcome.FAILED

    def _send(
        self, channel: Channel, due: tuple[OperatorAlert, ...], now: datetime
    ) -> None:
        post = self._post(due, now)
        # The post is sent directly and not through the queue of deliveries, because the
        # alert may be about the queue.
        channel.send(replace(post, token=channel.token(post)), None)

    def _post(self, due: tuple[OperatorAlert, ...], now: datetime) -> Post:
        text = self._renderer.alert_letter(due, now)
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
