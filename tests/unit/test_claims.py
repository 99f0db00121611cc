"""The linter finds what the facts do not support, in all languages (P4, P7, P8)."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.claims.facts import ClaimFacts
from bot.claims.lexicon import load_lexicon
from bot.claims.linter import Linter
from bot.claims.plain_text import to_plain_text
from bot.claims.word_rules import RULES
from bot.model.attribution import (
    Attribution,
    AttributionAct,
    AttributionLevel,
    AttributionStep,
    CauseClaim,
)
from bot.model.draft import (
    ClaimKind,
    Objection,
    ObjectionWeight,
    OutletText,
    PictureDescription,
)
from bot.model.entity import Entity, EntityKind
from bot.model.event import IncidentEvent
from bot.model.incident import EventKind
from bot.model.verdict import Scope, Severity
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.translations import environment, languages, templates_root
from tests import gallery, incidents
from tests.builders import (
    EVERY_KIND,
    IR,
    MAIL,
    MASTODON,
    PROBING,
    ROUTING,
    TRAFFIC,
    X,
    corrected,
    escalated,
    event,
    evidence,
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

REGISTER = load_register()
SITE = "https://outagewire.example.org"
TEMPLATES = environment(templates_root(), all_brands())
LINTER = Linter(REGISTER, TEMPLATES, SITE)
# One worker runs these tests, because each worker loads the word lists anew.
in_every_language = pytest.mark.xdist_group("every-language")
WRITER = TemplateRenderer(REGISTER, Path("site"), SITE, "", TEMPLATES)
FOLDER = Path(__file__).parents[1] / "claims"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("??.toml"))
EVENTS = {
    "mobile": event(EventKind.CONFIRMED, facts=mobile()),
    "blackout": event(EventKind.CONFIRMED, facts=facts()),
    "escalated": event(EventKind.ESCALATED, facts=escalated()),
    "suspected": event(EventKind.SUSPECTED, facts=suspected()),
    "restored": event(EventKind.RESTORED, facts=restored()),
    "iran": event(EventKind.PARTLY_RESTORED, facts=iran_partial()),
    "retracted": event(EventKind.RETRACTED, facts=suspected()),
    "corrected": event(EventKind.CORRECTED, facts=corrected()),
}
BLACKOUT = EVENTS["blackout"]
ZEROS = (
    "0"
    "\N{ARABIC-INDIC DIGIT ZERO}"
    "\N{EXTENDED ARABIC-INDIC DIGIT ZERO}"
    "\N{DEVANAGARI DIGIT ZERO}"
    "\N{MYANMAR DIGIT ZERO}"
    "\N{FULLWIDTH DIGIT ZERO}"
)


@dataclass(frozen=True)
class ClaimCase:
    """A text about an event, and the kind of its unsupported claim, "" if it has none."""

    event: IncidentEvent
    lang: str
    text: str
    kind: str = ""

    def objections(self) -> tuple[Objection, ...]:
        return _objections(self)


# The objections are cached, because several tests check the same cases.
@lru_cache(maxsize=4096)
def _objections(case: ClaimCase) -> tuple[Objection, ...]:
    return LINTER.check(case.event, case.text, case.lang)


def corpus(which: str) -> list[ClaimCase]:
    """Return the hand-written cases of all languages, "good" or "bad"."""
    cases: list[ClaimCase] = []
    for lang in LANGUAGES:
        table = tomllib.loads((FOLDER / f"{lang}.toml").read_text(encoding="utf-8"))
        for name, *kind, text in table[which]:
            cases.append(ClaimCase(EVENTS[name], lang, text, *kind))
    return cases


def varied_events() -> Iterator[IncidentEvent]:
    """Yield events of all kinds, with various places, depths and scopes."""
    for kind, build in EVERY_KIND.items():
        yield event(kind, facts=build())
    for code in ("IR", "UG", "MM", "GB", "CI"):
        place = Entity(EntityKind.COUNTRY, code)
        for level, worst in ((0.004, Severity.NEAR_TOTAL), (0.37, Severity.MAJOR)):
            own = (series(PROBING, level, place), series(TRAFFIC, 0.6, place))
            values = {
                "place": place,
                "level": level,
                "lowest": level,
                "severity": worst,
            }
            yield event(EventKind.CONFIRMED, facts=facts(**values, series=own))
            yield event(EventKind.UPDATED, facts=facts(**values, series=own))
    region = series(ROUTING, 0.2, Entity(EntityKind.REGION, "KZ/Almaty"))
    part = {"scope": Scope.REGIONAL, "regions": (region,), "part": region.entity}
    yield event(EventKind.CONFIRMED, facts=facts(level=0.2, **part))
    more = (*operators(0.1, 0.2, 0.3), *(network(str(n), 0.4) for n in range(4)))
    yield event(EventKind.CONFIRMED, facts=mobile(networks=more))
    kcell, tele2, beeline = operators(0.28, 0.31, 1.0)
    back = {"networks": (kcell, tele2), "parts_back": (beeline,)}
    yield event(EventKind.UPDATED, facts=mobile(**back))
    yield event(EventKind.CORRECTED, facts=facts(statement="It was 12%, not 2%."))
    for kind in (EventKind.CONFIRMED, EventKind.RESTORED):
        yield event(kind, facts=EVERY_KIND[kind](reconstruction=True))
    alone = {
        "families": (),
        "phases": (phase(EventKind.SUSPECTED, "2022-01-04 17:00"),),
    }
    yield event(EventKind.RESTORED, facts=restored(**alone))
    yield event(EventKind.CORRECTED, facts=suspected(wrong=corrected().wrong_claims))


@lru_cache(maxsize=32)
def generated_cases(lang: str = "en", step: int = 1) -> list[ClaimCase]:
    """Return every `step`-th of the posts generated for `varied_events()` on three channels."""
    everything = list(product(varied_events(), (X, MASTODON, MAIL)))
    return [
        ClaimCase(
            event_step, lang, WRITER._text(event_step, replace(outlet, lang=lang)).body
        )
        for event_step, outlet in incidents.sampled(everything, lang, step)
    ]


def described_events(
    lang: str, step: int
) -> Iterator[tuple[IncidentEvent, PictureDescription]]:
    """Yield every `step`-th event with each of its generated alt texts."""
    artist = WRITER._illustrator(lang)
    # Partly restored events are built for Iran, so a region of Kazakhstan does not fit.
    others = [name for name in incidents.INCIDENTS if "a region" not in name]
    more = [
        event(kind, facts=incidents.facts_of(kind, name))
        for kind in EventKind
        for name in others
    ]
    for shown in incidents.sampled([*varied_events(), *more], lang, step):
        drawn_from = evidence(shown.facts)
        yield shown, PictureDescription(artist.describe(shown, drawn_from), drawn_from)
    # Some gallery cases have more regions or networks than an alt text names.
    for case in incidents.sampled(list(gallery.cases()), lang, step):
        shown = event(case.kind, facts=case.facts)
        scene, kinds = artist.prepare(shown, case.evidence, ())
        for kind in kinds:
            yield shown, PictureDescription(artist.alt(scene, kind), case.evidence)


def mutated_cases() -> list[ClaimCase]:
    """Return generated and hand-written English texts, each made false in one place."""
    table = tomllib.loads((FOLDER / "mutations.toml").read_text(encoding="utf-8"))
    true = [*generated_cases()[:27], *(c for c in corpus("good") if c.lang == "en")]
    return [
        ClaimCase(case.event, case.lang, changed, kind)
        for kind, pattern, instead in table["mutations"]
        for case in true
        if (changed := re.sub(pattern, instead, case.text)) != case.text
    ]


@in_every_language
def test_linter_finds_95_percent_of_false_statements():
    by_hand, made = corpus("bad"), mutated_cases()
    missed = [case for case in (*by_hand, *made) if not case.objections()]
    of = len(by_hand) + len(made)
    rate = 1 - len(missed) / of
    print(
        f"\n{of} false ({len(by_hand)} by hand, {len(made)} mutations): {rate:.1%} found"
    )
    for case in missed:
        print(f"  missed ({case.lang}, {case.kind}): {case.text!r}")
    assert len(by_hand) >= 200
    assert len(made) >= 200
    assert rate >= 0.95


@in_every_language
def test_objections_name_the_kind_of_the_error():
    cases = [*corpus("bad"), *mutated_cases()]
    named = [case for case in cases if case.kind in {o.kind for o in case.objections()}]
    print(f"\n{len(named) / len(cases):.1%} of {len(cases)} found, with the right kind")
    assert len(named) / len(cases) >= 0.95


@in_every_language
def test_linter_passes_98_percent_of_true_statements():
    by_hand, machine = corpus("good"), generated_cases()
    stopped = [(c, o) for c in (*by_hand, *machine) if (o := c.objections())]
    of = len(by_hand) + len(machine)
    rate = 1 - len(stopped) / of
    print(
        f"\n{of} true ({len(by_hand)} by hand, {len(machine)} generated): {rate:.1%} passed"
    )
    for case, objections in stopped:
        details = [(str(o.kind), o.words) for o in objections]
        print(f"  stopped ({case.lang}): {details} in {case.text!r}")
    assert of >= 200
    assert rate >= 0.98


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_finds_90_percent_and_stops_nothing_true(lang):
    bad = [case for case in corpus("bad") if case.lang == lang]
    good = [case for case in corpus("good") if case.lang == lang]
    assert sum(bool(case.objections()) for case in bad) >= 0.9 * len(bad)
    assert [case.text for case in good if case.objections()] == []


@pytest.mark.parametrize(("lang", "step"), incidents.language_samples(LANGUAGES))
def test_no_generated_post_is_stopped_in_any_language(lang, step):
    steps = list(product(EventKind, incidents.INCIDENTS))
    others = [
        ClaimCase(
            event_step, lang, WRITER._text(event_step, replace(outlet, lang=lang)).body
        )
        for kind, name in incidents.sampled(steps, lang, step)
        for event_step in [event(kind, facts=incidents.facts_of(kind, name))]
        for outlet in (X, MAIL)
    ]
    cases = [*generated_cases(lang, step), *others]
    assert [(c.text, o) for c in cases if (o := c.objections())] == []


@pytest.mark.parametrize(("lang", "step"), incidents.language_samples(LANGUAGES))
def test_no_generated_alt_text_is_stopped_in_any_language(lang, step):
    cases = list(described_events(lang, step))
    wrong = [(p.alt, o) for e, p in cases if (o := WRITER.check_alt(e, p, lang))]
    assert len(cases) >= 90 // step
    assert wrong == []


def test_false_statement_in_an_alt_text_is_found():
    step = EVENTS["blackout"]
    shown = PictureDescription("", evidence(step.facts))
    for wrong in (
        "Line chart: connectivity in Kazakhstan falls to 12%.",
        "Lowest: active probing 2% at 5 Jan 03:17 UTC.",
        "Line chart: the blackout that the authorities ordered.",
        "Line chart of connectivity in Uzbekistan.",
        "Google traffic 61%.",
    ):
        assert WRITER.check_alt(step, replace(shown, alt=wrong), "en"), wrong


def test_lowest_level_of_one_network_is_not_anothers():
    step = EVENTS["mobile"]
    shown = PictureDescription("", evidence(step.facts))
    right = replace(shown, alt="Lowest: Kcell 28% at 17:00 UTC.")
    wrong = replace(shown, alt="Lowest: Kcell 41% at 17:00 UTC.")
    assert not WRITER.check_alt(step, right, "en")
    assert WRITER.check_alt(step, wrong, "en")


def test_alt_text_is_checked_together_with_its_post():
    text = OutletText("x", "en", "Connectivity is at 2%.", 22)
    given = evidence(BLACKOUT.facts)
    assert not WRITER.check(BLACKOUT, text, picture=PictureDescription("At 2%.", given))
    (objection,) = WRITER.check(
        BLACKOUT, text, picture=PictureDescription("At 3%.", given)
    )
    assert (objection.words, objection.start, objection.end) == ("3%", 0, 0)


def test_every_language_with_a_catalogue_has_a_list():
    assert set(LANGUAGES) == set(languages(templates_root()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_words_for_every_rule(lang):
    lexicon = load_lexicon(TEMPLATES, lang)
    assert lexicon is not None
    assert set(lexicon.rules) == {rule.name for rule in RULES}
    assert set(lexicon.roles) == {
        *("began", "began_as", "ended", "lowest", "local", "subject"),
        *("fell_by", "fell_before", "fell_after", "on_part"),
    }


@lru_cache(maxsize=1)
def with_numbers() -> list[tuple[ClaimCase, int, int]]:
    """Return generated posts, each with the span of a whole number before any link."""
    others = [lang for lang in LANGUAGES if lang != "en"]
    cases = [
        *generated_cases(),
        *(c for o in others for c in generated_cases(o, incidents.PART)),
    ]
    return [
        (case, *match.span())
        for case in cases
        for match in re.finditer(
            r"(?<![\w.,])\d+(?![.,]\d)", case.text.split("http")[0]
        )
    ]


@in_every_language
@settings(max_examples=400, deadline=None)
@given(st.data(), st.integers(21, 59))
def test_number_changed_by_more_than_rounding_is_found(data, by):
    # An index is drawn, because Hypothesis hashes each element of a sampled list.
    numbers = with_numbers()
    case, start, end = numbers[data.draw(st.integers(0, len(numbers) - 1))]
    first = case.text[start]
    zero = ord(first) - int(first)
    number = int(case.text[start:end]) + by
    # A changed number that the facts happen to contain would not be a false statement.
    assume(number not in numbers_on_file(case.event))
    changed = "".join(chr(zero + int(digit)) for digit in str(number))
    text = case.text[:start] + changed + case.text[end:]
    assert LINTER.check(case.event, text, case.lang), (case.lang, text)


def numbers_on_file(event: IncidentEvent) -> set[int]:
    """Return the facts' levels in percent, and the hours, minutes and days of their times."""
    claim_facts = ClaimFacts(event, REGISTER)
    clocks = [
        c for t in claim_facts.allowed_times for c in (t, claim_facts.local_time(t))
    ]
    times = {part for c in clocks for part in (c.hour, c.minute, c.day)}
    return times | {round(level * 100) for level in claim_facts.all_levels}


