"""The report page is valid, complete, free of scripts, and written before any post."""

import csv as csvlib
import json
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.errors import RenderingError
from bot.model.delivery import Delivery, DeliveryState, Post, Receipt
from bot.model.draft import Draft, DraftState
from bot.model.incident import EventKind, Evidence, State
from bot.model.incident_report import IncidentReport, Listing
from bot.model.verdict import SeriesState
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.translations import environment, load_translations, templates_root
from tests.builders import (
    MAIL,
    MASTODON,
    X,
    changed,
    escalated,
    event,
    evidence,
    facts,
    incident_of,
    mobile,
    restored,
    suspected,
)

WORDS = load_translations(environment(templates_root(), all_brands()), "en")
SCRIPTS = [
    {"type": "application/ld+json"},
    {"src": "../../outagewire.js", "defer": None},
]
"""The data of a page, which is not run, and the script of the site."""
VOID = {"input", "meta", "link", "img", "br", "source"}
ORDER = [
    "In numbers",
    "What was said, newest first",
    "The newest chart",
    "Timeline, newest first",
    "What is happening in Kazakhstan?",
    "What this class of disruption means",
    "What we cannot see",
    "Other explanations checked",
    "History",
    "Further reading, and previously",
    "Methodology",
    "Independence",
    "Corrections and contact",
    "Sources, licences, and how to cite",
    "Version history",
]


class ParsedPage(HTMLParser):
    """Parses a page, and fails if a tag is not closed or is wrongly nested."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open_tags: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text_parts: list[str] = []
        self.headings: list[str] = []
        self.feed(text)
        self.close()
        assert self.open_tags == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open_tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open_tags.pop() == tag

    def handle_data(self, data):
        # Scripts are data for programs, with ids that programs know. A template is not
        # shown.
        if not {"script", "template"} & {*self.open_tags}:
            self.text_parts.append(data)
        if self.open_tags and self.open_tags[-1] == "h2":
            self.headings.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.text_parts).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def writer(site: Path) -> TemplateRenderer:
    return TemplateRenderer(
        load_register(),
        site,
        "https://outagewire.example",
        "desk@example.org",
        environment(templates_root(), all_brands()),
        {"x": 280},
    )


def report_of(site: Path, *events, state=DraftState.APPROVED, sent=(), previous=()):
    drafts: dict[str, Draft] = {}
    shown = {}
    for step in events:
        shown[step.key] = evidence(step.facts)
        draft, _ = writer(site).draft(step, shown[step.key], [X, MASTODON])
        drafts[step.key] = replace(draft, state=state)
    return IncidentReport(
        incident_of(*events), tuple(events), shown, drafts, sent, previous
    )


STEPS = (
    event(EventKind.CONFIRMED, 1, facts=mobile()),
    event(EventKind.ESCALATED, 2, facts=escalated()),
    event(EventKind.RESTORED, 3, facts=restored()),
)


def publish(site: Path, report: IncidentReport) -> ParsedPage:
    renderer = writer(site)
    renderer.publish_page(report)
    renderer.list_incidents(Listing(tuple(p.name for p in (site / "i").iterdir())))
    renderer.publish_sources((), report.events[-1].at)
    return read(site / "i" / report.incident.id / "index.html")


def read(path: Path) -> ParsedPage:
    return ParsedPage(path.read_text(encoding="utf-8"))


def delivery_of(
    step, text: str, url: str | None = "https://social.example/1"
) -> Delivery:
    post = Post(
        key=f"{step.key}/mastodon",
        incident=step.incident,
        event=step.key,
        channel="mastodon",
        lang="en",
        at=step.at,
        made_at=step.at,
        text=text,
        length=len(text),
        picture=None,
        reply_to=None,
    )
    return Delivery(post, DeliveryState.SENT, Receipt("1", url), 1, step.at)


def test_page_is_valid_html_without_scripts_of_others(tmp_path):
    """P15: the page runs only the site's script; it has one main heading and unique ids."""
    page = publish(tmp_path, report_of(tmp_path, *STEPS))
    assert len(page.all("h1")) == 1
    assert page.all("script") == SCRIPTS
    assert page.all("html") == [{"lang": "en"}]
    assert all(img["alt"] and img["width"] for img in page.all("img"))
    assert len(page.all("main")) == len(page.all("header")) == 1
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_page_loads_nothing_from_other_servers(tmp_path):
    """P15: the page loads no image and no style sheet from another server."""
    page = publish(tmp_path, report_of(tmp_path, *STEPS))
    # The canonical address is a statement; nothing is loaded from there.
    links = [a["href"] for a in page.all("link") if a["rel"] != "canonical"]
    loaded = [a["src"] for a in page.all("img")] + links
    assert not any("://" in (address or "") for address in loaded)


