"""The versions of everything that texts and pictures depend on."""

import hashlib
import platform
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from jinja2 import Environment

import bot
from bot import __version__
from bot.text.catalogue import read_source
from bot.text.translations import source_brands

# Another version of one of these packages may draw a picture or format a text otherwise.
_PACKAGES = (
    "matplotlib",
    "numpy",
    "pillow",
    "fonttools",
    "jinja2",
    "babel",
    "tzdata",
    "ttf-opensans",
    "manimgx-fonts",
    "pylopdf-fonts-zh-cn",
)
_DIGITS = 16


@lru_cache(maxsize=8)
def versions_in_use(templates: Environment) -> Mapping[str, str]:
    """Return the name and version of everything that texts and pictures depend on.

    Besides packages, these are the templates, the names of sources, and the place data
    (names, operators, zones of regions), each with the first digits of its SHA-256. The
    result is kept, because the templates of an environment do not change.
    """
    sources = (read_source(templates, name) for name in templates.list_templates())
    brands = repr(source_brands(templates))
    data = sorted((Path(bot.__file__).parent / "data").glob("*.toml"))
    return {
        "outagewire": __version__,
        "python": ".".join(platform.python_version_tuple()[:2]),
        # zlib compresses the pictures.
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "machine": platform.machine(),
        **{name: _version_of(name) for name in _PACKAGES},
        "templates": _digest((*sources, brands)),
        "places": _digest(path.read_text(encoding="utf-8") for path in data),
    }


def versions_text(versions: Mapping[str, str]) -> str:
    """Return the versions as one line, such as `outagewire 0.5; python 3.11`."""
    return "; ".join(f"{name} {versions[name]}" for name in sorted(versions))


def version_differences(text: str, other: str) -> tuple[str, ...]:
    """Return what differs between two lines of `versions_text`, one item for each name.

    An item names the version in `text`, then that in `other`.
    """
    first, second = _parts(text), _parts(other)
    names = sorted({*first, *second})
    return tuple(
        f"{name} {first.get(name, 'unknown')}, here {second.get(name, 'none')}"
        for name in names
        if first.get(name) != second.get(name)
    )


def _parts(text: str) -> dict[str, str]:
    pairs = (part.partition(" ") for part in text.split("; "))
    return {name: value for name, _, value in pairs if name}


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_DIGITS]
