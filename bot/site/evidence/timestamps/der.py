"""Reads and writes DER (ITU-T X.690), as far as time stamps need it.

The elements of a set may have any order: OpenSSL does not sort the certificates of a
reply, and readers that insist on the order refuse valid time stamps.
"""

from collections.abc import Iterator
from dataclasses import dataclass

BOOLEAN = 0x01
INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
NULL = 0x05
OBJECT_IDENTIFIER = 0x06
GENERALIZED_TIME = 0x18
SEQUENCE = 0x30
SET = 0x31
_LONG_TAG = 0x1F
_LONGEST_LENGTH = 4


class DerError(ValueError):
    """The data are not the DER that is expected."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element of DER.

    Attributes:
        tag: its identifier octet.
        content: its content octets.
        encoded: all its octets.
    """

    tag: int
    content: bytes
    encoded: bytes

    def fields(self) -> "Fields":
        """Return the elements within this element, to be read in their order."""
        return Fields(self.content)

    def number(self) -> int:
        """Return the content as an integer."""
        if not self.content:
            raise DerError("an integer has no digits")
        return int.from_bytes(self.content, "big", signed=True)


class Fields:
    """The elements within an element, read one after the other."""

    def __init__(self, data: bytes) -> None:
        """Split `data` into elements.

        Raises:
            DerError: `data` are not elements of DER.
        """
        self._elements = list(_split(data))
        self._next = 0

    def take(self, tag: int) -> Element:
        """Return the next element.

        Raises:
            DerError: it is missing or has another tag.
        """
        element = self.optional(tag)
        if element is None:
            raise DerError(f"an element with the tag {tag:#04x} is missing")
        return element

    def optional(self, tag: int) -> Element | None:
        """Return the next element if it has this tag, else None."""
        if self._next < len(self._elements) and self._elements[self._next].tag == tag:
            self._next += 1
            return self._elements[self._next - 1]
        return None

    def rest(self) -> list[Element]:
        """Return all elements that are left."""
        rest = self._elements[self._next :]
        self._next = len(self._elements)
        return rest


def read(data: bytes, tag: int) -> Element:
    """Return the element that `data` are.

    Raises:
        DerError: `data` are not one element with this tag.
    """
    elements = list(_split(data))
    if len(elements) != 1 or elements[0].tag != tag:
        raise DerError(f"this is not one element with the tag {tag:#04x}")
    return elements[0]


def encode(tag: int, *parts: bytes) -> bytes:
    """Return an element with this tag, whose content is the parts together."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def encode_number(number: int) -> bytes:
    """Return an integer that is not negative."""
    return encode(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def encode_identifier(dotted: str) -> bytes:
    """Return the object identifier that is written with dots, such as "1.2.840"."""
    first, second, *others = map(int, dotted.split("."))
    return encode(OBJECT_IDENTIFIER, *map(_base_128, (40 * first + second, *others)))


def identifier(element: Element) -> str:
    """Return an object identifier, written with dots.

    Raises:
        DerError: the content is no object identifier.
    """
    if not element.content or element.content[-1] & 0x80:
        raise DerError("an object identifier is not complete")
    numbers, number = list[int](), 0
    for octet in element.content:
        number = number << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def _base_128(number: int) -> bytes:
    octets = [number & 0x7F]
    while number := number >> 7:
        octets.append(number & 0x7F | 0x80)
    return bytes(reversed(octets))


def _split(data: bytes) -> Iterator[Element]:
    start = 0
    while start < len(data):
        begin, size = _header(data, start)
        end = begin + size
        if end > len(data):
            raise DerError("an element is cut off")
        yield Element(data[start], data[begin:end], data[start:end])
        start = end


def _header(data: bytes, start: int) -> tuple[int, int]:
    """Return where the content of the element at `start` begins, and its size."""
    if data[start] & _LONG_TAG == _LONG_TAG or start + 1 >= len(data):
        raise DerError("an element has no tag that time stamps use, or no length")
    size, begin = data[start + 1], start + 2
    if size < 0x80:
        return begin, size
    count = size & 0x7F
    digits = data[begin : begin + count]
    if not 0 < count <= _LONGEST_LENGTH or len(digits) < count:
        raise DerError("the length of an element cannot be read")
    return begin + count, int.from_bytes(digits, "big")