def test_page_has_its_sections_in_order(tmp_path):
    page = publish(tmp_path, report_of(tmp_path, *STEPS))
    assert [text for text in page.headings if text in ORDER] == ORDER


def test_page_exists_before_the_first_post(tmp_path):
    """P15: the page is written before the first post, so the link in that post works."""
    page = publish(tmp_path, report_of(tmp_path, STEPS[0]))
    assert "Not posted yet." in page.text
    assert (tmp_path / "i/KZ-2022-0104/1.png").is_file()
    assert (tmp_path / "i/KZ-2022-0104/1.csv").is_file()
    assert (tmp_path / "style.css").is_file()


@pytest.mark.parametrize(
    "state", [DraftState.WAITING, DraftState.HELD, DraftState.REJECTED]
)
def test_unapproved_draft_is_not_on_the_page(tmp_path, state):
    """P16: the page shows the event's facts, but no text of a draft that is not approved."""
    page = publish(tmp_path, report_of(tmp_path, STEPS[0], state=state))
    assert "📵" not in page.text
    assert "Not posted yet" not in page.text
    assert "Kcell is at 28%" in page.text


def test_page_shows_the_text_that_was_posted(tmp_path):
    """The page shows the text that was posted, here one that an editor had changed."""
    report = report_of(
        tmp_path,
        STEPS[0],
        sent=(delivery_of(STEPS[0], "Edited by the desk. #Kazakhstan"),),
    )
    page = publish(tmp_path, report)
    assert "Edited by the desk. #Kazakhstan" in page.text
    assert {"href": "https://social.example/1"} in page.all("a")
    assert "Not posted yet." not in page.text


def test_suspected_page_names_one_source_and_never_confirms(tmp_path):
    """P7: the page names the one source, and says "confirmed" only in its methodology."""
    page = publish(
        tmp_path, report_of(tmp_path, event(EventKind.SUSPECTED, facts=suspected()))
    )
    assert "One source (BGP routing, IODA) shows a drop" in page.text
    assert "not corroborated" in page.text
    before_method = page.text[: page.text.index("Methodology")]
    assert "onfirmed" not in before_method


def test_the_newest_step_comes_first_and_each_has_its_time(tmp_path):
    page = publish(tmp_path, report_of(tmp_path, *STEPS))
    steps = [a["id"] for a in page.all("h3") if (a.get("id") or "").startswith("event")]
    assert steps == ["event-3", "event-2", "event-1"]
    (first, last) = page.all("time")[:2]
    assert first["class"] == "dt-published"
    assert first["datetime"] == "2022-01-04T17:00:00Z"
    assert last["class"] == "dt-updated"
    assert last["datetime"] == "2022-01-11T04:00:00Z"


def test_credit_and_licence_are_shown_where_data_is_used(tmp_path):
    """P13: the page credits the source wherever it is used, with its licence and a link."""
    page = publish(tmp_path, report_of(tmp_path, STEPS[1]))
    credit = "IODA, Internet Intelligence Lab, Georgia Tech"
    assert page.text.count(credit) >= 3
    assert "all rights reserved" in page.text
    assert {"href": "https://ioda.live"} in page.all("a")


def test_each_check_is_shown_with_its_result(tmp_path):
    page = publish(tmp_path, report_of(tmp_path, STEPS[1]))
    assert (
        "Source health: its readings of other places are as usual (active probing)"
        in page.text
    )
    assert (
        "Not known: whether it is more than routes \N{EN DASH} no answer" in page.text
    )
    assert "The cause is not known." in page.text


def test_reconstruction_is_marked_on_page_and_front_page(tmp_path):
    report = report_of(
        tmp_path, event(EventKind.CONFIRMED, facts=mobile(reconstruction=True))
    )
    page = publish(tmp_path, report)
    assert "Reconstruction: everything on this page" in page.text
    assert "Reconstruction" in read(tmp_path / "index.html").text


def test_the_front_page_has_current_and_past_incidents(tmp_path):
    publish(tmp_path, report_of(tmp_path, *STEPS))
    other = event(EventKind.CONFIRMED, facts=facts(), incident="KZ-2023-0001")
    publish(tmp_path, report_of(tmp_path, other))
    front = read(tmp_path / "index.html")
    assert front.text.index("Confirmed") < front.text.index("Past")
    assert front.text.index("Past") < front.text.index("Restored")
    assert {"href": "i/KZ-2023-0001/index.html"} in front.all("a")


def test_history_lists_stored_incidents_only(tmp_path):
    old = replace(incident_of(*STEPS), id="KZ-2021-0001")
    report = report_of(tmp_path, STEPS[0], previous=(old,))
    page = publish(tmp_path, report)
    assert {"href": "../KZ-2021-0001/index.html"} in page.all("a")
    assert (
        "None on record here." in publish(tmp_path, report_of(tmp_path, STEPS[0])).text
    )


