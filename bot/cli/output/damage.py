"""Names the records of the store that cannot be read."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from typer import echo

from bot.characters import escape_hidden

# The import takes long, because it loads every module of the model.
if TYPE_CHECKING:
    from bot.ports import Store


def damage_in_words(store: "Store") -> Iterator[str]:
    """Yield a sentence for each record that could not be read, with its kind and id."""
    for name, reason in store.damaged().items():
        yield f"{name} is damaged and left out; the rest goes on: {reason}"


def print_damage(store: "Store") -> None:
    """Print the store's damage to standard error, so that a list in JSON stays readable."""
    for sentence in damage_in_words(store):
        echo(escape_hidden(f"Problem: {sentence}"), err=True)
