"""Fonts of non-Latin scripts are made once on a machine; a bad cache only costs time."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from bot import user_cache
from bot.charts.canvas import fonts


@pytest.fixture
def cache_folder(tmp_path, monkeypatch):
    """Cache fonts in an empty folder, as on a new machine, and return the folder."""
    monkeypatch.setattr(fonts, "user_folder", lambda: tmp_path)
    fonts._font_cache.cache_clear()
    yield tmp_path
    fonts._font_cache.cache_clear()


def fail_if_called(*_):
    raise AssertionError("the font was made a second time")


def test_a_second_process_reads_the_font(cache_folder, monkeypatch):
    font = fonts._static_font("Thai", "bold").read_bytes()
    assert "fvar" not in TTFont(BytesIO(font))
    fonts._font_cache.cache_clear()
    monkeypatch.setattr(fonts, "_instantiate", fail_if_called)
    assert fonts._static_font("Thai", "bold").read_bytes() == font


def test_each_weight_is_a_separate_font(cache_folder):
    bold, regular = (fonts._static_font("Thai", w) for w in ("bold", "regular"))
    assert bold.read_bytes() != regular.read_bytes()


def test_a_damaged_font_is_made_again(cache_folder):
    font = fonts._static_font("Thai", "bold").read_bytes()
    (path,) = cache_folder.glob("fonts-*/*.cache")
    path.write_bytes(path.read_bytes()[:-1])
    assert fonts._static_font("Thai", "bold").read_bytes() == font
    assert path.read_bytes().endswith(font)


def test_fonts_are_made_without_a_cache(cache_folder, capsys):
    (cache_folder / "file").write_text("no folder", "utf-8")
    cache = user_cache.UserCache(cache_folder / "file", fonts._FONTS, "0" * 16, print)
    cache.save("Thai-bold", "key", b"font")
    assert cache.load("Thai-bold", "key") is None
    assert "The fonts of charts cannot be cached" in capsys.readouterr().out
