"""The kill switch: a person stops channels, and later resumes them (P16)."""

from typing import TYPE_CHECKING

from bot.characters import one_visible_line
from bot.errors import BotError
from bot.model.operations import ALL_CHANNELS, Pause

# Only type checkers import these modules. The ports import the whole model, which would
# make `outagewire pause` slow to start.
if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.ports import Pauses


class KillSwitch:
    """Stops and resumes channels, and records who did so and why (P17)."""

    def __init__(
        self, pauses: "Pauses", clock: "Clock", person: str, reason: str
    ) -> None:
        """Check that a name (`person`) and a reason are given; both are recorded.

        Raises:
            BotError: the name or the reason is missing.
        """
        self._pauses = pauses
        self._clock = clock
        self._by, self._reason = require_name_and_reason(person, reason)

    def pause(self, channel: str = ALL_CHANNELS) -> None:
        """Stop a channel, or all channels; a request already under way goes on."""
        at = self._clock.now()
        self._pauses.pause(Pause(channel, self._by, self._reason, at))

    def resume(self, channel: str = ALL_CHANNELS) -> None:
        """Let a channel, or all channels, post again.

        A channel that was stopped by its name stays stopped if all channels resume.

        Raises:
            BotError: the channel was not stopped by name, or no pause of all channels
                is in force.
        """
        if channel not in {pause.channel for pause in self._pauses.active()}:
            problem = (
                "no pause of all channels is in force"
                if channel == ALL_CHANNELS
                else f"{channel} is not stopped"
            )
            raise BotError(
                f"{problem}; `outagewire pause` without --by and --reason lists what is"
                " stopped"
            )
        self._pauses.resume(channel, self._by, self._reason, self._clock.now())


def require_name_and_reason(person: str, reason: str) -> tuple[str, str]:
    """Return the name and the reason, each on one line without hidden characters.

    Hidden characters are removed and cause no error. A person who pastes a text with
    such characters must still be able to stop the posts (P16).

    Raises:
        BotError: one of them is missing.
    """
    name, why = one_visible_line(person), one_visible_line(reason)
    if not name or not why:
        raise BotError("--by and --reason are required; both are recorded")
    return name, why
