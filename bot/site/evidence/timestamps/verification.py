"""Checks a time stamp against the certificates of its authority (RFC 3161, RFC 5816).

The reader trusts the certificates that he gives, and nothing else: neither those of the
machine nor those in the reply. Whether a certificate was revoked is not checked.
"""

import hashlib
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.characters import one_visible_line
from bot.errors import TimeStampError
from bot.site.evidence.timestamps import der
from bot.site.evidence.timestamps.chain_policy import issuer_policy, signer_policy
from bot.site.evidence.timestamps.der import DerError
from bot.site.evidence.timestamps.messages import (
    SHA256,
    STAMP_CONTENT,
    StampContent,
    StampSignature,
    StampToken,
    parse_content,
    parse_reply,
)

# The package takes long to load, and most sites have no time stamps.
if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hashes import HashAlgorithm
    from cryptography.x509 import Certificate

_HASHES = {
    SHA256: "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_RSA = "1.2.840.113549.1.1.1"
_RSA_WITH = {
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
}
_ECDSA_WITH = {
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
}
_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"
_SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
_DEEPEST_CHAIN = 8
_LONGEST_REASON = 200
_VERSION = 0xA0
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """A time stamp that was checked: when a hash existed at the latest.

    Attributes:
        digest: the SHA-256 that was stamped.
        not_after: the time of the authority plus its accuracy, in full seconds, rounded
            up; aware, UTC.
        signer: the name in the certificate of the signer.
        nonce: the number of the request; None if there is none.
    """

    digest: bytes
    not_after: datetime
    signer: str
    nonce: int | None


def load_certificates(pem: bytes) -> "list[Certificate]":
    """Return the certificates in a PEM file, which readers trust.

    Raises:
        ValueError: there is none, one cannot be read, or none is that of a CA.
    """
    from cryptography.x509 import load_pem_x509_certificates

    try:
        with _without_advice():
            certificates = [_read_whole(c) for c in load_pem_x509_certificates(pem)]
    except _unreadable() as error:
        raise ValueError("the file has no certificates in PEM") from error
    if not any(map(_is_ca, certificates)):
        raise ValueError("none of the certificates is that of a CA")
    return certificates


def verify_reply(reply: bytes, digest: bytes, trusted: bytes) -> TimeStamp:
    """Check the time stamp of a SHA-256.

    The authority's certificate must have been valid at the time of the time stamp, be
    meant for time stamps alone, and lead to a trusted certificate.

    Args:
        reply: the reply of an authority.
        digest: the SHA-256.
        trusted: the certificates that are trusted, in PEM, with that of a CA.

    Raises:
        TimeStampError: the time stamp does not verify; the message says why.
        ValueError: `trusted` has no certificate of a CA.
    """
    token = parse_reply(reply)
    content = parse_content(token.content)
    if content.algorithm != SHA256 or content.digest != digest:
        raise TimeStampError("it stamps another hash, or one of another algorithm")
    certificates = _certificates(token)
    signer = _signer(token, certificates)
    _check_attributes(token, signer)
    _check_signature(token.signature, signer)
    others = [c for c in certificates if c != signer]
    _check_chain(signer, others, trusted, content)
    return TimeStamp(digest, _not_after(content), _name(signer), content.nonce)


def _not_after(content: StampContent) -> datetime:
    latest = content.at + content.accuracy
    cut = latest.replace(microsecond=0)
    return cut if cut == latest else cut + _SECOND


def _certificates(token: StampToken) -> "list[Certificate]":
    """Return the certificates in a reply; the reader trusts none of them."""
    from cryptography.x509 import load_der_x509_certificate

    try:
        with _without_advice():
            return [
                _read_whole(load_der_x509_certificate(c)) for c in token.certificates
            ]
    except _unreadable() as error:
        raise TimeStampError("a certificate in the reply cannot be read") from error


def _read_whole(certificate: "Certificate") -> "Certificate":
    """Return a certificate all of whose parts can be read; they are read late."""
    _ = certificate.subject, certificate.issuer
    _ = certificate.extensions, certificate.public_key()
    return certificate


@contextmanager
def _without_advice() -> Iterator[None]:
    """Silence the package's advice to those who issue certificates, not to readers."""
    from cryptography.utils import CryptographyDeprecationWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        yield


def _is_ca(certificate: "Certificate") -> bool:
    from cryptography.x509 import BasicConstraints, ExtensionNotFound

    try:
        limits = certificate.extensions.get_extension_for_class(BasicConstraints)
    except ExtensionNotFound:
        return False
    return limits.value.ca


def _unreadable() -> tuple[type[Exception], ...]:
    """Return the errors for certificates that cannot be read."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.x509 import (
        DuplicateExtension,
        InvalidVersion,
        UnsupportedGeneralNameType,
    )

    return (
        ValueError,
        DuplicateExtension,
        InvalidVersion,
        UnsupportedAlgorithm,
        UnsupportedGeneralNameType,
    )


def _signer(token: StampToken, certificates: "list[Certificate]") -> "Certificate":
    """Return the certificate that the signature names."""
    try:
        named = [c for c in certificates if _is_named(c, token.signature)]
    except DerError as error:
        raise TimeStampError("a certificate in the reply cannot be read") from error
    if not named:
        raise TimeStampError("the certificate of its signer is not in the reply")
    return named[0]


def _is_named(certificate: "Certificate", signature: StampSignature) -> bool:
    from cryptography.x509 import ExtensionNotFound, SubjectKeyIdentifier

    if signature.issuer is not None:
        return _issuer_of(certificate) == signature.issuer
    try:
        key_id = certificate.extensions.get_extension_for_class(SubjectKeyIdentifier)
    except ExtensionNotFound:
        return False
    return key_id.value.digest == signature.key_id


def _issuer_of(certificate: "Certificate") -> tuple[bytes, int]:
    """Return the DER of the issuer's name as it stands in a certificate, and the number."""
    whole = der.read(_der(certificate), der.SEQUENCE).fields()
    fields = whole.take(der.SEQUENCE).fields()
    fields.optional(_VERSION)
    number = fields.take(der.INTEGER).number()
    fields.take(der.SEQUENCE)
    return fields.take(der.SEQUENCE).encoded, number


def _check_attributes(token: StampToken, signer: "Certificate") -> None:
    """Check that the signed attributes name the content and the signer's certificate."""
    attributes = token.signature.attributes
    name = _HASHES.get(token.signature.hash_algorithm)
    if name is None:
        raise TimeStampError("its hash algorithm is none of SHA-256, SHA-384, SHA-512")
    try:
        content_type = der.identifier(attributes[_CONTENT_TYPE])
        digest = attributes[_MESSAGE_DIGEST].content
        algorithm, certificate_hash = _certificate_hash(token.signature)
    except (KeyError, DerError) as error:
        raise TimeStampError("a signed attribute is missing or not valid") from error
    if content_type != STAMP_CONTENT:
        raise TimeStampError("what is signed is no time stamp")
    if hashlib.new(name, token.content).digest() != digest:
        raise TimeStampError("its content is not what was signed")
    if hashlib.new(algorithm, _der(signer)).digest() != certificate_hash:
        raise TimeStampError("it was signed with another certificate")


def _certificate_hash(signature: StampSignature) -> tuple[str, bytes]:
    """Return the hash of the signer's certificate, and its algorithm.

    Both forms of the attribute (RFC 2634 and RFC 5035) have the signer's hash first.

    Raises:
        KeyError: the attribute is missing, or has an unknown algorithm.
        DerError: the attribute cannot be read.
    """
    newer = signature.attributes.get(_SIGNING_CERTIFICATE_V2)
    attribute = newer or signature.attributes[_SIGNING_CERTIFICATE]
    hashes = attribute.fields().take(der.SEQUENCE).fields()
    fields = hashes.take(der.SEQUENCE).fields()
    # The older form is always SHA-1. It only repeats which certificate is meant; what is
    # trusted follows from the chain of certificates.
    algorithm = "sha1" if newer is None else "sha256"
    if newer is not None and (given := fields.optional(der.SEQUENCE)) is not None:
        algorithm = _HASHES[der.identifier(given.fields().take(der.OBJECT_IDENTIFIER))]
    return algorithm, fields.take(der.OCTET_STRING).content


def _check_signature(signature: StampSignature, signer: "Certificate") -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import (
        ECDSA,
        EllipticCurvePublicKey,
    )
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    key, own = signer.public_key(), _HASHES[signature.hash_algorithm]
    rsa = {_RSA: own, **_RSA_WITH}.get(signature.algorithm)
    ecdsa = _ECDSA_WITH.get(signature.algorithm)
    try:
        if rsa is not None and isinstance(key, RSAPublicKey):
            key.verify(signature.value, signature.signed, PKCS1v15(), _hash(rsa))
        elif ecdsa is not None and isinstance(key, EllipticCurvePublicKey):
            key.verify(signature.value, signature.signed, ECDSA(_hash(ecdsa)))
        else:
            raise TimeStampError(
                "its signature is neither RSA (PKCS 1, version 1.5) nor ECDSA, each with"
                " SHA-256, SHA-384 or SHA-512; choose another authority"
            )
    except InvalidSignature as error:
        raise TimeStampError("its signature is not that of its signer") from error


def _hash(name: str) -> "HashAlgorithm":
    from cryptography.hazmat.primitives import hashes

    kinds: dict[str, Callable[[], HashAlgorithm]] = {
        "sha256": hashes.SHA256,
        "sha384": hashes.SHA384,
        "sha512": hashes.SHA512,
    }
    return kinds[name]()


def _check_chain(
    signer: "Certificate",
    others: "list[Certificate]",
    trusted: bytes,
    content: StampContent,
) -> None:
    """Check that trusted certificates, valid at the time, lead to that of the signer."""
    from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

    policy = (
        PolicyBuilder()
        .store(Store(load_certificates(trusted)))
        .time(content.at)
        .max_chain_depth(_DEEPEST_CHAIN)
        .extension_policies(ca_policy=issuer_policy(), ee_policy=signer_policy())
    )
    try:
        chain = policy.build_client_verifier().verify(signer, others).chain
    except (VerificationError, ValueError) as error:
        raise TimeStampError(
            "no valid chain leads from the given certificates to that of its signer,"
            f" at {content.at:%Y-%m-%d %H:%M} UTC ({_cut(error)})"
        ) from error
    _check_lengths(chain)


def _cut(error: Exception) -> str:
    """Return the package's reason; it quotes names in certificates, so it is cut."""
    return one_visible_line(str(error))[:_LONGEST_REASON]


def _check_lengths(chain: "Sequence[Certificate]") -> None:
    """Check how many certificates each authority allows below it (RFC 5280, 4.2.1.9)."""
    from cryptography.x509 import BasicConstraints

    for below, certificate in enumerate(chain[1:]):
        limits = certificate.extensions.get_extension_for_class(BasicConstraints).value
        if limits.path_length is not None and below > limits.path_length:
            raise TimeStampError("the chain of certificates is longer than allowed")


def _name(certificate: "Certificate") -> str:
    """Return the common name in a certificate; without one, its whole subject."""
    from cryptography.x509 import NameOID

    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def _der(certificate: "Certificate") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)
