"""The places of the API: the list of places, and the incidents of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.model.entity import Entity, EntityKind
from bot.site.api.folder import ApiFolder
from bot.site.api.incident_lists import newest_first
from bot.site.api.list_records import IncidentSummary, PlaceEntry, PlaceFile, PlaceList

_FOLDER = "places"
_INDEX = f"{_FOLDER}/index"
_MAX_INCIDENTS = 100
"""The file of a place has at most this many incidents: those that began last."""
_COUNTRY, _NETWORK = "country", "network"


@dataclass(frozen=True, slots=True)
class PlaceFiles:
    """The files of places. A place is named as its feed is, such as `country/KZ`."""

    folder: ApiFolder

    def create(self) -> None:
        """Write the list of places if it is missing.

        Raises:
            OSError: the list cannot be written.
        """
        if not self.folder.path(_INDEX).is_file():
            self._write_index()

    def replace(
        self, incident: str, row: IncidentSummary | None, places: Collection[str]
    ) -> None:
        """Replace an incident in the files of places; None for `row` removes it (P12).

        Raises:
            OSError: a file cannot be written.
        """
        changes = [self._replace(place, incident, row) for place in sorted(places)]
        if any(changes):
            self._write_index()

    def all_places(self) -> set[str]:
        """Return the names of all places that have a file."""
        return {
            f"{kind}/{stem}"
            for kind in (_COUNTRY, _NETWORK)
            for stem in self._stems(kind)
        }

    def _replace(self, place: str, incident: str, row: IncidentSummary | None) -> bool:
        """Replace an incident in one file; return whether the list of places changes."""
        name = f"{_FOLDER}/{place}"
        before = self.folder.read(name, PlaceFile)
        existed = self.folder.path(name).is_file()
        others = [r for r in before.incidents if r.id != incident] if before else []
        rows = newest_first([*others, row] if row else others)
        if not rows:
            # The name of the file alone would say that something happened there.
            self.folder.remove(name)
            return existed
        is_complete = before is None or before.is_complete
        self._write(place, rows, is_complete=is_complete)
        return not existed

    def _write(
        self, place: str, rows: Sequence[IncidentSummary], *, is_complete: bool
    ) -> None:
        entity = _entity(place)
        content = PlaceFile(
            schema_=self.folder.schema_url("place"),
            licence=self.folder.words("licence"),
            entity=str(entity),
            name=self._name(entity),
            is_complete=is_complete and len(rows) <= _MAX_INCIDENTS,
            incidents=tuple(rows[:_MAX_INCIDENTS]),
        )
        self.folder.write(f"{_FOLDER}/{place}", content)

    def _write_index(self) -> None:
        networks = sorted(self._stems(_NETWORK), key=lambda stem: (len(stem), stem))
        content = PlaceList(
            schema_=self.folder.schema_url("places"),
            licence=self.folder.words("licence"),
            countries=self._entries(_COUNTRY, sorted(self._stems(_COUNTRY))),
            networks=self._entries(_NETWORK, networks),
        )
        self.folder.write(_INDEX, content)

    def _entries(self, kind: str, stems: Sequence[str]) -> tuple[PlaceEntry, ...]:
        return tuple(
            PlaceEntry(
                entity=str(_entity(place)),
                name=self._name(_entity(place)),
                url=self.folder.url(f"{_FOLDER}/{place}"),
            )
            for place in (f"{kind}/{stem}" for stem in stems)
        )

    def _stems(self, kind: str) -> list[str]:
        folder = self.folder.root / _FOLDER / kind
        return [p.stem for p in folder.glob("*.json")] if folder.is_dir() else []

    def _name(self, entity: Entity) -> str:
        illustrator = self.folder.settings.illustrator
        return illustrator.register.name(entity, illustrator.translations.lang)


def _entity(place: str) -> Entity:
    kind, _, code = place.partition("/")
    if kind == _NETWORK:
        return Entity(EntityKind.ASN, code.removeprefix("AS"))
    return Entity(EntityKind.COUNTRY, code)
