"""A stop holds for test posts too (P16)."""

import json

import pytest

from bot import bootstrap
from bot.clock import StillClock
from bot.config import loading as configuration
from bot.errors import BotError
from bot.model.operations import ALL_CHANNELS
from bot.publishing.pausing import KillSwitch
from bot.store.sql_store import open_store
from tests.contract.stored import T0


@pytest.mark.parametrize("stopped", ["wire", ALL_CHANNELS])
def test_a_stopped_channel_gets_no_test_post(tmp_path, stopped: str):
    path = tmp_path / "posts.jsonl"
    config = configuration.check_values(
        {
            "store": {"path": str(tmp_path / "wire.db")},
            "channels": {"wire": {"kind": "file", "path": str(path)}},
        },
        "c",
    )
    store = open_store(tmp_path / "wire.db")
    KillSwitch(store.pauses, StillClock(T0), "Ada", "wrong numbers").pause(stopped)
    with pytest.raises(BotError, match="wire is stopped"):
        list(bootstrap.channel_check(config, "wire"))
    assert not path.exists()
    KillSwitch(store.pauses, StillClock(T0), "Ada", "right again").resume(stopped)
    store.close()
    assert [step.failed for step in bootstrap.channel_check(config, "wire")] == [
        False,
        False,
        False,
    ]
    assert json.loads(path.read_text("utf-8"))["event"].startswith("test-")
