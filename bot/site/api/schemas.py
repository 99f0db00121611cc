"""The JSON Schemas and the OpenAPI document of the API, made from its records."""

from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.site.api.folder import API, ApiFolder
from bot.site.api.list_records import IncidentList, PlaceFile, PlaceList, SeriesFile
from bot.site.api.records import ApiFile, IncidentFile

Document = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_VERSION = "1.0.0"
SCHEMAS: dict[str, type[ApiFile]] = {
    "incident": IncidentFile,
    "incidents": IncidentList,
    "place": PlaceFile,
    "places": PlaceList,
    "series": SeriesFile,
}
"""The record of each file of the API, by the name of its schema."""
_PATHS = {
    "/incidents/index.json": "incidents",
    "/incidents/months/{page}.json": "incidents",
    "/incidents/{incident}.json": "incident",
    "/incidents/{incident}/series.json": "series",
    "/places/index.json": "places",
    "/places/country/{country}.json": "place",
    "/places/network/{network}.json": "place",
}
"""The paths of the API, each with the name of its schema."""
_PARAMETERS: dict[str, Document] = {
    "page": {"pattern": r"^\d{4}-\d{2}(-\d+)?$"},
    "incident": {"minLength": 1},
    "country": {"pattern": "^[A-Z]{2}$"},
    "network": {"pattern": "^AS[0-9]+$"},
}
"""The parameters in paths, each with the schema of its values."""


def schema_document(name: str, folder: ApiFolder) -> Document:
    """Return the JSON Schema of a kind of file."""
    return {
        "$schema": _DIALECT,
        "$id": folder.schema_url(name),
        **_schema_of(SCHEMAS[name]),
    }


def openapi_document(folder: ApiFolder) -> Document:
    """Return the description of the API.

    Source: https://spec.openapis.org/oas/v3.1.1.html
    """
    return {
        "openapi": "3.1.1",
        "info": {
            "title": folder.words("title"),
            "description": folder.words("description"),
            "version": _VERSION,
        },
        "jsonSchemaDialect": _DIALECT,
        "servers": [{"url": f"{folder.settings.site_url}{API}"}],
        "paths": {path: _path_item(path, folder) for path in _PATHS},
        "components": {"schemas": _components()},
    }


@lru_cache(maxsize=len(SCHEMAS))
def _schema_of(record: type[BaseModel]) -> Document:
    return record.model_json_schema(mode="serialization")


@lru_cache(maxsize=1)
def _components() -> Document:
    """Return the schemas of all records, by the names of their classes."""
    _, definitions = models_json_schema(
        [(record, "serialization") for record in SCHEMAS.values()],
        ref_template="#/components/schemas/{model}",
    )
    schemas: Document = definitions["$defs"]
    return schemas


def _path_item(path: str, folder: ApiFolder) -> Document:
    schema = SCHEMAS[_PATHS[path]].__name__
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {
        "parameters": [
            {
                "name": name,
                "in": "path",
                "required": True,
                "description": folder.words(f"parameter-{name}"),
                "schema": values | {"type": "string"},
            }
            for name, values in _PARAMETERS.items()
            if f"{{{name}}}" in path
        ],
        "get": {
            "operationId": _operation(path),
            "summary": folder.words(_operation(path)),
            "responses": {
                "200": {
                    "description": folder.words("answer"),
                    "content": {"application/json": content},
                },
                "404": {"description": folder.words("missing")},
            },
        },
    }


def _operation(path: str) -> str:
    """Return the id of the operation on a path: "/places/index.json" is "places-index"."""
    parts = path.removesuffix(".json").strip("/").split("/")
    return "-".join(part.strip("{}") for part in parts)
