"""Finds settings that are valid, but do not do what they seem to do."""

from collections.abc import Iterator

from bot.config.sections import Config
from bot.model.draft import SITE, Action


def warnings(config: Config) -> Iterator[str]:
    """Yield a warning for each setting that does not do what it seems to do."""
    yield from _held_on_the_site_alone(config)
    if config.subscriptions and not config.site.base_url.startswith("https:"):
        yield (
            "site.base_url: with an address that begins with http://, messages to readers"
            " offer no one-click unsubscription (RFC 8058), and anyone on the way can read"
            " the links to confirm and to leave; serve the site with https"
        )


def _held_on_the_site_alone(config: Config) -> Iterator[str]:
    """Yield a warning for each rule that holds events on the site but not everywhere.

    A post links to its page, so the page is shown as soon as any channel publishes the
    event (P12, P15).
    """
    for number, rule in enumerate(config.policy.rules, 1):
        others = sorted(config.channels.keys() - set(rule.channels))
        if rule.action is Action.HOLD and SITE in rule.channels and others:
            yield (
                f'policy.rules {number} ("{rule.name}"): the site shows such an event'
                f" all the same once {' or '.join(others)} publishes it, because a post"
                " links to its page; leave out `channels` to hold it everywhere"
            )
