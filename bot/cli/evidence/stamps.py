"""Prints what the time stamps of a ledger show, and what they do not."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from typer import echo

from bot.characters import escape_hidden
from bot.errors import BotError, reason_of
from bot.site.evidence.timestamps.ledger_check import (
    AuthorityProof,
    StampCheck,
    check_stamps,
)


def read_authorities(authorities: Sequence[str]) -> dict[str, bytes]:
    """Return the certificates that `NAME=FILE` names, by the name of the authority.

    Raises:
        BotError: a text has another form, or its file has no certificates.
    """
    trusted: dict[str, bytes] = {}
    for text in authorities:
        name, separator, path = text.partition("=")
        if not (name and separator and path) or name in trusted:
            raise BotError(
                "write --authority as NAME=FILE, once for each name: the name in the files"
                " *.NAME.tsr, and the file with the certificate of its CA, such as"
                " --authority tsa=ca.pem"
            )
        trusted[name] = _certificates(Path(path))
    return trusted


def _certificates(path: Path) -> bytes:
    from bot.site.evidence.timestamps.verification import load_certificates

    try:
        pem = path.read_bytes()
        load_certificates(pem)
    except OSError as error:
        raise BotError(
            f"the certificates cannot be read: {reason_of(error)}"
        ) from error
    except ValueError as error:
        raise BotError(
            f"{path}: {error}; give the certificate of the authority's CA"
        ) from error
    return pem


def print_stamps(
    ledger: Path, trusted: Mapping[str, bytes], entry: int | None
) -> list[str]:
    """Check the time stamps of a ledger and print what they show; return the problems.

    Args:
        ledger: the ledger's folder.
        trusted: see `check_stamps`.
        entry: the number of the bundle's entry; None without a bundle.
    """
    check = check_stamps(ledger, trusted)
    for line in _lines(check, entry):
        echo(escape_hidden(line))
    return check.problems


def _lines(check: StampCheck, entry: int | None) -> Iterator[str]:
    for proof in check.proofs:
        yield _what_is_shown(proof, check.entries)
        if entry is not None:
            yield _of_bundle(proof, entry)
    for name in check.unchecked:
        yield (
            f"Not checked: the time stamps of {name}; give the certificate of its CA with"
            f" --authority {name}=FILE."
        )


def _what_is_shown(proof: AuthorityProof, entries: int) -> str:
    last = proof.last_entry
    signer, not_after = proof.stamps[last].signer, proof.not_after(last)
    which = _entries(1, last).capitalize()
    rest = (
        "" if last == entries else f", and nothing about {_entries(last + 1, entries)}"
    )
    return (
        f"{which} existed at or before {not_after:%Y-%m-%d %H:%M:%S} UTC, according to"
        f" {proof.authority} ({signer}); this shows neither that they are true nor who made"
        f" them{rest}."
    )


def _entries(first: int, last: int) -> str:
    return f"entry {first}" if first == last else f"entries {first} to {last}"


def _of_bundle(proof: AuthorityProof, entry: int) -> str:
    not_after = proof.not_after(entry)
    if not_after is None:
        return f"The bundle's entry has no time stamp of {proof.authority} yet."
    return (
        f"The bundle existed at or before {not_after:%Y-%m-%d %H:%M:%S} UTC, according to"
        f" {proof.authority}."
    )
