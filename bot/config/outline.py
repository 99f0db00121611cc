"""What the kill switch needs of a configuration: the store's file, the channels' names.

It is read with the standard library alone. Values are not checked: a wrong number, or a
secret that this shell does not have, must not keep a person from stopping the posts
(P16). Names that decide which store is meant are: a typing error in one would stop
another store's channels.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from bot.errors import ConfigError

STORE = "var/outagewire.db"
CHANNEL = "wire"
"""The store and the channel of who writes no configuration."""

SECTIONS = frozenset(
    {
        *(
            "alarm",
            "calendar",
            "channels",
            "clock",
            "channel_rules",
            "detection",
            "editors",
        ),
        *("log", "loop", "operators", "pace", "policy", "site", "sources", "store"),
    }
)
STORE_KEYS = frozenset({"path", "keep_answers"})


@dataclass(frozen=True, slots=True)
class ConfigOutline:
    """Where the store is, and the channels there are, with the way to the editors."""

    store: Path
    channels: tuple[str, ...]


def read_outline(path: Path | None) -> ConfigOutline:
    """The outline of a configuration file; without one, of the embedded defaults.

    Raises:
        ConfigError: it is not TOML, or it does not say clearly which store is meant.
    """
    told = {} if path is None else read_toml(path)
    if problems := tuple(_problems(told)):
        raise ConfigError(tuple(f"{path}: {problem}" for problem in problems))
    store = _table(told, "store").get("path", STORE)
    channels = _table(told, "channels") if "channels" in told else (CHANNEL,)
    editors = ("editors",) if "editors" in told else ()
    return ConfigOutline(
        Path(str(store)).expanduser(), tuple(sorted({*channels, *editors}))
    )


def read_toml(path: Path) -> dict[str, object]:
    """A file of TOML. Raises ConfigError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise ConfigError((f"{path}: cannot be read: {reason}",)) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError((f"{path}: not TOML: {error}",)) from None


def suggestion(key: str, keys: Collection[str]) -> str:
    """What may have been meant by a key that does not exist."""
    if near := get_close_matches(key, sorted(keys), n=1):
        return f"; did you mean {near[0]}?"
    return f"; there are {', '.join(sorted(keys))}" if keys else ""


def _problems(told: Mapping[str, object]) -> Iterator[str]:
    for key in told.keys() - SECTIONS:
        yield f"{key}: no such key{suggestion(key, SECTIONS)}"
    for name in ("store", "channels"):
        if not isinstance(told.get(name, {}), dict):
            yield f"{name}: write it as a table, [{name}]"
    store = _table(told, "store")
    for key in store.keys() - STORE_KEYS:
        yield f"store.{key}: no such key{suggestion(key, STORE_KEYS)}"
    if not isinstance(store.get("path", STORE), str):
        yield "store.path: write the path of a file"


def _table(told: Mapping[str, object], name: str) -> Mapping[str, object]:
    table = told.get(name, {})
    return table if isinstance(table, dict) else {}
