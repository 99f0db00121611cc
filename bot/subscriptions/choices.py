"""What a reader subscribes to, and which posts are sent to which reader."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.model.delivery import PostSubject
from bot.model.entity import Entity, EntityKind
from bot.model.verdict import Severity

MAX_PLACES = 50
"""The most places of one subscription."""
_AS_NUMBER = re.compile(r"(?:AS|asn:)?([0-9]{1,10})", re.IGNORECASE | re.ASCII)
_LARGEST_AS_NUMBER = 2**32 - 1
_SEPARATOR = re.compile(r"[\s,;]+")


class FormProblem(StrEnum):
    """What is wrong with the entries of the form; the catalogues have a sentence for each.

    A problem has the name of the field, except PLACES, which are too many of both kinds.
    """

    ADDRESS = "address"
    COUNTRIES = "countries"
    NETWORKS = "networks"
    PLACES = "places"
    SEVERITY = "severity"
    LANGUAGE = "language"


class FormError(ValueError):
    """An entry of the form is not valid; nothing that was entered is quoted."""

    def __init__(self, problem: FormProblem) -> None:
        """Name the problem."""
        super().__init__(f"the form cannot be accepted: {problem}")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader wants to be told.

    Attributes:
        lang: the language of the messages, a CLDR code.
        severity: the least severity of an incident's first message.
        places: countries and networks; () is every place.
    """

    lang: str
    severity: Severity = Severity.MINOR
    places: tuple[Entity, ...] = ()

    def wants(self, subject: PostSubject | None) -> bool:
        """Return whether the reader wants a first message about a subject.

        None is a subject that is not known. Only a choice without limits includes it.
        """
        if subject is None:
            return not self.places and self.severity is Severity.MINOR
        return subject.severity.rank >= self.severity.rank and (
            not self.places or not subject.all_places.isdisjoint(self.places)
        )


def parse_choice(
    lang: str,
    severity: str,
    countries: Iterable[str],
    networks: str,
    valid_countries: Iterable[str],
) -> Choice:
    """Return the choice that a form describes.

    Args:
        lang: the language's code.
        severity: the name of a severity.
        countries: ISO 3166-1 codes of two letters.
        networks: AS numbers, separated by spaces, commas or semicolons.
        valid_countries: the codes that may be chosen.

    Raises:
        FormError: a value is not one of those that can be chosen.
    """
    if severity not in set(Severity):
        raise FormError(FormProblem.SEVERITY)
    valid_codes = frozenset(valid_countries)
    codes = sorted(set(countries))
    if not valid_codes.issuperset(codes):
        raise FormError(FormProblem.COUNTRIES)
    numbers = sorted({_as_number(part) for part in _SEPARATOR.split(networks) if part})
    if len(codes) + len(numbers) > MAX_PLACES:
        raise FormError(FormProblem.PLACES)
    places = (
        *(Entity(EntityKind.COUNTRY, code) for code in codes),
        *(Entity(EntityKind.ASN, str(number)) for number in numbers),
    )
    return Choice(lang, Severity(severity), places)


def _as_number(text: str) -> int:
    match = _AS_NUMBER.fullmatch(text)
    number = int(match[1]) if match else 0
    if not 0 < number <= _LARGEST_AS_NUMBER:
        raise FormError(FormProblem.NETWORKS)
    return number
