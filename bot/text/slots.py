"""Ranked slots, and the text that fits a channel: slots drop whole, never cut."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import RenderingError
from bot.model.draft import Outlet, Text
from bot.text.length import count

_SEPARATORS = {"none": "", "space": " ", "line": "\n", "para": "\n\n"}
_OR = "||"


@dataclass(frozen=True, slots=True)
class Slot:
    """One sentence or so; rank 0 never drops, the lowest ranks go in first.

    `texts` are ways to say it, the fullest first; all but one are mostly not needed.
    `grows` is the rank at which a fuller way may take the room of lesser slots.
    """

    rank: int
    before: str
    texts: tuple[str, ...]
    grows: int


def read_slots(rendered: str) -> tuple[Slot, ...]:
    """Slots from a rendered template: `rank|separator|text`, one a line.

    A shorter way to say it may follow, after `||`; `0+3` never drops, and is told in
    full only after ranks 1 and 2 have their room; `2+4` comes in at 2, if in short. A line whose text came out empty has
    nothing to say and is no slot.

    Raises:
        RenderingError: a line is not of that form.
    """
    lines = (line.strip() for line in rendered.splitlines())
    slots = (_read_slot(line) for line in lines if line)
    return tuple(slot for slot in slots if slot.texts)


def _read_slot(line: str) -> Slot:
    ranks, _, rest = line.partition("|")
    separator, bar, text = rest.partition("|")
    rank, plus, grows = ranks.partition("+")
    known = rank.isdigit() and (grows.isdigit() or not plus)
    if not known or separator not in _SEPARATORS or not bar:
        raise RenderingError(f"a template line is no slot: {line!r}")
    texts = tuple(way for way in map(str.strip, text.split(_OR)) if way)
    return Slot(int(rank), _SEPARATORS[separator], texts, int(grows or rank))


def fit(slots: Sequence[Slot], outlet: Outlet) -> Text:
    """As much as the outlet takes, the least important slots left out.

    Raises:
        RenderingError: even what may never be left out is too long.
    """
    body = shorten(slots, outlet.limit, lambda text: count(text, outlet))
    return Text(
        channel=outlet.name,
        lang=outlet.lang,
        body=body,
        length=count(body, outlet),
    )


def shorten(slots: Sequence[Slot], limit: int, measure: Callable[[str], int]) -> str:
    """Take whole slots in the order of their rank, as long as each still fits.

    A long slot that does not fit leaves its room to a lesser one that does: a post
    that is not full tells less than it could.

    Raises:
        RenderingError: even the slots of rank 0, as short as they go, are too long.
    """
    kept = {n: slot.texts[-1] for n, slot in enumerate(slots) if slot.rank == 0}
    if measure(_join(slots, kept)) > limit:
        raise RenderingError(f"the shortest text is longer than {limit}")
    for _, number, ways in sorted(_turns(slots)):
        for text in ways:
            if measure(_join(slots, {**kept, number: text})) <= limit:
                kept[number] = text
                break
    return _join(slots, kept)


def _turns(slots: Sequence[Slot]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """At which rank which slot is asked, and the ways to say it then."""
    for number, slot in enumerate(slots):
        if 0 < slot.rank < slot.grows:
            yield slot.rank, number, slot.texts[-1:]
        yield slot.grows, number, slot.texts


def _join(slots: Sequence[Slot], kept: Mapping[int, str]) -> str:
    """The kept texts in the order of their slots; the first needs no separator."""
    body = ""
    for number, slot in enumerate(slots):
        if number in kept:
            body += slot.before + kept[number] if body else kept[number]
    return body
