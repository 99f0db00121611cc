"""A reconstruction is never published as if it were measured, or as present news."""

from collections.abc import Iterator
from contextlib import suppress

import pytest

from bot.errors import BotError
from bot.replay.ioda_config import source_section
from bot.replay.server import ReplayServer
from bot.sources.recording.source import load_recording
from tests.cases.installation import (
    PUBLISH_ALL,
    TOKEN_VARIABLE,
    Installation,
    mastodon_channel,
)
from tests.servers.mastodon_standin import TOKEN, MastodonStandIn

MARK = "[Reconstruction]"


@pytest.fixture
def mastodon(monkeypatch: pytest.MonkeyPatch) -> Iterator[MastodonStandIn]:
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    server = MastodonStandIn().start()
    yield server
    server.stop()


@pytest.fixture
def reconstruction(
    before_the_blackout: Installation, mastodon: MastodonStandIn
) -> Installation:
    """An installation that publishes everything from a reconstruction on a public account."""
    recording_file = before_the_blackout.recording / "recording.toml"
    recording_file.write_text(
        "reconstruction = true\n" + recording_file.read_text("utf-8"), "utf-8"
    )
    channels = {"masto": mastodon_channel(mastodon.base_url)}
    before_the_blackout.configure(channels=channels, policy=PUBLISH_ALL)
    return before_the_blackout


def _run_unless_refused(installation: Installation) -> None:
    with suppress(BotError):
        installation.run(2)


def _unmarked_texts(mastodon: MastodonStandIn) -> list[str]:
    texts = [status.text for status in mastodon.statuses]
    return [text for text in texts if not text.startswith(MARK)]


def test_a_reconstruction_is_never_posted_as_measured(
    reconstruction: Installation, mastodon: MastodonStandIn
) -> None:
    """P16: a reconstruction is refused, not posted, or marked in every post."""
    _run_unless_refused(reconstruction)
    assert _unmarked_texts(mastodon) == []


def test_a_page_of_a_reconstruction_is_marked(reconstruction: Installation) -> None:
    """Report pages are published too, so each must say that it is a reconstruction."""
    _run_unless_refused(reconstruction)
    pages = (reconstruction.home / "site").glob("i/*/index.html")
    texts = [page.read_text("utf-8") for page in pages]
    assert all("reconstruction" in text.lower() for text in texts)


def test_a_served_reconstruction_is_never_posted_as_measured(
    reconstruction: Installation, mastodon: MastodonStandIn
) -> None:
    """The reconstruction is read from `serve-recording`, with the section that it prints."""
    recording = load_recording(reconstruction.recording)
    with suppress(BotError), ReplayServer(recording, reconstruction.clock) as server:
        ioda = source_section(recording, server.base_url)
        reconstruction.configure(sources={"ioda": ioda})
        reconstruction.run(2)
    assert _unmarked_texts(mastodon) == []
