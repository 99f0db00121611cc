"""The store of a configuration alone, for commands that only read or mark it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from bot.config import Config
from bot.ports import Store
from bot.store.sql import open_store


@contextmanager
def opened(config: Config) -> Iterator[Store]:
    """The store, closed at the end. Raises StoreError."""
    with closing(open_store(config.store.path)) as store:
        yield store
