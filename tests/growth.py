"""How much a process grows that draws and draws: run alone, so nothing else counts."""

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


def main(at_once: int) -> None:
    """Print bytes a picture, with ever new words, after as many that do not count."""
    scenes = [case.scene() for case in gallery.cases()]
    jobs = [(scene, kind) for scene, kinds in scenes for kind in kinds][::4]
    number = iter(range(1_000_000))

    def draw(job):
        scene, kind = job
        title = f"{scene.captions.title} {next(number)}"
        told = replace(scene, captions=replace(scene.captions, title=title))
        gallery.ARTIST.sheet(told, kind, LIGHT, POST).png()

    many = jobs * ROUNDS * min(at_once, 3)
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(draw, many))
        before = resident()
        list(pool.map(draw, many))
        print((resident() - before) // len(many))


def resident() -> int:
    """The memory that the process has, in bytes."""
    gc.collect()
    return int(MEMORY.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
