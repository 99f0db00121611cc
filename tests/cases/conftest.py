"""Installations at two points of the made-up blackout, each made once and copied."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases.installation import (
    TOKEN,
    TOKEN_VARIABLE,
    Installation,
    new_installation,
)


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    """The secret of every channel of these tests."""
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)


@pytest.fixture(scope="session")
def confirmed_template(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Four hours into the blackout: confirmed, and its draft waits for a person."""
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
def before_the_fall(tmp_path: Path) -> Iterator[Installation]:
    """An installation of its own that has read nothing yet."""
    installation = new_installation(tmp_path / "home")
    yield installation
    installation.stop()
