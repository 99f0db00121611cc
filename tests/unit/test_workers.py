"""Tests that share a fixture run in one pytest-xdist worker (tests/conftest.py)."""

import os

import pytest

WORKER = os.environ.get("PYTEST_XDIST_WORKER")
started: list[str | None] = []


@pytest.fixture(scope="module")
def shared() -> str | None:
    started.append(WORKER)
    return WORKER


@pytest.mark.parametrize("number", range(8))
def test_module_fixture_is_created_in_one_worker(shared, number, request):
    """A fixture of a module is created once, so that no server starts in two workers."""
    assert started == [shared]
    (mark,) = request.node.iter_markers("xdist_group")
    assert mark.args == ("tests/unit/test_workers.py",)
    assert WORKER is None or request.node.nodeid.endswith(f"@{mark.args[0]}")
