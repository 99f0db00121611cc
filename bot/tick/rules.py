"""The parameters of an assessment, and its results."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.detection import artefacts
from bot.detection.fusion.rules import RULES, VerdictRule
from bot.detection.thresholds import Thresholds
from bot.incidents.steps import EventTiming
from bot.model.event import IncidentChange
from bot.model.incident import Abstention
from bot.model.signal import Gap


@dataclass(frozen=True, slots=True)
class AssessmentRules:
    """The parameters of assessment.

    Attributes:
        calendar: the times in which a drop is expected; such a drop is reported, but
            not confirmed.
        grace: how long to wait for a missing bin after it was due.
        reconstruction, drill: see `Facts`.
        table: the rules that turn findings into a verdict.
    """

    thresholds: Thresholds = field(default_factory=Thresholds)
    timing: EventTiming = field(default_factory=EventTiming)
    grace: timedelta = timedelta(hours=1)
    calendar: tuple[artefacts.ExpectedEvent, ...] = ()
    reconstruction: bool = False
    drill: bool = False
    table: tuple[VerdictRule, ...] = RULES


@dataclass(slots=True)
class AssessmentResults:
    """The results of one assessment, to be stored in one transaction.

    Attributes:
        changes: the new events, each with its incident and evidence.
        abstentions: the abstentions.
        gaps: the bins in which a source was unhealthy, with the reason.
    """

    changes: list[IncidentChange] = field(default_factory=list)
    abstentions: list[Abstention] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
