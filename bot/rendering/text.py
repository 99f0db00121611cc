"""Ranked slots, and the text that fits a channel: slots drop whole, never cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.errors import RenderingError
from bot.model.draft import Outlet, Text
from bot.rendering.length import count

_SEPARATORS = {"space": " ", "line": "\n", "para": "\n\n"}


@dataclass(frozen=True, slots=True)
class Slot:
    """One sentence or so; rank 0 never drops, the lowest ranks go in first."""

    rank: int
    before: str
    text: str


def read_slots(rendered: str) -> tuple[Slot, ...]:
    """Slots from a rendered template: `rank|separator|text`, one a line.

    A line whose text came out empty has nothing to say and is no slot.

    Raises:
        RenderingError: a line is not of that form.
    """
    lines = (line.strip() for line in rendered.splitlines())
    slots = (_read_slot(line) for line in lines if line)
    return tuple(slot for slot in slots if slot.text)


def _read_slot(line: str) -> Slot:
    rank, _, rest = line.partition("|")
    separator, bar, text = rest.partition("|")
    if not rank.isdigit() or separator not in _SEPARATORS or not bar:
        raise RenderingError(f"a template line is no slot: {line!r}")
    return Slot(rank=int(rank), before=_SEPARATORS[separator], text=text.strip())


def join(slots: Sequence[Slot]) -> str:
    """The slots as one text; the first needs no separator."""
    return "".join(s.before + s.text if n else s.text for n, s in enumerate(slots))


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
        RenderingError: even the slots of rank 0 are too long.
    """
    kept = {number for number, slot in enumerate(slots) if slot.rank == 0}
    if measure(_pick(slots, kept)) > limit:
        raise RenderingError(f"the shortest text is longer than {limit}")
    optional = (n for n, slot in enumerate(slots) if slot.rank > 0)
    for number in sorted(optional, key=lambda n: slots[n].rank):
        if measure(_pick(slots, kept | {number})) <= limit:
            kept.add(number)
    return _pick(slots, kept)


def _pick(slots: Sequence[Slot], kept: set[int]) -> str:
    return join([slot for number, slot in enumerate(slots) if number in kept])
