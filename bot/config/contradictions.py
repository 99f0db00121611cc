"""Finds contradictions between keys of a configuration, and between paths and the disk.

The checks read the values of the TOML file, which may be of any type. So they run even if
pydantic finds wrong keys, and all problems are reported together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.characters import character_problem, escape_hidden
from bot.config.messages import choose, in_notation
from bot.config.outline import (
    DEFAULT_CHANNEL,
    DEFAULT_LANG,
    DEFAULT_STORE,
    SITE_FOLDER,
    UNPUBLISHED,
    suggestion,
)
from bot.config.server import LOOPBACK, THIS_MACHINE
from bot.model.draft import SITE
from bot.settings import beside
from bot.subscriptions.config import DEFAULT_PATH as DEFAULT_READERS
from bot.text.template_files import (
    languages,
    page_languages,
    template_sets,
    templates_root,
)

_FILE, _FOLDER = "a file", "a folder"
_CONFIGURATION = "this configuration"

Values = Mapping[str, object]


def contradictions(
    values: Values, folder: Path | None, file: Path | None = None
) -> Iterator[str]:
    """Yield the problems that the check of a single section does not find.

    Args:
        values: the parsed TOML.
        folder: the folder at which relative paths begin; None for the current folder.
        file: the file of the configuration; None if it is from no file.
    """
    channels = _tables(values, "channels")
    if "sources" in values and not any(_table(values, "sources").values()):
        yield "sources: no source is configured; add a section such as [sources.ioda]"
    for name in ("editors", "operators"):
        if name in channels:
            yield f"channels.{name}: this is not a channel; write its section as [{name}]"
    if SITE in channels:
        yield (
            f"channels.{SITE}: this name is reserved for the report site;"
            " choose another name"
        )
    yield from hidden_characters(values)
    yield from _ways_out_of_a_replay(values)
    yield from _site_of_a_replay(values)
    yield from _unknown_channels(values)
    yield from _repeated_rules(values)
    for key, section in _sections_with_text(values):
        yield from _unknown_templates(key, section)
        yield from _unknown_language(key, section)
    yield from _unknown_page_languages(values)
    yield from _wrong_paths(values, folder, file)
    yield from _wrong_subscriptions(values)


def hidden_characters(value: object, key: str = "") -> Iterator[str]:
    """Yield a problem for each key or value that has hidden characters.

    Posts, pages and terminals would show such a text differently from what it is.
    """
    if isinstance(value, str) and (
        problem := character_problem(value, check_alphabets=False)
    ):
        yield f"{key}: {problem}"
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            path = escape_hidden(f"{key}.{name}" if key else str(name))
            yield from hidden_characters(str(name), path)
            yield from hidden_characters(inner, path)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from hidden_characters(inner, f"{key}.{number}")


def _ways_out_of_a_replay(values: Values) -> Iterator[str]:
    """Yield an error for each setting that would send a replay's messages out (P16)."""
    if _table(values, "clock").get("follow") is None:
        return
    advice = "a replay (clock.follow) must stay on this machine"
    for name, section in _tables(values, "channels").items():
        if section.get("kind") != "file":
            yield f'channels.{name}.kind: {advice}; use "file", or leave the channel out'
    for name in ("editors", "operators"):
        if name in values:
            yield f"{name}: {advice}; leave this out"
    if _table(values, "server").get("host", LOOPBACK) not in THIS_MACHINE:
        yield f'server.host: {advice}; use "{LOOPBACK}", or leave this out'
    if _table(values, "alarm").get("heartbeat") is not None:
        yield f"alarm.heartbeat: {advice}; leave this out"


def _site_of_a_replay(values: Values) -> Iterator[str]:
    """Yield an error for each setting that would make a replay's site look live (P16)."""
    if _table(values, "clock").get("follow") is None:
        return
    advice = "a replay (clock.follow) must stay on this machine"
    if _table(values, "site").get("cap_status", "test") != "test":
        yield f'site.cap_status: {advice}; write "test", or leave this out'
    for name in _table(_table(values, "evidence"), "timestamps"):
        yield f"evidence.timestamps.{name}: {advice}; leave this out"


