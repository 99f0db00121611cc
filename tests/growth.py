"""A program that measures how the memory of a process grows as it draws charts."""

import gc
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from bot.charts.canvas.theme import LIGHT, POST
from tests import gallery

MEMORY = Path("/proc/self/statm")
ROUNDS = 6


def main(workers: int) -> None:
    """Draw charts with new titles in `workers` threads; print the memory growth per chart.

    The growth is in bytes. The same number of charts is drawn before the measurement, so
    that caches are full when it begins.
    """
    scenes = [case.scene() for case in gallery.cases()]
    jobs = [(scene, kind) for scene, kinds in scenes for kind in kinds][::4]
    number = iter(range(1_000_000))

    def draw(job):
        scene, kind = job
        title = f"{scene.captions.title} {next(number)}"
        new_scene = replace(scene, captions=replace(scene.captions, title=title))
        gallery.ARTIST.draw(new_scene, kind, LIGHT, POST).png()

    all_jobs = jobs * ROUNDS * min(workers, 3)
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(draw, all_jobs))
        before = resident()
        list(pool.map(draw, all_jobs))
        print((resident() - before) // len(all_jobs))


def resident() -> int:
    """Return the resident memory of the process in bytes."""
    gc.collect()
    return int(MEMORY.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
