"""What a test does when a server it needs is not there."""

import os
from typing import NoReturn

import pytest


def lacking(what: str) -> NoReturn:
    """A server is not there: CI fails, a developer's machine skips with the reason."""
    reason = f"{what} is not there: run make servers"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