def _unknown_channels(values: Values) -> Iterator[str]:
    names = _channel_names(values)
    for name in _table(values, "channel_rules"):
        if name not in names:
            advice = suggestion(name, names)
            yield f'channel_rules.{name}: no channel "{name}"{advice}'
    rules = _table(values, "policy").get("rules", [])
    # A misspelt channel is refused. Without this, a rule with the action hold would not
    # match, and another rule could publish the event (P16).
    for number, rule in enumerate(rules if isinstance(rules, list) else []):
        chosen = rule.get("channels", []) if isinstance(rule, dict) else []
        for name in chosen if isinstance(chosen, list) else []:
            if isinstance(name, str) and name not in {SITE, *names}:
                key = in_notation(("policy", "rules", number, "channels"), values)
                yield f'{key}: no channel "{name}"{suggestion(name, names)}'


def _repeated_rules(values: Values) -> Iterator[str]:
    """Yield a problem for each name that two rules have: drafts name the rule (P17)."""
    rules = _table(values, "policy").get("rules", [])
    tables = (
        [r for r in rules if isinstance(r, dict)] if isinstance(rules, list) else []
    )
    names = Counter(name for r in tables if isinstance(name := r.get("name"), str))
    for name, count in names.items():
        if count > 1:
            yield (
                f'policy.rules: {count} rules have the name "{name}"; give each a name of'
                " its own"
            )


def _channel_names(values: Values) -> set[str]:
    return (
        set(_table(values, "channels")) if "channels" in values else {DEFAULT_CHANNEL}
    )


def _wrong_subscriptions(values: Values) -> Iterator[str]:
    """Yield a problem unless each language of the subscriptions has one channel."""
    names: dict[object, list[str]] = defaultdict(list)
    for name, section in _tables(values, "channels").items():
        if section.get("kind") == "readers":
            names[section.get("lang", DEFAULT_LANG)].append(name)
    if "subscriptions" in values and not names:
        yield (
            'subscriptions: no channel sends to readers; add one with kind = "readers",'
            " or leave this section out"
        )
    if "subscriptions" not in values:
        for name in (name for same in names.values() for name in same):
            yield (
                f"channels.{name}: nobody can subscribe; add the section [subscriptions],"
                " or leave the channel out"
            )
    for lang, same in names.items():
        if len(same) > 1:
            yield (
                f"channels.{' and channels.'.join(sorted(same))}: both send to the readers"
                f' of "{lang}", who would get each message twice; leave one out'
            )


def _sections_with_text(values: Values) -> Iterator[tuple[str, Values]]:
    """Yield key and values of each channel's section, of `editors` and `operators`."""
    for name, section in _tables(values, "channels").items():
        yield f"channels.{name}", section
    for name in ("editors", "operators"):
        if name in values:
            yield name, _table(values, name)


def _unknown_templates(key: str, section: Values) -> Iterator[str]:
    name = section.get("templates")
    sets = template_sets(templates_root())
    if isinstance(name, str) and name and name not in sets:
        yield f'{key}.templates: no template set "{name}"; {choose(sets)}'


def _unknown_language(key: str, section: Values) -> Iterator[str]:
    code, available = section.get("lang"), languages(templates_root())
    # For a variant such as "en-GB", the translations of "en" are enough.
    if isinstance(code, str) and not {code, code.partition("-")[0]} & set(available):
        yield f'{key}.lang: no translations for "{code}"; {choose(available)}'


def _unknown_page_languages(values: Values) -> Iterator[str]:
    chosen, available = (
        _table(values, "site").get("languages"),
        page_languages(templates_root()),
    )
    for code in chosen if isinstance(chosen, list) else ():
        if isinstance(code, str) and code not in available:
            yield f'site.languages: no pages in "{code}"; {choose(available)}'


def _wrong_paths(
    values: Values, folder: Path | None, file: Path | None
) -> Iterator[str]:
    """Yield a problem for each path that contradicts another path or the disk."""
    paths = list(_paths(values, folder))
    for key, path, kind in paths:
        if kind == _FILE and path.is_dir():
            yield f"{key} = {_text(path)}: this is a folder; write the path of a file"
        if kind == _FOLDER and path.exists() and not path.is_dir():
            yield f"{key} = {_text(path)}: this is a file; write the path of a folder"
    own = [] if file is None else [(_CONFIGURATION, file.resolve(), _FILE)]
    yield from _shared_files([*own, *paths])
    by_key = {key: path for key, path, _ in paths}
    yield from _store_and_site(by_key)
    yield from _public_files(by_key)
    yield from _unpublished(by_key)


