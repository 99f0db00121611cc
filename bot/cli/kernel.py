"""Where the compiled kernel is cached, and what is told while it is compiled."""

from collections.abc import Callable

from bot import compilation as compiling
from bot import kernel_cache

_ABOUT_S = 10
_AGAIN_S = 10.0
_SHORT_S = 1.0


def use(
    tell: Callable[[str], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Cache the kernel in the user's folder, and tell of compilations.

    Args:
        tell: prints a line; standard error where it is not given.
        stopped: whether a stop was asked for; it ends a compilation.
    """
    teller = KernelTeller(tell or _print, stopped)
    compiling.use(kernel_cache.user_folder(), teller)


class KernelTeller:
    """Tells at once that the kernel is compiled, and again while it goes on.

    The first compilation of a process is that of the whole kernel. A later one is of a
    small part, and told only if it is long.
    """

    def __init__(
        self, tell: Callable[[str], None], stopped: Callable[[], bool] = lambda: False
    ) -> None:
        self._tell = tell
        self._stopped = stopped
        self._last = 0.0
        self._next = 0.0

    def compiling(self, seconds: float) -> None:
        """Print a line at the begin, and every ten seconds.

        Raises:
            KeyboardInterrupt: a stop was asked for.
        """
        if self._stopped():
            raise KeyboardInterrupt
        if seconds < self._last:
            self._next = _SHORT_S
        self._last = seconds
        if seconds < self._next:
            return
        if seconds < _AGAIN_S:
            self._tell(f"Compiling the detection kernel (once, about {_ABOUT_S} s) ...")
        else:
            self._tell(f"Compiling the detection kernel: {seconds:.0f} s so far ...")
        self._next = (seconds // _AGAIN_S + 1) * _AGAIN_S

    def cache_problem(self, problem: str) -> None:
        """Log a warning."""
        import structlog

        structlog.get_logger("kernel").warning(problem)


def _print(line: str) -> None:
    from rich.console import Console

    Console(stderr=True, highlight=False, soft_wrap=True).print(line, markup=False)
