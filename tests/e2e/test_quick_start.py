"""A command imports only what it needs, so that help and the kill switch start fast."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot import bootstrap
from bot.channels.registry import CHANNELS
from bot.cli import main
from bot.store.sql_store import open_store

ROOT = Path(__file__).parents[2]
COMPUTING_PACKAGES = {
    "matplotlib",
    "numba",
    "numpy",
    "PIL",
    "tweepy",
    "apprise",
    "requests",
}
RENDERING_PACKAGES = {"jinja2", "babel", "fluent", "regex", "fontTools", "mapcraft"}
NETWORK_PACKAGES = {"httpx", "structlog", "tenacity", "alembic"}
HEAVY = COMPUTING_PACKAGES | RENDERING_PACKAGES | NETWORK_PACKAGES

PRINT_ALL_HELP = """
import contextlib, io, json, sys
from typer.main import get_command
from bot.cli import main, make_app

def paths(command, *words):
    yield words
    for name, inner in getattr(command, "commands", {}).items():
        yield from paths(inner, *words, name)

helps = {}
for words in paths(get_command(make_app())):
    sys.argv = ["outagewire", *words, "--help"]
    with contextlib.redirect_stdout(io.StringIO()) as shown, contextlib.suppress(SystemExit):
        main()
    helps[" ".join(words)] = shown.getvalue()
print(json.dumps({"helps": helps, "modules": sorted(sys.modules)}))
"""
PRINT_LOADED_MODULES = """
import json, sys
from bot.cli import main
try:
    main()
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""
CONFIG = """
[store]
path = "{home}/wire.db"
[channels.wire]
kind = "file"
path = "{home}/posts.jsonl"
"""


def python(
    code: str, *words: str, check: bool = True
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=check,
    )


def packages(modules: list[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


@pytest.fixture(scope="module")
def all_help() -> dict[str, dict[str, str]]:
    """The help text of every command, and the modules loaded to show them all."""
    result: dict[str, dict[str, str]] = json.loads(python(PRINT_ALL_HELP).stdout)
    return result


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration whose store exists already."""
    file = tmp_path / "config.toml"
    file.write_text(CONFIG.format(home=tmp_path), "utf-8")
    open_store(tmp_path / "wire.db").close()
    return file


def test_help_loads_no_package_that_commands_need(all_help):
    loaded = packages(list(all_help["modules"]))
    assert not loaded & (HEAVY | {"sqlalchemy", "pydantic", "rich", "tomlkit"})
    assert {"bot", "typer"} <= loaded


def test_each_help_text_ends_with_an_example(all_help):
    assert len(all_help["helps"]) > 25
    for words, text in all_help["helps"].items():
        _, heading, examples = text.partition("\n  Example")
        assert heading, words
        lines = [line for line in examples.splitlines()[1:] if "outagewire" in line]
        assert any(f"outagewire {words}".strip() in line for line in lines), words


def test_summaries_in_the_list_of_commands_are_not_truncated(all_help):
    for words, text in all_help["helps"].items():
        listed = text.partition("\nCommands:")[2].partition("\n\n")[0]
        assert "..." not in listed, words


@pytest.mark.parametrize(
    ("words", "forbidden"),
    [
        (("pause",), {"sqlalchemy", "rich", "tomlkit"}),
        (
            ("pause", "wire", "--by", "Ada", "--reason", "a test"),
            {"sqlalchemy", "rich", "tomlkit"},
        ),
        (("drafts", "list"), {"rich", "tomlkit"}),
        (("deliveries",), {"rich", "tomlkit"}),
        (("incidents", "list"), {"rich", "tomlkit"}),
        (("causes", "list", "IR-2026-0108"), {"rich", "tomlkit"}),
        (("check-config",), {"sqlalchemy", "rich", "tomlkit"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_light_command_loads_no_more_than_it_needs(config, words, forbidden):
    config_words = (
        (str(config),) if words[0] == "check-config" else ("--config", str(config))
    )
    # There is no such incident, and the error is printed before the modules.
    is_refused = words[:1] == ("causes",)
    result = python(PRINT_LOADED_MODULES, *words, *config_words, check=not is_refused)
    assert result.returncode == int(is_refused)
    modules = json.loads(result.stderr.splitlines()[-1])
    assert not packages(modules) & (HEAVY | forbidden)
    others = {f"bot.channels.{kind}" for kind in CHANNELS} - {"bot.channels.file"}
    assert not others & set(modules)


def test_kill_switch_reads_no_section_of_the_configuration(config):
    text = config.read_text("utf-8")
    config.write_text(text + '[channels.m]\nkind = "mastodon"\ntoken = "env:NONE"\n')
    words = ("pause", "m", "--by", "Ada", "--reason", "moving", "--config", str(config))
    result = python(PRINT_LOADED_MODULES, *words)
    assert result.stdout.startswith("m has been stopped since")
    assert result.stdout.endswith("UTC by Ada: moving\n")
    assert "bot.config.sections" not in json.loads(result.stderr)


@pytest.mark.parametrize(
    "words",
    [
        ("pause",),
        ("drafts", "list"),
        ("drafts", "show", "IR-2026-0108.1"),
        ("drafts", "hold", "IR-2026-0108.1", "--reason", "a test"),
        ("deliveries",),
        ("incidents", "list"),
        ("causes", "list", "IR-2026-0108"),
        ("causes", "sign", "IR-2026-0108", "1", "--by", "Ada", "--reason", "a test"),
    ],
    ids=" ".join,
)
def test_failed_command_closes_the_store(config, words, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["outagewire", *words, "--config", str(config)])
    with pytest.raises(SystemExit):
        main()
    links = [fd for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink()]
    targets = [str(fd.readlink()) for fd in links if fd.exists()]
    assert len(targets) > 2
    assert not [target for target in targets if str(config.parent) in target]


def test_each_name_of_the_composition_root_can_be_imported():
    for name in bootstrap.__all__:
        assert getattr(bootstrap, name).__module__.startswith("bot.bootstrap.")
