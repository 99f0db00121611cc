"""Compare the names in a text with the facts: places, operators, sources, hashtags."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex
from babel import Locale

from bot.claims.facts import ClaimFacts
from bot.claims.lexicon import Lexicon
from bot.claims.plain_text import PlainText, RaisedObjection, to_plain_text
from bot.model.draft import ClaimKind, ObjectionWeight
from bot.model.entity import Entity, EntityKind
from bot.model.timeline import SeriesLevel
from bot.places import Register

_TAG = regex.compile(r"[##](?P<tag>\w+)")
_AS_NUMBER = regex.compile(r"(?<!\w)AS\s?(?P<asn>\d{1,10})(?!\w)")
_NAME = regex.compile(r"(?<![\w#@'-])\p{Lu}[\p{L}\p{M}\p{N}]*")
_LATIN_NAME = regex.compile(r"(?<![A-Za-z0-9#@'-])[A-Z][A-Za-z0-9]*")
# At the start of a text, and after one of these characters, a capitalised word need not
# be a name.
_CAPITALISED_POSITION = regex.compile(
    r"(?:^|[.!?:;()\[\]\n\"«“¿¡/•·|\p{So}\p{M}-]\s*)$"
)
_EN = "en"
_NameMatch = tuple[int, int, RaisedObjection | None, tuple[SeriesLevel, ...]]
"""A name in a text: its start and end, the objection to it, the series with this name.

