"""Every list has whole ids, for people and for programs; ids that do not exist are refused."""

import json
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bot.cli import main, make_app
from bot.cli.output.tables import print_table
from bot.config.commands_in_text import command, with_config
from bot.model.delivery import Receipt
from bot.model.incident import EventKind
from bot.model.operations import Pause
from bot.policy.corrections import CorrectionStatus
from bot.store.sql_store import open_store
from tests.contract.stored import HOUR, T0, change, draft, post, record

LONG = "a reason of many words, " * 12
CONFIG = """
[store]
path = "wire.db"
[channels.masto]
kind = "file"
path = "posts.jsonl"
"""
LISTS = {
    "deliveries --all": "key",
    "drafts list --all": "id",
    "incidents list": "id",
    "corrections status": "event",
    "causes list KZ-2022-0104": "incident",
    "articles list KZ-2022-0104": "incident",
    "pause": "channel",
}
REFUSED = (
    "causes list NONE",
    "causes add NONE --level A1 --statement s --who w --link https://a.example"
    " --archived c --by Ada --reason r",
    "causes sign NONE 1 --by Ada --reason r",
    "causes withdraw NONE 1 --by Ada --reason r",
    "drafts show NONE",
    "drafts edit NONE --channel masto --text t --reason r",
    "drafts approve NONE --reason r",
    "drafts reject NONE --reason r",
    "drafts hold NONE --reason r",
    "deliveries settle NONE/masto --drop --by Ada --reason r",
    "deliveries settle NONE/masto --not-posted --by Ada --reason r",
    "deliveries settle NONE/masto --posted-id 7 --by Ada --reason r",
    "incidents correct NONE --statement s --by Ada",
    "incidents retract NONE --statement s --by Ada",
    "preview NONE",
    "articles list NONE",
    "articles add NONE --link https://a.example --by Ada --reason r",
    "articles copy NONE 1 --outcome asked --by Ada --reason r",
    "articles withdraw NONE 1 --by Ada --reason r",
)

