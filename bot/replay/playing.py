"""Walking a newsroom through a recording with a clock that stands still between steps.

The code that runs is the live code: only the clock and the source are others (P14).
"""

from collections.abc import Callable
from datetime import timedelta

from bot.app.newsroom import Newsroom, Tick
from bot.clock import StillClock
from bot.model.interval import Interval

_STRIDE = timedelta(days=1)


def play(
    newsroom: Newsroom,
    clock: StillClock,
    span: Interval,
    lag: timedelta,
    watcher: Callable[[Tick], None],
    *,
    pages_at_end: bool = False,
) -> None:
    """Tick once for each day of `span`, and past its end until all of it is due.

    A stride of a day and one of a bin give the same events at the same times:
    judging goes through the due bins one after the other. With `pages_at_end` each
    page is written once, as its incident was last told of, and not at every step.
    """
    newsroom.open()
    if pages_at_end:
        newsroom.keep_pages()
    end = span.until + lag
    while clock.now() < end:
        clock.sleep(min(_STRIDE, end - clock.now()))
        watcher(newsroom.tick())
    if pages_at_end:
        newsroom.finish()
