"""Charts are drawn eight at a time: the same bytes, and no memory that only grows."""

import gc
import os
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.rendering.charts.theme import LIGHT, POST
from tests import gallery

AT_ONCE = 8


def _draw(case):
    scene, kinds = case.scene()
    return gallery.ARTIST.sheet(scene, kinds[0], LIGHT, POST).png()


def test_eight_at_a_time_give_the_same_bytes_as_one_after_the_other():
    """P14."""
    some = list(gallery.cases())[:AT_ONCE]
    alone = [_draw(case) for case in some]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert list(pool.map(_draw, some)) == alone


def test_drawing_on_and_on_keeps_nothing():
    some = list(gallery.cases())[:AT_ONCE]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(_draw, some * 2))
        tracemalloc.start()
        try:
            sizes = []
            for _ in range(3):
                list(pool.map(_draw, some))
                gc.collect()
                sizes.append(tracemalloc.get_traced_memory()[0])
        finally:
            tracemalloc.stop()
    # A picture alone is five million bytes; what is kept is less than a tenth of one.
    assert sizes[-1] - sizes[0] < 500_000


MEMORY = Path("/proc/self/statm")


@pytest.mark.skipif(not MEMORY.exists(), reason="only Linux tells it in a file")
@pytest.mark.parametrize(("at_once", "each"), [(1, 150_000), (AT_ONCE, 500_000)])
def test_the_process_does_not_grow_with_ever_new_words_of_every_kind(at_once, each):
    """What Python does not count as well: canvases, letters, the ink kept of words.

    Alone, the ink of the newest words is kept, which has a bound; of several at a time
    the allocator keeps what they leave.
    """
    scenes = [case.scene() for case in gallery.cases()]
    jobs = [(scene, kind) for scene, kinds in scenes for kind in kinds][::4]
    number = iter(range(1_000_000))

    def draw(job):
        scene, kind = job
        title = f"{scene.captions.title} {next(number)}"
        told = replace(scene, captions=replace(scene.captions, title=title))
        gallery.ARTIST.sheet(told, kind, LIGHT, POST).png()

    with ThreadPoolExecutor(at_once) as pool:
        # So long until the allocator has what it needs.
        list(pool.map(draw, jobs * (8 + at_once)))
        first = resident()
        list(pool.map(draw, jobs * 8))
        # A canvas alone is nearly six million bytes.
        assert resident() - first < each * 8 * len(jobs)


def resident():
    """The memory that the process has, in bytes."""
    gc.collect()
    return int(MEMORY.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
