"""Impact: which kinds of networks are down, and whether users or services are cut off."""

import json
from dataclasses import replace
from statistics import median

import pytest

from bot.incidents.impact import impact_of
from bot.model.entity import Entity, EntityKind, Network, NetworkKind
from bot.model.event import Direction, Facts, Impact, IncidentEvent, KindImpact
from bot.model.signal import Family
from bot.model.timeline import SeriesLevel
from bot.model.verdict import SeriesState
from bot.model.watchlist import Watchlist, group_into_places
from bot.site.charts.views import ChartView
from bot.site.impact_view import impact_view
from bot.site.incident_page.affected_parts import impact_map
from bot.sources.registry import all_brands
from bot.store.serialization import from_json, to_json
from bot.text.translations import environment, load_translations, templates_root
from tests.builders import PROBING, between, event, network, operators, regions
from tests.signals import a_signal, a_week_of, assess
from tests.unit.test_pages import publish, report_of
from tests.unit.test_transitions import a_finding, a_verdict

KZ = Entity(EntityKind.COUNTRY, "KZ")
MOBILE, FIXED, HOSTING = NetworkKind.MOBILE, NetworkKind.FIXED, NetworkKind.HOSTING
AN_ONSET = between("2000-01-01 00:00", "2000-01-01 01:00")
KINDS = {1: MOBILE, 2: MOBILE, 3: FIXED, 4: FIXED, 5: HOSTING, 6: HOSTING, 7: HOSTING}
PROBED, TRAFFIC, ROUTES = Family.ACTIVE_PROBING, Family.TRAFFIC, Family.CONTROL_PLANE


def asn(number: int) -> Entity:
    return Entity(EntityKind.ASN, str(number))


def watchlist() -> Watchlist:
    networks = {
        asn(n): Network(n, f"N{n}", f"Holder {n}", kind, "KZ")
        for n, kind in KINDS.items()
    }
    return group_into_places([KZ, *networks], networks, {})


def network_finding(
    number: int, state=SeriesState.DROPPED, level=0.1, family=PROBED, **more
):
    return a_finding(family, state, level, entity=asn(number), **more)


def assess_impact(*findings) -> Impact:
    own = tuple(f for f in findings if f.entity == KZ)
    parts = tuple(f for f in findings if f.entity != KZ)
    verdict = a_verdict(*own, parts=parts)
    fallen = [series_level(f) for f in verdict.fallen_parts]
    return impact_of(verdict, fallen, watchlist(), AN_ONSET)


def series_level(f) -> SeriesLevel:
    return network(f.entity.code, f.level, family=f.family, signal=PROBING)


def counts_of(kind: NetworkKind, result: Impact) -> KindImpact:
    return next(counts for counts in result.kinds if counts.kind is kind)


def test_each_kind_counts_watched_dropped_and_unknown_networks():
    result = assess_impact(
        network_finding(1, level=0.1),
        network_finding(2, level=0.3),
        network_finding(3, SeriesState.ORDINARY, 1.0),
        network_finding(4, SeriesState.UNKNOWN, None),
        network_finding(5, SeriesState.ORDINARY, 0.99),
    )
    assert result.kinds == (
        KindImpact(MOBILE, 2, 2, 0, 0.2),
        KindImpact(FIXED, 2, 0, 1, None),
        KindImpact(HOSTING, 1, 0, 0, None),
    )


def test_network_without_readings_is_unknown_not_normal():
    """P5: a network without readings counts as unknown, not as normal."""
    result = assess_impact(
        network_finding(3, SeriesState.UNKNOWN, None),
        network_finding(4, SeriesState.UNKNOWN, None),
    )
    assert counts_of(FIXED, result) == KindImpact(FIXED, 2, 0, 2, None)
    assert result.users_out == Direction(SeriesState.UNKNOWN, None)
    assert result.services_in == Direction(SeriesState.UNKNOWN, None)


def test_unsustained_drop_counts_as_unknown():
    result = assess_impact(
        network_finding(1, sustained=False),
        network_finding(2, SeriesState.ORDINARY, 1.0),
    )
    assert counts_of(MOBILE, result) == KindImpact(MOBILE, 2, 0, 1, None)


def test_normal_series_does_not_hide_a_dropped_one():
    result = assess_impact(
        network_finding(1), network_finding(1, SeriesState.ORDINARY, 1.0, ROUTES)
    )
    assert counts_of(MOBILE, result).dropped == 1


def test_traffic_measures_users_and_probing_measures_services():
    result = assess_impact(
        a_finding(TRAFFIC, SeriesState.DROPPED, 0.2),
        a_finding(PROBED, SeriesState.ORDINARY, 1.0),
    )
    assert result.users_out == Direction(SeriesState.DROPPED, TRAFFIC)
    assert result.services_in == Direction(SeriesState.ORDINARY, PROBED)


