"""Compare each level in a text with the facts about its place, network or region."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.claims.facts import ClaimFacts
from bot.claims.figures import Percent
from bot.claims.lexicon import Lexicon
from bot.claims.plain_text import MASK, RaisedObjection, sentence_bounds
from bot.model.draft import ClaimKind, ObjectionWeight
from bot.model.timeline import SeriesLevel
from bot.model.verdict import MAX_PRINTED_PERCENT, round_to_percent

_CONTEXT_LENGTH = 40


@dataclass(frozen=True, slots=True)
class LevelChecker:
    """Compares the percentages of one text with one event.

    Attributes:
        text: the plain text, with names and links masked.
        percents: the percentages in the text.
        named_series: (end of the name in the text, series) for each series whose
            network or region the text names.
    """

    text: str
    percents: Sequence[Percent]
    named_series: Sequence[tuple[int, SeriesLevel]]
    claim_facts: ClaimFacts
    lexicon: Lexicon

    def objections(self) -> Iterator[RaisedObjection]:
        """Yield an objection for each level that the facts do not support."""
        for percent in self.percents:
            allowed = self._allowed_levels(percent)
            if not all(
                _states_a_level(v, percent.places, allowed) for v in percent.values
            ):
                kind, weight = ClaimKind.PERCENT, ObjectionWeight.BLOCK
                yield RaisedObjection(kind, weight, percent.start, percent.end, "level")

    def _allowed_levels(self, percent: Percent) -> frozenset[float]:
        """Return the levels that a percentage may state, given the words around it."""
        begin, end = sentence_bounds(self.text, percent.start, percent.end)
        context = self.text[max(begin, percent.start - _CONTEXT_LENGTH) : percent.start]
        owner = self._series_named_before(percent, begin) or self._series_named_after(
            percent
        )
        nearby = [s for at, s in self.named_series if begin <= at <= end]
        levels = (
            self.claim_facts.levels_of(owner)
            if owner
            else self._place_levels(percent, nearby)
        )
        roles = self.lexicon.roles
        if roles["fell_by"].search(context) or self._is_loss(percent):
            # A level that fell "by 90%" is 10%. So the loss is compared with 1.0 minus
            # each level.
            return frozenset(1.0 - level for level in levels)
        # Near the word "lowest", only the lowest levels of the place are allowed. This
        # holds for the place only: for a part, the current level is allowed too.
        if not owner and not nearby and roles["lowest"].search(context):
            return self.claim_facts.lowest_levels
        return levels

    def _series_named_before(self, percent: Percent, begin: int) -> list[SeriesLevel]:
        """Return the series whose name is the last name before a percentage.

        The result is empty if there is no such name, or if another percentage stands
        between the name and this one.
        """
        # A range such as "28 to 41%" covers several networks, so it belongs to no
        # single name.
        if len(percent.values) > 1:
            return []
        ends = [p.end for p in self.percents if p.end <= percent.start]
        stop = max([begin, *ends])
        near = [
            (at, s)
            for at, s in self.named_series
            if stop <= at <= percent.start and not self._in_brackets(at, percent.start)
        ]
        last = max((at for at, _ in near), default=0)
        return [s for at, s in near if at == last]

    def _is_loss(self, percent: Percent) -> bool:
        """Return whether a word next to the number says that the number is a loss.

        An example is "fell 90%".
        """
        roles, text = self.lexicon.roles, self.text
        before = text[max(0, percent.start - _CONTEXT_LENGTH) : percent.start].rstrip()
        loss_ends = [m.end() for m in roles["fell_before"].finditer(before)]
        space = percent.end + 1
        after = roles["fell_after"].match(text, space)
        return len(before) in loss_ends or (after is not None and space < len(text))

    def _series_named_after(self, percent: Percent) -> list[SeriesLevel]:
        """Return the series whose name follows a level, as in "28% on Kcell"."""
        joint = self.lexicon.roles["on_part"].match(self.text, percent.end + 1)
        if joint is None:
            return []
        name = self.text[joint.end() :].lstrip()
        long = len(name) - len(name.lstrip(MASK))
        at = len(self.text) - len(name) + long
        return [s for end, s in self.named_series if long and end == at]

    def _in_brackets(self, name_end: int, start: int) -> bool:
        """Return whether a name is in brackets that close before `start`.

        `name_end` is the end of the name. An example is a city in brackets after a time.
        """
        closed = self.text.find(")", name_end, start)
        return closed >= 0 and self.text.find("(", name_end, closed) < 0

    def _place_levels(
        self, percent: Percent, nearby: Sequence[SeriesLevel]
    ) -> frozenset[float]:
        """Return the levels of the place, and of the parts that the sentence may mean.

        The sentence may mean the parts in `nearby`, which it names. For a range, or if all
        networks have the same level, it may mean any part of the event.
        """
        facts = self.claim_facts.event.facts
        parts = (*facts.parts.affected_series, *facts.parts.back)
        # If all networks have the same level, a text may give this level without naming
        # the networks.
        shared = (
            len({round_to_percent(p.level or 0.0) for p in facts.parts.networks}) == 1
        )
        if len(percent.values) > 1 or shared:
            nearby = parts
        return self.claim_facts.levels | self.claim_facts.levels_of(nearby)


def _states_a_level(
    value: float, places: int, allowed_levels: frozenset[float]
) -> bool:
    """Return whether an allowed level is `value` percent, rounded to `places` decimals.

    A text may call a level near zero "less than 1%", and a very high level "more than
    1,000%".
    """
    if places:
        return any(
            abs(level * 100 - value) <= 0.5 * 10**-places for level in allowed_levels
        )
    return any(
        round_to_percent(level) == value
        or (value == 1 and round_to_percent(level) == 0)
        or (value == MAX_PRINTED_PERCENT < round_to_percent(level))
        for level in allowed_levels
    )
