"""Further reading: what editors record, and what pages and data show of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.clock import StillClock
from bot.editorial.articles import ArticleEditor
from bot.editorial.attributions import AttributionEditor
from bot.errors import BotError, StoreError
from bot.model.articles.article import ArchivedCopy, Article, CopyOutcome
from bot.model.attribution import AttributionLevel, CauseClaim
from bot.model.incident_report import IncidentReport
from bot.store.database import connect
from bot.store.sql_store import SqlStore, open_store
from tests.builders import event, facts, incident_of
from tests.contract.stored import T0, change, record
from tests.contract.test_stores_causes import copy_rows, create_first_tables
from tests.unit.test_pages import writer

KAZAKHSTAN = "KZ-2022-0104"
BY = ("Ada", "a report from the place")
LINK = "https://news.example/1"
TITLE = "Интернет отключён"
COPY = "https://archive.example/1"
BARE = Article(LINK)
FULL = Article(
    LINK,
    TITLE,
    "The Daily",
    date(2022, 1, 6),
    "ru",
    ArchivedCopy(CopyOutcome.ARCHIVED, COPY),
)
ASKED = ArchivedCopy(CopyOutcome.ASKED)
FAILED = ArchivedCopy(CopyOutcome.FAILED)
HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}'


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store(":memory:")
    record(opened, change())
    yield opened
    opened.close()


@pytest.fixture
def editor(store) -> ArticleEditor:
    return ArticleEditor(store, StillClock(T0))


def publish(store: SqlStore, site: Path) -> Path:
    """Publish the page with the articles in `store`; return its folder."""
    shown = event(facts=facts())
    report = IncidentReport(
        incident_of(shown),
        (shown,),
        {},
        {},
        (),
        (),
        attributions=store.attributions.of_incident(KAZAKHSTAN),
        articles=store.articles.of_incident(KAZAKHSTAN),
    )
    writer(site).publish_page(report)
    return site / "i" / shown.incident


def read(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("article", [BARE, FULL, replace(FULL, copy=ASKED)])
def test_article_is_read_back_as_it_was_entered(store, editor, article):
    added = editor.add(KAZAKHSTAN, article, *BY)
    assert store.articles.of_incident(KAZAKHSTAN) == (added,)
    assert (added.number, added.article, added.withdrawn) == (1, article, None)


def test_copy_gets_its_outcome_later(store, editor):
    editor.add(KAZAKHSTAN, BARE, *BY)
    for copy in (ASKED, FAILED, FULL.copy):
        assert editor.record_copy(KAZAKHSTAN, 1, copy, BY).article.copy == copy
    assert len(store.articles.history(KAZAKHSTAN)) == 4


def test_withdrawn_article_stays_on_record(store, editor):
    editor.add(KAZAKHSTAN, FULL, *BY)
    withdrawn = editor.withdraw(KAZAKHSTAN, 1, "Grace", "it names victims")
    assert withdrawn.withdrawn.reason == "it names victims"
    with pytest.raises(StoreError, match="already withdrawn"):
        editor.record_copy(KAZAKHSTAN, 1, ASKED, BY)
    assert editor.add(KAZAKHSTAN, FULL, *BY).number == 2


@pytest.mark.parametrize(
    ("article", "problem"),
    [
        (replace(BARE, link="javascript:alert(1)"), "--link must be a web address"),
        (replace(BARE, language="xx"), "is no language"),
        (replace(BARE, title="a\u202eb"), "--title"),
        (replace(BARE, copy=ArchivedCopy(CopyOutcome.ARCHIVED)), "--copy must be"),
        (replace(BARE, copy=replace(ASKED, link=LINK)), "--copy is allowed"),
    ],
)
def test_article_that_cannot_be_shown_is_refused(store, editor, article, problem):
    with pytest.raises(BotError, match=problem):
        editor.add(KAZAKHSTAN, article, *BY)
    assert store.articles.history(KAZAKHSTAN) == ()


def test_article_needs_a_person_and_an_incident(store, editor):
    with pytest.raises(BotError, match="--by and --reason"):
        editor.add(KAZAKHSTAN, BARE, " ", "x")
    with pytest.raises(StoreError, match="no incident"):
        editor.add("XX-2022-0104", BARE, *BY)
    with pytest.raises(StoreError, match="has no article 2"):
        editor.withdraw(KAZAKHSTAN, 2, *BY)


def test_same_article_is_not_listed_twice(store, editor):
    editor.add(KAZAKHSTAN, BARE, *BY)
    with pytest.raises(BotError, match="article 1 of KZ-2022-0104 has the same"):
        editor.add(KAZAKHSTAN, FULL, *BY)


def test_page_shows_all_that_is_known_of_an_article(store, editor, tmp_path):
    editor.add(KAZAKHSTAN, FULL, *BY)
    folder = publish(store, tmp_path)
    html, plain = read(folder / "index.html"), read(folder / "index.txt")
    assert '<cite lang="ru" dir="auto">Интернет отключён</cite>' in html
    assert f'<a href="{LINK}" hreflang="ru">' in html
    for part in ("The Daily", "6 January 2022", "Русский", COPY):
        assert part in html
        assert part in plain
    assert LINK in plain
    assert "<bdi>The Daily</bdi>; 6 January 2022; <span" in html
    expected = {
        "link": LINK,
        "title": TITLE,
        "outlet": "The Daily",
        "published": "2022-01-06",
        "language": "ru",
        "copy": {"outcome": "archived", "link": COPY},
    }
    assert json.loads(read(folder / "incident.json"))["further_reading"] == [expected]
    api = tmp_path / "api" / "v1" / "incidents" / f"{KAZAKHSTAN}.json"
    incident = json.loads(read(api))["incident"]
    assert incident["further_reading"] == [expected]
    assert incident["previous"] == []


def test_copy_that_does_not_exist_is_not_linked(store, editor, tmp_path):
    """A copy that was only asked for is no copy (P18)."""
    for number, copy in enumerate((None, ASKED, FAILED)):
        editor.add(KAZAKHSTAN, replace(BARE, link=f"{LINK}{number}", copy=copy), *BY)
    folder = publish(store, tmp_path)
    for name in ("index.html", "index.txt"):
        words = " ".join(read(folder / name).split())
        assert words.count("not archived on the web") == 1
        assert words.count("archived copy asked for, not confirmed") == 1
        assert words.count("no archived copy could be made") == 1
        assert "archived copy</a>" not in words


def test_withdrawn_article_leaves_only_the_reason(store, editor, tmp_path):
    """P11: it does not vanish silently. P12: its link may be what does harm."""
    editor.add(KAZAKHSTAN, FULL, *BY)
    editor.withdraw(KAZAKHSTAN, 1, "Grace", "it names victims.")
    folder = publish(store, tmp_path)
    for name in ("index.html", "index.txt"):
        words = " ".join(read(folder / name).split())
        assert "A link was withdrawn from this list" in words
        assert "it names victims." in words
    assert json.loads(read(folder / "incident.json"))["further_reading"] == []
    for path in tmp_path.rglob("*.*"):
        content = path.read_bytes()
        assert LINK.encode() not in content
        assert TITLE.encode() not in content


def test_cited_source_is_listed_once_with_its_title(store, editor, tmp_path):
    claim = CauseClaim(
        AttributionLevel.A1, "a cable was cut", "The ministry", LINK, LINK
    )
    AttributionEditor(store, StillClock(T0)).add(KAZAKHSTAN, claim, *BY)
    page = publish(store, tmp_path) / "index.html"
    assert "Further reading, cited above" in read(page)
    editor.add(KAZAKHSTAN, FULL, *BY)
    publish(store, tmp_path)
    assert "Further reading, cited above" not in read(page)
    assert TITLE in read(page)


def test_hostile_words_of_an_article_stay_text(store, editor, tmp_path):
    article = Article(f"https://a.example/{HOSTILE}", HOSTILE, HOSTILE)
    editor.add(KAZAKHSTAN, article, *BY)
    editor.add(KAZAKHSTAN, replace(BARE, link="https://b.example"), *BY)
    editor.withdraw(KAZAKHSTAN, 2, "Ada", HOSTILE)
    html = read(publish(store, tmp_path) / "index.html")
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}") >= 3


def test_article_with_a_damaged_step_is_not_listed(store, editor):
    """The damaged step may be the one that withdrew the article (P12)."""
    editor.add(KAZAKHSTAN, BARE, *BY)
    editor.add(KAZAKHSTAN, replace(BARE, link=f"{LINK}0"), *BY)
    editor.withdraw(KAZAKHSTAN, 1, *BY)
    with store._database.write("damage a step") as connection:
        connection.execute(
            text("UPDATE article_steps SET act = 'doubt' WHERE act = 'withdraw'")
        )
    assert [other.number for other in store.articles.of_incident(KAZAKHSTAN)] == [2]
    assert store.damaged()


def test_store_of_the_first_version_takes_articles(store, tmp_path):
    path = tmp_path / "store.db"
    old = connect(path)
    copy_rows(store._database, old, create_first_tables(old))
    old.close()
    migrated = open_store(path)
    editor = ArticleEditor(migrated, StillClock(T0))
    assert migrated.articles.of_incident(KAZAKHSTAN) == ()
    assert editor.add(KAZAKHSTAN, FULL, *BY).article == FULL
    migrated.close()
