"""Find the templates folder, and list its languages and template sets."""

from pathlib import Path

import bot
from bot.errors import RenderingError


def templates_root() -> Path:
    """Return the templates folder: beside the package in a checkout, inside it in a wheel.

    Raises:
        RenderingError: there is no such folder.
    """
    package = Path(bot.__file__).parent
    for root in (package / "templates", package.parent / "templates"):
        if (root / "locale").is_dir():
            return root
    raise RenderingError("no templates found: reinstall the package")


def template_sets(root: Path) -> tuple[str, ...]:
    """Return the names of the template sets that override the common post templates."""
    return tuple(sorted(f.name for f in (root / "posts").iterdir() if f.is_dir()))


def languages(root: Path) -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue."""
    return tuple(sorted(f.parent.name for f in root.glob("locale/*/about.toml")))
