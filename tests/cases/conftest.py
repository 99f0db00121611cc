"""Every recording is replayed once a session, by the first test that asks for it."""

from functools import cache
from typing import Protocol

import pytest

from tests.cases.replays import Replay, at, replay


class ReplayOf(Protocol):
    """The replay of a case, by its folder's name; up to a time, if one is given."""

    def __call__(self, name: str, stop: str | None = None) -> Replay:
        """Replay it, or return the replay made before."""
        ...


@pytest.fixture(scope="session")
def replay_of(tmp_path_factory: pytest.TempPathFactory) -> ReplayOf:
    """Replay a case, once for every name and time."""

    @cache
    def replayed(name: str, stop: str | None = None) -> Replay:
        out = tmp_path_factory.mktemp(name)
        return replay(name, out, at(stop) if stop else None)

    return replayed
