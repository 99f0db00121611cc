"""The events of an incident with their posts, their frozen charts and their data files."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from bot.charts.canvas.encoders import shrink
from bot.charts.canvas.theme import DARK, POST
from bot.charts.illustrator import Illustrator
from bot.errors import RenderingError
from bot.model.draft import Draft, DraftState
from bot.model.event import IncidentEvent
from bot.model.incident import CORRECTION_KINDS, EventKind, Evidence
from bot.model.incident_report import IncidentReport
from bot.site.data_files import csv_text, data_window
from bot.site.event_views import (
    EventView,
    PictureView,
    level_text,
    page_event_text,
    page_title,
    public_texts,
)
from bot.site.incident_json import TIME_FORMAT
from bot.site.page_files import holds_picture
from bot.site.static_files import write_atomically
from bot.text.reasons import rule_in_words
from bot.text.template_functions import template_functions
from bot.text.times import TimeFormatter

_SMALL_SIZE = (480, 270)
"""The size of a picture beside its post, in pixels: enough for dense screens."""
_REMINDER = "hours-passed"
"""The reason of an event that only says that the incident goes on."""
_MOST_OPEN = 4
"""With this many earlier events or more, those between first and newest are folded.

Daily reminders are not counted.
"""
_NEWEST_OPEN = 2


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Successive events that the page shows in the same way, the newest first.

    Attributes:
        is_folded: whether the page shows one line, which opens.
        reminders: how many of the events are daily reminders.
    """

    is_folded: bool
    events: tuple[EventView, ...]
    reminders: int


def first_paragraph(
    illustrator: Illustrator, event: IncidentEvent, times: TimeFormatter
) -> str:
    """Return the first paragraph of a page as of an event."""
    return _first_paragraph(illustrator, event, times)


# A page shows the paragraphs of all its events, and stored events never change.
@lru_cache(maxsize=256)
def _first_paragraph(
    illustrator: Illustrator, event: IncidentEvent, times: TimeFormatter
) -> str:
    event_text = page_event_text(event, times)
    functions = template_functions(times.translations, event_text)
    template = illustrator.templates.get_template("site/lead.txt")
    lines = template.render(
        s=event_text, reason=event.reason, say=functions["plainly"]
    ).splitlines()
    # The template has a sentence on each line. The paragraph is one line, also in
    # `incident.json`.
    sentences = [" ".join(line.split()) for line in lines]
    gap = times.translations.translate("gap")
    return gap.join(sentence for sentence in sentences if sentence)


def grouped_events(
    report: IncidentReport, views: Sequence[EventView]
) -> tuple[EventGroup, ...]:
    """Return the views in groups, the newest event first.

    Daily reminders are folded. If there are many events, those between the first and the
    newest ones are folded too, but never a correction (P11).

    Args:
        report: has the events.
        views: the views of these events, newest first.
    """
    folded = _folded_events(report)
    reminders = {event.seq for event in report.events if is_reminder(event)}
    groups = groupby(views, lambda view: view.seq in folded)
    return tuple(
        EventGroup(is_folded, events, sum(e.seq in reminders for e in events))
        for is_folded, events in ((key, tuple(group)) for key, group in groups)
    )


def _folded_events(report: IncidentReport) -> set[int]:
    """Return the numbers of the events that are folded."""
    *earlier, _ = report.events
    reminders = {e.seq for e in earlier if is_reminder(e)}
    others = [e.seq for e in earlier if e.seq not in reminders]
    middle = others[1 : 1 - _NEWEST_OPEN] if len(others) >= _MOST_OPEN else []
    corrections = {e.seq for e in earlier if e.kind in CORRECTION_KINDS}
    return (reminders | set(middle)) - corrections


def is_reminder(event: IncidentEvent) -> bool:
    """Whether an event only says that the incident goes on: the daily update."""
    return event.kind is EventKind.UPDATED and event.reason == _REMINDER