def test_directions_are_reported_independently():
    result = assess_impact(
        a_finding(TRAFFIC, SeriesState.ORDINARY, 1.0),
        a_finding(PROBED, SeriesState.DROPPED, 0.2),
    )
    assert result.users_out == Direction(SeriesState.ORDINARY, TRAFFIC)
    assert result.services_in == Direction(SeriesState.DROPPED, PROBED)


def test_telemetry_then_networks_replace_unknown_traffic():
    silent = a_finding(TRAFFIC, SeriesState.UNKNOWN, None)
    telemetry = a_finding(Family.TELEMETRY, SeriesState.ORDINARY, 1.0)
    dropped = (network_finding(1), network_finding(3))
    assert assess_impact(silent, telemetry).users_out.family is Family.TELEMETRY
    direction = assess_impact(silent, *dropped).users_out
    assert direction == Direction(SeriesState.DROPPED, PROBED, by_networks=True)


def test_average_does_not_hide_half_the_networks():
    normal_traffic = a_finding(TRAFFIC, SeriesState.ORDINARY, 0.97)
    result = assess_impact(
        normal_traffic,
        network_finding(1),
        network_finding(2),
        network_finding(3, SeriesState.ORDINARY, 1.0),
    )
    assert result.users_out == Direction(SeriesState.DROPPED, PROBED, by_networks=True)
    assert result.services_in == Direction(SeriesState.UNKNOWN, None)


def test_one_hosting_network_of_three_decides_nothing():
    result = assess_impact(
        network_finding(5),
        network_finding(6, SeriesState.ORDINARY, 1.0),
        network_finding(7, SeriesState.ORDINARY, 1.0),
    )
    assert counts_of(HOSTING, result).dropped == 1
    assert result.services_in == Direction(SeriesState.UNKNOWN, None)


def test_the_order_of_findings_changes_nothing():
    """P14: the impact does not depend on the order of the findings."""
    findings = [
        network_finding(1, level=0.1),
        network_finding(3, SeriesState.ORDINARY),
        network_finding(2, level=0.4),
    ]
    assert assess_impact(*findings) == assess_impact(*reversed(findings))


def mobile_shutdown_facts() -> Facts:
    """Return facts of an event: two mobile networks drop, a fixed one stays normal."""
    probe, traffic = a_signal(), a_signal("t.traffic", TRAFFIC)
    fall = drop_to(0.1)
    levels = {
        (probe, "country:KZ"): drop_to(0.55),
        (traffic, "country:KZ"): drop_to(0.5),
        (probe, "asn:1"): fall,
        (probe, "asn:2"): drop_to(0.2),
        (probe, "asn:3"): a_week_of(500),
    }
    networks = [Network(n, f"N{n}", "H", k, "KZ") for n, k in KINDS.items()]
    changes = assess(levels, networks)[0].changes
    return next(
        c.event.facts for c in reversed(changes) if c.event.facts.parts.networks
    )


def drop_to(share: float):
    values = a_week_of(500)
    values[-12:] *= share
    return values


def test_levels_equal_those_of_the_event_facts():
    """P4: the impact has the counts and levels of the networks in the event's facts."""
    event_facts = mobile_shutdown_facts()
    assert event_facts.impact is not None
    mobile = counts_of(MOBILE, event_facts.impact)
    fallen = [n.level for n in event_facts.parts.networks if n.kind is MOBILE]
    assert (mobile.watched, mobile.dropped, mobile.unknown) == (2, len(fallen), 0)
    assert mobile.median_level == median(v for v in fallen if v is not None)
    assert counts_of(FIXED, event_facts.impact) == KindImpact(FIXED, 1, 0, 0, None)
    assert counts_of(HOSTING, event_facts.impact).watched == 0


def test_facts_stored_without_impact_still_load():
    stored = event()
    old = json.loads(to_json(replace(stored, facts=replace(stored.facts, impact=None))))
    del old["facts"]["impact"]
    assert from_json(IncidentEvent, json.dumps(old)).facts.impact is None


def sample_impact() -> Impact:
    return Impact(
        kinds=(
            KindImpact(MOBILE, 3, 2, 1, 0.284),
            KindImpact(FIXED, 4, 0, 0, None),
            KindImpact(HOSTING, 0, 0, 0, None),
        ),
        users_out=Direction(SeriesState.DROPPED, TRAFFIC),
        services_in=Direction(SeriesState.UNKNOWN, None),
    )


