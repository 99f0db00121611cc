"""Records to JSON and back, without loss and always to the same bytes."""

import zlib
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.errors import StoreError

T = TypeVar("T")


def to_json(record: object) -> str:
    """A frozen record of the model as compact JSON, fields in their declared order.

    A float that is not finite becomes null: JSON has no other word for missing (P5).

    Raises:
        StoreError: a field holds something that its type does not allow.
    """
    try:
        kind: Any = type(record)
        # An unexpected type is an error here and not when it is read back (P16).
        data = _adapter(kind).dump_json(record, warnings="error")
    except ValueError as error:
        raise StoreError(
            f"a {type(record).__name__} cannot be stored as it is: {error}"
        ) from error
    return data.decode()


def from_json(kind: type[T], text: str | bytes) -> T:
    """The record that `to_json` wrote.

    Raises:
        StoreError: it is not a `kind`, or of another version of this program.
    """
    known: Any = kind
    try:
        record: T = _adapter(known).validate_json(text, strict=True)
    except ValidationError as error:
        places = ", ".join(
            ".".join(str(part) for part in problem["loc"])
            for problem in error.errors(include_input=False, include_url=False)
        )
        raise StoreError(
            f"the store holds a {kind.__name__} that cannot be read (at {places});"
            " was it written by another version?"
        ) from error
    return record


def pack(data: bytes) -> tuple[str, bytes]:
    """The SHA-256 of `data` in hex, and `data` compressed."""
    return sha256(data).hexdigest(), zlib.compress(data)


def unpack(digest: str, packed: bytes) -> bytes:
    """What `pack` was given.

    Raises:
        StoreError: it is damaged; evidence that cannot be vouched for is none (P4).
    """
    try:
        data = zlib.decompress(packed)
    except zlib.error:
        data = b""
    if sha256(data).hexdigest() != digest:
        raise StoreError(
            f"stored bytes no longer have the hash {digest}; restore from a copy"
        )
    return data


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
