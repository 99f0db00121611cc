"""Synapse, a real Matrix server, on loopback and in a new folder."""

import hashlib
import hmac
import secrets
import subprocess
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.servers.local import free_port
from tests.servers.running import Running, start

SERVERS = Path(__file__).resolve().parents[2] / ".servers"
START_S = 120.0
_SETTINGS = """
server_name: matrix.example
pid_file: {folder}/synapse.pid
listeners:
  - port: {port}
    type: http
    bind_addresses: ["127.0.0.1"]
    resources:
      - names: [client]
database:
  name: sqlite3
  args: {{database: {folder}/synapse.db}}
log_config: {folder}/log.yaml
media_store_path: {folder}/media
signing_key_path: {folder}/signing.key
registration_shared_secret: "{shared}"
trusted_key_servers: []
report_stats: false
rc_message: {{per_second: 1000, burst_count: 1000}}
rc_room_creation: {{per_second: 1000, burst_count: 1000}}
rc_joins:
  local: {{per_second: 1000, burst_count: 1000}}
"""
_LOG = """
version: 1
handlers:
  console: {class: logging.StreamHandler}
root: {level: WARNING, handlers: [console]}
"""


def find_synapse() -> Path | None:
    """Return the Python of Synapse's virtual environment; None without Synapse."""
    python = SERVERS / "synapse" / "bin" / "python"
    return python if python.is_file() else None


@dataclass
class Member:
    """A Matrix account that is logged in, with its access token."""

    user: str
    token: str


@dataclass
class Synapse:
    """A running Synapse; `shared` is its registration secret."""

    running: Running
    shared: str

    @property
    def base_url(self) -> str:
        """The server's address."""
        return self.running.base_url

    def stop(self) -> None:
        """Stop the server."""
        self.running.stop()

    def register(self, name: str, *, admin: bool = False) -> Member:
        """Create an account and log it in, with the server's registration secret."""
        path = f"{self.base_url}/_synapse/admin/v1/register"
        nonce = httpx.get(path).raise_for_status().json()["nonce"]
        password = secrets.token_urlsafe(12)
        rank = "admin" if admin else "notadmin"
        signed = "\0".join((nonce, name, password, rank)).encode()
        mac = hmac.new(self.shared.encode(), signed, hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": name, "password": password, "mac": mac}
        account = (
            httpx.post(path, json={**body, "admin": admin}).raise_for_status().json()
        )
        return Member(account["user_id"], account["access_token"])

    def limit_rate(self, member: Member, admin: Member) -> None:
        """As `admin`, limit `member` to one message a second."""
        path = f"/_synapse/admin/v1/users/{member.user}/override_ratelimit"
        httpx.post(
            self.base_url + path,
            headers={"Authorization": f"Bearer {admin.token}"},
            json={"messages_per_second": 1, "burst_count": 1},
        ).raise_for_status()

    def room(self, owner: Member, name: str) -> str:
        """Create a public room of `owner`; return its id."""
        answer = httpx.post(
            f"{self.base_url}/_matrix/client/v3/createRoom",
            headers={"Authorization": f"Bearer {owner.token}"},
            json={"preset": "public_chat", "name": name},
        )
        return str(answer.raise_for_status().json()["room_id"])


def start_synapse(python: Path, folder: Path) -> Synapse:
    """Start Synapse on a free loopback port. Raises RuntimeError if that fails."""
    folder.mkdir()
    port, shared = free_port(), secrets.token_urlsafe(16)
    settings = folder / "homeserver.yaml"
    settings.write_text(_SETTINGS.format(folder=folder, port=port, shared=shared))
    (folder / "log.yaml").write_text(_LOG)
    command = [str(python), "-m", "synapse.app.homeserver", "-c", str(settings)]
    key_command = [*command, "--generate-keys"]
    generated = subprocess.run(key_command, capture_output=True, check=False)
    if generated.returncode:
        raise RuntimeError(
            f"synapse generated no keys: {generated.stderr.decode()[-300:]}"
        )
    running = start(command, port, folder / "synapse.log", START_S)
    return Synapse(running, shared)
