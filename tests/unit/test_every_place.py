"""The bot's own sentences about any place pass the claim check and name its own city."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from bot.claims.linter import Linter
from bot.model.draft import ClaimKind, Objection, Outlet, PictureDescription
from bot.model.entity import Entity, EntityKind, parse_entity
from bot.model.event import IncidentEvent
from bot.model.incident import EventKind
from bot.model.interval import Interval
from bot.model.verdict import Scope
from bot.places import load_register, local_time
from bot.rendering.renderer import TemplateRenderer
from bot.sources.ioda.config import iso_countries
from bot.sources.registry import all_brands
from bot.text.translations import environment, languages, templates_root
from tests import incidents
from tests.builders import (
    MAIL,
    PROBING,
    TRAFFIC,
    X,
    event,
    evidence,
    facts,
    series,
    utc,
)

REGISTER = load_register()
SITE = "https://outagewire.example.org"
TEMPLATES = environment(templates_root(), all_brands())
LINTER = Linter(REGISTER, TEMPLATES, SITE)
WRITER = TemplateRenderer(REGISTER, Path("site"), SITE, "", TEMPLATES)
COUNTRIES = [Entity(EntityKind.COUNTRY, code) for code in sorted(REGISTER.countries)]
KABUL, DUSHANBE = "\u06a9\u0627\u0628\u0644", "\u062f\u0648\u0634\u0646\u0628\u0647"
"""Two cities in Persian. The words also mean "cable" and "Monday"."""
# These places were stopped: they have no city, or one whose name is also another word.
STOPPED = ("AF", "AL", "AQ", "BV", "GW", "HM", "ML", "RO", "SX", "TJ")
# A drop that began in one morning, which texts give with the city of the morning.
MORNING = Interval(utc("2022-01-05 08:00"), utc("2022-01-05 11:00"))


def listed_regions() -> list[Entity]:
    """Return the regions in the register's list of time zones, as they are spelt there."""
    text = (files("bot") / "data" / "region-zones.toml").read_text("utf-8")
    return [
        Entity(EntityKind.REGION, f"{country}/{name}")
        for country, zones in tomllib.loads(text).items()
        for names in zones.values()
        for name in names
        if name != "*"
    ]


def country_event(place: Entity, **more: object) -> IncidentEvent:
    own = (series(PROBING, 0.1, place), series(TRAFFIC, 0.6, place))
    levels = {"level": 0.1, "lowest": 0.1, "series": own}
    return event(EventKind.CONFIRMED, facts=facts(place=place, **levels, **more))


def region_event(region: Entity) -> IncidentEvent:
    country = Entity(EntityKind.COUNTRY, str(region.country))
    part = {"scope": Scope.REGIONAL, "regions": (series(PROBING, 0.2, region),)}
    about = facts(place=country, level=0.2, part=region, **part)
    return event(EventKind.CONFIRMED, facts=about)


def post(about: IncidentEvent, lang: str, outlet: Outlet = MAIL) -> str:
    return WRITER._text(about, replace(outlet, lang=lang)).body


def stopped(
    events: Sequence[IncidentEvent], lang: str, outlets: Sequence[Outlet] = (MAIL,)
) -> list[tuple[str, Objection]]:
    """Return the objections to the posts about `events`, each with the place's code."""
    return [
        (about.facts.place.code, objection)
        for about in events
        for outlet in outlets
        for objection in LINTER.check(about, post(about, lang, outlet), lang)
    ]


def stopped_alt(
    events: Sequence[IncidentEvent], lang: str
) -> list[tuple[str, Objection]]:
    """Return the objections to the alternative texts of the charts of `events`."""
    artist = WRITER._illustrator(lang)
    pictures = [(about, evidence(about.facts)) for about in events]
    return [
        (about.facts.place.code, objection)
        for about, drawn_from in pictures
        for picture in [
            PictureDescription(artist.describe(about, drawn_from), drawn_from)
        ]
        for objection in WRITER.check_alt(about, picture, lang)
    ]


