"""The composition root: from a configuration to the objects that run."""

from bot.bootstrap.application import Application, AppSpec, BackfillProgress, build
from bot.bootstrap.components import channels, clock_of, renderer, rules_of
from bot.bootstrap.live import live
from bot.bootstrap.replay import drilling, openly, replaying
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
    "channels",
    "clock_of",
    "drilling",
    "live",
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
