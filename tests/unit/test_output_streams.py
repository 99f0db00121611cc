"""The output of a run: streams that fail, are closed, or lack characters."""

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
import structlog
from rich.console import Console

from bot.cli.output.console import TolerantStream, configure_logging, standard_output


def full_disk() -> IO[bytes]:
    """Return a file on a full disk."""
    return Path("/dev/full").open("wb", 0)


def ended_reader() -> IO[bytes]:
    """Return a pipe whose reader has ended."""
    reader, writer = os.pipe()
    os.close(reader)
    return os.fdopen(writer, "wb", 0)


@pytest.fixture(params=[full_disk, ended_reader, None])
def broken_output(request, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Replace the standard streams; None is the value of a closed standard stream."""
    if request.param is None:
        monkeypatch.setattr(sys, "stdout", None)
        monkeypatch.setattr(sys, "stderr", None)
        yield
    else:
        with request.param() as raw, io.TextIOWrapper(raw, write_through=True) as text:
            monkeypatch.setattr(sys, "stdout", text)
            monkeypatch.setattr(sys, "stderr", text)
            yield
            monkeypatch.undo()
    structlog.reset_defaults()


@pytest.mark.parametrize("style", ["plain", "json"])
def test_output_that_cannot_be_written_is_dropped(broken_output, style):
    """P19: a full disk or an ended reader of the output must not end the watch."""
    configure_logging(style)
    structlog.get_logger("x").error("tick failed", exc_info=ValueError("x"))
    Console(file=standard_output()).print("Watching.")


def test_character_that_a_stream_lacks_is_escaped():
    raw = io.BytesIO()
    stream = TolerantStream(io.TextIOWrapper(raw, "ascii"))
    stream.write("Türkiye\n")
    stream.flush()
    assert raw.getvalue() == b"T\\xfcrkiye\n"
