"""What people rule on an incident: they say it here, and the loop carries it out."""

from bot.clock import Clock
from bot.errors import BotError
from bot.model.incident import EventKind, ManualCorrection, State
from bot.ports import Store

LONGEST = 140
"""A statement fits a post on every channel, with what is said beside it."""


class ManualCorrections:
    """Where a person corrects or takes back what was said of an incident."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep what is needed."""
        self._store = store
        self._clock = clock

    def rule(self, incident: str, kind: EventKind, statement: str, by: str) -> None:
        """Put a ruling on record; the running loop carries it out in its next round.

        Raises:
            BotError: no name, or a statement that cannot be posted.
            StoreError: there is no such incident.
        """
        words = " ".join(statement.split())
        if not by.strip() or not words:
            raise BotError("--by and --statement are required")
        if len(words) > LONGEST:
            raise BotError(
                f"--statement has {len(words)} characters; shorten it to {LONGEST}"
            )
        self._refuse_twice(incident)
        now = self._clock.now()
        self._store.rulings.append(
            ManualCorrection(incident, kind, words, by.strip(), now)
        )

    def _refuse_twice(self, incident: str) -> None:
        if self._store.incidents.get(incident).state is State.RETRACTED:
            raise BotError(f"{incident} was retracted already: nothing stands")
