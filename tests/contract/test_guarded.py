"""Requests to addresses in the configuration reach no private network, and end soon."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.clock import SystemClock
from bot.errors import ChannelRefused, ChannelUnknown, ChannelUnreachable
from bot.http.channel_client import ChannelClient
from bot.http.public_only import ExternalAddress, is_public, public_client
from tests.servers.local import LocalServer, ReceivedRequest, Reply, free_port
from tests.servers.missing import report_missing

# Nothing listens on it here; it is one of the addresses that must be refused.
EVERY_INTERFACE = "0.0.0.0"  # nosec B104 # noqa: S104
PRIVATE = (
    EVERY_INTERFACE,
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:a00:1::",
    "3fff::1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fe80::1%2",
    "fec0::1",
    "ff02::1",
)
THIS_MACHINE = {"127.0.0.1", "127.8.8.8", "::1"}


def external_address(
    url: str, *, local: bool = False, seconds: float = 2.0
) -> ExternalAddress:
    timeout = timedelta(seconds=seconds)
    return ExternalAddress(url=url, allow_local=local, timeout=timeout)


def resolver(*addresses: str) -> Callable[[str, int], list[str]]:
    return lambda _host, _port: list(addresses)


def post_to(address: ExternalAddress, *addresses: str) -> httpx.Response:
    resolve = {"resolve": resolver(*addresses)} if addresses else {}
    http = public_client("one", address, **resolve)
    server = ChannelClient("one", http, (), SystemClock())
    return server.request("POST", address.url, content=b"hello")


@pytest.fixture
def received() -> list[ReceivedRequest]:
    return []


@pytest.fixture
def server(received: list[ReceivedRequest]) -> Iterator[LocalServer]:
    def answer(request: ReceivedRequest) -> Reply:
        received.append(request)
        return Reply(200, {"said": "something"})

    local = LocalServer(answer)
    yield local
    local.stop()


@pytest.mark.parametrize("address", PRIVATE)
def test_non_public_address_is_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(ChannelRefused, match="not public"):
        post_to(external_address("https://hook.example/"), address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.0.14.129", "2a00:1450:4001::1"])
def test_public_address_is_accepted(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_ipv4_address_embedded_in_ipv6_is_not_public(address) -> None:
    assert not is_public(f"::ffff:{address}")
    assert not is_public(f"64:ff9b::{address}")


@pytest.mark.parametrize("address", sorted(set(PRIVATE) - THIS_MACHINE))
def test_allow_local_allows_this_machine_only(address: str) -> None:
    with pytest.raises(ChannelRefused, match="not public"):
        post_to(external_address("https://hook.example/", local=True), address)


def test_name_with_one_private_address_is_refused() -> None:
    with pytest.raises(ChannelRefused, match="not public"):
        post_to(external_address("https://hook.example/"), "8.8.8.8", "10.0.0.1")


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "127.1", "[::ffff:127.0.0.1]"]
)
def test_unusual_spellings_of_loopback_are_refused(host: str) -> None:
    with pytest.raises(ChannelRefused, match="not public"):
        post_to(external_address(f"https://{host}/"))


def test_this_machine_is_refused_without_allow_local(
    server: LocalServer, received: list[ReceivedRequest]
) -> None:
    port = server.base_url.rpartition(":")[2]
    with pytest.raises(ChannelRefused, match="not public"):
        post_to(external_address(f"https://localhost:{port}/"))
    assert not received


def test_plain_http_is_refused_beyond_this_machine() -> None:
    """The name localhost may resolve to an address elsewhere."""
    with pytest.raises(ChannelRefused, match="not public"):
        post_to(external_address("http://localhost/", local=True), "8.8.8.8")


@pytest.mark.parametrize(
    "url",
    [
        "http://hook.example/",
        "http://127.0.0.1/",
        "ftp://hook.example/",
        "https://user:pass@hook.example/",
        "https://",
        "hook.example",
        "https://hook.example/#part",
        "https://hook.example/a b",
        "https://0177.0.0.1/",
        "https://[::1/",
    ],
)
def test_unsafe_url_is_refused_by_the_configuration(url) -> None:
    with pytest.raises(ValidationError):
        ExternalAddress(url=url)


def test_name_is_resolved_once_for_check_and_connection(
    server: LocalServer, received: list[ReceivedRequest]
) -> None:
    """A second lookup could return another, private address (DNS rebinding)."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    port = server.base_url.rpartition(":")[2]
    address = external_address(f"http://localhost:{port}/", local=True)
    http = public_client("one", address, lambda _host, _port: answers.pop(0))
    assert http.post(address.url).status_code == 200
    assert answers == [["10.0.0.1"]]
    assert received[0].headers["host"] == f"localhost:{port}"
    with pytest.raises(ChannelRefused):
        http.post(address.url)


