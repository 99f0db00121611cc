"""A missing server, program or package fails a test in CI, and is never passed over."""

import re
from pathlib import Path

import pytest

from tests.servers.missing import report_missing

TESTS = Path(__file__).parents[1]
_SKIPS = re.compile(r"importorskip|(?:pytest\.skip\(|reason=)[^)]*not installed")


def test_what_is_missing_fails_a_test_in_ci(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="rsync is missing; run make"):
        report_missing("rsync")


@pytest.mark.parametrize("value", ["", "false"])
def test_what_is_missing_skips_a_test_elsewhere(monkeypatch, value):
    monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.skip.Exception, match="rsync is missing; run make"):
        report_missing("rsync")


def test_no_test_skips_because_something_is_not_installed():
    files = [path for path in TESTS.rglob("test_*.py") if path != Path(__file__)]
    assert len(files) > 100
    assert [path.name for path in files if _SKIPS.search(path.read_text())] == []
