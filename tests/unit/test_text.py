"""Posts state what the facts support, in whole sentences, within the length limit."""

import re
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import RenderingError
from bot.model.draft import LinkPolicy, OutletText
from bot.model.entity import Entity, EntityKind, NetworkKind
from bot.model.event import Facts
from bot.model.incident import EventKind
from bot.model.interval import Interval
from bot.model.verdict import Scope, Severity, round_to_percent
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.fitting.slots import Slot, fit, read_slots
from bot.text.translations import (
    environment,
    load_translations,
    template_sets,
    templates_root,
)
from tests.builders import (
    EVERY_KIND,
    FILE,
    KZ,
    MAIL,
    MASTODON,
    ONSET,
    ROUTING,
    X,
    changed,
    corrected,
    escalated,
    event,
    facts,
    iran_partial,
    mobile,
    network,
    operators,
    phase,
    restored,
    series,
    suspected,
    utc,
)
from tests.unit.test_places import COUNTRIES

REGISTER = load_register()
TEMPLATES = environment(templates_root(), all_brands())
WRITER = TemplateRenderer(
    REGISTER, Path("site"), "https://outagewire.example.org", "", TEMPLATES
)
LINK = "https://outagewire.example.org/i/KZ-2022-0104/"
CAUSAL = re.compile(
    r"\b(because|due to|caused|ordered|deliberate\w*|government|shutdown|as a result"
    r"|in response|amid)\b",
    re.IGNORECASE,
)


def write(kind: EventKind, event_facts: Facts, outlet=X) -> OutletText:
    return WRITER._text(event(kind, facts=event_facts), outlet)


def body(kind: EventKind, event_facts: Facts, outlet=X) -> str:
    return write(kind, event_facts, outlet).body


# Networks that recover during an incident


def test_update_names_restored_and_missing_networks():  # P2
    kcell, tele2, beeline = operators(0.28, 0.31, 1.0)
    event_facts = mobile(networks=(kcell, tele2), parts_back=(beeline,))
    text = body(EventKind.UPDATED, event_facts)
    assert "Normal again: Beeline." in text
    assert "Kcell is at 28% and Tele2 at 31%" in text
    assert "Back to normal" not in body(EventKind.UPDATED, mobile())


# Slots: parts of a post that can be shortened or left out


def test_slots_are_dropped_whole_by_rank():
    slots = (
        Slot(0, " ", ("State.",), 0),
        Slot(2, " ", ("x" * 60,), 2),
        Slot(1, " ", ("y" * 60,), 1),
        Slot(0, "\n\n", ("End.",), 0),
    )
    text = fit(slots, replace(X, limit=80))
    assert text.body == "State. " + "y" * 60 + "\n\nEnd."


def test_short_slot_uses_room_of_skipped_long_slot():
    slots = read_slots(f"0|space|A.\n1|space|{'x' * 99}\n2|space|Short.")
    assert fit(slots, replace(X, limit=30)).body == "A. Short."


def test_shorter_variant_is_used_if_longest_does_not_fit():
    slots = read_slots("0|space|The fullest way. || Short.\n1|space|B.")
    assert fit(slots, X).body == "The fullest way. B."
    assert fit(slots, replace(X, limit=12)).body == "Short. B."


def test_longer_variant_waits_for_slots_of_higher_priority():
    slots = read_slots("0+2|space|The fullest way. || Short.\n1|space|Before it.")
    assert fit(slots, replace(X, limit=20)).body == "Short. Before it."
    assert fit(slots, X).body == "The fullest way. Before it."


def test_undroppable_slot_that_does_not_fit_is_an_error():
    with pytest.raises(RenderingError, match="longer than 10"):
        fit(read_slots("0|space|" + "x" * 11), replace(X, limit=10))


def test_template_line_without_slot_syntax_is_an_error():
    with pytest.raises(RenderingError, match="not a slot"):
        read_slots("0|tab|words")
    with pytest.raises(RenderingError, match="not a slot"):
        read_slots("0+|space|words")


