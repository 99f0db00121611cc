"""The web server serves the site's folder, and only that, to real clients."""

import errno
import gzip
import http.client
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.errors import ServerError
from bot.server import connections
from bot.server.app import create_app
from bot.server.conditions import accepts_gzip, requested_range
from bot.server.site_server import SiteServer
from tests.servers.local import free_port

PAGE = "<!doctype html><title>Wire</title>" + "<p>A page that is long enough.</p>" * 40
HOST = "127.0.0.1"
CHOOSE = "with --port"

pytestmark = pytest.mark.servers


@contextmanager
def serving(site: Path, **settings: object) -> Iterator[SiteServer]:
    app = create_app(site, **settings)  # type: ignore[arg-type]
    with SiteServer(app, HOST, 0, CHOOSE) as server:
        yield server


def fail(_request: Request) -> PlainTextResponse:
    raise ValueError("a secret")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public") / "site"
    files = {
        "index.html": PAGE,
        "404.html": "<title>Not here</title>",
        "i/KZ-2022-0104/index.html": PAGE,
        "i/KZ-2022-0104/1.csv": "time\n",
        "i/KZ-2022-0104/now.svg": "<svg/>",
        "feeds/all.atom": "<feed/>",
        "feeds/all.json": '{"items": []}',
        "cap/all.xml": "<alert/>",
        "map.geojson": "{}",
        "calendar.ics": "BEGIN:VCALENDAR",
        "site.webmanifest": "{}",
        "plain.txt": "words",
        "api/v1/places/index.json": '{"countries": []}',
        "embed/KZ-2022-0104.html": PAGE,
        "numbers.bin": "0123456789",
        ".hidden": "secret",
        ".git/config": "secret",
        "index.html.part": "secret",
        "named .. dots/a.txt": "dots",
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    (folder.parent / "outside.txt").write_text("secret")
    (folder / "link.txt").symlink_to(folder.parent / "outside.txt")
    (folder / "up").symlink_to(folder.parent)
    (folder / "alias.txt").symlink_to(folder / ".hidden")
    (folder / "inner.txt").symlink_to(folder / "plain.txt")
    os.mkfifo(folder / "pipe.txt")
    return folder


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[SiteServer]:
    with serving(site, routes=(Route("/fail", fail),)) as running:
        yield running


@pytest.fixture
def client(server: SiteServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=10) as client:
        yield client


def raw(server: SiteServer, request: bytes) -> bytes:
    """Send bytes on a new connection; return all that comes until it is closed."""
    port = httpx.URL(server.url).port
    with closing(socket.create_connection((HOST, port), timeout=10)) as connection:
        connection.sendall(request)
        return rest_of(connection)


def rest_of(connection: socket.socket) -> bytes:
    """Return what comes on a connection until the server closes or resets it."""
    parts = []
    with suppress(ConnectionResetError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def get(server: SiteServer, path: str) -> bytes:
    """Return the answer to a path that no client library has tidied."""
    lines = f"GET {path} HTTP/1.1\r\nHost: wire\r\nConnection: close\r\n\r\n"
    return raw(server, lines.encode("latin-1"))


TYPES = {
    "": "text/html; charset=utf-8",
    "i/KZ-2022-0104/1.csv": "text/csv; charset=utf-8",
    "i/KZ-2022-0104/now.svg": "image/svg+xml",
    "feeds/all.atom": "application/atom+xml; charset=utf-8",
    "feeds/all.json": "application/feed+json",
    "cap/all.xml": "application/cap+xml; charset=utf-8",
    "map.geojson": "application/geo+json",
    "calendar.ics": "text/calendar; charset=utf-8",
    "site.webmanifest": "application/manifest+json",
    "plain.txt": "text/plain; charset=utf-8",
    "inner.txt": "text/plain; charset=utf-8",
    "api/v1/places/": "application/json",
    "numbers.bin": "application/octet-stream",
    "named%20..%20dots/a.txt": "text/plain; charset=utf-8",
}


@pytest.mark.parametrize("path", TYPES)
def test_every_file_has_its_type_and_safe_headers(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == TYPES[path]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe-eval" not in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers
    assert "server" not in answer.headers


def test_only_embedded_pages_may_be_framed_by_others(client):
    embedded = client.get("embed/KZ-2022-0104.html").headers["content-security-policy"]
    assert embedded.endswith("frame-ancestors *")
    page = client.get("").headers["content-security-policy"]
    assert page.endswith("frame-ancestors 'self'")


@pytest.mark.parametrize(
    "path",
    [
        "/.hidden",
        "/.git/config",
        "/index.html.part",
        "/link.txt",
        "/up/outside.txt",
        "/alias.txt",
        "/pipe.txt",
        "/../outside.txt",
        "/%2e%2e/outside.txt",
        "/i/..%2f..%2foutside.txt",
        "/i/../../outside.txt",
        "/..%5coutside.txt",
        "//outside.txt",
        "/%2fetc/passwd",
        "/i//KZ-2022-0104/",
        "/plain.txt/",
        "/plain.txt%00",
        "/%ff",
        "/" + "a" * 3000,
        "/missing",
    ],
)
def test_nothing_else_is_served(server, path):  # P12
    answer = get(server, path)
    assert answer.startswith(b"HTTP/1.1 404 "), answer
    assert b"secret" not in answer
    assert b"Not here" in answer


def test_no_redirect_names_the_host_of_the_request(server):
    for target in ("?x", "i", "http://other.example/i/KZ-2022-0104", "//other.example"):
        assert b"http://" not in get(server, target).partition(b"\r\n\r\n")[0]


def test_a_folder_has_its_index_and_a_slash(client):
    answer = client.get("i/KZ-2022-0104")
    assert answer.status_code == 308
    assert answer.headers["location"] == "/i/KZ-2022-0104/"
    assert client.get("i/KZ-2022-0104/").text == PAGE
    assert client.get("i/").status_code == 404


def test_a_known_file_is_not_sent_again(client, site):
    first = client.get("plain.txt")
    known = {"If-None-Match": f'"other", W/{first.headers["etag"]}'}
    again = client.get("plain.txt", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    since = {"If-Modified-Since": first.headers["last-modified"]}
    assert client.get("plain.txt", headers=since).status_code == 304
    # Entity tags precede dates.
    both = {"If-None-Match": '"other"', **since}
    assert client.get("plain.txt", headers=both).status_code == 200
    (site / "changing.txt").write_text("one")
    tag = client.get("changing.txt").headers["etag"]
    (site / "changing.txt").write_text("two")
    changed = client.get("changing.txt", headers={"If-None-Match": tag})
    assert (changed.status_code, changed.text) == (200, "two")


def test_pages_are_compressed_for_clients_that_can_read_it(client):
    packed = client.get("", headers={"Accept-Encoding": "br, gzip"})
    plain = client.get("", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(PAGE) / 4
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text == PAGE
    # A cache must not give one for the other.
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] != plain.headers["etag"]
    known = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["etag"]}
    assert client.get("", headers=known).status_code == 304


RANGES = {
    "bytes=2-4": (206, "234", "bytes 2-4/10"),
    "bytes=7-": (206, "789", "bytes 7-9/10"),
    "bytes=-3": (206, "789", "bytes 7-9/10"),
    "bytes=-30": (206, "0123456789", "bytes 0-9/10"),
    "bytes=8-99999": (206, "89", "bytes 8-9/10"),
    "bytes=10-": (416, "", "bytes */10"),
    "bytes=-0": (416, "", "bytes */10"),
    "bytes=4-2": (200, "0123456789", None),
    "bytes=0-1,4-5": (200, "0123456789", None),
    "bytes=x": (200, "0123456789", None),
    "lines=1-2": (200, "0123456789", None),
    f"bytes={'9' * 50}-": (200, "0123456789", None),
}


@pytest.mark.parametrize("header", RANGES)
def test_a_part_of_a_file_can_be_read(client, header):
    answer = client.get("numbers.bin", headers={"Range": header})
    status, text, span = RANGES[header]
    assert (answer.status_code, answer.text) == (status, text)
    assert answer.headers.get("content-range") == span


def test_a_part_is_sent_only_of_the_file_that_the_client_knows(client):
    tag = client.get("numbers.bin").headers["etag"]
    headers = {"Range": "bytes=0-1", "If-Range": tag}
    assert client.get("numbers.bin", headers=headers).text == "01"
    headers["If-Range"] = '"other"'
    assert client.get("numbers.bin", headers=headers).text == "0123456789"


def test_a_large_file_is_sent_whole_while_it_is_replaced(client, site):
    content = os.urandom(3_000_000)
    (site / "large.bin").write_bytes(content)
    with client.stream("GET", "large.bin") as answer:
        chunks = answer.iter_bytes(1000)
        received = next(chunks)
        (site / "new.bin").write_bytes(b"short")
        (site / "new.bin").replace(site / "large.bin")
        received += b"".join(chunks)
    assert received == content
    assert client.get("large.bin").content == b"short"


def test_head_has_the_headers_of_get(client):
    for path in ("", "plain.txt", "numbers.bin", "health", "events"):
        head = client.head(path)
        assert head.content == b""
        if path in {"", "plain.txt", "numbers.bin"}:
            same = client.get(path)
            for name in ("etag", "content-length", "content-type"):
                assert head.headers[name] == same.headers[name]


def test_nothing_can_be_changed(client):
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer = client.request(method, "plain.txt")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"


def test_an_error_shows_nothing_of_its_cause(client):  # P16
    answer = client.get("fail")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_client_that_drips_a_header_is_disconnected(server, client, monkeypatch):
    monkeypatch.setattr(connections, "REQUEST_S", 0.6)
    port = httpx.URL(server.url).port
    with closing(socket.create_connection((HOST, port), timeout=10)) as slow:
        began = time.monotonic()
        ended = False
        slow.sendall(b"GET / HTTP/1.1\r\nHost: wire\r\n")
        while not ended and time.monotonic() - began < 5:
            # Beside it, other clients are served at once.
            asked = time.monotonic()
            assert client.get("plain.txt").status_code == 200
            assert time.monotonic() - asked < 0.5
            time.sleep(0.1)
            try:
                slow.sendall(b"X")
            except OSError:
                ended = True
        assert ended


def test_a_client_that_sends_nothing_is_disconnected(server, monkeypatch):
    monkeypatch.setattr(connections, "REQUEST_S", 0.3)
    assert raw(server, b"") == b""
    unfinished = b"POST /plain.txt HTTP/1.1\r\nHost: w\r\nContent-Length: 9\r\n\r\n1"
    assert raw(server, unfinished).startswith(b"HTTP/1.1 405 ")


def test_a_client_that_does_not_read_is_disconnected(server, site, monkeypatch):
    monkeypatch.setattr(connections, "WRITE_S", 0.3)
    (site / "unread.bin").write_bytes(bytes(20_000_000))
    port = httpx.URL(server.url).port
    with closing(socket.create_connection((HOST, port), timeout=10)) as idle:
        idle.sendall(b"GET /unread.bin HTTP/1.1\r\nHost: wire\r\n\r\n")
        time.sleep(1.0)
        assert len(rest_of(idle)) < 20_000_000


def test_absurd_headers_are_refused(server):
    # It is refused before its end.
    endless = b"GET / HTTP/1.1\r\nHost: wire\r\nX-Long: " + b"a" * 20_000
    assert raw(server, endless).startswith(b"HTTP/1.1 400 ")
    assert raw(server, b"\x16\x03\x01 nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 ")


def test_too_many_connections_are_refused(site, monkeypatch):
    monkeypatch.setattr(connections, "MAX_CONNECTIONS", 3)
    with serving(site) as server:
        port = httpx.URL(server.url).port
        waiting = [socket.create_connection((HOST, port), 10) for _ in range(3)]
        # A connection counts once the server has accepted it.
        time.sleep(0.2)
        assert get(server, "/plain.txt") == b""
        for connection in waiting:
            connection.close()
        time.sleep(0.2)
        assert get(server, "/plain.txt").endswith(b"words")


def test_slow_clients_make_way_for_others(site, monkeypatch):
    monkeypatch.setattr(connections, "MAX_ANSWERED", 3)
    with serving(site) as server:
        port = httpx.URL(server.url).port
        slow = [socket.create_connection((HOST, port), 10) for _ in range(3)]
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        time.sleep(0.2)
        assert get(server, "/plain.txt").endswith(b"words")
        assert rest_of(slow[0]) == b""
        for connection in slow:
            connection.close()


@pytest.mark.parametrize("path", ["/plain.txt", "/unread.bin"])
def test_clients_that_wait_make_way_for_others(site, monkeypatch, path):
    monkeypatch.setattr(connections, "MAX_ANSWERED", 3)
    monkeypatch.setattr(connections, "MAX_CONNECTIONS", 5)
    (site / "unread.bin").write_bytes(bytes(20_000_000))
    with serving(site) as server:
        port = httpx.URL(server.url).port
        idle = []
        # They ask, and then neither ask again nor read the rest of a large answer.
        for _ in range(5):
            idle.append(socket.create_connection((HOST, port), 10))
            idle[-1].sendall(f"GET {path} HTTP/1.1\r\nHost: w\r\n\r\n".encode())
            assert idle[-1].recv(1) == b"H"
            # The server fills the buffers of the connection meanwhile.
            time.sleep(0.1)
        assert get(server, "/numbers.bin").endswith(b"0123456789")
        for connection in idle:
            connection.close()


def test_connections_stay_open_for_further_requests(server):
    port = httpx.URL(server.url).port
    with closing(http.client.HTTPConnection(HOST, port, timeout=10)) as connection:
        for _ in range(3):
            connection.request("GET", "/plain.txt")
            assert connection.getresponse().read() == b"words"


def sources(site: Path, *states: str) -> None:
    content = {
        "as_of": "2022-01-05T11:00:00Z",
        "signals": [{"state": state} for state in states],
    }
    (site / "sources.json").write_text(json.dumps(content))


def test_health_is_that_of_the_last_tick(tmp_path):  # P19
    with (
        serving(tmp_path, stale_after=timedelta(minutes=15)) as server,
        httpx.Client(base_url=server.url) as client,
    ):
        answer = client.get("health")
        assert (answer.status_code, answer.json()["status"]) == (503, "unknown")
        sources(tmp_path, "ordinary", "silent")
        answer = client.get("health")
        assert (answer.status_code, answer.json()["status"]) == (200, "ok")
        assert answer.json()["last_tick"] == "2022-01-05T11:00:00Z"
        assert answer.json()["signals"] == {"watched": 2, "read": 1, "silent": 1}
        assert answer.headers["cache-control"] == "no-store"
        sources(tmp_path, "silent", "unheard")
        answer = client.get("health")
        assert (answer.status_code, answer.json()["status"]) == (503, "sources-silent")
        sources(tmp_path, "ordinary")
        old = time.time() - 16 * 60
        os.utime(tmp_path / "sources.json", (old, old))
        answer = client.get("health")
        assert (answer.status_code, answer.json()["status"]) == (503, "stale")
        (tmp_path / "sources.json").write_text("[" * 100_000)
        assert client.get("health").json()["status"] == "unknown"


def test_a_port_that_cannot_be_opened_is_explained(tmp_path, server):
    port = httpx.URL(server.url).port or 0
    app = create_app(tmp_path)
    with pytest.raises(ServerError, match=f"port {port} is already in use; choose an"):
        SiteServer(app, HOST, port, CHOOSE)
    with pytest.raises(ServerError, match=r"192\.0\.2\.1 is not an address of this"):
        SiteServer(app, "192.0.2.1", free_port(), CHOOSE)
    with pytest.raises(ServerError, match=r"the host a\.invalid is not known"):
        SiteServer(app, "a.invalid", free_port(), CHOOSE)


def test_a_port_of_the_system_is_explained(tmp_path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(ServerError, match="port 80 may not be opened by this user"):
        SiteServer(create_app(tmp_path), HOST, 80, CHOOSE)


def test_a_folder_that_comes_later_is_served(tmp_path):
    folder = tmp_path / "later"
    with serving(folder) as server:
        assert get(server, "/").startswith(b"HTTP/1.1 404 ")
        folder.mkdir()
        (folder / "index.html").write_text(PAGE)
        assert get(server, "/").startswith(b"HTTP/1.1 200 ")


def test_the_server_stops_while_clients_are_connected(site):
    (site / "slow.bin").write_bytes(bytes(20_000_000))
    with serving(site) as server:
        port = httpx.URL(server.url).port
        held = [socket.create_connection((HOST, port), 10) for _ in range(3)]
        held[0].sendall(b"GET /slow.bin HTTP/1.1\r\nHost: wire\r\n\r\n")
        held[1].sendall(b"GET /events HTTP/1.1\r\nHost: wire\r\n\r\n")
        held[2].sendall(b"GET /")
        assert held[0].recv(100)
        began = time.monotonic()
    assert time.monotonic() - began < 3
    assert not server.is_running
    for connection in held:
        connection.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, port), 1)


def test_encodings_and_ranges_are_read_as_the_standard_says():
    assert accepts_gzip("gzip")
    assert accepts_gzip("deflate, GZIP;q=0.5")
    assert accepts_gzip("*")
    assert not accepts_gzip("*;q=0")
    assert not accepts_gzip("gzip;q=0, *")
    assert not accepts_gzip("gzip;q=x")
    assert not accepts_gzip(None)
    assert requested_range("bytes=-5", 0) == range(0)
    assert requested_range(None, 10) is None
    assert gzip.decompress(gzip.compress(b"x", mtime=0)) == b"x"
