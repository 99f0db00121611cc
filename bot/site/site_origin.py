"""Whether a site shows replayed readings: then it must stay on this machine (P16).

A replay of measured readings looks like news. So a site belongs to replays and drills, or to
live runs, from its first page on, as a store does.
"""

from pathlib import Path

from bot.durable_files import replace_file
from bot.errors import BotError

# The name of a hidden file, which is neither served nor published.
_MARK = ".outagewire-replay"
_NOTE = b"This site shows a replay or a drill. Do not show it to readers as news.\n"
_PAGES = ("index.html", "i")


def claim_site(root: Path, *, replayed: bool) -> None:
    """Reserve the folder of a site for replays, or check that no replay has used it.

    Args:
        root: the folder of the site, which need not exist.
        replayed: whether the readings are those of a replay or a drill.

    Raises:
        BotError: the other kind of run has written a site there.
        OSError: the folder cannot be written.
    """
    if is_replayed_site(root) == replayed:
        return
    if not replayed:
        raise BotError(
            f"{root} has the site of a replay or a drill; choose another `out` in [site]"
        )
    if any((root / name).exists() for name in _PAGES):
        raise BotError(
            f"{root} has the site of a live run, and this is a replay; choose another"
            " `out` in [site]"
        )
    root.mkdir(parents=True, exist_ok=True)
    replace_file(root / _MARK, _NOTE, 0o644)


def is_replayed_site(root: Path) -> bool:
    """Return whether the site in the folder `root` is that of a replay or a drill."""
    return (root / _MARK).exists()
