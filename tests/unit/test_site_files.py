"""Files of the site: a failed write leaves the old file, and nothing else."""

import errno
from pathlib import Path

import pytest

from bot.site.static_files import write


def test_failed_writes_leave_no_files_behind(tmp_path, monkeypatch):
    """P19: on a full disk, each tick of a run of years would leave another file."""
    page = tmp_path / "index.html"
    write(page, "old")

    def fail(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    for _ in range(3):
        with pytest.raises(OSError, match="No space"):
            write(page, "new")
    assert [file.name for file in tmp_path.iterdir()] == ["index.html"]
    assert page.read_text() == "old"


def test_what_a_crash_left_is_replaced(tmp_path):
    page, other = tmp_path / "index.html", tmp_path / "other"
    other.write_text("not of the site")
    (tmp_path / "index.html.part").symlink_to(other)
    write(page, "new")
    assert page.read_text() == "new"
    assert page.stat().st_mode & 0o777 == 0o644
    assert other.read_text() == "not of the site"
    assert not (tmp_path / "index.html.part").exists()
