"""Names against the facts: places, operators, sources, tags, and any other name."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex
from babel import Locale

from bot.claims.facts import ClaimFacts
from bot.claims.lexicon import Lexicon
from bot.claims.plain_text import PlainText, RaisedObjection, plain
from bot.model.entity import Entity, EntityKind
from bot.model.incident import SeriesLevel
from bot.model.objection import ClaimKind, Weight
from bot.places import Register

_TAG = regex.compile(r"[##](?P<tag>\w+)")
_NUMBERED = regex.compile(r"(?<!\w)AS\s?(?P<asn>\d{1,10})(?!\w)")
_NAME = regex.compile(r"(?<![\w#@'-])\p{Lu}[\p{L}\p{M}\p{N}]*")
_LATIN_NAME = regex.compile(r"(?<![A-Za-z0-9#@'-])[A-Z][A-Za-z0-9]*")
# A letter after one of these, or at the very beginning, is large whatever it begins.
_BEGINS = regex.compile(r"(?:^|[.!?:;()\[\]\n\"«“¿¡/•·|\p{So}\p{M}-]\s*)$")
_EN = "en"
_Read = tuple[int, int, RaisedObjection | None, tuple[SeriesLevel, ...]]
"""A name: from, to, what is wrong of it, and the series it stands for."""


@dataclass(frozen=True)
class NameReader:
    """Reads the names of one text against one event."""

    backing: ClaimFacts
    lexicon: Lexicon

    def read(
        self, text: PlainText
    ) -> tuple[PlainText, list[RaisedObjection], list[tuple[int, SeriesLevel]]]:
        """The text without its names, what is wrong of them, and whose series they are."""
        raised: list[RaisedObjection] = []
        named: list[tuple[int, SeriesLevel]] = []
        for read in (
            self._tags,
            self._numbered,
            self._parts,
            self._known,
            self._sources,
        ):
            for start, end, objection, series in list(read(text)):
                text = text.without(start, end)
                if objection:
                    raised.append(objection)
                named.extend((end, one) for one in series)
        raised.extend(self._unknown(text))
        return text, raised, named

    @cached_property
    def _own(self) -> dict[str, tuple[SeriesLevel, ...]]:
        """Every name that the facts hold, and the series that it stands for."""
        found: dict[str, tuple[SeriesLevel, ...]] = {}
        facts = self.backing.event.facts
        for one in (*facts.networks, *facts.regions, *facts.parts_back):
            for name in self._names_of(one.entity, one.brand):
                found[name] = (*found.get(name, ()), one)
        for name in self._place_names():
            found.setdefault(name, ())
        return found

    def _names_of(self, entity: Entity, brand: str = "") -> set[str]:
        register, lang = self.backing.register, self.lexicon.lang
        names = {brand, register.name(entity, lang, brand), register.name(entity, _EN)}
        return {way for name in names for way in _ways(name)}

    def _place_names(self) -> set[str]:
        """The place by every name, its country, and the city whose clocks it reads."""
        register, facts = self.backing.register, self.backing.event.facts
        lang, names = self.lexicon.lang, set()
        for entity in (facts.place, facts.part or facts.place):
            names |= self._names_of(entity)
            country = register.country(entity)
            if country:
                names |= _country_names(register, country, lang)
        for code in (lang, _EN):
            names |= register.cities_of(facts.place, code)
        return names - {"UTC"}

    def _parts(self, text: PlainText) -> Iterator[_Read]:
        """Networks and regions of the event first: "Niger Delta" is not Niger."""
        parts = [name for name, series in self._own.items() if series]
        for match in self.lexicon.names(parts).finditer(text.text):
            yield *match.span("name"), None, self._series(match["name"])

    def _known(self, text: PlainText) -> Iterator[_Read]:
        own = self.lexicon.names(self._own)
        brands = _brands(self.backing.register)
        for match in _everywhere(self.backing.register, self.lexicon).finditer(
            text.text
        ):
            word = match["name"]
            start, end = match.span("name")
            if own.fullmatch(word):
                yield start, end, None, self._series(word)
            elif word not in self._told_apart:
                kind = ClaimKind.OPERATOR if word in brands else ClaimKind.PLACE
                yield (
                    start,
                    end,
                    RaisedObjection(kind, Weight.BLOCK, start, end, kind),
                    (),
                )

    @cached_property
    def _told_apart(self) -> frozenset[str]:
        """Names that are no places, or are asked for as sources."""
        common = self.lexicon.common
        return frozenset(plain(n).text for n in (*common["known"], *common["sources"]))

    def _series(self, word: str) -> tuple[SeriesLevel, ...]:
        """The series that a name stands for, whatever case it is in."""
        own = ((n, s) for n, s in self._own.items() if s)
        return next((s for n, s in own if self.lexicon.names([n]).fullmatch(word)), ())

    def _tags(self, text: PlainText) -> Iterator[_Read]:
        register, facts = self.backing.register, self.backing.event.facts
        own = {_squeezed(register.hashtag(facts.place)), *map(_squeezed, self._own)}
        others = _tags_everywhere(register, self.lexicon.lang)
        for match in _TAG.finditer(text.text):
            tag, (start, end) = _squeezed(match["tag"]), match.span()
            objection = None
            if tag in others and tag not in own:
                objection = RaisedObjection(
                    ClaimKind.PLACE, Weight.BLOCK, start, end, "place"
                )
            elif tag not in own and not self._in_own(tag, own):
                objection = RaisedObjection(
                    ClaimKind.NAME, Weight.SECOND, start, end, "tag"
                )
            yield start, end, objection, ()

    def _in_own(self, tag: str, own: set[str]) -> bool:
        """Whether a tag is a name of the place in some case, as "#Қазақстанда"."""
        return self.lexicon.suffixes and any(
            tag.startswith(name) for name in own if len(name) > 3
        )

    def _numbered(self, text: PlainText) -> Iterator[_Read]:
        facts = self.backing.event.facts
        parts = (*facts.networks, *facts.parts_back)
        places = (facts.place, facts.part)
        asked = {str(e.code) for e in places if e and e.kind is EntityKind.ASN}
        for match in _NUMBERED.finditer(text.text):
            start, end = match.span()
            series = tuple(s for s in parts if s.entity.code == match["asn"])
            known = series or match["asn"] in asked
            wrong = RaisedObjection(
                ClaimKind.OPERATOR, Weight.BLOCK, start, end, "operator"
            )
            yield start, end, None if known else wrong, series

    def _sources(self, text: PlainText) -> Iterator[_Read]:
        sources = self.lexicon.common["sources"]
        facts = self.backing.event.facts
        told = [s.signal for s in self.backing.series]
        told += [f"{c.signal} {c.text}".casefold() for c in facts.credits]
        for match in self.lexicon.names(sources).finditer(text.text):
            start, end = match.span("name")
            wanted = sources.get(match["name"], [match["name"].casefold()])
            known = any(part in one for part in wanted for one in told)
            wrong = RaisedObjection(
                ClaimKind.SOURCE, Weight.BLOCK, start, end, "source"
            )
            yield start, end, None if known else wrong, ()

    def _unknown(self, text: PlainText) -> Iterator[RaisedObjection]:
        """A name in the middle of a sentence that no list and no fact has."""
        known = {n.casefold() for n in self.lexicon.common["known"]}
        known |= {*self.lexicon.months, *self.lexicon.weekdays}
        form = _LATIN_NAME if self.lexicon.joined else _NAME
        for match in form.finditer(text.text):
            start, end = match.span()
            if match[0].casefold() in known or len(match[0]) < 2:
                continue
            begins = _BEGINS.search(text.text[max(0, start - 12) : start])
            if not begins or self._is_subject(text.text, *match.span()):
                yield RaisedObjection(ClaimKind.NAME, Weight.SECOND, start, end, "name")

    def _is_subject(self, text: str, start: int, end: int) -> bool:
        """Whether a word that begins a sentence is somebody's name, by what follows."""
        lexicon = self.lexicon
        if not lexicon.subjects or text[start:end].casefold() in lexicon.subjects:
            return False
        return lexicon.roles["subject"].match(text, end + 1) is not None


