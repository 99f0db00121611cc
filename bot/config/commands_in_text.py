"""Add the option for the configuration to commands in texts, so that they can be pasted.

A use case does not know the path of the configuration, so its messages name commands
without this option: "`outagewire deliveries` lists them". The caller that prints a message
adds the option.
"""

import re
import shlex
from pathlib import Path

_WITHOUT_CONFIG = ("demo", "serve-recording", "backtest", "check-config")
_COMMAND = re.compile(r"`outagewire ((?!--)[^`]+)`")


def config_option(config: Path | None) -> str:
    """Return ` --config PATH`, quoted for a shell; "" without a configuration."""
    return "" if config is None else f" --config {shlex.quote(str(config))}"


def with_config(text: str, config: Path | None) -> str:
    """Return `text` with --config added to each command in backticks that takes it."""
    option = config_option(config)

    def completed(match: re.Match[str]) -> str:
        words = match[1]
        takes_none = words.startswith(_WITHOUT_CONFIG) or "--config" in words
        return match[0] if takes_none else f"`outagewire {words}{option}`"

    return _COMMAND.sub(completed, text)


def command(*words: str, config: Path | None) -> str:
    """Return a command of this program as a shell takes it, with the configuration."""
    return f"outagewire {shlex.join(words)}{config_option(config)}"
