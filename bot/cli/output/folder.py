"""The folder of `--out`: checked before the work, and marked until it is complete."""

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.config.sections import Config
from bot.errors import BotError, OutputError, RecordingError, reason_of

_UNFINISHED = "UNFINISHED.txt"
_USED = ("site", "posts.jsonl")
"""A folder that contains one of these has the results of an earlier run."""
_NOTE = (
    "The command that writes to this folder has not ended, or was stopped.\n"
    "If you run it again with the same folder, it begins anew.\n"
)


def check_output(out: Path) -> None:
    """Create the folder `out` if it does not exist, and check that it can be written.

    A command checks this before its work, which may take minutes.

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
    """Convert an OSError of the `with` block to an OutputError about the folder `out`.

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
    """Mark the folder `out` as unfinished; remove the mark after the `with` block.

    After an exception in the block, the mark stays. If the folder has a mark at the
    beginning, an earlier command was stopped, and its `results` are removed.

    Args:
        out: the folder.
        results: the names of the files and folders that the command makes in `out`.

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
    """Raise RecordingError if the folder `out` holds a site or posts already.

    If a live run wrote them, readers would take the pages of the replay for real events
    (P16). If an earlier replay wrote them, the file channel would append the new posts
    to the old ones. A folder that contains the file `_UNFINISHED` is accepted: the command
    that used it did not finish.
    """
    used = any((out / name).exists() for name in _USED)
    if used and not (out / _UNFINISHED).exists():
        raise RecordingError(
            f"{out} holds a site or posts already; choose another folder with --out"
        )


def refuse_site_folder(out: Path, settings: Config, option: str) -> None:
    """Check that readers do not see the folder `out`, now or after `site publish` (P12).

    Args:
        out: the folder that a command will write to.
        settings: the configuration, which names the folders of pages.
        option: the option that names `out`, such as "--out".

    Raises:
        BotError: `out` is in the folder of the report site, or in that of the pages for
            the operator alone, where files of others are removed.
    """
    folder = out.resolve()
    for site, readers in (
        (settings.site.out, "readers see"),
        (settings.site.unpublished_folder, "`outagewire run` writes and cleans"),
    ):
        if folder.is_relative_to(site.resolve()):
            raise BotError(
                f"{out} is in the folder of the report site, which {readers}; choose"
                f" another folder with {option}"
            )


def _remove(out: Path, names: Collection[str]) -> None:
    for name in names:
        path = out / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
