"""The report pages: static files that read without JavaScript (P15)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.charts.canvas.theme import POST
from bot.charts.data import gather
from bot.charts.illustrator import Illustrator
from bot.errors import RenderingError
from bot.model.draft import Draft, DraftState
from bot.model.incident import Evidence, IncidentEvent, State
from bot.model.incident_report import IncidentReport
from bot.model.interval import Interval
from bot.model.source_status import SourceStatus
from bot.site.charts import CARD_FILE, all_incidents, charts_now
from bot.site.data_files import write_csv
from bot.site.event_views import (
    EventView,
    PictureView,
    checks_of,
    event_text_of,
    facts_of,
    previous_of,
    sources_of,
    texts_of,
    title_of,
)
from bot.site.impact_view import impact_json, impact_of
from bot.site.source_views import condition_rows, troubles_of, utc
from bot.site.static_files import bring, link_of, write
from bot.text.causes import (
    cause_of,
    cause_views,
    class_views,
    meaning_of,
    withdrawn_views,
)
from bot.text.event_text import method_of
from bot.text.times import TimeFormatter

_SOURCES = "sources.json"
_OVER = (State.RESTORED, State.RETRACTED)


@dataclass(frozen=True, slots=True)
class Site:
    """A folder of pages: `index.html`, `sources.json`, `style.css`, `i/INCIDENT/...`.

    `scorecard` is where the score page is, an address or a folder; empty: nowhere.
    """

    root: Path
    illustrator: Illustrator
    contact: str
    scorecard: str = ""

    def publish(self, dossier: IncidentReport) -> None:
        """Write one incident's page with its charts and data, then the front page.

        Raises:
            OSError: the folder cannot be written.
            RenderingError: the words of the page cannot be made.
        """
        folder = self.root / "i" / dossier.incident.id
        folder.mkdir(parents=True, exist_ok=True)
        bring(self.scorecard, self.root)
        words = self.illustrator.words
        moments = TimeFormatter(
            words, self.illustrator.register, dossier.incident.place
        )
        page = self._page(dossier, folder, moments)
        summary = _summary(dossier, page)
        write(folder / "index.html", self._html("report", page=page, up="../../"))
        write(folder / "incident.json", _json(summary))
        write(self.root / "style.css", self._style())
        self._front_page()

    def publish_sources(self, conditions: Sequence[SourceStatus], at: datetime) -> None:
        """Write how the sources stand as of `at`, then the front page.

        Raises:
            OSError: the folder cannot be written.
        """
        words = self.illustrator.words
        self.root.mkdir(parents=True, exist_ok=True)
        bring(self.scorecard, self.root)
        told = {
            "as_of": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "as_of_words": utc(at, words),
            "signals": condition_rows(conditions, words),
        }
        write(self.root / _SOURCES, _json(told))
        write(self.root / "style.css", self._style())
        self._front_page()

    def _page(
        self, dossier: IncidentReport, folder: Path, moments: TimeFormatter
    ) -> Mapping[str, Any]:
        last, words = dossier.events[-1], moments.words
        charts = charts_now(self.illustrator, dossier, folder)
        story = event_text_of(last, moments)
        return {
            "id": dossier.incident.id,
            "title": title_of(words, story, last.facts.onset.since),
            "reconstruction": last.facts.reconstruction,
            "drill": last.facts.drill,
            "state": str(last.facts.state),
            "state_name": words.say("states", last.facts.state),
            "as_of": moments.stamp(last.facts.as_of),
            "lead": self._lead(last, moments),
            "within": story.within,
            "events": tuple(
                self._event(dossier, event, folder, moments)
                for event in reversed(dossier.events)
            ),
            "charts": charts,
            "address": self._address(dossier.incident.id),
            "card": CARD_FILE if charts else "",
            "facts": facts_of(last, story, moments),
            "impact": impact_of(last, words),
            "troubles": troubles_of(dossier, moments),
            **_causes(dossier, moments),
            "previous": previous_of(dossier, words, moments),
            "baseline": method_of(words, last.facts, "methods_long"),
            "rule": last.facts.rule,
            "checks": checks_of(last, words),
            "credits": story.credits,
            "sources": sources_of(dossier.events, words),
        }

    def _event(
        self,
        dossier: IncidentReport,
        event: IncidentEvent,
        folder: Path,
        moments: TimeFormatter,
    ) -> EventView:
        story = event_text_of(event, moments)
        evidence = dossier.evidence.get(event.key, Evidence(traces=()))
        draft = dossier.drafts.get(event.key)
        some = bool(evidence.traces)
        # Data first: a chart that lies there vouches for the data beside it.
        csv = self._csv(event, evidence, folder, draft) if some else None
        picture = self._picture(event, evidence, folder, draft) if some else None
        return EventView(
            seq=event.seq,
            label=story.label,
            datetime=event.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            time=moments.stamp(event.at),
            level=story.operator_range if story.narrow else story.level,
            onset=story.onset,
            reason=event.reason,
            texts=texts_of(event, draft, dossier.deliveries),
            facts=self._lead(event, moments),
            picture=picture,
            csv=csv,
        )

    def _picture(
        self,
        event: IncidentEvent,
        evidence: Evidence,
        folder: Path,
        draft: Draft | None,
    ) -> PictureView | None:
        """The chart, drawn again from the evidence unless it lies there already."""
        path = folder / f"{event.seq}.png"
        try:
            alt = self._alt(event, evidence, draft)
            if not _is_there(path, draft):
                image, _ = self.illustrator.picture(event, evidence)
                write(path, image)
        except (RenderingError, ValueError, RuntimeError):
            # The draft keeps the reason; the page says the same without a picture.
            return None
        return PictureView(path.name, alt, POST.width, POST.height)

    def _alt(
        self, event: IncidentEvent, evidence: Evidence, draft: Draft | None
    ) -> str:
        """What an editor let out, else the machine's own: never an unseen edit."""
        if draft and draft.picture and draft.state is DraftState.APPROVED:
            return draft.picture.alt
        return self.illustrator.describe(event, evidence)

    def _csv(
        self,
        event: IncidentEvent,
        evidence: Evidence,
        folder: Path,
        draft: Draft | None,
    ) -> str:
        path = folder / f"{event.seq}.csv"
        known = path.is_file() and _is_there(folder / f"{event.seq}.png", draft)
        if not known:
            window = self._window(event, evidence)
            write(path, write_csv(evidence, event.facts, window))
        return path.name

    def _window(self, event: IncidentEvent, evidence: Evidence) -> Interval:
        """What the chart shows; without a chart, all there is up to the as-of."""
        words, register = self.illustrator.words, self.illustrator.register
        try:
            return gather(evidence, event.facts, words, register).window
        except RenderingError:
            first = min(trace.first for trace in evidence.traces)
            return Interval(min(first, event.facts.as_of), event.facts.as_of)

    def _address(self, incident: str) -> str:
        """Where the page is for everyone."""
        return f"{self.illustrator.base_url.rstrip('/')}/i/{quote(incident)}/"

    def _lead(self, event: IncidentEvent, moments: TimeFormatter) -> str:
        name = f"site/{moments.words.lang}/lead.txt"
        template = self.illustrator.templates.get_template(name)
        return " ".join(template.render(s=event_text_of(event, moments)).split())

    def _front_page(self) -> None:
        """The front page is made of what every incident's folder says of itself."""
        found = sorted(self.root.glob("i/*/incident.json"))
        rows = [json.loads(path.read_text(encoding="utf-8")) for path in found]
        rows.sort(key=lambda row: (row["onset"]["from"], row["id"]), reverse=True)
        html = self._html(
            "index",
            current=[row for row in rows if row["state"] not in _OVER],
            past=[row for row in rows if row["state"] in _OVER],
            timeline=all_incidents(self.illustrator, rows, self.root),
            sources=self._sources(),
            up="",
        )
        write(self.root / "index.html", html)

    def _sources(self) -> Mapping[str, Any] | None:
        """How the sources stood when that was written last; None: never yet."""
        path = self.root / _SOURCES
        if not path.is_file():
            return None
        told: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return told

    def _html(self, name: str, up: str, **values: object) -> str:
        path = f"site/{self.illustrator.words.lang}/{name}.html"
        template = self.illustrator.templates.get_template(path)
        score = link_of(self.scorecard, self.root, up)
        return template.render(contact=self.contact, scorecard=score, up=up, **values)

    def _style(self) -> str:
        return self.illustrator.templates.get_template("site/style.css").render()


