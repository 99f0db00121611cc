"""Pages in other languages have every message of the English pages, and its values."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

import pytest
from fluent.syntax import FluentParser, ast

from bot.text.template_files import page_languages, templates_root
from tests.unit.test_languages import PAGE_FILES

ROOT = templates_root()
LANGUAGES = page_languages(ROOT)
OTHERS = [lang for lang in LANGUAGES if lang != "en"]
TABLES = [
    "answers",
    "causes",
    "checks",
    "class_rules",
    "classes",
    "facts",
    "faults",
    "history",
    "illnesses",
    "impact",
    "meaning",
    "methods_long",
    "newest",
    "page",
    "posted",
    "rules",
    "standings",
    "timeline",
]
"""The tables of words/en.toml that other languages have in pages.ftl."""
REFERENCE = re.compile(r"\{ ([a-z][\w-]+) \}")


def messages(lang: str) -> dict[str, set[str]]:
    """Return the names of the values in each message of pages, by message id."""
    folder = ROOT / "locale" / lang
    files = [folder / name for name in PAGE_FILES if (folder / name).is_file()]
    text = "\n".join(file.read_text("utf-8") for file in files)
    values: dict[str, set[str]] = {}
    for entry in FluentParser().parse(text).body:
        assert not isinstance(entry, ast.Junk), f"{lang}: {entry.content}"
        if isinstance(entry, ast.Message):
            assert entry.value is not None
            assert entry.value.span is not None
            body = text[entry.value.span.start : entry.value.span.end]
            assert entry.id.name not in values, f"{lang}: {entry.id.name} twice"
            values[entry.id.name] = set(re.findall(r"\$(\w+)", body))
            for name in REFERENCE.findall(body):
                values[entry.id.name] |= post_values(lang, name)
    return values


def post_values(lang: str, name: str) -> set[str]:
    """Return the names of the values in a one-line message of posts."""
    text = (ROOT / "locale" / lang / "posts.ftl").read_text("utf-8")
    (line,) = re.findall(rf"^{name} = (.*)", text, re.MULTILINE)
    return set(re.findall(r"\$(\w+)", line))


def english() -> dict[str, set[str]]:
    """Return the same for all texts of English pages, with those of the tables."""
    words = tomllib.loads((ROOT / "words" / "en.toml").read_text("utf-8"))
    tables = {name: words[name] for name in TABLES}
    return {**messages("en"), **dict(texts_of(tables))}


def texts_of(
    table: Mapping[str, Any], path: str = ""
) -> Iterator[tuple[str, set[str]]]:
    """Yield the name of each text of a table, and the names of its values."""
    for key, entry in table.items():
        if isinstance(entry, Mapping):
            yield from texts_of(entry, f"{path}{key}-")
        else:
            fields = {field for _, field, _, _ in Formatter().parse(entry) if field}
            yield f"{path}{key}", fields


@pytest.mark.parametrize("lang", OTHERS)
def test_every_page_message_exists_and_no_other(lang):
    translated, wanted = set(messages(lang)), set(english())
    own = {name for name in translated if name.startswith("own-")}
    assert translated - own == wanted


@pytest.mark.parametrize("lang", OTHERS)
def test_no_page_message_leaves_out_a_value(lang):
    """The place may be named without its preposition, and the noun without an article."""
    same = {"within": "place", "a_noun": "noun"}
    wanted = english()
    for name, named in messages(lang).items():
        if not name.startswith("own-"):
            values = {same.get(value, value) for value in named}
            assert values == {same.get(value, value) for value in wanted[name]}, name
