"""The demonstration's recording: Kazakhstan, January 2022, a reconstruction.

`bot/data/kazakhstan-2022.toml` has the published facts, and assumptions for the times
between the facts. From both, this module computes readings with a daily cycle and
noise. The readings were not measured; everything that is made from them says so.
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
from bot.model.signal import ADDRESS_MAP, Family, Signal
from bot.sources.recording.readings_csv import CsvRow
from bot.sources.recording.recording import Recording, RecordingInfo, assemble_recording

Floats = npt.NDArray[np.float64]
_STEP = timedelta(minutes=10)
# The seed is fixed, so that each demonstration shows the same readings.
_SEED = 20220105
_ROUTES_DELAY = timedelta(minutes=15)
"""Routes were withdrawn about a quarter of an hour after traffic dropped."""


@dataclass(frozen=True, slots=True)
class _Curve:
    """The curve through the published facts, from which all readings are computed.

    Attributes:
        facts: the contents of the TOML file.
        times: the start of each bin, in epoch seconds.
        random: the source of the noise.
    """

    facts: Mapping[str, Any]
    times: Floats
    random: np.random.Generator

    def levels(self, column: str, delay: timedelta = timedelta(0)) -> Floats:
        """Return the level of each bin from `column` of the curve; 1.0 is normal.

        The whole curve is delayed by `delay`.
        """
        levels = np.ones_like(self.times)
        for step in self.facts["curve"]:
            reached = self.times >= (step["at"] + delay).timestamp()
            levels[reached] = step[column]
        return levels

    def network_levels(self, index: int) -> Floats:
        """Return the level of each bin for the network at `index` in the file's order."""
        levels = np.ones_like(self.times)
        for step in self.facts["curve"]:
            levels[self.times >= step["at"].timestamp()] = step["levels"][index]
        return levels

    def cycle(self, depth: float, peak_hour: float = 15.0) -> Floats:
        """Return a daily cycle from 1 - depth to 1, with its peak at `peak_hour` (UTC)."""
        hours = self.times / 3600 % 24
        return 1 - depth * (0.5 - 0.5 * np.cos((hours - peak_hour) * np.pi / 12))

    def noise_factor(self, spread: float) -> Floats:
        """Return random factors with mean 1 and standard deviation `spread`."""
        return 1 + spread * self.random.standard_normal(len(self.times))


def demo_start() -> datetime:
    """Return when the demo starts, some hours before the first published fact; UTC."""
    return _instant("opens")


def make_demo_recording() -> Recording:
    """Return the demonstration's recording, marked as a reconstruction."""
    facts = _facts()
    info = RecordingInfo(
        title=facts["title"],
        credit=facts["credit"],
        licence=facts["licence"],
        note=facts["note"],
        reconstruction=True,
    )
    signals = _signals(info)
    times = np.arange(
        facts["since"].timestamp(), facts["until"].timestamp(), _STEP.total_seconds()
    )
    curve = _Curve(facts, times, np.random.default_rng(_SEED))
    return assemble_recording(info, signals, list(_rows(curve)))


def _facts() -> dict[str, Any]:
    path = resources.files("bot") / "data" / "kazakhstan-2022.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _instant(key: str) -> datetime:
    instant: datetime = _facts()[key]
    return instant


def _signals(info: RecordingInfo) -> tuple[Signal, ...]:
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
            # IODA's traffic signal has bins of half an hour, so every third value of the
            # curve is taken.
            step=_STEP if name != "ioda.gtr" else 3 * _STEP,
            lag=timedelta(minutes=lag),
            family=family,
            credit=info.credit,
            licence=info.licence,
            minimum=minimum,
            inputs=(ADDRESS_MAP,) if minimum else (),
        )
        for name, unit, family, lag, minimum in kinds
    )


def _rows(curve: _Curve) -> Iterator[CsvRow]:
    """Yield all readings: first of each network, then of the country."""
    networks = curve.facts["network"]
    # The country's probing and telescope series are the sums of its networks, so their
    # levels cannot contradict each other.
    country = Entity(EntityKind.COUNTRY, curve.facts["country"])
    responding, sources = [], []
    for index, network in enumerate(networks):
        entity = Entity(EntityKind.ASN, str(network["asn"]))
        level, size = curve.network_levels(index), network["slash24"]
        responding.append(
            np.round(size * level * curve.cycle(0.03) * curve.noise_factor(0.004))
        )
        sources.append(
            # Few hosts send to the telescope, so its counts are low and noisy.
            np.round(size * 0.3 * level * curve.cycle(0.3) * curve.noise_factor(0.05))
        )
        # The routes have no noise, because a route is either announced or withdrawn.
        routes = np.round(size * curve.levels("routes", _ROUTES_DELAY))
        yield from _csv_rows(curve, entity, "ioda.ping-slash24", responding[-1])
        yield from _csv_rows(curve, entity, "ioda.bgp", routes)
        yield from _csv_rows(curve, entity, "ioda.merit-nt", sources[-1])
    total = sum(network["slash24"] for network in networks)
    routes = np.round(total * curve.levels("routes", _ROUTES_DELAY))
    traffic = np.round(
        4000 * curve.levels("traffic") * curve.cycle(0.5) * curve.noise_factor(0.02)
    )
    yield from _csv_rows(
        curve, country, "ioda.ping-slash24", np.sum(responding, axis=0)
    )
    yield from _csv_rows(curve, country, "ioda.bgp", routes)
    yield from _csv_rows(curve, country, "ioda.merit-nt", np.sum(sources, axis=0))
    yield from _csv_rows(curve, country, "ioda.gtr", traffic, stride=3)


def _csv_rows(
    curve: _Curve, entity: Entity, signal: str, values: Floats, stride: int = 1
) -> Iterator[CsvRow]:
    """Yield the readings of one series; only every `stride`-th value is used."""
    for at, value in zip(curve.times[::stride], values[::stride], strict=True):
        text = (f"{at:.0f}", str(entity), signal, f"{value:.0f}")
        yield CsvRow(0, float(at), entity, signal, float(value), text)
