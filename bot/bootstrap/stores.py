"""The store alone, for commands that need nothing else."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from bot.config.sections import Config
from bot.store.sql_store import open_store

if TYPE_CHECKING:
    from bot.ports import Store


@contextmanager
def open_configured_store(config: Config) -> "Iterator[Store]":
    """Open the store of a configuration; close it at the end of the `with` block.

    Raises:
        StoreError: the store cannot be opened, or does not exist. A command must not
            create it: it would report success about a store that holds nothing.
    """
    with closing(open_store(config.store.path, create=False)) as store:
        yield store
