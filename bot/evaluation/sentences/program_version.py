"""The version of the program that made a result."""

import hashlib
from pathlib import Path

import bot
from bot.text.template_files import templates_root

_DIGITS = 12
_CACHE = "__pycache__"


def program_version() -> str:
    """Return the version number and a digest of the program's code, data and templates.

    A result is stored with this version and is computed again if the version is another.
    The number alone is not enough, because a developer changes the code many times
    between two releases.

    Raises:
        OSError: a file of the program cannot be read.
        RenderingError: there are no templates.
    """
    digest = hashlib.sha256()
    for root in (Path(bot.__file__).parent, templates_root()):
        for path in sorted(root.rglob("*")):
            if path.is_file() and _CACHE not in path.parts:
                digest.update(str(path.relative_to(root)).encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{bot.__version__}+{digest.hexdigest()[:_DIGITS]}"
