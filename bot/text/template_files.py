"""Where the templates are, and what there is of them: nothing is read yet."""

from pathlib import Path

import bot
from bot.errors import RenderingError


def templates_root() -> Path:
    """Where the templates are: beside the package in a checkout, within it in a wheel.

    Raises:
        RenderingError: there are none, so nothing can be said.
    """
    package = Path(bot.__file__).parent
    for root in (package / "templates", package.parent / "templates"):
        if (root / "locale").is_dir():
            return root
    raise RenderingError("no templates found: reinstall the package")


def template_sets(root: Path) -> tuple[str, ...]:
    """The sets of post templates that go before the common ones, by name."""
    return tuple(sorted(f.name for f in (root / "posts").iterdir() if f.is_dir()))


def languages(root: Path) -> tuple[str, ...]:
    """The languages there are sentences in, by code."""
    return tuple(sorted(f.parent.name for f in root.glob("locale/*/about.toml")))
