"""What the wire costs with many stored incidents, which should not depend on how many.

Each size is measured in a process of its own, and each list command in another.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import archive_run
from tests.benchmarks.bench_start import CLI, medians

SIZES = (0, 100, 1_000, 10_000)
LISTS = (("incidents", "list"), ("drafts", "list"), ("deliveries",))
_ROOT = Path(__file__).parents[2]


def run(sizes: Sequence[int] = SIZES) -> list[tuple[str, str]]:
    """Return rows of what was measured, and the CPU seconds and memory that it took."""
    rows = []
    for size in sizes:
        with TemporaryDirectory() as name:
            home = Path(name)
            costs = measured(home, size)
            rows.append(
                (f"{size:,} stored incidents: start, with imports", _s(costs, "start"))
            )
            rows += [
                (f"{size:,}: {what}", _ms(costs, what))
                for what in ("tick", "front page", "page")
            ]
            rows.append((f"{size:,}: memory of `run`", f"{costs['memory']:.0f} MB"))
            rows += [
                (f"{size:,}: {' '.join(words)}", _list_cost(home, words))
                for words in LISTS
            ]
    return rows


def measured(home: Path, size: int) -> Mapping[str, float]:
    """Return what `archive_run` prints for a store with `size` old incidents."""
    archive_run.prepare(home, size)
    command = [sys.executable, "-m", "tests.benchmarks.archive_run", str(home)]
    result = subprocess.run(
        command, cwd=_ROOT, capture_output=True, text=True, check=True
    )
    costs: Mapping[str, float] = json.loads(result.stdout.splitlines()[-1])
    return costs


def _s(costs: Mapping[str, float], what: str) -> str:
    return f"{costs[what]:.2f} s"


def _ms(costs: Mapping[str, float], what: str) -> str:
    return f"{costs[what] * 1000:.1f} ms"


def _list_cost(home: Path, words: tuple[str, ...]) -> str:
    config = home / "config.toml"
    config.write_text(f'[store]\npath = "{home / "wire.db"}"\n', "utf-8")
    seconds, megabytes = medians(CLI, (*words, "--config", str(config)), home)
    return f"{seconds:.2f} user CPU s, {megabytes:.0f} MB"
