"""The part of a configuration that the kill switch reads: its store and channels.

Only the standard library and platformdirs are used, and values are not checked: a wrong
number, or a secret that is missing in this shell, must not keep a person from stopping the
posts (P16). The keys that select the store are checked: with a misspelt key, the kill
switch would stop the channels of another store.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from platformdirs import user_data_path

from bot.errors import ConfigError

DEFAULT_STORE = "var/outagewire.db"
SITE_FOLDER = "var/site"
POSTS = "var/posts.jsonl"
DEFAULT_READERS = "var/readers.db"
"""The default paths of the store, the site, the posts and the readers, beside the config."""
UNPUBLISHED = "unpublished"
"""The default name of the folder with the pages for the operator, beside the site."""
DEFAULT_CHANNEL = "wire"
"""The name of the default channel."""
DEFAULT_LANG = "en"
"""The default language of a channel."""

SECTIONS = frozenset(
    {
        *("alarm", "calendar", "channels", "clock", "channel_rules", "detection"),
        *("editors", "evidence", "log", "loop", "operators", "pace", "policy", "site"),
        *("server", "sources", "store", "subscriptions"),
    }
)
STORE_KEYS = frozenset({"path", "keep_answers"})


@dataclass(frozen=True, slots=True)
class ConfigOutline:
    """The path of the store, and the names of all channels.

    `editors` is one of the names if a channel to the editors is configured. `readers` is
    the file of the readers; None without subscriptions.
    """

    store: Path
    channels: tuple[str, ...]
    readers: Path | None = None


def data_folder() -> Path:
    """Return the user's data folder for this program, as usual on this platform.

    Without a configuration file, the store and the site are in this folder.
    """
    return user_data_path("outagewire")


def default_paths() -> dict[str, object]:
    """Return the sections that apply without a configuration file, as parsed TOML."""
    home = data_folder()
    wire = {"kind": "file", "path": str(home / "posts.jsonl")}
    return {
        "store": {"path": str(home / "outagewire.db")},
        "site": {"out": str(home / "site")},
        "channels": {DEFAULT_CHANNEL: wire},
    }


def read_outline(path: Path | None) -> ConfigOutline:
    """Read the outline of a configuration file; None gives the built-in defaults.

    Raises:
        ConfigError: the file cannot be read or is not TOML, a section has an unknown
            name, `store` or `channels` is not a table, or `store` has an unknown key or a
            path that is not a string.
    """
    values = default_paths() if path is None else read_toml(path)
    if problems := tuple(_problems_of(values)):
        raise ConfigError(tuple(f"{path}: {problem}" for problem in problems))
    store = _table(values, "store").get("path", DEFAULT_STORE)
    channels = (
        _table(values, "channels") if "channels" in values else (DEFAULT_CHANNEL,)
    )
    # The editors get drafts through a channel named `editors`, which a person can pause
    # like any other channel.
    editors = ("editors",) if "editors" in values else ()
    # A relative path begins at the folder of the configuration file.
    folder = Path() if path is None else path.absolute().parent
    readers = _table(values, "subscriptions").get("path", DEFAULT_READERS)
    try:
        location = folder / Path(str(store)).expanduser()
        addresses = folder / Path(str(readers)).expanduser()
    except RuntimeError:
        message = f"{path}: store.path: the home folder is not known"
        raise ConfigError((f"{message}; write the whole path",)) from None
    return ConfigOutline(
        location,
        tuple(sorted({*channels, *editors})),
        addresses if "subscriptions" in values else None,
    )


def read_toml(path: Path) -> dict[str, object]:
    """Parse a TOML file.

    Raises:
        ConfigError: the file cannot be read, or it is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            (f"{path}: not valid TOML: {error}; correct the file",)
        ) from None
    except UnicodeDecodeError:
        problem = "cannot be read: it is not UTF-8 text; save it as UTF-8"
        raise ConfigError((f"{path}: {problem}",)) from None
    # A path with a null byte raises ValueError.
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not the path of a file"
        raise ConfigError(
            (f"{path}: cannot be read: {reason}; check the path of the file",)
        ) from None
    except RecursionError:
        problem = "not valid TOML: its values are nested too deeply; correct the file"
        raise ConfigError((f"{path}: {problem}",)) from None


def suggestion(key: str, keys: Collection[str]) -> str:
    """Return advice for an unknown key: the closest of `keys`, or all if none is close.

    The advice is "" if `keys` is empty.
    """
    if near := get_close_matches(key, sorted(keys), n=1):
        return f"; did you mean {near[0]}?"
    return f"; choose one of {', '.join(sorted(keys))}" if keys else ""


def _problems_of(values: Mapping[str, object]) -> Iterator[str]:
    for key in values.keys() - SECTIONS:
        yield f"{key}: no such key{suggestion(key, SECTIONS)}"
    for name in ("store", "channels"):
        if not isinstance(values.get(name, {}), dict):
            yield f"{name}: must be a table; write it as [{name}]"
    store = _table(values, "store")
    for key in store.keys() - STORE_KEYS:
        yield f"store.{key}: no such key{suggestion(key, STORE_KEYS)}"
    if not isinstance(store.get("path", DEFAULT_STORE), str):
        yield "store.path: must be a string; write the path of a file"


def _table(values: Mapping[str, object], name: str) -> Mapping[str, object]:
    table = values.get(name, {})
    return table if isinstance(table, dict) else {}
