"""The content of a report page, as plain values for its template."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.delivery import Delivery, DeliveryState
from bot.model.draft import Draft, DraftState
from bot.model.event import IncidentEvent
from bot.model.incident import EventKind, State
from bot.model.signal import NOISY_FAMILIES
from bot.model.timeline import SeriesLevel
from bot.model.verdict import SeriesState, round_to_percent
from bot.site.source_views import is_long_past
from bot.text.event_text import EventText
from bot.text.names import series_name
from bot.text.signal_names import signal_name
from bot.text.template_functions import add_direction_marks
from bot.text.text_builder import build
from bot.text.times import TimeFormatter
from bot.text.translations import Translations, language_name

_FACTS_OF_RETRACTED = ("state", "place")
_SIGNAL_ROWS = ("down", "slightly_down", "ordinary", "usual_variation")
_PARTS_LISTED = 12
_MIN_NORMAL_PERCENT = 90
"""The lowest level, in percent, that pages may call normal.

Pages never say "down" of this level or a higher one; they may say "slightly down".
"""
_AS_NORMAL = 99
"""Pages do not say "slightly down" of a series at this percentage or a higher one."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """Where a text was posted ("on Mastodon"), and the URL of the post, or None."""

    words: str
    url: str | None


@dataclass(frozen=True, slots=True)
class TextView:
    """One public text; `links` has one item for each post that is known to be sent.

    `language` names the language in the language itself; None for that of the page.
    """

    lang: str
    language: str | None
    body: str
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class PictureView:
    """The frozen chart of an event.

    Attributes:
        small: the file with the same chart in a smaller size.
        sha256: the SHA-256 of the file, in hexadecimal digits.
        is_posted: whether the file has the same bytes as the approved picture.
    """

    src: str
    small: str
    alt: str
    width: int
    height: int
    sha256: str
    is_posted: bool

    @property
    def id(self) -> str:
        """The id of the picture, under which `picture/ID/` shows it."""
        return self.sha256[:12]


@dataclass(frozen=True, slots=True)
class EventView:
    """One event of the incident; the page shows `facts` only if `texts` is empty.

    `title` and `credits` are what the page had when this event was its newest.
    """

    seq: int
    title: str
    credits: str
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


def public_texts(
    event: IncidentEvent,
    draft: Draft | None,
    deliveries: Iterable[Delivery],
    describe_channel: Callable[[str], str],
    page_lang: str,
) -> tuple[TextView, ...]:
    """Return the texts that may be shown: those in the page's language, longest first.

    Texts in other languages follow, by their language.

    They are the texts of the event's posts, without dropped posts. If the event has no
    posts and its draft is approved, they are the texts of the draft. A draft that is
    under review, held or rejected is not shown.

    Args:
        event: the event.
        draft: the draft of the event; None if there is none.
        deliveries: the posts of the incident.
        describe_channel: takes a channel's name; returns in words where the channel posts.
        page_lang: the language of the page.
    """
    links_by_text: dict[tuple[str, str], list[LinkView]] = {}
    posts = [d for d in deliveries if d.post.event == event.key]
    for delivery in posts:
        if delivery.state is DeliveryState.DROPPED:
            continue
        # Channels with the same text share one entry.
        key = (delivery.post.lang, delivery.post.text)
        links = links_by_text.setdefault(key, [])
        if delivery.state is DeliveryState.SENT:
            url = delivery.receipt.url if delivery.receipt else None
            link = LinkView(describe_channel(delivery.post.channel), url)
            # Two channels of one kind without public addresses have equal links. Equal
            # links are shown only once.
            if link not in links:
                links.append(link)
    if not posts and draft is not None and draft.state is DraftState.APPROVED:
        links_by_text = {(text.lang, text.body): [] for text in draft.texts}
    views = [
        TextView(
            lang, None if lang == page_lang else language_name(lang), body, tuple(links)
        )
        for (lang, body), links in links_by_text.items()
    ]
    return tuple(sorted(views, key=lambda v: (v.language or "", -len(v.body))))


def page_title(
    translations: Translations, event_text: EventText, onset: datetime
) -> str:
    """Return the page's title: place, kind of disruption, and day of the onset."""
    key = "title"
    if event_text.kind == EventKind.RETRACTED:
        key = "title_retracted"
    # The title of an incident that was never confirmed must not sound like a confirmation
    # (P7).
    elif not event_text.sources.corroborated:
        key = "title_suspected"
    return translations.translate(
        "page",
        key,
        place=event_text.names.place,
        noun=event_text.names.noun,
        date=translations.date(onset, "dated"),
    )


def fact_rows(
    event: IncidentEvent, event_text: EventText, times: TimeFormatter
) -> tuple[tuple[str, str], ...]:
    """Return the name and the value of each fact; unknown facts are left out.

    What is retracted is no fact any more (P18): only state and place are left.
    """
    facts, translations = event.facts, times.translations
    is_retracted = facts.state is State.RETRACTED
    is_open = facts.timing.restored is None
    time_down = _duration_text(event_text, translations)
    values = {
        "state": translations.translate("kinds", facts.state),
        "place": event_text.names.place,
        "level" if is_open else "last_level": _level(translations, event_text),
        "lowest" if is_open else "lowest_of_all": event_text.levels.lowest,
        "onset": event_text.timing.onset,
        "ended": event_text.timing.ended,
        # While an incident is open, the time that it has lasted so far must not read as
        # its duration (P18).
        "lasting" if is_open else "duration": time_down,
        "networks": _part_list(facts.parts.networks, times),
        "regions": _part_list(facts.parts.regions, times),
        **{row: _signal_list(event, translations, row) for row in _SIGNAL_ROWS},
        "silent": _silent_signals(event, times),
    }
    shown = _FACTS_OF_RETRACTED if is_retracted else values.keys()
    return tuple(
        (translations.translate("facts", key), value)
        for key in shown
        if (value := values[key])
    )


