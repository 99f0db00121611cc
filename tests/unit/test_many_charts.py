"""Charts drawn in eight threads equal those drawn in one, and drawing leaks no memory."""

import gc
import subprocess
import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.charts.canvas.theme import LIGHT, POST
from tests import gallery, growth

AT_ONCE = 8


def _draw(case):
    scene, kinds = case.scene()
    return gallery.ARTIST.draw(scene, kinds[0], LIGHT, POST).png()


def test_eight_parallel_charts_equal_eight_sequential_ones():
    """P14: the same charts have the same bytes, whether drawn in parallel or one by one."""
    some = list(gallery.cases())[:AT_ONCE]
    alone = [_draw(case) for case in some]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert list(pool.map(_draw, some)) == alone


def test_repeated_drawing_keeps_no_memory():
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
    # The pixels of one picture take 5.8 million bytes, so one leaked array exceeds this.
    assert sizes[-1] - sizes[0] < 500_000


@pytest.mark.skipif(
    not growth.MEMORY.exists(), reason="only Linux has /proc/self/statm"
)
@pytest.mark.slow
@pytest.mark.parametrize("at_once", [1, AT_ONCE])
def test_process_memory_stays_constant_with_new_words(at_once):
    """The process keeps no canvas of a drawn chart, not even outside Python's heap.

    Memory is measured in a new process, because other tests leave fragmented memory.
    """
    command = [sys.executable, "-m", "tests.growth", str(at_once)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    # A canvas takes 5.8 million bytes, so if each chart leaked its canvas, the growth
    # would exceed both limits. With several threads the limit is higher, because each
    # thread has a heap of its own, which may still grow for a while.
    assert int(done.stdout) < (500_000 if at_once == 1 else 1_500_000)
