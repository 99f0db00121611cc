"""Measure the memory that a call takes, and make small answers that unpack to much."""

import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

MEBIBYTE = 2**20
UNPACKED = 384 * MEBIBYTE
"""The number of bytes that `bomb` unpacks to, far more than any real answer has."""


def growth_of(work: Callable[[], object]) -> int:
    """Return the peak growth of the process in bytes while `work` runs. Linux only."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # resets the peak
    before = _peak()
    work()
    return _peak() - before


def _peak() -> int:
    status = Path("/proc/self/status").read_text("ascii")
    (line,) = (part for part in status.splitlines() if part.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


@cache
def bomb(levels: int) -> bytes:
    """Return many zeros, packed by gzip `levels` times.

    The result has 2 MB for one level, 6 kB for two, and 300 bytes for three.
    """
    if levels > 1:
        return _gzip([bomb(levels - 1)])
    return _gzip([bytes(MEBIBYTE)] * (UNPACKED // MEBIBYTE))


def _gzip(parts: list[bytes]) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return b"".join(packer.compress(part) for part in parts) + packer.flush()


def bomb_headers(levels: int) -> dict[str, str]:
    """Return the headers that declare how `bomb` with these levels is packed."""
    return {"Content-Encoding": ", ".join(["gzip"] * levels)}