def _shared_files(paths: list[tuple[str, Path, str]]) -> Iterator[str]:
    """Yield a problem for each file that two keys name: both would write to it."""
    keys: dict[Path, list[str]] = defaultdict(list)
    for key, path, kind in paths:
        if kind == _FILE:
            keys[path].append(key)
    for path, same in keys.items():
        if len(same) > 1:
            yield (
                f"{' and '.join(same)}: the same file {_text(path)};"
                " write another path for each"
            )


def _store_and_site(paths: Mapping[str, Path]) -> Iterator[str]:
    store, site = paths.get("store.path"), paths.get("site.out")
    if store is None or site is None:
        return
    if site == store:
        yield "site.out: the same path as store.path; write the path of another folder"
    # If store.path is a folder, another check reports it, so nothing is reported here.
    elif site.is_relative_to(store) and not store.is_dir():
        yield "site.out: inside store.path, which is a file; write another folder"
    # The site is public, and the store holds the drafts.
    elif store.is_relative_to(site):
        yield (
            "store.path: inside site.out, which is public; write a path outside of the"
            " site"
        )


def _public_files(paths: Mapping[str, Path]) -> Iterator[str]:
    """Yield a problem for each file or folder that would be in the public folder (P12).

    The addresses of readers are private, and `site publish` would copy what a channel
    writes there.
    """
    site = paths.get("site.out")
    for key, path in paths.items():
        is_other = key.startswith("channels.") or key == "subscriptions.path"
        if site is not None and is_other and path.is_relative_to(site):
            yield (
                f"{key}: inside site.out, which is public; write a path outside of the"
                " site"
            )


def _unpublished(paths: Mapping[str, Path]) -> Iterator[str]:
    """Yield a problem for each path that shares files with the unpublished pages.

    If `site.unpublished` is not set, their folder is beside the site. Then only paths in
    this folder are a problem: the others have messages of their own.
    """
    others = {k: p for k, p in paths.items() if k != "site.unpublished"}
    folder = paths.get("site.unpublished")
    if folder is not None:
        for key, path in others.items():
            if folder.is_relative_to(path) or path.is_relative_to(folder):
                yield (
                    f"site.unpublished: the same as {key}, or one is inside the other;"
                    " write a folder of its own"
                )
    elif "site.out" in paths:
        beside = paths["site.out"].parent / UNPUBLISHED
        for key, path in others.items():
            if path.is_relative_to(beside):
                yield (
                    f"{key}: in {_text(beside)}, the default folder of the pages for you"
                    " alone; write another path, or set site.unpublished"
                )


def _paths(values: Values, folder: Path | None) -> Iterator[tuple[str, Path, str]]:
    """Yield each path of the configuration as (key, path, `_FILE` or `_FOLDER`)."""
    written: list[tuple[str, object, str]] = [
        ("store.path", _table(values, "store").get("path", DEFAULT_STORE), _FILE),
        ("site.out", _table(values, "site").get("out", SITE_FOLDER), _FOLDER),
        ("site.unpublished", _table(values, "site").get("unpublished"), _FOLDER),
    ]
    if "subscriptions" in values:
        readers = _table(values, "subscriptions").get("path", DEFAULT_READERS)
        written.append(("subscriptions.path", readers, _FILE))
    for name, section in _tables(values, "channels").items():
        if section.get("kind") == "file":
            written.append((f"channels.{name}.path", section.get("path"), _FILE))
            media = section.get("media_dir")
            written.append((f"channels.{name}.media_dir", media, _FOLDER))
    for key, path, kind in written:
        if isinstance(path, str) and path.strip() and path.isprintable():
            try:
                yield key, beside(path, folder).absolute().resolve(), kind
            except (ValueError, OSError, RuntimeError):
                continue  # the check of the key itself names it


def _text(path: Path) -> str:
    return f'"{path}"'


def _tables(values: Values, name: str) -> dict[str, Values]:
    """Return the tables within the table `name`; other values are left out."""
    return {k: v for k, v in _table(values, name).items() if isinstance(v, dict)}


def _table(values: Values, name: str) -> Values:
    table = values.get(name)
    return table if isinstance(table, dict) else {}
