"""Operator alerts on texts of the program that its own claim check did not let through.

The check stops such a text, and the draft waits for a person (P16). If it stops the texts
of every event, the check or the templates are wrong, and without an alert the channel
would just be silent (P19).
"""

from collections.abc import Iterable
from datetime import datetime

from bot.model.draft import Action, Decision
from bot.model.operations import AlertKind, OperatorAlert
from bot.policy.reasons import DecisionReason


class UnsupportedTexts:
    """Notes for each channel whether its newest text passed the claim check."""

    def __init__(self) -> None:
        """Note nothing yet; what an earlier run noted is not known."""
        self._alerts: dict[str, OperatorAlert] = {}

    def note(self, decisions: Iterable[Decision], at: datetime) -> None:
        """Note the final decisions on one event, made at `at` (aware, UTC).

        A decision to hold, or to review for another reason, says nothing about the check.
        """
        for decision in decisions:
            if decision.reason == DecisionReason.CLAIMS_UNBACKED:
                earlier = self._alerts.get(decision.channel)
                self._alerts[decision.channel] = OperatorAlert(
                    AlertKind.UNSUPPORTED,
                    decision.channel,
                    at if earlier is None else earlier.since,
                    f"the newest of these drafts: {decision.event}",
                )
            elif decision.action is Action.PUBLISH:
                self._alerts.pop(decision.channel, None)

    def alerts(self) -> tuple[OperatorAlert, ...]:
        """Return an alert for each channel whose newest text did not pass the check."""
        return tuple(self._alerts.values())
