"""Tests that share something run in one worker (tests/conftest.py)."""

import os

import pytest

WORKER = os.environ.get("PYTEST_XDIST_WORKER")
started: list[str | None] = []


@pytest.fixture(scope="module")
def shared() -> str | None:
    started.append(WORKER)
    return WORKER


@pytest.mark.parametrize("number", range(8))
def test_what_a_module_shares_is_made_in_one_worker(shared, number, request):
    """Else each worker would make it anew, and a server would start twice."""
    assert started == [shared]
    (mark,) = request.node.iter_markers("xdist_group")
    assert mark.args == ("tests/unit/test_workers.py",)
    assert WORKER is None or request.node.nodeid.endswith(f"@{mark.args[0]}")
