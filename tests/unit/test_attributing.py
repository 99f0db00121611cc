"""Attributions: who may record a cause, and how the report page words it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import bot
from bot.clock import StillClock
from bot.editorial.attributions import AttributionEditor
from bot.errors import BotError, StoreError
from bot.model.attribution import AttributionLevel, CauseClaim, are_same_person
from bot.model.incident_report import IncidentReport
from bot.store.sql_store import SqlStore, open_store
from tests.builders import event, facts, incident_of
from tests.contract.stored import T0, change, record
from tests.unit.test_pages import publish

KAZAKHSTAN = "KZ-2022-0104"
QUOTED = CauseClaim(
    AttributionLevel.A1,
    "a cable was cut",
    "The ministry",
    "https://news.example/1",
    "https://archive.example/1",
)
LIKELY = replace(
    QUOTED,
    level=AttributionLevel.A2,
    statement="a failed cable",
    alternative="a failure of power",
)
ORDERED = replace(
    QUOTED,
    level=AttributionLevel.A3,
    statement="Order 12 of 5 January",
    who="the regulator",
)


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store(":memory:")
    record(opened, change())
    yield opened
    opened.close()


@pytest.fixture
def editor(store) -> AttributionEditor:
    return AttributionEditor(store, StillClock(T0))


def page(store: SqlStore, site) -> str:
    shown = event(facts=facts())
    report = IncidentReport(
        incident_of(shown),
        (shown,),
        {},
        {},
        (),
        (),
        attributions=store.attributions.of_incident(KAZAKHSTAN),
    )
    return publish(site, report).text


def test_without_attribution_the_cause_is_unknown(store, tmp_path):
    """P8: a page without an attribution says that the cause is not known."""
    text = page(store, tmp_path)
    assert "The cause is not known." in text
    assert "What is said of the cause" not in text


def test_quoted_cause_is_shown_as_a_quotation(store, editor, tmp_path):
    """P8: beside the quotation, the page itself still says that the cause is not known."""
    assert editor.add(KAZAKHSTAN, QUOTED, "Ada", "on record").is_shown
    text = page(store, tmp_path)
    assert "The ministry says: a cable was cut." in text
    assert "The cause is not known." in text
    html = (tmp_path / "i" / KAZAKHSTAN / "index.html").read_text("utf-8")
    assert 'href="https://news.example/1"' in html
    assert 'href="https://archive.example/1"' in html


@pytest.mark.parametrize("claim", [LIKELY, ORDERED])
def test_attribution_with_one_signature_is_not_shown(store, editor, tmp_path, claim):
    """P8: an A2 or A3 attribution is shown only after a second person has signed it."""
    assert not editor.add(KAZAKHSTAN, claim, "Ada", "read").is_shown
    text = page(store, tmp_path)
    assert claim.statement not in text
    assert editor.sign(KAZAKHSTAN, 1, "Grace", "read it too").is_shown
    assert claim.statement in page(store, tmp_path)


def test_likely_cause_is_shown_with_its_main_alternative(store, editor, tmp_path):
    editor.add(KAZAKHSTAN, LIKELY, "Ada", "read")
    editor.sign(KAZAKHSTAN, 1, "Grace", "read")
    text = page(store, tmp_path)
    assert (
        "consistent with a failed cable; the main alternative is a failure of power"
        in text
    )
    assert "The cause is not known." in text


@pytest.mark.parametrize("field", ["statement", "alternative"])
def test_own_words_on_a_likely_cause_have_no_emoji_and_mention_nobody(editor, field):
    """P8: a quotation may have them, because the page shows whose words they are."""
    for symbol in ("\N{FIRE}", "@kcell_kz"):
        claim = replace(LIKELY, **{field: f"a failed cable {symbol}"})  # type: ignore[arg-type]  # a field of text
        with pytest.raises(
            BotError, match=f"{symbol} is an emoji or mentions an account"
        ):
            editor.add(KAZAKHSTAN, claim, "Ada", "read")
    quoted = replace(QUOTED, statement="a cable was cut \N{FIRE}", who="@ministry")
    assert editor.add(KAZAKHSTAN, quoted, "Ada", "read").is_shown


def test_ordering_document_is_named_on_the_page(store, editor, tmp_path):
    editor.add(KAZAKHSTAN, ORDERED, "Ada", "read")
    editor.sign(KAZAKHSTAN, 1, "Grace", "read")
    text = page(store, tmp_path)
    sentence = "was ordered by the regulator (document: Order 12 of 5 January)"
    assert sentence in text
    assert "The cause is not known." not in text


@pytest.mark.parametrize("name", ["Ada", " ada ", "ADA"])
def test_nobody_can_sign_twice(editor, name):
    """P8: a name with other capitals or spaces counts as the name of the same person."""
    editor.add(KAZAKHSTAN, LIKELY, "Ada", "read")
    with pytest.raises(BotError, match="another person"):
        editor.sign(KAZAKHSTAN, 1, name, "read again")


def test_record_signed_twice_by_one_person_is_not_shown(store, editor):
    """A stored attribution that one person both recorded and signed is not shown."""
    attribution = editor.add(KAZAKHSTAN, LIKELY, "Ada", "read")
    assert not replace(
        attribution, signed=replace(attribution.added, reason="again")
    ).is_shown
    assert are_same_person("Ada  Lovelace", "ada lovelace")


def test_withdrawal_of_a_shown_attribution_is_shown(store, editor, tmp_path):
    """P11: the page says that an attribution was shown and withdrawn, and why."""
    editor.add(KAZAKHSTAN, QUOTED, "Ada", "on record")
    editor.withdraw(KAZAKHSTAN, 1, "Grace", "the ministry denies it")
    text = page(store, tmp_path)
    assert "a cable was cut" not in text
    assert "by The ministry was shown here and withdrawn" in text
    assert "the ministry denies it." in text


def test_withdrawal_of_an_unshown_attribution_is_not_shown(store, editor, tmp_path):
    editor.add(KAZAKHSTAN, ORDERED, "Ada", "read")
    editor.withdraw(KAZAKHSTAN, 1, "Ada", "a forgery")
    assert "regulator" not in page(store, tmp_path)


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (replace(QUOTED, link=""), "--link"),
        (replace(QUOTED, link="javascript:alert(1)"), "https://"),
        (replace(QUOTED, archived=" "), "--archived"),
        (replace(QUOTED, who=""), "--who"),
        (replace(QUOTED, statement=""), "--statement"),
        (replace(LIKELY, alternative=""), "main alternative"),
        (replace(QUOTED, alternative="x"), "for A2 only"),
        (replace(LIKELY, statement="a cut because of exams"), "'because'"),
        (replace(LIKELY, statement="a deliberate cut"), "'deliberate'"),
        (replace(LIKELY, alternative="a fault due to snow"), "'due to'"),
    ],
)
def test_claim_without_source_or_with_causal_words_is_refused(
    store, editor, claim, message
):
    """P8: a claim without its source, or with causal words, is refused and not stored."""
    with pytest.raises(BotError, match=message):
        editor.add(KAZAKHSTAN, claim, "Ada", "why")
    assert store.attributions.history(KAZAKHSTAN) == ()


def test_every_problem_is_named_at_once(editor):
    with pytest.raises(BotError, match=r"--statement.*--who.*--link.*--archived"):
        editor.add(
            KAZAKHSTAN, CauseClaim(AttributionLevel.A1, "", "", "", ""), "Ada", "why"
        )


@pytest.mark.parametrize(("by", "reason"), [("", "why"), ("Ada", " ")])
def test_every_action_needs_a_person_and_reason(editor, by, reason):
    """P17: an attribution without the name of a person or without a reason is refused."""
    with pytest.raises(BotError, match="--by"):
        editor.add(KAZAKHSTAN, QUOTED, by, reason)


def test_actions_on_unknown_incidents_or_attributions_are_refused(editor):
    with pytest.raises(StoreError, match="no incident"):
        editor.add("XX-2022-0101", QUOTED, "Ada", "why")
    with pytest.raises(StoreError, match="no attribution 3"):
        editor.sign(KAZAKHSTAN, 3, "Ada", "why")


def test_editors_text_is_escaped_on_the_page(store, editor, tmp_path):
    editor.add(KAZAKHSTAN, replace(QUOTED, who="<script>x</script>"), "Ada", "why")
    page(store, tmp_path)
    html = (tmp_path / "i" / KAZAKHSTAN / "index.html").read_text("utf-8")
    assert "<script>" not in html


def test_archived_copy_on_disk_is_not_linked(store, editor, tmp_path):
    editor.add(KAZAKHSTAN, replace(QUOTED, archived="copies/1.html"), "Ada", "why")
    assert "archived copy" not in page(store, tmp_path)


def test_further_reading_lists_what_is_cited_with_its_copy(store, editor, tmp_path):
    assert "Further reading: none yet." in page(store, tmp_path)
    editor.add(KAZAKHSTAN, QUOTED, "Ada", "why")
    own = replace(QUOTED, link="https://news.example/2", archived="copies/1.html")
    editor.add(KAZAKHSTAN, own, "Ada", "why")
    text = " ".join(page(store, tmp_path).split())
    assert "The ministry: https://news.example/1 ( archived copy )" in text
    assert "The ministry: https://news.example/2 (not archived on the web)" in text
    assert "none yet" not in text
    # A draft that a second person must sign first is not shown (P8).
    editor.add(KAZAKHSTAN, replace(ORDERED, who="The quokka agency"), "Ada", "why")
    assert "quokka" not in page(store, tmp_path)


def test_numbers_count_up_within_an_incident(editor):
    first = editor.add(KAZAKHSTAN, QUOTED, "Ada", "why")
    editor.withdraw(KAZAKHSTAN, 1, "Ada", "wrong")
    second = editor.add(KAZAKHSTAN, QUOTED, "Ada", "why")
    assert (first.number, second.number) == (1, 2)


def test_only_the_command_line_records_a_cause():
    """P8: the class that records causes is built and used for the command line only."""
    root = Path(bot.__file__).parent
    users = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "AttributionEditor" in path.read_text("utf-8")
        or "attributions.append" in path.read_text("utf-8")
    }
    assert users == {
        "bootstrap/use_cases.py",
        "cli/causes.py",
        "editorial/attributions.py",
    }
