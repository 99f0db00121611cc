"""Soak test on stand-ins of all channels: whatever step fails, no post is lost (P10).

Every post is published once, or refused, or left to a person. OUTAGEWIRE_SOAK_RUNS sets
the number of runs (`make soak`: 2,400), OUTAGEWIRE_SEED the random seed.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.channels.registry import CHANNELS
from bot.ports import Channel
from bot.store.sql_store import open_store
from tests.contract.rigs import REPEATABLE, RIGS, WITHOUT_TEXT
from tests.contract.rigs.rig import VisiblePost
from tests.soak.faults import FaultInjector
from tests.soak.runs import RunCounts, RunSetup, run

pytestmark = [
    pytest.mark.timeout(7200),
    # The mail rig logs in without TLS, on loopback with a password made for the test.
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]

RUNS = int(os.environ.get("OUTAGEWIRE_SOAK_RUNS", "45"))
_RUNS_PER_SERVER = 25
"""How many runs share a server: few, because each run reads all posts on it."""
SEED = os.environ.get("OUTAGEWIRE_SEED", "20260108")


@contextmanager
def run_setup(kind: str, folder: Path) -> Iterator[RunSetup]:
    """Yield a setup with a channel of this kind on its rig, and a store of its own."""
    rigs = RIGS[kind](folder)
    rig = next(rigs)
    store = open_store(":memory:")

    def channel_anew() -> Channel:
        make = CHANNELS[rig.kind].constructor
        return rig.rebuild() if rig.rebuild else make("one", rig.config, rig.clock)

    def set_network_faults(faults: FaultInjector) -> None:
        rig.answer_request = faults.answer_request

    def text_if_repeatable(post: VisiblePost) -> str:
        return post.text if kind in REPEATABLE else ""

    yield RunSetup(
        store=store,
        clock=rig.clock,
        channel=channel_anew,
        visible_posts=lambda: [
            (post.text, post.repeat_id or text_if_repeatable(post))
            for post in rig.visible_posts()
        ],
        without_text=kind in WITHOUT_TEXT,
        set_faults=set_network_faults,
    )
    store.close()
    next(rigs, None)


def test_no_run_duplicates_or_loses_a_post(tmp_path: Path, capsys) -> None:
    runs_per_channel = max(1, RUNS // len(RIGS))
    counts_by_name: dict[str, RunCounts] = {}
    for kind in sorted(RIGS):
        counts_by_name[kind] = RunCounts()
        for first in range(0, runs_per_channel, _RUNS_PER_SERVER):
            folder = tmp_path / f"{kind}-{first}"
            folder.mkdir()
            with run_setup(kind, folder) as setup:
                for number in range(
                    first, min(runs_per_channel, first + _RUNS_PER_SERVER)
                ):
                    counts_by_name[kind] += run(setup, f"{SEED}-{kind}-{number}")
    total = sum(counts_by_name.values(), RunCounts())
    with capsys.disabled():
        print(f"\nseed {SEED}")
        for kind, counts in counts_by_name.items():
            print(counts.line(kind))
        print(total.line("all"))
    assert total.runs == runs_per_channel * len(RIGS)
    assert total.injected.total() >= total.runs
    assert total.duplicates == total.lost == 0
    assert total.unsettled == total.out_of_order == 0
    assert total.sent + total.refused + total.left_to_person == total.posts