def _causes(dossier: IncidentReport, moments: TimeFormatter) -> dict[str, object]:
    """Class and attributions: two records beside what was measured (P8)."""
    said = dossier.attributions
    return {
        "meaning": meaning_of(dossier.events[-1], dossier.classified, moments.words),
        "classes": class_views(dossier.classified, moments),
        "cause": cause_of(said, moments.words),
        "causes": cause_views(said, moments),
        "withdrawn": withdrawn_views(said, moments),
    }


def _summary(dossier: IncidentReport, page: Mapping[str, Any]) -> dict[str, object]:
    """The machine-readable copy of the page's head."""
    incident, last = dossier.incident, dossier.events[-1].facts
    return {
        "id": incident.id,
        "entity": str(incident.place),
        "state": page["state"],
        "state_name": page["state_name"],
        "scope": str(last.scope),
        "severity": str(last.severity),
        "onset": _interval(last.onset),
        "restored": _interval(last.restored) if last.restored else None,
        "as_of": last.as_of.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "level": last.level,
        "impact": impact_json(last.impact),
        "class": _class(dossier),
        "title": page["title"],
        "lead": page["lead"],
        "reconstruction": last.reconstruction,
        "drill": last.drill,
        "credits": page["credits"],
    }


def _class(dossier: IncidentReport) -> dict[str, object] | None:
    """The class as of the last event, with the rule that found it."""
    if not dossier.classified:
        return None
    found = dossier.classified[-1].found
    return {"id": found.kind, "rule": found.why, "version": found.version}


def _interval(interval: Interval) -> dict[str, str]:
    form = "%Y-%m-%dT%H:%M:%SZ"
    return {
        "from": interval.since.strftime(form),
        "to": interval.until.strftime(form),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _is_there(path: Path, draft: Draft | None) -> bool:
    """Whether the very picture of the draft was written before."""
    if draft is None or draft.picture is None or not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == draft.picture.sha256
