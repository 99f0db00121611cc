"""Compare what two checkouts make of the same readings, byte by byte.

`python -m tests.comparison BEFORE AFTER RECORDING...` replays each recording with both
checkouts and compares all files except the PNG pictures. With `--benchmark` it also
runs and compares the synthetic benchmark, which takes minutes. It exits with 1 if any
file differs.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

# The benchmark's module was moved, so the first of these that a checkout has is run.
_BENCHMARKS = ("bot.evaluation.synthetic.benchmark", "bot.replay.generated.benchmark")
_IGNORED_SUFFIX = ".png"
"""Pictures are compared pixel by pixel, within bounds, by the chart tests."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run both checkouts on each recording, print what differs, return the exit code."""
    options = _parser().parse_args(arguments)
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, command in _runs(options):
            outs = Path(folder, name, "before"), Path(folder, name, "after")
            seconds = [
                _run(checkout, command(checkout), out)
                for checkout, out in (
                    (options.before, outs[0]),
                    (options.after, outs[1]),
                )
            ]
            lines = list(differences(*outs))
            different += len(lines)
            print(f"{name}: {_summary(outs[1], lines)}, user CPU {_times(seconds)}")
            for line in lines:
                print(f"  {line}", flush=True)
    return int(different > 0)


def differences(before: Path, after: Path) -> Iterator[str]:
    """Describe each file that only one of the two folders has, or that differs."""
    files = [_files(before), _files(after)]
    for name in sorted(files[0].keys() | files[1].keys()):
        if name not in files[1]:
            yield f"only before: {name}"
        elif name not in files[0]:
            yield f"only after: {name}"
        elif files[0][name].read_bytes() != files[1][name].read_bytes():
            yield f"differs: {name}"


def _files(folder: Path) -> dict[str, Path]:
    return {
        str(path.relative_to(folder)): path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != _IGNORED_SUFFIX
    }


def _runs(
    options: argparse.Namespace,
) -> Iterator[tuple[str, Callable[[Path], list[str]]]]:
    """Yield a name, and a function that returns the module to run and its arguments.

    The function takes the checkout, because each checkout may have the module at
    another path.
    """
    for recording in options.recordings:
        # Some data sets call every folder `recording`, so the name includes that of the
        # parent folder.
        name = "-".join(recording.resolve().parts[-2:])
        yield name, partial(_replay, recording.resolve())
    if options.benchmark:
        yield "benchmark", _benchmark


def _replay(recording: Path, _checkout: Path) -> list[str]:
    return ["bot", "replay", str(recording)]


def _benchmark(checkout: Path) -> list[str]:
    return [next(m for m in _BENCHMARKS if (checkout / _path(m)).is_file())]


def _path(module: str) -> str:
    return module.replace(".", "/") + ".py"


def _run(checkout: Path, command: list[str], out: Path) -> float:
    """Run a module of a checkout and return its user CPU seconds.

    Raises:
        subprocess.CalledProcessError: the module failed.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    start = os.times().children_user
    subprocess.run(
        [sys.executable, "-m", *command, "--out", str(out)],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return os.times().children_user - start


def _summary(after: Path, lines: list[str]) -> str:
    count = len(_files(after))
    return f"{len(lines)} of {count} files differ" if lines else f"{count} equal files"


def _times(seconds: list[float]) -> str:
    return f"{seconds[0]:.1f} s before, {seconds[1]:.1f} s after"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.comparison")
    parser.add_argument("before", type=Path, help="the checkout before a change")
    parser.add_argument("after", type=Path, help="the checkout after the change")
    parser.add_argument(
        "recordings", type=Path, nargs="*", help="folders of recordings"
    )
    parser.add_argument(
        "--benchmark", action="store_true", help="compare the synthetic benchmark too"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