Outagewire = Callable[..., tuple[int, str, str]]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration, in a folder with a space, whose store has one of everything."""
    home = tmp_path / "my wire"
    home.mkdir()
    file = home / "config.toml"
    file.write_text(CONFIG, "utf-8")
    store = open_store(home / "wire.db")
    (event,) = record(store, change())
    note = {"note": LONG, "picture": None}
    posts = (post(event, "masto", picture=None),)
    store.drafts.save(draft(event, **note), None, (), posts)
    store.deliveries.claim(posts[0].key, T0)
    store.deliveries.settle(posts[0].key, Receipt("7"), T0 + HOUR)
    store.pauses.pause(Pause("masto", "Ada", LONG, T0))
    store.close()
    return file


@pytest.fixture
def outagewire(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Outagewire:
    """A function that runs a command; it returns the exit code and what was printed."""

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["outagewire", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            main()
        return (int(caught.value.code or 0), *capsys.readouterr())

    return run


def all_commands() -> Iterator[tuple[str, Any]]:
    """Yield every command of the program, with its words."""

    def walk(words: str, command: Any) -> Iterator[tuple[str, Any]]:
        yield words, command
        for name, inner in getattr(command, "commands", {}).items():
            yield from walk(f"{words} {name}".strip(), inner)

    return walk("", get_command(make_app()))


def test_each_command_that_lists_has_json():
    lists = {
        words
        for words, command in all_commands()
        if (command.help or "").startswith("List ") and not words.endswith("incidents")
    }
    with_json = {
        words
        for words, command in all_commands()
        if any("--json" in param.opts for param in command.params)
    }
    assert lists <= with_json
    # The lists of readers are tested where there are readers: test_readers_command.py.
    elsewhere = {"check-config", "readers list", "readers export"}
    assert {words.split(" --")[0].removesuffix(" KZ-2022-0104") for words in LISTS} == (
        with_json - elsewhere
    )


@pytest.mark.parametrize("words", LISTS)
def test_json_of_a_list_can_be_read_and_holds_whole_ids(config, outagewire, words):
    if words.startswith(("causes", "articles")):
        add = f"{words.split()[0]} add"
        refused = next(other for other in REFUSED if other.startswith(add))
        added = refused.replace("NONE", "KZ-2022-0104")
        assert outagewire(*added.split(), "--config", config)[0] == 0
    code, printed, errors = outagewire(*words.split(), "--json", "--config", config)
    assert code == 0, errors
    entries = json.loads(printed)
    expected = {"masto"} if words == "pause" else {"KZ-2022-0104"}
    if words != "corrections status":  # nothing was corrected
        assert {str(entry[LISTS[words]])[:12] for entry in entries} == expected


@pytest.mark.parametrize("words", ["deliveries --all", "drafts list", "pause"])
def test_piped_list_has_each_entry_whole_on_a_line(config, outagewire, words):
    code, printed, errors = outagewire(*words.split(), "--config", config)
    assert code == 0, errors
    lines = printed.splitlines()
    assert len(lines) == (1 if words == "pause" else 2)
    if words != "deliveries --all":
        assert LONG.strip() in lines[-1]


def test_long_list_is_shown_by_a_pager_on_a_terminal(monkeypatch, capsys):
    paged: list[str] = []
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("pydoc.pager", paged.append)
    rows = [(f"KZ-2026-{n:04}", "restored") for n in range(500)]
    print_table(("incident", "state"), rows)
    assert capsys.readouterr().out == ""
    (text,) = paged
    assert all(name in text for name, _ in rows)
    print_table(("incident", "state"), rows[:3])
    assert "KZ-2026-0002" in capsys.readouterr().out


def test_long_note_is_folded_on_a_terminal_and_no_id_is_cut(monkeypatch, capsys):
    monkeypatch.setattr("bot.cli.output.tables._terminal_width", lambda: 80)
    key = "KZ-2022-0104.12/a-channel-with-a-long-name"
    print_table(("post", "note"), [(key, LONG)])
    lines = capsys.readouterr().out.splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert sum(key in line for line in lines) == 1
    folded = " ".join(line[len(key) :].strip() for line in lines[1:])
    assert folded.split() == LONG.split()


@pytest.mark.parametrize("words", REFUSED)
def test_id_that_does_not_exist_is_refused(config, outagewire, words):
    code, printed, errors = outagewire(*shlex.split(words), "--config", config)
    assert code == 1, printed
    assert printed == ""
    assert "NONE" in errors
    assert "Traceback" not in errors


def test_printed_commands_can_be_pasted(config, outagewire):
    """Every command in a message names the configuration, quoted for a shell."""
    added = REFUSED[1].replace("NONE", "KZ-2022-0104").replace("A1", "A3")
    texts = [
        outagewire(*added.split(), "--config", config)[1],
        outagewire(*REFUSED[9].split(), "--config", config)[2],
        outagewire(
            *("incidents", "correct", "KZ-2022-0104", "--statement", "s", "--by", "A"),
            "--config",
            config,
        )[1],
        outagewire("check-config", config)[1],
    ]
    commands = re.findall(r"`(outagewire [^`]+)`", "".join(texts))
    assert len(commands) == 5
    for pasted in commands:
        assert shlex.split(pasted)[-2:] == ["--config", str(config)]
    assert "--reason" in commands[0]


def test_command_without_configuration_names_none():
    assert command("drafts", "show", "K.1", config=None) == "outagewire drafts show K.1"
    assert with_config("`outagewire demo`", Path("c")) == "`outagewire demo`"
    assert with_config("`outagewire --help`", Path("c")) == "`outagewire --help`"


def status(corrected_at: datetime | None) -> CorrectionStatus:
    kind = EventKind.CORRECTED
    return CorrectionStatus("K", "K.2", kind, "masto", T0, None, corrected_at)


def test_correction_posted_before_it_was_known_has_no_duration():
    """The two times then come from different clocks, as in a replay."""
    assert status(T0 + HOUR).time_to_post == HOUR
    assert status(T0 - timedelta(days=323)).time_to_post is None
    assert status(None).time_to_post is None
