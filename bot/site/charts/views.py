"""What all charts of the site have: their sizes, files and digests."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import __version__
from bot.charts.canvas.theme import POST, TALL
from bot.site.static_files import write_atomically

SIZES = (("", POST), ("-tall", TALL))
"""The sizes of each chart, with what the name of the file has for it."""


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart on a page: two SVG files; `tall` is for narrow screens.

    `plot` and `tall_plot` say where the plot is in each file (see `PlotArea.describe`);
    None if the chart has no lines.
    """

    kind: str
    src: str
    tall: str
    alt: str
    width: int = POST.width
    height: int = POST.height
    plot: str | None = None
    tall_plot: str | None = None


class ChartStamp:
    """A digest of the data of a chart, stored in a file beside the chart.

    If the digest has not changed, the chart need not be drawn again. The digest
    includes the program's version: another version draws all charts again.

    Attributes:
        digest: the digest of the data, in hexadecimal digits.
        is_current: whether the charts in the folder were drawn from the same data.
    """

    def __init__(self, file: Path, inputs: Sequence[object]) -> None:
        """Compare `inputs` with the digest stored in `file`."""
        content = repr((__version__, *inputs)).encode()
        self.digest = hashlib.sha256(content).hexdigest()
        self._file = file
        self.is_current = file.is_file() and file.read_text("utf-8") == self.digest

    def save(self) -> None:
        """Store the digest; call this method once all charts are written."""
        if not self.is_current:
            write_atomically(self._file, self.digest)
