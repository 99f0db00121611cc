"""Words are bound to evidence, whole, and within the limit."""

import re
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import RenderingError
from bot.model.draft import Links, Text
from bot.model.entity import Entity, EntityKind, NetworkKind
from bot.model.incident import EventKind, Facts
from bot.model.interval import Interval
from bot.model.verdict import Scope, Severity
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.text.slots import Slot, fit, read_slots
from bot.text.translations import (
    environment,
    load_translations,
    template_sets,
    templates_root,
    whole_percent,
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
TEMPLATES = environment(templates_root())
WRITER = TemplateRenderer(
    REGISTER, Path("site"), "https://outagewire.example.org", "", TEMPLATES
)
LINK = "https://outagewire.example.org/i/KZ-2022-0104/"
CAUSAL = re.compile(
    r"\b(because|due to|caused|ordered|deliberate\w*|government|shutdown|as a result"
    r"|in response|amid)\b",
    re.IGNORECASE,
)


def write(kind: EventKind, told: Facts, outlet=X) -> Text:
    return WRITER._text(event(kind, facts=told), outlet)


def body(kind: EventKind, told: Facts, outlet=X) -> str:
    return write(kind, told, outlet).body


# Networks that come and go


def test_an_update_names_the_networks_that_are_back_and_those_that_are_not():  # P2
    kcell, tele2, beeline = operators(0.28, 0.31, 1.0)
    told = mobile(networks=(kcell, tele2), parts_back=(beeline,))
    text = body(EventKind.UPDATED, told)
    assert "Ordinary again: Beeline." in text
    assert "Kcell is at 28% and Tele2 at 31%" in text
    assert "Ordinary again" not in body(EventKind.UPDATED, mobile())


# Slots


def test_slots_drop_whole_and_by_rank():
    slots = (
        Slot(0, " ", ("State.",), 0),
        Slot(2, " ", ("x" * 60,), 2),
        Slot(1, " ", ("y" * 60,), 1),
        Slot(0, "\n\n", ("End.",), 0),
    )
    text = fit(slots, replace(X, limit=80))
    assert text.body == "State. " + "y" * 60 + "\n\nEnd."


def test_a_short_slot_takes_the_room_that_a_long_one_leaves():
    slots = read_slots(f"0|space|A.\n1|space|{'x' * 99}\n2|space|Short.")
    assert fit(slots, replace(X, limit=30)).body == "A. Short."


def test_a_shorter_way_to_say_it_is_taken_where_the_full_one_does_not_fit():
    slots = read_slots("0|space|The fullest way. || Short.\n1|space|B.")
    assert fit(slots, X).body == "The fullest way. B."
    assert fit(slots, replace(X, limit=12)).body == "Short. B."


def test_a_fuller_way_waits_until_what_matters_more_has_its_room():
    slots = read_slots("0+2|space|The fullest way. || Short.\n1|space|Before it.")
    assert fit(slots, replace(X, limit=20)).body == "Short. Before it."
    assert fit(slots, X).body == "The fullest way. Before it."


def test_what_may_never_drop_and_does_not_fit_is_an_error():
    with pytest.raises(RenderingError, match="longer than 10"):
        fit(read_slots("0|space|" + "x" * 11), replace(X, limit=10))


def test_a_line_that_is_no_slot_is_an_error():
    with pytest.raises(RenderingError, match="no slot"):
        read_slots("0|tab|words")
    with pytest.raises(RenderingError, match="no slot"):
        read_slots("0+|space|words")


def test_an_empty_slot_says_nothing():
    assert read_slots("0|space|A.\n\n3|line|\n") == (Slot(0, " ", ("A.",), 0),)


# What each state says


def test_confirmed_mobile_names_the_operators_with_their_levels():
    text = body(EventKind.CONFIRMED, mobile(), MASTODON)
    assert text.startswith(
        "📵 Confirmed: significant disruption to mobile internet in #Kazakhstan."
    )
    assert "Kcell is at 28%, Tele2 at 31% and Beeline at 41% of ordinary levels" in text
    assert "17:00 UTC on 4 January (23:00 in Almaty)" in text
    assert "The cause is not known." in text


def test_an_escalation_is_an_update_that_recalls_how_it_began():
    text = body(EventKind.ESCALATED, escalated(), MASTODON)
    assert "Update: the disruption in #Kazakhstan has widened to a nation-scale" in text
    assert "It began as a significant disruption to mobile internet on Tuesday" in text


def test_a_deeper_cut_of_the_same_scope_is_told_as_deeper():
    before = escalated().phases[0]
    phases = (replace(before, scope=Scope.NATIONAL, severity=Severity.MINOR),)
    assert "deepened to" in body(EventKind.ESCALATED, facts(phases=phases))


def test_suspected_says_one_source_and_never_more():
    """P7: one family alone is worded so."""
    text = body(EventKind.SUSPECTED, suspected())
    words = text.replace(LINK, "").lower()
    assert "one source (bgp routing, ioda) shows a drop" in words
    assert "not corroborated" in words
    assert "confirmed" not in words
    assert "outage" not in words
    assert "disruption" not in words


def test_a_partial_return_is_an_update_and_not_a_restoration():
    text = body(EventKind.PARTLY_RESTORED, iran_partial())
    assert "Update: connectivity in #Iran is partly back." in text
    assert "Ordinary again: Google traffic. Still down at 12:00 UTC" in text
    assert "active probing at 4%." in text
    assert "restor" not in text.lower()


def test_restored_carries_the_duration_as_a_range():
    """P9."""
    text = body(EventKind.RESTORED, restored())
    assert text.startswith("✅ Restored: connectivity in #Kazakhstan reads ordinary")
    assert "lasted between 6 days 6 hours and 6 days 9 hours." in text


def test_a_drop_that_nobody_corroborated_stays_one_when_it_is_over():
    """P7: the end of a suspicion confirms nothing."""
    alone = suspected()
    told = restored(
        families=(),
        opened_by=alone.opened_by,
        returned=alone.opened_by,
        phases=(phase(EventKind.SUSPECTED, "2022-01-04 17:00"),),
    )
    text = body(EventKind.RESTORED, told).replace(LINK, "")
    assert "that one source showed is over; it was not corroborated" in text
    assert "disruption" not in text


def test_retracted_is_not_restored():
    """P11."""
    text = body(EventKind.RETRACTED, suspected())
    assert "Retracted: we withdraw our report" in text
    assert "restored" not in text.lower()


def test_a_correction_says_what_was_wrong_since_when_and_what_is_right():  # P11
    text = body(EventKind.CORRECTED, corrected(), MASTODON)
    assert "Correction: revised readings change our report of 5 Jan 11:00 UTC" in text
    assert "It gave 2% of ordinary levels as the lowest; it was 31%." in text
    assert "It began around 10:40 UTC" in text
    assert "not around 10:10 UTC" in text


def test_a_correction_of_what_one_source_showed_confirms_nothing():  # P7
    told = suspected(wrong=corrected().wrong, phases=())
    text = body(EventKind.CORRECTED, told)
    assert "ot corroborated." in text
    assert "confirm" not in text.lower()


@pytest.mark.parametrize(
    "kind", ["escalated", "updated", "reopened", "partly-restored"]
)
def test_every_later_step_begins_as_an_update(kind):
    text = body(EventKind(kind), EVERY_KIND[EventKind(kind)]())
    assert re.match(r"\S+ Update: ", text)


def test_a_regions_level_never_reads_as_the_countrys():
    """P4: the number belongs to what it was measured of."""
    region = series(ROUTING, 0.2, Entity(EntityKind.REGION, "KZ/Almaty"))
    told = facts(
        scope=Scope.REGIONAL,
        level=0.2,
        principal=ROUTING,
        series=(series(ROUTING, 0.9),),
        regions=(region,),
        part=region.entity,
    )
    text = body(EventKind.CONFIRMED, told, MASTODON)
    assert "Almaty is at 20% of ordinary levels" in text
    assert "Connectivity is at 20%" not in text


def test_the_source_is_named_in_the_post():
    """P13: credit at the point of use."""
    for outlet in (X, MASTODON):
        assert "(IODA)" in body(EventKind.CONFIRMED, facts(), outlet)


def test_a_reconstruction_says_so_first_and_credits_nobody_with_measuring():
    for kind, build in EVERY_KIND.items():
        text = body(kind, build(reconstruction=True))
        assert text.startswith("[Reconstruction]")
        assert "IODA" not in text


def test_a_channel_without_links_gets_none():
    assert "https" not in body(
        EventKind.CONFIRMED, facts(), replace(X, links=Links.NEVER)
    )


def test_the_file_channel_in_x_size_gets_the_text_of_x():
    told = escalated()
    assert body(EventKind.ESCALATED, told, FILE) == body(EventKind.ESCALATED, told, X)


def test_an_unknown_language_is_an_error_that_names_it():
    with pytest.raises(RenderingError, match="'tlh'"):
        write(EventKind.CONFIRMED, facts(), replace(X, lang="tlh"))


def test_a_regional_variant_uses_its_language():
    assert write(EventKind.CONFIRMED, facts(), replace(X, lang="en-GB")).lang == "en-GB"


def test_almost_nothing_is_below_one_percent():
    assert "less than 1%" in body(EventKind.UPDATED, facts(level=0.004))


def test_the_catalogue_has_words_for_every_scope_and_severity():
    words = load_translations(TEMPLATES, "en")
    for scope in (*Scope, "place"):
        for severity in Severity:
            noun = words.say("nouns", scope, severity)
            assert words.say("phrases", scope, severity).endswith(noun)


# Properties

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
    told = EVERY_KIND[kind](
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
    return kind, told


@settings(max_examples=100, deadline=None)
@given(any_facts(), st.sampled_from([X, FILE, MASTODON]))
def test_every_post_fits_and_has_state_place_and_link(case, outlet):
    kind, told = case
    text = write(kind, told, outlet)
    assert text.length <= outlet.limit
    assert REGISTER.hashtag(told.place) in text.body
    assert text.body.endswith(LINK)
    assert re.search(
        r"(Suspected|Confirmed|Update|Restored|Correction|Retracted): ", text.body
    )
    assert told.reconstruction == ("Reconstruction" in text.body)
    assert not CAUSAL.search(text.body)
    if kind is EventKind.SUSPECTED:
        assert "confirmed" not in text.body.lower()


@settings(max_examples=60, deadline=None)
@given(st.floats(0.0, 1.3))
def test_the_number_in_the_text_is_the_level(level):
    """P4."""
    text = body(EventKind.UPDATED, facts(level=level))
    percent = whole_percent(level)
    shown = f"{percent}%" if percent else "less than 1%"
    assert f"Connectivity is at {shown} of ordinary levels" in text


def test_the_longest_place_still_fits_x_in_every_kind():
    worst = utc("2022-09-14 21:30")
    onset = Interval(worst - timedelta(days=30, hours=7), worst - timedelta(days=30))
    places = [Entity(EntityKind.COUNTRY, code) for code in COUNTRIES]
    places.sort(
        key=lambda p: len(REGISTER.hashtag(p)) + 2 * len(REGISTER.city(p, "en"))
    )
    for place in places[-12:]:
        for kind, build in EVERY_KIND.items():
            told = build(
                place=place,
                as_of=worst,
                onset=onset,
                level=0.001,
                lowest=0.001,
                principal=ROUTING,
                series=(series(ROUTING, 0.001, place),),
                reconstruction=True,
            )
            assert write(kind, told).length <= 280


def test_no_two_posts_of_a_thread_read_the_same():
    """Channels refuse a repeated text; the as-of time tells the steps apart."""
    days = [utc("2022-01-06 11:00") + timedelta(hours=12 * n) for n in range(8)]
    texts = [
        body(EventKind.UPDATED, facts(as_of=at, onset=ONSET, place=KZ)) for at in days
    ]
    assert len(set(texts)) == len(texts)


def test_no_template_gives_a_cause():
    """P8: no machine sentence says why."""
    for path in templates_root().rglob("posts/**/*.txt"):
        assert not CAUSAL.search(path.read_text(encoding="utf-8")), path


def test_operators_at_one_level_share_it():
    told = mobile(networks=operators(0.3, 0.3, 0.3))
    assert "Beeline at 30%" in body(EventKind.CONFIRMED, told)


def test_many_operators_are_named_by_the_first_few():
    nets = operators(0.1, 0.2, 0.3)
    more = tuple(replace(nets[0], brand=f"Net{n}", level=0.5) for n in range(4))
    told = mobile(networks=(*nets, *more))
    assert "Net0" not in body(EventKind.CONFIRMED, told, MASTODON)


# Letters


@settings(max_examples=100, deadline=None)
@given(any_facts())
def test_every_letter_has_a_subject_of_its_own_and_tells_all_there_is(case):
    kind, told = case
    subject, blank, text = body(kind, told, MAIL).partition("\n\n")
    assert blank
    assert re.match(
        r"(\[Reconstruction\] )?"
        r"(Suspected|Confirmed|Update|Restored|Correction|Retracted): \S",
        subject,
    )
    assert not subject.endswith(".")
    assert REGISTER.name(told.place, "en") in subject
    assert text.endswith(f":\n{LINK}")
    assert "||" not in text
    assert not CAUSAL.search(subject + text)
    assert told.reconstruction == ("Made from published facts" in text)
    if kind is EventKind.SUSPECTED:
        assert "confirmed" not in (subject + text).replace(LINK, "").lower()


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_letter_gives_the_sources_with_their_licences(kind):  # P13
    text = body(kind, EVERY_KIND[kind](), MAIL)
    assert "Georgia Tech \N{EN DASH} all rights reserved." in text


def test_a_letter_without_a_link_speaks_of_none():
    text = body(EventKind.CONFIRMED, facts(), replace(MAIL, links=Links.NEVER))
    assert "report" not in text.lower()
    assert "https" not in text


def test_a_letter_says_no_lowest_of_a_country_where_networks_speak():  # P4
    text = body(EventKind.CONFIRMED, mobile(), MAIL)
    assert "Kcell is at 28%" in text
    assert "90%" not in text


@pytest.mark.parametrize("kind", [EventKind.CORRECTED, EventKind.RETRACTED])
def test_a_letter_repeats_what_a_person_says_was_wrong(kind):  # P11
    said = "The report named the wrong operator."
    assert said in body(kind, facts(statement=said), MAIL)


# Sets of templates


def a_writer(folder: Path, sets: dict[str, str]) -> TemplateRenderer:
    """A writer with our templates, and more of them."""
    root = folder / "templates"
    shutil.copytree(templates_root(), root)
    for name, words in sets.items():
        file = root / "posts" / f"{name}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(words, "utf-8")
    return replace(WRITER, templates=environment(root))


def test_an_account_speaks_by_its_own_set_then_its_kinds_then_the_common_one(tmp_path):
    writer = a_writer(
        tmp_path,
        {
            "brief/confirmed": "0|space|Brief: {{ s.place }}.",
            "x/confirmed": "0|space|For X.",
            "x/restored": "0|space|For X.",
        },
    )
    brief = replace(X, templates="brief")

    def words(kind: EventKind, outlet) -> str:
        told = EVERY_KIND[kind]()
        return writer._text(event(kind, facts=told), outlet).body

    assert words(EventKind.CONFIRMED, brief) == "Brief: Kazakhstan."
    assert words(EventKind.CONFIRMED, X) == "For X."
    assert words(EventKind.RESTORED, brief) == "For X."
    assert words(EventKind.UPDATED, brief) == body(EventKind.UPDATED, facts())
    assert words(EventKind.RESTORED, MASTODON) == body(
        EventKind.RESTORED, restored(), MASTODON
    )


def test_the_sets_there_are_can_be_named(tmp_path):
    a_writer(tmp_path, {"brief/confirmed": ""})
    root = tmp_path / "templates"
    assert template_sets(root) == ("brief", "mail")
