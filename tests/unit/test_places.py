"""Names, hashtags, time zones and networks of places."""

import re

import pytest
from babel import Locale

from bot.errors import ConfigError
from bot.model.entity import Entity, EntityKind, NetworkKind, parse_entity
from bot.places import load_register, read_networks
from tests.builders import IR, KZ, utc

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


def test_every_country_has_a_valid_hashtag_and_a_zone():
    for code in COUNTRIES:
        assert re.fullmatch(r"#[A-Z][A-Za-z]+", REGISTER.hashtag(country(code))), code
        assert REGISTER.local(utc("2024-06-01 00:00"), country(code)).tzinfo
    assert len(COUNTRIES) > 240


def test_local_time_uses_the_offset_of_that_date():
    """P9: local time in Kazakhstan was UTC+6 in January 2022, and UTC+5 in January 2025."""
    then = REGISTER.local(utc("2022-01-05 10:30"), KZ)
    now = REGISTER.local(utc("2025-01-05 10:30"), KZ)
    assert (then.hour, now.hour) == (16, 15)
    assert REGISTER.zone(KZ) == "Asia/Almaty"


def test_city_is_named_after_the_time_zone():
    assert REGISTER.city(KZ, "en") == "Almaty"
    assert REGISTER.city(IR, "en") == "Tehran"
    assert REGISTER.city(country("AR"), "en") == "Buenos Aires"
    assert REGISTER.city(parse_entity("asn:29355"), "en") == "Almaty"


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
    assert REGISTER.zone(country(code)) == zone


def test_unknown_network_has_utc_only():
    unknown = parse_entity("asn:64512")
    assert REGISTER.zone(unknown) == REGISTER.city(unknown, "en") == "UTC"
