"""Start and stop a server in a process of its own, with a log file."""

import socket
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Running:
    """A running server that listens on loopback."""

    process: subprocess.Popen[bytes]
    base_url: str

    def stop(self) -> None:
        """Stop the server."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


def start(
    command: Sequence[str | Path], port: int, log: Path, patience_s: float
) -> Running:
    """Start a server and wait up to `patience_s` seconds until it listens on `port`.

    Raises:
        RuntimeError: the server ended, or did not listen in time.
    """
    with log.open("wb") as out:
        process = subprocess.Popen(list(command), stdout=out, stderr=out)
    running = Running(process, f"http://127.0.0.1:{port}")
    try:
        _wait_for(process, port, log, patience_s)
    except BaseException:
        running.stop()
        raise
    return running


def _wait_for(
    process: subprocess.Popen[bytes], port: int, log: Path, patience_s: float
) -> None:
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{log.stem} ended at once; see {log}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"{log.stem} did not listen within {patience_s:.0f} s")