def test_retracted_report_says_so_and_is_listed_as_past(tmp_path):
    """P11: the page calls the report withdrawn, and the front page lists it as past."""
    event_facts = facts(state=State.RETRACTED)
    steps = (STEPS[1], event(EventKind.RETRACTED, 3, facts=event_facts))
    page = publish(tmp_path, report_of(tmp_path, *steps))
    assert "report withdrawn" in page.text
    assert "is withdrawn" in page.text
    front = read(tmp_path / "index.html").text
    assert front.index("Past") < front.index("Retracted")


def test_the_same_report_gives_the_same_files(tmp_path):
    """P14: the same report gives the same bytes, in another folder and when written again."""
    trees = []
    for name in ("one", "two"):
        site = tmp_path / name
        publish(site, report_of(site, *STEPS))
        publish(site, report_of(site, *STEPS))
        files = sorted(p for p in site.rglob("*") if p.is_file())
        trees.append([(p.relative_to(site), p.read_bytes()) for p in files])
    assert trees[0] == trees[1]


def test_page_and_csv_file_have_the_same_numbers(tmp_path):
    """P4: the level on the page equals the last level in the CSV file."""
    page = publish(tmp_path, report_of(tmp_path, STEPS[1]))
    assert "2% of normal levels" in page.text
    data = (tmp_path / "i/KZ-2022-0104/2.csv").read_text(encoding="utf-8")
    rows = [
        r for r in csvlib.DictReader(data.splitlines()) if r["entity"] == "country:KZ"
    ]
    last = next(r for r in reversed(rows) if r["signal"] == "ioda.ping-slash24")
    assert round(float(last["percent_of_ordinary"])) == 2


def test_external_text_cannot_become_markup(tmp_path):
    report = report_of(
        tmp_path, STEPS[0], sent=(delivery_of(STEPS[0], "<script>alert(1)</script>"),)
    )
    page = publish(tmp_path, report)
    assert page.all("script") == SCRIPTS
    assert "<script>alert(1)</script>" in page.text


def test_page_without_evidence_still_has_its_text(tmp_path):
    report = report_of(tmp_path, STEPS[0])
    page = publish(tmp_path, replace(report, evidence={STEPS[0].key: Evidence(())}))
    assert page.all("img") == []
    assert "Kcell is at 28%" in page.text


