"""Which worker a test runs in, so that what tests share is made once."""

import pytest

SERVERS = ("pds", "synapse", "snac", "ntfy", "ntfy_without_files")
"""Fixtures that start a server for the session, the slowest to start first."""
SHARED_SCOPES = {"session", "package", "module"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests together that share a server or a fixture of their module.

    Under `--dist loadgroup` a group runs in one worker; all other tests go to
    whichever worker is free.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            group = _group(item)
            if group is not None:
                item.add_marker(pytest.mark.xdist_group(group))


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
