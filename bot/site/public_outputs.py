"""The outputs that the public site has beside its pages."""

from bot.site.archive.filters import ArchiveFilters
from bot.site.feeds.feed_files import Feeds
from bot.site.info.corrections import Corrections
from bot.site.info.digest import Digests
from bot.site.info.explanations import Explanations
from bot.site.info.incident_lists import IncidentLists
from bot.site.info.status import Status
from bot.site.outputs import OutputSettings, SiteOutput


def public_outputs(settings: OutputSettings) -> tuple[SiteOutput, ...]:
    """Return the outputs in the order in which they are written.

    Pages for the operator alone have no readers, and so no outputs.
    """
    return (
        Feeds(settings),
        IncidentLists(
            settings,
            (Corrections(settings), ArchiveFilters(settings), Digests(settings)),
        ),
        Status(settings),
        Explanations(settings),
    )
