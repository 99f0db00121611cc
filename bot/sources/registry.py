"""The sources there are, by the name a configuration calls them.

Adding one is a file, a line here and its tests. A source is imported when a
configuration has a section for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.ports import Source
    from bot.settings import Section


@dataclass(frozen=True, slots=True)
class SourceKind:
    """How a kind of source is configured and built: addresses as "module:attribute"."""

    config_at: str
    build_at: str

    @property
    def config(self) -> "type[Section]":
        """The class of its section."""
        section: type[Section] = resolve_name(self.config_at)
        return section

    @property
    def build(self) -> "Callable[[Any, Clock, Clock], Source]":
        """Builds it from its section, the clock of the loop, and the clock to wait on.

        The second clock is the machine's own: requests are waited for by it.
        """
        build: Callable[[Any, Clock, Clock], Source] = resolve_name(self.build_at)
        return build


SOURCES: Final[Mapping[str, SourceKind]] = {
    "ioda": SourceKind(
        "bot.sources.ioda.config:IodaConfig", "bot.sources.ioda.source:build"
    ),
    "recording": SourceKind(
        "bot.sources.recording.source:RecordingConfig",
        "bot.sources.recording.source:build",
    ),
}
