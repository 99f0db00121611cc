"""Review in a fresh installation: e-mail to the editors, their command, then the post.

No policy is configured, so every draft waits for a person (P16). The e-mails go through
a real SMTP server, each command runs in a process of its own, and approved drafts are
posted to a real server with the Mastodon API.
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
from bot.channels.shared.read_back import normalized_text
from bot.config import loading as configuration
from bot.model.draft import Action, DraftState
from bot.store.drafts import StoredDrafts
from tests import stories
from tests.recordings import SHARED
from tests.servers.reading import reader_of
from tests.servers.smtp import Mailbox
from tests.servers.snac import Snac, snac_with_account

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
IRAN = SHARED / "data" / "recordings" / "iran-2026-01"
HOURS = 4
EDITED = "Confirmed, and edited by a person: connectivity in #Iran is very low."


class StoryTimeClock:
    """The loop's clock, which shows a time during the recorded outage.

    Commands and servers use the machine's clock instead.
    """

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def sleep(self, duration: timedelta) -> None:
        self.at += duration


@dataclass
class EditorHarness:
    """A live application whose drafts wait for editors.

    Calling the harness with words runs `outagewire drafts` with these words, in a
    process of its own.
    """

    application: bootstrap.Application
    config: Path
    mailbox: Mailbox
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

    def advance(self, hours: float, stride: float = 0.5) -> None:
        """Let `hours` pass, with a tick after every `stride` hours."""
        for _ in range(int(hours / stride)):
            self.application.clock.sleep(timedelta(hours=stride))
            self.application.runner.tick()

    def drafts(self) -> dict[str, DraftState]:
        return {draft.id: draft.state for draft in self.application.store.drafts.all()}

    def statuses(self) -> list[dict[str, Any]]:
        """Return the account's statuses, oldest first."""
        account_id = self.reader.account_verify_credentials()["id"]
        return [dict(s) for s in self.reader.account_statuses(account_id, limit=40)][
            ::-1
        ]

    def notes(self, draft: str) -> list[str]:
        drafts = self.application.store.drafts
        assert isinstance(drafts, StoredDrafts)
        return [step.note for step in drafts.history(draft)]


# Before its first posts, a new store searches the account. If it finds posts of another
# test there, a person must decide on its own posts. So each test that posts needs an
# account of its own: one has `snac`, the others have `unused_snac`.
@pytest.fixture(scope="module")
def snac(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snac]:
    """A server that the tests of this module share."""
    yield from snac_with_account(tmp_path_factory.mktemp("snac"))


@pytest.fixture
def unused_snac(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snac]:
    """A server for one test."""
    yield from snac_with_account(tmp_path_factory.mktemp("snac"))


