"""Replays of the cases: what was decided, posted and shown on the pages."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

from bot import bootstrap
from bot.config.sections import Config, PaceSection
from bot.model.interval import Interval
from bot.replay import run
from bot.sources.recording.source import load_recording
from bot.tick.runner import TickResult

RECORDINGS = Path(__file__).parent / "recordings"

# Drawing the chart of each event takes time. With an update every week instead of
# every day, the case `five-weeks-out` replays ten times faster. It still has an update
# that is due after four weeks, which a test needs.
WEEKLY_UPDATES = Config(pace=PaceSection(update_every=timedelta(days=7)))
CONFIGS = {"five-weeks-out": WEEKLY_UPDATES}
PAGES_EACH_TICK = {
    "headline-of-the-deepest",
    "one-source-and-another",
    "second-family-eight-hours-later",
    "suspected-never-updated",
}
"""Cases that write their pages after each tick; others write after the last tick."""


@dataclass(frozen=True)
class ReportPage:
    """The page of one incident: its HTML and its `incident.json`."""

    html: str
    record: dict[str, Any]

    @property
    def text(self) -> str:
        """The text of the page without tags; each tag begins a new line."""
        body = re.sub(r"<(script|style|svg)\b.*?</\1>", "", self.html, flags=re.DOTALL)
        lines = (line.strip() for line in re.sub(r"<[^>]+>", "\n", body).splitlines())
        return unescape("\n".join(line for line in lines if line))

    def fact(self, label: str) -> str | None:
        """Return the line after the line `label` in the page's text, or None."""
        lines = self.text.splitlines()
        return lines[lines.index(label) + 1] if label in lines else None

    @property
    def titles(self) -> list[str]:
        """The titles of the page's charts, read from the charts' alternative texts."""
        return [
            title_of(unescape(alt)) for alt in re.findall(r'alt="([^"]*)"', self.html)
        ]


@dataclass(frozen=True)
class Replay:
    """The results of a replay.

    Attributes:
        days: the pages after each tick: by the time of the tick, then by incident id.
            In cases that are not in PAGES_EACH_TICK, only the last tick has pages.
    """

    incidents: list[dict[str, Any]]
    decisions: list[dict[str, str]]
    posts: list[dict[str, Any]]
    days: dict[datetime, dict[str, ReportPage]] = field(repr=False)

    @property
    def incident(self) -> dict[str, Any]:
        """The entry of the only incident in `incidents.json`."""
        (incident,) = self.incidents
        return incident

    @property
    def page(self) -> ReportPage:
        """The page of the only incident after the last tick."""
        return self.days[max(self.days)][self.incident["id"]]

    def page_on(self, midnight: str) -> ReportPage | None:
        """Return the only incident's page after the tick at `midnight`, or None."""
        return self.days[at(midnight)].get(self.incident["id"])

    def times_of(self, *kinds: str) -> list[datetime]:
        """Return the times of all events of these kinds, over all incidents."""
        events = [event for incident in self.incidents for event in incident["events"]]
        return [at(event["at"]) for event in events if event["kind"] in kinds]

    def posts_of(self, kind: str) -> list[dict[str, Any]]:
        """Return the posts about the events of this kind."""
        events_by_key = [
            (f"{incident['id']}.{number}", event["kind"])
            for incident in self.incidents
            for number, event in enumerate(incident["events"], 1)
        ]
        keys = {key for key, event_kind in events_by_key if event_kind == kind}
        return [post for post in self.posts if post["event"] in keys]


def replay(name: str, out: Path, stop: datetime | None = None) -> Replay:
    """Replay the recording `name` into `out` with the code that runs live (P14).

    With `stop`, the replay ends at that time instead of at the end of the recording.
    """
    recording = load_recording(RECORDINGS / name)
    days: dict[datetime, dict[str, ReportPage]] = {}
    application, clock = bootstrap.build_replay(
        recording, out, CONFIGS.get(name, Config())
    )

    def keep_pages(tick: TickResult) -> None:
        days[tick.at] = _pages(out / "site" / "i")

    lag = max(signal.lag for signal in recording.signals)
    until = stop - lag if stop else recording.span.until
    span = Interval(recording.span.since, until)
    pages = (
        run.WritePages.EACH_STEP if name in PAGES_EACH_TICK else run.WritePages.AT_END
    )
    run.run_ticks(application.runner, clock, span, lag, keep_pages, pages)
    days[clock.now()] = _pages(out / "site" / "i")
    run.write_results(application.store, out)
    application.store.close()
    incidents = json.loads((out / "incidents.json").read_text("utf-8"))
    decisions, posts = _lines(out / "decisions.jsonl"), _lines(out / "posts.jsonl")
    return Replay(incidents, decisions, posts, days)


def _pages(site: Path) -> dict[str, ReportPage]:
    return {
        path.parent.name: ReportPage(
            (path.parent / "index.html").read_text("utf-8"),
            json.loads(path.read_text("utf-8")),
        )
        for path in site.glob("*/incident.json")
    }


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def at(text: str) -> datetime:
    """Parse an ISO 8601 time; return it in UTC. A time without a zone is in UTC."""
    time = datetime.fromisoformat(text)
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def alt_of(post: dict[str, Any]) -> str:
    """Return the alternative text of a post's chart."""
    alt: str = post["media"][0]["alt"]
    return alt


def title_of(alt: str) -> str:
    """Return the title of a chart: the first sentence of its alternative text."""
    return alt.split(". ")[0]


def percents(text: str) -> list[int]:
    """Return the percentages in `text`, in order; a range gives both of its ends."""
    matches = re.finditer(r"(?:(\d+)[\u2013-])?(\d+)%", text)
    return [int(number) for match in matches for number in match.groups() if number]


def lowest_in(text: str) -> int | None:
    """Return the level in percent that `text` calls the lowest; None without one."""
    match = re.search(r"\blowest\b[^%]*?(\d+)%", text, flags=re.IGNORECASE)
    return int(match[1]) if match else None
