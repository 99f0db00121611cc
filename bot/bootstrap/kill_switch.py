"""The kill switch, built without validating the whole configuration (P16)."""

from pathlib import Path
from typing import TYPE_CHECKING

from bot.config.outline import ConfigOutline, read_outline
from bot.store.pauses import open_pauses

if TYPE_CHECKING:
    from bot.ports import Pauses


def kill_switch(config: Path | None) -> "tuple[ConfigOutline, Pauses]":
    """Return the outline of a configuration, and the pauses in its store.

    The outline is the path of the store and the names of the channels. The rest of the
    configuration is not checked, so that an error in it keeps nobody from stopping the
    posts.

    Raises:
        ConfigError: `read_outline` refuses the file.
        StoreError: the store cannot be opened, or a newer version of this program wrote
            it.
    """
    outline = read_outline(config)
    return outline, open_pauses(outline.store)
