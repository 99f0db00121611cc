"""The folder of `--out`: checked before the work, and marked until it is complete."""

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import OutputError, RecordingError, reason_of

_UNFINISHED = "UNFINISHED.txt"
_USED = ("site", "posts.jsonl")
"""What a replay, a drill, a demo or a live run leaves in its folder."""
_NOTE = (
    "The command that writes to this folder has not ended, or was stopped.\n"
    "If you run it again with the same folder, it begins anew.\n"
)


def check_output(out: Path) -> None:
    """Create the folder `out` if it does not exist, and write a file in it.

    A command that finds only at its end that it cannot write would waste minutes.

    Raises:
        OutputError: nothing can be written there.
    """
    if out.exists() and not out.is_dir():
        raise OutputError(f"--out {out}: this is a file; choose a folder with --out")
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out) as file:
            file.write(b"\0" * 4096)
            file.flush()


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Report in a sentence that the folder `out` cannot be written.

    Raises:
        OutputError: the block raised OSError.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"--out {out}: cannot be written: {reason_of(error)}; make room or correct"
            " the permissions, or choose another folder with --out"
        ) from error


@contextmanager
def unfinished(out: Path, results: Collection[str]) -> Iterator[None]:
    """Mark the folder `out` as unfinished until the block ends without an exception.

    If an earlier command with the same results was stopped, what it left is removed, so
    that the same command can be given again.

    Args:
        out: the folder.
        results: the names of the files and folders that the command makes in it.

    Raises:
        OutputError: the folder cannot be written.
    """
    mark = out / _UNFINISHED
    check_output(out)
    with writing(out):
        if mark.exists():
            _remove(out, results)
        mark.write_text(_NOTE, "utf-8")
    try:
        yield
    except KeyboardInterrupt:
        sys.stderr.write(f"Stopped. {out} is not complete; run the command again.\n")
        raise
    with contextlib.suppress(OSError):
        mark.unlink()


def refuse_used(out: Path) -> None:
    """Raise RecordingError if a replay must not be written into the folder `out`.

    The site and the posts there may be those of a live run. Pages of a replay among them
    would be read as real events (P16). The file channel appends to its file, so the posts
    of two replays would be mixed, too. What an unfinished replay left may be replaced.
    """
    used = any((out / name).exists() for name in _USED)
    if used and not (out / _UNFINISHED).exists():
        raise RecordingError(
            f"{out} holds a site or posts already; choose another folder with --out"
        )


def _remove(out: Path, names: Collection[str]) -> None:
    for name in names:
        path = out / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
