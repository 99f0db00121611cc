"""The whole configuration: TOML, read strictly, with every wrong key named at once."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.channels.registry import CHANNELS
from bot.channels.text_options import TextOptions
from bot.config.channel_rules import AlarmSection, ChannelRulesSection
from bot.config.outline import CHANNEL, STORE, read_toml, suggestion
from bot.errors import ConfigError
from bot.model.draft import SITE, Action
from bot.model.entity import Entity, parse_entity
from bot.model.incident import EventKind, State
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.policy.flood_control import Flood
from bot.policy.publication_rules import Policy, PolicyRule
from bot.settings import Duration, LateSection, Lax, Many, Section
from bot.site.static_files import is_address, page_folder
from bot.sources.ioda.config import iso_countries
from bot.sources.registry import SOURCES
from bot.text.template_files import languages, template_sets, templates_root

# Numpy's work: a command that reads no readings need not load it.
if TYPE_CHECKING:
    from bot.detection.artefacts import Expected

AnySection = type[Section] | LateSection
Fraction = Annotated[float, Field(gt=0, lt=1)]


def _as_path(value: object) -> object:
    return Path(value).expanduser() if isinstance(value, str) else value


FilePath = Annotated[Path, BeforeValidator(_as_path)]


class StoreSection(Section):
    """Where everything is remembered, and how long raw answers are kept."""

    path: FilePath = Path(STORE)
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
    max_state_changes_per_day: Annotated[int, Field(ge=1)] = 6
    level_step: Fraction = 0.25


def _place_of(text: object) -> object:
    """`KZ`, `KZ/Almaty`, or as it is written elsewhere: `asn:9198`."""
    if not isinstance(text, str):
        return text
    kind = "region:" if "/" in text else "country:"
    entity = parse_entity(text if ":" in text else f"{kind}{text}")
    if entity.country not in {None, "XK", *iso_countries()}:
        # A typing error in a rule that holds back must not publish (P16).
        raise ValueError(f"there is no country {entity.country!r}")
    return entity


Place = Annotated[Entity, BeforeValidator(_place_of)]


class PolicyRuleSection(Section):
    """One rule; what is left out matches everything."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    action: Lax[Action]
    states: Many[Lax[State]] = ()
    kinds: Many[Lax[EventKind]] = ()
    channels: Many[str] = ()
    confirmed: bool | None = None
    places: Many[Place] = ()

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

    def expected(self) -> "Expected":
        """The window in the words of the core."""
        from bot.detection.artefacts import Expected

        window = Interval(self.since, self.until)
        return Expected(parse_entity(self.place), window, self.what)

    @model_validator(mode="after")
    def _has_a_span(self) -> Self:
        Interval(self.since, self.until)
        return self


PUBLIC = tuple(name for name, kind in CHANNELS.items() if kind.public)
INSIDE = tuple(name for name, kind in CHANNELS.items() if kind.inside)


def _of_source(name: str) -> LateSection:
    """The section of a source, told by its name."""
    return LateSection(lambda _: SOURCES[name].config, lambda: (SOURCES[name].config,))


def _of_kind(kinds: tuple[str, ...]) -> LateSection:
    """The section of any of these kinds of channel, told by its key `kind`."""

    def choose(written: object) -> type[Section]:
        kind = _kind(written)
        if kind in kinds:
            return CHANNELS[kind].section
        if kind in INSIDE and kinds == PUBLIC:
            raise ValueError(  # P16
                f"{kind} is for editors and operators, never a public channel:"
                " see [editors] and [operators]"
            )
        raise PydanticCustomError(_NO_KIND, "no such kind")

    return LateSection(choose, lambda: tuple(CHANNELS[k].section for k in kinds))


def _kind(written: object) -> str:
    if isinstance(written, Section):
        return str(getattr(written, "kind", ""))
    return str(written.get("kind", "")) if isinstance(written, dict) else ""


_NO_KIND: Final = "no_kind"

# One optional section for each source there is, and one of the channels' sections
# for each configured channel: both registries are the only lists to extend.
_FIELDS: dict[str, Any] = {
    name: (Annotated[Any, PlainValidator(_of_source(name))], None) for name in SOURCES
}
Sources: Any = create_model("Sources", __base__=Section, **_FIELDS)
ChannelSection: Any = Annotated[Any, PlainValidator(_of_kind(PUBLIC))]
InsideSection: Any = Annotated[Any, PlainValidator(_of_kind(INSIDE))]


