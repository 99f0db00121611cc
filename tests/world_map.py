"""A program that writes data about countries for the site, from Natural Earth.

Run `python -m tests.world_map` to write the outlines of the map on the front page,
`bot/data/world-map.json`, and `bot/data/country-centres.json` again.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bot.charts.kinds.outlines import countries

_DATA = Path(__file__).parents[1] / "bot/data"
FILE = _DATA / "world-map.json"
CENTRES = _DATA / "country-centres.json"
WIDTH = 960
TOLERANCE = 0.6
"""How far a simplified outline may be from the true one, in units of the map."""
LEAST_AREA = 3.0
"""Smaller islands are left out, unless a country has no larger part."""
LEFT_OUT = {"AQ"}


def main() -> None:
    """Write the outline of each country as an SVG path, and its centre, by code."""
    paths = {
        code: "".join(outline_paths(outline.rings))
        for code, outline in sorted(countries().items())
        if code not in LEFT_OUT
    }
    FILE.write_text(json.dumps(paths, indent=0, sort_keys=True) + "\n", "utf-8")
    lines = ",\n".join(f'"{code}": {json.dumps(at)}' for code, at in centres().items())
    CENTRES.write_text(f"{{\n{lines}\n}}\n", "utf-8")


def centres() -> dict[str, tuple[float, float]]:
    """Return the centre of each country, as degrees east and north, by code."""
    return {code: outline.centre for code, outline in sorted(countries().items())}


def project(degrees):
    """Return points on the map of points in degrees east and north (both n x 2).

    Source: the polynomial of the Natural Earth projection by T. Patterson and B. Savric.
    """
    east = np.radians(degrees[:, 0])
    north = np.radians(np.clip(degrees[:, 1], -58, 84))
    x2 = north * north
    x4 = x2 * x2
    x = east * (
        0.8707 - 0.131979 * x2 + x4 * (-0.013791 + x4 * (0.003971 * x2 - 0.001529 * x4))
    )
    y = north * (
        1.007226 + x2 * (0.015085 + x4 * (-0.044475 + 0.028874 * x2 - 0.005916 * x4))
    )
    scale = WIDTH / (2 * np.pi * 0.8707)
    return np.column_stack([x * scale + WIDTH / 2, -y * scale])


def simplify(points):
    """Return the points that the algorithm of Ramer, Douglas and Peucker keeps."""
    kept = np.zeros(len(points), dtype=bool)
    kept[[0, -1]] = True
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last <= first + 1:
            continue
        line, others = points[last] - points[first], points[first + 1 : last]
        offset, length = others - points[first], np.hypot(*line)
        distance = np.hypot(*offset.T)
        if length > 0:
            cross = line[0] * offset[:, 1] - line[1] * offset[:, 0]
            distance = np.abs(cross) / length
        farthest = int(np.argmax(distance))
        if distance[farthest] > TOLERANCE:
            middle = first + 1 + farthest
            kept[middle] = True
            spans += [(first, middle), (middle, last)]
    return points[kept]


def outline_paths(rings) -> Iterator[str]:
    """Yield the SVG path of each ring that is large enough, the largest ring first."""
    projected = sorted((project(ring) for ring in rings), key=area, reverse=True)
    for number, ring in enumerate(projected):
        # A ring is divided at the point farthest from its start, so that it has two ends.
        middle = int(np.argmax(np.hypot(*(ring - ring[0]).T)))
        halves = simplify(ring[: middle + 1]), simplify(ring[middle:])[1:]
        points = np.rint(np.vstack(halves)).astype(int)
        points = points[np.r_[True, (points[1:] != points[:-1]).any(axis=1)]]
        if (points[0] == points[-1]).all():
            points = points[:-1]
        is_large = len(points) >= 3 and area(ring) >= LEAST_AREA
        if is_large or (number == 0 and len(points) >= 3):
            steps = " ".join(f"{x} {y}" for x, y in np.diff(points, axis=0).tolist())
            yield f"M{points[0][0]} {points[0][1]}l{steps.replace(' -', '-')}z"
        elif number == 0:
            # A country that is smaller than a unit is a small square.
            x, y = np.rint(ring.mean(axis=0)).astype(int)
            yield f"M{x - 1} {y - 1}h2v2h-2z"


def area(ring) -> float:
    """Return the area within a closed ring."""
    x, y = ring.T
    return float(abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2)


if __name__ == "__main__":
    main()