def _ways(name: str) -> set[str]:
    """As it is and, of "Hamrah-e Aval (MCI)", each of the two names."""
    parts = regex.fullmatch(r"(.+?) \((.+)\)", name)
    return {name, *(parts.groups() if parts else ())} - {""}


def _squeezed(name: str) -> str:
    """Its letters alone, as two spellings of one tag have them in common."""
    return regex.sub(r"[^\p{L}\p{N}]", "", plain(name).text).casefold()


def _country_names(register: Register, country: str, lang: str) -> set[str]:
    entity = Entity(EntityKind.COUNTRY, country)
    long = [str(Locale.parse(x).territories.get(country, "")) for x in (lang, _EN)]
    return {register.name(entity, lang), register.name(entity, _EN), *long} - {""}


@lru_cache(maxsize=2)
def _brands(register: Register) -> frozenset[str]:
    ways = (way for n in register.networks.values() for way in _ways(n.brand))
    return frozenset(plain(way).text for way in ways)


@lru_cache(maxsize=32)
def _everywhere(register: Register, lexicon: Lexicon) -> regex.Pattern[str]:
    """Every country, city of a time zone and brand; and what is none of them."""
    lang, names = lexicon.lang, set()
    for country, zone in register.zones.items():
        if not zone.startswith("Antarctica/"):
            names |= _country_names(register, country, lang)
            whole = Entity(EntityKind.COUNTRY, country)
            names |= register.cities_of(whole, lang) | {register.city(whole, _EN)}
    brands = {way for n in register.networks.values() for way in _ways(n.brand)}
    common = lexicon.common
    known = {*common["known"], *common["sources"]}
    return lexicon.names((names | brands | known) - lexicon.not_places - {"UTC"})


@lru_cache(maxsize=32)
def _tags_everywhere(register: Register, lang: str) -> frozenset[str]:
    places = [Entity(EntityKind.COUNTRY, code) for code in register.zones]
    names = (register.name(place, code) for place in places for code in (_EN, lang))
    return frozenset(map(_squeezed, names))