def test_redirect_is_not_followed(server: LocalServer) -> None:
    received: list[str] = []

    def answer(request: ReceivedRequest) -> Reply:
        received.append(request.path)
        return Reply(307, {}, {"Location": f"{server.base_url}/inside"})

    server.answer = answer
    assert (
        post_to(external_address(f"{server.base_url}/", local=True)).status_code == 307
    )
    assert received == ["/"]


def test_proxy_settings_of_the_environment_are_ignored(
    server: LocalServer,
    received: list[ReceivedRequest],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("NO_PROXY", "")
    assert (
        post_to(external_address(f"{server.base_url}/", local=True)).status_code == 200
    )
    assert len(received) == 1


def test_body_of_an_answer_is_not_read(server: LocalServer) -> None:
    server.answer = lambda _: Reply(500, b"x" * 50_000_000)
    start = time.monotonic()
    answer = post_to(external_address(f"{server.base_url}/", local=True))
    assert (answer.status_code, answer.content) == (500, b"")
    assert time.monotonic() - start < 2.0


def test_next_address_is_tried_if_one_does_not_answer(server: LocalServer) -> None:
    port = server.base_url.rpartition(":")[2]
    address = external_address(f"http://localhost:{port}/", local=True)
    assert post_to(address, "::1", "127.0.0.2", "127.0.0.1").status_code == 200


@pytest.mark.parametrize("addresses", [(), ("127.0.0.1", "127.0.0.2")])
def test_refused_connection_raises_channel_unreachable(
    addresses: tuple[str, ...],
) -> None:
    host = "localhost" if addresses else "no-such-name.invalid"
    scheme = "http" if addresses else "https"
    address = external_address(f"{scheme}://{host}:{free_port()}/", local=True)
    with pytest.raises(ChannelUnreachable):
        post_to(address, *addresses)


@pytest.fixture
def endless_server() -> Iterator[int]:
    """The port of a server whose answer never ends: one byte every 50 ms."""
    listener = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            try:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
                while not stopped.wait(0.05):
                    connection.sendall(b"x")
            except OSError:
                return

    thread = threading.Thread(target=drip)
    thread.start()
    yield listener.getsockname()[1]
    stopped.set()
    thread.join()
    listener.close()


def test_endless_answer_is_cut_off(endless_server: int) -> None:
    start = time.monotonic()
    with pytest.raises(ChannelUnknown):
        post_to(
            external_address(
                f"http://127.0.0.1:{endless_server}/", local=True, seconds=0.6
            )
        )
    assert time.monotonic() - start < 3.0


@pytest.fixture
def tls_server(
    tmp_path: Path, received: list[ReceivedRequest]
) -> Iterator[tuple[int, Path]]:
    """The port of a server with a certificate for hook.example, and the certificate's file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        report_missing("openssl")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = f"{openssl} req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=hook"
    names = ["-addext", "subjectAltName=DNS:hook.example"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def answer(request: ReceivedRequest) -> Reply:
        received.append(request)
        return Reply(204, b"")

    local = LocalServer(answer)
    local._http.socket = context.wrap_socket(local._http.socket, server_side=True)
    yield local._http.server_port, certificate
    local.stop()


def test_certificate_is_checked_for_the_name_not_the_address(
    tls_server: tuple[int, Path],
    received: list[ReceivedRequest],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port, certificate = tls_server
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    address = external_address(f"https://hook.example:{port}/hook", local=True)
    assert post_to(address, "127.0.0.1").status_code == 204
    assert received[0].headers["host"] == f"hook.example:{port}"
    wrong_address = external_address(f"https://other.example:{port}/hook", local=True)
    with pytest.raises(ChannelUnreachable):
        post_to(wrong_address, "127.0.0.1")
    assert len(received) == 1
