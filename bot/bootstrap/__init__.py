"""The composition root: builds the objects that run from a configuration.

Names are imported when they are first used, so that a command which only opens the store
does not load the renderer.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.bootstrap.application import Application, AppSpec, BackfillProgress, build
    from bot.bootstrap.components import channels, clock_of, renderer, rules_of
    from bot.bootstrap.live import build_live
    from bot.bootstrap.replay import drilling, openly, replaying
    from bot.bootstrap.stores import opened
    from bot.bootstrap.use_cases import (
        attributing,
        outlets,
        previewing,
        rehearsing,
        reviewing,
        ruling,
    )

__all__ = [
    "AppSpec",
    "Application",
    "BackfillProgress",
    "attributing",
    "build",
    "build_live",
    "channels",
    "clock_of",
    "drilling",
    "opened",
    "openly",
    "outlets",
    "previewing",
    "rehearsing",
    "renderer",
    "replaying",
    "reviewing",
    "rules_of",
    "ruling",
]

_MODULES = {
    "use_cases": (
        "attributing",
        "outlets",
        "previewing",
        "rehearsing",
        "reviewing",
        "ruling",
    ),
    "application": ("Application", "AppSpec", "BackfillProgress", "build"),
    "components": ("channels", "clock_of", "renderer", "rules_of"),
    "replay": ("drilling", "openly", "replaying"),
    "live": ("build_live",),
    "stores": ("opened",),
}


def __getattr__(name: str) -> object:
    """Import the module that defines `name`.

    Raises:
        AttributeError: no module does.
    """
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"bot.bootstrap.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
