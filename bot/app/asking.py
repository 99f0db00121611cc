"""When to stop asking: a source that is silent is left alone until the next round."""

from bot.model.signal import Request

_GIVE_UP = 2
"""So many questions in a row without an answer: this signal is silent."""


class Patience:
    """Who is still worth asking in this round.

    One for each source. Only silence tires. Whoever answers, be it without data or with nonsense, is
    there, and is asked on. One ill signal does not keep the others from being asked;
    but while nobody has answered at all, one question is enough for the next signal.
    """

    def __init__(self) -> None:
        """Begin with patience for everybody."""
        self._silent: dict[tuple[str, ...], int] = {}
        self._answered = False
        self._nobody = False

    def worth_asking(self, request: Request) -> bool:
        """Whether neither the source nor the signals of `request` are given up."""
        return not self._nobody and self._silent.get(request.signals, 0) < self._limit

    def heard(self, request: Request) -> None:
        """It was answered."""
        self._answered = True
        self._silent[request.signals] = 0

    def unreachable(self) -> None:
        """No connection could be made, often as it was tried: nobody is there."""
        self._nobody = True

    def silence(self, request: Request) -> None:
        """It was not."""
        run = self._silent.get(request.signals, 0) + 1
        self._silent[request.signals] = _GIVE_UP if run >= self._limit else run

    @property
    def answered(self) -> bool:
        """Whether anybody has answered anything."""
        return self._answered

    @property
    def _limit(self) -> int:
        given_up = any(run >= _GIVE_UP for run in self._silent.values())
        return 1 if given_up and not self._answered else _GIVE_UP
