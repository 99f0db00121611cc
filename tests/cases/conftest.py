"""Fixtures of the cases: replays of recordings, and installations in a made-up blackout.

In one test run, each recording is replayed once for each time at which a replay stops.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest

from tests.cases.installation import (
    TOKEN,
    TOKEN_VARIABLE,
    Installation,
    new_installation,
)
from tests.cases.replays import Replay, at, replay


class ReplayOf(Protocol):
    """Returns the replay of the case in the folder `name`.

    With `stop`, the replay ends at that time instead of at the end of the recording.
    """

    def __call__(self, name: str, stop: str | None = None) -> Replay:
        """Replay the case, or return its replay if there is one already."""
        ...


@pytest.fixture(scope="session")
def replay_of(tmp_path_factory: pytest.TempPathFactory) -> ReplayOf:
    """A function that replays a case, once for each pair of name and `stop`."""

    @cache
    def replayed(name: str, stop: str | None = None) -> Replay:
        out = tmp_path_factory.mktemp(name)
        return replay(name, out, at(stop) if stop else None)

    return replayed


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the token of the Mastodon channels of these tests into the environment."""
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)


@pytest.fixture(scope="session")
def confirmed_template(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation four hours into the blackout; its first draft waits for a person."""
    installation = new_installation(tmp_path_factory.mktemp("confirmed") / "home")
    installation.run(4)
    installation.stop()
    return installation


@pytest.fixture
def confirmed(
    confirmed_template: Installation, tmp_path: Path
) -> Iterator[Installation]:
    """A copy of the installation whose first draft waits for a person."""
    copy = confirmed_template.copied_to(tmp_path / "home")
    yield copy
    copy.stop()


@pytest.fixture
def before_the_blackout(tmp_path: Path) -> Iterator[Installation]:
    """A new installation that has read nothing yet, just before the blackout."""
    installation = new_installation(tmp_path / "home")
    yield installation
    installation.stop()
