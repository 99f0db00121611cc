"""Review in a fresh installation: a letter to the editors, their command, then the post.

No policy is configured, so every draft waits for a person (P16). The letters go through a
real SMTP server, each command is a process of its own, and approved drafts are posted to a
real server with the Mastodon API.
"""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import mastodon
import PIL.Image
import pytest
import tomlkit

from bot import bootstrap
from bot.channels.shared.read_back import words_of
from bot.config import loading as configuration
from bot.model.draft import Action, DraftState
from bot.store.drafts import StoredDrafts
from tests import stories
from tests.recordings import SHARED
from tests.servers.reading import reader_of
from tests.servers.smtp import Mailbox
from tests.servers.snac import Snac

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
IRAN = SHARED / "data" / "recordings" / "iran-2026-01"
HOURS = 4
EDITED = "Confirmed, and edited by a person: connectivity in #Iran is very low."


class EditorsClock:
    """The loop's clock, in the story's time; commands and servers use the machine's clock."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def sleep(self, duration: timedelta) -> None:
        self.at += duration


@dataclass
class EditorHarness:
    """A live application; calling it runs a command of its editors."""

    application: bootstrap.Application
    config: Path
    box: Mailbox
    reader: mastodon.Mastodon

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", "drafts", *words, "--config", self.config],
            cwd=ROOT,
            env={**os.environ, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )

    def walk(self, hours: float, stride: float = 0.5) -> None:
        """Let `hours` pass, with a tick after every `stride` hours."""
        for _ in range(int(hours / stride)):
            self.application.clock.sleep(timedelta(hours=stride))
            self.application.runner.tick()

    def drafts(self) -> dict[str, DraftState]:
        return {draft.id: draft.state for draft in self.application.store.drafts.all()}

    def statuses(self) -> list[dict[str, Any]]:
        """Return the account's statuses, oldest first."""
        me = self.reader.account_verify_credentials()["id"]
        return [dict(s) for s in self.reader.account_statuses(me, limit=40)][::-1]

    def notes(self, draft: str) -> list[str]:
        drafts = self.application.store.drafts
        assert isinstance(drafts, StoredDrafts)
        return [step.note for step in drafts.history(draft)]


