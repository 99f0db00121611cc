"""The implementation of `outagewire site publish`."""

from pathlib import Path

from typer import echo

from bot.bootstrap.site import publishable_site, stop_if_paused
from bot.characters import escape_hidden
from bot.config import loading as configuration
from bot.site.upload.destinations import open_destination
from bot.site.upload.uploading import upload


def publish(to: str, config: Path | None) -> None:
    """Copy the site to `to`, and print how many files were sent and removed.

    Raises:
        BotError: the kill switch is on, the site is not complete, or the destination
            refused.
    """
    settings = configuration.load_config(config)
    stop_if_paused(settings)
    root = publishable_site(settings)
    # The store and the pages that are not released must stay apart from what is public.
    private = (root, settings.site.unpublished_folder, settings.store.path)
    destination = open_destination(to, private)
    result = upload(root, destination, lambda: stop_if_paused(settings))
    echo(escape_hidden(f"{to}: {result.sent} sent, {result.removed} removed."))
