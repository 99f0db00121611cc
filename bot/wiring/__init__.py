"""The composition root: from a configuration to the objects that run."""

from bot.wiring.desks import (
    attributing,
    outlets,
    previewing,
    rehearsing,
    reviewing,
    ruling,
)
from bot.wiring.house import House, Plan, Watching, build
from bot.wiring.parts import channels, clock_of, renderer, rules_of
from bot.wiring.playing import drilling, openly, replaying
from bot.wiring.running import live

__all__ = [
    "House",
    "Plan",
    "Watching",
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
