"""`make bench`: one table, no assertion on time."""

from rich.console import Console
from rich.table import Table

from tests.benchmarks import bench_round, bench_saying, bench_store, bench_tick


def main() -> None:
    """Run every benchmark and print what it saw."""
    table = Table("what", "measured", title="Outagewire on this machine", box=None)
    for bench in (bench_store, bench_tick, bench_round, bench_saying):
        for what, measured in bench.run():
            table.add_row(what, measured)
    Console(highlight=False).print(table)


if __name__ == "__main__":
    main()
