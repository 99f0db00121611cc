"""ntfy, a real notification server, on loopback and in a new folder."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.servers.local import free_port
from tests.servers.running import Running, start

SERVERS = Path(__file__).resolve().parents[2] / ".servers"
TOPIC = "desk"
START_S = 120.0


def find_ntfy() -> Path | None:
    """Return the path of the installed or the fetched ntfy; None without either."""
    installed = shutil.which("ntfy")
    fetched = SERVERS / "ntfy" / "usr" / "bin" / "ntfy"
    if installed:
        return Path(installed)
    return fetched if fetched.is_file() else None


@dataclass
class Ntfy:
    """A running ntfy that denies access to everyone but two users.

    Attributes:
        token: a token of the user `wire`, who may read and write the topic `desk`.
        write_only_token: a token of the user `writer`, who may write the topic `desk`
            but not read it.
    """

    running: Running
    token: str
    write_only_token: str

    @property
    def base_url(self) -> str:
        """The server's address."""
        return self.running.base_url

    def stop(self) -> None:
        """Stop the server."""
        self.running.stop()


def start_ntfy(binary: Path, folder: Path, *, attachments: bool = True) -> Ntfy:
    """Start ntfy on a free loopback port. Raises RuntimeError if that fails."""
    folder.mkdir()
    port = free_port()
    config = folder / "server.yml"
    config.write_text(_settings(folder, port, attachments), "utf-8")
    command = [str(binary), "serve", "--config", str(config)]
    running = start(command, port, folder / "ntfy.log", START_S)
    try:
        token = _create_user(binary, config, "wire", "read-write")
        write_only_token = _create_user(binary, config, "writer", "write-only")
    except BaseException:
        running.stop()
        raise
    return Ntfy(running, token, write_only_token)


def _settings(folder: Path, port: int, attachments: bool) -> str:
    lines = [
        f'base-url: "http://127.0.0.1:{port}"',
        f'listen-http: "127.0.0.1:{port}"',
        f'cache-file: "{folder / "cache.db"}"',
        f'auth-file: "{folder / "auth.db"}"',
        'auth-default-access: "deny-all"',
        'web-root: "disable"',
        'visitor-request-limit-exempt-hosts: "127.0.0.1"',
    ]
    if attachments:
        lines.append(f'attachment-cache-dir: "{folder / "attachments"}"')
    return "\n".join(lines) + "\n"


def _create_user(binary: Path, config: Path, name: str, access: str) -> str:
    """Create a user with `access` to the topic `desk`; return a token of that user."""
    environment = {**os.environ, "NTFY_PASSWORD": f"password-of-{name}"}
    # ntfy accepts `--config` only after the name of the command.
    for words in (["user", "add", name], ["access", name, TOPIC, access]):
        _ntfy(binary, [words[0], "--config", str(config), *words[1:]], environment)
    output = _ntfy(binary, ["token", "--config", str(config), "add", name], environment)
    match = re.search(r"\btk_\w+", output)
    if match is None:
        raise RuntimeError(f"ntfy printed no token: {output!r}")
    return match[0]


def _ntfy(binary: Path, words: list[str], env: dict[str, str]) -> str:
    result = subprocess.run(
        [binary, *words], env=env, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise RuntimeError(f"ntfy {words[0]} failed: {result.stderr.strip()[-300:]}")
    return result.stdout + result.stderr
