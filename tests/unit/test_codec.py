"""Records are read back unchanged, and are always stored as the same bytes (P4, P14)."""

import dataclasses
import types
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.model.delivery import Delivery, Post, Receipt
from bot.model.draft import Action, Decision, Draft
from bot.model.entity import Entity, EntityKind
from bot.model.event import IncidentEvent
from bot.model.incident import Abstention, Evidence, Incident, Trace
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.store.serialization import from_json, pack, to_json, unpack
from tests import builders

RECORDS = (
    Decision,
    Delivery,
    Draft,
    Evidence,
    Incident,
    IncidentEvent,
    Post,
    Abstention,
)
AT = datetime(2026, 1, 8, 16, 30, 0, 7, tzinfo=UTC)
KZ = Entity(EntityKind.COUNTRY, "KZ")

instants = st.integers(0, 4 * 10**15).map(
    lambda us: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
)
spans = st.integers(0, 10**14).map(lambda us: timedelta(microseconds=us))


def field_strategy(hint: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for everything that a field with the type hint `hint` may hold."""
    if hint in SCALARS:
        return SCALARS[hint]
    if get_origin(hint) is tuple:
        return st.lists(field_strategy(get_args(hint)[0]), max_size=2).map(tuple)
    if isinstance(hint, types.UnionType):
        return st.one_of(*(field_strategy(choice) for choice in get_args(hint)))
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    hints = get_type_hints(hint)
    names = [field.name for field in dataclasses.fields(hint)]
    return st.builds(hint, **{name: field_strategy(hints[name]) for name in names})


SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    type(None): st.none(),
    bool: st.booleans(),
    int: st.integers(0, 10**9),
    float: st.floats(allow_nan=False, allow_infinity=False),
    str: st.text(st.characters(codec="utf-8"), max_size=8),
    datetime: instants,
    timedelta: spans,
    Entity: st.sampled_from(
        [KZ, Entity(EntityKind.REGION, "KZ/Алматы"), Entity(EntityKind.ASN, "9198")]
    ),
    Interval: st.builds(lambda at, width: Interval(at, at + width), instants, spans),
}


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_record_is_decoded_equal_and_encoded_identically(kind, data):
    record = data.draw(field_strategy(kind))
    text = to_json(record)
    decoded = from_json(kind, text)
    assert decoded == record
    assert to_json(decoded) == text


def test_enums_times_and_nested_records_keep_their_type():
    decoded = from_json(Decision, to_json(Decision("E.1", "x", Action.HOLD, "why", AT)))
    assert decoded.action is Action.HOLD
    assert decoded.at == AT
    assert decoded.at.utcoffset() == timedelta(0)
    assert decoded.at.tzname() == "UTC"


def test_the_json_is_compact_and_in_declared_order():
    text = to_json(Abstention(KZ, AT, "ordinary", "none-dropped", "Қазақстан"))
    assert text == (
        '{"place":{"kind":"country","code":"KZ"},"at":"2026-01-08T16:30:00.000007Z",'
        '"outcome":"ordinary","rule":"none-dropped","reason":"Қазақстан"}'
    )


def test_nan_reading_is_missing_and_not_zero():
    """P5: a reading that is not a number is read back as missing, not as zero."""
    trace = Trace(KZ, "s", Family.TRAFFIC, "b", AT, 300, (float("nan"), 0.0), (), ())
    decoded = from_json(Trace, to_json(trace))
    assert decoded.values == (None, 0.0)


def test_a_record_with_a_wrong_field_is_not_written():
    """P16: a record with a value of a wrong type is refused when it is written."""
    wrong: Any = "soon"
    with pytest.raises(StoreError, match="Decision cannot be stored"):
        to_json(Decision("E.1", "x", wrong, "why", AT))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"id":1}', '{"id":"1","url":null,"extra":[]}{}']
)
def test_invalid_record_raises_store_error(text):
    with pytest.raises(StoreError, match="Receipt that cannot be read"):
        from_json(Receipt, text)


def test_interval_that_ends_before_it_begins_is_refused():
    reversed_interval = (
        '{"since":"2026-01-08T17:00:00Z","until":"2026-01-08T16:00:00Z"}'  # P9
    )
    with pytest.raises(StoreError, match="Interval that cannot be read"):
        from_json(Interval, reversed_interval)


@given(st.binary(max_size=500))
def test_unpacking_restores_packed_bytes(data):
    assert unpack(*pack(data)) == data


@pytest.mark.parametrize("damaged", [b"", b"not zlib", pack(b"another answer")[1]])
def test_damaged_bytes_are_refused(damaged):
    """P4: stored bytes that do not match their hash are refused."""
    digest, _ = pack(b"the answer")
    with pytest.raises(StoreError, match="no longer have the hash"):
        unpack(digest, damaged)


def test_incident_stored_without_parts_can_still_be_read():
    incident = builders.incident_of(builders.event())
    text = to_json(incident).replace(',"told_parts":[]', "")
    assert "told_parts" not in text
    assert from_json(type(incident), text) == incident