def test_register_has_every_country_that_may_be_watched():
    assert {*iso_countries(), "XK"} == REGISTER.countries


def test_posts_about_every_country_pass_in_english():  # P4
    assert stopped([country_event(place) for place in COUNTRIES], "en") == []


@pytest.mark.parametrize("lang", sorted(languages(templates_root())))
def test_posts_about_places_pass_in_every_language(lang):  # P4
    once = [country_event(Entity(EntityKind.COUNTRY, code)) for code in STOPPED]
    more = [*map(country_event, incidents.sampled(COUNTRIES, lang, 40))]
    more += map(region_event, incidents.sampled(listed_regions(), lang, 60))
    assert stopped(once, lang, (MAIL, X)) == []
    assert stopped(more, lang) == []
    assert stopped_alt(once, lang) == []


@pytest.mark.parametrize("code", ["AF", "TJ"])
def test_city_of_a_part_of_the_day_is_no_other_word(code):
    about = country_event(Entity(EntityKind.COUNTRY, code), onset=MORNING)
    assert stopped([about], "fa") == []


def test_city_counts_as_another_word_elsewhere():  # P8
    afghan = country_event(Entity(EntityKind.COUNTRY, "AF"))
    for text in (f"{KABUL}. 2022", f"({KABUL})"):
        assert ClaimKind.CAUSE in {o.kind for o in LINTER.check(afghan, text, "fa")}
    tajik = country_event(Entity(EntityKind.COUNTRY, "TJ"))
    # The event was on a Wednesday.
    assert ClaimKind.DATE in {o.kind for o in LINTER.check(tajik, DUSHANBE, "fa")}


@pytest.mark.parametrize(
    ("code", "lang", "text"),
    [
        ("GN", "es", "Guinea-Bisáu"),
        ("RO", "en", "Rome"),
        ("AQ", "en", "Bouvet Island"),
        ("KZ", "en", "#Antarctica"),
    ],
)
def test_names_of_other_places_are_still_found(code, lang, text):  # P4
    about = country_event(Entity(EntityKind.COUNTRY, code))
    assert [o.kind for o in LINTER.check(about, text, lang)] == [ClaimKind.PLACE]


def countries_of_zones() -> dict[str, str]:
    """Return the country code of each zone in tzdata's zone.tab."""
    table = files("tzdata") / "zoneinfo" / "zone.tab"
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {zone: country for country, _, zone, *_ in rows}


def test_local_times_name_no_city_of_another_country():  # P9
    country_of = countries_of_zones()
    places = [*COUNTRIES, *listed_regions()]
    zones = {place: REGISTER.local_zone(place) for place in places}
    abroad = {
        (place.code, zone)
        for place, zone in zones.items()
        if country_of.get(zone, place.country) != place.country
    }
    assert abroad == set()
    # A zone that zone.tab lacks is one that the register names after an own city.
    named = {p.code for p, z in zones.items() if z != "UTC" and z not in country_of}
    assert named == {"XK"}


@pytest.mark.parametrize("lang", sorted(languages(templates_root())))
def test_local_time_of_kosovo_is_not_named_after_belgrade(lang):  # P9
    kosovo = parse_entity("country:XK")
    text = post(country_event(kosovo), lang)
    assert REGISTER.city("Europe/Belgrade", lang) not in text
    assert REGISTER.city(REGISTER.local_zone(kosovo), lang) in text


def test_clocks_of_kosovo_are_those_of_the_tz_database():  # P9
    kosovo = parse_entity("country:XK")
    assert REGISTER.principal_zone(kosovo) == "Europe/Belgrade"
    for day, hour in (("2022-01-05", 13), ("2022-07-05", 14)):
        at = utc(f"{day} 12:00")
        assert local_time(at, REGISTER.local_zone(kosovo)).hour == hour
