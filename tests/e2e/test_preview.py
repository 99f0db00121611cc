"""`outagewire preview`, as an editor calls it: no channel, no key, no network."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.channels.registry import DEFAULT_OUTLETS
from bot.user_cache import user_folder
from tests.stories import blackout
from tests.unit.test_preview import PreviewPage


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


def test_recording_is_previewed_on_each_kind_of_channel(recording, tmp_path):
    out = tmp_path / "preview"
    result = preview(tmp_path, recording, "--out", out)
    assert result.returncode == 0, result.stderr
    for name in DEFAULT_OUTLETS:
        assert name in result.stdout
    assert "/280" in result.stdout
    assert "Confirmed:" in result.stdout
    page = PreviewPage(out / "preview.html")
    assert len(page.all("img")) == len(list(out.glob("*.png"))) >= 2
    assert page.marks == []
    assert not list(tmp_path.rglob("*.db"))


def test_several_channels_and_languages_can_be_selected(recording, tmp_path):
    """Each channel and language that is asked for is shown."""
    channels = ("--channel", "telegram", "--channel", "mastodon")
    langs = ("--lang", "zh", "--lang", "fa", "--lang", "zh")
    result = preview(tmp_path, recording, *channels, *langs)
    assert result.returncode == 0, result.stderr
    assert "/1024" in result.stdout
    assert "/500" in result.stdout
    assert "/280" not in result.stdout
    headings = [line.split()[0] for line in result.stdout.splitlines() if " ─" in line]
    assert [heading for heading in headings if heading in {"zh", "fa", "en"}][:2] == [
        "zh",
        "fa",
    ]
    assert headings.count("zh") == headings.count("fa")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--lang", "tlh"], "no language 'tlh'; choose one of ar,"),
        (["--lang", "fa", "--lang", "tlh"], "no language 'tlh'; choose one of ar,"),
        (["--channel", "x", "--channel", "fax"], "no channel 'fax'; choose one of x,"),
        (["--channel", "fax"], "no channel 'fax'; choose one of x, mastodon"),
    ],
)
def test_unknown_choice_gives_an_error_with_the_choices(
    recording, tmp_path, words, message
):
    result = preview(tmp_path, recording, *words)
    assert result.returncode == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_unknown_incident_is_an_error(tmp_path):
    result = preview(tmp_path, "KZ-2022-0104")
    assert result.returncode == 1
    assert "KZ-2022-0104 is not a folder, and there is no store at" in result.stderr
