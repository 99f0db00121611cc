"""Charts are drawn eight at a time: the same bytes, and no memory that only grows."""

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


@pytest.mark.skipif(not growth.MEMORY.exists(), reason="only Linux tells it in a file")
@pytest.mark.parametrize("at_once", [1, AT_ONCE])
def test_the_process_does_not_grow_with_ever_new_words_of_every_kind(at_once):
    """What Python does not count as well: canvases, letters, the ink kept of words.

    In a process of its own: others leave holes behind, which look like growth.
    """
    command = [sys.executable, "-m", "tests.growth", str(at_once)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    # The canvas of one is nearly six million bytes. Threads have heaps of their own,
    # which take a while to settle, the longer the busier the machine.
    assert int(done.stdout) < (500_000 if at_once == 1 else 1_500_000)
