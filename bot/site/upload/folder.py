"""A folder as the destination of the site."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.site.static_files import write_atomically


@dataclass(frozen=True, slots=True)
class FolderDestination:
    """A folder on this machine, such as that of a web server or a mounted disk."""

    folder: Path

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is no such file."""
        with suppress(FileNotFoundError):
            return (self.folder / name).read_bytes()
        return None

    def write(self, name: str, content: bytes) -> None:
        """Write one file with this content."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)

    def send(self, root: Path, names: Sequence[str]) -> None:
        """Copy these files of the folder `root`; skip those that are gone by now."""
        for name in names:
            with suppress(FileNotFoundError):
                self.write(name, (root / name).read_bytes())

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> None:
        """Remove these files, and then these folders, unless other files are in them."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)
        for name in folders:
            with suppress(OSError):
                (self.folder / name).rmdir()
