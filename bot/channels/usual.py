"""What each kind of channel usually takes, for whoever must not ask its server."""

from collections.abc import Mapping

from bot.model.draft import Counting, Outlet

# Only kinds whose posts are written for readers; tests hold them to the channels' own.
USUAL: Mapping[str, Outlet] = {
    outlet.kind: outlet
    for outlet in (
        Outlet("x", "x", limit=280, counting=Counting.WEIGHTED),
        Outlet("mastodon", "mastodon", limit=500, alt_limit=1500),
        Outlet(
            "bluesky",
            "bluesky",
            limit=300,
            counting=Counting.GRAPHEMES_OR_BYTES,
            url_length=None,
            alt_limit=2000,
        ),
        Outlet(
            "telegram",
            "telegram",
            limit=1024,
            counting=Counting.UTF16,
            url_length=None,
        ),
        Outlet("matrix", "matrix", limit=4000, url_length=None, alt_limit=1500),
        Outlet("mail", "mail", limit=100_000, url_length=None),
        Outlet("webhook", "webhook", limit=100_000, url_length=None),
        Outlet("file", "file", limit=280, counting=Counting.WEIGHTED),
    )
}
