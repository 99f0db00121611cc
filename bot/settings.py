"""Types for configuration sections: Section, Duration, Secret, ServerAddress."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

_DURATION = re.compile(r"^(\d+(?:\.\d+)?)(ms|s|m|h|d)$")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


class Section(BaseModel):
    """A part of the configuration; strict and frozen. Unknown keys are refused."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", arbitrary_types_allowed=True
    )


def parse_duration(value: Any) -> Any:  # noqa: ANN401 - any TOML value
    """Convert "90s", "5m", "2h" or "28d" to a timedelta; return a timedelta as it is.

    Raises:
        ValueError: the value is neither a timedelta nor text of this form.
    """
    if isinstance(value, timedelta):
        return value
    match = _DURATION.match(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError('write a duration as "90s", "5m", "2h" or "28d"')
    return timedelta(seconds=float(match[1]) * _SECONDS[match[2]])


def read_secret(value: Any) -> Any:  # noqa: ANN401 - any TOML value
    """Read the secret that a reference `env:NAME` or `file:PATH` names (P16).

    A literal secret is rejected, because configuration files are shared and committed.

    Raises:
        ValueError: the value is not a reference, or the secret is missing or has more
            than one line. The message names the reference, never a value.
    """
    if isinstance(value, SecretStr):
        return value
    kind, _, name = value.partition(":") if isinstance(value, str) else ("", "", "")
    if kind == "env" and name:
        secret = os.environ.get(name, "").strip()
        where = f"the environment variable {name}"
        missing = f"{where} is missing or empty; set it to the secret"
    elif kind == "file" and name:
        secret = _content_of(Path(name))
        where = f"the file {name}"
        missing = f"{where} is missing, empty or unreadable; it must hold the secret"
    else:
        raise ValueError('write a secret as a reference: "env:NAME" or "file:PATH"')
    if not secret:
        raise ValueError(missing)
    if not secret.isprintable():
        raise ValueError(
            f"{where} holds more than one line; it must hold the secret alone"
        )
    return SecretStr(secret)


def _content_of(path: Path) -> str:
    """Return a file's text without surrounding whitespace; "" if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


@dataclass(frozen=True)
class LateSection:
    """Reads a section whose class is imported only if a configuration has the section.

    Attributes:
        choose: a function that takes the section as written in the configuration, and
            returns its class. Raises ValueError if there is no class for it.
        classes: a function that imports and returns every class that the section can
            have.
    """

    choose: Callable[[object], type[Section]]
    classes: Callable[[], tuple[type[Section], ...]]

    def __call__(self, written: object) -> Section:
        """Return the section, validated by the class that `choose` returns."""
        return self.choose(written).model_validate(written)


Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
Secret = Annotated[SecretStr, BeforeValidator(read_secret)]
# The address of a server. Each request to the server carries a secret, so plain HTTP is
# allowed only for servers on this machine.
ServerAddress = Annotated[
    str,
    Field(
        pattern=r"^(https://[^/\s@?#]+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)/?$"
    ),
]

# TOML has strings and lists where frozen sections have enums and tuples, so fields of
# the types `Many` and `Lax` convert their values. Other fields of a section are strict.
_Item = TypeVar("_Item")
Many = Annotated[tuple[_Item, ...], Field(strict=False)]
Lax = Annotated[_Item, Field(strict=False)]
