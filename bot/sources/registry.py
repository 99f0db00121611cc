"""The registry of source kinds, by the name of their configuration section.

A new source needs a package beside `ioda`, an entry here, and tests (CONTRIBUTING.md).
A source is imported only if a configuration has a section for it. The brands of all
sources are in small modules, which are imported when text is written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.model.signal import SourceBrand
    from bot.ports import Source
    from bot.settings import Section


@dataclass(frozen=True, slots=True)
class SourceKind:
    """Where the code of one kind of source is imported from, as "module:attribute"."""

    config_at: str
    build_at: str
    brands_at: str

    @property
    def section_class(self) -> "type[Section]":
        """The class of the source's configuration section."""
        section: type[Section] = resolve_name(self.config_at)
        return section

    @property
    def build_function(self) -> "Callable[[Any, Clock, Clock], Source]":
        """The function that builds the source from its section and two clocks.

        The first clock is the loop's, which may be simulated; answers are dated with
        it. The second is the machine's clock, for the waits between requests.
        """
        build: Callable[[Any, Clock, Clock], Source] = resolve_name(self.build_at)
        return build

    @property
    def brands(self) -> "tuple[SourceBrand, ...]":
        """The brands of the organisations whose measurements the source reads."""
        brands: tuple[SourceBrand, ...] = resolve_name(self.brands_at)
        return brands


SOURCES: Final[Mapping[str, SourceKind]] = {
    "ioda": SourceKind(
        "bot.sources.ioda.config:IodaConfig",
        "bot.sources.ioda.source:build",
        "bot.sources.ioda.brand:BRANDS",
    ),
    "recording": SourceKind(
        "bot.sources.recording.source:RecordingConfig",
        "bot.sources.recording.source:build",
        "bot.sources.recording.brands:BRANDS",
    ),
}


def all_brands() -> "tuple[SourceBrand, ...]":
    """Return the brands of all sources, whether configured or not.

    Stored events may name a source that is no longer configured.
    """
    return tuple(brand for kind in SOURCES.values() for brand in kind.brands)
