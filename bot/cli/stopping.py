"""Ends the process after SIGTERM or Ctrl-C, whatever still runs.

After the signal, a command ends by itself as soon as its work can be interrupted. Some
work cannot be: a request to a server that hangs, or a wait for a store that another
program has locked. The process is then ended after `GRACE_S`. No data are lost: the
program stores everything before it is needed, and continues at the next start (P10).
"""

import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from typing import Any, Self

GRACE_S = 7.0
"""The seconds that a process has to end by itself after the first signal.

They are fewer than the ten seconds after which many process managers kill a process.
"""
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class StopWatch:
    """Waits for SIGTERM or SIGINT, and ends a process that then does not end by itself.

    Attributes:
        number: the number of the first signal; None if none has arrived.
    """

    def __init__(self, grace_s: float = GRACE_S) -> None:
        """Create a watch that does nothing before the `with` statement."""
        self.number: int | None = None
        self._grace_s = grace_s
        self._count = 0
        self._handler: Any = signal.SIG_DFL
        self._receiver, self._sender = socket.socketpair()
        # A daemon also watches while Python waits for other threads at its end.
        self._thread = threading.Thread(
            target=self._watch, name="stop-watch", daemon=True
        )

    @property
    def exit_code(self) -> int:
        """The exit code for the signal: 128 and its number, as in shells."""
        return 128 + (self.number or signal.SIGINT)

    def __enter__(self) -> Self:
        """Watch from now on; SIGTERM raises KeyboardInterrupt, as Ctrl-C does.

        This must be called in the main thread. If SIGINT is ignored, as in a background
        command of a shell, it stays ignored.
        """
        self._sender.settimeout(0)
        # Python runs signal handlers in the main thread. If the main thread hangs in a
        # library, no handler runs. But Python writes the signal to the wake-up
        # descriptor at once, and the thread of this watch reads it.
        signal.set_wakeup_fd(self._sender.fileno(), warn_on_full_buffer=False)
        self._handler = signal.signal(signal.SIGTERM, signal.default_int_handler)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop watching; after a signal, go on, because threads may still hang."""
        if self.number is None:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGTERM, self._handler)
            self._sender.close()
            self._thread.join()
            self._receiver.close()

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
                self._note(self._receiver.recv(1)[0])
        self._end()

    def _note(self, number: int) -> None:
        if number in _SIGNALS:
            self._count += 1
            self.number = self.number or number

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