@dataclass(frozen=True, slots=True)
class EventWriter:
    """Writes the chart and the data file of each event, and returns what the page shows.

    Attributes:
        folder: the folder of the page.
        describe_channel: takes a channel's name; returns in words where it posts.
        originals: the views in the language of the site, if this is another one; nothing
            is written then.
    """

    illustrator: Illustrator
    report: IncidentReport
    folder: Path
    times: TimeFormatter
    describe_channel: Callable[[str], str]
    originals: Sequence[EventView] = ()

    def views(self) -> tuple[EventView, ...]:
        """Return the views of all events, the newest first."""
        return tuple(self._view(event) for event in reversed(self.report.events))

    def _view(self, event: IncidentEvent) -> EventView:
        times = self.times
        event_text = page_event_text(event, times)
        evidence = self.report.evidence.get(event.key, Evidence(traces=()))
        draft = self.report.drafts.get(event.key)
        csv, picture = None, None
        original = next((o for o in self.originals if o.seq == event.seq), None)
        if original is not None:
            csv, picture = original.csv, self._same_picture(original, event, evidence)
        elif evidence.traces:
            # The CSV file is written before the picture file: once the picture file is
            # current, `_csv` no longer replaces an existing CSV file.
            csv = self._csv(event, evidence, draft)
            picture = self._picture(event, evidence, draft)
        return EventView(
            seq=event.seq,
            title=page_title(
                times.translations, event_text, event.facts.timing.onset.since
            ),
            credits=event_text.sources.credits,
            label=event_text.label,
            datetime=event.at.strftime(TIME_FORMAT),
            time=times.with_year(event.at),
            level=level_text(times.translations, event_text) or "",
            onset=event_text.timing.onset,
            reason=rule_in_words(
                times.translations.table, event.reason, event.facts.checks
            ),
            texts=public_texts(
                event,
                draft,
                self.report.deliveries,
                self.describe_channel,
                times.translations.lang,
            ),
            facts=first_paragraph(self.illustrator, event, times),
            picture=picture,
            csv=csv,
        )

    def _picture(
        self, event: IncidentEvent, evidence: Evidence, draft: Draft | None
    ) -> PictureView | None:
        """Write an event's chart into the folder; return its view, None if this fails.

        If the chart's file already holds the picture of the draft, nothing is drawn.
        """
        path = self.folder / f"{event.seq}.png"
        try:
            alt = self._alt_text(event, evidence, draft)
            if not holds_picture(path, draft):
                write_atomically(path, self._image(event, evidence, draft, path))
        except (RenderingError, ValueError, RuntimeError):
            # The page is complete without a chart.
            return None
        return PictureView(
            src=path.name,
            small=_write_small(path),
            alt=alt,
            width=POST.width,
            height=POST.height,
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            is_posted=_is_approved(draft) and holds_picture(path, draft),
        )

    def _same_picture(
        self, original: EventView, event: IncidentEvent, evidence: Evidence
    ) -> PictureView | None:
        """Return the picture of the original with an alt text in this language."""
        if original.picture is None:
            return None
        draft = self.report.drafts.get(event.key)
        lang = self.times.translations.lang
        texts = draft.texts if draft and _is_approved(draft) else ()
        posted = next((t.alt for t in texts if t.lang == lang and t.alt), None)
        return replace(
            original.picture, alt=posted or self.illustrator.describe(event, evidence)
        )

    def _image(
        self, event: IncidentEvent, evidence: Evidence, draft: Draft | None, path: Path
    ) -> bytes:
        """Return the chart as it was posted, if it is stored or can be drawn so.

        Otherwise, return it in light colours.
        """
        posted = draft.picture.sha256 if draft and draft.picture else None
        # A picture that is under review may not be what the page shows (P12).
        stored = (
            self.report.pictures.get(posted) if _is_approved(draft) and posted else None
        )
        if stored is not None and hashlib.sha256(stored).hexdigest() == posted:
            return stored
        image, _ = self.illustrator.picture(event, evidence)
        # If there is a file already, dark colours were tried when it was written.
        if posted in {None, hashlib.sha256(image).hexdigest()} or path.is_file():
            return image
        dark, _ = self.illustrator.picture(event, evidence, theme=DARK)
        return dark if hashlib.sha256(dark).hexdigest() == posted else image

    def _alt_text(
        self, event: IncidentEvent, evidence: Evidence, draft: Draft | None
    ) -> str:
        """Return the alt text of an approved draft; in all other cases, a new one.

        A draft that is not approved may have an edited alt text that is under review.
        """
        if draft and draft.picture and _is_approved(draft):
            return draft.picture.alt
        return self.illustrator.describe(event, evidence)

    def _csv(
        self, event: IncidentEvent, evidence: Evidence, draft: Draft | None
    ) -> str:
        path = self.folder / f"{event.seq}.csv"
        is_current = path.is_file() and holds_picture(
            self.folder / f"{event.seq}.png", draft
        )
        if not is_current:
            window = data_window(event, evidence, self.illustrator)
            write_atomically(path, csv_text(evidence, event.facts, window))
        return path.name


def _write_small(path: Path) -> str:
    """Write the picture in a smaller size, if it changed; return the name of the file."""
    small = path.with_suffix(".small.png")
    if not small.is_file() or small.stat().st_mtime_ns < path.stat().st_mtime_ns:
        write_atomically(small, shrink(path.read_bytes(), *_SMALL_SIZE))
    return small.name


def _is_approved(draft: Draft | None) -> bool:
    return draft is not None and draft.state is DraftState.APPROVED
