"""Plain loops over numbers, compiled: as quick on one bin as on a year of them.

Detection is written for one reading of one series, as it would be explained on
paper; the compiler makes it quick. What is compiled is kept beside the code, or in the
user's cache, under a name that tells the source it was made from: a compiled loop that
calls another would else outlive a change of the other.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numba
from platformdirs import user_cache_path

Compiled = TypeVar("Compiled", bound=Callable[..., object])
_HERE = Path(__file__).parent


def compiled(function: Compiled) -> Compiled:
    """The same function, compiled at its first call.

    Numbers are kept as the standard says (no fast math): a result must not depend on
    how many bins were judged in one go (P14). While it runs, other threads may.
    """
    return cast("Compiled", numba.njit(cache=_KEPT, nogil=True)(function))


def digest() -> str:
    """A name for all that is compiled, as it is written now."""
    told = hashlib.sha256(numba.__version__.encode())
    for source in sorted((_HERE / "detection").rglob("*.py")):
        told.update(source.read_bytes())
    return told.hexdigest()[:16]


def _keep() -> bool:
    """Choose where compiled loops are kept; False where nothing can be written."""
    for home in (_HERE / "__pycache__", user_cache_path("outagewire")):
        folder = home / f"compiled-{digest()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            # Named by the environment elsewhere, and so unknown to type checkers.
            numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
            return True
    return False


_KEPT = _keep()