@in_every_language
@settings(max_examples=150, deadline=None)
@given(st.integers(0, 130), st.sampled_from(LANGUAGES), st.data())
def test_levels_are_checked_in_digits_of_every_script(percent, lang, data):
    sign = {"tr": "%{n}", "zh": "百分之{n}", "ar": "{n}٪"}.get(lang, "{n} %")
    zero = data.draw(st.sampled_from(ZEROS))
    number = "".join(chr(ord(zero) + int(digit)) for digit in str(percent))
    objections = LINTER.check(BLACKOUT, sign.format(n=number), lang)
    backed = percent in {2, 4, 83, 100}
    assert [o.kind for o in objections] == ([] if backed else [ClaimKind.PERCENT])


def test_digits_of_scripts_that_python_does_not_know_are_read():
    """Myanmar Extended-C has two sets of ten digits, one after the other."""
    assert to_plain_text("\U000116d0\U000116d9\U000116da\U000116e3").text == "0909"
    (objection,) = LINTER.check(BLACKOUT, "It is at \U000116d7\U000116d3%.", "en")
    assert objection.kind is ClaimKind.PERCENT


@settings(max_examples=100, deadline=None)
@given(st.integers(-600, 600))
def test_time_that_is_shifted_is_found(minutes):
    at = utc("2022-01-05 11:00") + timedelta(minutes=minutes)
    objections = LINTER.check(BLACKOUT, f"As of {at:%H:%M} UTC.", "en")
    within = utc("2022-01-05 10:30") <= at <= utc("2022-01-05 10:45")
    assert bool(objections) == (minutes != 0 and not (within and minutes % 5 == 0))


