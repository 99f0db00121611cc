"""How many bytes a page needs over the wire."""

import gzip
from collections.abc import Iterable
from pathlib import Path

_PACKED_ALREADY = {".png", ".jpg", ".webp", ".avif", ".woff2", ".gz", ".zip"}


def bytes_over_the_wire(root: Path, files: Iterable[str]) -> int:
    """Return the size of files below `root`, each as a server sends it compressed."""
    return sum(_size(root / name) for name in files)


def _size(path: Path) -> int:
    content = path.read_bytes()
    if path.suffix in _PACKED_ALREADY:
        return len(content)
    return len(gzip.compress(content, 6))
