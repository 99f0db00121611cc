"""A folder on another host, reached with rsync over SSH, as the destination."""

import shutil

# The program gets a list of arguments; there is no shell.
import subprocess  # nosec B404
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import BotError

_COMMAND = "rsync"
_OPTIONS = (
    # Without this, the other host's shell would interpret the path.
    "--protect-args",
    "--checksum",
    "--times",
    "--mkpath",
    "--chmod=D755,F644",
    "--timeout=120",
    # A question for a password would wait forever if a timer runs the command.
    "--rsh=ssh -o BatchMode=yes",
)
_NAMES_FROM_INPUT = ("--files-from=-", "--from0")
_NO_FILE = 23
"""The exit code of rsync if a file or its folder is missing, or cannot be read."""


@dataclass(frozen=True, slots=True)
class RsyncDestination:
    """A folder on another host.

    Attributes:
        host: the host, or user and host; it begins with a letter or a digit.
        folder: the folder on the host.
    """

    host: str
    folder: str

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is no such file."""
        with TemporaryDirectory() as scratch:
            source = f"{self._address}{name}"
            code, message = _run((*_OPTIONS, "--", source, f"{scratch}/"), ())
            path = Path(scratch) / name
            if code == 0 and path.is_file():
                return path.read_bytes()
        if code == _NO_FILE and "No such file" in message:
            return None
        raise _error(self.host, code, message)

    def write(self, name: str, content: bytes) -> None:
        """Write one file with this content."""
        with TemporaryDirectory() as scratch:
            (Path(scratch) / name).write_bytes(content)
            self.send(Path(scratch), (name,))

    def send(self, root: Path, names: Sequence[str]) -> None:
        """Copy these files of the folder `root`; skip those that are gone by now."""
        self._transfer(root, names, "--ignore-missing-args")

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> None:
        """Remove these files, and then these folders, unless other files are in them."""
        for batch in (names, *((folder,) for folder in folders)):
            # rsync removes what is listed and does not exist in the folder that it
            # copies from. So it copies from a folder that has only the folders around.
            with TemporaryDirectory() as scratch:
                for name in batch:
                    parent = (Path(scratch) / name).parent
                    parent.mkdir(parents=True, exist_ok=True)
                self._transfer(Path(scratch), batch, "--delete-missing-args")

    @property
    def _address(self) -> str:
        return f"{self.host}:{self.folder.rstrip('/')}/"

    def _transfer(self, root: Path, names: Sequence[str], option: str) -> None:
        options = (*_OPTIONS, *_NAMES_FROM_INPUT, option)
        code, message = _run((*options, "--", f"{root}/", self._address), names)
        if code:
            raise _error(self.host, code, message)


def _run(arguments: Sequence[str], names: Sequence[str]) -> tuple[int, str]:
    """Run rsync with `names` as its input; return its exit code and its messages."""
    command = shutil.which(_COMMAND)
    if command is None:
        raise BotError("rsync is not installed; install it, or publish to a folder")
    # There is no shell, and `--` precedes the paths.
    done = subprocess.run(  # noqa: S603 # nosec B603
        [command, *arguments],
        input="".join(f"{name}\0" for name in names).encode(),
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stderr.decode(errors="replace").strip()


def _error(host: str, code: int, message: str) -> BotError:
    lines = message.splitlines()
    reason = lines[0] if lines else "no reason given"
    return BotError(
        f"rsync to {host} failed with code {code}: {reason}; check that `ssh {host}`"
        " works without a password, and that the folder can be written there"
    )
