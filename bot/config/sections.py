"""The whole configuration: TOML, read strictly, with every wrong key named at once."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self, Union, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    create_model,
    model_validator,
)

from bot.channels.file import FileConfig
from bot.channels.registry import CHANNELS
from bot.channels.text_options import TextOptions
from bot.config.channel_rules import AlarmSection, ChannelRulesSection
from bot.detection.artefacts import Expected
from bot.errors import ConfigError
from bot.model.draft import Action
from bot.model.entity import parse_entity
from bot.model.incident import EventKind, State
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.policy.flood_control import Flood
from bot.policy.publication_rules import Policy, PolicyRule
from bot.settings import Duration, Lax, Many, Section
from bot.site.static_files import is_address, page_folder
from bot.sources.registry import SOURCES
from bot.text.translations import languages, template_sets, templates_root

Fraction = Annotated[float, Field(gt=0, lt=1)]


def _as_path(value: object) -> object:
    return Path(value).expanduser() if isinstance(value, str) else value


FilePath = Annotated[Path, BeforeValidator(_as_path)]


class StoreSection(Section):
    """Where everything is remembered, and how long raw answers are kept."""

    path: FilePath = Path("var/outagewire.db")
    keep_answers: Duration = timedelta(days=30)


def _score_page(told: str) -> str:
    """An address, or a folder that a score page is in now. Raises ValueError."""
    if is_address(told) or (told.strip() and page_folder(told) is not None):
        return told
    raise ValueError(
        f"{told!r} is neither an address (https://...) nor a folder with an"
        " index.html: run `make scorecard` and write out/scorecard, or leave it out"
    )


class SiteSection(Section):
    """The public record: where it is written, and under which address it stands."""

    out: FilePath = Path("var/site")
    base_url: str = Field(default="http://127.0.0.1:8080", pattern=r"^https?://\S+$")
    contact: str = ""
    scorecard: Annotated[str, AfterValidator(_score_page)] | None = None


class LoopSection(Section):
    """How often to look, and how much history to keep in memory."""

    poll: Duration = timedelta(minutes=5)
    history: Duration = timedelta(days=28)
    grace: Duration = timedelta(hours=1)
    settle_after: Duration = timedelta(seconds=60)


class ClockSection(Section):
    """Whose time it is: the machine's, or that of a replay server on this machine."""

    follow: str | None = Field(
        default=None, pattern=r"^http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?/clock$"
    )


class LimitSection(Section):
    """Where a drop begins and ends, as fractions of ordinary."""

    on: Fraction
    off: Fraction


class DetectionSection(Section):
    """Exceptions to the built-in numbers of detection."""

    families: dict[Lax[Family], LimitSection] = Field(default_factory=dict)
    signals: dict[str, LimitSection] = Field(default_factory=dict)
    spreads: Annotated[float, Field(gt=0)] = 4.0
    bins_to_open: Annotated[int, Field(ge=2)] = 2
    hold: Duration = timedelta(hours=1)
    stale: Duration = timedelta(hours=2)
    coincidence: Duration = timedelta(hours=6)


class PaceSection(Section):
    """How often an open incident is told of."""

    reopen_within: Duration = timedelta(hours=24)
    update_every: Duration = timedelta(hours=24)
    least_between: Duration = timedelta(hours=1)
    ease_after: Duration = timedelta(hours=2)
    turns_a_day: Annotated[int, Field(ge=1)] = 6
    level_step: Fraction = 0.25