def running_harness(
    home: Path, folder: Path, start: datetime, snac: Snac, mailbox_server: Mailbox
) -> Iterator[EditorHarness]:
    masto = {"kind": "mastodon", "base_url": snac.base_url, "token": "env:MASTO_TOKEN"}
    editors = {
        "kind": "mail",
        "host": "127.0.0.1",
        "port": mailbox_server.port,
        "security": "none",
        "sender": "wire@outages.example",
        "to": ["desk@news.example"],
    }
    sections = stories.settings(home, folder, {"masto": masto}, "60d", editors=editors)
    # The tests of other modules post about the same incident with the same account. A
    # post with the same link would be found there, and not be posted again.
    sections["site"]["base_url"] = "https://review.example.org"
    config = home / "config.toml"
    config.write_text(tomlkit.dumps(sections), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MASTO_TOKEN", snac.token)
        settings = configuration.load_config(config)
        application = bootstrap.build_live(
            settings, StoryTimeClock(start), bootstrap.BackfillProgress()
        )
        application.runner.open()
        yield EditorHarness(application, config, mailbox_server, reader_of(snac))
        application.store.close()


@pytest.fixture(scope="module")
def stopped(
    snac: Snac, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Mailbox]:
    """The folder of an application that was stopped after its first confirmation."""
    home, mailbox_server = tmp_path_factory.mktemp("review"), Mailbox().start()
    recording = stories.blackout(home / "recording")
    for harness in running_harness(home, recording, stories.FALL, snac, mailbox_server):
        harness.advance(HOURS)
    mailbox_server.stop()
    return home, mailbox_server


@pytest.fixture
def harness(
    stopped: tuple[Path, Mailbox], snac: Snac, mailbox: Mailbox, tmp_path: Path
) -> Iterator[EditorHarness]:
    """An application in which the blackout has just been confirmed."""
    home, mailbox_server = stopped
    shutil.copytree(home, tmp_path, dirs_exist_ok=True)
    mailbox.raw.extend(mailbox_server.raw)
    now = stories.FALL + timedelta(hours=HOURS)
    yield from running_harness(tmp_path, tmp_path / "recording", now, snac, mailbox)


@pytest.mark.slow
def test_first_draft_of_iran_is_edited_approved_and_posted(
    unused_snac, mailbox, tmp_path
):
    """A draft about a real recording is e-mailed, edited, approved and posted."""
    if not IRAN.is_dir():
        pytest.skip(
            "iran-2026-01 is not here: its licence keeps it out of the repository"
        )
    start = stories.START + timedelta(days=3, hours=14)  # 8 January, before the drop
    for harness in running_harness(tmp_path, IRAN, start, unused_snac, mailbox):
        harness.advance(4)
        first = next(iter(harness.drafts()))
        assert first == "IR-2026-0108.1"
        _check_email(harness, first)
        before = len(harness.statuses())
        too_much = _edit(harness, first, f"{EDITED} (8 January)")
        assert too_much.returncode == 1
        assert "It was never confirmed: the state is suspected." in too_much.stderr
        words = f"{EDITED.replace('Confirmed', 'Suspected')} (8 January)"
        assert _edit(harness, first, words).returncode == 0
        _approve(harness, first, "two sources", version=2)
        assert len(harness.statuses()) == before
        harness.advance(0.5)
        status = harness.statuses()[-1]
        assert normalized_text(status["text"]) == words
        picture = harness.application.store.drafts.get(first).picture
        assert picture is not None
        (media,) = status["media_attachments"]
        assert media["description"] == picture.alt


def test_nothing_is_posted_without_approval(harness):
    """P16: every draft waits, and nothing is posted."""
    before = harness.statuses()
    harness.advance(30)
    assert set(harness.drafts().values()) == {DraftState.WAITING}
    assert len(harness.drafts()) >= 2
    assert harness.statuses() == before
    actions = {d.action for d in harness.application.store.drafts.decisions()}
    assert actions == {Action.REVIEW}
    assert len(harness.mailbox.emails) == len(harness.drafts())


def test_approved_draft_is_posted_as_it_was_shown(harness):
    (draft,) = harness.drafts()
    _check_email(harness, draft)
    listed = harness("list").stdout
    assert draft in listed
    assert "waiting" in listed
    shown = harness("show", draft).stdout
    stored_draft = harness.application.store.drafts.get(draft)
    assert stored_draft.text_for("masto").body in shown
    assert stored_draft.picture.alt in shown
    approved = harness("approve", draft, "--reason", "checked with an operator")
    assert approved.returncode == 0, approved.stderr
    harness.advance(0.5)
    status = harness.statuses()[-1]
    assert normalized_text(status["text"]) == normalized_text(
        stored_draft.text_for("masto").body
    )
    assert status["media_attachments"][0]["description"] == stored_draft.picture.alt
    # P17: the reason is stored with the decision.
    assert harness.notes(draft)[-1] == "checked with an operator"
    second_approval = harness("approve", draft, "--reason", "once more")
    assert second_approval.returncode == 1
    assert second_approval.stderr.count("\n") == 1
    assert "was already approved: checked with an operator" in second_approval.stderr
    harness.advance(2)
    assert harness.statuses()[-1]["id"] == status["id"]


def test_edit_keeps_the_picture_and_each_reason(harness):
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
    without_reason = harness("reject", draft)
    assert without_reason.returncode == 1
    assert "--reason" in without_reason.stderr
    assert harness("reject", draft, "--reason", "it was maintenance").returncode == 0
    statuses_before = harness.statuses()
    harness.advance(1)
    assert harness.statuses() == statuses_before
    late_approval = harness("approve", draft, "--reason", "or not")
    assert late_approval.returncode == 1
    assert "was already rejected: it was maintenance" in late_approval.stderr


def test_edit_with_an_unsupported_claim_is_refused_and_marked(harness):
    """P7, P8: an edit that states a cause is refused, even with a second person."""
    (draft,) = harness.drafts()
    words = "Connectivity in #Iran is very low, by order of the regime."
    file = harness.config.with_name("words.txt")
    file.write_text(words, "utf-8")
    arguments = ("--channel", "masto", "--file", str(file), "--reason", "clearer")
    refused = harness("edit", draft, *arguments, "--second", "Ana")
    assert refused.returncode == 1
    opened, closed = (
        "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
    )
    assert f"{opened}by order{closed} of the {opened}regime{closed}" in refused.stdout
    assert "(cause): The cause is not known" in refused.stderr
    assert harness.application.store.drafts.get(draft).version == 1


@pytest.mark.slow
def test_second_person_can_approve_context_and_is_stored(harness):
    (draft,) = harness.drafts()
    words = "Connectivity in #Iran is very low amid protests."
    without_second = _edit(harness, draft, words)
    assert without_second.returncode == 1
    assert "--second NAME" in without_second.stderr
    arguments = ("--channel", "masto", "--text", words, "--reason", "two papers say so")
    with_second = harness("edit", draft, *arguments, "--second", "Ana")
    assert with_second.returncode == 0, with_second.stderr
    assert "Ana takes responsibility for these words." in with_second.stdout
    text = harness.application.store.drafts.get(draft).text_for("masto")
    assert text is not None
    assert text.second == "Ana"
    _approve(harness, draft, "checked", version=2)


@pytest.mark.slow
def test_held_draft_is_posted_after_a_later_approval(unused_snac, mailbox, tmp_path):
    recording = stories.blackout(tmp_path / "recording")
    for harness in running_harness(
        tmp_path, recording, stories.FALL, unused_snac, mailbox
    ):
        harness.advance(HOURS)
        _hold_then_approve(harness)


def _hold_then_approve(harness: EditorHarness) -> None:
    (draft,) = harness.drafts()
    assert _edit(harness, draft, "Connectivity in #Iran is low.").returncode == 0
    assert harness("hold", draft, "--reason", "asking the operator").returncode == 0
    harness.advance(1)
    assert harness.statuses() == []
    assert "on hold" in harness("list").stdout
    _approve(harness, draft, "the operator agrees", version=2)
    harness.advance(0.5)
    assert len(harness.statuses()) == 1
    notes = ["shorter", "asking the operator", "the operator agrees"]
    assert harness.notes(draft)[1:] == notes


def _edit(
    harness: EditorHarness, draft: str, words: str
) -> subprocess.CompletedProcess[str]:
    file = harness.config.with_name("words.txt")
    file.write_text(words, "utf-8")
    text_arguments = ("--text", words) if len(words) < 1000 else ("--file", str(file))
    return harness(
        "edit", draft, "--channel", "masto", *text_arguments, "--reason", "shorter"
    )


def _approve(harness: EditorHarness, draft: str, reason: str, version: int) -> None:
    """Approve an edited draft, whose version that was read must be named."""
    approved = harness("approve", draft, "--reason", reason, "--version", str(version))
    assert approved.returncode == 0, approved.stderr


def _check_email(harness: EditorHarness, draft: str) -> None:
    """Check that the first e-mail names the draft, has its text, and shows its chart inline."""
    message = harness.mailbox.emails[0]
    plain = message.get_body(("plain",))
    assert plain is not None
    message_text = str(message["Subject"]) + plain.get_content()
    assert draft in message_text
    words = harness.application.store.drafts.get(draft).text_for("masto")
    assert words is not None
    assert normalized_text(words.body) in normalized_text(message_text)
    (image,) = (
        part for part in message.walk() if part.get_content_type() == "image/png"
    )
    assert image.get_content_disposition() == "inline"
    with PIL.Image.open(io.BytesIO(image.get_content())) as chart:
        assert chart.size == (1600, 900)
