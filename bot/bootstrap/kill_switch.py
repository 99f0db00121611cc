"""The kill switch of a configuration, made without reading the rest of it (P16)."""

from pathlib import Path
from typing import TYPE_CHECKING

from bot.config.outline import ConfigOutline, read_outline
from bot.store.pauses import open_pauses

if TYPE_CHECKING:
    from bot.ports import Pauses


def kill_switch(config: Path | None) -> "tuple[ConfigOutline, Pauses]":
    """What can be stopped, and the record of what is.

    Raises:
        ConfigError: the configuration does not say clearly which store is meant.
        StoreError: the store cannot be opened.
    """
    outline = read_outline(config)
    return outline, open_pauses(outline.store)
