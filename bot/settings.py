"""Types for configuration sections, such as Duration, FilePath, Secret, ServerAddress."""

import errno
import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SecretStr,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

FOLDER = "folder"
"""The key of pydantic's context that holds the folder of the configuration file."""
UNUSABLE_REFERENCE: Final = "reference"
"""The type of the pydantic error for an unusable reference to a secret.

No message may quote the configured value, because it may be the secret itself.
"""
_DURATION = re.compile(r"^(\d+(?:\.\d+)?)(ms|s|m|h|d)$")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_LONGEST = timedelta(days=36_500)
_HIDDEN = "***"
_MAX_FILE = 2**20


class Section(BaseModel):
    """A part of the configuration; strict and frozen. Unknown keys are refused."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        allow_inf_nan=False,
    )


def parse_duration(value: Any) -> Any:  # noqa: ANN401 - any TOML value
    """Convert "90s", "5m", "2h" or "28d" to a timedelta; return a timedelta as it is.

    Raises:
        ValueError: the value is neither a timedelta nor text of this form, or it is
            longer than 100 years: a date plus such a time may not exist.
    """
    if isinstance(value, timedelta):
        return value
    match = _DURATION.match(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError('write a duration as "90s", "5m", "2h" or "28d"')
    seconds = float(match[1]) * _SECONDS[match[2]]
    if seconds > _LONGEST.total_seconds():
        raise ValueError(f"write at most {format_duration(_LONGEST)}")
    return timedelta(seconds=seconds)


def format_duration(duration: timedelta) -> str:
    """Return a duration as a configuration has it: "5m", "90s" or "28d"."""
    milliseconds = round(duration / timedelta(milliseconds=1))
    if milliseconds == 0:
        return "0s"
    units = ((u, round(s * 1000)) for u, s in reversed(_SECONDS.items()))
    return next(
        f"{milliseconds // size}{unit}"
        for unit, size in units
        if milliseconds % size == 0
    )


def server_of(url: str) -> str:
    """Return scheme, host and port of a URL: no name, password, path or query.

    `https://Social.Example/` and `https://social.example` give the same text.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port is not None else ""
    return f"{parts.scheme}://{host}{port}"


def _server_shown(url: str) -> str:
    return url if url == server_of(url) else f"{server_of(url)}/{_HIDDEN}"


def _page_shown(url: str) -> str:
    parts = urlsplit(url)
    return server_of(url) + parts.path + (f"?{_HIDDEN}" if parts.query else "")


def between(least: str, most: str) -> AfterValidator:
    """Return a check that a duration is not below `least` and not above `most`.

    Args:
        least: the shortest duration, as a configuration has it.
        most: the longest duration.
    """
    low, high = parse_duration(least), parse_duration(most)

    def check(value: timedelta) -> timedelta:
        if not low <= value <= high:
            raise ValueError(f"write a duration from {least} to {most}")
        return value

    return AfterValidator(check)


def matching(pattern: str, advice: str) -> AfterValidator:
    """Return a check that a text matches a regular expression.

    `advice` says in words what to write, because few operators read expressions.
    """
    expression = re.compile(pattern)

    def check(value: str) -> str:
        if not expression.fullmatch(value):
            raise ValueError(advice)
        return value

    return AfterValidator(check)


