"""The months of the archive: pages that list the incidents by month."""

from dataclasses import dataclass
from pathlib import Path

from bot.model.incident_report import Listing, Month
from bot.site.front_page import SiteTemplates
from bot.site.page_files import read_documents
from bot.site.static_files import write_atomically

ARCHIVE_FOLDER = "archive"
KINDS = ("country", "network", "class", "severity")
"""The properties by which the archive has lists."""
_PAGE_SIZE = 200
"""A page of the archive lists at most this many incidents."""
_MONTHS = "????-??.html"


@dataclass(frozen=True, slots=True)
class Archive:
    """The writer of the months of the archive (`archive/2026-01.html`)."""

    templates: SiteTemplates

    def update(self, listing: Listing) -> bool:
        """Write the changed months; return whether the archive has any month.

        There are no months until the front page no longer lists every incident.

        Raises:
            OSError: a page cannot be written.
        """
        has_months = any(self._folder.glob(_MONTHS))
        if listing.archive and (has_months or not listing.has_all):
            for month in listing.archive:
                self._write_month(month)
            # The list of months is made from the files that exist, so the months are
            # written first.
            self.write_contents()
            has_months = True
        # `listing` has only the months that changed. It does not say whether there is
        # an archive.
        return has_months

    @property
    def _folder(self) -> Path:
        return self.templates.root / ARCHIVE_FOLDER

    def _write_month(self, month: Month) -> None:
        """Write the pages of a month, from the first changed page to the last page."""
        folder = self._folder
        folder.mkdir(parents=True, exist_ok=True)
        size = _PAGE_SIZE
        starts = range(0, len(month.incidents), size)
        pages = [month.incidents[start : start + size] for start in starts]
        names = [_page_name(month.name, number) for number in range(len(pages))]
        stale = False
        for name, ids in zip(names, pages, strict=True):
            # A new incident moves all incidents after it, so later pages change too.
            stale = stale or bool(month.changed.intersection(ids))
            if stale or not (folder / name).is_file():
                html = self.templates.render_page(
                    "archive",
                    up="../",
                    month=month.name,
                    rows=read_documents(self.templates.root, ids),
                    pages=names if len(names) > 1 else [],
                    here=name,
                )
                write_atomically(folder / name, html)
        # Pages of the month that are left over would list incidents that were removed.
        for path in folder.glob(f"{month.name}*.html"):
            if path.name not in names:
                path.unlink()

    def write_contents(self) -> None:
        """Write the archive's list of months and of properties that have a page.

        Raises:
            OSError: the page cannot be written.
        """
        write_atomically(self._folder / "index.html", self._contents())

    def has_current_contents(self) -> bool:
        """Return whether the page that `write_contents` writes is up to date.

        Raises:
            OSError: the page cannot be read.
        """
        path = self._folder / "index.html"
        return path.is_file() and path.read_text(encoding="utf-8") == self._contents()

    def _contents(self) -> str:
        folder = self._folder
        # Each month has a file that is named after it.
        months = sorted((p.stem for p in folder.glob(_MONTHS)), reverse=True)
        kinds = [kind for kind in KINDS if (folder / kind / "index.html").is_file()]
        return self.templates.render_page(
            "archive_months", up="../", months=months, kinds=kinds
        )


def _page_name(month: str, number: int) -> str:
    # Only the first page of a month is named after the month alone. The list of months
    # finds this page by its name.
    return f"{month}-{number + 1}.html" if number else f"{month}.html"
