"""Files of the site: a failed write leaves the old file, and nothing else."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.file import FileChannel, FileConfig
from bot.durable_files import replace_file
from bot.errors import RenderingError
from bot.model.delivery import PublishedRecord
from bot.model.incident_report import IncidentReport
from bot.site.page_files import remove_other_events
from bot.site.static_files import write_atomically
from bot.store.files.published_times import PublishedTimesFile
from tests.builders import event, incident_of
from tests.contract.stored import CHART, PNG, T0, change, post
from tests.unit.test_pages import writer


def test_failed_writes_leave_no_files_behind(tmp_path, monkeypatch):
    """P19: on a full disk, each tick of a run of years would leave another file."""
    page = tmp_path / "index.html"
    write_atomically(page, "old")

    def fail(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    for _ in range(3):
        with pytest.raises(OSError, match="No space"):
            write_atomically(page, "new")
    assert [file.name for file in tmp_path.iterdir()] == ["index.html"]
    assert page.read_text() == "old"


def record_calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record in the returned list which files are synced and renamed, in order."""
    calls: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def recorded_fsync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").resolve()
        calls.append(f"sync {path.name}, {os.fstat(descriptor).st_size > 0}")
        fsync(descriptor)

    def recorded_replace(self: Path, target: Path) -> Path:
        calls.append(f"rename {self.name}")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(Path, "replace", recorded_replace)
    return calls


def test_file_is_on_the_disk_before_it_gets_its_name(tmp_path, monkeypatch):
    """P15, P19: after a power failure, a page that posts link to would be empty."""
    calls = record_calls(monkeypatch)
    write_atomically(tmp_path / "index.html", "new")
    assert calls == [
        "sync index.html.part, True",
        "rename index.html.part",
        f"sync {tmp_path.name}, True",
    ]


def test_file_with_the_same_content_is_not_written_again(tmp_path, monkeypatch):
    page = tmp_path / "index.html"
    write_atomically(page, "same")
    calls = record_calls(monkeypatch)
    write_atomically(page, b"same")
    assert calls == []
    page.chmod(0o600)
    write_atomically(page, "same")
    assert page.stat().st_mode & 0o777 == 0o644
    write_atomically(page, "some")
    assert page.read_text() == "some"


def test_times_beside_the_store_are_on_the_disk_before_their_name(
    tmp_path, monkeypatch
):
    """P10: an empty file would hide that the store lacks posts."""
    calls = record_calls(monkeypatch)
    PublishedTimesFile(tmp_path / "wire.db").begin(T0)
    name = "wire.db.published.json.part"
    assert calls[:2] == [f"sync {name}, True", f"rename {name}"]


def test_times_on_a_slow_disk_are_not_taken_for_a_copy(tmp_path, monkeypatch):  # P10
    waits = iter([3.0, 0.0, 0.0])

    class SlowClock:
        def now(self) -> datetime:
            return datetime.now(UTC) - timedelta(seconds=next(waits))

    monkeypatch.setattr("bot.store.files.published_times.SystemClock", SlowClock)
    times = PublishedTimesFile(tmp_path / "wire.db")
    times.begin(T0)
    assert times.read() == PublishedRecord(T0, {})


def test_picture_of_the_file_channel_is_on_the_disk_before_its_name(
    tmp_path, monkeypatch
):  # P10
    channel = FileChannel("archive", FileConfig(path=tmp_path / "posts.jsonl"))
    calls = record_calls(monkeypatch)
    channel.send(post(change().event, "archive"), PNG)
    assert calls == [
        f"sync {CHART.name}.part, True",
        f"rename {CHART.name}.part",
        "sync charts, True",
        "sync posts.jsonl, True",
        f"sync {tmp_path.name}, True",
    ]


def test_what_a_crash_left_is_replaced(tmp_path):
    page, other = tmp_path / "index.html", tmp_path / "other"
    other.write_text("not of the site")
    (tmp_path / "index.html.part").symlink_to(other)
    write_atomically(page, "new")
    assert page.read_text() == "new"
    assert page.stat().st_mode & 0o777 == 0o644
    assert other.read_text() == "not of the site"
    assert not (tmp_path / "index.html.part").exists()


def test_writers_of_one_file_do_not_mix_their_parts(tmp_path):
    """P4: two channels may keep their pictures in one folder."""
    path, contents = tmp_path / "chart.png", [bytes([n]) * 300_000 for n in range(4)]

    def write(content: bytes) -> None:
        for _ in range(15):
            replace_file(path, content, 0o644, sync=False)
            assert path.read_bytes() in contents

    with ThreadPoolExecutor(len(contents)) as writers:
        list(writers.map(write, contents))
    assert [file.name for file in tmp_path.iterdir()] == ["chart.png"]


def test_a_full_disk_leaves_no_unfinished_file_in_the_site(tmp_path, monkeypatch):
    """P19: the folder is public; writing a page fails at several points."""
    report = IncidentReport(incident_of(event()), (event(),), {}, {}, (), ())
    fsync, left = os.fsync, 0

    def fail(descriptor: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
    for writes in range(0, 40, 11):
        left = writes
        with suppress(RenderingError):
            writer(tmp_path).publish_page(report)
        assert not list(tmp_path.rglob("*.part"))


def test_what_a_crash_left_of_a_file_is_removed(tmp_path):
    page = tmp_path / "index.html"
    write_atomically(page, "the same")
    (tmp_path / "index.html.part").write_text("half")
    write_atomically(page, "the same")
    assert [file.name for file in tmp_path.iterdir()] == ["index.html"]
    (tmp_path / "card.png.part").write_text("half")
    remove_other_events(tmp_path, frozenset())
    assert [file.name for file in tmp_path.iterdir()] == ["index.html"]
