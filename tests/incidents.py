"""Ten example incidents that need different texts, and their facts at any step."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from bot.model.entity import Entity, EntityKind, NetworkKind
from bot.model.event import Facts
from bot.model.incident import EventKind, Phase
from bot.model.verdict import Scope, Severity
from tests.builders import (
    EVERY_KIND,
    PROBING,
    ROUTING,
    TRAFFIC,
    between,
    network,
    operators,
    phase,
    series,
)

Case = TypeVar("Case")
PART = 6
"""`make test` checks one case in this many for each language other than English."""
IRANIAN = {"44244": "Irancell", "197207": "Hamrah-e Aval (MCI)", "58224": "TCI"}


def _country(code: str, level: float | None, **more: Any) -> dict[str, Any]:
    place = Entity(EntityKind.COUNTRY, code)
    own = (series(PROBING, level, place), series(TRAFFIC, 0.07, place))
    return {"place": place, "level": level, "lowest": level, "series": own, **more}


def _iranian(*levels: float) -> tuple[Any, ...]:
    kind = NetworkKind.MOBILE
    pairs = zip(IRANIAN.items(), levels, strict=True)
    return tuple(
        replace(network(asn, level), brand=brand, kind=kind)
        for (asn, brand), level in pairs
    )


def _region() -> dict[str, Any]:
    region = Entity(EntityKind.REGION, "KZ/Almaty")
    region_level = series(ROUTING, 0.2, region)
    return {
        "scope": Scope.REGIONAL,
        "severity": Severity.MAJOR,
        "level": 0.2,
        "lowest": 0.2,
        "principal": ROUTING,
        "series": (series(ROUTING, 0.9),),
        "regions": (region_level,),
        "part": region,
    }


def _earlier_phases(scope: Scope, severity: Severity) -> tuple[Phase, ...]:
    return (phase(EventKind.CONFIRMED, "2022-01-04 17:00", scope, severity),)


_EVENING = between("2022-01-04 13:00", "2022-01-04 16:30")
_NETWORK = Entity(EntityKind.ASN, "44244")

INCIDENTS: dict[str, dict[str, Any]] = {
    "a blackout in Kazakhstan": {},
    "next to nothing is left of Iran": _country(
        "IR", 0.004, networks=_iranian(0.004, 0.03, 0.2), severity=Severity.NEAR_TOTAL
    ),
    "mobile networks of Iran": _country(
        "IR",
        0.93,
        networks=_iranian(0.28, 0.31, 0.41),
        scope=Scope.MOBILE,
        severity=Severity.MAJOR,
        onset=between("2022-01-05 10:55", "2022-01-05 11:00"),
    ),
    "Myanmar, without a level": _country("MM", None, severity=Severity.MODERATE),
    "Congo, since an evening": _country("CD", 0.62, onset=_EVENING),
    "the Emirates, over midnight": _country(
        "AE",
        0.44,
        severity=Severity.MAJOR,
        onset=between("2022-01-04 18:00", "2022-01-05 00:00"),
        phases=_earlier_phases(Scope.MOBILE, Severity.MODERATE),
    ),
    "one network of five, by number": _country(
        "CF",
        0.97,
        networks=tuple(network(str(60000 + n), n / 10) for n in range(1, 6)),
        scope=Scope.OPERATOR,
        severity=Severity.MINOR,
    ),
    "a region of Kazakhstan": _region(),
    "a reconstruction of Côte d'Ivoire, deeper": _country(
        "CI",
        0.31,
        reconstruction=True,
        networks=operators(0.28, 0.31, 0.41),
        phases=_earlier_phases(Scope.NATIONAL, Severity.MINOR),
    ),
    "a drill on a network": {
        "place": _NETWORK,
        "drill": True,
        "series": (series(PROBING, 0.02, _NETWORK),),
    },
}


def facts_of(kind: EventKind, name: str) -> Facts:
    """Return the facts of the incident `name` at a step of `kind`."""
    build: Callable[..., Facts] = EVERY_KIND[kind]
    return build(**INCIDENTS[name])


def language_samples(languages: Sequence[str]) -> list[Any]:
    """Return parameters (language, step) for `sampled`.

    English always has all cases. For each other language `make test` runs one case in
    PART, and `make test-all` also runs all cases.
    """
    others = [lang for lang in languages if lang != "en"]
    parts = [pytest.param(lang, PART, id=f"{lang}-part") for lang in others]
    whole = [
        pytest.param(lang, 1, id=f"{lang}-whole", marks=pytest.mark.slow)
        for lang in others
    ]
    english = [pytest.param("en", 1, id="en-whole")] if "en" in languages else []
    return [*english, *parts, *whole]


def sampled(cases: Sequence[Case], lang: str, step: int, shift: int = 0) -> list[Case]:
    """Return every `step`-th case, with a start that depends on the language.

    Different languages thereby cover different cases; `shift` moves the start.
    """
    return list(cases[(sum(lang.encode()) + shift) % step :: step])
