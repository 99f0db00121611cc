"""The sources there are, by the name a configuration calls them.

Adding one is a file, a line here and its tests; the type checker proves that what
is built is a `Source`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.clock import Clock
from bot.ports import Source
from bot.settings import Section
from bot.sources.ioda import source
from bot.sources.recording import source as recording


@dataclass(frozen=True, slots=True)
class SourceKind:
    """How a kind of source is configured and built.

    `build` takes its section, the clock of the loop, and the clock to wait on
    between requests (the machine's own).
    """

    config: type[Section]
    build: Callable[[Any, Clock, Clock], Source]


SOURCES: Final[Mapping[str, SourceKind]] = {
    "ioda": SourceKind(source.IodaConfig, source.build),
    "recording": SourceKind(recording.RecordingConfig, recording.build),
}
