"""The operator table has a source for each row and covers countries with shutdowns."""

import re
import time
import tomllib
from collections import Counter
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from bot.model.entity import NetworkKind
from bot.places import load_register

REGISTER = load_register()
ROWS: list[dict[str, Any]] = tomllib.loads(
    (files("bot") / "data" / "operators.toml").read_text(encoding="utf-8")
)["network"]
# The keys of the register's zones are ISO 3166-1 codes, as in tzdata's zone.tab.
ISO = set(REGISTER.zones)
KINDS = set(NetworkKind) - {NetworkKind.UNKNOWN}
SOURCE = re.compile(
    r"ipverse/(as-metadata, as\.csv|as-ip-blocks, as/(?P<asn>\d+)/aggregated\.json),"
    r" commit [0-9a-f]{12}, stored copy, (undated|stamped)(, curated)?"
)
# Countries where an authority or a party to a war has cut or throttled mobile or fixed
# service, or social media, at least once since Egypt's blackout of January 2011. Reports
# on outages there have to name networks.
RECORD_OF_SHUTDOWNS = {
    "Middle East and North Africa": "EG DZ IQ IR LY MR PS SD SY TR YE",
    "West and Central Africa": "BF BJ CD CG CM GA GN GQ LR ML NE NG SL SN TD TG",
    "East and Southern Africa": "BI ET MZ SO SS SZ TZ UG ZM ZW",
    "Europe and Central Asia": "AZ BY KZ RU TJ TM UZ",
    "Asia": "AF BD CN ID IN LK MM NP PK",
    "The Americas": "CU VE",
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"AS{row['asn']}")
def test_every_row_names_its_source_file_and_commit(row):
    source = SOURCE.fullmatch(row["source"])
    assert source
    # If the source file is about one network, it is the network of this row.
    assert source["asn"] in (None, str(row["asn"]))
    assert type(row["date"]) is date


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"AS{row['asn']}")
def test_every_row_has_kind_country_and_clean_names(row):
    assert row["kind"] in KINDS
    assert row["country"] in ISO
    for name in (row["brand"], row["holder"]):
        assert name == " ".join(name.split())
    assert len(row["brand"]) <= 40


def test_each_as_number_stands_for_one_network():
    assert len(REGISTER.networks) == len(ROWS)
    assert all(0 < row["asn"] < 2**32 for row in ROWS)


def test_brands_are_unique_within_a_country():
    seen = Counter((row["country"], row["brand"]) for row in ROWS)
    assert [twice for twice, times in seen.items() if times > 1] == []


def test_at_least_sixty_countries_have_a_network_on_record():
    assert len({row["country"] for row in ROWS}) >= 60


@pytest.mark.parametrize("code", " ".join(RECORD_OF_SHUTDOWNS.values()).split())
def test_countries_with_shutdowns_have_a_consumer_network(code):
    kinds = {network.kind for network in REGISTER.networks_of(code)}
    assert kinds & {NetworkKind.MOBILE, NetworkKind.FIXED}


def test_every_kind_of_network_occurs():
    assert {network.kind for network in REGISTER.networks.values()} == KINDS


def test_register_loads_in_less_than_200_milliseconds():
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        load_register()
        took.append(time.perf_counter() - begun)
    # The quickest of three loads counts, because a busy machine slows down some of them.
    assert min(took) < 0.2