def test_slot_with_empty_text_is_left_out():
    assert read_slots("0|space|A.\n\n3|line|\n") == (Slot(0, " ", ("A.",), 0),)


# The post on each state


def test_confirmed_mobile_outage_names_operators_with_levels():
    text = body(EventKind.CONFIRMED, mobile(), MASTODON)
    assert text.startswith(
        "📵 Confirmed: significant disruption to mobile internet in #Kazakhstan."
    )
    assert "Kcell is at 28%, Tele2 at 31% and Beeline at 41% of normal levels" in text
    assert "17:00 UTC on 4 January (23:00 in Almaty)" in text
    assert "The cause is not known." in text


def test_escalation_is_an_update_that_recalls_the_beginning():
    text = body(EventKind.ESCALATED, escalated(), MASTODON)
    assert "Update: the disruption in #Kazakhstan has widened to a nation-scale" in text
    assert "It began as a significant disruption to mobile internet on Tuesday" in text


def test_deeper_drop_of_same_scope_is_called_deepened():
    before = escalated().phases[0]
    phases = (replace(before, scope=Scope.NATIONAL, severity=Severity.MINOR),)
    assert "deepened to" in body(EventKind.ESCALATED, facts(phases=phases))


def test_suspected_post_says_one_source_and_nothing_more():
    """P7: the post names one source, and does not say confirmed, outage or disruption."""
    text = body(EventKind.SUSPECTED, suspected())
    words = text.replace(LINK, "").lower()
    assert "one source (bgp routing, ioda) shows a drop" in words
    assert "not corroborated" in words
    assert "confirmed" not in words
    assert "outage" not in words
    assert "disruption" not in words


def test_partial_return_is_an_update_not_a_restoration():
    text = body(EventKind.PARTLY_RESTORED, iran_partial())
    assert "Update: connectivity in #Iran is partly back." in text
    assert "Normal again: Google traffic. At 12:00 UTC" in text
    assert "most networks still do not answer probes (4% of normal)." in text
    assert "restor" not in text.lower()


def test_a_post_after_midnight_names_the_day_of_the_onset():
    """P9: the onset was a day earlier; its time alone would seem to be of today."""
    partial = event(EventKind.PARTLY_RESTORED, facts=iran_partial())
    night = replace(partial, at=iran_partial().timing.as_of + timedelta(days=1))
    onset = iran_partial().timing.onset
    same_day = changed(night.facts, as_of=onset.until + timedelta(minutes=5))
    text = WRITER._text(replace(night, facts=same_day), MASTODON).body
    assert f"UTC on {onset.until:%A} {onset.until.day} {onset.until:%B}" in text


def test_restored_post_gives_duration_as_a_range():
    """P9: the post gives the shortest and the longest possible duration."""
    text = body(EventKind.RESTORED, restored())
    assert text.startswith("✅ Restored: connectivity in #Kazakhstan is back to normal")
    assert "lasted between 6 days 6 hours and 6 days 9 hours." in text


def test_uncorroborated_drop_is_still_called_drop_when_over():
    """P7: the post on the end of a suspected drop still says that it was not corroborated."""
    alone = suspected()
    event_facts = restored(
        families=(),
        opened_by=alone.sources.opened_by,
        returned=alone.sources.opened_by,
        phases=(phase(EventKind.SUSPECTED, "2022-01-04 17:00"),),
    )
    text = body(EventKind.RESTORED, event_facts).replace(LINK, "")
    assert "that one source showed is over; it was not corroborated" in text
    assert "disruption" not in text


def test_retracted_is_not_restored():
    """P11: the post on a retraction withdraws the report, and never says restored."""
    text = body(EventKind.RETRACTED, suspected())
    assert "Retracted: we withdraw our report" in text
    assert "restored" not in text.lower()


