"""Kazakhstan, January 2022, reconstructed from published facts for the demonstration.

The facts and what is assumed between them lie in `bot/data/kazakhstan-2022.toml`;
this file draws a curve through them, with a daily cycle and a little noise that is
the same every time. It is not a measurement, and everything made of it says so.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.model.entity import Entity, EntityKind
from bot.model.signal import Family, Signal
from bot.sources.recording.readings_csv import CsvRow
from bot.sources.recording.recording import Recording, RecordingInfo, assemble

Floats = npt.NDArray[np.float64]
_STEP = timedelta(minutes=10)
_SEED = 20220105
_ROUTES_LATE = timedelta(minutes=15)
"""Routes were withdrawn about a quarter of an hour after traffic fell."""


@dataclass(frozen=True, slots=True)
class _Curve:
    """The file, and the bins that are drawn."""

    told: Mapping[str, Any]
    times: Floats
    noise: np.random.Generator

    def at(self, column: str, late: timedelta = timedelta(0)) -> Floats:
        """The fraction of ordinary in each bin, from the curve's steps."""
        levels = np.ones_like(self.times)
        for step in self.told["curve"]:
            begun = self.times >= (step["at"] + late).timestamp()
            levels[begun] = step[column]
        return levels

    def network(self, place: int) -> Floats:
        """The same for the network at `place` in the file's order."""
        levels = np.ones_like(self.times)
        for step in self.told["curve"]:
            levels[self.times >= step["at"].timestamp()] = step["levels"][place]
        return levels

    def cycle(self, depth: float, peak_hour: float = 15.0) -> Floats:
        """A daily cycle around 1, highest at `peak_hour` UTC (evening in Almaty)."""
        hours = self.times / 3600 % 24
        return 1 - depth * (0.5 - 0.5 * np.cos((hours - peak_hour) * np.pi / 12))

    def rough(self, spread: float) -> Floats:
        """Noise around 1."""
        return 1 + spread * self.noise.standard_normal(len(self.times))


def opens_at() -> datetime:
    """When the demonstration begins to watch: some hours before the first fact."""
    return _instant("opens")


def kazakhstan_2022() -> Recording:
    """The reconstruction, as a recording."""
    told = _facts()
    about = RecordingInfo(
        title=told["title"],
        credit=told["credit"],
        licence=told["licence"],
        note=told["note"],
        reconstruction=True,
    )
    signals = _signals(about)
    times = np.arange(
        told["since"].timestamp(), told["until"].timestamp(), _STEP.total_seconds()
    )
    curve = _Curve(told, times, np.random.default_rng(_SEED))
    return assemble(about, signals, list(_rows(curve)))


def _facts() -> dict[str, Any]:
    path = resources.files("bot") / "data" / "kazakhstan-2022.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _instant(key: str) -> datetime:
    found = _facts()[key]
    assert isinstance(found, datetime)  # noqa: S101 - our own data file
    return found


def _signals(about: RecordingInfo) -> tuple[Signal, ...]:
    kinds = (
        ("ioda.ping-slash24", "up /24s", Family.ACTIVE_PROBING, 40, 20.0),
        ("ioda.bgp", "visible /24s", Family.CONTROL_PLANE, 30, 20.0),
        ("ioda.merit-nt", "unique source IPs", Family.TELESCOPE, 30, 20.0),
        ("ioda.gtr", "normalised traffic", Family.TRAFFIC, 90, 0.0),
    )
    return tuple(
        Signal(
            id=name,
            unit=unit,
            step=_STEP if name != "ioda.gtr" else 3 * _STEP,
            lag=timedelta(minutes=lag),
            family=family,
            credit=about.credit,
            licence=about.licence,
            minimum=minimum,
        )
        for name, unit, family, lag, minimum in kinds
    )


def _rows(curve: _Curve) -> Iterator[CsvRow]:
    """Every reading: the country's sum, and each network."""
    networks = curve.told["network"]
    country = Entity(EntityKind.COUNTRY, curve.told["country"])
    ups, sources = [], []
    for place, network in enumerate(networks):
        entity = Entity(EntityKind.ASN, str(network["asn"]))
        level, size = curve.network(place), network["slash24"]
        ups.append(np.round(size * level * curve.cycle(0.03) * curve.rough(0.004)))
        sources.append(
            np.round(size * 0.3 * level * curve.cycle(0.3) * curve.rough(0.05))
        )
        routes = np.round(size * curve.at("routes", _ROUTES_LATE))
        yield from _lines(curve, entity, "ioda.ping-slash24", ups[-1])
        yield from _lines(curve, entity, "ioda.bgp", routes)
        yield from _lines(curve, entity, "ioda.merit-nt", sources[-1])
    total = sum(network["slash24"] for network in networks)
    routes = np.round(total * curve.at("routes", _ROUTES_LATE))
    traffic = np.round(
        4000 * curve.at("traffic") * curve.cycle(0.5) * curve.rough(0.02)
    )
    yield from _lines(curve, country, "ioda.ping-slash24", np.sum(ups, axis=0))
    yield from _lines(curve, country, "ioda.bgp", routes)
    yield from _lines(curve, country, "ioda.merit-nt", np.sum(sources, axis=0))
    yield from _lines(curve, country, "ioda.gtr", traffic, every=3)


def _lines(
    curve: _Curve, entity: Entity, signal: str, values: Floats, every: int = 1
) -> Iterator[CsvRow]:
    for at, value in zip(curve.times[::every], values[::every], strict=True):
        text = (f"{at:.0f}", str(entity), signal, f"{value:.0f}")
        yield CsvRow(0, float(at), entity, signal, float(value), text)
