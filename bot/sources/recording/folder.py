"""A recording as a folder holds it.

`recording.toml` says whose they are and what is measured, `series.csv` holds the
readings (see `bot.sources.recording.readings_csv`).
"""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from bot.errors import RecordingError
from bot.model.signal import Family, Signal
from bot.settings import Section
from bot.sources.recording.readings_csv import CsvRow, phase_of, read_rows
from bot.sources.recording.recording import Recording, RecordingInfo, assemble

# What IODA itself asks of an expected value before it judges a count.
_LEAST_COUNT = 20.0


class _SignalEntry(Section):
    step_s: Annotated[int, Field(ge=1, le=7 * 86400)]
    lag_s: Annotated[int, Field(ge=0, le=60 * 86400)]
    unit: Annotated[str, Field(min_length=1)]
    family: Annotated[Family, Field(strict=False)]
    link: str | None = None


class _Header(Section):
    title: Annotated[str, Field(min_length=1)]
    credit: Annotated[str, Field(min_length=1)]
    licence: Annotated[str, Field(min_length=1)]
    note: str = ""
    reconstruction: bool = False
    signals: Annotated[dict[str, _SignalEntry], Field(min_length=1)]


def load(folder: Path) -> Recording:
    """Read the recording in `folder`.

    Raises:
        RecordingError: naming the file (and the line) and what is wrong with it.
    """
    header = _read_header(folder / "recording.toml")
    where = folder / "series.csv"
    rows = read_rows(_text(where), where.name)
    for row in rows:
        if row.signal not in header.signals:
            raise RecordingError(
                f"{where.name}:{row.line}: unknown signal {row.signal!r}"
                " (recording.toml does not describe it)"
            )
    if not rows:
        raise RecordingError(f"{where.name}: there is no reading in it")
    about = RecordingInfo(**header.model_dump(exclude={"signals"}))
    signals = tuple(
        _signal(name, entry, about, [r for r in rows if r.signal == name])
        for name, entry in header.signals.items()
    )
    return assemble(about, signals, rows)


def _read_header(path: Path) -> _Header:
    try:
        return _Header.model_validate(tomllib.loads(_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise RecordingError(f"{path.name}: {error}") from error
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()
        )
        raise RecordingError(f"{path.name}: {problems}") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordingError(f"{path.name}: cannot be read as text") from error


def _signal(
    name: str, entry: _SignalEntry, about: RecordingInfo, rows: list[CsvRow]
) -> Signal:
    relative = entry.unit.casefold().startswith(("index", "percent"))
    return Signal(
        id=name,
        unit=entry.unit,
        step=timedelta(seconds=entry.step_s),
        lag=timedelta(seconds=entry.lag_s),
        family=entry.family,
        credit=about.credit,
        licence=about.licence,
        link=entry.link,
        phase=timedelta(seconds=phase_of(rows, entry.step_s)),
        minimum=0.0 if relative else _LEAST_COUNT,
        # A RIB is a routing table as it stood at one instant.
        snapshot="RIB" in entry.unit,
    )
