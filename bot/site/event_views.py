"""What the report page shows, as plain values for its template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.delivery import Delivery, DeliveryState
from bot.model.draft import Draft, DraftState
from bot.model.incident import EventKind, Incident, IncidentEvent
from bot.model.incident_report import IncidentReport
from bot.model.verdict import Check, SeriesState
from bot.text.event_text import EventText, build
from bot.text.names import labelled_name, signal_name
from bot.text.phrases import disruption_noun
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

_RESULTS = {True: "passed", False: "failed", None: "unanswered"}


@dataclass(frozen=True, slots=True)
class LinkView:
    """A channel that a text went out on, and where people can see it."""

    channel: str
    url: str | None


@dataclass(frozen=True, slots=True)
class TextView:
    """One text; without links it is not posted yet."""

    lang: str
    body: str
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class PictureView:
    """A chart on the page."""

    src: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class EventView:
    """One step; `facts` stand in where no text may be shown."""

    seq: int
    label: str
    datetime: str
    time: str
    level: str
    onset: str
    reason: str
    texts: tuple[TextView, ...]
    facts: str
    picture: PictureView | None
    csv: str | None


@dataclass(frozen=True, slots=True)
class CheckView:
    """What a question came to, as a sentence without its stop."""

    told: str
    note: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """Whom to name, and under what terms (P13)."""

    name: str
    text: str
    licence: str
    link: str | None


@dataclass(frozen=True, slots=True)
class EarlierIncidentView:
    """An earlier incident of the same place."""

    id: str
    title: str
    time: str


def texts_of(
    event: IncidentEvent, draft: Draft | None, deliveries: Iterable[Delivery]
) -> tuple[TextView, ...]:
    """The words that may be shown: what went out, or what an editor let out.

    A draft under review, held or rejected stays unseen, and so does a post that was
    taken out of the queue. The fullest text is first.
    """
    grouped: dict[tuple[str, str], list[LinkView]] = {}
    posts = [d for d in deliveries if d.post.event == event.key]
    for delivery in posts:
        if delivery.state is DeliveryState.DROPPED:
            continue
        links = grouped.setdefault((delivery.post.lang, delivery.post.text), [])
        if delivery.state is DeliveryState.SENT:
            url = delivery.receipt.url if delivery.receipt else None
            links.append(LinkView(delivery.post.channel, url))
    if not posts and draft is not None and draft.state is DraftState.APPROVED:
        grouped = {(text.lang, text.body): [] for text in draft.texts}
    views = [
        TextView(lang, body, tuple(links)) for (lang, body), links in grouped.items()
    ]
    return tuple(sorted(views, key=lambda v: -len(v.body)))


def title_of(words: Translations, story: EventText, onset: datetime) -> str:
    """The page's name: the place, what it is, and the day it began."""
    key = "title"
    if story.kind == EventKind.RETRACTED:
        key = "title_retracted"
    elif not story.corroborated:
        key = "title_suspected"
    date = words.date(onset, "dated")
    return words.translate("page", key, place=story.place, noun=story.noun, date=date)


def facts_of(
    event: IncidentEvent, story: EventText, moments: TimeFormatter
) -> tuple[tuple[str, str], ...]:
    """Name and value of everything measured; what is not known is left out."""
    words, facts = moments.translations, event.facts
    known = {
        "state": words.translate("states", facts.state),
        "place": story.place,
        "level": _level(words, story),
        "lowest": story.lowest,
        "onset": story.onset,
        "ended": story.ended,
        "duration" if facts.restored else "lasting": story.duration,
        "networks": story.operator_levels or story.operators,
        "regions": story.regions,
        "down": _signals(event, words, SeriesState.DROPPED),
        "ordinary": _signals(event, words, SeriesState.ORDINARY),
        "silent": ", ".join(facts.unknown),
    }
    return tuple((words.translate("facts", k), v) for k, v in known.items() if v)


def checks_of(event: IncidentEvent, words: Translations) -> tuple[CheckView, ...]:
    """What else was asked, and the answers; unknown is an answer."""
    return tuple(CheckView(_told(c, words), c.note) for c in event.facts.checks)


def _told(check: Check, words: Translations) -> str:
    """What was made sure of, in words; of which signal, where it is of one."""
    result = words.translate("checks", check.name, _RESULTS[check.passed])
    if not check.signal:
        return result
    signal = labelled_name(words, check.signal) or check.signal
    return words.translate("answers", "of", told=result, signal=signal)


def sources_of(
    events: Sequence[IncidentEvent], words: Translations
) -> tuple[SourceView, ...]:
    """Every signal that any step used, each once."""
    found: dict[str, SourceView] = {}
    for event in events:
        families = {
            s.signal: s.family for s in (*event.facts.series, *event.facts.networks)
        }
        for credit in event.facts.credits:
            family = families.get(credit.signal, "")
            name = (
                signal_name(words, credit.signal, family) if family else credit.signal
            )
            view = SourceView(name, credit.text, credit.licence, credit.link)
            found.setdefault(credit.signal, view)
    return tuple(found.values())


def previous_of(
    dossier: IncidentReport, words: Translations, moments: TimeFormatter
) -> tuple[EarlierIncidentView, ...]:
    """Earlier incidents of the place, newest first, without what was retracted."""
    return tuple(_old(incident, words, moments) for incident in dossier.previous)


def event_text_of(event: IncidentEvent, moments: TimeFormatter) -> EventText:
    """The words for one step of a dossier."""
    return build(event, moments.translations, moments.register)


def _old(
    incident: Incident, words: Translations, moments: TimeFormatter
) -> EarlierIncidentView:
    noun = disruption_noun(
        words, incident.place.kind, incident.scope, incident.severity
    )
    if incident.confirmed_at is None:
        noun = words.translate("page", "drop")
    return EarlierIncidentView(
        id=incident.id,
        title=f"{noun[:1].upper()}{noun[1:]} ({words.translate('states', incident.state)})",
        time=moments.with_year(incident.onset.since),
    )


def _level(words: Translations, story: EventText) -> str:
    level = story.operator_range if story.narrow else story.level
    if not level:
        return ""
    return words.translate("facts", "of_ordinary", level=level, as_of=story.as_of)


def _signals(event: IncidentEvent, words: Translations, state: SeriesState) -> str:
    parts = [
        words.translate(
            "lists",
            "still",
            name=signal_name(words, s.signal, s.family),
            level=words.percent(s.level),
        )
        for s in event.facts.series
        if s.state is state and s.level is not None
    ]
    return words.join_list(parts) if parts else ""
