"""One run at a time uses a store; a second one says who holds it (P10, P16)."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.files.run_lock import only_run

NOW = datetime(2026, 1, 8, 20, tzinfo=UTC)
HOLD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from bot.store.files.run_lock import only_run
with only_run(Path(sys.argv[1]), datetime.now(UTC)):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_refused_with_who_holds_the_store(tmp_path):
    store = tmp_path / "wire.db"
    with only_run(store, NOW):
        message = rf"process {os.getpid()}, since 2026-01-08 20:00 UTC.*stop it first"
        with pytest.raises(StoreError, match=message), only_run(store, NOW):
            pass
    with only_run(store, NOW):
        assert (tmp_path / "wire.db.lock").stat().st_mode & 0o077 == 0


def test_a_symbolic_link_is_the_same_store(tmp_path):
    """P10: two runs on one store would post everything twice."""
    store, link = tmp_path / "wire.db", tmp_path / "other.db"
    link.symlink_to(store)
    with (
        only_run(store, NOW),
        pytest.raises(StoreError, match="another run"),
        only_run(link, NOW),
    ):
        pass


def test_two_stores_in_one_folder_have_their_own_locks(tmp_path):
    with only_run(tmp_path / "a.db", NOW), only_run(tmp_path / "b.db", NOW):
        pass


def test_a_killed_run_leaves_no_lock(tmp_path):
    store = tmp_path / "wire.db"
    command = [sys.executable, "-c", HOLD, str(store)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(StoreError), only_run(store, NOW):
            pass
        process.kill()
    with only_run(store, NOW):
        pass


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(StoreError, match=r"lock .* cannot be made"),
        only_run(tmp_path / "file" / "wire.db", NOW),
    ):
        pass
