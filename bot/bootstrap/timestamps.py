"""Builds what has the ledger stamped, from the configuration."""

from functools import partial

from bot.clock import Clock
from bot.config.sections import Config
from bot.errors import ConfigError, reason_of
from bot.model.operations import ALL_CHANNELS
from bot.publishing.stamping import LedgerStamping
from bot.settings import read_small_file
from bot.site.evidence.bundle_files import ledger_folder
from bot.site.evidence.timestamps.authority import AuthoritySettings, StampingAuthority
from bot.site.evidence.timestamps.files import StampFolder
from bot.store.pauses import open_pauses


def ledger_stamping(config: Config, clock: Clock) -> LedgerStamping | None:
    """Build what has the ledger stamped; None if no authority is configured.

    Args:
        config: the configuration.
        clock: the machine's clock.

    Raises:
        ConfigError: a file with certificates cannot be read any more.
    """
    authorities = [
        StampingAuthority(settings, clock) for settings in authority_settings(config)
    ]
    if not authorities:
        return None
    return LedgerStamping(
        StampFolder(ledger_folder(config.site.out)),
        authorities,
        clock,
        partial(_is_paused, config),
        config.alarm.after,
    )


def authority_settings(config: Config) -> list[AuthoritySettings]:
    """Return the configured authorities.

    Raises:
        ConfigError: a file with certificates cannot be read any more.
    """
    try:
        return [
            AuthoritySettings(name, section.url, read_small_file(section.certificates))
            for name, section in config.evidence.timestamps.items()
        ]
    except OSError as error:
        problem = f"evidence.timestamps: {reason_of(error)}; correct certificates"
        raise ConfigError((problem,)) from error


def _is_paused(config: Config) -> bool:
    """Return whether everything is stopped, or whether nobody can know (P16)."""
    # The store is opened for each request, so that a stop holds at once.
    store = config.store.path
    return not store.is_file() or open_pauses(store).is_paused(ALL_CHANNELS)
