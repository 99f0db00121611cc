"""The outputs that the public site has beside its pages."""

from bot.site.feeds.feed_files import Feeds
from bot.site.incident_page.editions import Editions
from bot.site.incident_page.picture_pages import PicturePages
from bot.site.outputs import OutputSettings, SiteOutput


def public_outputs(settings: OutputSettings) -> tuple[SiteOutput, ...]:
    """Return the outputs in the order in which they are written.

    Pages for the operator alone have no readers, and so no outputs.
    """
    return (
        Feeds(settings),
        Editions(settings),
        PicturePages(settings),
    )
