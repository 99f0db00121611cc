"""Restored and lost stores on real servers: nothing is doubled, what is new goes out (P10).

With OUTAGEWIRE_RESTORES=all (`make soak`) every kind of loss is played at every kind of
place; otherwise one, without the servers that take long to start.
"""

import os
import re
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.servers.ntfy import Ntfy
from tests.servers.pds import Pds
from tests.servers.smtp import Mailbox
from tests.servers.snac import Snac
from tests.servers.synapse import Synapse
from tests.soak import places, restores
from tests.soak.places import Place
from tests.soak.restores import (
    EVENTS,
    HEADING,
    LOSSES,
    Installation,
    Loss,
    Outcome,
    outcome_of,
)

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = [pytest.mark.servers, pytest.mark.timeout(7200)]

ALL = os.environ.get("OUTAGEWIRE_RESTORES", "") == "all"
CHOSEN = LOSSES if ALL else (restores.store_and_published_times_lost,)
"""In `make test`: the loss after which the least is known."""
COUNTRIES = re.findall("..", "AFCUETIQIRKZMMPKSDSYUGVEYEZW")


@pytest.fixture
def public_places(request: pytest.FixtureRequest) -> Callable[[str, Path], list[Place]]:
    """Return a function that returns new accounts on every kind of public channel.

    In `make test`, the servers that take long to start are left out.
    """
    snac: Snac = request.getfixturevalue("snac")
    slow: list[Callable[[str], Place]] = []
    if ALL:
        pds: Pds = request.getfixturevalue("pds")
        synapse: Synapse = request.getfixturevalue("synapse")
        slow = [
            lambda name: places.bluesky_place(pds, name),
            lambda name: places.matrix_place(synapse, name),
        ]

    def make(name: str, home: Path) -> list[Place]:
        return [
            places.mastodon_place(snac.account(name)),
            *(place(name) for place in slow),
            places.x_place(),
            places.telegram_place(),
            places.webhook_place(),
            places.file_place(home),
            places.mail_place(),
        ]

    return make


@pytest.fixture
def desk_places(request: pytest.FixtureRequest) -> list[Callable[[], Place]]:
    """Return functions that return an editor's place each; none in `make test`."""
    if not ALL:
        return []
    ntfy: Ntfy = request.getfixturevalue("ntfy")
    return [
        lambda: places.ntfy_place(ntfy),
        lambda: places.mail_place(public=False),
    ]


def _play(
    loss: Loss, home: Path, made_places: list[Place], country: str, *, desk: bool
) -> list[Outcome]:
    """Play the story with a loss; return what became of it at each place."""
    with ExitStack() as stack:
        operators = Mailbox().start()
        stack.callback(operators.stop)
        made = Installation(home, made_places, operators, country, desk=desk)
        stack.callback(made.close)
        loss(made)
        outcomes = [outcome_of(made, place, loss) for place in made.places]
        _check_alerts(outcomes, operators)
        return outcomes


def _check_alerts(outcomes: list[Outcome], operators: Mailbox) -> None:
    """P19: each post that waits is named to a person, with what to do about it."""
    letters = "\n".join(
        str(part.get_content())
        for message in operators.emails
        if (part := message.get_body(("plain",))) is not None
    )
    for outcome in outcomes:
        for number in outcome.waiting:
            assert f".{number}/{outcome.place.name}" in letters
            assert "outagewire deliveries settle" in letters


def _check(outcome: Outcome, loss: Loss) -> None:
    assert outcome.before >= 2
    assert outcome.doubled == 0
    assert outcome.refused == ()
    assert set(outcome.events) == set(EVENTS), "what is new goes out"
    revised = loss is restores.lost_and_readings_revised
    recognized = outcome.place.searchable and not revised
    settled = loss is restores.restored_and_settled
    if recognized or settled:
        assert outcome.waiting == ()
        assert outcome.events == EVENTS
    if (recognized or settled) and outcome.place.threads:
        assert outcome.parents == (None, 1, 2, 3)
    # What could not be told replies to the newest post that the store knows.
    for number, parent in zip(outcome.events, outcome.parents, strict=True):
        assert parent is None or 0 < parent < number
    # What was out before the loss, and no more than that, may wait for a person.
    assert set(outcome.waiting) <= set(range(1, outcome.before + 1))
    if not outcome.place.searchable and not settled:
        assert outcome.waiting


def test_no_restored_store_posts_again(
    public_places: Callable[[str, Path], list[Place]],
    desk_places: list[Callable[[], Place]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # The secrets of the places go into a copy of the environment.
    monkeypatch.setattr(os, "environ", os.environ.copy())
    outcomes: list[tuple[Loss, Outcome]] = []
    for loss, country in zip(CHOSEN, COUNTRIES, strict=False):
        home = tmp_path / loss.__name__
        made = public_places(f"wire{country.lower()}", home / "public")
        played = _play(loss, home / "public", made, country, desk=False)
        for number, desk in enumerate(desk_places):
            played += _play(loss, home / f"desk-{number}", [desk()], country, desk=True)
        outcomes += [(loss, outcome) for outcome in played]
    _print(outcomes, capsys)
    assert {loss for loss, _ in outcomes} == set(CHOSEN)
    for loss, outcome in outcomes:
        _check(outcome, loss)


def _print(
    outcomes: list[tuple[Loss, Outcome]], capsys: pytest.CaptureFixture[str]
) -> None:
    doubled = sum(outcome.doubled for _, outcome in outcomes)
    waiting = sum(len(outcome.waiting) for _, outcome in outcomes)
    repeats = sum(outcome.repeats for _, outcome in outcomes)
    with capsys.disabled():
        print(f"\n{HEADING}")
        for _, outcome in outcomes:
            print(outcome.line())
        print(
            f"restore against real servers: {doubled} doubled; {len(outcomes)} stories,"
            f" {len(CHOSEN)} kinds of loss, {waiting} posts left to a person,"
            f" {repeats} letters to editors repeated under their old id"
        )