def resolve_path(value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - any TOML value
    """Convert text to a path; a relative path begins at the configuration file's folder.

    `~` is the home folder.

    Raises:
        ValueError: the text is blank, has a character that cannot be printed, or begins
            with a home folder that is not known.
    """
    # Pydantic refuses a value of any other type.
    if not isinstance(value, str | Path):
        return value
    if not str(value).strip() or not str(value).isprintable():
        raise ValueError("write the path of a file or folder")
    return beside(str(value), (info.context or {}).get(FOLDER))


def beside(path: str, folder: Path | None) -> Path:
    """Return a path of a configuration; a relative path begins at `folder`.

    With None for `folder`, a relative path begins at the current folder.

    Raises:
        ValueError: `~NAME` is the home folder of an unknown user.
    """
    try:
        expanded = Path(path).expanduser()
    except RuntimeError:
        raise ValueError("the home folder is not known; write the whole path") from None
    return expanded if folder is None else folder / expanded


def read_secret(value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - any TOML value
    """Read the secret that a reference `env:NAME` or `file:PATH` names (P16).

    A literal secret is rejected, because configuration files are shared and committed.

    Raises:
        PydanticCustomError: the value is not a reference, or the secret is missing or
            has a line break or another character that cannot be printed. The message
            names the reference, never a value.
    """
    if isinstance(value, SecretStr):
        return value
    kind, _, name = value.partition(":") if isinstance(value, str) else ("", "", "")
    if kind == "env" and name:
        secret = os.environ.get(name, "").strip()
        where = f"the environment variable {name}"
        missing = f"{where} is missing or empty; set it to the secret"
    elif kind == "file" and name:
        path = beside(name, (info.context or {}).get(FOLDER))
        secret = _content_of(path)
        where = f"the file {path}"
        missing = f"{where} is missing, empty or unreadable; it must hold the secret"
    else:
        raise secret_error('write a secret as a reference: "env:NAME" or "file:PATH"')
    if not secret:
        raise secret_error(missing)
    if not secret.isprintable():
        raise secret_error(
            f"{where} holds a line break or a character that cannot be printed;"
            " it must hold the secret alone"
        )
    return SecretStr(secret)


def secret_error(message: str) -> PydanticCustomError:
    """Return the error for an unusable reference; `message` must not quote a secret."""
    # Pydantic reads braces in a template as the names of values.
    return PydanticCustomError(UNUSABLE_REFERENCE, "{message}", {"message": message})


def _content_of(path: Path) -> str:
    """Return a file's text without surrounding whitespace; "" if it cannot be read."""
    try:
        return read_small_file(path).decode("utf-8-sig").strip()
    except (OSError, ValueError):
        return ""


def read_small_file(path: Path) -> bytes:
    """Return the content of a file that a configuration names, such as a secret.

    Raises:
        OSError: the file cannot be read, is larger than a MiB, or is no regular file: a
            device may never end, and a pipe may never begin.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        content = file.read(_MAX_FILE + 1)
    if len(content) > _MAX_FILE:
        raise OSError(errno.EFBIG, "it is too large")
    return content


@dataclass(frozen=True)
class LateSection:
    """Reads a section; imports the section's class only when it is needed.

    Attributes:
        class_for: a function that takes the section as written in the configuration, and
            returns its class. Raises ValueError if there is no class for it.
        all_classes: a function that imports and returns every class that the section can
            have.
    """

    class_for: Callable[[object], type[Section]]
    all_classes: Callable[[], tuple[type[Section], ...]]

    def __call__(self, raw_section: object, info: ValidationInfo) -> Section:
        """Return the section, validated by the class that `class_for` returns.

        `info` has the folder of the configuration file, for the paths in the section.
        """
        section = self.class_for(raw_section)
        return section.model_validate(raw_section, context=info.context)


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(format_duration, return_type=str, when_used="json"),
]
Timeout = Annotated[Duration, between("100ms", "10m")]
"""How long one request may take."""
FilePath = Annotated[Path, BeforeValidator(resolve_path)]
"""A path; a relative one begins at the folder of the configuration file."""
Secret = Annotated[SecretStr, BeforeValidator(read_secret)]
ServerShown = PlainSerializer(_server_shown, return_type=str, when_used="json")
"""For a URL whose path may be a secret: only its server is printed (P16)."""
PageShown = PlainSerializer(_page_shown, return_type=str, when_used="json")
"""Serializes a URL to JSON without its password and its query, if it has them (P16)."""
# The address of a server. Each request to the server carries a secret, so plain HTTP is
# allowed only for servers on this machine.
ServerAddress = Annotated[
    str,
    matching(
        r"(https://[^/\s@?#]+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)/?",
        "write the address of a server, such as https://social.example, without a path;"
        " http:// is for servers on this machine only",
    ),
]


def _refuse_empty(items: tuple[object, ...]) -> tuple[object, ...]:
    """Return `items`. Raises ValueError if there are none.

    A key that is left out matches everything. Who empties a list rather means that nothing
    shall match (P16).
    """
    if not items:
        raise ValueError(
            "an empty list; name at least one, or leave the key out for all"
        )
    return items


# Frozen sections have enums and tuples, but TOML has neither: the file has strings and
# lists instead. Fields of the types `Many` and `Lax` convert them; all other fields are
# strict.
_Item = TypeVar("_Item")
Many = Annotated[tuple[_Item, ...], Field(strict=False)]
Some = Annotated[Many[_Item], AfterValidator(_refuse_empty)]
"""Items of which at least one must be named; the key can be left out."""
Lax = Annotated[_Item, Field(strict=False)]