def test_page_and_json_show_the_same_impact(tmp_path):
    """P4: the report page and incident.json give the same counts and levels."""
    report = report_of(tmp_path, event(impact=sample_impact()))
    page = publish(tmp_path, report)
    assert "Mobile 3 2 1 28% of normal levels" in page.text
    assert "Fixed lines 4 0 0 none down" in page.text
    assert "Access of people there: dropped." in page.text
    assert "as traffic shows" in page.text
    assert "Access to services there: not known." in page.text
    path = tmp_path / "i" / report.incident.id / "incident.json"
    impact_json = json.loads(path.read_text(encoding="utf-8"))["impact"]
    assert impact_json["networks"]["mobile"] == {
        "watched": 3,
        "dropped": 2,
        "unknown": 1,
        "median_level": 0.284,
    }
    assert impact_json["users_out"]["state"] == "dropped"
    assert impact_json["services_in"] == {
        "state": "unknown",
        "family": None,
        "by_networks": False,
        "pending": False,
    }


def test_direction_without_a_reading_since_the_onset_is_not_known_yet(tmp_path):
    """P18: a reading from before the onset is no statement on the users."""
    pending = Direction(SeriesState.UNKNOWN, None, is_pending=True)
    shown = replace(sample_impact(), users_out=pending, services_in=pending)
    page = publish(tmp_path, report_of(tmp_path, event(impact=shown)))
    assert "Access of people there: not known yet." in page.text
    assert "Access to services there: not known yet." in page.text


def test_unwatched_kind_is_not_shown_as_zero_down(tmp_path):
    """P5: the page says that no network of a kind is watched, not that zero are down."""
    page = publish(tmp_path, report_of(tmp_path, event(impact=sample_impact())))
    assert "Hosting none known to be of this kind is watched" in page.text
    assert "Hosting 0" not in page.text


def test_without_watched_networks_there_is_no_table(tmp_path):
    """P5: without watched networks the page says so, and has no table of zeros."""
    none = tuple(KindImpact(kind, 0, 0, 0, None) for kind in (MOBILE, FIXED, HOSTING))
    unwatched = event(impact=replace(sample_impact(), kinds=none))
    page = publish(tmp_path, report_of(tmp_path, unwatched))
    assert "No network that is known to be mobile, fixed or hosting" in page.text
    assert "Median level of those down" not in page.text


@pytest.mark.parametrize("state", [SeriesState.ORDINARY, SeriesState.DROPPED])
@pytest.mark.parametrize("by_networks", [True, False])
@pytest.mark.parametrize("family", list(Family))
def test_every_direction_has_words(state, by_networks, family):
    direction = Direction(state, family, by_networks)
    both = replace(sample_impact(), users_out=direction, services_in=direction)
    words = load_translations(environment(templates_root(), all_brands()), "en")
    view = impact_view(event(impact=both), words)
    assert view is not None
    shown = {SeriesState.ORDINARY: "normal"}.get(state, state)
    assert view.users.startswith(f"Access of people there: {shown}.")
    assert view.services.startswith(f"Access to services there: {shown}.")


def test_page_of_facts_without_impact_and_parts_has_no_table(tmp_path):
    step = event(impact=None, networks=())
    page = publish(tmp_path, report_of(tmp_path, step))
    assert "Who is cut off" not in page.text


def test_page_shows_regions_and_networks_that_fell(tmp_path):
    """P4: the tables have the levels of the event's facts. P5: unknown is not zero."""
    levels = {"Almaty": 0.04, "Atyrau": None, **{f"R{n}": 0.5 for n in range(6)}}
    step = event(impact=None, regions=regions("KZ", levels), networks=operators(0.03))
    page = publish(tmp_path, report_of(tmp_path, step))
    assert "Regions that fell" in page.text
    assert "Almaty Active probing 4%" in page.text
    assert "Atyrau Active probing not known" in page.text
    assert "More: 2" in page.text
    assert "Networks that fell" in page.text
    assert "3%" in page.text.split("Networks that fell")[1]


def test_map_stands_beside_the_tables_if_it_shades_regions(tmp_path):
    kinds = [ChartView(kind, "a.svg", "b.svg", "") for kind in ("lines", "map")]
    levels: dict[str, float | None] = {"Texas": 0.1}
    regional = event(regions=regions("US", levels))
    report = report_of(tmp_path, regional)
    assert impact_map(report, kinds) == kinds[1]
    # The newest chart has a place of its own.
    assert impact_map(report, kinds[::-1]) is None
    # Without outlines of regions, a map only shows where the place lies.
    elsewhere = report_of(tmp_path, event(regions=regions("KZ", {"Almaty": 0.1})))
    assert impact_map(elsewhere, kinds) is None


def test_name_of_a_part_is_never_markup(tmp_path):
    parts = regions("KZ", {"<script>alert(1)</script>": 0.1})
    publish(tmp_path, report_of(tmp_path, event(regions=parts)))
    for path in tmp_path.rglob("index.html"):
        assert "<script>alert" not in path.read_text("utf-8")