@in_every_language
@given(st.text(max_size=60))
@example("\U000116d0")
@example("\U000116d1\U000116d2:\U000116e3\U000116d4 UTC, \U00011f52%")
@settings(max_examples=200, deadline=None)
def test_objections_to_any_text_lie_within_it(text):
    for lang in ("en", "my", "ar"):
        for objection in LINTER.check(BLACKOUT, text, lang):
            assert 0 <= objection.start < objection.end <= len(text)
            assert text[objection.start : objection.end] == objection.words


def test_objections_mark_the_words_in_their_place():
    text = "Connectivity is at ۱۲٪, because of rain."
    marked = {o.words: (o.start, o.end) for o in LINTER.check(BLACKOUT, text, "en")}
    assert marked == {"۱۲٪": (19, 22), "because of": (24, 34)}


def test_direction_marks_and_isolates_hide_nothing():
    text = "Connectivity is at \N{FIRST STRONG ISOLATE}12\N{POP DIRECTIONAL ISOLATE}%."
    (objection,) = LINTER.check(BLACKOUT, text, "en")
    assert objection.kind is ClaimKind.PERCENT
    assert to_plain_text("\N{RIGHT-TO-LEFT MARK}۲٪").text == "2%"


def test_loaded_words_and_context_need_a_second_editor():
    for words in ("The regime is at 2%.", "It is at 2% amid protests."):
        objections = LINTER.check(BLACKOUT, words, "en")
        assert {o.weight for o in objections} == {ObjectionWeight.SECOND}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "The internet went dark."),
        ("en", "The network is dead."),
        ("en", "The country has cut itself off."),
        ("ar", "الشبكة في الظلام."),
        ("es", "La red está a oscuras."),
        ("fa", "شبکه تاریک است."),
        ("fr", "Le réseau est dans le noir."),
        ("hi", "नेटवर्क अंधेरे में है।"),
        ("kk", "Желі қараңғы."),
        ("my", "ကွန်ရက် မှောင်မိုက် နေသည်။"),
        ("pt", "A rede está às escuras."),
        ("ru", "Сеть во тьме."),
        ("sw", "Mtandao uko gizani."),
        ("tr", "Ağ karanl\N{LATIN SMALL LETTER DOTLESS I}k."),
        ("zh", "网络一片漆黑。"),
    ],
)
def test_images_of_darkness_and_acts_of_a_country_need_a_second_editor(lang, words):
    weights = {o.weight for o in LINTER.check(BLACKOUT, words, lang)}
    assert ObjectionWeight.SECOND in weights


