"""How the program's log looks: to standard error, never with a secret."""

import logging
import sys
from typing import Literal

import structlog

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
