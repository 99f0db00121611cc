"""Compiled templates are kept for the next process; a bad cache only costs time."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from bot import template_cache
from bot.template_cache import TemplateCache


@pytest.fixture(autouse=True)
def cache_folder(tmp_path, monkeypatch) -> Path:
    """Keep the templates in an empty folder, as on a new machine, and return it."""
    monkeypatch.setattr(template_cache, "user_folder", lambda: tmp_path)
    return tmp_path


def rendered(source: str, options: str = "") -> str:
    """Render a template in an environment of its own, as another process would."""
    loader = DictLoader({"page": source})
    # The template is no HTML.
    environment = Environment(  # noqa: S701 # nosec B701
        loader=loader, bytecode_cache=TemplateCache(options)
    )
    return environment.get_template("page").render(name="KZ")


def fail_if_called(*_args, **_kwargs):
    raise AssertionError("the template was compiled a second time")


def test_a_second_process_compiles_no_template(monkeypatch):
    assert rendered("in {{ name }}") == "in KZ"
    monkeypatch.setattr(Environment, "compile", fail_if_called)
    assert rendered("in {{ name }}") == "in KZ"


@pytest.mark.parametrize("change", ["source", "options"])
def test_a_changed_template_is_compiled_again(change, monkeypatch):
    rendered("in {{ name }}")
    monkeypatch.setattr(Environment, "compile", fail_if_called)
    source = "at {{ name }}" if change == "source" else "in {{ name }}"
    with pytest.raises(AssertionError, match="second time"):
        rendered(source, "trim" if change == "options" else "")


def test_a_damaged_template_is_compiled_again(cache_folder):
    rendered("in {{ name }}")
    (path,) = cache_folder.glob("templates-*/*.cache")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert rendered("in {{ name }}") == "in KZ"
    assert path.read_bytes() == whole


def test_code_that_others_could_have_written_is_not_loaded(cache_folder):
    rendered("in {{ name }}")
    (path,) = cache_folder.glob("templates-*/*.cache")
    other = path.read_bytes()
    path.unlink()
    rendered("at {{ name }}")
    (path,) = cache_folder.glob("templates-*/*.cache")
    path.write_bytes(other)
    path.chmod(0o666)
    assert rendered("at {{ name }}") == "at KZ"


def test_templates_are_compiled_without_a_cache(cache_folder, monkeypatch):
    blocked = cache_folder / "file"
    blocked.write_text("no folder", "utf-8")
    monkeypatch.setattr(template_cache, "user_folder", lambda: blocked)
    assert rendered("in {{ name }}") == "in KZ"
