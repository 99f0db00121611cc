"""The console output of the loop, and the logging configuration."""

import logging
import sys
from contextlib import suppress
from datetime import timedelta
from typing import Any, Literal, TextIO, cast

import structlog
from rich.console import Console

from bot.model.delivery import Delivery
from bot.model.event import IncidentEvent
from bot.model.operations import AlertKind
from bot.model.verdict import MAX_PRINTED_PERCENT, round_to_percent
from bot.places import load_register
from bot.settings import format_duration
from bot.text.reasons import load_words, rule_in_words, state_in_words
from bot.tick.runner import TickResult


class TolerantStream:
    """A text stream that drops what it cannot write, and never raises.

    The output of a run may be a pipe whose reader has ended, or a file on a full disk.
    Neither may end the run, or make a tick fail (P19).
    """

    def __init__(self, stream: TextIO | None) -> None:
        """Write to `stream`; if it is None (a closed standard stream), discard all text."""
        self._stream = stream

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        """Return an attribute of the stream."""
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write `text`; a character that the stream cannot encode is escaped."""
        if self._stream is not None:
            encoding = self._stream.encoding or "utf-8"
            encodable = text.encode(encoding, "backslashreplace").decode(encoding)
            with suppress(OSError, ValueError):
                self._stream.write(encodable)
        return len(text)

    def flush(self) -> None:
        """Flush the stream."""
        if self._stream is not None:
            with suppress(OSError, ValueError):
                self._stream.flush()

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self._stream is not None and self._stream.isatty()


def standard_output() -> TextIO:
    """Return `sys.stdout`, wrapped in a `TolerantStream`."""
    # The cast is needed because `TolerantStream` does not inherit from `TextIO`. It
    # defines the methods that write; `__getattr__` takes all others from the stream.
    return cast("TextIO", TolerantStream(sys.stdout))


class TickPrinter:
    """Prints the result of each tick; a problem that persists is printed once."""

    def __init__(
        self,
        console: Console,
        poll_interval: timedelta,
        *,
        full_posts: bool = False,
        problems: bool = False,
    ) -> None:
        """Print on `console`.

        Args:
            console: where the lines are printed.
            poll_interval: the time between two ticks. It is printed if a source does not
                answer.
            full_posts: True: each post is printed in full. False: only its channel and its
                key are printed.
            problems: whether problems with readings and pages are printed. False for a
                replay: when its recording ends, every signal would be a problem.
        """
        self._shows_problems = problems
        self._console = console
        self._poll = poll_interval
        self._posts = full_posts
        self._failing = False
        self._answered = False
        self._waiting_for_clock = False
        self._problems: frozenset[str] = frozenset()

    def print_tick(self, tick: TickResult) -> None:
        """Print what changed in `tick`: clock, sources, incident events, sent posts."""
        if self._print_clock(tick):
            return
        self._print_sources(tick)
        for event in tick.events:
            self._print_event(event)
        for delivery in tick.sent:
            self._print_post(delivery)
        if self._shows_problems:
            self._print_problems(tick)

    def _print_problems(self, tick: TickResult) -> None:
        """Print a line for each problem that is new, and one when all are over."""
        words = load_words()
        problems = {
            f"{state_in_words(words, 'alerts', alert.kind)}: {alert.subject}"
            for alert in tick.alerts
            if not alert.over
        }
        problems |= set(tick.pages_failed)
        for problem in sorted(problems - self._problems):
            self._print(f"Problem: {problem}.")
        if self._problems and not problems:
            self._print("No problem is left.")
        self._problems = frozenset(problems)

    def _print_clock(self, tick: TickResult) -> bool:
        """Print a line if the clock has become implausible or plausible again.

        Return whether the clock is implausible. In that case the tick has read nothing
        and decided nothing, so there is nothing else to print.
        """
        problems = [t.note for t in tick.alerts if t.kind is AlertKind.CLOCK]
        if problems and not self._waiting_for_clock:
            self._print(
                f"The clock is not plausible: {problems[0]}. Waiting until it is."
            )
        if self._waiting_for_clock and not problems:
            self._print("The clock is plausible again.")
        self._waiting_for_clock = bool(problems)
        return self._waiting_for_clock

    def _print_sources(self, tick: TickResult) -> None:
        """Print a line if a source has stopped answering, or if all answer again.

        The first tick in which all sources answer is printed too.
        """
        failing = bool(tick.failed)
        if failing and not self._failing:
            poll = format_duration(self._poll)
            self._print(
                f"No answer: {tick.failed[0]}. Trying again every {poll}; "
                "`make demo` runs without a network."
            )
        if self._failing and not failing:
            self._print("All sources answer again.")
        # The loop can run for a long time without an event. This line shows that the
        # loop works.
        if not failing and not self._answered:
            self._print(f"Watching, as of {tick.at:%Y-%m-%d %H:%M} UTC.")
            self._answered = True
        self._failing = failing

    def _print_event(self, event: IncidentEvent) -> None:
        facts, words = event.facts, load_words()
        subject = load_register().name(facts.levels.part or facts.place, "en")
        level = (
            ""
            if facts.levels.now is None
            else f", {_percent(facts.levels.now)} of normal"
        )
        kind = state_in_words(words, "steps", event.kind)
        reason = rule_in_words(words, event.reason, facts.checks)
        self._print(
            f"{event.at:%Y-%m-%d %H:%M} UTC  {event.key}  {kind}"
            f"  ({subject}{level}; {reason})"
        )

    def _print_post(self, delivery: Delivery) -> None:
        post = delivery.post
        if not self._posts:
            self._print(f"  posted on {post.channel}: {post.key}")
            return
        self._console.rule(f"{post.at:%A %d %B %Y, %H:%M} UTC", style="dim")
        self._print(post.text)
        # Posts are printed in full only for the demo, whose file channel has X's limit
        # of 280 characters.
        self._print(f"[{post.length} of 280]")

    def _print(self, text: str) -> None:
        # Without `markup=False`, rich would read brackets in names and reasons as
        # styles.
        self._console.print(text, markup=False)


def _percent(level: float) -> str:
    number = round_to_percent(level)
    return f">{MAX_PRINTED_PERCENT}%" if number > MAX_PRINTED_PERCENT else f"{number}%"


_LEVELS = {"quiet": logging.ERROR, "plain": logging.WARNING, "json": logging.INFO}


def configure_logging(style: Literal["quiet", "plain", "json"]) -> None:
    """Send log messages to standard error, in one of three styles.

    A message that cannot be written is lost (see `TolerantStream`).

    "quiet" writes errors only, as text. "plain" writes warnings and errors, as text.
    "json" writes all messages of level INFO and above, each as a JSON object on a line.
    """
    stream = TolerantStream(sys.stderr)
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if style == "json"
        # Colours are for terminals only: colour codes make a log file hard to read.
        else structlog.dev.ConsoleRenderer(colors=stream.isatty())
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[style]),
        logger_factory=structlog.PrintLoggerFactory(file=cast("TextIO", stream)),
        # With caching, a logger that was used before this call would keep its old
        # settings.
        cache_logger_on_first_use=False,
    )
