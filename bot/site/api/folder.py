"""The folder of the API: where its files are, and how they are read and written."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from pydantic import ValidationError

from bot.site.api.records import ApiFile
from bot.site.outputs import OutputSettings
from bot.site.static_files import write_atomically
from bot.text.reasons import state_in_words

API = "api/v1"
"""The folder of the API within the site; a change that breaks clients gets another."""

FileKind = TypeVar("FileKind", bound=ApiFile)


@dataclass(frozen=True, slots=True)
class ApiFolder:
    """The folder of the API; `name` is always a path within it, without `.json`."""

    settings: OutputSettings

    @property
    def root(self) -> Path:
        """The folder itself."""
        return self.settings.root / API

    def path(self, name: str) -> Path:
        """Return the path of a file."""
        return self.root / f"{name}.json"

    def url(self, name: str) -> str:
        """Return the public address of a file."""
        # The id of a region's incident contains the region's name, which a URL must
        # quote.
        return f"{self.settings.site_url}{API}/{quote(name)}.json"

    def schema_url(self, schema: str) -> str:
        """Return the public address of a JSON Schema."""
        return self.url(f"schemas/{schema}")

    def words(self, key: str) -> str:
        """Return words about the API for people."""
        translations = self.settings.illustrator.translations
        return state_in_words(translations.table, "api", key)

    def read(self, name: str, kind: type[FileKind]) -> FileKind | None:
        """Return a list of the API; None if it is missing or damaged."""
        try:
            return kind.model_validate_json(self.path(name).read_bytes())
        except (OSError, ValidationError):
            return None

    def write(self, name: str, content: ApiFile) -> None:
        """Write a file.

        Raises:
            OSError: the file cannot be written.
        """
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        # The keys are in the order in which the records declare them, so the same
        # content always gives the same bytes (P14).
        write_atomically(path, f"{content.model_dump_json()}\n")

    def remove(self, name: str) -> None:
        """Remove a file if it exists.

        Raises:
            OSError: the file cannot be removed.
        """
        self.path(name).unlink(missing_ok=True)
