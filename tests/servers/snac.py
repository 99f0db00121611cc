"""snac 2, a real server with the Mastodon API, on loopback and in a new folder."""

import html.parser
import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.servers.local import free_port
from tests.servers.missing import report_missing

SERVERS = Path(__file__).resolve().parents[2] / ".servers"
REDIRECT = "urn:ietf:wg:oauth:2.0:oob"
START_S = 120.0


def find_snac() -> Path | None:
    """Return the path of the installed or the fetched snac; None without either."""
    installed = shutil.which("snac")
    fetched = SERVERS / "snac" / "usr" / "bin" / "snac"
    if installed:
        return Path(installed)
    return fetched if fetched.is_file() else None


@dataclass
class Snac:
    """A running snac server with one account; `app` is the OAuth client registered with it."""

    base_url: str
    user: str
    password: str
    process: subprocess.Popen[bytes]
    app: dict[str, str]
    token: str = ""

    def account(self, name: str) -> "Snac":
        """Create another account on this server and log it in; return a view of it."""
        arguments = self.process.args
        assert isinstance(arguments, list)
        binary, _, data = arguments
        other = replace(self, user=name, password=_add_user(binary, data, name), app={})
        _log_in(other)
        return other

    def stop(self) -> None:
        """Stop the server."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


def start_snac(binary: Path, data: Path) -> Snac:
    """Start snac on a free loopback port, and log in to its account `wire`.

    Raises:
        RuntimeError: snac did not start in time, printed no password, or gave no
            authorization code at the login.
    """
    port = free_port()
    password = _initialize(binary, data, port)
    with (data.parent / "snac.log").open("wb") as log:
        process = subprocess.Popen([binary, "httpd", data], stdout=log, stderr=log)
    snac = Snac(f"http://localhost:{port}", "wire", password, process, {})
    try:
        _wait_for(snac, port)
        _log_in(snac)
    except BaseException:
        snac.stop()
        raise
    return snac


def _initialize(binary: Path, data: Path, port: int) -> str:
    answers = f"127.0.0.1\n{port}\nlocalhost:{port}\n\n\n"
    subprocess.run(
        [binary, "init", data], input=answers.encode(), check=True, capture_output=True
    )
    settings_file = data / "server.json"
    settings = json.loads(settings_file.read_text("utf-8"))
    settings |= {
        "address": "127.0.0.1",
        "protocol": "http",
        "disable_email_notifications": True,
        "disable_inbox_collection": True,
        "num_threads": 16,
    }
    settings_file.write_text(json.dumps(settings), "utf-8")
    return _add_user(binary, data, "wire")


def _add_user(binary: Path, data: Path, name: str) -> str:
    """Create an account; return its password."""
    added_user = subprocess.run(
        [binary, "adduser", data, name], check=True, capture_output=True, text=True
    )
    return _password_in(added_user.stdout + added_user.stderr)


def _password_in(output: str) -> str:
    match = re.search(r"password is (\S+)", output)
    if match is None:
        raise RuntimeError(f"snac adduser printed no password: {output!r}")
    return match[1].rstrip(".")


def _wait_for(snac: Snac, port: int) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if snac.process.poll() is not None:
            raise RuntimeError("snac ended at once; see snac.log beside its data")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"snac did not listen within {START_S:.0f} s")


class _Form(html.parser.HTMLParser):
    """The action of the first form on a page, and the fields of all forms."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        if tag == "form" and not self.action:
            self.action = attributes.get("action", "")
        if tag == "input" and "name" in attributes:
            self.fields[attributes["name"]] = attributes.get("value", "")


def _log_in(snac: Snac) -> None:
    with httpx.Client(base_url=snac.base_url, headers={"Connection": "close"}) as http:
        client_settings = {
            "client_name": "tests",
            "redirect_uris": REDIRECT,
            "scopes": "read write",
        }
        snac.app = (
            http.post("/api/v1/apps", data=client_settings).raise_for_status().json()
        )
        query = {
            "response_type": "code",
            "client_id": snac.app["client_id"],
            "redirect_uri": REDIRECT,
            "scope": "read write",
        }
        page = http.get("/oauth/authorize", params=query).raise_for_status().text
        code = _code_from(http, page, snac)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": snac.app["client_id"],
            "client_secret": snac.app["client_secret"],
            "redirect_uri": REDIRECT,
            "scope": "read write",
        }
        answer = http.post("/oauth/token", data=form).raise_for_status()
        snac.token = str(answer.json()["access_token"])


def _code_from(http: httpx.Client, page: str, snac: Snac) -> str:
    form = _Form()
    form.feed(page)
    fields = form.fields | {"login": snac.user, "passwd": snac.password}
    answer = http.post(urlsplit(form.action).path or "/oauth/x-snac-login", data=fields)
    location = answer.headers.get("location", "")
    codes = parse_qs(urlsplit(location).query).get("code")
    if codes:
        return str(codes[0])
    shown_code = re.search(r"\b[0-9a-f]{32,}\b", answer.text)
    if shown_code is None:
        raise RuntimeError(
            f"snac gave no authorization code (status {answer.status_code})"
        )
    return shown_code[0]


def snac_with_account(folder: Path) -> Iterator[Snac]:
    """Yield a new server in `folder` with one account that is logged in; stop it then."""
    binary = find_snac()
    if binary is None:
        report_missing("snac")
    server = start_snac(binary, folder / "data")
    yield server
    server.stop()
