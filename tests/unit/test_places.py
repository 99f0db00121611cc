"""Names, hashtags, time zones and networks of places."""

import re

import pytest
from babel import Locale

from bot.errors import ConfigError
from bot.model.entity import Entity, EntityKind, NetworkKind, parse_entity
from bot.places import load_register, local_time, read_networks
from tests.builders import KZ, utc

REGISTER = load_register()
COUNTRIES = [
    code
    for code in sorted(Locale("en").territories)
    if re.fullmatch(r"[A-Z]{2}", code) and code in REGISTER.zones
]


def country(code: str) -> Entity:
    return Entity(EntityKind.COUNTRY, code)


def test_every_network_on_record_has_its_source_and_date():
    assert {n.brand for n in REGISTER.networks_of("KZ")} == {
        "Kazakhtelecom",
        "Kcell",
        "Beeline",
        "Tele2",
    }
    kcell = REGISTER.network(29355)
    assert kcell is not None
    assert kcell.kind is NetworkKind.MOBILE


def test_error_for_network_without_source_names_it():
    row = '[[network]]\nasn = 1\nbrand = "B"\nholder = "H"\nkind = "mobile"\n'
    with pytest.raises(ConfigError, match="network 1: source is missing"):
        read_networks(row + 'country = "KZ"\ndate = 2022-01-05\n')


def test_names_are_those_in_common_use():
    assert REGISTER.name(KZ, "en") == "Kazakhstan"
    assert REGISTER.name(KZ, "de") == "Kasachstan"
    assert REGISTER.name(country("CD"), "en") == "Congo (DRC)"
    assert REGISTER.name(parse_entity("region:KZ/Almaty"), "en") == "Almaty"
    assert REGISTER.name(parse_entity("asn:29355"), "en") == "Kcell"
    assert REGISTER.name(parse_entity("asn:9"), "en") == "AS9"


@pytest.mark.parametrize(
    ("entity", "tag"),
    [
        ("country:KZ", "#Kazakhstan"),
        ("country:CI", "#CotedIvoire"),
        ("country:BA", "#BosniaHerzegovina"),
        ("country:ST", "#SaoTomePrincipe"),
        ("country:TR", "#Turkiye"),
        ("region:IR/Tehran", "#Tehran"),
        ("asn:9", "#AS9"),
    ],
)
def test_hashtag_is_one_word_without_accents(entity, tag):
    assert REGISTER.hashtag(parse_entity(entity)) == tag


@pytest.mark.parametrize(
    ("region", "lang", "name"),
    [
        ("US/Texas/Orange", "en", "Orange County"),
        ("US/Louisiana/Acadia", "en-GB", "Acadia Parish"),
        ("US/Nevada/Carson City", "en", "Carson City"),
        ("US/Virginia/Alexandria", "en", "Alexandria"),
        ("US/Louisiana", "en", "Louisiana"),
        ("US/Texas/Orange", "es", "Orange"),
        ("IR/Fars/Lamard", "en", "Lamard"),
    ],
)
def test_counties_have_their_rank_in_english(region, lang, name):
    assert REGISTER.name(parse_entity(f"region:{region}"), lang) == name


def test_every_country_has_a_valid_hashtag_and_a_zone():
    for code in COUNTRIES:
        assert re.fullmatch(r"#[A-Z][A-Za-z]+", REGISTER.hashtag(country(code))), code
        assert local_time(
            utc("2024-06-01 00:00"), REGISTER.principal_zone(country(code))
        ).tzinfo
    assert len(COUNTRIES) > 240


def test_local_time_uses_the_offset_of_that_date():
    """P9: Kazakhstan was six hours ahead in 2022 and is five hours ahead since 2024."""
    then = local_time(utc("2022-01-05 10:30"), REGISTER.principal_zone(KZ))
    now = local_time(utc("2025-01-05 10:30"), REGISTER.principal_zone(KZ))
    assert (then.hour, now.hour) == (16, 15)
    assert REGISTER.principal_zone(KZ) == "Asia/Almaty"


def test_city_is_named_after_the_time_zone():
    assert city_of("country:KZ") == city_of("asn:29355") == "Almaty"
    assert city_of("country:IR") == "Tehran"
    assert city_of("country:AR") == "Buenos Aires"


def city_of(entity):
    return REGISTER.city(REGISTER.local_zone(parse_entity(entity)), "en")


@pytest.mark.parametrize(
    ("region", "zone"),
    [
        ("RU/Primor'ye", "Asia/Vladivostok"),
        ("RU/Sakha (Yakutia)", "UTC"),
        ("US/Louisiana/Orleans", "America/Chicago"),
        ("US/Texas/Orange", "America/Chicago"),
        ("US/Texas/El Paso", "America/Denver"),
        ("US/Florida/Escambia", "America/Chicago"),
        ("US/Florida/Leon", "America/New_York"),
        ("US/Tennessee", "UTC"),
        ("US/Tennessee/Shelby", "UTC"),
        ("BR/Sao Paulo", "America/Sao_Paulo"),
        ("ES/Las Palmas", "Atlantic/Canary"),
        ("ES/Madrid", "Europe/Madrid"),
        ("CN/Xinjiang", "UTC"),
        ("IR/Khuzestan", "Asia/Tehran"),
        ("CD/Haut-Katanga", "Africa/Lubumbashi"),
    ],
)
def test_region_has_its_own_clocks_or_none(region, zone):
    """P9: in a country of several zones an unlisted region has UTC alone."""
    assert REGISTER.local_zone(parse_entity(f"region:{region}")) == zone


def test_every_zone_of_a_region_is_in_the_tz_database():
    for zones in REGISTER.region_zones.values():
        assert all(local_time(utc("2026-01-05 12:00"), zone) for zone in zones.values())


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("RU", "Europe/Moscow"),
        ("BR", "America/Sao_Paulo"),
        ("UA", "Europe/Kyiv"),
        ("US", "America/New_York"),
        ("ID", "Asia/Jakarta"),
    ],
)
def test_zone_is_where_most_people_live(code, zone):
    assert REGISTER.principal_zone(country(code)) == zone


def test_unknown_network_has_utc_only():
    unknown = parse_entity("asn:64512")
    assert REGISTER.local_zone(unknown) == REGISTER.city("UTC", "en") == "UTC"
