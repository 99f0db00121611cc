"""A manual correction becomes one event of its incident (P11, P17)."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import bootstrap
from bot.clock import StillClock
from bot.editorial.manual_corrections import ManualCorrections
from bot.errors import BotError, StoreError
from bot.model.incident import EventKind, State
from bot.store.sql_store import SqlStore
from tests import stories
from tests.stories import blackout, publishing_config

SITE = "https://outagewire.example.org"
STATEMENT = "The drop was planned maintenance."


@pytest.fixture(scope="module")
def prepared_folder(tmp_path_factory) -> Path:
    """Return the folder of an application that was stopped six hours into a blackout."""
    home = tmp_path_factory.mktemp("prepared")
    blackout(home / "recording")
    application = open_application(home)
    application.runner.tick()
    application.store.close()
    return home


def open_application(home: Path) -> bootstrap.Application:
    channels = {"file": {"kind": "file", "path": str(home / "posts.jsonl")}}
    config = publishing_config(home, home / "recording", channels, "14d")
    clock = StillClock(stories.FALL + timedelta(hours=6))
    application = bootstrap.build_live(config, clock, bootstrap.BackfillProgress())
    application.runner.open()
    return application


@pytest.fixture
def application(prepared_folder, tmp_path) -> Iterator[bootstrap.Application]:
    """Yield an application six hours into a blackout."""
    shutil.copytree(prepared_folder, tmp_path, dirs_exist_ok=True)
    application = open_application(tmp_path)
    yield application
    application.store.close()


def manual_corrections(application: bootstrap.Application) -> ManualCorrections:
    return ManualCorrections(application.store, application.clock, SITE)


def kinds(store: SqlStore) -> list[str]:
    (incident,) = store.incidents.all()
    return [str(event.kind) for event in store.incidents.events(incident.id)]


def tick(application: bootstrap.Application) -> None:
    application.clock.sleep(timedelta(minutes=30))
    application.runner.tick()


def test_manual_retraction_becomes_an_event_with_its_statement(application):
    (incident,) = application.store.incidents.all()
    manual_corrections(application).record(
        incident.id, EventKind.RETRACTED, STATEMENT, "Ada"
    )
    tick(application)
    last = application.store.incidents.events(incident.id)[-1]
    assert (last.kind, last.reason) == ("retracted", "a-person-withdrew-it")
    assert last.facts.statement == STATEMENT
    assert application.store.incidents.all()[0].state is State.RETRACTED
    assert application.store.manual_corrections.pending() == ()


def test_statement_links_only_to_the_site_and_to_sources(application):
    (incident,) = application.store.incidents.all()
    corrections = manual_corrections(application)
    for link in ("https://example.com/x", "example.com/x"):
        with pytest.raises(BotError, match=f"links to {link};"):
            corrections.record(incident.id, EventKind.CORRECTED, f"See {link}.", "Ada")
    corrections.record(
        incident.id, EventKind.CORRECTED, f"It was Tele2: {SITE}/i/1/", "Ada"
    )
    assert len(application.store.manual_corrections.pending()) == 1


@pytest.mark.parametrize(
    "symbol", ["\N{FIRE}", "@kcell_kz", "\N{FULLWIDTH COMMERCIAL AT}kcell"]
)
def test_statement_has_no_emoji_and_mentions_nobody(application, symbol):
    (incident,) = application.store.incidents.all()
    corrections = manual_corrections(application)
    with pytest.raises(BotError, match=f"mentions accounts: {symbol};"):
        corrections.record(incident.id, EventKind.CORRECTED, f"It was {symbol}.", "Ada")
    assert application.store.manual_corrections.pending() == ()


def test_retracted_drop_is_not_reported_again(application):
    (incident,) = application.store.incidents.all()
    manual_corrections(application).record(
        incident.id, EventKind.RETRACTED, STATEMENT, "Ada"
    )
    before = kinds(application.store)
    for _ in range(6):
        tick(application)
    assert kinds(application.store) == [*before, "retracted"]


def test_manual_correction_leaves_the_incident_open(application):
    (incident,) = application.store.incidents.all()
    manual_corrections(application).record(
        incident.id, EventKind.CORRECTED, "It was Tele2.", "Ada"
    )
    tick(application)
    last = application.store.incidents.events(incident.id)[-1]
    assert (last.kind, last.facts.state) == ("corrected", State.CONFIRMED)
    assert application.store.incidents.all()[0].is_open


def test_manual_correction_without_its_mark_is_applied_once(application):
    """P10: a correction is applied once, even if a crash kept it from being marked done."""
    (incident,) = application.store.incidents.all()
    for kind in (EventKind.CORRECTED, EventKind.RETRACTED):
        manual_corrections(application).record(incident.id, kind, STATEMENT, "Ada")
        manual_corrections(application)._store.manual_corrections.append(
            application.store.manual_corrections.pending()[0]
        )
        tick(application)
    assert kinds(application.store).count("corrected") == 1
    assert kinds(application.store).count("retracted") == 1


def test_manual_correction_goes_wherever_the_claim_went(application):
    (incident,) = application.store.incidents.all()
    manual_corrections(application).record(
        incident.id, EventKind.RETRACTED, STATEMENT, "Ada"
    )
    tick(application)
    texts = [d.post.text for d in application.store.deliveries.all()]
    assert STATEMENT in texts[-1]
    assert texts[-1].startswith("❌ Retracted: we withdraw our report")


@pytest.mark.parametrize(
    ("statement", "by", "message"),
    [
        ("", "Ada", "--statement"),
        (STATEMENT, " ", "--by"),
        ("x" * 141, "Ada", "shorten it to 140"),
    ],
)
def test_manual_correction_needs_name_and_short_statement(
    application, statement, by, message
):
    (incident,) = application.store.incidents.all()
    with pytest.raises(BotError, match=message):
        manual_corrections(application).record(
            incident.id, EventKind.RETRACTED, statement, by
        )


def test_manual_correction_of_unknown_incident_is_refused(application):
    with pytest.raises(StoreError, match="no incident XX-2026-0101"):
        manual_corrections(application).record(
            "XX-2026-0101", EventKind.RETRACTED, STATEMENT, "Ada"
        )


def test_second_retraction_of_an_incident_is_refused(application):
    (incident,) = application.store.incidents.all()
    manual_corrections(application).record(
        incident.id, EventKind.RETRACTED, STATEMENT, "Ada"
    )
    tick(application)
    with pytest.raises(BotError, match="was already retracted"):
        manual_corrections(application).record(
            incident.id, EventKind.CORRECTED, STATEMENT, "Ada"
        )
