"""The backup of a configured store."""

from dataclasses import dataclass
from pathlib import Path

from bot.config.outline import read_outline
from bot.store.file_memories import StoredFileMemory
from bot.store.files.backup import back_up, back_up_readers

_READERS = ".readers"
"""The end of the name of the copy of the readers' file."""


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A copy, and its size in bytes."""

    path: Path
    size: int


def back_up_store(
    config: Path | None, copy: Path, *, with_readers: bool = True
) -> tuple[BackupFile, ...]:
    """Copy the store of a configuration to the file `copy`, and the readers' file beside it.

    The readers' file is copied last, so that its copy is not older than the copy of the
    store remembers. Before the first reader there may be no such file.

    Raises:
        ConfigError: `read_outline` refuses the configuration.
        StoreError: see `back_up` and `back_up_readers`.
    """
    outline = read_outline(config)
    copies = [BackupFile(copy, back_up(outline.store, copy))]
    readers = outline.readers
    if readers is None or not with_readers:
        return tuple(copies)
    memory = StoredFileMemory(outline.store)
    if readers.is_file() or memory.read() is not None:
        to = copy.with_name(copy.name + _READERS)
        copies.append(BackupFile(to, back_up_readers(readers, to)))
    return tuple(copies)
