"""The kill switch: who stopped which channel, and why."""

from dataclasses import dataclass
from datetime import datetime

EVERY = "*"
"""Stands for all channels."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A channel on which nothing goes out until somebody resumes it.

    Attributes:
        channel: its name, or `EVERY`.
        by: who stopped it; reason: why.
        since: aware, UTC.
    """

    channel: str
    by: str
    reason: str
    since: datetime
