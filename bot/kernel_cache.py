"""The cache of the compiled kernel, and the key under which it is saved."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from bot.user_cache import CacheKind, ReportProblem, UserCache

KERNEL_FILES = (
    "detection/kernel/assessment.py",
    "detection/kernel/baselines.py",
    "detection/kernel/columns.py",
    "detection/kernel/context.py",
    "detection/kernel/drops.py",
    "detection/kernel/health.py",
    "detection/kernel/idle.py",
    "detection/kernel/expect.py",
    "detection/kernel/inputs.py",
    "detection/kernel/levels.py",
    "detection/kernel/loop.py",
    "detection/kernel/prefilter.py",
    "detection/kernel/similar_days.py",
    "detection/kernel/spread.py",
    "compilation.py",
)
"""The source files of the compiled functions and of what these functions use."""
_PACKAGE = Path(__file__).parent
_KERNEL = CacheKind("kernel", "The compiled kernel", "the kernel is compiled")


def compute_digest(machine_properties: Iterable[str], package: Path = _PACKAGE) -> str:
    """Return 16 hexadecimal digits that identify the kernel's machine code.

    Args:
        machine_properties: what machine code depends on besides the sources: the versions
            of the compiler, of numpy and of Python, and the processor.
        package: the folder that holds the source files.
    """
    state = hashlib.sha256("\n".join(machine_properties).encode())
    for name in KERNEL_FILES:
        state.update(name.encode())
        state.update((package / name).read_bytes())
    return state.hexdigest()[:16]


def open_cache(
    caches_folder: Path, digest: str, report_problem: ReportProblem
) -> UserCache:
    """Return the cache of the kernel that has this digest; no file is touched yet."""
    return UserCache(caches_folder, _KERNEL, digest, report_problem)
