"""The section `[evidence]`: the operator's secret key, and authorities of time stamps."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationInfo

from bot.errors import reason_of
from bot.settings import (
    FOLDER,
    FilePath,
    Section,
    ServerShown,
    beside,
    matching,
    read_small_file,
    secret_error,
)
from bot.site.evidence.signatures import check_key


def _read_key(value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - any TOML value
    """Read the secret key that a reference `file:PATH` names.

    Raises:
        PydanticCustomError: the value is not a reference, the file cannot be read, or it
            holds no secret key without a password. No message quotes the key.
    """
    if value is None or isinstance(value, SecretStr):
        return value
    kind, _, name = value.partition(":") if isinstance(value, str) else ("", "", "")
    if kind != "file" or not name:
        raise secret_error('write the key as a reference: "file:PATH"')
    path = beside(name, (info.context or {}).get(FOLDER))
    try:
        key = read_small_file(path).decode("utf-8")
    except (OSError, ValueError) as error:
        raise secret_error(
            f"the file {path} cannot be read; it must hold a secret key of minisign"
        ) from error
    try:
        check_key(key)
    except ValueError as error:
        raise secret_error(f"{path}: {error}") from error
    return SecretStr(key)


def _check_certificates(path: Path) -> Path:
    """Return the path of a file with certificates.

    Raises:
        ValueError: the file cannot be read, or has no certificates in PEM.
    """
    from bot.site.evidence.timestamps.verification import load_certificates

    try:
        load_certificates(read_small_file(path))
    except OSError as error:
        raise ValueError(
            f"the file cannot be read ({reason_of(error)}); write the path of the file"
            " with the certificate of the authority's CA"
        ) from error
    except ValueError as error:
        raise ValueError(
            f"{path}: {error}; write the path of the file with the certificate of the"
            " authority's CA in PEM, which begins with -----BEGIN CERTIFICATE-----"
        ) from error
    return path


class TimestampSection(Section):
    """An authority that stamps the heads of the ledger with its time (RFC 3161).

    Attributes:
        url: where it takes requests. Plain HTTP is allowed: a time stamp is signed, and a
            request has nothing but a hash and a random number.
        certificates: a file with the certificate of its CA, in PEM; that of the signer
            alone is not enough, because the authority may change it.
    """

    url: Annotated[
        str,
        matching(
            r"https?://[^\s/@?#]+([/?][^\s#@]*)?",
            "write the address of the authority, such as https://tsa.example.org/tsr,"
            " without a name or password in it",
        ),
        ServerShown,
        Field(repr=False),
    ]
    certificates: Annotated[FilePath, AfterValidator(_check_certificates)]


class EvidenceSection(Section):
    """The evidence bundles of the report site.

    Attributes:
        key: the secret key, in minisign's format and without a password, that signs each
            bundle and the head of the ledger; None: nothing is signed.
        timestamps: the authorities that stamp the heads of the ledger, by name; by default
            none.
    """

    key: Annotated[SecretStr | None, BeforeValidator(_read_key)] = None
    timestamps: dict[
        Annotated[
            str,
            matching(
                r"[a-z][a-z0-9-]{0,31}",
                "the name of an authority has at most 32 small letters, digits and"
                " hyphens, and begins with a letter",
            ),
        ],
        TimestampSection,
    ] = Field(default_factory=dict)
