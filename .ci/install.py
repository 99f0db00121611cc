"""Install the pinned packages into a virtual environment: `install.py VENV`.

uv installs packages in seconds, where pip takes minutes. uv does not read pip's settings, so
they are passed on. If uv cannot be installed, or fails, pip installs the same packages.
pip checks the hash of uv, and both check the hash of every package. Neither builds a
package, because the tools for that are pinned nowhere. Every five seconds a line says how
many packages are installed.
"""

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

try:
    import ensurepip
except ImportError:
    sys.exit("This Python has no ensurepip; install it (Debian: python3-venv).")

UV = ".ci/uv.txt"
PINS = "constraints.txt"
PINNED = ("install", "--require-hashes", "--only-binary=:all:", "-r")
# Each setting of pip, and the environment variable that sets the same for uv.
SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_EXTRA_INDEX_URL",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
}


def main(venv: Path) -> int:
    """Install the packages with uv, or with pip if that fails; return an exit code."""
    python = venv / "bin" / "python"
    arguments = [*PINNED, PINS]
    count = len(
        re.findall(r"^[a-z0-9].*==", Path(PINS).read_text("utf-8"), re.MULTILINE)
    )
    print(f"Installing {count} packages into {venv}.", flush=True)
    over = threading.Event()
    reporter = threading.Thread(target=_report, args=(venv, count, over))
    reporter.start()
    try:
        if _install_with_uv(python, venv / "uv", arguments):
            return 0
        print("uv failed. Installing with pip instead; this takes minutes.", flush=True)
        command = [*_pip(python), "--quiet", *arguments, "--no-deps"]
        return subprocess.run(command, check=False).returncode
    finally:
        over.set()
        reporter.join()


def _install_with_uv(python: Path, folder: Path, arguments: list[str]) -> bool:
    """Install uv into `folder` and the packages with it; return whether both succeeded."""
    get_uv = [*_pip(python), "--quiet", *PINNED, UV, "--target", folder, "--upgrade"]
    if subprocess.run(get_uv, capture_output=True, check=False).returncode:
        return False
    uv = [folder / "bin" / "uv", "pip", *arguments, "--python", python]
    environment = {
        **os.environ,
        **_settings(python),
        # Like pip: the best version of any index wins, and hashes decide which files are
        # accepted.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }
    # uv compiles the modules in parallel, so that the first command need not do it.
    uv += ["--compile-bytecode", "--quiet"]
    done = subprocess.run(
        uv, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stderr, file=sys.stderr, flush=True)
    return not done.returncode


def _pip(python: Path) -> list[Path | str]:
    """Return the command that runs the pip which comes with Python, without installing it.

    Installing pip first, as `ensurepip` does, takes half a minute on a slow machine.
    """
    wheels = sorted((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
    if wheels:
        return [python, wheels[-1] / "pip", "--python", python]
    # Some distributions keep pip's wheel elsewhere; `ensurepip` knows where.
    subprocess.run([python, "-m", "ensurepip"], capture_output=True, check=False)
    return [python, "-m", "pip"]


def _settings(python: Path) -> dict[str, str]:
    """Return pip's settings, from its files and variables, as uv's variables."""
    listed = subprocess.run(
        [*_pip(python), "config", "list"],
        capture_output=True,
        text=True,
        check=False,
    )
    values = {}
    for line in listed.stdout.splitlines():
        name, _, value = line.partition("=")
        variable = SETTINGS.get(name.rpartition(".")[2])
        if variable and value.strip("'\""):
            values[variable] = value.strip("'\"").replace("\\n", " ")
    return values


def _report(venv: Path, count: int, over: threading.Event) -> None:
    """Print every five seconds how many packages are installed, until `over` is set."""
    while not over.wait(5):
        installed = len(list(venv.glob("lib/python3*/site-packages/*.dist-info")))
        print(f"{installed} of {count} packages installed", flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
