"""The names and levels of places, networks, signals and sources in an event's text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model.entity import EntityKind
from bot.model.incident import Facts, SeriesLevel
from bot.model.signal import Family
from bot.model.verdict import Scope, SeriesState
from bot.places import Register
from bot.text.translations import Translations, whole_percent

_NAMED = 3


# Levels by name may never be left out of a post, so they may not fill it either.
_ROOM = 96


# Lively even on quiet days: shown in the data, named last, and not drawn.
NOISY = (Family.TELESCOPE, Family.TELEMETRY)


# A steady series may read dropped at 98 percent; nobody would call that "down".
_DOWN = 0.9


_NARROW = (Scope.OPERATOR, Scope.MOBILE)


def speakers(facts: Facts) -> tuple[SeriesLevel, ...]:
    """The parts whose levels are told instead of the place's; empty: the place's is.

    For an incident of some networks these are the networks, by brand where any has
    one. For any other they are whatever fell, if the level is not the place's own:
    a region's level must never read as the country's.
    """
    branded = tuple(n for n in facts.networks if n.brand) or facts.networks
    if facts.scope in _NARROW:
        parts = branded
    else:
        parts = () if facts.part is None else (*facts.regions, *branded)
    return tuple(part for part in parts if part.level is not None)


def capital(text: str) -> str:
    """With its first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def signal_name(words: Translations, signal: str, family: str) -> str:
    """What people call a signal: by its own name, else by its family's."""
    own = words.find("signals", signal.rpartition(".")[2])
    return own if isinstance(own, str) else words.say("families", family)


def series_name(words: Translations, register: Register, series: SeriesLevel) -> str:
    """A network by its brand, a region by its name."""
    return register.name(series.entity, words.lang, series.brand)


def source_name(words: Translations, signal: str) -> str:
    """Who measured."""
    key = signal.partition(".")[0]
    found = words.find("sources", key)
    return found if isinstance(found, str) else key


def credit_line(words: Translations, facts: Facts) -> str:
    """Every credit with its licence, each once (P13)."""
    lines = [
        words.say("credits", "line", credit=c.text, licence=c.licence)
        for c in facts.credits
    ]
    return words.joined("credits", "join", list(dict.fromkeys(lines))) if lines else ""


def within(words: Translations, register: Register, facts: Facts, name: str) -> str:
    """A place name with its preposition, as in "in Kazakhstan"."""
    whole = facts.place.kind is EntityKind.COUNTRY
    code = register.country(facts.place) if whole else None
    return words.say("places", "within", name=name, code=code or "none")


