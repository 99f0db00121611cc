"""Load a recording from its folder.

`recording.toml` has the credit, the licence and the signals; `series.csv` has the
readings (see `bot.sources.recording.readings_csv`).
"""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from bot.characters import character_problem, escape_hidden
from bot.errors import RecordingError
from bot.model.signal import ADDRESS_MAP, Family, Signal
from bot.settings import Section
from bot.sources.recording.readings_csv import CsvRow, estimate_phase, read_rows
from bot.sources.recording.recording import Recording, RecordingInfo, assemble_recording

# IODA's own detection ignores counts whose expected value is below this number.
_MIN_COUNT = 20.0
# The highest valid values. No count of addresses, blocks or routes is above the number
# of IPv4 addresses. An index has no natural limit; its limit only rejects corrupt
# numbers.
_MAX_COUNT, _MAX_INDEX = 2.0**32, 1e12


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


def load_recording(folder: Path) -> Recording:
    """Load the recording in `folder`.

    Raises:
        RecordingError: a file is missing or invalid. The message names the file and, if
            a line is wrong, the line.
    """
    header = _read_header(folder / "recording.toml")
    csv_path = folder / "series.csv"
    rows = read_rows(_text(csv_path), csv_path.name)
    for row in rows:
        if row.signal not in header.signals:
            raise RecordingError(
                f"{csv_path.name}:{row.line}: unknown signal {row.signal!r};"
                " describe it in recording.toml"
            )
    if not rows:
        raise RecordingError(f"{csv_path.name}: the file has no readings")
    about = RecordingInfo(**header.model_dump(exclude={"signals"}))
    signals = tuple(
        _signal(name, entry, about, [r for r in rows if r.signal == name])
        for name, entry in header.signals.items()
    )
    return assemble_recording(about, signals, rows)


def _read_header(path: Path) -> _Header:
    try:
        header = _Header.model_validate(tomllib.loads(_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise RecordingError(f"{path.name}: {error}") from error
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()
        )
        raise RecordingError(f"{path.name}: {problems}") from error
    _check_characters(header, path.name)
    return header


def _check_characters(header: _Header, where: str) -> None:
    """Raise RecordingError if a text that is published has hidden characters."""
    texts = {name: getattr(header, name) for name in ("title", "credit", "licence")}
    texts |= {f"signals.{escape_hidden(name)}": name for name in header.signals}
    for name, entry in header.signals.items():
        texts |= {f"signals.{escape_hidden(name)}.unit": entry.unit}
        texts |= {f"signals.{escape_hidden(name)}.link": entry.link or ""}
    for key, text in texts.items():
        if problem := character_problem(text, check_alphabets=False):
            raise RecordingError(f"{where}: {key} {problem}")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordingError(
            f"{path.name}: the file cannot be read as UTF-8 text"
        ) from error


def _signal(
    name: str, entry: _SignalEntry, info: RecordingInfo, rows: list[CsvRow]
) -> Signal:
    # An index or a percentage does not tell how large a place is. With these units,
    # `minimum` is therefore 0, and series with a low baseline are kept.
    relative = entry.unit.casefold().startswith(("index", "percent"))
    return Signal(
        id=name,
        unit=entry.unit,
        step=timedelta(seconds=entry.step_s),
        lag=timedelta(seconds=entry.lag_s),
        family=entry.family,
        credit=info.credit,
        licence=info.licence,
        link=entry.link,
        phase=timedelta(seconds=estimate_phase(rows, entry.step_s)),
        minimum=0.0 if relative else _MIN_COUNT,
        # A RIB (a dump of a routing table) shows one instant instead of a whole bin.
        snapshot="RIB" in entry.unit,
        maximum=_MAX_INDEX if relative else _MAX_COUNT,
        # A signal that is a count, not an index, depends on a map of addresses to places.
        inputs=() if relative else (ADDRESS_MAP,),
    )
