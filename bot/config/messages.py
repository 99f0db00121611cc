"""Turns the errors of pydantic into messages in the notation of TOML."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from pydantic import PlainValidator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.config.outline import suggestion
from bot.config.sections import INSIDE_KINDS, PUBLIC_KINDS, UNKNOWN_KIND, Config
from bot.settings import UNUSABLE_REFERENCE, LateSection, Section

AnySection = type[Section] | LateSection

_TYPES = {
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number, without quotes",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number, without quotes",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false, without quotes",
    "tuple_type": "must be a list in brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "path_type": "must be the path of a file or folder, in quotes",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "missing": "this key is required; add it",
}
"""Our message for each error type whose message from pydantic has words of Python.

It replaces pydantic's message.
"""
_DATES = ("datetime_", "timezone_", "date_")
_LONGEST_VALUE = 60
_SECTIONS_WITH_SECRETS = frozenset(
    {"channels", "editors", "operators", "sources", "alarm", "subscriptions"}
)
"""The sections whose text values may be secrets, so messages do not quote them."""
_CHOICES = frozenset({"literal_error", "enum"})


def message(detail: ErrorDetails, values: Mapping[str, object]) -> str:
    """Return an error as text: the key, its value, the problem and what to write.

    Args:
        detail: an error of pydantic.
        values: the parsed TOML that was refused.
    """
    # The path also has each type that pydantic tried, for example "literal['all']".
    # Such parts are no keys, and are left out.
    path = [part for part in detail["loc"] if "[" not in str(part)]
    if detail["type"] == UNKNOWN_KIND:
        path = [*path, "kind"]
    key = in_notation(path, values)
    return f"{key}{_shown(detail, path, values)}: {_problem(detail, path, values)}"


def in_notation(path: Iterable[str | int], values: object) -> str:
    """Return the full name of the key at `path`, such as `loop.poll`.

    An entry of a list is given by its number, from one. If the entry is a table with a
    key `name`, the name is added: `policy.rules 2 ("stays").action`.
    """
    text = ""
    for part in path:
        values = _value_at(values, part)
        if isinstance(part, int):
            name = values.get("name") if isinstance(values, dict) else None
            text += f" {part + 1}" + (f" ({_quoted(name)})" if name else "")
        else:
            text += f".{part}" if text else part
    return text


def choose(names: Iterable[str]) -> str:
    """Return the advice to choose one of some names."""
    return f"choose one of {', '.join(names)}"


def _problem(
    detail: ErrorDetails, path: list[str | int], values: Mapping[str, object]
) -> str:
    kind = detail["type"]
    if kind == "extra_forbidden":
        return f"no such key{suggestion(str(path[-1]), valid_keys(path, values))}"
    if kind == UNKNOWN_KIND:
        return choose(PUBLIC_KINDS if path[0] == "channels" else INSIDE_KINDS)
    if kind.startswith("time_"):
        return 'must be a time in quotes, such as "22:00"'
    if kind.startswith(_DATES):
        return "must be a date and time, such as 2026-01-08T12:00:00Z"
    # Pydantic writes a list of choices with the quotes of Python.
    text = detail["msg"].replace("'", '"') if kind in _CHOICES else detail["msg"]
    text = _TYPES.get(kind, text)
    return text.removeprefix("Value error, ").replace("Input should be", "must be")


def _shown(
    detail: ErrorDetails, path: list[str | int], values: Mapping[str, object]
) -> str:
    """Return ` = VALUE`, or "" if the value is no help, or may be a secret (P16)."""
    if detail["type"] in {"missing", "extra_forbidden", UNUSABLE_REFERENCE}:
        return ""
    value: object = values
    for part in path:
        value = _value_at(value, part)
    if isinstance(value, str) and _may_hold_a_secret(value):
        return ""
    # The value of a key with a few choices is never a secret.
    is_choice = detail["type"] in {*_CHOICES, UNKNOWN_KIND}
    if isinstance(value, str) and path[0] in _SECTIONS_WITH_SECRETS and not is_choice:
        return "" if not _is_duration_key(path, values) else f" = {_quoted(value)}"
    if value is None or isinstance(value, dict | list):
        return ""
    return f" = {_quoted(value)}"


def _may_hold_a_secret(text: str) -> bool:
    """Return whether a text is a URL with a user name, a password or a query."""
    return "://" in text and ("@" in text or "?" in text)


def _is_duration_key(path: list[str | int], values: Mapping[str, object]) -> bool:
    """Return whether the key at `path` takes a duration, which is never a secret."""
    fields = (_fields(s).get(str(path[-1])) for s in _sections_at(path, values))
    return any("timedelta" in str(f.annotation) for f in fields if f is not None)


def _quoted(value: object) -> str:
    """Return a value as TOML writes it, shortened to fit on a line."""
    if isinstance(value, str | bool | int | float):
        text = json.dumps(value, ensure_ascii=False)
    else:
        text = str(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"


def valid_keys(path: list[str | int], values: object) -> set[str]:
    """Return the valid keys of the table in which the last key of `path` stands."""
    return {key for section in _sections_at(path, values) for key in _fields(section)}


def _sections_at(path: list[str | int], values: object) -> set[AnySection]:
    """Return the sections to which the last key of `path` may belong."""
    sections: set[AnySection] = {Config}
    for part in path[:-1]:
        values = _value_at(values, part)
        name = str(part)
        fields = [f for s in sections if (f := _fields(s).get(name)) is not None]
        inner = {s for field in fields for s in sections_of(field)}
        # A part that is not a field is a list index, or a name that the user chose,
        # such as that of a channel. Such a part leads to no other section.
        sections = {_resolve(section, values) for section in inner or sections}
    return sections


def _value_at(values: object, part: str | int) -> object:
    """Return the value at one part of a path, or None."""
    if isinstance(values, list) and isinstance(part, int):
        return values[part] if part < len(values) else None
    return values.get(part) if isinstance(values, dict) else None


def _fields(section: AnySection) -> Mapping[str, FieldInfo]:
    return {} if isinstance(section, LateSection) else section.model_fields


def _resolve(section: AnySection, values: object) -> AnySection:
    """Return the class that a `LateSection` chooses for `values`.

    `section` is returned unchanged if it is a class already, or if it has no class for
    `values`.
    """
    if not isinstance(section, LateSection):
        return section
    try:
        return section.class_for(values)
    except ValueError:
        return section


def sections_of(field: FieldInfo) -> set[AnySection]:
    """Return the sections that a field holds, directly or in a list or a table."""
    return {s for part in (field.annotation, *field.metadata) for s in _sections(part)}


def _sections(annotation: Any) -> set[AnySection]:  # noqa: ANN401 - any annotation
    if isinstance(annotation, PlainValidator):
        validator = annotation.func
        return {validator} if isinstance(validator, LateSection) else set()
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return {annotation}
    return {s for part in get_args(annotation) for s in _sections(part)}
