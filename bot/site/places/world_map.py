"""The map on the front page: countries with an open incident, by severity."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from bot.model.entity import parse_entity
from bot.model.verdict import Severity
from bot.places import Register
from bot.site.page_files import IncidentData


@dataclass(frozen=True, slots=True)
class MarkedCountry:
    """A country with an open incident.

    Attributes:
        path: its outline as an SVG path.
        severity: the highest severity of its open incidents.
        incident: the id of the incident with this severity.
        title: the title of this incident.
    """

    path: str
    severity: Severity
    incident: str
    title: str


@dataclass(frozen=True, slots=True)
class WorldMap:
    """The map: the outlines of all other countries in one path, and the marked ones."""

    others: str
    marked: tuple[MarkedCountry, ...]


@lru_cache(maxsize=1)
def country_paths() -> Mapping[str, str]:
    """Return the outline of each country as an SVG path, by two-letter code.

    The outlines are from Natural Earth, in the public domain, and simplified. The map is
    960 units wide, and its centre is at x = 480, y = 0.
    """
    text = (files("bot") / "data" / "world-map.json").read_text("utf-8")
    paths: Mapping[str, str] = json.loads(text)
    return paths


def world_map(current: Sequence[IncidentData], register: Register) -> WorldMap:
    """Return the map of the open incidents whose pages the site has (P12).

    Args:
        current: the `incident.json` of each open incident.
        register: says in which country a network is.
    """
    worst: dict[str, IncidentData] = {}
    for row in current:
        country = register.country(parse_entity(row["entity"]))
        # Nothing is down in a drill.
        if country is None or row["drill"]:
            continue
        if country not in worst or _rank(row) > _rank(worst[country]):
            worst[country] = row
    paths = country_paths()
    others = "".join(path for code, path in paths.items() if code not in worst)
    marked = tuple(
        MarkedCountry(paths[code], Severity(row["severity"]), row["id"], row["title"])
        for code, row in sorted(worst.items())
        if code in paths
    )
    return WorldMap(others, marked)


def _rank(row: IncidentData) -> int:
    return Severity(row["severity"]).rank
