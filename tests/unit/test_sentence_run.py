"""A check of sentences goes on where it stopped, in any number of processes."""

import io
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli.scoring import backtest
from bot.cli.scoring import sentences as command
from bot.cli.scoring.sentence_run import SentenceRun
from bot.cli.scoring.world_pool import check_in_order
from bot.evaluation.sentences.oracle import FalseSentence, SentenceScore
from bot.evaluation.sentences.program_version import program_version
from bot.evaluation.sentences.statements import Kind


def score_of(seed: int) -> SentenceScore:
    """Return a score that tells the world: its seed is the number of statements."""
    wrong = [FalseSentence(seed, "KZ-2026-0203.1", Kind.NOW, f"At {seed}%.")]
    return SentenceScore(Counter({Kind.NOW: seed, Kind.UNREAD: 1}), wrong)


def run_of(out: Path, seeds: range, elapsed=timedelta) -> SentenceRun:
    return SentenceRun(out, seeds, Console(file=io.StringIO()), elapsed)


def check(out: Path, seeds: range) -> bytes:
    """Check made-up worlds; return the bytes of the file."""
    run = run_of(out, seeds)
    for seed in run.remaining_worlds:
        run.add(score_of(seed))
    run.finish()
    return (out / "sentences.json").read_bytes()


def test_a_check_goes_on_after_the_last_world(tmp_path):
    whole = check(tmp_path / "whole", range(3, 9))
    check(tmp_path / "parts", range(3, 6))
    assert run_of(tmp_path / "parts", range(3, 9)).remaining_worlds == range(6, 9)
    assert check(tmp_path / "parts", range(3, 9)) == whole
    assert run_of(tmp_path / "parts", range(3, 9)).remaining_worlds == range(9, 9)


@pytest.mark.parametrize("seeds", [range(4, 9), range(3, 5)])
def test_other_worlds_are_checked_from_the_first(tmp_path, seeds):
    check(tmp_path, range(3, 6))
    assert run_of(tmp_path, seeds).remaining_worlds == seeds


@pytest.mark.parametrize("content", ["{", "[]", '{"worlds": 3}', None])
def test_another_version_or_an_invalid_file_is_not_continued(tmp_path, content):
    document = json.loads(check(tmp_path, range(3, 6)))
    text = content or json.dumps(document | {"program": "0.0.9+0"})
    (tmp_path / "sentences.json").write_text(text, "utf-8")
    assert run_of(tmp_path, range(3, 9)).remaining_worlds == range(3, 9)


def test_progress_is_printed_and_stored_by_time(tmp_path):
    now = [0]
    printed = io.StringIO()
    console = Console(file=printed)
    run = SentenceRun(tmp_path, range(1, 9), console, lambda: timedelta(seconds=now[0]))
    run.add(score_of(1))
    assert not (tmp_path / "sentences.json").exists()
    now[0] = 6
    run.add(None)
    assert json.loads((tmp_path / "sentences.json").read_text())["worlds"] == 1
    assert "1 worlds: 1 statements checked" in printed.getvalue()


def test_a_check_that_fails_writes_what_was_done(tmp_path, monkeypatch):
    def failing(seed, *_):
        if seed == 3:
            raise KeyboardInterrupt
        return score_of(seed)

    monkeypatch.setattr(command, "check_world", failing)
    with pytest.raises(KeyboardInterrupt):
        backtest.backtest(
            tmp_path,
            check_sentences=lambda: command.check_worlds(tmp_path, range(1, 9)),
        )
    assert json.loads((tmp_path / "sentences.json").read_text())["worlds"] == 2
    page = (tmp_path / "scorecard" / "index.html").read_text("utf-8")
    assert "number 1 to 2" in page


def test_the_version_names_the_code():
    assert program_version() == program_version()
    assert program_version().startswith("0.1.0+")


def test_several_processes_give_the_scores_in_order():
    scores = [s for s in check_in_order(score_of, range(1, 6), 2) if s is not None]
    assert scores == [score_of(seed) for seed in range(1, 6)]


def test_the_number_of_processes_does_not_change_the_file(tmp_path):
    for workers in (1, 2):
        command.check_worlds(tmp_path / str(workers), range(1, 4), workers)
    one, two = (tmp_path / str(n) / "sentences.json" for n in (1, 2))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    "stop", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)]
)
def test_a_stop_writes_what_was_done_and_exits_with_its_number(tmp_path, stop):
    command_line = [*(sys.executable, "-m", "bot", "backtest", "--sentences", "3000")]
    with subprocess.Popen(
        [*command_line, "--out", tmp_path, "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.split(" ")[0] != "0":
                break
        # A terminal sends Ctrl-C to every process of its group, and others only to one.
        if stop == signal.SIGINT:
            os.killpg(process.pid, stop)
        else:
            process.send_signal(stop)
        out, errors = process.communicate(timeout=120)
    assert process.returncode == 128 + stop, errors
    assert "Traceback" not in errors
    assert json.loads((tmp_path / "sentences.json").read_text())["worlds"] > 0
    assert (tmp_path / "scorecard" / "index.html").is_file()
    assert "Written to" in out
