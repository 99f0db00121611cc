"""The composition root: builds the objects of the program from a configuration.

A name of this package is imported when it is first used, so that a command that only
opens the store does not load the renderer.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.bootstrap.application import Application, AppSpec, BackfillProgress, build
    from bot.bootstrap.components import (
        channels,
        clock_of,
        renderer,
        rules_of,
        targets,
    )
    from bot.bootstrap.live import build_live, report_store_failure
    from bot.bootstrap.replay import build_drill, build_replay, replay_policy
    from bot.bootstrap.stores import open_configured_store
    from bot.bootstrap.use_cases import (
        attribution_editor,
        channel_check,
        draft_review,
        manual_corrections,
        preview_outlets,
        preview_renderer,
    )

__all__ = [
    "AppSpec",
    "Application",
    "BackfillProgress",
    "attribution_editor",
    "build",
    "build_drill",
    "build_live",
    "build_replay",
    "channel_check",
    "channels",
    "clock_of",
    "draft_review",
    "manual_corrections",
    "open_configured_store",
    "preview_outlets",
    "preview_renderer",
    "renderer",
    "replay_policy",
    "report_store_failure",
    "rules_of",
    "targets",
]

# The imports above are for type checkers only. At run time, this table has the module
# in which each name is defined.
_MODULES = {
    "use_cases": (
        "attribution_editor",
        "preview_outlets",
        "preview_renderer",
        "channel_check",
        "draft_review",
        "manual_corrections",
    ),
    "application": ("Application", "AppSpec", "BackfillProgress", "build"),
    "components": ("channels", "clock_of", "renderer", "rules_of", "targets"),
    "replay": ("build_drill", "replay_policy", "build_replay"),
    "live": ("build_live", "report_store_failure"),
    "stores": ("open_configured_store",),
}


def __getattr__(name: str) -> object:
    """Return `name` from the module that defines it, which is imported now.

    Raises:
        AttributeError: no module of this package defines it.
    """
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"bot.bootstrap.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
