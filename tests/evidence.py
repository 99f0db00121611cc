"""Bundles for tests, of a made-up blackout and of other replayed recordings."""

import shutil
import sys
from pathlib import Path

import bot
from bot import bootstrap
from bot.config.sections import Config
from bot.replay import run
from bot.sources.recording.source import load_recording
from bot.text.translations import templates_root
from tests import stories

# In this process nothing can connect to another machine.
_WITHOUT_NETWORK = """
import socket, sys
def refuse(*_, **__):
    raise OSError("the test has no network")
socket.socket.connect = socket.socket.sendto = refuse
socket.create_connection = socket.getaddrinfo = refuse
from bot.cli import main
sys.argv = ["outagewire", *sys.argv[1:]]
main()
"""


def bundle_of(recording: Path, out: Path) -> Path:
    """Replay a recording with one incident; return the folder of the incident's page."""
    loaded = load_recording(recording)
    application, clock = bootstrap.build_replay(loaded, out, Config())
    lag = max(signal.lag for signal in loaded.signals)
    pages = run.WritePages.AT_END
    run.run_ticks(application.runner, clock, loaded.span, lag, lambda _: None, pages)
    application.store.close()
    (page,) = (out / "site" / "i").iterdir()
    return page


def blackout_bundle(folder: Path) -> Path:
    """Return the folder of the page of a made-up blackout."""
    return bundle_of(stories.blackout(folder / "recording"), folder / "out")


def copied_package(to: Path) -> Path:
    """Copy the package and its templates, and nothing else; return the folder."""
    package = Path(bot.__file__).parent
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(package, to / "bot", ignore=skipped)
    shutil.copytree(templates_root(), to / "templates")
    return to


def command(*arguments: str | Path) -> list[str]:
    """Return the command line that runs the product without a network."""
    return [sys.executable, "-c", _WITHOUT_NETWORK, *map(str, arguments)]


def flip(path: Path, at: int) -> None:
    """Change one bit of a file."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    # The page and the bundle share their pictures, so the file is replaced.
    path.unlink()
    path.write_bytes(bytes(data))
