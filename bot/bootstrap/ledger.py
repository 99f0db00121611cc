"""Builds the look at the ledger of evidence, from the configuration."""

import structlog

from bot.clock import Clock
from bot.config.sections import Config
from bot.errors import BotError
from bot.publishing.pausing import require_name_and_reason
from bot.site.evidence.bundle_files import ledger_folder
from bot.site.evidence.ledger_loss import KnownHead, LedgerLoss, accepted_head
from bot.store.file_memories import StoredLedgerHead


def ledger_loss(config: Config, clock: Clock) -> LedgerLoss:
    """Build the look at the ledger in the folder of the site."""
    memory = StoredLedgerHead(config.store.path)
    return LedgerLoss(ledger_folder(config.site.out), memory, clock)


def accept_ledger(
    config: Config, clock: Clock, person: str, reason: str
) -> tuple[int, int]:
    """Go on with the ledger that is there.

    Returns:
        How many entries were known, and how many it has.

    Raises:
        BotError: there is no store yet, or the name or the reason is missing.
        StoreError: the store cannot be used.
    """
    by, why = require_name_and_reason(person, reason)
    if not config.store.path.is_file():
        raise BotError("there is no store yet, so every ledger is accepted")
    memory = StoredLedgerHead(config.store.path)
    remembered = memory.read() or KnownHead(0, "")
    head = accepted_head(ledger_folder(config.site.out), by, why, clock.now())
    memory.write(head)
    structlog.get_logger("ledger").warning(
        "ledger accepted",
        before=remembered.entries,
        now=head.entries,
        by=by,
        reason=why,
    )
    return remembered.entries, head.entries
