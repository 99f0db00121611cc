"""Numbers against the facts: each must be one that they hold, of what it is said of."""

from collections.abc import Iterator, Sequence

from bot.model.incident import SeriesLevel
from bot.model.objection import ClaimKind, Weight
from bot.rendering.claims.backing import Backing
from bot.rendering.claims.figures import (
    Day,
    Figure,
    Lasting,
    Number,
    Offset,
    Percent,
    Time,
    read_figures,
)
from bot.rendering.claims.levels import Levels
from bot.rendering.claims.lexicon import Lexicon
from bot.rendering.claims.objecting import Raised
from bot.rendering.claims.plain import Plain
from bot.rendering.claims.times import Times


def read_numbers(
    text: Plain,
    named: Sequence[tuple[int, SeriesLevel]],
    backing: Backing,
    lexicon: Lexicon,
) -> Iterator[Raised]:
    """Every figure of a text (without its names) that nothing backs."""
    read = read_figures(text, lexicon)
    yield from Levels(text.text, read.of(Percent), named, backing, lexicon).raised()
    yield from Times(text.text, read.of(Time), read.of(Day), backing, lexicon).raised()
    for lasting in read.of(Lasting):
        if not backing.lasts(lasting.length, lasting.unit):
            yield _block(ClaimKind.DURATION, lasting, "duration")
    for zone in read.of(Offset):
        if zone.offset not in backing.offsets:
            yield _block(ClaimKind.TIME, zone, "offset")
    years = {day.year for day in backing.days}
    for number in read.of(Number):
        if number.value not in backing.counts | years:
            yield _block(ClaimKind.NUMBER, number, "number")


def _block(kind: ClaimKind, one: Figure, reason: str) -> Raised:
    return Raised(kind, Weight.BLOCK, one.start, one.end, reason)
