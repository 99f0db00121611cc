"""Levels against the facts: each must be one they hold, of what it is said of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.claims.facts import ClaimFacts
from bot.claims.figures import Percent
from bot.claims.lexicon import Lexicon
from bot.claims.plain_text import MASK, RaisedObjection, sentence
from bot.model.incident import SeriesLevel
from bot.model.objection import ClaimKind, Weight
from bot.text.translations import whole_percent

_REACH = 40


@dataclass(frozen=True, slots=True)
class Levels:
    """Holds the percents of one text against one event.

    Attributes:
        text: the plain text, names and links masked; named: the networks and regions
            that it names, and where.
    """

    text: str
    percents: Sequence[Percent]
    named: Sequence[tuple[int, SeriesLevel]]
    backing: ClaimFacts
    lexicon: Lexicon

    def raised(self) -> Iterator[RaisedObjection]:
        """Every level that nothing backs where it stands."""
        for one in self.percents:
            allowed = self._allowed(one)
            if not all(_is_level(v, one.places, allowed) for v in one.values):
                kind, weight = ClaimKind.PERCENT, Weight.BLOCK
                yield RaisedObjection(kind, weight, one.start, one.end, "level")

    def _allowed(self, percent: Percent) -> frozenset[float]:
        """The levels that may stand here, by the words around the number."""
        begin, end = sentence(self.text, percent.start, percent.end)
        clause = self.text[max(begin, percent.start - _REACH) : percent.start]
        owner = self._owner(percent, begin) or self._owner_after(percent)
        beside = [s for at, s in self.named if begin <= at <= end]
        levels = (
            self.backing.levels_of(owner) if owner else self._place(percent, beside)
        )
        roles = self.lexicon.roles
        if roles["fell_by"].search(clause) or self._fell(percent):
            return frozenset(1.0 - level for level in levels)
        if not owner and not beside and roles["lowest"].search(clause):
            return self.backing.lowest
        return levels

    def _owner(self, percent: Percent, begin: int) -> list[SeriesLevel]:
        """The network or region named just before, with no other level between."""
        if len(percent.values) > 1:
            return []
        ends = [p.end for p in self.percents if p.end <= percent.start]
        stop = max([begin, *ends])
        near = [
            (at, s)
            for at, s in self.named
            if stop <= at <= percent.start and not self._aside(at, percent.start)
        ]
        last = max((at for at, _ in near), default=0)
        return [s for at, s in near if at == last]

    def _fell(self, percent: Percent) -> bool:
        """Whether a word that touches the number says that it is what was lost."""
        roles, text = self.lexicon.roles, self.text
        before = text[max(0, percent.start - _REACH) : percent.start].rstrip()
        found = [m.end() for m in roles["fell_before"].finditer(before)]
        space = percent.end + 1
        after = roles["fell_after"].match(text, space)
        return len(before) in found or (after is not None and space < len(text))

    def _owner_after(self, percent: Percent) -> list[SeriesLevel]:
        """The network that a level is said to be "on", where its name follows."""
        joint = self.lexicon.roles["on_part"].match(self.text, percent.end + 1)
        if joint is None:
            return []
        name = self.text[joint.end() :].lstrip()
        long = len(name) - len(name.lstrip(MASK))
        at = len(self.text) - len(name) + long
        return [s for end, s in self.named if long and end == at]

    def _aside(self, at: int, start: int) -> bool:
        """Whether what ends at `at` stands in brackets, as the city of a time does."""
        closed = self.text.find(")", at, start)
        return closed >= 0 and self.text.find("(", at, closed) < 0

    def _place(
        self, percent: Percent, beside: Sequence[SeriesLevel]
    ) -> frozenset[float]:
        """The place's own levels, and those of parts where parts are spoken of."""
        facts = self.backing.event.facts
        parts = (*facts.networks, *facts.regions, *facts.parts_back)
        shared = len({whole_percent(p.level or 0.0) for p in facts.networks}) == 1
        if len(percent.values) > 1 or shared:
            beside = parts
        return self.backing.levels | self.backing.levels_of(beside)


def _is_level(value: float, places: int, levels: frozenset[float]) -> bool:
    """Whether a level reads `value`, rounded as it is; a trace may be "less than 1%"."""
    if places:
        return any(abs(level * 100 - value) <= 0.5 * 10**-places for level in levels)
    return any(
        whole_percent(level) == value or (value == 1 and whole_percent(level) == 0)
        for level in levels
    )
