"""`make bench`: a table of all measurements; nothing is asserted."""

import argparse
import os
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.table import Table

from bot.cli import kernel
from tests.benchmarks import (
    bench_archive,
    bench_charts,
    bench_posting,
    bench_prometheus,
    bench_replay,
    bench_round,
    bench_saying,
    bench_site,
    bench_start,
    bench_store,
    bench_tick,
    bench_year,
)

_Rows = list[tuple[str, str]]


def main(words: Sequence[str] | None = None) -> None:
    """Run all benchmarks, or the named ones, and print the results."""
    options = _parser().parse_args(words)
    kernel.enable_cache()
    benchmarks = _benchmarks(options)
    title = f"Outagewire on this machine ({_noise()})"
    table = Table("what", "measured", title=title, box=None)
    for name in options.benches or benchmarks:
        for label, measured in benchmarks[name]():
            table.add_row(label, measured)
    Console(highlight=False).print(table)
    Console(highlight=False).print(f"Afterwards: {_noise()}")


def _benchmarks(options: argparse.Namespace) -> dict[str, Callable[[], _Rows]]:
    return {
        "start": bench_start.run,
        "replay": bench_replay.run,
        "store": bench_store.run,
        "tick": bench_tick.run,
        "round": bench_round.run,
        "saying": bench_saying.run,
        "charts": bench_charts.run,
        "posting": bench_posting.run,
        "archive": bench_archive.run,
        "site": lambda: bench_site.run(options.site_incidents or bench_site.SIZES),
        "year": lambda: bench_year.run(options.year_series, options.year_days),
        "prometheus": lambda: bench_prometheus.run(options.prometheus_series),
    }


def _noise() -> str:
    """Return the machine's cores and load, because a busy machine takes longer."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    names = (
        "start",
        "replay",
        "store",
        "tick",
        "round",
        "saying",
        "charts",
        "posting",
        "archive",
        "site",
        "year",
        "prometheus",
    )
    parser.add_argument(
        "benches", nargs="*", help=f"what to run; default: all of {', '.join(names)}"
    )
    for option, full in (
        ("--prometheus-series", bench_prometheus.SERIES),
        ("--year-series", bench_year.SERIES),
        ("--year-days", bench_year.DAYS),
    ):
        parser.add_argument(option, type=int, default=full, help=f"default: {full}")
    sizes = " ".join(map(str, bench_site.SIZES))
    parser.add_argument(
        "--site-incidents", type=int, action="append", help=f"default: {sizes}"
    )
    return parser


if __name__ == "__main__":
    main()
