"""The project's own lint rules (tests/lint.py) report violations, and accept plain code."""

import pytest

from tests.lint import LONGEST_FILE, MOST_MODULES, violations


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    told = 1\n    return told\n",
        "def f(known):\n    return known\n",
        "def f(xs):\n    return [one for one in xs]\n",
        "def f(path):\n    with open(path) as found:\n        return found\n",
        "def f():\n    try:\n        g()\n    except OSError as said:\n        raise said\n",
    ],
)
def test_a_filler_variable_is_reported(tmp_path, source):
    (tmp_path / "a.py").write_text(source, "utf-8")
    (problem,) = set(violations(tmp_path))
    assert "does not say what it holds" in problem


def test_a_class_name_used_twice_is_reported(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.py").write_text("class Same:\n    x: int\n", "utf-8")
    assert violations(tmp_path) == [
        f"class Same is defined in {tmp_path}/a.py and in {tmp_path}/b.py"
    ]


def test_a_long_file_and_a_full_folder_are_reported(tmp_path):
    for number in range(MOST_MODULES + 1):
        (tmp_path / f"m{number}.py").write_text("", "utf-8")
    (tmp_path / "m0.py").write_text("\n" * (LONGEST_FILE + 1), "utf-8")
    assert len(violations(tmp_path)) == 2


def test_plain_code_breaks_no_rule(tmp_path):
    (tmp_path / "a.py").write_text(
        "def f(level):\n    half = level / 2\n    return half\n", "utf-8"
    )
    assert violations(tmp_path) == []