def test_cause_is_blocked_until_an_attribution_is_stored():  # P8
    text = "The ministry says: the disruption is due to maintenance."
    assert ObjectionWeight.BLOCK in {
        o.weight for o in LINTER.check(BLACKOUT, text, "en")
    }
    claim = CauseClaim(
        AttributionLevel.A1, "maintenance", "The ministry", "https://m.example", "copy"
    )
    added = AttributionStep(
        BLACKOUT.incident, 1, AttributionAct.ADD, "Ana", "seen", BLACKOUT.at, claim
    )
    on_file = (Attribution(1, claim, added),)
    objections = LINTER.check(BLACKOUT, text, "en", on_file)
    assert {o.weight for o in objections} == {ObjectionWeight.SECOND}
    own_voice = LINTER.check(BLACKOUT, "It is due to maintenance.", "en", on_file)
    assert ObjectionWeight.BLOCK in {o.weight for o in own_voice}


def test_level_of_a_network_is_not_the_places():  # P4
    mobile_only = EVENTS["mobile"]
    assert LINTER.check(mobile_only, "Kazakhstan is at 28% of normal levels.", "en")
    assert not LINTER.check(mobile_only, "Kcell is at 28% of normal levels.", "en")


def test_region_named_like_a_country_is_accepted():
    region = series(ROUTING, 0.2, Entity(EntityKind.REGION, "NG/Niger"))
    nigeria = Entity(EntityKind.COUNTRY, "NG")
    step = event(facts=facts(place=nigeria, regions=(region,), scope=Scope.REGIONAL))
    assert not LINTER.check(step, "Niger is at 20% of normal levels.", "en")
    elsewhere = event(facts=facts(place=nigeria))
    assert LINTER.check(elsewhere, "Connectivity in Niger is at 2%.", "en")


def test_text_without_word_list_needs_a_second_editor():  # P16
    (objection,) = LINTER.check(BLACKOUT, "Qo'noS: 2%", "tlh")
    assert (objection.kind, objection.weight) == (
        ClaimKind.LANGUAGE,
        ObjectionWeight.SECOND,
    )


def test_regional_variant_uses_list_of_its_language():
    assert not LINTER.check(BLACKOUT, "Connectivity is at 2%.", "en-GB")


def test_opening_of_a_thread_is_checked_as_well():
    text = OutletText("x", "en", "It is at 2%.", 12, opening="It is at 2%, by order.")
    assert not WRITER.check(BLACKOUT, replace(text, opening=None))
    assert WRITER.check(BLACKOUT, replace(text, opening="It is at 3%."))


def test_place_name_of_another_event_is_found():
    step = event(facts=facts(place=IR))
    assert LINTER.check(step, "Connectivity in Kazakhstan is at 2%.", "en")
    assert not LINTER.check(step, "Connectivity in Iran is at 2%.", "en")
