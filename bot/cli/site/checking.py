"""The implementation of `outagewire site check`."""

from pathlib import Path

from typer import Exit, echo

from bot.characters import escape_hidden
from bot.config import loading as configuration
from bot.errors import BotError
from bot.site.check.site_check import check_site


def check(folder: Path | None, config: Path | None) -> None:
    """Print the mistakes in a site.

    Raises:
        BotError: there is no such folder.
        Exit: there are mistakes.
    """
    site = configuration.load_config(config).site
    root = folder or site.out
    if not root.is_dir():
        raise BotError(f"{root}: no such folder; run `outagewire site build` first")
    count = 0
    for mistake in check_site(root, site.base_url):
        count += 1
        place = f"{mistake.path}:{mistake.line}" if mistake.line else mistake.path
        echo(escape_hidden(f"{place}: {mistake.problem}"))
    if count:
        echo(f"{count} {'mistake' if count == 1 else 'mistakes'}.", err=True)
        raise Exit(1)
    echo(f"{root}: no mistakes.")
