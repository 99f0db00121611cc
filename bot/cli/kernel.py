"""The cache of the compiled detection kernel, and the messages during a compilation."""

from collections.abc import Callable

from bot import compilation, user_cache

_USUAL_SECONDS = 10
_REPEAT_SECONDS = 5.0
_SHORT_SECONDS = 1.0


def enable_cache(
    print_line: Callable[[str], None] | None = None,
    stop_requested: Callable[[], bool] = lambda: False,
) -> None:
    """Cache the compiled kernel in the user's cache folder, and report compilations.

    Args:
        print_line: prints a line; by default to standard error.
        stop_requested: returns whether a stop was requested; a stop aborts a compilation.
    """
    reporter = CompilationReporter(print_line or _print_to_stderr, stop_requested)
    compilation.configure(user_cache.user_folder(), reporter)


class CompilationReporter:
    """Prints that the kernel is being compiled: at once, then every five seconds.

    The first compilation in a process compiles the whole kernel. Later compilations are
    of small parts, and are reported only if they take longer than a second.
    """

    def __init__(
        self,
        print_line: Callable[[str], None],
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._print_line = print_line
        self._is_stopping = is_stopping
        self._elapsed = 0.0
        self._next_report = 0.0

    def on_progress(self, seconds: float) -> None:
        """Print a line if a line is due.

        Args:
            seconds: the time since the compilation began.

        Raises:
            KeyboardInterrupt: a stop was requested.
        """
        if self._is_stopping():
            # The exception ends the compilation. Without it, the stop would wait
            # several seconds for the end of the compilation.
            raise KeyboardInterrupt
        # If `seconds` is less than in the last call, another compilation has begun.
        if seconds < self._elapsed:
            self._next_report = _SHORT_SECONDS
        self._elapsed = seconds
        if seconds < self._next_report:
            return
        if seconds < _REPEAT_SECONDS:
            self._print_line(
                f"Compiling the detection kernel (once, about {_USUAL_SECONDS} s) ..."
            )
        else:
            self._print_line(
                f"Compiling the detection kernel: {seconds:.0f} s so far ..."
            )
        self._next_report = (seconds // _REPEAT_SECONDS + 1) * _REPEAT_SECONDS

    def on_cache_problem(self, problem: str) -> None:
        """Log a problem with the cache as a warning."""
        import structlog

        structlog.get_logger("kernel").warning(problem)


def _print_to_stderr(line: str) -> None:
    from rich.console import Console

    Console(stderr=True, highlight=False, soft_wrap=True).print(line, markup=False)
