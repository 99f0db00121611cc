"""Compiled loops never outlive the source they were made from."""

from pathlib import Path

import bot
from bot import compilation

HERE = Path(bot.__file__).parent


def test_every_compiled_loop_lies_where_the_name_of_the_cache_looks():
    users = {
        path.relative_to(HERE).parts[0]
        for path in HERE.rglob("*.py")
        if "bot.compilation import" in path.read_text("utf-8")
    }
    assert users == {"detection"}


def test_another_source_has_another_name(tmp_path, monkeypatch):
    known = compilation.digest()
    assert compilation.digest() == known
    (tmp_path / "detection").mkdir()
    (tmp_path / "detection" / "drops.py").write_text("x = 1\n", "utf-8")
    monkeypatch.setattr(compilation, "_HERE", tmp_path)
    one = compilation.digest()
    (tmp_path / "detection" / "drops.py").write_text("x = 2\n", "utf-8")
    assert len({known, one, compilation.digest()}) == 3


def test_where_nothing_can_be_written_loops_are_compiled_at_each_start(
    tmp_path, monkeypatch
):
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    monkeypatch.setattr(compilation, "_HERE", blocked)
    monkeypatch.setattr(compilation, "digest", lambda: "x")
    monkeypatch.setattr(compilation, "user_cache_path", lambda _: blocked)
    assert not compilation._keep()
