"""The backup of a configured store."""

from pathlib import Path

from bot.config.outline import read_outline
from bot.store.files.backup import back_up


def back_up_store(config: Path | None, copy: Path) -> int:
    """Copy the store of a configuration to the file `copy`; return its size in bytes.

    Raises:
        ConfigError: `read_outline` refuses the configuration.
        StoreError: see `back_up`.
    """
    return back_up(read_outline(config).store, copy)
