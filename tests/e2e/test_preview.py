"""`outagewire preview`, as an editor calls it: no channel, no key, no network."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.channels.registry import DEFAULT_OUTLETS
from bot.user_cache import user_folder
from tests.stories import blackout
from tests.unit.test_preview import Page


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return blackout(tmp_path_factory.mktemp("story") / "recording")


def preview(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run `outagewire preview` in the folder `home`, without a configuration."""
    command = [sys.executable, "-m", "bot", "preview", *map(str, words)]
    root = Path(__file__).parents[2]
    return subprocess.run(
        command,
        cwd=home,
        env={
            "PYTHONPATH": str(root),
            "COLUMNS": "120",
            "HOME": str(home),
            # The tests share a cache, so that kernel and fonts are prepared only once.
            "XDG_CACHE_HOME": str(user_folder().parent),
        },
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def test_a_recording_is_previewed_on_every_kind_of_channel(recording, tmp_path):
    out = tmp_path / "preview"
    done = preview(tmp_path, recording, "--out", out)
    assert done.returncode == 0, done.stderr
    for name in DEFAULT_OUTLETS:
        assert name in done.stdout
    assert "/280" in done.stdout
    assert "Confirmed:" in done.stdout
    page = Page(out / "preview.html")
    assert len(page.of("img")) == len(list(out.glob("*.png"))) >= 2
    assert page.marks == []
    assert not (tmp_path / "var").exists()


def test_several_channels_and_languages_can_be_asked_for(recording, tmp_path):
    """Each channel and language that is asked for is shown."""
    channels = ("--channel", "telegram", "--channel", "mastodon")
    langs = ("--lang", "zh", "--lang", "fa", "--lang", "zh")
    done = preview(tmp_path, recording, *channels, *langs)
    assert done.returncode == 0, done.stderr
    assert "/1024" in done.stdout
    assert "/500" in done.stdout
    assert "/280" not in done.stdout
    heads = [line.split()[0] for line in done.stdout.splitlines() if " ─" in line]
    assert [head for head in heads if head in {"zh", "fa", "en"}][:2] == ["zh", "fa"]
    assert heads.count("zh") == heads.count("fa")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--lang", "tlh"], "no language 'tlh'; choose one of ar, en"),
        (["--lang", "fa", "--lang", "tlh"], "no language 'tlh'; choose one of ar, en"),
        (["--channel", "x", "--channel", "fax"], "no channel 'fax'; choose one of x,"),
        (["--channel", "fax"], "no channel 'fax'; choose one of x, mastodon"),
    ],
)
def test_what_there_is_not_is_said_with_what_there_is(
    recording, tmp_path, words, message
):
    done = preview(tmp_path, recording, *words)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_an_incident_that_is_not_on_record_is_an_error(tmp_path):
    (tmp_path / "var").mkdir()
    done = preview(tmp_path, "KZ-2022-0104")
    assert done.returncode == 1
    assert "neither a stored incident nor a folder" in done.stderr
