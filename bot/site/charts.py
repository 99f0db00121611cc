"""Charts of the site: how it stands now, as SVG, wide and tall; a line of all incidents."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot import __version__
from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.theme import CARD, LIGHT, POST, TALL, Size
from bot.charts.frame import Captions
from bot.charts.illustrator import Illustrator
from bot.charts.kinds.timeline import Bar, timeline
from bot.errors import RenderingError
from bot.model.entity import Entity, EntityKind, parse_entity
from bot.model.incident import Evidence, State
from bot.model.incident_report import IncidentReport
from bot.model.interval import Interval, span_between
from bot.site.static_files import write
from bot.text.template_functions import settle
from bot.text.times import TimeFormatter

_BACK = timedelta(days=366)
_SIZES = (("", POST), ("-tall", TALL))
CARD_FILE = "now-card.png"
"""What other sites show of the page where it is linked."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart on a page; `tall` is the same for narrow screens."""

    kind: str
    src: str
    tall: str
    alt: str
    width: int = POST.width
    height: int = POST.height


class ChartStamp:
    """What a picture was drawn from: the same is not drawn again at every round.

    The program's version is part of it: another version draws anew.
    """

    def __init__(self, file: Path, told: Sequence[object]) -> None:
        """Look whether the pictures beside `file` were drawn from the same."""
        whole = repr((__version__, *told)).encode()
        self._digest = hashlib.sha256(whole).hexdigest()
        self._file = file
        self.holds = file.is_file() and file.read_text("utf-8") == self._digest

    def keep(self) -> None:
        """The pictures are drawn."""
        if not self.holds:
            write(self._file, self._digest)


def charts_now(
    illustrator: Illustrator, dossier: IncidentReport, folder: Path
) -> tuple[ChartView, ...]:
    """Write the charts of the newest step into `folder`; the best one is first.

    Raises:
        OSError: they cannot be written.
    """
    last = dossier.events[-1]
    evidence = dossier.evidence.get(last.key, Evidence(traces=()))
    told = (last.key, *((i.id, i.state, i.restored) for i in dossier.previous))
    fresh = ChartStamp(folder / "now.stamp", told)
    try:
        scene, kinds = illustrator.kinds(last, evidence, dossier.previous)
    except RenderingError:
        # The page says the same without a picture.
        return ()
    found = []
    for kind in kinds:
        names = {size: f"now-{kind}{name}.svg" for name, size in _SIZES}
        for size, name in names.items():
            if not fresh.holds or not (folder / name).exists():
                write(folder / name, illustrator.sheet(scene, kind, LIGHT, size).svg())
        alt = illustrator.alt(scene, kind)
        found.append(ChartView(kind, names[POST], names[TALL], alt))
    if not fresh.holds or not (folder / CARD_FILE).exists():
        card = illustrator.sheet(scene, kinds[0], LIGHT, CARD)
        write(folder / CARD_FILE, card.png())
    _drop_others(folder, found)
    fresh.keep()
    return tuple(found)


def _drop_others(folder: Path, found: Sequence[ChartView]) -> None:
    """Charts of an earlier step of a kind that does not suit it any more."""
    kept = {name for one in found for name in (one.src, one.tall)}
    for old in folder.glob("now-*.svg"):
        if old.name not in kept:
            old.unlink()


def all_incidents(
    illustrator: Illustrator, rows: Sequence[Row], root: Path
) -> ChartView | None:
    """Write the line of all incidents of a year; None where there are not two.

    `rows` are the `incident.json` of each, the newest first.

    Raises:
        OSError: it cannot be written.
    """
    told = [r for r in rows if r["state"] != State.RETRACTED and not r["drill"]]
    if len(told) < 2:
        return None
    now = max(_time(row["as_of"]) for row in told)
    shown = [row for row in told if _end(row, now).until > now - _BACK]
    picture = _Line(illustrator, shown, now)
    fresh = ChartStamp(root / "timeline.stamp", (now, *map(repr, shown)))
    for name, size in _SIZES:
        file = root / f"timeline{name}.svg"
        if not fresh.holds or not file.exists():
            write(file, picture.sheet(size).svg())
    fresh.keep()
    return ChartView("timeline", "timeline.svg", "timeline-tall.svg", picture.alt())


class _Line:
    """A year of incidents as bars, and in words."""

    def __init__(
        self, illustrator: Illustrator, rows: Sequence[Row], now: datetime
    ) -> None:
        self.artist, self.rows, self.now = illustrator, rows, now
        self.words = illustrator.words
        # Of many places: UTC alone.
        nowhere = Entity(EntityKind.ASN, "0")
        self.moments = TimeFormatter(self.words, illustrator.register, nowhere)
        self.bars = [self._bar(row) for row in rows]

    def sheet(self, size: Size) -> Canvas:
        """The chart."""
        window = self._window()
        return timeline(self.bars, self.captions(), self.moments, window, LIGHT, size)

    def alt(self) -> str:
        """The same in words."""
        say = self.words.say
        told = [
            say(
                "alt",
                "incident",
                name=bar.name,
                since=self.words.date(bar.onset.since, "dated"),
                lasted=bar.value,
            )
            for bar in self.bars
        ]
        text = say(
            "alt",
            "timeline",
            chart=say("alt", "kinds", "timeline"),
            title=self.captions().title,
            told=self.words.joined("credits", "join", told),
        )
        return settle(text, self.words)

    def captions(self) -> Captions:
        """Title, period, credit and as-of."""
        going = sum(bar.end is None for bar in self.bars)
        key = "line_going" if going else "line"
        title = self.words.say("chart", key, n=len(self.bars), going=going)
        subtitle = self.words.say("chart", "line_period", period=self._period())
        whom = dict.fromkeys(row["credits"] for row in self.rows)
        address = self.artist.base_url.partition("://")[2] or self.artist.base_url
        stamp = self.moments.stamp(self.now)
        return Captions(
            title=title,
            subtitle=subtitle,
            badges=(),
            badge="",
            foot=(settle(self._credits(whom), self.words),),
            stamp=settle(
                self.words.say("chart", "site", as_of=stamp, address=address),
                self.words,
            ),
            mark=self.words.say("chart", "mark"),
        )

    def _credits(self, whom: Iterable[str]) -> str:
        every = self.words.joined("credits", "join", list(whom))
        return self.words.say("chart", "data", credits=every)

    def _window(self) -> Interval:
        first = min(bar.onset.since for bar in self.bars)
        since = max(first, self.now - _BACK)
        return Interval(since - (self.now - since) * 0.03, self.now)

    def _period(self) -> str:
        window = self._window()
        since, until = (
            self.words.date(at, "dated") for at in (window.since, window.until)
        )
        ends = {"since": since, "until": until, "from": since, "to": until}
        return self.words.say("period", "days", **ends)

    def _bar(self, row: Row) -> Bar:
        onset = _interval(row["onset"])
        end = _interval(row["restored"]) if row["restored"] else None
        name = self.artist.register.name(parse_entity(row["entity"]), self.words.lang)
        tone = "alarm" if end is None else "calm"
        if row["state"] == State.SUSPECTED:
            name, tone = self.words.say("chart", "unsure", name=name), "note"
        lasted = self.moments.lasting(span_between(onset, _end(row, self.now)))
        if end is None:
            lasted = self.words.say("chart", "ongoing", length=lasted)
        return Bar(name, lasted, onset, end, tone)


def _end(row: Row, now: datetime) -> Interval:
    return _interval(row["restored"]) if row["restored"] else Interval(now, now)


def _interval(told: Mapping[str, str]) -> Interval:
    return Interval(_time(told["from"]), _time(told["to"]))


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
