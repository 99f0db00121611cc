"""The Nu HTML checker, run once over all pages and style sheets of a folder."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from tests.browser.page_checks import Problem
from tests.servers.fetching.browser import NU_CHECKER
from tests.servers.missing import report_missing

# Java that starts fast: the checker runs for seconds only.
_JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
# Without these, the checker asks no server on loopback.
_LOOPBACK = (
    "-Dnu.validator.servlet.allow-forbidden-hosts=true",
    "-Dnu.validator.servlet.allowed-address-type=all",
)
_OPTIONS = ("--format", "json", "--stdout", "--exit-zero-always", "--also-check-css")


def nu_problems(root: Path, address: str) -> list[Problem]:
    """Return all errors and warnings of the checker on the HTML and CSS below `root`.

    The checker reads the files from the server at `address`. Read from the disk, they
    would break their own Content-Security-Policy, which allows files of their server.
    """
    java = shutil.which("java")
    if java is None:
        report_missing("Java", "install a Java runtime")
    if not NU_CHECKER.is_file():
        report_missing("the Nu HTML checker")
    files = sorted(p for p in root.rglob("*") if p.suffix in {".html", ".css"})
    urls = [f"{address}/{quote(str(path.relative_to(root)))}" for path in files]
    command = [java, *_JAVA, *_LOOPBACK, "-jar", str(NU_CHECKER), *_OPTIONS, *urls]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return list(_problems(address, json.loads(result.stdout)["messages"]))


def _problems(address: str, messages: list[dict[str, str]]) -> Iterator[Problem]:
    for message in messages:
        if _is_about_data(message):
            continue
        page = unquote(message["url"].removeprefix(f"{address}/"))
        what = f"{message['message']} {message.get('extract', '')!r}"
        yield Problem("nu", page, what)


def _is_about_data(message: dict[str, str]) -> bool:
    """Return whether a message takes a block of data for a script.

    By HTML, a script element of the type application/ld+json is data that no browser
    executes, so script-src does not concern it.
    """
    is_policy = message["message"].startswith("Inline script violates Content Security")
    return is_policy and '<script type="application/ld+json">' in message["extract"]
