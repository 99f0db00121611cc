"""Pages offer the onion address of the site, and a wrong address is refused."""

import base64
import hashlib

import httpx
import pytest

from bot.config.loading import check_values
from bot.errors import ConfigError
from bot.server.app import create_app
from bot.server.site_server import SiteServer

# The address of the Tor Project's own site, and one that is computed as Tor does it.
TOR_PROJECT = "http://2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion"
PAGE = "<!doctype html><title>Wire</title>"


def address_of(key: bytes) -> str:
    """Return the address of a public key of 32 bytes."""
    checksum = hashlib.sha3_256(b".onion checksum" + key + b"\x03").digest()[:2]
    return base64.b32encode(key + checksum + b"\x03").decode().lower()


ONION = f"http://{address_of(bytes(range(32)))}.onion"


def onion_of(address: str) -> str | None:
    server = check_values({"server": {"onion": address}}, "test").server
    return server.onion if server else None


@pytest.mark.parametrize("address", [TOR_PROJECT, ONION, f"{ONION}:8080"])
def test_address_of_an_onion_service_is_accepted(address):
    assert onion_of(address) == address
    assert onion_of(f"{address}/") == address


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        ONION.removeprefix("http://"),
        f"{ONION}/path",
        f"{ONION}\r\nX-Header: 1",
        "http://expyuzz4wqqyqhjn.onion",
        TOR_PROJECT.upper(),
        # One letter is wrong.
        TOR_PROJECT.replace("2gzyxa", "2gzyxb"),
    ],
)
def test_other_addresses_are_refused(address):
    with pytest.raises(ConfigError, match="onion"):
        onion_of(address)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    site = tmp_path_factory.mktemp("site")
    (site / "index.html").write_text(PAGE)
    (site / "404.html").write_text(PAGE)
    (site / "i/KZ région").mkdir(parents=True)
    (site / "i/KZ région/index.html").write_text(PAGE)
    (site / "style.css").write_text("body {}")
    with SiteServer(create_app(site, onion=ONION), "127.0.0.1", 0, "") as running:
        yield running


@pytest.mark.servers
@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("", "/"),
        ("i/KZ%20r%C3%A9gion/", "/i/KZ%20r%C3%A9gion/"),
        ("index.html?a=1&b=2", "/index.html?a=1&b=2"),
        ("nothing.html", "/nothing.html"),
    ],
)
def test_pages_name_their_own_onion_address(server, path, target):
    answer = httpx.get(f"{server.url}{path}", timeout=10)
    assert answer.headers["Onion-Location"] == f"{ONION}{target}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.servers
def test_files_and_readers_at_the_onion_address_get_no_offer(server):
    style = httpx.get(f"{server.url}style.css", timeout=10)
    assert "Onion-Location" not in style.headers
    there = {"Host": ONION.removeprefix("http://")}
    page = httpx.get(server.url, headers=there, timeout=10)
    assert page.status_code == 200
    assert "Onion-Location" not in page.headers
