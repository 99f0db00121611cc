"""The page of corrections lists every correction, and no more than is released."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.incident import EventKind, State
from bot.model.incident_report import Listing
from bot.site.info import corrections
from bot.site.languages.page_editions import PageEditions
from tests.builders import NOW, changed, event
from tests.unit.test_feeds import CONFIRMED, RETRACTED, publish
from tests.unit.test_pages import read, writer

DAY = timedelta(days=1)


def texts_of(site: Path) -> str:
    """Return the names and the texts of all files of the site."""
    paths = [path for path in site.rglob("*") if path.is_file()]
    return "".join(
        f"{path.relative_to(site)}\n{path.read_text('utf-8', 'replace')}"
        for path in paths
    )


def retraction(incident: str, days: int, statement: str):
    at = NOW + days * DAY
    return (
        event(incident=incident, as_of=at),
        event(
            EventKind.RETRACTED,
            2,
            incident=incident,
            state=State.RETRACTED,
            as_of=at + timedelta(hours=1),
            statement=statement,
        ),
    )


def test_page_without_corrections_says_so_plainly(tmp_path):
    writer(tmp_path).publish_sources((), NOW)
    page = read(tmp_path / "corrections/index.html")
    assert "No published report has been corrected or retracted." in page.text
    assert len(page.all("h1")) == 1


def test_retraction_stands_with_its_reason_as_written(tmp_path):  # P11
    reason = "The source <b>itself</b> reported\nan outage & was wrong."
    hostile = replace(RETRACTED, facts=changed(RETRACTED.facts, statement=reason))
    publish(tmp_path, CONFIRMED, hostile)
    html = (tmp_path / "corrections/index.html").read_text("utf-8")
    assert (
        "<blockquote>The source &lt;b&gt;itself&lt;/b&gt; reported\nan outage &amp; was"
        " wrong.</blockquote>"
    ) in html
    page = read(tmp_path / "corrections/index.html")
    links = [attrs["href"] for attrs in page.all("a")]
    assert "../i/KZ-2022-0104/index.html#event-2" in links
    assert "12:00 UTC on 5 January 2022" in page.text
    assert "../corrections/2022.html" in links


def test_newest_correction_comes_first(tmp_path):
    for days, name in ((2, "KZ-2"), (1, "KZ-1"), (3, "KZ-3")):
        publish(tmp_path, *retraction(name, days, f"Reason {name}."))
    text = read(tmp_path / "corrections/index.html").text
    places = [text.index(f"Reason {name}.") for name in ("KZ-3", "KZ-2", "KZ-1")]
    assert places == sorted(places)


def test_long_year_is_divided_into_pages(tmp_path, monkeypatch):
    monkeypatch.setattr(corrections, "_PAGE_SIZE", 2)
    for n in range(5):
        publish(tmp_path, *retraction(f"KZ-{n}", n, f"Reason {n}."))
    last = read(tmp_path / "corrections/2022-p3.html")
    assert "Reason 0." in last.text
    assert {"href": "../corrections/2022.html"} in last.all("a")
    front = read(tmp_path / "corrections/index.html").text
    assert [f"Reason {n}." in front for n in range(5)] == [False] * 3 + [True] * 2
    writer(tmp_path).remove_page("KZ-1", Listing(()))
    assert not (tmp_path / "corrections/2022-p3.html").exists()


@pytest.mark.parametrize(
    "damage", [None, "{", '{"lists": ["../../x"]}', '{"lists": [3]}']
)
def test_removed_incident_leaves_no_correction(tmp_path, damage):  # P12
    publish(tmp_path, CONFIRMED, RETRACTED)
    publish(tmp_path, *retraction("KZ-9", 400, "Another reason."))
    membership = tmp_path / "i/KZ-2022-0104/lists.json"
    if damage is not None:
        membership.write_text(damage, "utf-8")
    writer(tmp_path).remove_page("KZ-2022-0104", Listing(()))
    texts = texts_of(tmp_path)
    assert "reported an outage of its own" not in texts
    assert "KZ-2022-0104" not in texts
    assert "Another reason." in texts
    assert not (tmp_path / "corrections/2022.html").exists()


def test_correction_that_is_no_longer_shown_disappears(tmp_path):  # P12
    publish(tmp_path, CONFIRMED, RETRACTED)
    publish(tmp_path, CONFIRMED)
    page = read(tmp_path / "corrections/index.html")
    assert "No published report has been corrected or retracted." in page.text
    assert not (tmp_path / "corrections/2022.json").exists()


def test_interrupted_update_is_completed_by_the_next(tmp_path, monkeypatch):
    publish(tmp_path, CONFIRMED, RETRACTED)
    with monkeypatch.context() as dying:
        dying.setattr(PageEditions, "write", _fail)
        with pytest.raises(Exception, match="no space"):
            publish(tmp_path, CONFIRMED)
    publish(tmp_path, CONFIRMED)
    lists = json.loads((tmp_path / "i/KZ-2022-0104/lists.json").read_text("utf-8"))
    assert "corrections/2022" not in lists["lists"]
    assert "outage of its own" not in texts_of(tmp_path / "corrections")


def _fail(*_: object, **__: object) -> None:
    raise OSError("no space left on the device")
