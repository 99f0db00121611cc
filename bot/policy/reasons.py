"""Reasons that are stored with the decisions of policy, and shown to editors (P17).

Stored decisions and review messages contain these values, so no value may be changed or
removed.
"""

from enum import StrEnum


class DecisionReason(StrEnum):
    """Why an event is held or sent to review.

    If a publication rule decides, the name of the rule is stored instead.
    """

    UNDECIDED = "no-stage-decided"
    FOUND_OUT_TOO_LATE = "found-out-too-late"
    NO_MATCHING_RULE = "no-rule-lets-it-out"
    MANY_PLACES = "many-places-at-once"
    LEVEL_SHIFT = "check-failed-level-shift"
    POPULATION = "check-failed-population"
    NOT_CARRIED = "not-carried-there"
    NOTHING_TO_CORRECT = "nothing-to-correct-there"
    CLAIM_WAS_CARRIED = "it-was-told-there"
    MACHINE_DRAFT = "language-is-a-machine-draft"
    CLAIMS_UNBACKED = "claims-not-backed"
    NO_CHANNEL = "no-channel-is-configured"
    HELD_BY_EDITOR = "held-by-an-editor"
    REJECTED_BY_EDITOR = "rejected-by-an-editor"


class DelayReason(StrEnum):
    """Why an approved post waits; for a cap, "at most N" is shown before this text."""

    QUIET_HOURS = "quiet hours"
    BUDGET_SPENT = "the month's budget is spent"
    INCIDENT_CAP = "posts on this incident a day"
    DAILY_CAP = "posts a day"
    NOT_CONFIGURED = "the channel is not configured"


class DropReason(StrEnum):
    """Why a waiting post will never be sent."""

    RETRACTED = "the incident was retracted before this was out"
    OVERTAKEN = "a more urgent post of the incident was due before this was allowed"