def page_event_text(event: IncidentEvent, times: TimeFormatter) -> EventText:
    """Return the text of one event, without a link to the report page."""
    return build(event, times.translations, times.register)


def level_text(translations: Translations, event_text: EventText) -> str | None:
    """Return the level as text; None if it is unknown.

    If the signal of the level is silent, the text says since when there is no reading.
    """
    if event_text.levels.silent_signal:
        name, as_of = event_text.levels.silent_signal, event_text.timing.as_of
        return translations.translate("facts", "no_reading", name=name, as_of=as_of)
    return event_text.number


def _level(translations: Translations, event_text: EventText) -> str | None:
    level = level_text(translations, event_text)
    if not level or event_text.levels.silent_signal:
        return level
    # If the event's text gives levels of parts, the page has separate rows for them. In
    # the row for the level of the place, they would be wrong.
    if event_text.parts.narrow:
        return None
    return translations.translate(
        "facts", "of_ordinary", level=level, as_of=event_text.timing.level_as_of
    )


def _signal_list(event: IncidentEvent, translations: Translations, row: str) -> str:
    """Return the names and levels of the place's signals that belong in a row.

    The row `usual_variation` has names without levels. These signals vary as much
    without a disruption, so their levels say nothing.
    """
    parts = [
        _signal(series, translations, with_level=row != "usual_variation")
        for series in event.facts.levels.series
        if series.level is not None and _row_of(series, series.level, event) == row
    ]
    return translations.join_list(parts) if parts else ""


def _signal(
    series: SeriesLevel, translations: Translations, *, with_level: bool
) -> str:
    name = signal_name(translations, series.signal, series.family)
    if not with_level or series.level is None:
        return name
    level = translations.percent(series.level)
    return translations.translate("lists", "still", name=name, level=level)


def _row_of(series: SeriesLevel, level: float, event: IncidentEvent) -> str:
    """Return the key of the row in which a signal is named; "" if it is in no row.

    The row depends on the state and on the level. The state of a noisy signal may be
    normal at a level that no reader would call normal. The state of a steady signal may
    be down at a level that no reader would call down.
    """
    if _is_from_before(series, event) or series.state is SeriesState.UNKNOWN:
        return ""
    is_low = round_to_percent(level) < _MIN_NORMAL_PERCENT
    # A series stays dropped until it has been normal for the hold time. Its level may
    # then be normal already.
    if series.state is SeriesState.DROPPED and round_to_percent(level) < _AS_NORMAL:
        return "down" if is_low else "slightly_down"
    # A noisy signal may read normal by chance in the middle of an outage.
    is_noisy = series.family in NOISY_FAMILIES and event.facts.timing.restored is None
    return "usual_variation" if is_low or is_noisy else "ordinary"


def _is_from_before(series: SeriesLevel, event: IncidentEvent) -> bool:
    """Whether the newest reading of a series is from before the onset (P18)."""
    return series.as_of < event.facts.timing.onset.until


def _silent_signals(event: IncidentEvent, times: TimeFormatter) -> str:
    """Return the signals without a current reading, each with its last reading's time.

    These are signals of unknown level or state, and signals whose last reading is from
    before the onset. For a signal of unknown state, the time is that of the last
    reading that was judged. Any signal whose time is long past (see `is_long_past`) is
    left out: it may have newer readings that are too small to judge.
    """
    names = [
        times.translations.translate(
            "facts",
            # A series of unknown state may have newer readings that cannot be judged.
            "last_judged" if series.state is SeriesState.UNKNOWN else "last_reading",
            name=signal_name(times.translations, series.signal, series.family),
            time=times.instant(series.as_of),
        )
        for series in event.facts.levels.series
        if _has_no_current_reading(series, event)
        and not is_long_past(series.as_of, event)
    ]
    return times.translations.join_list(names) if names else ""


def _has_no_current_reading(series: SeriesLevel, event: IncidentEvent) -> bool:
    unknown = series.level is None or series.state is SeriesState.UNKNOWN
    return unknown or _is_from_before(series, event)


def _part_list(parts: Sequence[SeriesLevel], times: TimeFormatter) -> str:
    """Return the names of parts, each with its level or its last reading's time."""
    translations = times.translations
    # If any network has a brand, networks without a brand are left out, as in posts.
    listed = [part for part in parts if part.brand] or list(parts)
    items = [_part(part, times) for part in listed[:_PARTS_LISTED]]
    if len(listed) > _PARTS_LISTED:
        more = len(listed) - _PARTS_LISTED
        items.append(translations.translate("lists", "more", n=more))
    return translations.join_list(items) if items else ""


def _part(part: SeriesLevel, times: TimeFormatter) -> str:
    translations = times.translations
    name = series_name(translations, times.register, part)
    if part.level is None:
        time = times.instant(part.as_of)
        text = translations.translate("facts", "last_reading", name=name, time=time)
    else:
        level = translations.percent(part.level)
        text = translations.translate("lists", "next", name=name, level=level)
    # The name of a network may be in another script than the page.
    return add_direction_marks(text, translations)


def _duration_text(event_text: EventText, translations: Translations) -> str:
    """Return the duration of the incident; with several cuts, also their number."""
    number, length = event_text.timing.cut_count, event_text.timing.duration
    if number is None:
        return length
    return translations.translate("facts", "cuts", n=number, length=length)
