"""Every check that the code can make has a sentence for each of its answers (P17)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.detection.artefacts import BLOCKING, WAITED_FOR
from bot.model.verdict import Check
from bot.site.event_views import checks_of
from bot.text.translations import environment, load_translations, templates_root
from tests.builders import PROBING, event

HOME = Path(bot.__file__).parent
WORDS = load_translations(environment(templates_root()), "en")
ANSWERS = {"passed": True, "failed": False, "unanswered": None}
Function = ast.FunctionDef


def names_in(source: str) -> Iterator[str]:
    """The name of every check that a module makes, without the signal it is of."""
    module = ast.parse(source)
    functions = [n for n in ast.walk(module) if isinstance(n, Function)]
    for call in calls(module, "Check"):
        around = [f for f in functions if call in ast.walk(f)]
        found = list(texts(name_of(call), around, module))
        assert found, f"line {call.lineno}: a check whose name is not to be seen here"
        yield from (text.partition(":")[0] for text in found)


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    """Every call of a function or method of that name."""
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Call)]
    return [c for c in found if getattr(c.func, "attr", called(c)) == name]


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def name_of(call: ast.Call) -> ast.expr:
    """What the call gives as its name."""
    named = [k.value for k in call.keywords if k.arg == "name"]
    return named[0] if named else call.args[0]


def texts(told: ast.expr, around: list[Function], module: ast.Module) -> Iterator[str]:
    """Every text that an expression can be: itself, or what its name stands for."""
    if isinstance(told, ast.Constant) and isinstance(told.value, str):
        yield told.value
    elif isinstance(told, ast.JoinedStr):
        yield from texts(told.values[0], around, module)
    elif isinstance(told, ast.IfExp):
        yield from texts(told.body, around, module)
        yield from texts(told.orelse, around, module)
    elif isinstance(told, ast.Name):
        for scope in (*around, module):
            yield from assigned(told.id, scope, module)
        for function in around:
            yield from passed_in(told.id, function, module)


def assigned(name: str, scope: ast.AST, module: ast.Module) -> Iterator[str]:
    """The texts given to a name: directly, or as the keys that it goes through."""
    tables = tables_in(scope)
    if name in tables:
        yield from texts(tables[name], [], module)
    loops = [n for n in ast.walk(scope) if isinstance(n, ast.comprehension | ast.For)]
    for loop in loops:
        first = getattr(loop.target, "elts", [loop.target])[0]
        if isinstance(first, ast.Name) and first.id == name:
            used = [n.id for n in ast.walk(loop.iter) if isinstance(n, ast.Name)]
            for table in used:
                yield from every_text(tables.get(table))


def tables_in(scope: ast.AST) -> dict[str, ast.expr]:
    """What each name is set to."""
    found = [n for n in ast.walk(scope) if isinstance(n, ast.Assign)]
    return {t.id: n.value for n in found for t in n.targets if isinstance(t, ast.Name)}


def every_text(table: ast.expr | None) -> Iterator[str]:
    """The keys of a dictionary, or the elements of a list."""
    parts = table.keys if isinstance(table, ast.Dict) else getattr(table, "elts", [])
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def passed_in(name: str, function: Function, module: ast.Module) -> Iterator[str]:
    """The texts that callers give for a parameter."""
    given = [a.arg for a in function.args.args if a.arg != "self"]
    if name not in given:
        return
    for call in calls(module, function.name):
        named = [k.value for k in call.keywords if k.arg == name]
        place = given.index(name)
        told = named[0] if named else call.args[place]
        yield from texts(told, [], module)


def every_name() -> set[str]:
    modules = [p for p in HOME.rglob("*.py") if "Check(" in p.read_text("utf-8")]
    found = {n for p in modules for n in names_in(p.read_text("utf-8"))}
    return found | BLOCKING | WAITED_FOR


def on_the_page(name: str, passed: bool | None) -> str:
    (view,) = checks_of(event(checks=(Check(name, passed),)), WORDS)
    return view.told


@pytest.mark.parametrize("name", sorted(every_name()))
def test_every_check_has_a_sentence_for_each_answer(name):
    told = [WORDS.say("checks", name, answer) for answer in ANSWERS]
    assert len(set(told)) == 3
    assert all(sentence[0].isupper() for sentence in told)
    shown = [on_the_page(name, passed) for passed in ANSWERS.values()]
    assert shown == told


def test_the_checks_that_hold_a_verdict_back_are_among_those_found():
    """The search is not blind: it sees each of the ways in which a check is made."""
    found = {
        name
        for part in ("detection/artefacts.py", "app/questions.py")
        for name in names_in((HOME / part).read_text("utf-8"))
    }
    assert found >= BLOCKING
    assert {"source-health", "geolocation", "one-vantage", "level-shift"} <= found


@pytest.mark.parametrize(
    "source",
    [
        "Check('new-one', True)",
        "Check(name='new-one', passed=None)",
        "Check(f'new-one:{signal}', passed=True)",
        "def f():\n    n = 'new-one'\n    return Check(n, True)",
        "def f(n):\n    return Check(n, True)\nf('new-one')",
        "t = {'new-one': 1}\n[Check(n, True) for n, v in t.items()]",
        "def f(bad):\n    return Check('new-one' if bad else 'new-one', bad)",
    ],
)
def test_a_new_check_is_found_however_it_is_made(source):
    assert set(names_in(source)) == {"new-one"}


def test_a_check_whose_name_cannot_be_seen_is_not_passed_over():
    with pytest.raises(AssertionError, match="not to be seen"):
        list(names_in("Check(made_up(), True)"))


def test_a_check_of_a_source_says_of_which():
    """P6."""
    told = on_the_page(f"source-health:{PROBING}", False)
    assert told == (
        "The source itself was ill: it read low, stood still or was rewritten"
        " elsewhere, too"
        " (active probing)"
    )


def test_an_answer_without_words_is_still_shown():
    """P17: facts that were stored by another version."""
    assert on_the_page("of-yesterday", False) == "of-yesterday: no"


@pytest.mark.parametrize(
    "name",
    ["partial-bin", "season", "clock-change", "clock", "population", "sympathetic"],
)
def test_what_else_may_fool_a_measurement_has_words(name):
    assert "could not be told" in on_the_page(name, None)
    assert on_the_page(name, True) != on_the_page(name, False)
