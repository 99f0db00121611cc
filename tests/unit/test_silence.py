"""A level is "now" only while its reading is current (P5, P18), and blindness is told (P19)."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.illustrator import Illustrator
from bot.claims.linter import Linter
from bot.incidents.timeline.silence import without_silent_facts
from bot.model.entity import Entity, EntityKind, NetworkKind
from bot.model.event import Direction, Facts, Impact, KindImpact
from bot.model.incident import EventKind
from bot.model.operations import AlertKind
from bot.model.signal import Family, Signal
from bot.model.verdict import SeriesState
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.translations import (
    environment,
    languages,
    load_translations,
    templates_root,
)
from tests.builders import (
    KZ,
    MAIL,
    MASTODON,
    NOW,
    PROBING,
    X,
    changed,
    event,
    evidence,
    facts,
    mobile,
)
from tests.silences import BGP, END, FALL, PING, SLOW, watching

HOUR = timedelta(hours=1)
HOST = Entity(EntityKind.ASN, "9198")
SITE = "https://outagewire.example.org"
TEMPLATES = environment(templates_root(), all_brands())
REGISTER = load_register()
WRITER = TemplateRenderer(REGISTER, Path("site"), SITE, "", TEMPLATES)
ARTIST = Illustrator(TEMPLATES, load_translations(TEMPLATES, "en"), REGISTER, SITE)
SILENT = FALL + 8 * HOUR
"""When the series of these stories fall silent; their last reading ends then."""
LAST = "17:00 UTC on 13 January"


def fact(page: str, label: str) -> str:
    match = re.search(rf"<dt>{label}</dt><dd>(.*?)</dd>", page)
    return match[1] if match else ""


def alt_of(page: str) -> str:
    match = re.search(r'og:image:alt" content="([^"]*)"', page)
    return match[1] if match else ""


@given(
    step=st.integers(1, 48).map(lambda n: n * timedelta(minutes=30)),
    lag=st.integers(0, 48).map(lambda n: n * timedelta(minutes=10)),
    grace=st.integers(0, 6).map(lambda n: n * timedelta(minutes=30)),
    snapshot=st.booleans(),
    index=st.integers(0, 400_000),
)
def test_reading_is_current_until_the_next_is_overdue(
    step, lag, grace, snapshot, index
):
    signal = Signal(
        "made.one", "", step, lag, Family.TRAFFIC, "", "", snapshot=snapshot
    )
    until = signal.current_until(signal.last_instant_of(index), grace)
    assert until == signal.due_at(index + 1) + grace


@pytest.mark.parametrize("kind", [EventKind.CONFIRMED, EventKind.UPDATED])
@pytest.mark.parametrize("outlet", [X, MASTODON, MAIL], ids=lambda o: o.name)
@pytest.mark.parametrize("lang", languages(templates_root()))
def test_no_post_gives_a_level_of_a_silent_series(lang, outlet, kind):
    given = facts(level=0.37, lowest=0.37)
    own = tuple(replace(s, level=0.37) for s in given.levels.series)
    silence = {(s.entity, s.signal): NOW for s in own}
    told = event(kind, facts=without_silent_facts(changed(given, series=own), silence))
    told = replace(told, at=NOW + 2 * HOUR)
    text = WRITER.write(told, replace(outlet, lang=lang)).body
    levels = re.findall(r"\b37|٣٧|۳۷|३७|၃၇", text)
    # The lowest level so far is still true, and stands once at most.
    assert len(levels) <= (0 if kind is EventKind.CONFIRMED and outlet is X else 1)
    assert not Linter(REGISTER, TEMPLATES, SITE).check(told, text, lang)


def test_post_says_since_when_there_is_no_reading():
    silent = without_silent_facts(facts(), {(KZ, PROBING): NOW})
    told = event(EventKind.UPDATED, facts=silent)
    assert (
        "No reading of active probing since 11:00 UTC on 5 January"
        in WRITER.write(told, X).body
    )
    alt = ARTIST.describe(told, evidence(silent))
    assert "no reading of active probing since 5 Jan 11:00 UTC" in alt
    assert "active probing no data since 5 Jan 11:00 UTC" in alt


def test_normal_level_of_a_country_does_not_stand_for_silent_networks():
    given = changed(mobile(), part=None, level=0.99)
    silence = {(n.entity, n.signal): NOW for n in given.parts.networks}
    told = event(EventKind.UPDATED, facts=without_silent_facts(given, silence))
    assert "99" not in WRITER.write(told, X).body


def test_direction_that_only_silent_series_show_is_unknown():
    shown = Direction(SeriesState.DROPPED, Family.TRAFFIC)
    other = Direction(SeriesState.DROPPED, Family.ACTIVE_PROBING)
    given = facts(impact=Impact((), shown, other))
    traffic = [s for s in given.levels.series if s.family is Family.TRAFFIC]
    silence = {(s.entity, s.signal): NOW for s in traffic}
    impact = without_silent_facts(given, silence).impact
    assert impact is not None
    assert impact.users_out.state is SeriesState.UNKNOWN
    assert impact.services_in == other


def test_one_silent_source_leaves_the_levels_of_the_others(tmp_path):
    with watching(tmp_path, {PING: (SILENT, END)}, FALL - HOUR) as watch:
        watch.until(SILENT + HOUR)
        assert fact(watch.page, "Level at the latest step").startswith("4% of normal")
        tick = watch.until(SILENT + 2 * HOUR)
        page, record = watch.page, watch.record
    level = fact(page, "Level at the latest step")
    assert level.startswith(f"no reading of active probing since {LAST}")
    assert fact(page, "Signals down") == "BGP routing at 4%"
    silent = fact(page, "Signals without a current reading")
    assert f"active probing: no reading since {LAST}" in silent
    assert "active probing no data since 13 Jan 17:00 UTC, BGP routing 4%" in alt_of(
        page
    )
    assert (record["level"], record["level_read_at"]) == (None, "2026-01-13T17:00:00Z")
    levels = {s["id"]: (s["level"], s["state"]) for s in record["signals"]}
    assert levels[PING] == (None, "unknown")
    assert levels[BGP][1] == "dropped"
    assert record["silent_since"] is None
    assert tick.alerts == ()


def test_post_on_a_silent_source_gives_the_level_of_another(tmp_path):
    with watching(tmp_path, {PING: (SILENT, END)}, FALL - HOUR) as watch:
        watch.until(FALL + 27 * HOUR)
        assert "at 4% of normal levels at 06:00 UTC on 14 January" in watch.posts[-1]


def test_post_made_while_its_signal_is_silent_names_that_signal(tmp_path):
    """The update is due an hour after the last reading, and before the state is unknown."""
    since = FALL + 23.5 * HOUR
    with watching(tmp_path, {PING: (since, END)}, FALL - HOUR) as watch:
        watch.until(FALL + 26 * HOUR)
        post = watch.posts[-1]
    assert "continues" in post
    assert "No reading of active probing since 08:30 UTC" in post or "06:00 UTC" in post
    assert "4% of normal levels at 08:30" not in post


def test_blind_incident_is_reported_until_readings_return(tmp_path):
    back = FALL + 20 * HOUR
    silences = dict.fromkeys((PING, BGP, SLOW), (SILENT, back))
    with watching(tmp_path, silences, FALL - HOUR) as watch:
        # The slow signal has steps of six hours, so it is waited for.
        assert watch.until(SILENT + 8 * HOUR).alerts == ()
        (alert,) = watch.until(SILENT + 11 * HOUR).alerts
        assert (alert.kind, alert.subject) == (AlertKind.BLIND, watch.record["id"])
        assert f"{alert.since:%H:%M} UTC" in watch.page
        assert "No reading since 18:00 UTC on 13 January" in watch.page
        assert watch.record["silent_since"] == "2026-01-13T18:00:00Z"
        assert watch.record["level"] is None
        assert len(watch.posts) == 1
        assert watch.until(back + 2 * HOUR).alerts == ()
        assert "<strong>As of" in watch.page
        assert watch.record["level"] is not None


def test_series_that_fall_silent_in_turn_blind_an_incident_with_the_last(tmp_path):
    silences = {
        PING: (SILENT, END),
        BGP: (SILENT + 3 * HOUR, END),
        SLOW: (SILENT, END),
    }
    with watching(tmp_path, silences, FALL - HOUR) as watch:
        watch.until(SILENT + 4 * HOUR)
        assert fact(watch.page, "Signals down") == "BGP routing at 4%"
        watch.until(SILENT + 6 * HOUR)
        assert fact(watch.page, "Signals down") == ""
        (alert,) = watch.until(SILENT + 12 * HOUR).alerts
        assert alert.since == SILENT + 3 * HOUR


def test_late_source_is_current_within_its_lag_and_grace(tmp_path):
    with watching(tmp_path, {}, FALL - HOUR) as watch:
        for hours in (4, 9, 14, 19, 24):
            watch.until(FALL + hours * HOUR)
            assert watch.record["level"] is not None
            assert all(s["level"] is not None for s in watch.record["signals"])


def test_page_of_a_new_start_says_what_is_silent(tmp_path):
    with watching(tmp_path, {PING: (SILENT, END)}, SILENT) as watch:
        watch.until(SILENT + 5 * HOUR)
        assert fact(watch.page, "Level at the latest step").startswith(
            "no reading of active probing"
        )


def mobile_and_hosting() -> Facts:
    """Return facts with three mobile networks and a hosting network down, and impact."""
    host = replace(mobile().parts.networks[0], entity=HOST, kind=NetworkKind.HOSTING)
    counts = (
        KindImpact(NetworkKind.MOBILE, 4, 3, 0, 0.31),
        KindImpact(NetworkKind.HOSTING, 1, 1, 0, 0.28),
    )
    down = Direction(SeriesState.DROPPED, Family.ACTIVE_PROBING, by_networks=True)
    networks = (*mobile().parts.networks, host)
    return changed(mobile(), networks=networks, impact=Impact(counts, down, down))


def test_silent_network_that_was_down_counts_as_unknown():  # P5
    given = mobile_and_hosting()
    silence = {given.parts.networks[0].key: NOW, given.parts.networks[3].key: NOW}
    impact = without_silent_facts(given, silence).impact
    assert impact is not None
    mobile_now, hosting = impact.kinds
    assert (mobile_now.dropped, mobile_now.unknown) == (2, 1)
    assert mobile_now.median_level == pytest.approx(0.36)
    assert (hosting.dropped, hosting.unknown, hosting.median_level) == (0, 1, None)


def test_direction_depends_on_the_networks_of_its_kind_alone():
    given = mobile_and_hosting()
    impact = without_silent_facts(given, {given.parts.networks[3].key: NOW}).impact
    assert impact is not None
    assert impact.services_in.state is SeriesState.UNKNOWN
    assert impact.users_out.state is SeriesState.DROPPED
