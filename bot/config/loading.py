"""Read the TOML configuration strictly; report all wrong keys in one ConfigError."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import PlainValidator, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.channels.shared.text_options import TextOptions
from bot.config.outline import read_toml, suggestion
from bot.config.sections import INSIDE, PUBLIC, UNKNOWN_KIND, Config
from bot.errors import ConfigError
from bot.model.draft import SITE
from bot.settings import LateSection, Section
from bot.text.template_files import languages, template_sets, templates_root

AnySection = type[Section] | LateSection


def load(path: Path | None) -> Config:
    """Read and check a configuration file; None gives the built-in defaults.

    Raises:
        ConfigError: the file cannot be read, is not TOML, or is refused by `read`.
    """
    if path is None:
        return Config()
    return read(read_toml(path), str(path))


def read(values: Mapping[str, object], origin: str) -> Config:
    """Check the values of a TOML file, and return the configuration.

    Args:
        values: the parsed TOML.
        origin: the name of the file; each error message begins with it.

    Raises:
        ConfigError: a key is wrong, or sections contradict each other. The error names
            every wrong key or, if no key is wrong, every contradiction. It never
            contains a secret (P16).
    """
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        # Pydantic's own text would quote the input, which may hold a secret.
        details = error.errors(
            include_url=False, include_input=False, include_context=False
        )
        messages = (_message(detail, values) for detail in details)
        raise ConfigError(tuple(f"{origin}: {text}" for text in messages)) from None
    if problems := tuple(_contradictions(config)):
        raise ConfigError(tuple(f"{origin}: {problem}" for problem in problems))
    return config


def _contradictions(config: Config) -> Iterator[str]:
    """Yield the errors that the sections' own checks do not find."""
    if not config.configured_sources():
        yield "sources: no source is configured; add a section such as [sources.ioda]"
    for name in ("editors", "operators"):
        if name in config.channels:
            yield f"channels.{name}: this is not a channel; write its section as [{name}]"
    if SITE in config.channels:
        yield (
            f"channels.{SITE}: this name is reserved for the report site;"
            " choose another name"
        )
    yield from _unknown_channel_rules(config)
    yield from _unknown_templates(config)
    yield from _unknown_languages(config)
    # A misspelt channel is refused: a rule with the action hold would not match, and
    # another rule could publish the event (P16).
    for number, rule in enumerate(config.policy.rules):
        for name in rule.channels:
            if name not in {SITE, *config.channels}:
                advice = suggestion(name, config.channels)
                yield f"policy.rules.{number}.channels: no channel {name!r}{advice}"


def _unknown_channel_rules(config: Config) -> Iterator[str]:
    for name in config.channel_rules:
        if name not in config.channels:
            advice = suggestion(name, config.channels)
            yield f"channel_rules.{name}: no channel {name!r}{advice}"


def _unknown_templates(config: Config) -> Iterator[str]:
    for name, section in config.channels.items():
        if not isinstance(section, TextOptions) or not section.templates:
            continue
        sets = template_sets(templates_root())
        if section.templates not in sets:
            problem = f"no template set {section.templates!r}"
            yield f"channels.{name}.templates: {problem}; {_choose(sets)}"


def _unknown_languages(config: Config) -> Iterator[str]:
    available = languages(templates_root())
    for name, section in config.channels.items():
        if not isinstance(section, TextOptions):
            continue
        # If a variant such as "en-GB" has no translations of its own, those of "en" are
        # used.
        if not {section.lang, section.lang.partition("-")[0]} & set(available):
            problem = f"no translations for {section.lang!r}"
            yield f"channels.{name}.lang: {problem}; {_choose(available)}"


def _choose(names: Iterable[str]) -> str:
    return f"choose one of {', '.join(names)}"


def _message(detail: ErrorDetails, values: object) -> str:
    """Return a pydantic error as text: the full name of the key, and its problem."""
    path, error_type = [str(part) for part in detail["loc"]], detail["type"]
    key, message = path[-1], detail["msg"].removeprefix("Value error, ")
    if error_type == "extra_forbidden":
        message = f"no such key{suggestion(key, _valid_keys(path, values))}"
    elif error_type == "missing":
        message = "this key is required; add it"
    elif error_type == UNKNOWN_KIND:
        kinds = PUBLIC if path[0] == "channels" else INSIDE
        path, message = [*path, "kind"], _choose(kinds)
    elif error_type == "string_pattern_mismatch":
        message = message.replace("String should match pattern", "must match")
    else:
        message = message.replace("Input should be", "must be")
    # Pydantic also puts each type that it tried into the path, for example
    # "literal['all']". These parts are not keys, and are left out.
    return f"{'.'.join(part for part in path if '[' not in part)}: {message}"


def _valid_keys(path: list[str], values: object) -> set[str]:
    """Return the keys that are valid in the table that holds the last key of `path`."""
    sections: set[AnySection] = {Config}
    for part in path[:-1]:
        values = _value_at(values, part)
        fields = [f for s in sections if (f := _fields(s).get(part)) is not None]
        inner = {s for field in fields for s in sections_of(field)}
        # A part that is not a field is a list index, or a name that the user chose,
        # such as the name of a channel. After such a part, the sections stay the same.
        sections = {_resolve(section, values) for section in inner or sections}
    return {key for section in sections for key in _fields(section)}


def _value_at(values: object, part: str) -> object:
    """Return the value at one part of a path, or None."""
    if isinstance(values, list):
        return values[int(part)] if part.isdigit() else None
    return values.get(part) if isinstance(values, dict) else None


def _fields(section: AnySection) -> Mapping[str, FieldInfo]:
    return {} if isinstance(section, LateSection) else section.model_fields


def _resolve(section: AnySection, values: object) -> AnySection:
    """Return the class that a `LateSection` chooses for `values`.

    If `section` is already a class, or if it has no class for `values`, return
    `section` unchanged.
    """
    if not isinstance(section, LateSection):
        return section
    try:
        return section.choose(values)
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
