"""Which certificates an authority of time stamps may have (RFC 3161, section 2.3)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.x509 import (
        BasicConstraints,
        Certificate,
        ExtendedKeyUsage,
        KeyUsage,
    )
    from cryptography.x509.verification import ExtensionPolicy, Policy


def issuer_policy() -> "ExtensionPolicy":
    """Return the rules for the certificates above that of the signer."""
    from cryptography.x509 import BasicConstraints, KeyUsage
    from cryptography.x509.verification import Criticality, ExtensionPolicy

    return (
        ExtensionPolicy.permit_all()
        .require_present(BasicConstraints, Criticality.AGNOSTIC, _may_issue)
        .may_be_present(KeyUsage, Criticality.AGNOSTIC, _may_sign_certificates)
    )


def signer_policy() -> "ExtensionPolicy":
    """Return the rules for the certificate of the signer."""
    from cryptography.x509 import ExtendedKeyUsage, KeyUsage
    from cryptography.x509.verification import Criticality, ExtensionPolicy

    return (
        ExtensionPolicy.permit_all()
        .require_present(ExtendedKeyUsage, Criticality.CRITICAL, _is_for_stamps_alone)
        .may_be_present(KeyUsage, Criticality.AGNOSTIC, _may_sign)
    )


def _may_issue(
    _: "Policy", _certificate: "Certificate", limits: "BasicConstraints"
) -> None:
    if not limits.ca:
        raise ValueError("a certificate in the chain is not that of a CA")


def _may_sign_certificates(
    _: "Policy", _certificate: "Certificate", usage: "KeyUsage | None"
) -> None:
    if usage is not None and not usage.key_cert_sign:
        raise ValueError("the key of a CA may not sign certificates")


def _is_for_stamps_alone(
    _: "Policy", _certificate: "Certificate", usages: "ExtendedKeyUsage"
) -> None:
    from cryptography.x509.oid import ExtendedKeyUsageOID

    if list(usages) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise ValueError("the certificate of the signer is not for time stamps alone")


def _may_sign(
    _: "Policy", _certificate: "Certificate", usage: "KeyUsage | None"
) -> None:
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        raise ValueError("the key of the signer may not sign")