def _default_sources() -> Any:  # noqa: ANN401 - a model made above
    return Sources(ioda={})


def _default_channels() -> dict[str, Section]:
    wire = {"kind": "file", "path": "var/posts.jsonl"}
    return {CHANNEL: CHANNELS["file"].section.model_validate(wire)}


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
    sources: Sources = Field(default_factory=_default_sources)
    channels: dict[
        Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")], ChannelSection
    ] = Field(default_factory=_default_channels)
    channel_rules: dict[str, ChannelRulesSection] = Field(default_factory=dict)
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
    return read(read_toml(path), str(path))


def read(told: Mapping[str, object], where: str) -> Config:
    """Check a configuration that was read from `where`. Raises ConfigError."""
    try:
        config = Config.model_validate(told)
    except ValidationError as error:
        found = error.errors(
            include_url=False, include_input=False, include_context=False
        )
        wrong = (_sentence(problem, told) for problem in found)
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
    if SITE in config.channels:
        yield f"channels.{SITE}: choose another name; rules mean the report site by it"
    yield from _unknown_channel_rules(config)
    yield from _unknown_templates(config)
    yield from _unknown_languages(config)
    for number, rule in enumerate(config.policy.rules):
        for name in rule.channels:
            if name not in {SITE, *config.channels}:
                advice = suggestion(name, config.channels)
                yield f"policy.rules.{number}.channels: no channel {name!r}{advice}"


def _unknown_channel_rules(config: Config) -> Iterator[str]:
    for name in config.channel_rules:
        if name not in config.channels:
            yield f"channel_rules.{name}: no channel {name!r}{suggestion(name, config.channels)}"


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


def _sentence(problem: ErrorDetails, told: object) -> str:
    """A pydantic error in an operator's words."""
    path, kind = [str(part) for part in problem["loc"]], problem["type"]
    key, message = path[-1], problem["msg"].removeprefix("Value error, ")
    if kind == "extra_forbidden":
        message = f"no such key{suggestion(key, _keys_beside(path, told))}"
    elif kind == "missing":
        message = "this key is needed"
    elif kind == _NO_KIND:
        kinds = PUBLIC if path[0] == "channels" else INSIDE
        path, message = [*path, "kind"], f"choose one of {', '.join(kinds)}"
    elif kind == "string_pattern_mismatch":
        message = message.replace("String should match pattern", "must look like")
    # Pydantic puts each type that it tried into the path, as "literal['all']".
    return f"{'.'.join(part for part in path if '[' not in part)}: {message}"


def _keys_beside(path: list[str], told: object) -> set[str]:
    """The keys that the last key of `path`, in what was told, could have been."""
    here: set[AnySection] = {Config}
    for part in path[:-1]:
        told = _within(told, part)
        fields = [f for s in here if (f := _fields(s).get(part)) is not None]
        inner = {s for field in fields for s in sections_of(field)}
        here = {_chosen(section, told) for section in inner or here}
    return {key for section in here for key in _fields(section)}


def _within(told: object, part: str) -> object:
    """What stands at a part of a path."""
    if isinstance(told, list):
        return told[int(part)] if part.isdigit() else None
    return told.get(part) if isinstance(told, dict) else None


def _fields(section: AnySection) -> Mapping[str, FieldInfo]:
    return {} if isinstance(section, LateSection) else section.model_fields


def _chosen(section: AnySection, told: object) -> AnySection:
    """The class that `told` asks for, where the class follows from it."""
    if not isinstance(section, LateSection):
        return section
    try:
        return section.choose(told)
    except ValueError:
        return section


def sections_of(field: FieldInfo) -> set[AnySection]:
    """What a field holds: sections, or parts of a list or table that are sections."""
    return {s for part in (field.annotation, *field.metadata) for s in _sections(part)}


def _sections(annotation: Any) -> set[AnySection]:  # noqa: ANN401 - any type there is
    if isinstance(annotation, PlainValidator):
        reader = annotation.func
        return {reader} if isinstance(reader, LateSection) else set()
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return {annotation}
    return {s for part in get_args(annotation) for s in _sections(part)}
