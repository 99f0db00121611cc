"""Ends the process after SIGTERM or Ctrl-C, whatever still runs.

After the signal, a command ends by itself as soon as its work can be interrupted. Some
work cannot be: a request to a server that hangs, or a wait for a store that another
program has locked. The process is then ended after `GRACE_S`. No data are lost: the
program stores its data before it uses them, and continues at the next start (P10).
"""

import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from types import FrameType
from typing import Any, Self

GRACE_S = 7.0
"""The seconds that a process has to end by itself after the first signal.

They are fewer than the ten seconds after which many process managers kill a process.
"""
_NOTED_WITHIN_S = 1.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Interrupted(KeyboardInterrupt):
    """A signal asks the command to end.

    A library may run source text with `exec`. If a plain KeyboardInterrupt leaves this
    text, `python -m bot` ends with the exit code of Ctrl-C (130), even after SIGTERM.
    So this is a class of its own.
    """


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Raise `Interrupted`; a handler for SIGTERM and SIGINT."""
    raise Interrupted


class StopWatch:
    """Waits for SIGTERM or SIGINT, and ends this process if it does not end by itself then.

    Attributes:
        number: the number of the first signal; None if none has arrived.
    """

    def __init__(self, grace_s: float = GRACE_S) -> None:
        """Create a watch that does nothing before the `with` statement."""
        self.number: int | None = None
        self._grace_s = grace_s
        self._count = 0
        self._noted = threading.Event()
        self._handlers: dict[int, Any] = {}
        self._unraisable = sys.unraisablehook
        self._receiver, self._sender = socket.socketpair()
        # At its end, Python waits for all threads that are not daemons. A daemon thread
        # still runs then, and can end the process if one of the others hangs.
        self._thread = threading.Thread(
            target=self._watch, name="stop-watch", daemon=True
        )

    @property
    def exit_code(self) -> int:
        """The exit code for the signal: 128 plus its number, as in shells."""
        # The main thread may be interrupted before the thread that notes signals has
        # noted this signal.
        self._noted.wait(_NOTED_WITHIN_S)
        return 128 + (self.number or signal.SIGINT)

    def __enter__(self) -> Self:
        """Watch from now on; SIGTERM and Ctrl-C raise `Interrupted`.

        This must be called in the main thread. If SIGINT is ignored, as in a background
        command of a shell, it stays ignored.
        """
        self._sender.settimeout(0)
        # Python runs signal handlers in the main thread. If the main thread hangs in a
        # library, no handler runs. But Python writes the signal to the wake-up
        # descriptor at once, and the thread of this watch reads it.
        signal.set_wakeup_fd(self._sender.fileno(), warn_on_full_buffer=False)
        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._handlers[number] = signal.signal(number, interrupt)
        # An interrupt that is raised in a destructor is lost, and Python would print a
        # traceback. The hook prevents the traceback; the thread still ends the process.
        self._unraisable, sys.unraisablehook = sys.unraisablehook, self._report
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop watching, unless a signal came: threads may hang after a signal."""
        if self.number is None:
            signal.set_wakeup_fd(-1)
            for number, handler in self._handlers.items():
                signal.signal(number, handler)
            sys.unraisablehook = self._unraisable
            self._sender.close()
            self._thread.join()
            self._receiver.close()

    def _report(self, unraisable: Any) -> None:  # noqa: ANN401 - a class of the typeshed
        if not isinstance(unraisable.exc_value, KeyboardInterrupt):
            self._unraisable(unraisable)

    def _watch(self) -> None:
        while self.number is None:
            received = self._receiver.recv(1)
            if not received:
                return  # `__exit__` has closed the other end
            self._note(received[0])
        deadline = time.monotonic() + self._grace_s
        # A second signal means that somebody does not want to wait.
        while self._count < 2 and (left := deadline - time.monotonic()) > 0:
            self._receiver.settimeout(left)
            with contextlib.suppress(TimeoutError):
                received = self._receiver.recv(1)
                # Python closes the other end when the process ends by itself.
                if not received:
                    return
                self._note(received[0])
        self._end()

    def _note(self, number: int) -> None:
        if number in _SIGNALS:
            self._count += 1
            self.number = self.number or number
            self._noted.set()

    def _end(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(
                "Ended without waiting for what still hangs. What is stored is complete;"
                " the next start goes on from there.\n"
            )
            sys.stderr.flush()
        for child in multiprocessing.active_children():
            child.kill()
        os._exit(self.exit_code)
