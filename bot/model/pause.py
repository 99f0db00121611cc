"""A pause: a channel that sends nothing until somebody resumes it."""

from dataclasses import dataclass
from datetime import datetime

ALL_CHANNELS = "*"
"""The channel name that stands for all channels."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A channel that sends nothing until somebody resumes it.

    Attributes:
        channel: its name, or `ALL_CHANNELS`.
        by: who paused it; reason: why.
        since: aware, UTC.
    """

    channel: str
    by: str
    reason: str
    since: datetime
