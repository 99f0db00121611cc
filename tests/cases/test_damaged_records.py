"""A damaged record in the store is named, and everything else goes on."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.model.operations import AlertKind, OperatorAlert
from bot.publishing.alerts import AlertSender, AlertTargets
from bot.tick.runner import TickResult
from tests import stories
from tests.cases.installation import PUBLISH_ALL, Installation, new_installation
from tests.fakes import FakeChannel, FakeRenderer

pytestmark = pytest.mark.timeout(300)
ROOT = Path(__file__).parents[2]
HOURS = 3
"""After this time, the next update on each open incident is due."""
DAMAGES = {
    "cut off": "UPDATE {table} SET {column} = substr({column}, 1, 40) WHERE {where}",
    "wrong type": "UPDATE {table} SET {column} = '[1, 2]' WHERE {where}",
    "unknown value": (
        "UPDATE {table} SET {column} = replace({column}, 'confirmed', 'doubted')"
        " WHERE {where}"
    ),
}


@dataclass
class DamagedHome:
    """An installation with open incidents of Iran and Kazakhstan; Iran's is damaged."""

    installation: Installation

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.installation.home / "wire.db")) as store:
            rows = store.execute(statement).fetchall()
            store.commit()
        return rows

    def damage(self, table: str, column: str, where: str, kind: str) -> None:
        names = {"table": table, "column": column, "where": where}
        self.execute(DAMAGES[kind].format(**names))

    def alerts(self, tick: TickResult) -> tuple[OperatorAlert, ...]:
        store = self.installation.application.store
        clock = self.installation.clock
        targets = AlertTargets(FakeChannel("operators"))
        sender = AlertSender(store, FakeRenderer(), clock, targets)
        return sender.after_tick({}, tick.alerts)

    def lines_of(self, code: str) -> list[str]:
        lines = self.installation.lines()
        return [line["event"] for line in lines if line["incident"].startswith(code)]

    def page(self) -> bytes:
        (folder,) = (self.installation.home / "site").glob("i/IR-*")
        return (folder / "index.html").read_bytes()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation that has posted on the blackouts of two countries."""
    home = tmp_path_factory.mktemp("damaged") / "home"
    pace = {"update_every": "2h"}
    installation = new_installation(home, policy=PUBLISH_ALL, pace=pace)
    other = stories.blackout(home / "other", "KZ")
    lines = (other / "series.csv").read_text("utf-8").splitlines(keepends=True)
    with (home / "recording" / "series.csv").open("a", encoding="utf-8") as series:
        series.writelines(lines[1:])
    installation.run(2)
    installation.stop()
    return installation


@pytest.fixture
def home(template: Installation, tmp_path: Path) -> DamagedHome:
    return DamagedHome(template.copied_to(tmp_path / "home"))


@pytest.mark.parametrize("kind", DAMAGES)
def test_start_survives_a_damaged_incident(home: DamagedHome, kind: str) -> None:
    """P10, P19: it is named, and not announced a second time; others go on."""
    home.damage("incidents", "body", "id LIKE 'IR-%'", kind)
    of_iran = "SELECT * FROM incidents WHERE id LIKE 'IR-%'"
    before = home.execute(of_iran), home.lines_of("IR"), home.page()
    posts = home.lines_of("KZ")
    assert before[1]
    assert posts
    ticks = home.installation.run(HOURS)
    named = {a.subject: a for a in home.alerts(ticks[-1])}
    (damaged,) = (s for s, a in named.items() if a.kind is AlertKind.DAMAGED)
    assert damaged.startswith("incident IR-")
    assert named["country:IR"].kind is AlertKind.INCIDENT
    assert home.lines_of("KZ") > posts
    assert (home.execute(of_iran), home.lines_of("IR"), home.page()) == before
    home.installation.stop()


def test_repaired_incident_goes_on(home: DamagedHome) -> None:  # P19
    of_iran = "id LIKE 'IR-%'"
    ((body,),) = home.execute("SELECT body FROM incidents WHERE id LIKE 'IR-%'")
    home.damage("incidents", "body", of_iran, "cut off")
    home.installation.run(2)
    home.installation.stop()
    with closing(sqlite3.connect(home.installation.home / "wire.db")) as store, store:
        store.execute("UPDATE incidents SET body = ? WHERE id LIKE 'IR-%'", (body,))
    posts = home.lines_of("IR")
    ticks = home.installation.run(HOURS)
    assert home.alerts(ticks[-1]) == ()
    assert len(home.lines_of("IR")) > len(posts)
    home.installation.stop()


EVIDENCE = "SELECT evidence FROM events WHERE incident LIKE 'IR-%'"
RECORDS = (
    ("events", "body", "incident LIKE 'IR-%'", "event IR-"),
    ("drafts", "body", "event LIKE 'IR-%'", "draft IR-"),
    ("drafts", "state", "event LIKE 'IR-%'", "release of IR-"),
    ("deliveries", "post", "event LIKE 'IR-%'", "delivery IR-"),
    ("classifications", "body", "incident LIKE 'IR-%'", "class of IR-"),
    ("evidence", "body", f"sha256 IN ({EVIDENCE})", "evidence of IR-"),
)


@pytest.mark.parametrize(("table", "column", "where", "name"), RECORDS)
def test_other_damaged_records_stop_no_other_incident(
    home: DamagedHome, table: str, column: str, where: str, name: str
) -> None:
    """P19: ticks go on, and the record is named, once a page or a post needs it."""
    posts = home.lines_of("KZ")
    home.damage(table, column, where, "wrong type")
    for_pages = (
        "INSERT INTO stale_pages (incident, refresh) SELECT id, 0 FROM incidents"
    )
    home.execute(for_pages)
    ticks = home.installation.run(HOURS)
    damaged = [a.subject for a in home.alerts(ticks[-1]) if a.kind == "damaged"]
    assert damaged
    assert all(subject.startswith(name) for subject in damaged)
    assert len(home.lines_of("KZ")) > len(posts)
    home.installation.stop()


LISTS = (
    ("incidents", "body", "id LIKE 'IR-%'", ("incidents", "list")),
    ("drafts", "body", "event LIKE 'IR-%'", ("drafts", "list", "--all")),
    ("deliveries", "post", "event LIKE 'IR-%'", ("deliveries", "--all")),
)


@pytest.mark.parametrize(("table", "column", "where", "words"), LISTS)
def test_list_names_what_is_damaged_and_shows_the_rest(
    home: DamagedHome, table: str, column: str, where: str, words: tuple[str, ...]
) -> None:
    home.damage(table, column, where, "cut off")
    config = str(home.installation.config)
    run = subprocess.run(
        [sys.executable, "-m", "bot", *words, "--config", config],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert run.returncode == 0
    assert "KZ-" in run.stdout
    assert "IR-" not in run.stdout
    assert "Problem: " in run.stderr
    assert "IR-" in run.stderr


def test_run_prints_which_record_is_damaged(home: DamagedHome) -> None:  # P19
    home.damage("incidents", "body", "id LIKE 'IR-%'", "unknown value")
    config = str(home.installation.config)
    run = subprocess.run(
        [sys.executable, "-m", "bot", "run", "--once", "--config", config],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    (line,) = (s for s in run.stdout.splitlines() if "is damaged and left out" in s)
    assert line.startswith("Problem: incident IR-")
    assert "Traceback" not in run.stderr
