"""What is wrong with a configuration is said at once, in the notation of the file."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.config import loading as configuration
from bot.config.messages import sections_of
from bot.config.outline import read_outline
from bot.config.sections import Config
from bot.errors import ConfigError
from bot.settings import LateSection, Section, format_duration, parse_duration

PYTHON = ("Errno", "Traceback", "Input", "NoneType", "tuple", "dict", "unable to parse")
ABSURD = ["99999999999999999999d", "36501d", "-5m", "5 m", 5, True, []]


def problems(text: str, folder: Path | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        configuration.check_values(tomllib.loads(text), "c", folder)
    return [problem.removeprefix("c: ") for problem in caught.value.problems]


def duration_keys(section: type[Section], path: str = "") -> list[str]:
    """Return the key of each duration of a section that all configurations have."""
    keys: list[str] = []
    for name, field in section.model_fields.items():
        if "timedelta" in str(field.annotation) and not sections_of(field):
            keys.append(f"{path}{name}")
        for nested in sections_of(field):
            if not path and not isinstance(nested, LateSection):
                keys += duration_keys(nested, f"{name}.")
    return [key for key in keys if not key.startswith(("calendar", "channel_rules"))]


@pytest.mark.parametrize("value", ABSURD, ids=str)
@pytest.mark.parametrize("key", duration_keys(Config))
def test_absurd_duration_is_refused_with_its_key_and_value(key, value):  # P16
    section, _, name = key.rpartition(".")
    values: dict[str, Any] = {section: {name: value}}
    with pytest.raises(ConfigError) as caught:
        configuration.check_values(values, "c")
    (problem,) = caught.value.problems
    assert problem.startswith(f"c: {key}")
    assert "write " in problem
    assert not any(word in problem for word in PYTHON)


@pytest.mark.parametrize(
    "key", ["loop.poll", "loop.history", "detection.hold", "policy.stale_after"]
)
def test_duration_of_zero_is_refused_where_nothing_would_work(key):
    section, _, name = key.partition(".")
    (problem,) = problems(f'[{section}]\n{name} = "0s"')
    assert problem.startswith(f'{key} = "0s": write a duration from ')


@pytest.mark.parametrize("text", ["500ms", "90s", "5m", "2h", "28d", "0s"])
def test_duration_is_written_back_as_it_was(text):
    assert format_duration(parse_duration(text)) == text


def test_longest_duration_can_be_added_to_a_date():
    assert parse_duration("36500d") == timedelta(days=36_500)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("log = 5", 'log = 5: must be "quiet", "plain" or "json"'),
        ("[site]\ncontact = 5", "site.contact = 5: must be text in quotes"),
        (
            "[policy]\nflood_above = 'ten'",
            'policy.flood_above = "ten": must be a whole number, without quotes',
        ),
        ("[detection]\nspreads = true", "detection.spreads = true: must be a number, "),
        (
            '[site]\nbase_url = "wire.example.org"',
            'site.base_url = "wire.example.org": write the public address of the site',
        ),
        ('[store]\npath = ""', 'store.path = "": write the path of a file'),
        ("store = 5", "store = 5: must be a table"),
        ("[sources]", "sources: no source is configured"),
        (
            '[sources.ioda]\ntimeout = "0s"',
            'sources.ioda.timeout = "0s": write a duration from 100ms to 10m',
        ),
        (
            '[[calendar]]\nplace = "country:KZ"\nsince = "May"\nuntil = 5\nwhat = ""',
            'calendar 1.since = "May": must be a date and time',
        ),
    ],
)
def test_message_has_the_key_the_value_and_the_remedy(text, problem):
    messages = problems(text)
    assert any(message.startswith(problem) for message in messages), messages
    assert not any(word in message for word in PYTHON for message in messages)


@pytest.mark.parametrize("key", ["token", "user_name", "base_url", "visibility"])
def test_no_message_quotes_text_that_may_be_a_secret(key):  # P16
    text = f'[channels.m]\nkind = "mastodon"\n{key} = "hunter2hunter2"'
    assert "hunter2" not in "".join(problems(text)) or key == "visibility"


def test_everything_wrong_is_named_at_once(tmp_path):
    """Wrong keys do not hide that keys contradict each other, or the disk."""
    (tmp_path / "charts").write_text("a file")
    text = f"""
        log = "loud"
        [store]
        path = "{tmp_path}"
        [loop]
        poll = "0s"
        [channels.a]
        kind = "file"
        path = "posts.jsonl"
        media_dir = "charts"
        [channels.b]
        kind = "file"
        path = "./x/../posts.jsonl"
        [channels.letters]
        kind = "mail"
        host = "mail.example.org"
        sender = "wire@example.org"
        to = []
        [[policy.rules]]
        name = "r"
        action = "hold"
        channels = ["letter"]
    """
    posts = tmp_path / "posts.jsonl"
    assert set(problems(text, tmp_path)) == {
        'log = "loud": must be "quiet", "plain" or "json"',
        'loop.poll = "0s": write a duration from 100ms to 1d',
        "channels.letters: there are no recipients: set `to` or `subscribers`",
        'policy.rules 1 ("r").channels: no channel "letter"; did you mean letters?',
        f'store.path = "{tmp_path}": this is a folder; write the path of a file',
        f'channels.a.media_dir = "{tmp_path}/charts": this is a file;'
        " write the path of a folder",
        f'channels.a.path and channels.b.path: the same file "{posts}";'
        " write another path for each",
    }


@pytest.mark.parametrize(
    ("site", "problem"),
    [
        ("wire.db", "site.out: the same path as store.path; "),
        ("wire.db/site", "site.out: inside store.path, which is a file; "),
        (".", "store.path: inside site.out, which is public; "),
    ],
)
def test_site_and_store_may_not_be_in_each_other(site, problem, tmp_path):
    text = f'[store]\npath = "wire.db"\n[site]\nout = "{site}"'
    (message,) = problems(text, tmp_path)
    assert message.startswith(problem)


@pytest.mark.parametrize(
    ("folder", "key"),
    [
        ("site", "site.out"),
        ("site/own", "site.out"),
        (".", "store.path"),
        ("wire.db", "store.path"),
        ("charts", "channels.a.media_dir"),
    ],
)
def test_unpublished_pages_share_no_files(folder, key, tmp_path):  # P12
    text = f"""
