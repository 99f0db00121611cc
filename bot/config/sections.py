"""The sections of the configuration, with their defaults; `loading` reads them."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    PlainValidator,
    PrivateAttr,
    ValidationInfo,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.channels.registry import CHANNELS
from bot.config.channel_rules import AlarmSection, ChannelRulesSection, EntityText
from bot.config.evidence_section import EvidenceSection
from bot.config.outline import (
    DEFAULT_CHANNEL,
    DEFAULT_STORE,
    POSTS,
    SITE_FOLDER,
    UNPUBLISHED,
)
from bot.config.policy_section import PolicySection
from bot.config.server import ServerSection
from bot.model.entity import parse_entity
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.settings import (
    Duration,
    FilePath,
    LateSection,
    Lax,
    Many,
    Section,
    between,
    matching,
    resolve_path,
)
from bot.site.alerts.settings import CapStatus
from bot.site.static_files import is_web_address, scorecard_folder
from bot.sources.registry import SOURCES
from bot.subscriptions.config import SubscriptionsSection

# `artefacts` imports numpy. Commands that use no readings should start without numpy.
if TYPE_CHECKING:
    from bot.detection.artefacts import ExpectedEvent

Fraction = Annotated[float, Field(gt=0, lt=1)]


class StoreSection(Section):
    """The database file, and how long raw responses of sources are kept."""

    path: Annotated[FilePath, Field(validate_default=True)] = Path(DEFAULT_STORE)
    keep_answers: Annotated[Duration, between("1h", "36500d")] = timedelta(days=30)


def _check_scorecard(location: str, info: ValidationInfo) -> str:
    """Return `location` if it is an address, or a folder that contains a score page.

    A relative folder begins at the folder of the configuration file.

    Raises:
        ValueError: `location` is neither.
    """
    if location.strip() and not is_web_address(location):
        location = str(resolve_path(location, info))
    # An empty value is refused: Path("") is the current folder, which nobody means.
    if is_web_address(location) or (
        location.strip() and scorecard_folder(location) is not None
    ):
        return location
    # Every page would publish a name or password in the address. This message must not
    # show them either, so it does not quote the address.
    if "://" in location and "@" in location:
        raise ValueError("remove the name and the password from the address")
    raise ValueError(
        "this is neither an address (https://...) nor a folder with an"
        " index.html; run `make scorecard` and set this key to out/scorecard, or"
        " leave it out"
    )


class SiteSection(Section):
    """The report site: its folder and public address, a contact and a scorecard.

    Attributes:
        unpublished: the folder of the pages for the operator alone; None: the folder
            `unpublished` beside the site.
        hubs: the public addresses of the WebSub hubs that the feeds announce.
        licence: the licence of texts and pictures, such as CC BY 4.0; "" states none.
        cap_status: how alerts (CAP) are meant; `restricted` also needs
            `cap_restriction`, which says for whom they are.
        cap_sender: who sends alerts; None: the host of `base_url`.
        languages: the languages of pages beside English; None: the languages of posts
            whose translation is reviewed.
    """

    out: Annotated[FilePath, Field(validate_default=True)] = Path(SITE_FOLDER)
    unpublished: FilePath | None = None
    base_url: Annotated[
        str,
        matching(
            r"https?://[^\s@/?#]+(/[^\s?#]*)?",
            "write the public address of the site, such as https://wire.example.org",
        ),
    ] = "http://127.0.0.1:8080"
    contact: str = ""
    licence: str = ""
    hubs: Annotated[
        tuple[
            Annotated[
                str,
                matching(
                    r"https?://[^\s@?#]+",
                    "write the public address of the hub, without a name, a password or a"
                    " query",
                ),
            ],
            ...,
        ],
        Field(strict=False),
    ] = ()
    languages: Annotated[tuple[str, ...], Field(strict=False)] | None = None
    scorecard: Annotated[str, AfterValidator(_check_scorecard)] | None = None
    cap_status: Lax[CapStatus] = CapStatus.TEST
    cap_restriction: Annotated[str, Field(min_length=1)] | None = None
    cap_sender: (
        Annotated[
            str,
            matching(
                r"[^\s,<&]+",
                "write a name such as wire.example.org, without spaces, commas, < and &",
            ),
        ]
        | None
    ) = None

    @model_validator(mode="after")
    def _check_restriction(self) -> Self:
        is_restricted = self.cap_status is CapStatus.RESTRICTED
        if is_restricted != (self.cap_restriction is not None):
            raise ValueError(
                "cap_restriction and cap_status: set both, with the status"
                ' "restricted", or leave cap_restriction out'
            )
        return self

    @property
    def unpublished_folder(self) -> Path:
        """The folder of the pages for the operator alone."""
        return self.unpublished or self.out.parent / UNPUBLISHED


class LoopSection(Section):
    """How often the loop runs, how much history it keeps, and how long it waits.

    Attributes:
        poll: the time from the start of one tick to the start of the next.
        history: how long readings are kept in memory.
        grace: how long the loop waits for a missing reading after it was due.
        settle_after: if a channel's answer to a post is lost, how long the loop waits
            before it searches the channel for the post.
    """

    poll: Annotated[Duration, between("100ms", "1d")] = timedelta(minutes=5)
    history: Annotated[Duration, between("1d", "366d")] = timedelta(days=28)
    grace: Annotated[Duration, between("0s", "7d")] = timedelta(hours=1)
    settle_after: Annotated[Duration, between("0s", "1d")] = timedelta(seconds=60)


class ClockSection(Section):
    """The loop's clock: this machine's, or that of a replay server on this machine.

    `follow` is the address of the replay server's clock; None: this machine's clock.
    """

    follow: (
        Annotated[
            str,
            matching(
                r"http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?/clock",
                "write the address that `outagewire serve-recording` printed, such as"
                " http://127.0.0.1:8765/clock",
            ),
        ]
        | None
    ) = None


class LimitSection(Section):
    """Where a drop begins (`on`) and ends (`off`), as fractions of the baseline."""

    on: Fraction
    off: Fraction


class DetectionSection(Section):
    """Overrides of the built-in thresholds; see `detection.thresholds.Thresholds`."""

    families: dict[Lax[Family], LimitSection] = Field(default_factory=dict)
    signals: dict[str, LimitSection] = Field(default_factory=dict)
    spreads: Annotated[float, Field(gt=0)] = 4.0
    bins_to_open: Annotated[int, Field(ge=2)] = 2
    hold: Annotated[Duration, between("1m", "7d")] = timedelta(hours=1)
    stale: Annotated[Duration, between("1m", "7d")] = timedelta(hours=2)
    coincidence: Annotated[Duration, between("1m", "7d")] = timedelta(hours=6)


class PaceSection(Section):
    """When an incident makes an event; see `incidents.steps.EventTiming`."""

    reopen_within: Annotated[Duration, between("0s", "366d")] = timedelta(hours=24)
    update_every: Annotated[Duration, between("1m", "366d")] = timedelta(hours=24)
    least_between: Annotated[Duration, between("0s", "7d")] = timedelta(hours=1)
    ease_after: Annotated[Duration, between("0s", "7d")] = timedelta(hours=2)
    max_state_changes_per_day: Annotated[int, Field(ge=1)] = 6
    level_step: Fraction = 0.25


class ExpectedSection(Section):
    """A period in which a drop is expected: exams, announced works.

    Attributes:
        public: whether the site's `calendar.ics` has this period.
    """

    place: EntityText
    since: datetime
    until: datetime
    what: Annotated[str, Field(min_length=1)]
    public: bool = False

    def expected(self) -> "ExpectedEvent":
        """Return the expected event as the record that `bot.detection` uses."""
        from bot.detection.artefacts import ExpectedEvent

        window = Interval(self.since, self.until)
        return ExpectedEvent(parse_entity(self.place), window, self.what)

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        # `Interval` rejects an end before its beginning, and times without a zone.
        Interval(self.since, self.until)
        return self


PUBLIC_KINDS = tuple(name for name, kind in CHANNELS.items() if kind.public)
INSIDE_KINDS = tuple(name for name, kind in CHANNELS.items() if kind.internal)


def _source_section(name: str) -> LateSection:
    """Return the section of a source, whose class is imported when it is needed."""
    return LateSection(
        lambda _: SOURCES[name].section_class, lambda: (SOURCES[name].section_class,)
    )


def _channel_section(kinds: tuple[str, ...]) -> LateSection:
    """Return a section for a channel of any of these kinds; its key `kind` says which."""

    def choose(values: object) -> type[Section]:
        kind = _kind(values)
        if kind in kinds:
            return CHANNELS[kind].section_class
        if kind in INSIDE_KINDS and kinds == PUBLIC_KINDS:
            # Under [channels], such a channel would get the published posts, but not
            # the drafts that wait for review (P16).
            raise ValueError(
                f"{kind} reaches editors and operators only, so it is not a public"
                " channel; configure it as [editors] or [operators]"
            )
        raise PydanticCustomError(UNKNOWN_KIND, "no such kind")

    return LateSection(choose, lambda: tuple(CHANNELS[k].section_class for k in kinds))


def _kind(values: object) -> str:
    if isinstance(values, Section):
        return str(getattr(values, "kind", ""))
    return str(values.get("kind", "")) if isinstance(values, dict) else ""


UNKNOWN_KIND: Final = "unknown_kind"
"""The type of the pydantic error for a `kind` that no channel has."""

# The fields come from the registries of sources and channels. So a new source or
# channel is added only there.
_FIELDS: dict[str, Any] = {
    name: (Annotated[Any, PlainValidator(_source_section(name))], None)
    for name in SOURCES
}
Sources: Any = create_model("Sources", __base__=Section, **_FIELDS)
ChannelSection: Any = Annotated[Any, PlainValidator(_channel_section(PUBLIC_KINDS))]
InsideSection: Any = Annotated[Any, PlainValidator(_channel_section(INSIDE_KINDS))]


def _default_sources() -> Any:  # noqa: ANN401 - a model made above
    return Sources(ioda={})


def _default_channels() -> dict[str, Section]:
    wire = {"kind": "file", "path": POSTS}
    return {DEFAULT_CHANNEL: CHANNELS["file"].section_class.model_validate(wire)}


class Config(Section):
    """The whole configuration; by default, posts go only to a local file."""

    store: StoreSection = StoreSection()
    site: SiteSection = SiteSection()
    evidence: EvidenceSection = EvidenceSection()
    loop: LoopSection = LoopSection()
    clock: ClockSection = ClockSection()
    detection: DetectionSection = DetectionSection()
    pace: PaceSection = PaceSection()
    policy: PolicySection = PolicySection()
    calendar: Many[ExpectedSection] = ()
    sources: Sources = Field(default_factory=_default_sources)
    channels: dict[
        Annotated[
            str,
            matching(
                r"[a-z][a-z0-9-]*",
                "the name of a channel has small letters, digits and hyphens, and"
                " begins with a letter",
            ),
        ],
        ChannelSection,
    ] = Field(default_factory=_default_channels)
    channel_rules: dict[str, ChannelRulesSection] = Field(default_factory=dict)
    editors: InsideSection | None = None
    operators: InsideSection | None = None
    subscriptions: SubscriptionsSection | None = None
    alarm: AlarmSection = AlarmSection()
    server: ServerSection | None = None
    log: Literal["quiet", "plain", "json"] = "plain"
    _file: Path | None = PrivateAttr(default=None)

    @property
    def file(self) -> Path | None:
        """The absolute path of the file; None if the configuration is from no file."""
        return self._file

    def of_file(self, file: Path) -> Self:
        """Return a copy with its file's path, for the commands in letters to people."""
        copy = self.model_copy()
        copy._file = file.absolute()  # noqa: SLF001 - a copy of the same class
        return copy

    def configured_sources(self) -> dict[str, Section]:
        """Return the sections of the sources that are configured, by name."""
        sections = {name: getattr(self.sources, name) for name in SOURCES}
        return {
            name: section for name, section in sections.items() if section is not None
        }
