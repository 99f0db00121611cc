"""What only the file channel does: whole lines, and the same bytes for the same posts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.file import FileChannel, FileConfig
from bot.errors import ChannelUnavailable
from tests.contract.rigs.rig import PNG, make_post

TEXTS = (
    "Confirmed: #Iran at 2% of ordinary ⚠️ 🇮🇷 16:30 UTC",
    "تأیید شد: اینترنت در ایران به ۲٪ رسید\nsecond line <b> & \"quotes\" 'single'",
    "Update: level 1% · https://example.org/IR-2026-0108?a=1&b=2\nsecond\n\nthird",
)


def make_file_channel(folder: Path) -> FileChannel:
    return FileChannel("one", FileConfig(path=folder / "posts.jsonl"))


def test_line_has_all_fields_of_its_post(tmp_path: Path) -> None:
    make_file_channel(tmp_path).send(
        make_post(TEXTS[1], reply_to="IR-2026-0108.0/one"), PNG
    )
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


@pytest.mark.parametrize("cut_bytes", [1, 5, 60, 120])
def test_truncated_line_counts_as_unsent_and_damages_no_other(
    tmp_path: Path, cut_bytes: int
) -> None:
    channel, path = make_file_channel(tmp_path), tmp_path / "posts.jsonl"
    channel.send(make_post("One"), None)
    channel.send(make_post("Two", event=2), None)
    path.write_bytes(path.read_bytes()[:-cut_bytes])
    # A cut of one byte takes only the newline, so the post still counts as sent.
    receipt = channel.find(make_post("Two", event=2))
    assert (receipt is not None) == (cut_bytes == 1)
    channel.send(make_post("Three", event=3), None)
    assert channel.find(make_post("One")) is not None
    assert channel.find(make_post("Three", event=3)) is not None
    assert path.read_text("utf-8").endswith("\n")


def test_text_is_written_if_the_picture_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "charts").write_text("a file where the folder should be")
    make_file_channel(tmp_path).send(make_post("One"), PNG)
    assert json.loads((tmp_path / "posts.jsonl").read_text("utf-8"))["media"] == []


def test_unwritable_file_raises_channel_unavailable(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").mkdir()
    with pytest.raises(ChannelUnavailable):
        make_file_channel(tmp_path).send(make_post("One"), None)
    with pytest.raises(ChannelUnavailable):
        make_file_channel(tmp_path).find(make_post("One"))


def test_picture_is_written_only_into_its_folder(tmp_path: Path) -> None:
    post = make_post("One")
    assert post.picture is not None
    outside_picture = replace(post.picture, name="../../climbing.png")
    make_file_channel(tmp_path / "deep").send(
        replace(post, picture=outside_picture), PNG
    )
    assert (tmp_path / "deep" / "charts" / "climbing.png").read_bytes() == PNG


def test_same_posts_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        for number, text in enumerate(TEXTS):
            make_file_channel(tmp_path / name).send(make_post(text, event=number), PNG)
    a, b = (tmp_path / name / "posts.jsonl" for name in ("a", "b"))
    assert a.read_bytes() == b.read_bytes()