class PolicyRuleSection(Section):
    """One rule; what is left out matches everything."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    action: Lax[Action]
    states: Many[Lax[State]] = ()
    kinds: Many[Lax[EventKind]] = ()
    channels: Many[str] = ()
    confirmed: bool | None = None

    def rule(self) -> PolicyRule:
        """The rule in the words of the core."""
        return PolicyRule(
            **{name: getattr(self, name) for name in type(self).model_fields}
        )


class PolicySection(Section):
    """What happens to events; what no rule matches goes to review."""

    stale_after: Duration = timedelta(hours=6)
    flood_above: Annotated[int, Field(ge=1)] = 10
    flood_within: Duration = timedelta(hours=1)
    rules: Many[PolicyRuleSection] = ()

    def policy(self) -> Policy:
        """The policy in the words of the core."""
        rules = tuple(r.rule() for r in self.rules)
        flood = Flood(self.flood_above, self.flood_within)
        return Policy(rules, self.stale_after, flood)


def _place(text: str) -> str:
    parse_entity(text)
    return text


class ExpectedSection(Section):
    """A window in which a drop is foreseen: exams, announced works."""

    place: Annotated[str, AfterValidator(_place)]
    since: datetime
    until: datetime
    what: Annotated[str, Field(min_length=1)]

    def expected(self) -> Expected:
        """The window in the words of the core."""
        window = Interval(self.since, self.until)
        return Expected(parse_entity(self.place), window, self.what)

    @model_validator(mode="after")
    def _has_a_span(self) -> Self:
        self.expected()
        return self


# One optional section for each source there is, and one of the channels' sections
# for each configured channel: both registries are the only lists to extend.
_FIELDS: dict[str, Any] = {
    name: (kind.config | None, None) for name, kind in SOURCES.items()
}
Sources: Any = create_model("Sources", __base__=Section, **_FIELDS)
PUBLIC = tuple(name for name, kind in CHANNELS.items() if kind.public)
INSIDE = tuple(name for name, kind in CHANNELS.items() if kind.inside)


def _is_public(told: object) -> object:
    """Refuse, with a reason, what is for editors and operators alone (P16)."""
    kind = told.get("kind") if isinstance(told, dict) else None
    if kind in INSIDE and kind not in PUBLIC:
        raise ValueError(
            f"{kind} is for editors and operators, never a public channel:"
            " see [editors] and [operators]"
        )
    return told


def _one_of(kinds: tuple[str, ...]) -> Any:  # noqa: ANN401 - a type
    """The section of any of these kinds, told by its key `kind`."""
    sections = tuple(CHANNELS[kind].section for kind in kinds)
    return Annotated[Union[sections], Field(discriminator="kind")]  # noqa: UP007


# Where pydantic puts a section's kind in the path to a wrong key.
_KIND_AT = {"channels": 2, "editors": 1, "operators": 1}
ChannelSection: Any = Annotated[_one_of(PUBLIC), BeforeValidator(_is_public)]
InsideSection: Any = _one_of(INSIDE)


class Config(Section):
    """Everything an operator can say; all of it has a default that publishes nothing."""

    store: StoreSection = StoreSection()
    site: SiteSection = SiteSection()
    loop: LoopSection = LoopSection()
    clock: ClockSection = ClockSection()
    detection: DetectionSection = DetectionSection()
    pace: PaceSection = PaceSection()
    policy: PolicySection = PolicySection()
    calendar: Many[ExpectedSection] = ()
    sources: Sources = Field(
        default_factory=lambda: Sources(ioda=SOURCES["ioda"].config())
    )
    channels: dict[
        Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")], ChannelSection
    ] = Field(
        default_factory=lambda: {"wire": FileConfig(path=Path("var/posts.jsonl"))}
    )
    desk: dict[str, ChannelRulesSection] = Field(default_factory=dict)
    editors: InsideSection | None = None
    operators: InsideSection | None = None
    alarm: AlarmSection = AlarmSection()
    log: Literal["quiet", "plain", "json"] = "plain"

    def configured_sources(self) -> dict[str, Section]:
        """The sources that have a section, by name."""
        every = {name: getattr(self.sources, name) for name in SOURCES}
        return {name: section for name, section in every.items() if section is not None}


def load(path: Path | None) -> Config:
    """Read a configuration file; without one, the embedded defaults.

    Raises:
        ConfigError: naming every wrong key at once, never a secret (P16).
    """
    if path is None:
        return Config()
    return read(_toml(path), str(path))


def read(told: Mapping[str, object], where: str) -> Config:
    """Check a configuration that was read from `where`. Raises ConfigError."""
    try:
        config = Config.model_validate(told)
    except ValidationError as error:
        found = error.errors(
            include_url=False, include_input=False, include_context=False
        )
        wrong = (_sentence(one["loc"], one["type"], one["msg"]) for one in found)
        raise ConfigError(tuple(f"{where}: {one}" for one in wrong)) from None
    if problems := tuple(_contradictions(config)):
        raise ConfigError(tuple(f"{where}: {problem}" for problem in problems))
    return config


def _contradictions(config: Config) -> Iterator[str]:
    """What no section can see by itself."""
    if not config.configured_sources():
        yield "sources: name at least one source"
    for name in ("editors", "operators"):
        if name in config.channels:
            yield f"channels.{name}: write it as [{name}]"
    yield from _unknown_desks(config)
    yield from _unknown_templates(config)
    yield from _unknown_languages(config)
    for number, rule in enumerate(config.policy.rules):
        for name in rule.channels:
            if name not in config.channels:
                advice = _advice(name, config.channels)
                yield f"policy.rules.{number}.channels: no channel {name!r}{advice}"


def _unknown_desks(config: Config) -> Iterator[str]:
    for name in config.desk:
        if name not in config.channels:
            yield f"desk.{name}: no channel {name!r}{_advice(name, config.channels)}"


def _unknown_templates(config: Config) -> Iterator[str]:
    for name, section in config.channels.items():
        if not isinstance(section, TextOptions) or not section.templates:
            continue
        there = template_sets(templates_root())
        if section.templates not in there:
            what = f"no template set {section.templates!r}"
            known = ", ".join(there) or "none"
            yield f"channels.{name}.templates: {what}; there are {known}"


def _unknown_languages(config: Config) -> Iterator[str]:
    known = languages(templates_root())
    for name, section in config.channels.items():
        if isinstance(section, TextOptions) and not {
            section.lang,
            section.lang.partition("-")[0],
        } & set(known):
            advice = f"there are {', '.join(known)}"
            yield f"channels.{name}.lang: no words in {section.lang!r}; {advice}"


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise ConfigError((f"{path}: cannot be read: {reason}",)) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError((f"{path}: not TOML: {error}",)) from None


def _sentence(loc: tuple[int | str, ...], kind: str, message: str) -> str:
    """A pydantic error in an operator's words."""
    path = [str(part) for part in loc]
    key, message = path[-1], message.removeprefix("Value error, ")
    if kind == "extra_forbidden":
        message = f"no such key{_advice(key, _keys_beside(path))}"
    elif kind == "missing":
        message = "this key is needed"
    elif kind.startswith("union_tag"):
        kinds = PUBLIC if path[0] == "channels" else INSIDE
        path, message = [*path, "kind"], f"choose one of {', '.join(kinds)}"
    elif kind == "string_pattern_mismatch":
        message = message.replace("String should match pattern", "must look like")
    return f"{'.'.join(_as_written(path))}: {message}"


