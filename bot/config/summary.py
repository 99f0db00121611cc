"""Says in a few lines what a configuration makes the program do."""

from collections.abc import Iterator
from pathlib import Path

from bot.config.commands_in_text import command
from bot.config.sections import Config
from bot.settings import Section, format_duration, server_of


def summary(config: Config, file: Path | None) -> Iterator[str]:
    """Yield the lines: what is read, kept, shown and posted, and who decides.

    Args:
        config: a valid configuration.
        file: where it was read from; None for the defaults.
    """
    poll, history = (
        format_duration(d) for d in (config.loop.poll, config.loop.history)
    )
    sources = ", ".join(
        f"{name}{_watched(section)}"
        for name, section in config.configured_sources().items()
    )
    yield f"Reads: {sources}; every {poll}, with {history} of history."
    if config.clock.follow:
        yield f"Clock: that of the replay server at {config.clock.follow}."
    yield f"Store: {config.store.path.absolute()}"
    yield f"Site: {config.site.out.absolute()}, shown at {config.site.base_url}"
    if config.evidence.timestamps:
        names = ", ".join(
            f"{name} ({server_of(section.url)})"
            for name, section in config.evidence.timestamps.items()
        )
        yield f"Time stamps of the ledger: {names}."
    if config.server is not None:
        host, port = config.server.host, config.server.port
        where = f"[{host}]" if ":" in host else host
        yield f"Serves: the site, on {where}, {f'port {port}' if port else 'any free port'}."
    yield f"Unreleased, for you alone: {config.site.unpublished_folder.absolute()}"
    if config.subscriptions:
        form = f"{config.site.base_url.rstrip('/')}/subscribe"
        file = config.subscriptions.path.absolute()
        yield f"Readers: they subscribe at {form}; their addresses are in {file}"
    yield from _posts(config)
    yield from _decisions(config, file)


def _watched(section: Section) -> str:
    """Return how many places a source watches, or its folder, in brackets; else ""."""
    countries = getattr(section, "countries", None)
    if countries is None:
        folder = getattr(section, "folder", None)
        return "" if folder is None else f" ({folder})"
    parts = [
        "all countries" if countries == "all" else _count(len(countries), "country"),
        *(
            _count(len(getattr(section, name, ())), name[:-1])
            for name in ("regions", "networks")
            if getattr(section, name, ())
        ),
    ]
    return f" ({', '.join(parts)})"


def _count(number: int, what: str) -> str:
    plural = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{number} {what if number == 1 else plural}"


def _posts(config: Config) -> Iterator[str]:
    names = ", ".join(
        f"{name} ({getattr(section, 'kind', '')})"
        for name, section in config.channels.items()
    )
    kinds = {getattr(section, "kind", "") for section in config.channels.values()}
    is_local = kinds <= {"file"} and not config.evidence.timestamps
    files_only = " Nothing leaves this machine." if is_local else ""
    yield f"Posts: {names or 'no channel'}.{files_only}"


def _decisions(config: Config, file: Path | None) -> Iterator[str]:
    rules = len(config.policy.rules)
    if rules:
        matched = f"{_count(rules, 'rule')}; what none matches waits for a person"
    else:
        matched = "no rule, so every draft waits for a person"
    lists = command("drafts", "list", config=file)
    yield f"Policy: {matched} (`{lists}`)."
    editors, operators = config.editors, config.operators
    notified = [
        f"{who} by {getattr(section, 'kind', '')}"
        for who, section in (("editors", editors), ("operators", operators))
        if section is not None
    ]
    if config.alarm.heartbeat is not None:
        notified.append("a watchdog by heartbeats")
    yield f"Notified: {', '.join(notified) or 'nobody; drafts and problems are only printed'}."