def test_correction_gives_wrong_value_its_time_and_right_value():  # P11
    text = body(EventKind.CORRECTED, corrected(), MASTODON)
    assert "Correction: revised readings change our report of 5 Jan 11:00 UTC" in text
    assert "It gave 2% of normal levels as the lowest; it was 31%." in text
    assert "It began around 10:40 UTC" in text
    assert "not around 10:10 UTC" in text


def test_correction_of_a_suspected_drop_confirms_nothing():  # P7
    event_facts = suspected(wrong=corrected().wrong_claims, phases=())
    text = body(EventKind.CORRECTED, event_facts)
    assert "ot corroborated." in text
    assert "confirm" not in text.lower()


@pytest.mark.parametrize(
    "kind", ["escalated", "updated", "reopened", "partly-restored"]
)
def test_every_later_step_starts_with_update(kind):
    text = body(EventKind(kind), EVERY_KIND[EventKind(kind)]())
    assert re.match(r"\S+ Update: ", text)


def test_level_of_a_region_never_reads_as_the_countrys():
    """P4: the post names the entity whose level was measured: the region."""
    region = series(ROUTING, 0.2, Entity(EntityKind.REGION, "KZ/Almaty"))
    event_facts = facts(
        scope=Scope.REGIONAL,
        level=0.2,
        principal=ROUTING,
        series=(series(ROUTING, 0.9),),
        regions=(region,),
        part=region.entity,
    )
    text = body(EventKind.CONFIRMED, event_facts, MASTODON)
    assert "Almaty is at 20% of normal levels" in text
    assert "Connectivity is at 20%" not in text


def test_source_is_named_in_the_post():
    """P13: posts on X and on Mastodon name the source, IODA."""
    for outlet in (X, MASTODON):
        text = body(EventKind.CONFIRMED, facts(), outlet)
        assert "Measured by IODA with active probing" in text


def test_reconstruction_is_marked_first_and_names_no_source():
    for kind, build in EVERY_KIND.items():
        text = body(kind, build(reconstruction=True))
        assert text.startswith("[Reconstruction]")
        assert "IODA" not in text


def test_a_channel_without_links_gets_none():
    assert "https" not in body(
        EventKind.CONFIRMED, facts(), replace(X, links=LinkPolicy.NEVER)
    )


def test_file_channel_of_x_size_gets_same_text():
    event_facts = escalated()
    assert body(EventKind.ESCALATED, event_facts, FILE) == body(
        EventKind.ESCALATED, event_facts, X
    )


def test_error_for_unknown_language_names_the_language():
    with pytest.raises(RenderingError, match="'tlh'"):
        write(EventKind.CONFIRMED, facts(), replace(X, lang="tlh"))


def test_regional_variant_uses_its_base_language():
    assert write(EventKind.CONFIRMED, facts(), replace(X, lang="en-GB")).lang == "en-GB"


def test_level_near_zero_is_less_than_one_percent():
    assert "less than 1%" in body(EventKind.UPDATED, facts(level=0.004))


def test_catalogue_has_nouns_for_every_scope_and_severity():
    words = load_translations(TEMPLATES, "en")
    for scope in (*Scope, "place"):
        for severity in Severity:
            noun = words.translate("nouns", scope, severity)
            assert words.translate("phrases", scope, severity).endswith(noun)


# Properties of posts on any event

LEVELS = st.one_of(st.none(), st.floats(0.0, 1.3))
NAMES = st.sampled_from(["Kcell", "Beeline", "Mobile Telecom-Service", "Irancell", ""])


