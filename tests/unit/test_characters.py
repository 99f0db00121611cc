"""Texts from outside have no character that readers would see otherwise than it is."""

from collections.abc import Callable

import pytest

from bot.characters import (
    are_same_name,
    character_problem,
    escape_hidden,
    one_visible_line,
)
from bot.clock import StillClock
from bot.config import loading as configuration
from bot.editorial.attributions import AttributionEditor
from bot.editorial.manual_corrections import ManualCorrections
from bot.editorial.review import DraftReview
from bot.errors import BotError, ConfigError, RecordingError
from bot.model.attribution import AttributionLevel, CauseClaim
from bot.model.delivery import Receipt
from bot.model.draft import OutletText
from bot.model.incident import EventKind
from bot.publishing.delivery_admin import DeliveryAdmin
from bot.publishing.pausing import KillSwitch
from bot.sources.recording.source import load_recording
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import T0, change, record
from tests.fakes import FakeRenderer
from tests.recordings import ABOUT, small_csv, write
from tests.unit.test_deciding import DeciderHarness

HIDDEN = {
    "terminal escape": "\x1b[31mred",
    "line break": "one\ntwo",
    "carriage return": "one\rtwo",
    "override": "\u202egnp.exe",
    "isolate": "\u2067abc\u2069",
    "zero width": "Ada\u200b",
    "soft hyphen": "A\u00adda",
    "line separator": "one\u2028two",
    "filler": "Ada\u3164",
    "tag": "Ada\U000e0041",
    "null": "a\0b",
}
INCIDENT = "KZ-2022-0104"
CLAIM = CauseClaim(
    AttributionLevel.A2,
    "a failed cable",
    "The ministry",
    "https://n.example/",
    "c/1",
    "a fire",
)


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_hidden_characters_are_named_and_escaped(text: str) -> None:
    assert "U+" in character_problem(text)
    assert character_problem(one_visible_line(text)) == ""
    assert escape_hidden(text).isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "The drop was planned maintenance.",
        "قطعی می\u200cشود\u061c",
        "क्\u200dष १२",
        "မြန်မာ",
        "Қазақтелеком-ның BGP-маршруттары",
        "⚠️ 👩\u200d💻",
        "Côte d'Ivoire, Łódź",
    ],
)
def test_ordinary_texts_of_every_script_are_accepted(text: str) -> None:
    assert character_problem(text) == ""
    assert escape_hidden(text) == text


def test_only_a_text_of_lines_may_have_lines_and_closed_isolates() -> None:
    text = "عنوان\n\u2066IODA (CC0)\u2069"
    assert character_problem(text, may_have_lines=True) == ""
    assert "U+" in character_problem(text)
    for half in ("\u2066IODA", "IODA\u2069", "\u2066one\ntwo\u2069"):
        assert "direction isolate" in character_problem(half, may_have_lines=True)


def test_a_word_of_two_alphabets_is_named() -> None:
    """The claim linter knows words of one alphabet, and not their imitations."""
    assert "g\u043evernment" in character_problem("The g\u043evernment shut it down.")
    assert character_problem("g\u043evernment", check_alphabets=False) == ""


@pytest.mark.parametrize(
    "name", ["ada", "Ada.", "A d a", "Áda", "A\u00adda", "Ada\u3164", "Ada\u200b"]
)
def test_a_name_spelled_otherwise_is_the_same_person(name: str) -> None:
    """P8: the person who added an attribution cannot sign it under another spelling."""
    assert are_same_name("Ada", name)
    assert not are_same_name("Ada", "Adam")


@pytest.fixture
def harness():
    store = open_store(":memory:")
    record(store, change(1))
    harness = DeciderHarness(store)
    harness.decide()
    yield harness
    store.close()


ENTRIES: dict[str, Callable[[SqlStore, str], object]] = {
    "correction": lambda s, t: ManualCorrections(s, StillClock(T0), "").record(
        INCIDENT, EventKind.CORRECTED, t, "Ada"
    ),
    "corrector": lambda s, t: ManualCorrections(s, StillClock(T0), "").record(
        INCIDENT, EventKind.CORRECTED, "It was wrong.", t
    ),
    "reason of a review": lambda s, t: _review(s).hold(f"{INCIDENT}.1", t),
    "second person": lambda s, t: _review(s).approve(f"{INCIDENT}.1", "ok", t),
    "text": lambda s, t: _review(s).edit(
        f"{INCIDENT}.1", {"x": OutletText("x", "en", t, len(t))}, "shorter"
    ),
    "signature": lambda s, t: AttributionEditor(s, StillClock(T0)).add(
        INCIDENT, CLAIM, t, "read"
    ),
    "posted id": lambda s, t: DeliveryAdmin(s, StillClock(T0), "A", "b").mark_posted(
        f"{INCIDENT}.1/editors", Receipt(t)
    ),
}


def _claimed(field: str) -> Callable[[SqlStore, str], object]:
    def add(store: SqlStore, text: str) -> object:
        editor = AttributionEditor(store, StillClock(T0))
        return editor.add(INCIDENT, _claim(field, text), "Ada", "read")

    return add


for _field in ("statement", "who", "link", "archived", "alternative"):
    ENTRIES[f"claim's {_field}"] = _claimed(_field)


def _review(store) -> DraftReview:
    return DraftReview(store, StillClock(T0), FakeRenderer(), {})


def _claim(field: str, text: str) -> CauseClaim:
    values = {name: getattr(CLAIM, name) for name in CLAIM.__slots__}
    return CauseClaim(**values | {field: f"{values[field]} {text} a"})


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("kind", ["override", "terminal escape", "zero width"])
def test_persons_cannot_record_hidden_characters(harness, entry: str, kind: str):
    with pytest.raises(BotError, match=r"U\+"):
        ENTRIES[entry](harness.store, HIDDEN[kind])


def test_a_stop_is_never_refused_for_its_characters(harness):
    """P16: a pasted reason must not keep anyone from stopping the posts."""
    pauses = harness.store.pauses
    KillSwitch(pauses, StillClock(T0), "Ada\x1b[31m", "bad\nnumbers").pause()
    (stop,) = pauses.active()
    assert (stop.by, stop.reason) == ("Ada [31m", "bad numbers")


def test_a_configuration_names_each_key_with_hidden_characters():
    values = {
        "site": {"contact": "a\u202eb"},
        "sources": {"ioda": {"signals": {"ioda.bgp": {"credit": "a\x1bb"}}}},
        "calendar": [
            {"place": "country:IQ", "since": 1, "until": 2, "what": "a\u200bb"}
        ],
    }
    with pytest.raises(ConfigError) as caught:
        configuration.check_values(values, "c")
    for key in (
        "site.contact",
        "sources.ioda.signals.ioda.bgp.credit",
        "calendar.0.what",
    ):
        assert any(p.startswith(f"c: {key}: has char") for p in caught.value.problems)


@pytest.mark.parametrize("key", ["title", "credit", "licence", "unit", "link"])
def test_a_recording_has_no_hidden_characters(tmp_path, key: str):
    lines = [
        f'{key} = "a\\u202Eb"' if line.startswith(f"{key} ") else line
        for line in ABOUT.splitlines()
    ]
    if key == "link":
        lines.append('link = "https://a\\u202Eb"')
    with pytest.raises(RecordingError, match=rf"{key} has characters"):
        load_recording(write(tmp_path, small_csv(), "\n".join(lines) + "\n"))
