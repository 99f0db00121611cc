"""Signatures of manifests and of the ledger's heads, in minisign's format."""

from datetime import datetime

from bot.errors import BotError

SIGNATURE = ".minisig"
"""The end of the name of a signature's file."""


def check_key(key: str) -> None:
    """Check that a text is a secret key of minisign without a password.

    Raises:
        ValueError: it is none; the message says what to do and does not quote the key.
    """
    from minisign import Error, SecretKey

    try:
        is_encrypted = SecretKey.from_bytes(key.encode()).is_encrypted()
    except (Error, ValueError) as error:
        raise ValueError(
            "the file holds no secret key of minisign; make one with"
            " `minisign -G -W -s evidence.key -p evidence.pub`"
        ) from error
    if is_encrypted:
        raise ValueError(
            "the secret key has a password, which nobody can enter here; make a key"
            " without one: `minisign -G -W -s evidence.key -p evidence.pub`"
        )


def sign(key: str, data: bytes, at: datetime) -> bytes:
    """Return the signature of `data` in minisign's format.

    The same arguments give the same signature (P14).

    Args:
        key: a secret key without a password, as text.
        data: what is signed.
        at: the time in the trusted comment; aware.
    """
    from minisign import SecretKey

    with SecretKey.from_bytes(key.encode()) as secret:
        signature = secret.sign(
            data,
            untrusted_comment="signature of Outagewire",
            trusted_comment=f"timestamp:{int(at.timestamp())}",
        )
    return bytes(signature) + b"\n"


def is_signed(public_key: str, data: bytes, signature: bytes) -> bool:
    """Return whether `signature` is that of `data` by the owner of `public_key`.

    `public_key` is the content of a file such as `minisign.pub`, or its second line.

    Raises:
        BotError: this is no public key.
    """
    from minisign import Error, PublicKey, Signature

    try:
        lines = public_key.strip().splitlines() or [""]
        key = PublicKey.from_base64(lines[-1].strip())
    except (Error, ValueError) as error:
        raise BotError(
            "this is no public key of minisign; give the file evidence.pub"
        ) from error
    try:
        key.verify(data, Signature.from_bytes(signature))
    except (Error, ValueError):
        return False
    return True