@st.composite
def any_facts(draw: st.DrawFn) -> tuple[EventKind, Facts]:
    kind = draw(st.sampled_from(EventKind))
    place = Entity(EntityKind.COUNTRY, draw(st.sampled_from(COUNTRIES)))
    minutes = st.integers(0, 60 * 24 * 40 // 5)
    as_of = utc("2021-12-20 00:00") + timedelta(minutes=5 * draw(minutes))
    since = as_of - timedelta(minutes=5 * draw(minutes))
    width = timedelta(minutes=5 * draw(st.integers(0, 144)))
    onset = Interval(since, max(since, min(since + width, as_of)))
    nets = tuple(
        replace(
            network(str(asn), draw(LEVELS), as_of=as_of),
            brand=draw(NAMES),
            kind=NetworkKind.MOBILE,
        )
        for asn in draw(st.lists(st.integers(1, 4_000_000_000), max_size=6))
    )
    level = draw(LEVELS)
    event_facts = EVERY_KIND[kind](
        place=place,
        level=level,
        lowest=level,
        scope=draw(st.sampled_from(Scope)),
        severity=draw(st.sampled_from(Severity)),
        as_of=as_of,
        onset=onset,
        restored=Interval(onset.until, as_of) if kind is EventKind.RESTORED else None,
        networks=nets,
        series=(series("ioda.ping-slash24", level, place), series(ROUTING, 0.9, place)),
        principal="ioda.ping-slash24",
        reconstruction=draw(st.booleans()),
    )
    return kind, event_facts


@settings(max_examples=100, deadline=None)
@given(any_facts(), st.sampled_from([X, FILE, MASTODON]))
def test_every_post_fits_and_has_state_place_and_link(case, outlet):
    kind, event_facts = case
    text = write(kind, event_facts, outlet)
    assert text.length <= outlet.limit
    assert REGISTER.hashtag(event_facts.place) in text.body
    assert text.body.endswith(LINK)
    assert re.search(
        r"(Suspected|Confirmed|Update|Restored|Correction|Retracted): ", text.body
    )
    assert event_facts.reconstruction == ("Reconstruction" in text.body)
    assert not CAUSAL.search(text.body)
    if kind is EventKind.SUSPECTED:
        assert "confirmed" not in text.body.lower()


@settings(max_examples=60, deadline=None)
@given(st.floats(0.0, 1.3))
def test_number_in_the_text_is_the_level(level):
    """P4: the post gives the level in whole percent, or as less than 1%."""
    text = body(EventKind.UPDATED, facts(level=level))
    percent = round_to_percent(level)
    shown = f"{percent}%" if percent else "less than 1%"
    assert f"Connectivity is at {shown} of normal levels" in text


def test_the_longest_place_still_fits_x_in_every_kind():
    worst = utc("2022-09-14 21:30")
    onset = Interval(worst - timedelta(days=30, hours=7), worst - timedelta(days=30))
    places = [Entity(EntityKind.COUNTRY, code) for code in COUNTRIES]
    places.sort(
        key=lambda p: (
            len(REGISTER.hashtag(p))
            + 2 * len(REGISTER.city(REGISTER.principal_zone(p), "en"))
        )
    )
    for place in places[-12:]:
        for kind, build in EVERY_KIND.items():
            event_facts = build(
                place=place,
                as_of=worst,
                onset=onset,
                level=0.001,
                lowest=0.001,
                principal=ROUTING,
                series=(series(ROUTING, 0.001, place),),
                reconstruction=True,
            )
            assert write(kind, event_facts).length <= 280


def test_no_two_posts_of_a_thread_are_identical():
    """Updates differ at least in their as-of time, because channels refuse repeated texts."""
    days = [utc("2022-01-06 11:00") + timedelta(hours=12 * n) for n in range(8)]
    texts = [
        body(EventKind.UPDATED, facts(as_of=at, onset=ONSET, place=KZ)) for at in days
    ]
    assert len(set(texts)) == len(texts)


def test_no_template_gives_a_cause():
    """P8: the templates of posts contain no causal words."""
    for path in templates_root().rglob("posts/**/*.txt"):
        assert not CAUSAL.search(path.read_text(encoding="utf-8")), path


def test_operators_with_the_same_level_share_it():
    event_facts = mobile(networks=operators(0.3, 0.3, 0.3))
    assert "Beeline at 30%" in body(EventKind.CONFIRMED, event_facts)


def test_only_the_first_few_of_many_operators_are_named():
    nets = operators(0.1, 0.2, 0.3)
    more = tuple(replace(nets[0], brand=f"Net{n}", level=0.5) for n in range(4))
    event_facts = mobile(networks=(*nets, *more))
    assert "Net0" not in body(EventKind.CONFIRMED, event_facts, MASTODON)


# Posts by e-mail


@settings(max_examples=100, deadline=None)
@given(any_facts())
def test_every_letter_has_a_subject_and_a_full_text(case):
    kind, event_facts = case
    subject, blank, text = body(kind, event_facts, MAIL).partition("\n\n")
    assert blank
    assert re.match(
        r"(\[Reconstruction\] )?"
        r"(Suspected|Confirmed|Update|Restored|Correction|Retracted): \S",
        subject,
    )
    assert not subject.endswith(".")
    assert REGISTER.name(event_facts.place, "en") in subject
    assert text.endswith(f":\n{LINK}")
    assert "||" not in text
    assert not CAUSAL.search(subject + text)
    assert event_facts.reconstruction == ("Made from published facts" in text)
    if kind is EventKind.SUSPECTED:
        assert "confirmed" not in (subject + text).replace(LINK, "").lower()


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_letter_gives_sources_with_their_licences(kind):  # P13
    text = body(kind, EVERY_KIND[kind](), MAIL)
    assert "Georgia Tech \N{EN DASH} all rights reserved." in text


def test_letter_without_link_does_not_mention_a_report():
    text = body(EventKind.CONFIRMED, facts(), replace(MAIL, links=LinkPolicy.NEVER))
    assert "report" not in text.lower()
    assert "https" not in text


def test_letter_with_network_levels_omits_lowest_of_country():  # P4
    text = body(EventKind.CONFIRMED, mobile(), MAIL)
    assert "Kcell is at 28%" in text
    assert "90%" not in text


@pytest.mark.parametrize("kind", [EventKind.CORRECTED, EventKind.RETRACTED])
def test_letter_repeats_the_editors_statement_of_the_error(kind):  # P11
    statement = "The report named the wrong operator."
    assert statement in body(kind, facts(statement=statement), MAIL)


# Sets of templates


def a_writer(folder: Path, sets: dict[str, str]) -> TemplateRenderer:
    """Return a renderer with more post templates; `sets` has their texts by `SET/KIND`."""
    root = folder / "templates"
    shutil.copytree(templates_root(), root)
    for name, words in sets.items():
        file = root / "posts" / f"{name}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(words, "utf-8")
    return replace(WRITER, templates=environment(root, all_brands()))


def test_own_template_set_precedes_kind_and_common_set(tmp_path):
    writer = a_writer(
        tmp_path,
        {
            "brief/confirmed": "0|space|Brief: {{ s.names.place }}.",
            "x/confirmed": "0|space|For X.",
            "x/restored": "0|space|For X.",
        },
    )
    brief = replace(X, templates="brief")

    def words(kind: EventKind, outlet) -> str:
        event_facts = EVERY_KIND[kind]()
        return writer._text(event(kind, facts=event_facts), outlet).body

    assert words(EventKind.CONFIRMED, brief) == "Brief: Kazakhstan."
    assert words(EventKind.CONFIRMED, X) == "For X."
    assert words(EventKind.RESTORED, brief) == "For X."
    assert words(EventKind.UPDATED, brief) == body(EventKind.UPDATED, facts())
    assert words(EventKind.RESTORED, MASTODON) == body(
        EventKind.RESTORED, restored(), MASTODON
    )


def test_existing_template_sets_can_be_listed(tmp_path):
    a_writer(tmp_path, {"brief/confirmed": ""})
    root = tmp_path / "templates"
    assert template_sets(root) == ("brief", "mail")
