"""The months of the archive: pages that list the incidents by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.model.incident_report import Listing, Month
from bot.site.info.list_files import remove_pages
from bot.site.languages.page_editions import PageEditions, SiteEdition
from bot.site.outputs import OutputSettings
from bot.site.page_files import read_documents

ARCHIVE_FOLDER = "archive"
_INDEX = f"{ARCHIVE_FOLDER}/index.html"
_CONTENTS = "archive/contents"
"""The template of the page that lists the months and the properties."""
KINDS = ("country", "network", "class", "severity")
"""The properties by which the archive has lists."""
_PAGE_SIZE = 200
"""A page of the archive lists at most this many incidents."""
_MONTHS = "????-??.html"


@dataclass(frozen=True, slots=True)
class Archive:
    """The writer of the months of the archive (`archive/2026-01.html`)."""

    settings: OutputSettings

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
        return self.settings.root / ARCHIVE_FOLDER

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
                self._write_page(month.name, name, ids, names)
        # Pages of the month that are left over would list incidents that were removed.
        remove_pages(folder, month.name, names)

    def _write_page(
        self, month: str, name: str, incidents: Sequence[str], names: Sequence[str]
    ) -> None:
        def values_of(edition: SiteEdition) -> Mapping[str, object]:
            return {
                "month": month,
                "rows": read_documents(self.settings.root, incidents, edition.lang),
                "pages": names if len(names) > 1 else [],
                "here": name,
            }

        path = f"{ARCHIVE_FOLDER}/{name}"
        PageEditions(self.settings).write(
            path, "archive/month", values_of, goes_on=True
        )

    def write_contents(self) -> None:
        """Write the archive's list of months and of properties that have a page.

        Raises:
            OSError: the page cannot be written.
        """
        values = self._contents()
        self._folder.mkdir(parents=True, exist_ok=True)
        PageEditions(self.settings).write(
            _INDEX, _CONTENTS, lambda _: values, goes_on=True
        )

    def has_current_contents(self) -> bool:
        """Return whether the page that `write_contents` writes is up to date.

        Raises:
            OSError: the page cannot be read.
        """
        path, values = self.settings.root / _INDEX, self._contents()
        current = PageEditions(self.settings).original(_INDEX, _CONTENTS, values)
        return path.is_file() and path.read_text(encoding="utf-8") == current

    def _contents(self) -> Mapping[str, object]:
        folder = self._folder
        # Each month has a file that is named after it.
        months = sorted((p.stem for p in folder.glob(_MONTHS)), reverse=True)
        kinds = [kind for kind in KINDS if (folder / kind / "index.html").is_file()]
        return {"months": months, "kinds": kinds}


def _page_name(month: str, number: int) -> str:
    # Only the first page of a month is named after the month alone. The list of months
    # finds this page by its name.
    return f"{month}-{number + 1}.html" if number else f"{month}.html"
