"""Groups tests by worker, so that shared servers and fixtures are created once."""

import gc
import threading
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
import structlog

from bot import compilation, user_cache

# The tests share the cache of compiled detection code with the commands.
compilation.configure(user_cache.user_folder())

SILENT_S = 10.0
"""Print a progress line after this many seconds in which no test has ended."""
SERVERS = ("pds", "synapse", "snac", "ntfy", "ntfy_without_files")
"""Session fixtures that start a server, the slowest to start first."""
WITH_PDS = {"synapse"}
"""Servers whose tests run in the worker of the PDS: some of the tests need both."""
SHARED_SCOPES = {"session", "package", "module"}
_GC_THRESHOLDS = (100_000, 50, 100)
"""Measured on texts about generated worlds, these save 4 % of the processor time."""


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep commands without a configuration away from the data of who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True)
def _default_logging() -> None:
    """Log as by default in each test, whatever a command of an earlier test configured."""
    structlog.reset_defaults()


# This runs first, because pytest-xdist reads the marks in a hook of the same name.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Group the tests that share a server, a fixture of their module, or a language.

    Under `--dist loadgroup` a group runs in one worker; all other tests go to
    whichever worker is free. Before that, mark most cases of sampled tests as slow.
    """
    _mark_most_cases(items)
    for item in items:
        group = _group(item)
        if item.get_closest_marker("xdist_group") is None and group is not None:
            item.add_marker(pytest.mark.xdist_group(group))
        if getattr(config.option, "loadgroup", False):
            _append_group(item)


def _mark_most_cases(items: Sequence[pytest.Item]) -> None:
    """Mark the cases of a test that is `sampled(N)` as slow, except each N-th.

    The cases in English are never marked: the wire's own texts are English.
    """
    cases: Counter[str] = Counter()
    for item in items:
        mark = item.get_closest_marker("sampled")
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        if mark is not None and parameters.get("lang") != "en":
            test = item.nodeid.partition("[")[0]
            if cases[test] % mark.args[0]:
                item.add_marker(pytest.mark.slow)
            cases[test] += 1


def pytest_collection_finish() -> None:
    """Exempt all objects that exist by now from garbage collection, to save time.

    Later objects are collected less often than by default.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)


def _append_group(item: pytest.Item) -> None:
    """Append the group to the test's id, from which the scheduler reads it.

    pytest-xdist 3.8 appends the group itself, but in a way that has no effect in
    pytest 9. If a new version of either package changes this, test_workers.py fails.
    """
    mark = item.get_closest_marker("xdist_group")
    node_id = getattr(item, "_id", None)
    if mark is not None and node_id is not None:
        item._id = node_id.parse(f"{item.nodeid}@{mark.args[0]}")


def _group(item: pytest.Item) -> str | None:
    """Return the name of a test's group; None if the test shares nothing."""
    names = getattr(item, "fixturenames", [])
    for server in SERVERS:
        if server in names:
            return "pds" if server in WITH_PDS else server
    callspec = getattr(item, "callspec", None)
    parameters = getattr(callspec, "params", {})
    module = item.nodeid.partition("::")[0]
    if "replay_of" in names:
        # Several tests read the replay of one case, which takes long.
        return f"replays-{module}"
    shared = [name for name in names if _is_shared(item, name, module)]
    if not shared:
        # Each worker loads the fonts, names and patterns of a language once, so the tests
        # of a language run in one worker.
        lang = parameters.get("lang")
        return f"lang-{lang}" if lang else None
    # Each value of a parametrized fixture is created separately, so the tests of each
    # value are a group of their own.
    indices = getattr(callspec, "indices", {})
    values = [str(indices[name]) for name in shared if name in indices]
    return "-".join([module, *values])


def _is_shared(item: pytest.Item, name: str, module: str) -> bool:
    """Return whether `module` defines the fixture `name` for more than one test."""
    definitions = item._fixtureinfo.name2fixturedefs.get(name, ())  # type: ignore[attr-defined]
    return any(
        definition.baseid == module and definition.scope in SHARED_SCOPES
        for definition in definitions
    )


class ProgressPrinter:
    """Prints a progress line whenever no test has ended for SILENT_S seconds."""

    def __init__(self, reporter: pytest.TerminalReporter) -> None:
        self._reporter = reporter
        self._ended = 0
        self._test_ended = threading.Event()
        self._finished = False
        threading.Thread(target=self._print_progress, daemon=True).start()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test that has ended, and start the waiting time again."""
        self._ended += report.when == "teardown"
        self._test_ended.set()

    def pytest_sessionfinish(self) -> None:
        """Stop printing."""
        self._finished = True
        self._test_ended.set()

    def _print_progress(self) -> None:
        while not self._finished:
            if not self._test_ended.wait(SILENT_S):
                self._reporter.write_line(f"... {self._ended} tests have ended")
            self._test_ended.clear()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Print progress if the tests run in workers, which print nothing themselves."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and config.getoption("numprocesses", None):
        config.pluginmanager.register(ProgressPrinter(reporter))
