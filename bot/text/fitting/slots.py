"""Fit a text to a length: sentences (slots) are kept or left out, but never cut."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import RenderingError
from bot.model.draft import Outlet, OutletText
from bot.text.fitting.length import count

_SEPARATORS = {"none": "", "space": " ", "line": "\n", "para": "\n\n"}
_VARIANT_SEPARATOR = "||"


@dataclass(frozen=True, slots=True)
class Slot:
    """One sentence of a post or of an alt text.

    rank: the order in which slots are tried, the lowest first. A slot of rank 0 is
        never left out.
    separator: the characters between the text before the slot and the slot.
    variants: the same statement in several lengths, the longest first.
    full_rank: the rank at which all variants are tried. A slot with a lower `rank` is tried
        twice: first at `rank` with only its shortest variant.
    """

    rank: int
    separator: str
    variants: tuple[str, ...]
    full_rank: int


def read_slots(rendered: str) -> tuple[Slot, ...]:
    """Parse a rendered template: one slot on each line, `rank|separator|text`.

    Slots are tried in the order of their ranks; a slot of rank 0 is never left out. `||`
    separates variants of the text. With a rank such as `2+4`, the shortest variant is tried
    at rank 2, and the longer variants at rank 4. A line with an empty text gives no slot.

    Raises:
        RenderingError: a line is not of the form `rank|separator|text`.
    """
    lines = (line.strip() for line in rendered.splitlines())
    slots = (_read_slot(line) for line in lines if line)
    return tuple(slot for slot in slots if slot.variants)


def _read_slot(line: str) -> Slot:
    ranks, _, rest = line.partition("|")
    separator, bar, text = rest.partition("|")
    rank, plus, full_rank = ranks.partition("+")
    valid = rank.isdigit() and (full_rank.isdigit() or not plus)
    if not valid or separator not in _SEPARATORS or not bar:
        raise RenderingError(
            f"template line {line!r} is not a slot; write it as rank|separator|text"
        )
    stripped = map(str.strip, text.split(_VARIANT_SEPARATOR))
    variants = tuple(variant for variant in stripped if variant)
    return Slot(int(rank), _SEPARATORS[separator], variants, int(full_rank or rank))


def fit(slots: Sequence[Slot], outlet: Outlet) -> OutletText:
    """Return the text of these slots, shortened to the limit of the outlet.

    Raises:
        RenderingError: the slots of rank 0 are too long, or a slot has half a character
            (a lone surrogate).
    """
    body = fit_to_limit(slots, outlet.limit, lambda text: count(text, outlet))
    return OutletText(
        channel=outlet.name,
        lang=outlet.lang,
        body=body,
        length=count(body, outlet),
    )


def fit_to_limit(
    slots: Sequence[Slot], limit: int, measure: Callable[[str], int]
) -> str:
    """Return the joined text of the slots that fit a limit; lower ranks are tried first.

    A slot that does not fit is skipped; slots that are tried later may still fit.

    Args:
        slots: the slots, in the order of the text.
        limit: the greatest length, in the unit of `measure`.
        measure: a function that returns the length of a text.

    Raises:
        RenderingError: the shortest variants of the slots of rank 0 are too long.
    """
    # Slots of rank 0 are kept first, in their shortest form, so that no other slot
    # takes their room.
    kept_texts = {
        n: slot.variants[-1] for n, slot in enumerate(slots) if slot.rank == 0
    }
    if measure(_join(slots, kept_texts)) > limit:
        raise RenderingError(
            f"the shortest text is longer than {limit}; shorten the slots of rank 0"
        )
    # Then all slots are tried by rank; slots of one rank, in the order of the text.
    # Each gets its first variant that fits, also a slot of rank 0.
    for _, number, variants in sorted(_candidates(slots)):
        for text in variants:
            # The whole text is measured each time: the length of a joined text is not
            # always the sum of the lengths of its parts.
            if measure(_join(slots, {**kept_texts, number: text})) <= limit:
                kept_texts[number] = text
                break
    return _join(slots, kept_texts)


def _candidates(slots: Sequence[Slot]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield (rank, slot number, variants to try), slot by slot.

    A slot whose `rank` is positive and lower than its `full_rank` comes twice: at `rank`
    with only its last variant, and at `full_rank` with all variants.
    """
    for number, slot in enumerate(slots):
        if 0 < slot.rank < slot.full_rank:
            yield slot.rank, number, slot.variants[-1:]
        yield slot.full_rank, number, slot.variants


def _join(slots: Sequence[Slot], kept_texts: Mapping[int, str]) -> str:
    """Join the kept texts in the order of the slots; the first has no separator."""
    body = ""
    for number, slot in enumerate(slots):
        if number in kept_texts:
            body += slot.separator + kept_texts[number] if body else kept_texts[number]
    return body
