"""Which worker a test runs in, so that what tests share is made once."""

import threading

import pytest

from bot import compilation, kernel_cache

# The tests use the kernel that commands have compiled and cached.
compilation.use(kernel_cache.user_folder())

SILENT_S = 10.0
SERVERS = ("pds", "synapse", "snac", "ntfy", "ntfy_without_files")
"""Fixtures that start a server for the session, the slowest to start first."""
SHARED_SCOPES = {"session", "package", "module"}


# Before pytest-xdist reads the marks in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Keep tests together that share a server or a fixture of their module.

    Under `--dist loadgroup` a group runs in one worker; all other tests go to
    whichever worker is free.
    """
    for item in items:
        group = _group(item)
        if item.get_closest_marker("xdist_group") is None and group is not None:
            item.add_marker(pytest.mark.xdist_group(group))
        if getattr(config.option, "loadgroup", False):
            _name_the_group(item)


def _name_the_group(item: pytest.Item) -> None:
    """Write the group behind the test's id, from which the scheduler reads it.

    pytest-xdist 3.8 does so itself, but in a way that pytest 9 does not see;
    test_workers.py tells when either changes.
    """
    mark = item.get_closest_marker("xdist_group")
    known = getattr(item, "_id", None)
    if mark is not None and known is not None:
        item._id = known.parse(f"{item.nodeid}@{mark.args[0]}")


def _group(item: pytest.Item) -> str | None:
    """The name of the group of a test; None where it shares nothing."""
    names = getattr(item, "fixturenames", [])
    for server in SERVERS:
        if server in names:
            return server
    module = item.nodeid.partition("::")[0]
    shared = [name for name in names if _is_shared(item, name, module)]
    if not shared:
        return None
    # Each value of a parametrized fixture is made by itself, so it can go elsewhere.
    indices = getattr(getattr(item, "callspec", None), "indices", {})
    values = [str(indices[name]) for name in shared if name in indices]
    return "-".join([module, *values])


def _is_shared(item: pytest.Item, name: str, module: str) -> bool:
    """Whether the fixture `name` is made by `module`, and once for several tests."""
    made = item._fixtureinfo.name2fixturedefs.get(name, ())  # type: ignore[attr-defined]
    return any(one.baseid == module and one.scope in SHARED_SCOPES for one in made)


class Heartbeat:
    """Prints a line whenever no test has ended for some seconds."""

    def __init__(self, reporter: pytest.TerminalReporter) -> None:
        self._reporter = reporter
        self._ended = 0
        self._news = threading.Event()
        self._over = False
        threading.Thread(target=self._beat, daemon=True).start()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test has news."""
        self._ended += report.when == "teardown"
        self._news.set()

    def pytest_sessionfinish(self) -> None:
        """There is nothing more to wait for."""
        self._over = True
        self._news.set()

    def _beat(self) -> None:
        while not self._over:
            if not self._news.wait(SILENT_S):
                self._reporter.write_line(f"... {self._ended} tests have ended")
            self._news.clear()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Give a sign of life where several workers run: they print nothing themselves."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and config.getoption("numprocesses", None):
        config.pluginmanager.register(Heartbeat(reporter))
