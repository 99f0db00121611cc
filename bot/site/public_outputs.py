"""The outputs that the public site has beside its pages."""

from bot.site.alerts.cap_files import Alerts
from bot.site.alerts.expected_drops import ExpectedDrops
from bot.site.alerts.map_summaries import GeoJsonSummaries
from bot.site.feeds.feed_files import Feeds
from bot.site.outputs import OutputSettings, SiteOutput
from bot.site.sitemap.sitemap_files import Sitemap


def public_outputs(settings: OutputSettings) -> tuple[SiteOutput, ...]:
    """Return the outputs in the order in which they are written.

    Pages for the operator alone have no readers, and so no outputs.
    """
    return (
        Feeds(settings),
        Alerts(settings),
        GeoJsonSummaries(settings),
        ExpectedDrops(settings),
        Sitemap(settings),
    )
