"""What only the file channel does: whole lines, and the same bytes for the same posts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.file import FileChannel, FileConfig
from bot.errors import ChannelUnavailable
from tests.contract.rigs.rig import PNG, a_post

TEXTS = (
    "Confirmed: #Iran at 2% of ordinary ⚠️ 🇮🇷 16:30 UTC",
    "تأیید شد: اینترنت در ایران به ۲٪ رسید\nsecond line <b> & \"quotes\" 'single'",
    "Update: level 1% · https://example.org/IR-2026-0108?a=1&b=2\nsecond\n\nthird",
)


def a_file(folder: Path) -> FileChannel:
    return FileChannel("one", FileConfig(path=folder / "posts.jsonl"))


def test_a_line_says_everything_about_its_post(tmp_path: Path) -> None:
    a_file(tmp_path).send(a_post(TEXTS[1], reply_to="IR-2026-0108.0/one"), PNG)
    (line,) = (tmp_path / "posts.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == {
        "incident": "IR-2026-0108",
        "event": "IR-2026-0108.1",
        "at": "2026-01-08T16:30:00+00:00",
        "channel": "one",
        "lang": "en",
        "text": TEXTS[1],
        "length": len(TEXTS[1]),
        "media": [{"file": "charts/c1.png", "alt": "Alt 1 ⚠"}],
        "in_reply_to": "IR-2026-0108.0/one",
    }


@pytest.mark.parametrize("cut", [1, 5, 60, 120])
def test_a_torn_line_was_never_out_and_tears_no_other(tmp_path: Path, cut: int) -> None:
    channel, path = a_file(tmp_path), tmp_path / "posts.jsonl"
    channel.send(a_post("One"), None)
    channel.send(a_post("Two", event=2), None)
    path.write_bytes(path.read_bytes()[:-cut])
    # A cut of one byte takes only the newline, so the post still counts as sent.
    out = channel.find(a_post("Two", event=2))
    assert (out is not None) == (cut == 1)
    channel.send(a_post("Three", event=3), None)
    assert channel.find(a_post("One")) is not None
    assert channel.find(a_post("Three", event=3)) is not None
    assert path.read_text("utf-8").endswith("\n")


def test_a_picture_that_cannot_be_written_never_stops_the_words(tmp_path: Path) -> None:
    (tmp_path / "charts").write_text("a file where the folder should be")
    a_file(tmp_path).send(a_post("One"), PNG)
    assert json.loads((tmp_path / "posts.jsonl").read_text("utf-8"))["media"] == []


def test_a_file_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").mkdir()
    with pytest.raises(ChannelUnavailable):
        a_file(tmp_path).send(a_post("One"), None)
    with pytest.raises(ChannelUnavailable):
        a_file(tmp_path).find(a_post("One"))


def test_a_picture_leaves_no_other_folder(tmp_path: Path) -> None:
    post = a_post("One")
    assert post.picture is not None
    climbing = replace(post.picture, name="../../climbing.png")
    a_file(tmp_path / "deep").send(replace(post, picture=climbing), PNG)
    assert (tmp_path / "deep" / "charts" / "climbing.png").read_bytes() == PNG


def test_the_same_posts_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        for number, text in enumerate(TEXTS):
            a_file(tmp_path / name).send(a_post(text, event=number), PNG)
    a, b = (tmp_path / name / "posts.jsonl" for name in ("a", "b"))
    assert a.read_bytes() == b.read_bytes()
