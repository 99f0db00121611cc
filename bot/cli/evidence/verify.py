"""Checks a bundle and the ledger, and prints what was compared."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from typer import Exit, echo

from bot.characters import escape_hidden
from bot.cli.evidence.stamps import print_stamps, read_authorities
from bot.errors import BotError
from bot.site.evidence.archive import read_bundle
from bot.site.evidence.bag import MANIFEST, bag_problems
from bot.site.evidence.ledger import entry_count, find_entry, ledger_problems
from bot.site.evidence.signatures import SIGNATURE, is_signed

_DIFFERENT = 1
_NOT_COMPARED = 3
_UNSIGNED = (
    "Signature not checked: whoever passed on this bundle can have changed it and renewed"
    " its hashes. Give --public-key with the publisher's key, or --ledger with a copy of the"
    " publisher's ledger that you trust."
)
_OWN_LEDGER = (
    "This shows who published the bundle only if this copy of the ledger is the publisher's:"
    " its signature was not checked."
)
_HASHES_ALONE = (
    "Only the hashes protect: answers.json, parameters.json, versions.json, licences.json,"
    " ro-crate-metadata.json and README.txt of the bundle; the addresses of posts; the"
    " facts in event.json and status.json that no text, picture, table or check uses"
)


def verify(
    bundle: Path | None,
    ledger: Path | None,
    public_key: Path | None,
    authorities: Sequence[str] = (),
    *,
    hashes_only: bool,
) -> None:
    """Check a bundle, a ledger, or both; print what was compared.

    Raises:
        BotError: neither is given, or one of them cannot be read.
        Exit: with the code 1 if something differs, or 3 if something could not be
            compared.
    """
    if bundle is None and ledger is None:
        raise BotError("give a bundle, or a ledger with --ledger")
    if authorities and ledger is None:
        raise BotError(
            "--authority checks time stamps of a ledger; give it with --ledger"
        )
    trusted = read_authorities(authorities)
    key = None if public_key is None else _key(public_key)
    files = None if bundle is None else read_bundle(bundle)
    if files is not None:
        _check_hashes(files, key)
        if key is None and ledger is None:
            echo(_UNSIGNED)
    if ledger is not None:
        entry = _check_ledger(ledger, key, files)
        _stop_at(print_stamps(ledger, trusted, entry))
    if files is not None and not hashes_only:
        _check_content(files)


def _key(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except ValueError as error:
        raise BotError(f"{path} is no public key of minisign") from error


def _check_hashes(files: Mapping[str, bytes], key: str | None) -> None:
    problems = bag_problems(files)
    if key is not None and not problems:
        signature = files.get(f"{MANIFEST}{SIGNATURE}")
        if signature is None:
            problems = [f"{MANIFEST}{SIGNATURE}: the file is missing: nobody signed it"]
        elif not is_signed(key, files[MANIFEST], signature):
            problems = [f"{MANIFEST}{SIGNATURE}: this key did not sign the manifest"]
    _stop_at(problems)
    signed = ", and the manifest is signed by this key" if key is not None else ""
    echo(f"{len(files)} files have the hashes of the manifests{signed}.")


def _check_ledger(
    folder: Path, key: str | None, files: Mapping[str, bytes] | None
) -> int | None:
    """Check a ledger; return the number of the bundle's entry, if there is a bundle."""
    _stop_at(list(ledger_problems(folder, key)))
    signed = ", and the head is signed by this key" if key is not None else ""
    echo(f"The {entry_count(folder)} entries of the ledger form one chain{signed}.")
    if files is None:
        return None
    entry = find_entry(folder, files[MANIFEST])
    if entry is None:
        _stop_at([f"{folder}: the ledger has no entry for this bundle"])
        return None
    echo(f"The bundle is entry {entry['index']} of the ledger, of {entry['at']}.")
    if key is None:
        echo(_OWN_LEDGER)
    return int(entry["index"])


def _check_content(files: Mapping[str, bytes]) -> None:
    from bot.cli.evidence.recomputation import recompute

    try:
        result = recompute(files)
    except (BotError, OSError):
        raise
    # Records with right hashes may still contradict each other, at any step.
    except Exception as error:  # noqa: BLE001 - nothing of the bundle is to be trusted
        _stop_at(
            [
                "the records in the bundle do not fit together"
                f" ({type(error).__name__}), so they cannot be calculated again"
            ]
        )
        return
    counts = ", ".join(f"{n} {what}" for what, n in result.same.items() if n)
    echo(f"Calculated again, and the same: {counts or 'nothing'}.")
    if result.edited:
        echo(
            f"Written by a person: {result.edited} texts. They were not calculated, but"
            " compared with the facts by the claim check, as when they were approved."
        )
    undrawn = (
        f"; {result.undrawn} bins of readings outside the tables"
        if result.undrawn
        else ""
    )
    echo(f"{_HASHES_ALONE}{undrawn}.")
    for line in result.not_compared:
        echo(escape_hidden(f"Not compared: {line}"))
    _stop_at(result.different)
    if result.not_compared:
        raise Exit(_NOT_COMPARED)


def _stop_at(problems: list[str]) -> None:
    """Print the problems to standard error; end with an error if there are any."""
    for problem in problems:
        echo(escape_hidden(f"DIFFERENT: {problem}"), err=True)
    if problems:
        raise Exit(_DIFFERENT)
