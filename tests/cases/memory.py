"""How much memory a piece of work takes, and answers that unpack to very much."""

import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

MEBIBYTE = 2**20
UNPACKED = 384 * MEBIBYTE
"""What `bomb` unpacks to: far more than any answer that is worth reading."""


def growth_of(work: Callable[[], object]) -> int:
    """How many bytes the process grew at most while `work` ran. Linux only."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # forgets the peak so far
    before = _peak()
    work()
    return _peak() - before


def _peak() -> int:
    status = Path("/proc/self/status").read_text("ascii")
    (line,) = (part for part in status.splitlines() if part.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


@cache
def bomb(levels: int) -> bytes:
    """Zeros, packed by gzip as many times: 2 MB once, 6 kB twice, 300 bytes thrice."""
    if levels > 1:
        return _gzip([bomb(levels - 1)])
    return _gzip([bytes(MEBIBYTE)] * (UNPACKED // MEBIBYTE))


def _gzip(parts: list[bytes]) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return b"".join(packer.compress(part) for part in parts) + packer.flush()


def bomb_headers(levels: int) -> dict[str, str]:
    """How a server declares what `bomb` sends."""
    return {"Content-Encoding": ", ".join(["gzip"] * levels)}
