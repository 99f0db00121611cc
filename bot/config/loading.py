"""Read the TOML configuration strictly; report all wrong keys in one ConfigError."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from bot.config.contradictions import contradictions
from bot.config.messages import message
from bot.config.outline import DEFAULT_CHANNEL, POSTS, default_paths, read_toml
from bot.config.sections import Config
from bot.errors import ConfigError
from bot.settings import FOLDER


def load_config(path: Path | None) -> Config:
    """Read and check a configuration file; None gives the built-in defaults.

    Relative paths begin at the folder of the file. Without a file, the store, the site
    and the posts are in the user's data folder.

    Raises:
        ConfigError: the file cannot be read, is not TOML, or is refused by `check_values`.
    """
    if path is None:
        return check_values(default_paths(), "the defaults")
    values, folder = read_toml(path), path.absolute().parent
    return check_values(values, str(path), folder, path).of_file(path)


def check_values(
    values: Mapping[str, object],
    origin: str,
    folder: Path | None = None,
    file: Path | None = None,
) -> Config:
    """Check the values of a TOML file, and return the configuration.

    Args:
        values: the parsed TOML.
        origin: the name of the file; each error message begins with it.
        folder: the folder at which relative paths begin; None for the current folder.
        file: the file itself, to which nothing may write; None if there is none.

    Raises:
        ConfigError: a key is wrong, or sections contradict each other. The error names
            every wrong key and every contradiction. It never contains a secret (P16).
    """
    # Missing sections are added, so that their default paths begin at `folder` too.
    wire = {DEFAULT_CHANNEL: {"kind": "file", "path": POSTS}}
    completed = {"store": {}, "site": {}, "channels": wire} | dict(values)
    problems: list[str] = []
    config = None
    try:
        config = Config.model_validate(completed, context={FOLDER: folder})
    except ValidationError as error:
        # Pydantic's own text would quote the input, which may hold a secret.
        details = error.errors(
            include_url=False, include_input=False, include_context=False
        )
        problems += [message(detail, values) for detail in details]
    problems += contradictions(values, folder, file)
    if config is None or problems:
        raise ConfigError(tuple(f"{origin}: {problem}" for problem in problems))
    return config