def running_harness(
    home: Path, folder: Path, begins: datetime, snac: Snac, box: Mailbox
) -> Iterator[EditorHarness]:
    masto = {"kind": "mastodon", "base_url": snac.base_url, "token": "env:MASTO_TOKEN"}
    editors = {
        "kind": "mail",
        "host": "127.0.0.1",
        "port": box.port,
        "security": "none",
        "sender": "wire@outages.example",
        "to": ["desk@news.example"],
    }
    sections = stories.settings(home, folder, {"masto": masto}, "60d", editors=editors)
    config = home / "config.toml"
    config.write_text(tomlkit.dumps(sections), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MASTO_TOKEN", snac.token)
        settings = configuration.load(config)
        application = bootstrap.build_live(
            settings, EditorsClock(begins), bootstrap.BackfillProgress()
        )
        application.runner.open()
        yield EditorHarness(application, config, box, reader_of(snac))
        application.store.close()


@pytest.fixture(scope="module")
def stopped(
    snac: Snac, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Mailbox]:
    """The folder of an application that was stopped after its first confirmation."""
    home, box = tmp_path_factory.mktemp("review"), Mailbox().start()
    recording = stories.blackout(home / "recording")
    for harness in running_harness(home, recording, stories.FALL, snac, box):
        harness.walk(HOURS)
    box.stop()
    return home, box


@pytest.fixture
def harness(
    stopped: tuple[Path, Mailbox], snac: Snac, mailbox: Mailbox, tmp_path: Path
) -> Iterator[EditorHarness]:
    """An application in which the blackout has just been confirmed."""
    home, box = stopped
    shutil.copytree(home, tmp_path, dirs_exist_ok=True)
    mailbox.raw.extend(box.raw)
    now = stories.FALL + timedelta(hours=HOURS)
    yield from running_harness(tmp_path, tmp_path / "recording", now, snac, mailbox)


@pytest.mark.slow
def test_irans_first_draft_is_edited_approved_and_stands_there(snac, mailbox, tmp_path):
    """A draft about a real recording goes through letter, edit and approval to the post."""
    if not IRAN.is_dir():
        pytest.skip(
            "iran-2026-01 is not here: its licence keeps it out of the repository"
        )
    begins = stories.START + timedelta(days=3, hours=14)  # 8 January, before the drop
    for harness in running_harness(tmp_path, IRAN, begins, snac, mailbox):
        harness.walk(4)
        first = next(iter(harness.drafts()))
        assert first == "IR-2026-0108.1"
        _check_letter(harness, first)
        before = len(harness.statuses())
        too_much = _edit(harness, first, f"{EDITED} (8 January)")
        assert too_much.returncode == 1
        assert "It was never confirmed: the state is suspected." in too_much.stderr
        words = f"{EDITED.replace('Confirmed', 'Suspected')} (8 January)"
        assert _edit(harness, first, words).returncode == 0
        assert harness("approve", first, "--reason", "two sources").returncode == 0
        assert len(harness.statuses()) == before
        harness.walk(0.5)
        status = harness.statuses()[-1]
        assert words_of(status["text"]) == words
        picture = harness.application.store.drafts.get(first).picture
        assert picture is not None
        (media,) = status["media_attachments"]
        assert media["description"] == picture.alt


def test_nothing_goes_out_that_nobody_approved(harness):
    """P16: every draft waits, and nothing is posted."""
    before = harness.statuses()
    harness.walk(30)
    assert set(harness.drafts().values()) == {DraftState.WAITING}
    assert len(harness.drafts()) >= 2
    assert harness.statuses() == before
    actions = {d.action for d in harness.application.store.drafts.decisions()}
    assert actions == {Action.REVIEW}
    assert len(harness.box.letters) == len(harness.drafts())


def test_an_approved_draft_goes_out_exactly_as_it_was_seen(harness):
    (draft,) = harness.drafts()
    _check_letter(harness, draft)
    listed = harness("list").stdout
    assert draft in listed
    assert "waiting" in listed
    shown = harness("show", draft).stdout
    seen = harness.application.store.drafts.get(draft)
    assert seen.text_for("masto").body in shown
    assert seen.picture.alt in shown
    approved = harness("approve", draft, "--reason", "checked with an operator")
    assert approved.returncode == 0, approved.stderr
    harness.walk(0.5)
    status = harness.statuses()[-1]
    assert words_of(status["text"]) == words_of(seen.text_for("masto").body)
    assert status["media_attachments"][0]["description"] == seen.picture.alt
    # P17: the reason is stored with the decision.
    assert harness.notes(draft)[-1] == "checked with an operator"
    again = harness("approve", draft, "--reason", "once more")
    assert again.returncode == 1
    assert again.stderr.count("\n") == 1
    assert "was already approved: checked with an operator" in again.stderr
    harness.walk(2)
    assert harness.statuses()[-1]["id"] == status["id"]


def test_an_edit_keeps_the_picture_and_every_reason(harness):
    (draft,) = harness.drafts()
    before = harness.application.store.drafts.get(draft)
    too_long = _edit(harness, draft, "much too long " * 10_000)
    assert too_long.returncode == 1
    assert "the text has 139999 characters, too many for masto" in too_long.stderr
    assert _edit(harness, draft, "Nobody says this").returncode == 0
    assert _edit(harness, draft, EDITED).returncode == 0
    after = harness.application.store.drafts.get(draft)
    assert (after.picture, after.version) == (before.picture, 3)
    assert after.text_for("masto").body == EDITED
    assert harness.notes(draft) == [before.note, "shorter", "shorter"]
    wordless = harness("reject", draft)
    assert wordless.returncode == 1
    assert "--reason" in wordless.stderr
    assert harness("reject", draft, "--reason", "it was maintenance").returncode == 0
    statuses_before = harness.statuses()
    harness.walk(1)
    assert harness.statuses() == statuses_before
    late = harness("approve", draft, "--reason", "or not")
    assert late.returncode == 1
    assert "was already rejected: it was maintenance" in late.stderr


def test_an_edit_that_claims_too_much_is_refused_with_its_words_marked(harness):
    """P7, P8: no second person can approve a cause stated as the program's own claim."""
    (draft,) = harness.drafts()
    words = "Connectivity in #Iran is very low, by order of the regime."
    file = harness.config.with_name("words.txt")
    file.write_text(words, "utf-8")
    given = ("--channel", "masto", "--file", str(file), "--reason", "clearer")
    refused = harness("edit", draft, *given, "--second", "Ana")
    assert refused.returncode == 1
    opened, closed = (
        "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
    )
    assert f"{opened}by order{closed} of the {opened}regime{closed}" in refused.stdout
    assert "(cause): The cause is not known" in refused.stderr
    assert harness.application.store.drafts.get(draft).version == 1


@pytest.mark.slow
def test_a_second_person_answers_for_context_and_is_kept_with_it(harness):
    (draft,) = harness.drafts()
    words = "Connectivity in #Iran is very low amid protests."
    alone = _edit(harness, draft, words)
    assert alone.returncode == 1
    assert "--second NAME" in alone.stderr
    given = ("--channel", "masto", "--text", words, "--reason", "two papers say so")
    both = harness("edit", draft, *given, "--second", "Ana")
    assert both.returncode == 0, both.stderr
    assert "Ana takes responsibility for these words." in both.stdout
    text = harness.application.store.drafts.get(draft).text_for("masto")
    assert text is not None
    assert text.second == "Ana"
    assert harness("approve", draft, "--reason", "checked").returncode == 0


@pytest.mark.slow
def test_a_draft_put_aside_goes_out_when_it_is_approved_later(harness):
    (draft,) = harness.drafts()
    assert harness("hold", draft, "--reason", "asking the operator").returncode == 0
    statuses_before = harness.statuses()
    harness.walk(1)
    assert harness.statuses() == statuses_before
    assert "held" in harness("list").stdout
    assert harness("approve", draft, "--reason", "the operator agrees").returncode == 0
    harness.walk(0.5)
    assert len(harness.statuses()) == len(statuses_before) + 1
    assert harness.notes(draft)[1:] == ["asking the operator", "the operator agrees"]


def _edit(
    harness: EditorHarness, draft: str, words: str
) -> subprocess.CompletedProcess[str]:
    file = harness.config.with_name("words.txt")
    file.write_text(words, "utf-8")
    given = ("--text", words) if len(words) < 1000 else ("--file", str(file))
    return harness("edit", draft, "--channel", "masto", *given, "--reason", "shorter")


def _check_letter(harness: EditorHarness, draft: str) -> None:
    """Check that the first letter names the draft, has its text, and shows its chart inline."""
    letter = harness.box.letters[0]
    plain = letter.get_body(("plain",))
    assert plain is not None
    letter_text = str(letter["Subject"]) + plain.get_content()
    assert draft in letter_text
    words = harness.application.store.drafts.get(draft).text_for("masto")
    assert words is not None
    assert words_of(words.body) in words_of(letter_text)
    (image,) = (
        part for part in letter.walk() if part.get_content_type() == "image/png"
    )
    assert image.get_content_disposition() == "inline"
    with PIL.Image.open(io.BytesIO(image.get_content())) as chart:
        assert chart.size == (1600, 900)
