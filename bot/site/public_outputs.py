"""The outputs that the public site has beside its pages."""

from bot.site.alerts.cap_files import Alerts
from bot.site.alerts.expected_drops import ExpectedDrops
from bot.site.alerts.map_summaries import GeoJsonSummaries
from bot.site.api.api_files import ApiFiles
from bot.site.archive.filters import ArchiveFilters
from bot.site.evidence.bundle_files import EvidenceBundles
from bot.site.feeds.feed_files import Feeds
from bot.site.incident_page.editions import Editions
from bot.site.incident_page.picture_pages import PicturePages
from bot.site.info.corrections import Corrections
from bot.site.info.digest import Digests
from bot.site.info.explanations import Explanations
from bot.site.info.incident_lists import KeyedLists
from bot.site.info.status import Status
from bot.site.outputs import OutputSettings, SiteOutput
from bot.site.places.histories import PlaceHistories
from bot.site.places.pages import PlaceSite
from bot.site.sitemap.sitemap_files import Sitemap


def public_outputs(settings: OutputSettings) -> tuple[SiteOutput, ...]:
    """Return the outputs in the order in which they are written.

    Pages for the operator alone have no readers, and so no outputs.
    """
    return (
        Feeds(settings),
        Editions(settings),
        PicturePages(settings),
        # The page of a place links to its feed, so it is written after the feeds.
        PlaceHistories(PlaceSite(settings)),
        KeyedLists(
            settings,
            (Corrections(settings), ArchiveFilters(settings), Digests(settings)),
        ),
        Status(settings),
        Explanations(settings),
        Alerts(settings),
        GeoJsonSummaries(settings),
        ExpectedDrops(settings),
        Sitemap(settings),
        ApiFiles(settings),
        EvidenceBundles(settings),
    )