def test_unwritable_site_raises_rendering_error(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    with pytest.raises(RenderingError, match="KZ-2022-0104 could not be written"):
        writer(blocked).publish_page(report_of(tmp_path, STEPS[0]))


def test_no_partial_file_is_left(tmp_path):
    publish(tmp_path, report_of(tmp_path, *STEPS))
    names = {p.name for p in (tmp_path / "i/KZ-2022-0104").iterdir()}
    assert names == {
        "index.html",
        "index.txt",
        "embed",
        "oembed.json",
        "incident.json",
        *(f"{n}.{kind}" for n in (1, 2, 3) for kind in ("png", "csv", "small.png")),
        *(f"now-{kind}.svg" for kind in ("lines", "lines-tall", "map", "map-tall")),
        "cap",
        "now-card.png",
        "now.stamp",
        "evidence",
        "evidence.zip",
        "evidence.json",
        "lists.json",
    }


def test_charts_are_drawn_again_only_after_a_new_event(tmp_path):
    """Writing a page again draws its charts again only after a new event."""
    publish(tmp_path, report_of(tmp_path, *STEPS[:2]))
    chart = tmp_path / "i/KZ-2022-0104/now-lines.svg"
    first = chart.stat().st_mtime_ns
    publish(tmp_path, report_of(tmp_path, *STEPS[:2]))
    assert chart.stat().st_mtime_ns == first
    publish(tmp_path, report_of(tmp_path, *STEPS))
    assert chart.stat().st_mtime_ns > first


def test_newest_chart_is_the_link_preview_image(tmp_path):
    page = publish(tmp_path, report_of(tmp_path, *STEPS))
    properties = {
        a["property"]: a["content"] for a in page.all("meta") if "property" in a
    }
    assert (properties["og:image"] or "").endswith("/i/KZ-2022-0104/now-card.png")
    assert (properties["og:image"] or "").startswith(properties["og:url"] or "-")
    data = (tmp_path / "i/KZ-2022-0104/now-card.png").read_bytes()
    assert [int.from_bytes(data[n : n + 4]) for n in (16, 20)] == [1200, 630]


def test_current_chart_is_svg_with_a_narrow_version(tmp_path):
    page = publish(tmp_path, report_of(tmp_path, *STEPS))
    names = [a["srcset"] for a in page.all("source")]
    assert names[0] == "now-lines-tall.svg"
    assert "now-lines.svg" in {a["src"] for a in page.all("img")}
    for name in ("now-lines.svg", *names):
        svg = (tmp_path / "i/KZ-2022-0104" / name).read_text(encoding="utf-8")
        assert svg.rstrip().endswith("</svg>")


def test_front_page_has_a_timeline_of_two_or_more_incidents(tmp_path):
    publish(tmp_path, report_of(tmp_path, *STEPS))
    front = read(tmp_path / "index.html")
    assert "timeline.svg" not in {a["src"] for a in front.all("img")}
    other = event(EventKind.SUSPECTED, facts=suspected(), incident="KZ-2021-0603")
    publish(tmp_path, report_of(tmp_path, other))
    front = read(tmp_path / "index.html")
    (image,) = [a for a in front.all("img") if a["src"] == "timeline.svg"]
    alt = image["alt"] or ""
    assert alt.startswith("Timeline: 2 disruptions on record")
    assert "Kazakhstan (one source), 5 January 2022: " in alt
    assert (tmp_path / "timeline-tall.svg").is_file()


def test_onset_is_never_shown_more_precisely_than_known(tmp_path):
    """P9: an onset known to within six hours is shown as that interval, not as one time."""
    event_facts = facts(
        onset=replace(
            facts().timing.onset, until=facts().timing.onset.since + timedelta(hours=6)
        )
    )
    page = publish(
        tmp_path, report_of(tmp_path, event(EventKind.CONFIRMED, facts=event_facts))
    )
    assert "between 10:30 and 16:30 UTC" in page.text
    assert "around" not in page.text


@pytest.mark.parametrize(
    ("state", "level", "row"),
    [
        (
            SeriesState.ORDINARY,
            0.39,
            "Signals whose change is too small or too brief to count",
        ),
        (SeriesState.ORDINARY, 0.93, "Signals at normal levels"),
        (SeriesState.DROPPED, 0.98, "Signals slightly below normal levels"),
        (SeriesState.DROPPED, 0.12, "Signals down"),
    ],
)
def test_signal_is_listed_under_words_that_fit_its_level(tmp_path, state, level, row):
    """P18: no page lists a signal at 39% as normal, or one at 98% as down."""
    first, second, third = facts().levels.series
    own = (first, second, replace(third, state=state, level=level))
    page = publish(tmp_path, report_of(tmp_path, event(facts=facts(series=own))))
    others = {"Signals down": "active probing at 2%, Google traffic at 4% and "}
    name = others.get(row, "")
    # What varies as much without a disruption has no level worth giving.
    at = "" if level == 0.39 else f" at {level:.0%}"
    assert re.search(rf"{row} {name}BGP routing{at}", page.text), page.text


def test_finished_incident_has_no_level_so_far(tmp_path):
    """P18: the page of an incident that is over has no words for the present."""
    page = publish(tmp_path, report_of(tmp_path, *STEPS))
    assert "Level at the last reading 98% of normal levels" in page.text
    assert "Lowest 2%" in page.text
    assert "Lowest so far" not in page.text.partition("What is happening")[2]


STATEMENT = "The drop was planned maintenance."


@pytest.mark.parametrize("outlet", [X, MASTODON, MAIL], ids=lambda o: o.name)
@pytest.mark.parametrize("lang", ["en", "es", "fr", "pt", "ru", "kk", "tr", "sw", "zh"])
def test_retraction_by_a_person_gives_the_reason_once_and_no_other(
    tmp_path, outlet, lang
):
    """P11: a person's retraction has that person's reason, not that of revised data."""
    withdrawn = changed(facts(), state=State.RETRACTED, statement=STATEMENT)
    told = event(EventKind.RETRACTED, facts=withdrawn)
    text = writer(tmp_path).write(told, replace(outlet, lang=lang)).body
    words = load_translations(environment(templates_root(), all_brands()), lang)
    revised = words.translate("unsupported", as_of="|").split("|")
    assert text.count(STATEMENT) == 1
    assert not any(len(part) > 9 and part.strip(" .") in text for part in revised)


@pytest.mark.parametrize("state", [State.CONFIRMED, State.RETRACTED])
def test_page_and_data_give_the_reason_of_a_correction_as_written(tmp_path, state):
    """P11: page and incident.json state what a person said was wrong."""
    kind = {State.CONFIRMED: EventKind.CORRECTED, State.RETRACTED: EventKind.RETRACTED}
    told = event(kind[state], facts=changed(facts(), state=state, statement=STATEMENT))
    page = publish(tmp_path, report_of(tmp_path, told, state=DraftState.WAITING))
    record = json.loads(
        (tmp_path / "i" / told.incident / "incident.json").read_text("utf-8")
    )
    assert record["lead"].count(STATEMENT) == 1
    assert record["statement"] == STATEMENT
    assert STATEMENT in page.text
    assert "no longer support" not in page.text
