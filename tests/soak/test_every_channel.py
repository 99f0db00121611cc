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
from bot.store.sql_store import open_store
from tests.contract.rigs import HARMLESS_TWICE, RIGS, WORDLESS
from tests.contract.rigs.rig import VisiblePost
from tests.soak.fate import Fate
from tests.soak.runs import Stage, Toll, run

pytestmark = [
    pytest.mark.timeout(7200),
    # The mail rig logs in without TLS, on loopback with a password made for the test.
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]

RUNS = int(os.environ.get("OUTAGEWIRE_SOAK_RUNS", "45"))
_A_SERVER = 25
"""How many runs share a server: few, because each run reads all posts on it."""
SEED = os.environ.get("OUTAGEWIRE_SEED", "20260108")


@contextmanager
def staged(kind: str, folder: Path) -> Iterator[Stage]:
    """Yield a stage with a channel of this kind on its rig, and a store of its own."""
    rigs = RIGS[kind](folder)
    rig = next(rigs)
    store = open_store(":memory:")

    def network(fate: Fate) -> None:
        rig.network = fate.network

    def twice(post: VisiblePost) -> str:
        return post.text if kind in HARMLESS_TWICE else ""

    yield Stage(
        store=store,
        clock=rig.clock,
        channel=lambda: CHANNELS[rig.kind].make("one", rig.config, rig.clock),
        standing=lambda: [
            (post.text, post.once or twice(post)) for post in rig.visible_posts()
        ],
        wordless=kind in WORDLESS,
        fate=network,
    )
    store.close()
    next(rigs, None)


def test_no_run_repeats_or_loses_a_post(tmp_path: Path, capsys) -> None:
    each = max(1, RUNS // len(RIGS))
    tolls: dict[str, Toll] = {}
    for kind in sorted(RIGS):
        tolls[kind] = Toll()
        for first in range(0, each, _A_SERVER):
            folder = tmp_path / f"{kind}-{first}"
            folder.mkdir()
            with staged(kind, folder) as stage:
                for number in range(first, min(each, first + _A_SERVER)):
                    tolls[kind] += run(stage, f"{SEED}-{kind}-{number}")
    whole = sum(tolls.values(), Toll())
    with capsys.disabled():
        print(f"\nseed {SEED}")
        for kind, toll in tolls.items():
            print(toll.line(kind))
        print(whole.line("all"))
    assert whole.runs == each * len(RIGS)
    assert whole.struck.total() >= whole.runs
    assert whole.duplicates == whole.lost == 0
    assert whole.unsettled == whole.disordered == 0
    assert whole.once + whole.refused + whole.person == whole.posts
