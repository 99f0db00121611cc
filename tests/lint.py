"""The project's own lint rules, checked on the syntax tree: `python -m tests.lint`.

- A class name is used once: two classes of one name are mistaken for each other.
- A local variable is named after what it holds, never with a filler word.
- A file has at most 400 lines, and a folder at most 15 modules.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

FILLERS = frozenset({"told", "found", "one", "said", "known", "every"})
LONGEST_FILE = 400
MOST_MODULES = 15
# Each migration is written once and never edited.
_EXEMPT = "migrations"


def violations(package: Path) -> list[str]:
    """Return one sentence for each broken rule below `package`, sorted."""
    paths = [p for p in package.rglob("*.py") if _EXEMPT not in p.parts]
    trees = {path: ast.parse(path.read_text("utf-8")) for path in paths}
    return sorted(
        [
            *_repeated_classes(trees),
            *(line for path, tree in trees.items() for line in _fillers(path, tree)),
            *_long_files(paths),
            *_full_folders(paths),
        ]
    )


def _repeated_classes(trees: dict[Path, ast.Module]) -> Iterator[str]:
    files = defaultdict(list)
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                files[node.name].append(str(path))
    for name, where in files.items():
        if len(where) > 1:
            yield f"class {name} is defined in {' and in '.join(sorted(where))}"


def _fillers(path: Path, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        name = _bound_name(node)
        if name in FILLERS:
            yield f"{path}:{getattr(node, 'lineno', 0)}: {name} does not say what it holds"


def _bound_name(node: ast.AST) -> str | None:
    """Return the name of the variable or parameter that a node binds, or None."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    if isinstance(node, ast.arg):
        return node.arg
    if isinstance(node, ast.ExceptHandler | ast.MatchAs):
        return node.name
    return None


def _long_files(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        count = len(path.read_text("utf-8").splitlines())
        if count > LONGEST_FILE:
            yield f"{path} has {count} lines; split it: at most {LONGEST_FILE}"


def _full_folders(paths: list[Path]) -> Iterator[str]:
    modules = defaultdict(list)
    for path in paths:
        if path.name != "__init__.py":
            modules[path.parent].append(path)
    for folder, files in modules.items():
        if len(files) > MOST_MODULES:
            yield f"{folder} has {len(files)} modules; divide it: at most {MOST_MODULES}"


if __name__ == "__main__":
    problems = violations(Path("bot"))
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)
