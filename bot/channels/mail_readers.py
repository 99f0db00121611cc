"""Who subscribed: a file with one address a line."""

import re
from pathlib import Path

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
MOST = 100
"""So many readers every mail server takes for one letter (RFC 5321, 4.5.3.1.8)."""


def read_addresses(file: Path, *, strictly: bool = False) -> tuple[str, ...]:
    """The addresses in `file`; blank lines and those that begin with # are none.

    A line that is no address keeps no news from the others, but is logged.

    Raises:
        ValueError: the file cannot be read, or, `strictly`, a line is no address.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"{file}: the subscribers cannot be read") from None
    told = {n: line.strip() for n, line in enumerate(lines, 1)}
    told = {n: line for n, line in told.items() if line and not line.startswith("#")}
    wrong = [n for n, line in told.items() if not ADDRESS.fullmatch(line)]
    if wrong and strictly:
        where = ", ".join(str(n) for n in wrong)
        raise ValueError(f"{file}: no address as name@example.org in line {where}")
    if wrong:
        import structlog

        log = structlog.get_logger(__name__)
        log.warning("lines-are-no-address", file=str(file), lines=wrong)
    return tuple(line for n, line in told.items() if n not in wrong)