The objection is None if the facts support the name.
"""


@dataclass(frozen=True)
class NameChecker:
    """Checks the names of one text against one event."""

    claim_facts: ClaimFacts
    lexicon: Lexicon

    def check(
        self, text: PlainText
    ) -> tuple[PlainText, list[RaisedObjection], list[tuple[int, SeriesLevel]]]:
        """Return the text with names masked, the objections, and the named series.

        Each named series comes with the end of its name in the text.
        """
        raised: list[RaisedObjection] = []
        named_series: list[tuple[int, SeriesLevel]] = []
        # The words that a function matched are masked, so that no later function judges
        # them again.
        for read in (
            self._tags,
            self._as_numbers,
            self._parts,
            self._register_names,
            self._own_names,
            self._sources,
        ):
            for start, end, objection, series in list(read(text)):
                text = text.masked(start, end)
                if objection:
                    raised.append(objection)
                named_series.extend((end, level) for level in series)
        raised.extend(self._objections_to_unlisted_names(text))
        return text, raised, named_series

    @cached_property
    def _event_names(self) -> dict[str, tuple[SeriesLevel, ...]]:
        """All names in the facts, each with its series.

        The names of the event's place have no series.
        """
        by_name: dict[str, tuple[SeriesLevel, ...]] = {}
        facts = self.claim_facts.event.facts
        for level in (*facts.parts.affected_series, *facts.parts.back):
            for name in self._names_of(level.entity, level.brand):
                by_name[name] = (*by_name.get(name, ()), level)
        # If the place has the name of a network or region, the name keeps the series of
        # the part.
        for name in self._place_names():
            by_name.setdefault(name, ())
        return by_name

    def _names_of(self, entity: Entity, brand: str = "") -> set[str]:
        register, lang = self.claim_facts.register, self.lexicon.lang
        names = {brand, register.name(entity, lang, brand), register.name(entity, _EN)}
        if entity.kind is EntityKind.REGION:
            # Charts give the name of a county without its rank, such as "Parish".
            names.add(entity.last_code_part)
        return {spelling for name in names for spelling in _spellings(name)}

    def _place_names(self) -> set[str]:
        """Return the names of the event's place, and of places around or within it.

        These are the names of:
        - the place, and the part whose level represents it (`levels.part`), if any;
        - the countries of both;
        - the states or provinces of the affected regions;
        - the city after which the time zone of local times is named.
        """
        register, facts = self.claim_facts.register, self.claim_facts.event.facts
        lang, names = self.lexicon.lang, set()
        for entity in (facts.place, facts.levels.part or facts.place):
            names |= self._names_of(entity)
            country = register.country(entity)
            if country:
                names |= _country_names(register, country, lang)
        names |= self._states
        return names | self._cities

    @cached_property
    def _cities(self) -> frozenset[str]:
        """The names of the city after which the time zone of local times is named."""
        cities_of, zone = self.claim_facts.register.cities_of, self.claim_facts.zone
        # The English name of a city may be used in any language.
        names = cities_of(zone, self.lexicon.lang) | cities_of(zone, _EN)
        # The city of an unknown time zone is "UTC", which is not a name of the place.
        return names - {"UTC"}

    @cached_property
    def _states(self) -> set[str]:
        """The states or provinces of the regions in the facts."""
        state_name = self.claim_facts.register.state_name
        return {
            state_name(s.entity) for s in self.claim_facts.event.facts.parts.regions
        }

    def _parts(self, text: PlainText) -> Iterator[_NameMatch]:
        """Match the names of the event's networks, regions and states.

        They are matched before countries, so that "Niger Delta" is not read as Niger.
        """
        parts = [name for name, series in self._event_names.items() if series]
        parts += self._states
        for match in self.lexicon.names(parts).finditer(text.text):
            yield *match.span("name"), None, self._series(match["name"])

    def _register_names(self, text: PlainText) -> Iterator[_NameMatch]:
        own = self.lexicon.names(self._event_names)
        brands = _brands(self.claim_facts.register)
        for match in _all_names(self.claim_facts.register, self.lexicon).finditer(
            text.text
        ):
            word = match["name"]
            start, end = match.span("name")
            if own.fullmatch(word):
                yield start, end, None, self._series(word)
            elif word not in self._names_not_checked:
                kind = ClaimKind.OPERATOR if word in brands else ClaimKind.PLACE
                yield (
                    start,
                    end,
                    RaisedObjection(kind, ObjectionWeight.BLOCK, start, end, kind),
                    (),
                )

    def _own_names(self, text: PlainText) -> Iterator[_NameMatch]:
        """Match the event's names that the list of known names does not have.

        That list leaves out names that are also common words, such as "Mali" in
        Swahili. The names of the list must be matched first, so that "Guinea" is not found
        in "Papua New Guinea" in languages without spaces. Cities after which local
        times are named are left out: `mask_cities` finds them, but only in phrases for
        a local time.
        """
        names = self._event_names.keys() - self._cities
        for match in self.lexicon.names(names).finditer(text.text):
            yield *match.span("name"), None, self._series(match["name"])

    @cached_property
    def _names_not_checked(self) -> frozenset[str]:
        """The known names that `_register_names` does not check.

        They are names that belong to no place, such as "Internet", and the names of
        sources. `_sources` checks the names of sources.
        """
        common = self.lexicon.common
        return frozenset(
            to_plain_text(n).text for n in (*common["known"], *common["sources"])
        )

    def _series(self, word: str) -> tuple[SeriesLevel, ...]:
        """Return the series that a name stands for, in any grammatical case."""
        own = ((n, s) for n, s in self._event_names.items() if s)
        return next((s for n, s in own if self.lexicon.names([n]).fullmatch(word)), ())

    def _tags(self, text: PlainText) -> Iterator[_NameMatch]:
        register, facts = self.claim_facts.register, self.claim_facts.event.facts
        own = {
            _letters_only(register.hashtag(facts.place)),
            *map(_letters_only, self._event_names),
        }
        others = _all_tags(register, self.lexicon.lang)
        for match in _TAG.finditer(text.text):
            tag, (start, end) = _letters_only(match["tag"]), match.span()
            objection = None
            if tag in others and tag not in own:
                objection = RaisedObjection(
                    ClaimKind.PLACE, ObjectionWeight.BLOCK, start, end, "place"
                )
            elif tag not in own and not self._starts_with_name(tag, own):
                # The tag is in no list of names, so the program cannot tell whether it is
                # right. A second person may approve it.
                objection = RaisedObjection(
                    ClaimKind.NAME, ObjectionWeight.SECOND, start, end, "tag"
                )
            yield start, end, objection, ()

    def _starts_with_name(self, tag: str, own: set[str]) -> bool:
        """Return whether a hashtag may be a declined form of a name in `own`.

        An example is "#Қазақстанда".
        """
        return self.lexicon.suffixes and any(
            tag.startswith(name) for name in own if len(name) > 3
        )

    def _as_numbers(self, text: PlainText) -> Iterator[_NameMatch]:
        facts = self.claim_facts.event.facts
        parts = (*facts.parts.networks, *facts.parts.back)
        places = (facts.place, facts.levels.part)
        own = {str(e.code) for e in places if e and e.kind is EntityKind.ASN}
        for match in _AS_NUMBER.finditer(text.text):
            start, end = match.span()
            series = tuple(s for s in parts if s.entity.code == match["asn"])
            supported = series or match["asn"] in own
            wrong = RaisedObjection(
                ClaimKind.OPERATOR, ObjectionWeight.BLOCK, start, end, "operator"
            )
            yield start, end, None if supported else wrong, series

    def _sources(self, text: PlainText) -> Iterator[_NameMatch]:
        sources = self.lexicon.common["sources"]
        facts = self.claim_facts.event.facts
        signals = [s.signal for s in self.claim_facts.series]
        signals += [f"{c.signal} {c.text}".casefold() for c in facts.sources.credits]
        for match in self.lexicon.names(sources).finditer(text.text):
            start, end = match.span("name")
            wanted = sources.get(match["name"], [match["name"].casefold()])
            supported = any(part in signal for part in wanted for signal in signals)
            wrong = RaisedObjection(
                ClaimKind.SOURCE, ObjectionWeight.BLOCK, start, end, "source"
            )
            yield start, end, None if supported else wrong, ()

    def _objections_to_unlisted_names(
        self, text: PlainText
    ) -> Iterator[RaisedObjection]:
        """Yield an objection for each capitalised word that is in no list.

        At the start of a sentence, any word is capitalised. There, a word counts only
        if `_is_subject` takes it for a name.
        """
        listed = {n.casefold() for n in self.lexicon.common["known"]}
        listed |= {*self.lexicon.months, *self.lexicon.weekdays}
        form = _LATIN_NAME if self.lexicon.unspaced else _NAME
        for match in form.finditer(text.text):
            start, end = match.span()
            if match[0].casefold() in listed or len(match[0]) < 2:
                continue
            begins = _CAPITALISED_POSITION.search(text.text[max(0, start - 12) : start])
            if not begins or self._is_subject(text.text, *match.span()):
                yield RaisedObjection(
                    ClaimKind.NAME, ObjectionWeight.SECOND, start, end, "name"
                )

    def _is_subject(self, text: str, start: int, end: int) -> bool:
        """Return whether the first word of a sentence is a name.

        `Lexicon.subjects` lists words that may start a sentence and are not names. Any
        other word is taken for a name if the next word often follows the subject of a
        sentence, such as "is" or "fell". If the language has no such list, no word is
        taken for a name.
        """
        lexicon = self.lexicon
        if not lexicon.subjects or text[start:end].casefold() in lexicon.subjects:
            return False
        return lexicon.roles["subject"].match(text, end + 1) is not None


def _spellings(name: str) -> set[str]:
    """Return the spellings of a name.

    They are the name itself and, if it has the form "Hamrah-e Aval (MCI)", also
    "Hamrah-e Aval" and "MCI".
    """
    parts = regex.fullmatch(r"(.+?) \((.+)\)", name)
    return {name, *(parts.groups() if parts else ())} - {""}


def _letters_only(name: str) -> str:
    """Return a name's letters and digits in lower case, to compare it with hashtags."""
    return regex.sub(r"[^\p{L}\p{N}]", "", to_plain_text(name).text).casefold()


