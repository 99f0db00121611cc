"""What the loop prints: what it says as it says it, and what it could not read."""

import logging
import sys
from datetime import timedelta
from typing import Literal

import structlog
from rich.console import Console

from bot.model.delivery import Delivery
from bot.model.incident import IncidentEvent
from bot.model.operator_alert import AlertKind
from bot.text.translations import MOST_PERCENT, whole_percent
from bot.tick.runner import TickResult


class TickPrinter:
    """Prints ticks; a trouble that goes on is told once."""

    def __init__(
        self, console: Console, poll: timedelta, *, posts: bool = False
    ) -> None:
        """Print on `console`; with `posts`, every post in full as it goes out."""
        self._console = console
        self._poll = poll
        self._posts = posts
        self._troubled = False
        self._read = False
        self._waiting = False

    def tell(self, tick: TickResult) -> None:
        """Print what is new in a tick."""
        if self._clock(tick):
            return
        self._trouble(tick)
        for event in tick.events:
            self._event(event)
        for delivery in tick.sent:
            self._post(delivery)

    def _clock(self, tick: TickResult) -> bool:
        """Whether the round was left out because the clock is not plausible."""
        wrong = [t.note for t in tick.troubles if t.kind is AlertKind.CLOCK]
        if wrong and not self._waiting:
            self._line(f"The clock is not plausible: {wrong[0]}. Waiting until it is.")
        if self._waiting and not wrong:
            self._line("The clock is plausible again.")
        self._waiting = bool(wrong)
        return self._waiting

    def _trouble(self, tick: TickResult) -> None:
        troubled = bool(tick.failed)
        if troubled and not self._troubled:
            minutes = self._poll.total_seconds() / 60
            self._line(
                f"No answer: {tick.failed[0]}. Trying again every {minutes:g} min; "
                "`make demo` shows the whole story without a network."
            )
        if self._troubled and not troubled:
            self._line("The sources answer again.")
        if not troubled and not self._read:
            self._line(f"Watching, as of {tick.at:%Y-%m-%d %H:%M} UTC.")
            self._read = True
        self._troubled = troubled

    def _event(self, event: IncidentEvent) -> None:
        facts = event.facts
        level = "" if facts.level is None else f", {_percent(facts.level)} of ordinary"
        self._line(
            f"{event.at:%Y-%m-%d %H:%M} UTC  {event.key}  {event.kind}"
            f"  ({facts.place}{level}; {event.reason})"
        )

    def _post(self, delivery: Delivery) -> None:
        if not self._posts:
            self._line(f"  posted on {delivery.post.channel}: {delivery.post.key}")
            return
        post = delivery.post
        self._console.rule(f"{post.at:%A %d %B %Y, %H:%M} UTC", style="dim")
        self._line(post.text)
        self._line(f"[{post.length} of 280]")

    def _line(self, text: str) -> None:
        self._console.print(text, markup=False)


def _percent(level: float) -> str:
    number = whole_percent(level)
    return f">{MOST_PERCENT}%" if number > MOST_PERCENT else f"{number}%"


_LEVELS = {"quiet": logging.ERROR, "plain": logging.WARNING, "json": logging.INFO}


def set_up(style: Literal["quiet", "plain", "json"]) -> None:
    """Send log lines to standard error: for people, or one JSON object a line."""
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[style]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
