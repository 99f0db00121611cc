"""Finds settings that are valid, but do not do what they seem to do."""

from collections.abc import Iterator
from difflib import get_close_matches

from bot.config.policy_section import PolicyRuleSection
from bot.config.sections import Config
from bot.model.draft import SITE, Action
from bot.model.entity import EntityKind, parse_entity


def warnings(config: Config) -> Iterator[str]:
    """Yield a warning for each setting that does not do what it seems to do."""
    yield from _held_on_the_site_alone(config)
    yield from _never_reached(config)
    yield from _holds_all(config)
    yield from _unwatched(config)
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


def _never_reached(config: Config) -> Iterator[str]:
    """Yield a warning for each rule that never decides: an earlier one always matches.

    A rule that holds a place, below one that publishes everything, holds nothing (P12).
    """
    rules = config.policy.rules
    for number, rule in enumerate(rules, 1):
        earlier = (n for n in range(1, number) if _covers(rules[n - 1], rule))
        if (first := next(earlier, None)) is not None:
            yield (
                f'policy.rules {number} ("{rule.name}"): never decides, because rule'
                f' {first} ("{rules[first - 1].name}") matches all of its events before'
                " it; write it above that rule"
            )


def _holds_all(config: Config) -> Iterator[str]:
    """Yield a warning for each rule that holds all events that come to it."""
    for number, rule in enumerate(config.policy.rules, 1):
        conditions = (rule.states, rule.kinds, rule.channels, rule.places)
        has_none = rule.confirmed is None and not any(conditions)
        if rule.action is Action.HOLD and has_none:
            earlier = " that no rule before it matches" if number > 1 else ""
            yield (
                f'policy.rules {number} ("{rule.name}"): holds all events{earlier}, so'
                " none of them is published or shown to an editor; give it a condition,"
                ' or use action = "review"'
            )


def _covers(first: PolicyRuleSection, second: PolicyRuleSection) -> bool:
    """Return whether `first` certainly matches each event that `second` matches."""
    # A rule that publishes a place does not match events that name other places too.
    places = {*second.places} if first.action is not Action.PUBLISH else set()
    pairs = (
        (first.states, {*second.states}),
        (first.kinds, {*second.kinds}),
        (first.channels, {*second.channels}),
        (first.places, places),
    )
    is_wider = all(not all_of or (some and some <= {*all_of}) for all_of, some in pairs)
    return is_wider and first.confirmed in {None, second.confirmed}


def _unwatched(config: Config) -> Iterator[str]:
    """Yield a warning for each region or network of a rule that no source watches.

    A misspelt place matches nothing, so a rule would not hold its events (P12).
    """
    rules = enumerate(config.policy.rules, 1)
    named = [(f'policy.rules {n} ("{r.name}").places', r.places) for n, r in rules]
    named += [
        (
            f"channel_rules.{name}.filter.places",
            tuple(map(parse_entity, rule.filter.places)),
        )
        for name, rule in config.channel_rules.items()
    ]
    parts = [
        (key, str(place))
        for key, places in named
        for place in places
        if place.kind is not EntityKind.COUNTRY
    ]
    # The list of all countries takes long to load.
    watched = _watched(config) if parts else None
    for key, place in parts:
        if watched is not None and place not in watched:
            near = get_close_matches(place, sorted(watched), n=1)
            advice = f"; did you mean {near[0]}?" if near else ""
            yield f"{key}: no source watches {place}, so it matches nothing{advice}"


def _watched(config: Config) -> set[str] | None:
    """Return the regions and networks that the sources watch; None if it is not known.

    A source that reads a folder names its places only there.
    """
    watched: set[str] = set()
    for section in config.configured_sources().values():
        if not hasattr(section, "watched_entities"):
            return None
        watched |= {str(entity) for entity in section.watched_entities()}
    return {text for text in watched if not text.startswith("country:")}
