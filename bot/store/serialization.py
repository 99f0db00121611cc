"""Conversion of records to JSON and back; equal records give equal bytes."""

import zlib
from datetime import datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.errors import RecordDamaged, StoreError

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_UNREADABLE_TIME = "the store holds a time that cannot be read; restore a backup"


def to_json(record: object) -> str:
    """Return a record of the model as compact JSON, with fields in declared order.

    A float that is not finite becomes null, because JSON has no NaN (P5).

    Raises:
        StoreError: the value of a field does not have the declared type.
    """
    try:
        kind: Any = type(record)
        # With `warnings="error"`, a value of a wrong type is refused before it is
        # stored (P16).
        data = _adapter(kind).dump_json(record, warnings="error")
    except ValueError as error:
        raise StoreError(
            f"a {type(record).__name__} cannot be stored: {error}"
        ) from error
    return data.decode()


def from_json(kind: type[T], text: str | bytes) -> T:
    """Return the record of type `kind` that `to_json` wrote as `text`.

    Raises:
        RecordDamaged: the text is not a record of the type `kind`, or an incompatible
            version wrote it.
    """
    # mypy does not accept a type as the hashable argument of a cached function.
    hashable: Any = kind
    try:
        record: T = _adapter(hashable).validate_json(text, strict=True)
    except ValidationError as error:
        # The message names the invalid fields. Their values are left out, because they
        # may be texts that are not published yet.
        places = ", ".join(
            ".".join(str(part) for part in problem["loc"])
            for problem in error.errors(include_input=False, include_url=False)
        )
        raise RecordDamaged(
            f"the store holds a {kind.__name__} that cannot be read (at {places});"
            " open it with the version of Outagewire that wrote it, or restore a backup"
        ) from error
    return record


def to_enum(kind: type[E], text: str) -> E:
    """Return the member of an enumeration that is stored as `text`.

    Raises:
        RecordDamaged: there is no such member.
    """
    try:
        return kind(text)
    except ValueError as error:
        raise RecordDamaged(
            f"the store holds a {kind.__name__} that cannot be read; open it with the"
            " version of Outagewire that wrote it, or restore a backup"
        ) from error


def to_instant(text: str) -> datetime:
    """Return the aware time, in UTC, that the column type `Instant` stored as `text`.

    Raises:
        RecordDamaged: `text` is not such a time.
    """
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise RecordDamaged(_UNREADABLE_TIME) from error
    if at.tzinfo is None:
        raise RecordDamaged(_UNREADABLE_TIME)
    return at


def pack(data: bytes) -> tuple[str, bytes]:
    """Return the SHA-256 of `data` in hex, and `data` compressed."""
    return sha256(data).hexdigest(), zlib.compress(data)


def unpack(digest: str, packed: bytes) -> bytes:
    """Return the data that `pack` compressed.

    Raises:
        RecordDamaged: the data does not have the hash `digest`, so the data must not be
            used (P4).
    """
    try:
        data = zlib.decompress(packed)
    except (zlib.error, TypeError):
        data = b""
    if sha256(data).hexdigest() != digest:
        raise RecordDamaged(
            f"stored bytes no longer have the hash {digest}; restore a backup"
        )
    return data


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Return pydantic's adapter of a type; cached, because building one is slow."""
    return TypeAdapter(kind)