[store]
path = "wire.db"
[site]
out = "site"
unpublished = "{folder}"
[channels.a]
kind = "file"
path = "a.jsonl"
media_dir = "charts"
"""
    found = [m for m in problems(text, tmp_path) if m.startswith("site.unpublished: ")]
    assert any(f"the same as {key}, or one is inside the other" in m for m in found)


@pytest.mark.parametrize("out", ["unpublished", "var/unpublished"])
def test_site_may_not_be_the_default_folder_of_unpublished_pages(out, tmp_path):
    (message,) = problems(f'[site]\nout = "{out}"', tmp_path)
    assert message.startswith("site.out: in ")
    assert "the default folder of the pages for you alone" in message


def test_store_may_not_be_in_the_default_folder_of_unpublished_pages(tmp_path):
    (message,) = problems('[store]\npath = "var/unpublished/wire.db"', tmp_path)
    assert message.startswith("store.path: in ")


RELATIVE = """
[store]
path = "data/wire.db"
[channels.a]
kind = "file"
path = "a.jsonl"
media_dir = "~/media"
[channels.m]
kind = "mastodon"
base_url = "https://social.example"
token = "file:secrets/token"
[channels.letters]
kind = "mail"
host = "mail.example.org"
sender = "wire@example.org"
subscribers = "list.txt"
"""


def test_every_path_begins_at_the_folder_of_the_file(tmp_path, monkeypatch):
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "token").write_text("tok", "utf-8-sig")
    (tmp_path / "list.txt").write_text("a@example.org\n", "utf-8-sig")
    file = tmp_path / "config.toml"
    # Some editors put a byte order mark at the beginning of a file.
    file.write_text(RELATIVE, "utf-8-sig")
    monkeypatch.chdir("/")
    config = configuration.load_config(file)
    assert config.store.path == tmp_path / "data" / "wire.db"
    assert config.site.out == tmp_path / "var" / "site"
    assert config.channels["a"].path == tmp_path / "a.jsonl"
    assert config.channels["a"].media_dir == Path("~/media").expanduser()
    assert config.channels["m"].token.get_secret_value() == "tok"
    assert config.channels["letters"].subscribers == tmp_path / "list.txt"
    # The kill switch finds the same store (P16).
    assert read_outline(file).store == config.store.path


def test_default_paths_of_a_file_begin_at_its_folder(tmp_path, monkeypatch):
    file = tmp_path / "config.toml"
    file.write_text("", "utf-8")
    monkeypatch.chdir("/")
    config = configuration.load_config(file)
    assert config.store.path == read_outline(file).store
    assert config.store.path == tmp_path / "var" / "outagewire.db"
    assert config.channels["wire"].path == tmp_path / "var" / "posts.jsonl"


def test_without_a_file_the_store_is_in_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    stores = set()
    for folder in ("/", str(tmp_path)):
        monkeypatch.chdir(folder)
        stores |= {configuration.load_config(None).store.path, read_outline(None).store}
    assert stores == {tmp_path / "outagewire" / "outagewire.db"}