def _country_names(register: Register, country: str, lang: str) -> set[str]:
    entity = Entity(EntityKind.COUNTRY, country)
    long = [str(Locale.parse(x).territories.get(country, "")) for x in (lang, _EN)]
    return {register.name(entity, lang), register.name(entity, _EN), *long} - {""}


@lru_cache(maxsize=2)
def _brands(register: Register) -> frozenset[str]:
    spellings = (
        spelling for n in register.networks.values() for spelling in _spellings(n.brand)
    )
    return frozenset(to_plain_text(spelling).text for spelling in spellings)


@lru_cache(maxsize=32)
def _all_names(register: Register, lexicon: Lexicon) -> regex.Pattern[str]:
    """Return a pattern for countries, cities of time zones, brands and known names."""
    lang, names = lexicon.lang, set()
    for country in register.countries:
        names |= _country_names(register, country, lang)
    for zone in register.all_zones:
        names |= register.cities_of(zone, lang) | {register.city(zone, _EN)}
    brands = {
        spelling for n in register.networks.values() for spelling in _spellings(n.brand)
    }
    common = lexicon.common
    other_names = {*common["known"], *common["sources"]}
    # `not_places` has names that are also common words of the language, such as
    # "Reunion" in English.
    return lexicon.names((names | brands | other_names) - lexicon.not_places - {"UTC"})


@lru_cache(maxsize=32)
def _all_tags(register: Register, lang: str) -> frozenset[str]:
    places = [Entity(EntityKind.COUNTRY, code) for code in register.countries]
    names = (register.name(place, code) for place in places for code in (_EN, lang))
    return frozenset(map(_letters_only, names))
