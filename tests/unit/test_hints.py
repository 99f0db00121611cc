"""Cause hints: their figures match the public list, and only editors see them."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.incidents.cause_likelihoods import EventContext, hints_of
from bot.model.classification import (
    Classification,
    ClassKind,
    EditorContext,
    EventClassification,
)
from bot.model.draft import DraftState
from bot.model.event import Facts
from bot.model.incident import EventKind, Phase
from bot.model.incident_report import IncidentReport
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import Scope, SeriesState, Severity
from bot.places import load_register, local_time
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.causes import load_figures
from bot.text.translations import environment, load_translations, templates_root
from tests import labels
from tests.builders import (
    EVERY_KIND,
    KZ,
    MASTODON,
    NOW,
    PROBING,
    X,
    between,
    event,
    evidence,
    facts,
    incident_of,
    restored,
    series,
    utc,
)
from tests.recordings import SHARED

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
GRID = timedelta(minutes=10)
REGISTER = load_register()
PUBLIC_LIST = SHARED / labels.FILE
TEMPLATES = environment(templates_root(), all_brands())
LIST_NAMES = {"VE": "Venezuela", "IR": "Iran", "IQ": "Iraq", "SY": "Syria"} | {
    "MM": "Myanmar/Burma",
    "TG": "Togo",
    "AO": "Angola",
    "NE": "Niger",
    "RU": "Russian Federation",
    "SZ": "Swaziland",
    "AM": "Armenia",
    "CM": "Cameroon",
    "BJ": "Benin",
    "SD": "Sudan",
    "CD": "Democratic Republic of (DRC)",
    "ZW": "Zimbabwe",
    "ET": "Ethiopia",
}
"""The names of countries in the public list of outages, by country code."""


def seen_patterns(
    kind=EventKind.UPDATED, seq=2, others=(), **more: Any
) -> dict[str, bool]:
    """Map the id of each pattern that can be judged to whether the pattern was seen."""
    step = event(kind, seq, **more)
    context = EventContext(
        step,
        lambda at: local_time(at, REGISTER.principal_zone(KZ)),
        tuple(others),
        GRID,
    )
    return {h.figure.id: h.seen for h in hints_of(context, load_figures().figures)}


@pytest.fixture(scope="module")
def rows() -> tuple[labels.Row, ...]:
    if not PUBLIC_LIST.is_file():
        pytest.skip("the public list is not on this machine")
    return labels.read(PUBLIC_LIST)


class TestFigures:
    @pytest.mark.parametrize(
        ("hint", "function"),
        [
            ("half-hour", labels.on_half_hour),
            ("all-signals", labels.all_signals),
            ("half-hours-long", labels.half_hours_long),
            ("recurs", None),
        ],
    )
    def test_pattern_counts_equal_those_of_the_list(self, rows, hint, function):
        has_pattern: Callable[[labels.Row], bool | None] = function or (
            lambda row: labels.recurs(row, rows)
        )
        series_of = {LIST_NAMES[code] for code in load_figures().series}
        figure = next(f for f in load_figures().figures if f.id == hint)
        ordered = [r for r in rows if r.ordered]
        elsewhere = [r for r in ordered if r.country not in series_of]
        assert labels.count_true(map(has_pattern, ordered)) == figure.ordered
        assert (
            labels.count_true(has_pattern(r) for r in rows if not r.ordered)
            == figure.other
        )
        assert labels.count_true(map(has_pattern, elsewhere)) == figure.elsewhere

    def test_base_rates_equal_those_of_the_list(self, rows):
        figures = load_figures()
        series_of = {LIST_NAMES[code] for code in figures.series}
        assert len(rows) == figures.rows
        ordered = [row for row in rows if row.ordered]
        assert len(ordered) == figures.ordered
        assert (
            sum(row.country in series_of for row in ordered) == figures.series_ordered
        )
        largest = [row for row in rows if row.country == LIST_NAMES[figures.largest]]
        assert len(largest) == figures.largest_rows

    def test_row_counts_of_countries_equal_those_of_the_list(self, rows):
        for code, (number, ordered) in load_figures().countries.items():
            country_rows = [row for row in rows if row.country == LIST_NAMES[code]]
            assert (len(country_rows), sum(row.ordered for row in country_rows)) == (
                number,
                ordered,
            )

    def test_likelihood_ratios_equal_the_published_ones(self):
        ratios = {f.id: f.ratio_if(seen=True) for f in load_figures().figures}
        assert ratios == pytest.approx(
            {
                "half-hour": 2.1,
                "all-signals": 1.75,
                # The counts would give about 390, but come from only three countries,
                # so the ratio is capped at 20.
                "recurs": 20.0,
                "half-hours-long": 1.9,
            },
            abs=0.06,
        )

    def test_absent_pattern_lowers_the_likelihood_ratio(self):
        for figure in load_figures().figures:
            assert 1 / figure.cap <= figure.ratio_if(seen=False) < 1

    def test_the_file_names_its_source(self):
        path = Path(templates_root().parent) / "bot" / "data" / "cause-hints.toml"
        source = tomllib.loads(path.read_text("utf-8"))["source"]
        assert source["link"].startswith("https://")
        assert "SIGCOMM" in source["title"]


class TestPatterns:
    @pytest.mark.parametrize(
        ("onset", "seen"),
        [
            (("10:25", "10:35"), True),
            (("10:30", "10:40"), True),
            (("10:20", "10:30"), False),  # an interval does not contain its end
            (("10:40", "10:50"), False),
            (("10:55", "11:05"), True),
        ],
    )
    def test_onset_on_the_half_hour_is_seen(self, onset, seen):
        began = between(f"2022-01-05 {onset[0]}", f"2022-01-05 {onset[1]}")
        assert seen_patterns(onset=began)["half-hour"] is seen

    def test_imprecise_onset_has_no_half_hour_hint(self):
        wide = between("2022-01-05 10:00", "2022-01-05 10:30")
        assert "half-hour" not in seen_patterns(onset=wide)

    def test_half_hours_are_those_of_local_time(self):
        """P9: Nepal is 5:45 ahead of UTC, so its hours begin a quarter past the UTC hour."""
        nepal = lambda at: at + timedelta(hours=5, minutes=45)  # noqa: E731
        quarter = between("2022-01-05 10:15", "2022-01-05 10:20")
        context = EventContext(event(onset=quarter), nepal, (), GRID)
        seen = {h.figure.id: h.seen for h in hints_of(context, load_figures().figures)}
        assert seen["half-hour"]

    def test_all_signals_means_all_three_families(self):
        three = (Family.CONTROL_PLANE, Family.ACTIVE_PROBING, Family.TELESCOPE)
        own = tuple(
            replace(series(PROBING, 0.02), family=family, state=SeriesState.DROPPED)
            for family in three
        )
        assert seen_patterns(series=own, opened_by=three)["all-signals"]
        assert not seen_patterns(series=own, opened_by=three[:2])["all-signals"]
        assert "all-signals" not in seen_patterns(series=own[:2], opened_by=three[:2])

    def test_all_signals_hint_waits_for_late_readings(self):
        three = (Family.CONTROL_PLANE, Family.ACTIVE_PROBING, Family.TELESCOPE)
        own = tuple(replace(series(PROBING, 0.02), family=f) for f in three)
        first = seen_patterns(EventKind.CONFIRMED, 1, series=own, opened_by=three[:2])
        assert "all-signals" not in first

    @pytest.mark.parametrize(
        ("before", "seen"),
        [(DAY, True), (4 * DAY, True), (5 * DAY, False), (DAY + 2 * HOUR, False)],
    )
    def test_drop_whole_days_before_is_seen(self, before, seen):
        earlier = incident_of(event(as_of=NOW - before, incident="KZ-2022-0101"))
        phases = (Phase(EventKind.CONFIRMED, NOW, Scope.NATIONAL, Severity.MAJOR),)
        patterns = seen_patterns(others=[earlier], phases=phases, as_of=NOW + HOUR)
        assert patterns["recurs"] is seen

    def test_without_an_earlier_drop_there_is_no_recurrence(self):
        assert "recurs" not in seen_patterns()

    @pytest.mark.parametrize(("minutes", "seen"), [(0, True), (10, False), (30, True)])
    def test_duration_in_half_hours_is_seen(self, minutes, seen):
        onset = between("2022-01-05 10:30", "2022-01-05 10:40")
        end = utc("2022-01-05 15:30") + timedelta(minutes=minutes)
        content = restored(onset=onset, restored=Interval(end, end + GRID))
        assert (
            seen_patterns(EventKind.RESTORED, 3, facts=content)["half-hours-long"]
            is seen
        )

    def test_first_event_uses_no_later_patterns(self):
        earlier = incident_of(event(as_of=NOW - DAY, incident="KZ-2022-0101"))
        first = seen_patterns(EventKind.CONFIRMED, 1, others=[earlier])
        assert not {"recurs", "half-hours-long"} & set(first)


def writer(site: Path) -> TemplateRenderer:
    return TemplateRenderer(
        REGISTER, site, "https://outagewire.example", "desk@example.org", TEMPLATES
    )


def letter(
    content: Facts, seq: int = 2, background: EditorContext | None = None
) -> str:
    step = event(EventKind.UPDATED, seq, facts=content)
    draft, _ = writer(Path("site")).draft(step, evidence(content), [X])
    return writer(Path("site")).review_letter(
        step, draft, background or EditorContext()
    )


class TestReviewLetter:
    ONSET = between("2022-01-05 10:25", "2022-01-05 10:35")

    def test_letter_shows_ratio_source_and_base_rates(self):
        """P8: the letter calls the onset consistent with a shutdown, and the cause not known."""
        text = letter(facts(onset=self.ONSET))
        assert "consistent with an ordered shutdown, likelihood ratio 2.1" in text
        assert "182 shutdowns to 729 other" in text
        assert "142 of them in MM, SY, IQ; 340 rows are for VE alone" in text
        assert "must not be multiplied" in text
        assert "SIGCOMM 2023" in text
        assert "The cause is not known." in text

    def test_letter_shows_where_the_ratios_come_from(self):
        iraq = replace(KZ, code="IQ")
        assert "its series of shutdowns" in letter(facts(onset=self.ONSET, place=iraq))
        assert "was not counted separately" in letter(facts(onset=self.ONSET))

    def test_letter_says_when_no_pattern_can_be_assessed(self):
        wide = between("2022-01-05 10:00", "2022-01-05 10:30")
        assert "No hint from the timing" in letter(facts(onset=wide))

    def test_letter_shows_the_class_with_its_rule(self):
        classification = Classification(
            ClassKind.MOBILE, "mobile-networks-only", ("a=b",), 1
        )
        text = letter(facts(), background=EditorContext(classification))
        rule = "mobile networks fell while a fixed network was normal"
        assert f"mobile networks ({rule}: a: b)" in text


OFTEN_PUBLISHED = {EventKind.CONFIRMED, EventKind.RESTORED, EventKind.CORRECTED}


def hint_words() -> list[str]:
    """Return all texts on hints in the English catalogue, and words typical of hints."""
    table = load_translations(TEMPLATES, "en").find("hints")
    assert isinstance(table, dict)
    texts = [text for part in table.values() for text in part.values()]
    return [*texts, "likelihood", "consistent with", "base rate", "SIGCOMM"]


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=[] if kind in OFTEN_PUBLISHED else [pytest.mark.slow])
        for kind in EventKind
    ],
)
def test_no_hint_reaches_a_page_or_a_post(kind, tmp_path):
    """P8: no words of a hint are in a page, its data files, a post or an alt text."""
    onset = between("2022-01-05 10:25", "2022-01-05 10:35")
    step = event(kind, 2, facts=EVERY_KIND[kind](onset=onset))
    classification = Classification(
        ClassKind.EXAM, "same-hour-on-many-days", ("days=3",), 1
    )
    shown = evidence(step.facts, days_before=0.3)
    draft, _ = writer(tmp_path).draft(step, shown, [X, MASTODON])
    report = IncidentReport(
        incident_of(step),
        (step,),
        {step.key: shown},
        {step.key: replace(draft, state=DraftState.APPROVED)},
        (),
        (),
        (EventClassification(step.incident, 2, step.at, classification),),
    )
    writer(tmp_path).publish_page(report)
    files = [p for p in tmp_path.rglob("*") if p.suffix in {".html", ".json", ".csv"}]
    public = [path.read_text("utf-8") for path in files]
    public += [text.body for text in draft.texts]
    public += [draft.picture.alt if draft.picture else ""]
    assert len(files) >= 3
    for word in hint_words():
        assert not [text for text in public if word.lower() in text.lower()], word


def test_only_the_letter_template_uses_hints():
    """P8: of the templates for text and pages, only the review letter mentions hints."""
    for path in templates_root().rglob("*"):
        if path.is_file() and path.suffix in {".txt", ".html"}:
            mentions_hints = "hint" in path.read_text("utf-8").lower()
            assert mentions_hints == (path.name == "review.txt"), path
