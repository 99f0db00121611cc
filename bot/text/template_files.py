"""Find the templates folder; list its languages and sets of post templates."""

from pathlib import Path

import bot
from bot.errors import RenderingError


def templates_root() -> Path:
    """Return the templates folder: inside the package, or beside it in a checkout.

    Raises:
        RenderingError: there is no such folder.
    """
    package = Path(bot.__file__).parent
    for root in (package / "templates", package.parent / "templates"):
        if (root / "locale").is_dir():
            return root
    raise RenderingError("no templates found: reinstall the package")


def template_sets(root: Path) -> tuple[str, ...]:
    """Return the names of the sets of templates that override common post templates."""
    return tuple(sorted(f.name for f in (root / "posts").iterdir() if f.is_dir()))


def languages(root: Path) -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue."""
    return tuple(sorted(f.parent.name for f in root.glob("locale/*/about.toml")))


def page_languages(root: Path) -> tuple[str, ...]:
    """Return the codes of the languages that pages can be written in."""
    return tuple(sorted(f.parent.name for f in root.glob("locale/*/pages.ftl")))
