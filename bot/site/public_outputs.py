"""The outputs that the public site has beside its pages."""

from bot.site.evidence.bundle_files import EvidenceBundles
from bot.site.feeds.feed_files import Feeds
from bot.site.outputs import OutputSettings, SiteOutput


def public_outputs(settings: OutputSettings) -> tuple[SiteOutput, ...]:
    """Return the outputs in the order in which they are written.

    Pages for the operator alone have no readers, and so no outputs.
    """
    return (Feeds(settings), EvidenceBundles(settings))
