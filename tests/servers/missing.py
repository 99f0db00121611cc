"""Skip or fail a test whose server, program or package is missing."""

import os
from typing import NoReturn

import pytest


def report_missing(what: str, advice: str = "run make servers") -> NoReturn:
    """Fail the test in CI, skip it elsewhere; either way the reason names `what`."""
    reason = f"{what} is missing; {advice}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
