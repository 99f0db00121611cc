"""Checks the time stamps of a ledger without a network, and says what they show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.errors import TimeStampError, reason_of
from bot.site.evidence.ledger import entry_numbers
from bot.site.evidence.timestamps.files import FOLDER, StampFile, StampFolder
from bot.site.evidence.timestamps.verification import TimeStamp, verify_reply


@dataclass(frozen=True, slots=True)
class AuthorityProof:
    """What the time stamps of one authority show.

    Attributes:
        authority: its name.
        stamps: its time stamps that verify, by the number of the stamped entry.
    """

    authority: str
    stamps: Mapping[int, TimeStamp]

    @property
    def last_entry(self) -> int:
        """The number of the newest entry that is stamped."""
        return max(self.stamps)

    def not_after(self, entry: int) -> datetime | None:
        """Return when an entry existed at the latest; None if no time stamp covers it.

        A time stamp covers its own entry and, by the chain, all entries before it.
        """
        return min(
            (s.not_after for number, s in self.stamps.items() if number >= entry),
            default=None,
        )


@dataclass(slots=True)
class StampCheck:
    """The result of a check.

    Attributes:
        proofs: what each authority shows; only authorities with a time stamp that verifies.
        problems: a sentence for each file that does not verify.
        unchecked: the authorities of which no certificates were given.
        entries: how many entries the ledger has.
    """

    proofs: list[AuthorityProof] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    entries: int = 0


def check_stamps(ledger: Path, trusted: Mapping[str, bytes]) -> StampCheck:
    """Check the time stamps of a ledger.

    Args:
        ledger: the ledger's folder; its chain is checked elsewhere.
        trusted: the certificates that are trusted, in PEM, by the name of the authority.

    Raises:
        OSError: a file cannot be read.
    """
    numbers = entry_numbers(ledger)
    result = StampCheck(entries=len(numbers))
    stamps: dict[str, dict[int, TimeStamp]] = {}
    authorities = set[str]()
    for file in StampFolder(ledger).files():
        authorities.add(file.authority)
        number = numbers.get(file.digest)
        if number is None:
            result.problems.append(_of_other_ledger(ledger, file))
        elif file.authority in trusted:
            stamp = _verified(ledger, file, trusted[file.authority], result.problems)
            if stamp is not None:
                stamps.setdefault(file.authority, {})[number] = stamp
    result.problems += [
        f"{FOLDER}: the ledger has no time stamp of {name}"
        for name in sorted(trusted.keys() - authorities)
    ]
    result.unchecked = sorted(authorities - trusted.keys())
    result.proofs = [AuthorityProof(name, stamps[name]) for name in sorted(stamps)]
    return result


def _of_other_ledger(ledger: Path, file: StampFile) -> str:
    return (
        f"{file.path.relative_to(ledger)}: no entry has this hash, so the ledger is not the"
        " one that was stamped"
    )


def _verified(
    ledger: Path, file: StampFile, trusted: bytes, problems: list[str]
) -> TimeStamp | None:
    """Return the time stamp in a file; if it does not verify, add why to `problems`."""
    try:
        reply = file.path.read_bytes()
        return verify_reply(reply, bytes.fromhex(file.digest), trusted)
    except (TimeStampError, OSError) as error:
        name = file.path.relative_to(ledger)
        problems.append(f"{name}: the time stamp does not verify: {reason_of(error)}")
        return None
