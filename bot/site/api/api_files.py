"""The output of the site that writes the API."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.site.api.contents import (
    incident_file,
    incident_name,
    incident_summary,
    series_name,
)
from bot.site.api.folder import API, ApiFolder
from bot.site.api.incident_lists import IncidentLists
from bot.site.api.place_files import PlaceFiles
from bot.site.api.schemas import SCHEMAS, openapi_document, schema_document
from bot.site.api.series import series_file
from bot.site.feeds.feed_files import feeds_in
from bot.site.feeds.items import ALL
from bot.site.incident_json import to_json
from bot.site.outputs import OutputSettings, PageUpdate, SiteOutput
from bot.site.page_files import IncidentData
from bot.site.static_files import write_atomically

_OPENAPI = "openapi"


@dataclass(frozen=True, slots=True)
class ApiFiles(SiteOutput):
    """The files in `api/v1/`: incidents, their series, places, schemas and OpenAPI."""

    settings: OutputSettings

    def create(self) -> None:
        """Write the schemas, the OpenAPI document, and missing lists without entries.

        Raises:
            OSError: a file cannot be written.
        """
        if not self._are_described():
            for name, content in self._descriptions():
                path = self._folder.path(name)
                path.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(path, content)
            self.settings.written_from[API] = self.settings.site_url
        self._lists.create()
        self._places.create()

    def write_files(self, update: PageUpdate) -> None:
        """Write an incident's files.

        Raises:
            OSError: a file cannot be written.
        """
        folder, incident = self._folder, update.incident
        folder.write(series_name(incident), series_file(update.report, folder))
        folder.write(incident_name(incident), incident_file(update, folder))

    def write_lists(self, update: PageUpdate) -> None:
        """Put an incident into the lists and its places.

        From the places that only its former `incident.json` names, it is removed.

        Raises:
            OSError: a file cannot be written.
        """
        if not self._folder.path(_OPENAPI).is_file():
            self.create()
        incident, row = update.incident, incident_summary(update, self._folder)
        self._lists.replace(incident, row)
        places = _places_in(update.document)
        self._places.replace(incident, None, _places_in(update.before) - places)
        self._places.replace(incident, row, places)

    def remove(self, incident: str, before: IncidentData | None) -> None:
        """Remove an incident from all files, and its own files (P12).

        Args:
            incident: the id of the incident.
            before: the content of its `incident.json`. If it is None, the files of all
                places are searched.

        Raises:
            OSError: a file cannot be written or removed.
        """
        places = _places_in(before) if before else self._places.all_places()
        self._lists.replace(incident, None)
        self._places.replace(incident, None, places)
        self._folder.remove(incident_name(incident))
        self._folder.remove(series_name(incident))
        own = self._folder.root / incident_name(incident)
        if own.is_dir():
            own.rmdir()

    def _are_described(self) -> bool:
        """Return whether this process wrote the descriptions, and they are still there."""
        # They depend on nothing that changes while the program runs, and it takes 5 ms to
        # make them, which each tick would pay.
        names = _OPENAPI, *(f"schemas/{name}" for name in SCHEMAS)
        exist = all(self._folder.path(name).is_file() for name in names)
        written_from = self.settings.written_from.get(API)
        return exist and written_from == self.settings.site_url

    def _descriptions(self) -> Iterator[tuple[str, str]]:
        """Yield the files that describe the API: their names and their texts."""
        yield _OPENAPI, to_json(openapi_document(self._folder))
        for name in SCHEMAS:
            yield f"schemas/{name}", to_json(schema_document(name, self._folder))

    @property
    def _folder(self) -> ApiFolder:
        return ApiFolder(self.settings)

    @property
    def _lists(self) -> IncidentLists:
        return IncidentLists(self._folder)

    @property
    def _places(self) -> PlaceFiles:
        return PlaceFiles(self._folder)


def _places_in(document: IncidentData | None) -> set[str]:
    """Return the places that an incident's document names, by the names of their feeds."""
    return feeds_in(document) - {ALL}