def _as_written(path: list[str]) -> list[str]:
    """The path without what pydantic adds to it: a channel's kind, a type tried."""
    at = _KIND_AT.get(path[0], len(path))
    plain = path[:at] + path[at + 1 :] if len(path) > at + 1 else path
    return [part for part in plain if "[" not in part]


def _advice(key: str, keys: Iterable[str]) -> str:
    known = sorted(keys)
    if near := get_close_matches(key, known, n=1):
        return f"; did you mean {near[0]}?"
    return f"; there are {', '.join(known)}" if known else ""


def _keys_beside(path: list[str]) -> set[str]:
    """The keys that the last key of `path` could have been."""
    sections: set[type[Section]] = {Config}
    for part in path[:-1]:
        inner = [s.model_fields[part] for s in sections if part in s.model_fields]
        if inner:
            sections = {s for field in inner for s in _sections(field.annotation)}
        tagged = {
            s
            for s in sections
            if "kind" in s.model_fields and s.model_fields["kind"].default == part
        }
        sections = tagged or sections
    return {key for section in sections for key in section.model_fields}


def _sections(annotation: Any) -> set[type[Section]]:  # noqa: ANN401 - any type there is
    """The sections within a type: itself, or a part of a list, table or choice."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return {annotation}
    return {s for part in get_args(annotation) for s in _sections(part)}
