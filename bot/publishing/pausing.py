"""The kill switch: a person stops channels and lets them post again (P16)."""

from typing import TYPE_CHECKING

from bot.errors import BotError
from bot.model.delivery import EVERY, Pause

# The ports load every record of the model: too much for a switch that must be quick.
if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.ports import Pauses


class KillSwitch:
    """Stops channels and lets them post again, each with a name and a reason (P17)."""

    def __init__(self, pauses: "Pauses", clock: "Clock", by: str, reason: str) -> None:
        """Act in the name of `by`.

        Raises:
            BotError: the name or the reason is missing.
        """
        self._pauses = pauses
        self._clock = clock
        self._by, self._reason = signature(by, reason)

    def pause(self, channel: str = EVERY) -> None:
        """Nothing goes out there from now on; what is on its way may still arrive."""
        at = self._clock.now()
        self._pauses.pause(Pause(channel, self._by, self._reason, at))

    def resume(self, channel: str = EVERY) -> None:
        """Let it post again.

        Raises:
            BotError: it was not stopped.
        """
        if channel not in {pause.channel for pause in self._pauses.active()}:
            what = "all of it" if channel == EVERY else channel
            raise BotError(f"{what} is not stopped; `outagewire pause` tells what is")
        self._pauses.resume(channel, self._by, self._reason, self._clock.now())


def signature(by: str, reason: str) -> tuple[str, str]:
    """Who acts and why, without the white space around them.

    Raises:
        BotError: one of them is missing.
    """
    if not by.strip() or not reason.strip():
        raise BotError("say who you are with --by and why with --reason: both stay")
    return by.strip(), reason.strip()