@dataclass(frozen=True, slots=True)
class EventNames:
    """The names and levels of what the facts list."""

    words: Translations
    register: Register
    facts: Facts

    @property
    def place(self) -> str:
        """The name of the place."""
        return self.register.name(self.facts.place, self.words.lang)

    def subject(self) -> str:
        """What the sentence is about: the place, or the parts whose levels are given."""
        told = speakers(self.facts)
        inside = within(self.words, self.register, self.facts, self.place)
        return self.words.say(
            "subjects",
            self.facts.scope if told else "place",
            place=self.place,
            within=inside,
            parts=self._list([self._name(part) for part in told]),
        )

    def operators(self) -> str:
        """Brands, deepest first; a bare number only where it is all there is."""
        branded = [n for n in self.facts.networks if n.brand]
        return self._list([self._name(n) for n in branded or self.facts.networks])

    def operator_levels(self) -> str:
        """As "Kcell is at 28%, Tele2 at 31% and Beeline at 41%"."""
        known = speakers(self.facts) or [
            n for n in self.facts.networks if n.brand and n.level is not None
        ]
        parts: list[str] = []
        for part in known[:_NAMED]:
            text = self.words.say(
                "lists",
                "next" if parts else "first",
                name=self._name(part),
                level=self.words.percent(part.level or 0.0),
            )
            if parts and len(self.words.listing([*parts, text])) > _ROOM:
                break
            parts.append(text)
        return self.words.listing(parts) if parts else ""

    def operator_range(self) -> str:
        """The lowest and highest level of the named parts, as "2-5%"."""
        told = speakers(self.facts)[:_NAMED]
        levels = [part.level for part in told if part.level is not None]
        if not levels:
            return ""
        low, high = whole_percent(min(levels)), whole_percent(max(levels))
        if low == high:
            return self.words.percent(max(levels))
        return self.words.say("numbers", "range", low=low, high=high)

    def regions(self) -> str:
        """The names of the regions that are down."""
        return self._list([self._name(r) for r in self.facts.regions])

    def recovered(self) -> str:
        """The names of the networks that are back while others are down."""
        return self._list([self._name(n) for n in self.facts.parts_back])

    def sources(self, style: str) -> str:
        """The signals behind it, grouped by who measured them.

        A reconstruction was measured by nobody: it names the signals alone.
        """
        groups: dict[str, list[str]] = {}
        for series in self._telling():
            who = source_name(self.words, series.signal)
            what = signal_name(self.words, series.signal, series.family)
            groups.setdefault("" if self.facts.reconstruction else who, []).append(what)
        parts = [
            self.words.say(
                "credits",
                style if who else "unsigned",
                signals=self.words.listing(list(dict.fromkeys(names))),
                source=who,
            )
            for who, names in groups.items()
        ]
        return self.words.listing(parts) if parts else ""

    def measured_by(self) -> str:
        """Who measured the series that speak."""
        if self.facts.reconstruction:
            return ""
        who = [source_name(self.words, s.signal) for s in self._telling()]
        return self._list(list(dict.fromkeys(who)))

    def back(self) -> str:
        """The place's signals that read ordinary again."""
        returned = [
            signal_name(self.words, s.signal, s.family)
            for s in self._by_weight(self.facts.series)
            if s.family in self.facts.returned and s.state is SeriesState.ORDINARY
        ]
        names = list(dict.fromkeys(returned))
        return self.words.listing(names) if names else ""

    def still(self, most: int = _NAMED) -> str:
        """The place's signals that are still down, with their levels."""
        down = [
            s
            for s in self._by_weight(self.facts.series)
            if s.state is SeriesState.DROPPED
            and s.level is not None
            and s.level < _DOWN
        ]
        steady = [s for s in down if s.family not in NOISY]
        parts = [
            self.words.say(
                "lists",
                "still",
                name=signal_name(self.words, s.signal, s.family),
                level=self.words.percent(s.level or 0.0),
            )
            for s in steady or down
        ]
        return self.words.listing(parts[:most]) if parts else ""

    def _telling(self) -> list[SeriesLevel]:
        """The series that speak: dropped now or, once that is over, those that did."""
        facts = self.facts
        every = (*facts.series, *facts.networks, *facts.regions)
        now = [s for s in every if s.state is SeriesState.DROPPED]
        if facts.restored is not None or not now:
            now = [s for s in every if s.family in facts.opened_by]
        return _first_of_each(self._by_weight(now))[:_NAMED]

    def _by_weight(self, series: Iterable[SeriesLevel]) -> list[SeriesLevel]:
        """The principal signal first, then the deepest; lively families last."""

        def weight(s: SeriesLevel) -> tuple[bool, bool, float]:
            level = 1.0 if s.level is None else s.level
            return s.signal != self.facts.principal, s.family in NOISY, level

        return sorted(series, key=weight)

    def _name(self, series: SeriesLevel) -> str:
        return series_name(self.words, self.register, series)

    def _list(self, names: Sequence[str]) -> str:
        if not names:
            return ""
        shown = list(names[:_NAMED])
        rest = len(names) - len(shown)
        if rest:
            shown.append(self.words.say("lists", "more", n=rest))
        return self.words.listing(shown)


def _first_of_each(series: Iterable[SeriesLevel]) -> list[SeriesLevel]:
    """One series for each signal: a signal is named once."""
    found: dict[str, SeriesLevel] = {}
    for one in series:
        found.setdefault(one.signal, one)
    return list(found.values())
