"""The request for a time stamp and the reply to it (RFC 3161, sections 2.4.1 and 2.4.2).

The time stamp within a reply is signed data of the Cryptographic Message Syntax (RFC 5652).
Here it is only read; `verification` checks it. The package rfc3161-client (1.0.9) does both,
but refuses replies whose certificates are not sorted, such as those of OpenSSL's authority.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, timedelta

from bot.errors import TimeStampError
from bot.site.evidence.timestamps import der
from bot.site.evidence.timestamps.der import DerError, Element, Fields

SHA256 = "2.16.840.1.101.3.4.2.1"
STAMP_CONTENT = "1.2.840.113549.1.9.16.1.4"
"""The type of the content that is signed: `id-ct-TSTInfo`."""
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_ACCEPTED = (0, 1)
_FAILURES = {
    0: "it does not support the hash algorithm",
    2: "it could not carry out the request",
    5: "it could not read the request",
    14: "its clock is not available",
    15: "it does not support the policy",
    16: "it does not support an extension",
    17: "it cannot give what was asked for",
    25: "it has failed",
}
"""The reasons for a refusal (`PKIFailureInfo`), by their bit."""
_TIME = re.compile(r"([0-9]{14})(?:\.([0-9]{1,9}))?Z")
_LONGEST_TEXT = 200
_EXPLICIT_0, _IMPLICIT_0, _IMPLICIT_1 = 0xA0, 0x80, 0x81


@dataclass(frozen=True, slots=True)
class StampContent:
    """What an authority signed (`TSTInfo`).

    Attributes:
        algorithm: the object identifier of the hash algorithm.
        digest: the hash of what was stamped.
        at: the time of the authority's clock; aware, UTC.
        accuracy: how far this time may be wrong; zero if it is not stated.
        nonce: the number of the request; None if there is none.
    """

    algorithm: str
    digest: bytes
    at: datetime
    accuracy: timedelta
    nonce: int | None


@dataclass(frozen=True, slots=True)
class StampSignature:
    """The signature of an authority (`SignerInfo`).

    Attributes:
        issuer: the DER of the issuer's name, and the number of the signer's certificate;
            None if `key_id` names the certificate.
        key_id: the key identifier in the signer's certificate, or None.
        hash_algorithm: the object identifier of the algorithm of the message's hash.
        algorithm: the object identifier of the signature's algorithm.
        signed: what is signed: the DER of all attributes.
        attributes: the DER of each attribute's single value, by its object identifier.
        value: the signature.
    """

    issuer: tuple[bytes, int] | None
    key_id: bytes | None
    hash_algorithm: str
    algorithm: str
    signed: bytes
    attributes: Mapping[str, Element]
    value: bytes


@dataclass(frozen=True, slots=True)
class StampToken:
    """The signed data of a reply.

    Attributes:
        content: the DER that the authority signed.
        certificates: the DER of each certificate in the reply.
        signature: the signature of the authority.
    """

    content: bytes
    certificates: tuple[bytes, ...]
    signature: StampSignature


def request_text(digest: bytes, nonce: int) -> bytes:
    """Return the request for a time stamp of a SHA-256, with the authority's certificates.

    Args:
        digest: the SHA-256.
        nonce: a random number that is not negative, which the reply must have.
    """
    algorithm = der.encode(
        der.SEQUENCE, der.encode_identifier(SHA256), der.encode(der.NULL)
    )
    imprint = der.encode(der.SEQUENCE, algorithm, der.encode(der.OCTET_STRING, digest))
    wants_certificates = der.encode(der.BOOLEAN, b"\xff")
    return der.encode(
        der.SEQUENCE,
        der.encode_number(1),
        imprint,
        der.encode_number(nonce),
        wants_certificates,
    )


def parse_reply(reply: bytes) -> StampToken:
    """Return the time stamp in a reply.

    Raises:
        TimeStampError: the authority refused the request, or this is no reply.
    """
    try:
        fields = der.read(reply, der.SEQUENCE).fields()
        _check_status(fields.take(der.SEQUENCE).fields())
        return _token(fields.take(der.SEQUENCE).fields())
    except DerError as error:
        raise TimeStampError(f"this is no reply with a time stamp: {error}") from error


def parse_content(content: bytes) -> StampContent:
    """Return what an authority signed.

    Raises:
        TimeStampError: the content is not that of a time stamp.
    """
    try:
        fields = der.read(content, der.SEQUENCE).fields()
        _check_version(fields)
        fields.take(der.OBJECT_IDENTIFIER)
        imprint = fields.take(der.SEQUENCE).fields()
        algorithm = _algorithm(imprint.take(der.SEQUENCE))
        digest = imprint.take(der.OCTET_STRING).content
        fields.take(der.INTEGER)
        at = _time(fields.take(der.GENERALIZED_TIME).content)
        accuracy = _accuracy(fields.optional(der.SEQUENCE))
        fields.optional(der.BOOLEAN)
        nonce = fields.optional(der.INTEGER)
    except DerError as error:
        raise TimeStampError(f"this is no content of a time stamp: {error}") from error
    number = None if nonce is None else nonce.number()
    return StampContent(algorithm, digest, at, accuracy, number)


def _check_version(fields: Fields) -> None:
    if fields.take(der.INTEGER).number() != 1:
        raise DerError("the version is not 1")


def _check_status(status: Fields) -> None:
    if status.take(der.INTEGER).number() in _ACCEPTED:
        return
    texts = status.optional(der.SEQUENCE)
    words = (
        [e.content.decode("utf-8", "replace") for e in texts.fields().rest()]
        if texts
        else []
    )
    flags = status.optional(der.BIT_STRING)
    reasons = [] if flags is None else _reasons(flags.content[1:])
    # The text is the server's own, so it is cut, and quoted without hidden characters.
    quoted = [ascii(" ".join(words))[:_LONGEST_TEXT]] if words else []
    why = "; ".join((*reasons, *quoted)) or "it gives no reason"
    raise TimeStampError(f"the authority refused to stamp: {why}")


def _reasons(flags: bytes) -> list[str]:
    bits = [i for i in range(8 * len(flags)) if flags[i // 8] & 0x80 >> i % 8]
    return [_FAILURES[bit] for bit in bits if bit in _FAILURES]


def _token(fields: Fields) -> StampToken:
    if der.identifier(fields.take(der.OBJECT_IDENTIFIER)) != _SIGNED_DATA:
        raise DerError("it has no signed data")
    data = fields.take(_EXPLICIT_0).fields().take(der.SEQUENCE).fields()
    data.take(der.INTEGER)
    data.take(der.SET)
    content = _signed_content(data.take(der.SEQUENCE).fields())
    certificates = data.optional(_EXPLICIT_0)
    data.optional(0xA1)
    signers = data.take(der.SET).fields().rest()
    if len(signers) != 1:
        raise DerError(f"it has {len(signers)} signatures instead of one")
    return StampToken(
        content,
        tuple(c.encoded for c in certificates.fields().rest()) if certificates else (),
        _signature(der.read(signers[0].encoded, der.SEQUENCE).fields()),
    )


def _signed_content(fields: Fields) -> bytes:
    if der.identifier(fields.take(der.OBJECT_IDENTIFIER)) != STAMP_CONTENT:
        raise DerError("what is signed is no time stamp")
    return fields.take(_EXPLICIT_0).fields().take(der.OCTET_STRING).content


def _signature(fields: Fields) -> StampSignature:
    fields.take(der.INTEGER)
    name = fields.optional(der.SEQUENCE)
    key_id = fields.take(_IMPLICIT_0).content if name is None else None
    hash_algorithm = _algorithm(fields.take(der.SEQUENCE))
    attributes = fields.take(_EXPLICIT_0)
    algorithm = _algorithm(fields.take(der.SEQUENCE))
    return StampSignature(
        None if name is None else _issuer(name.fields()),
        key_id,
        hash_algorithm,
        algorithm,
        # The signature is that of a set; in the message it has a tag of its own (RFC
        # 5652, section 5.4).
        bytes((der.SET,)) + attributes.encoded[1:],
        _attributes(attributes.fields().rest()),
        fields.take(der.OCTET_STRING).content,
    )


def _issuer(fields: Fields) -> tuple[bytes, int]:
    return fields.take(der.SEQUENCE).encoded, fields.take(der.INTEGER).number()


def _attributes(elements: list[Element]) -> dict[str, Element]:
    attributes: dict[str, Element] = {}
    for element in elements:
        fields = der.read(element.encoded, der.SEQUENCE).fields()
        name = der.identifier(fields.take(der.OBJECT_IDENTIFIER))
        values = fields.take(der.SET).fields().rest()
        if name in attributes or len(values) != 1:
            raise DerError("a signed attribute has more than one value, or none")
        attributes[name] = values[0]
    return attributes


def _algorithm(element: Element) -> str:
    return der.identifier(element.fields().take(der.OBJECT_IDENTIFIER))


def _time(content: bytes) -> datetime:
    match = _TIME.fullmatch(content.decode("ascii", "replace"))
    if match is None:
        raise DerError("the time is not in UTC with seconds")
    try:
        at = datetime.strptime(match[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise DerError("there is no such time") from error
    if at.year == MAXYEAR:
        raise DerError("the time is too far in the future")
    fraction = (match[2] or "").ljust(9, "0")
    # Digits beyond microseconds are rounded up: a time stamp says "not later than".
    return at + timedelta(microseconds=-(-int(fraction) // 1000))


def _accuracy(element: Element | None) -> timedelta:
    if element is None:
        return timedelta(0)
    fields = element.fields()
    parts = [fields.optional(t) for t in (der.INTEGER, _IMPLICIT_0, _IMPLICIT_1)]
    seconds, millis, micros = (0 if p is None else p.number() for p in parts)
    if not (0 <= seconds < 86_400 and 0 <= millis < 1000 and 0 <= micros < 1000):
        raise DerError("the accuracy is not a time below one day")
    return timedelta(seconds=seconds, milliseconds=millis, microseconds=micros)
