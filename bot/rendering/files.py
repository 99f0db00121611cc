"""Files of the site, put in place in one go."""

import tempfile
from pathlib import Path


def write(path: Path, content: str | bytes) -> None:
    """Put a file in place: nobody reads half a page. Raises OSError."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
        stream.write(data)
        waiting = Path(stream.name)
    waiting.chmod(0o644)
    waiting.replace(path)
