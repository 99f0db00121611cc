"""The message that asks editors for a review (P16)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from jinja2 import Environment

from bot.model.draft import Draft, Objection
from bot.model.event import IncidentEvent
from bot.places import Register
from bot.text.causes import EditorView
from bot.text.checks import check_note, check_result, ordered_checks
from bot.text.event_text import EventText
from bot.text.places_affected import zone_of
from bot.text.reasons import note_in_words, rule_in_words
from bot.text.signal_names import silent_signals
from bot.text.text_builder import describe_baseline
from bot.text.times import TimeFormatter
from bot.text.translations import Translations, load_translations

LANG = "en"
"""The language of messages to editors."""


@dataclass(frozen=True)
class ReviewRequest:
    """What the editors decide on: an event, its draft, and objections by channel.

    Attributes:
        config_option: names the configuration in the printed commands; "" if the
            commands find it without.
    """

    event: IncidentEvent
    draft: Draft
    objections: Mapping[str, Sequence[Objection]]
    config_option: str = ""

    @cached_property
    def has_objections(self) -> bool:
        """Whether a text has words that the facts do not support."""
        return any(self.objections.values())


def review_times(
    templates: Environment, register: Register, event: IncidentEvent
) -> TimeFormatter:
    """Return the formatter of the times in the review of an event."""
    translations = load_translations(templates, LANG)
    return TimeFormatter(translations, register, zone_of(event.facts, register))


def review_letter(
    templates: Environment,
    event_text: EventText,
    request: ReviewRequest,
    limits: Mapping[str, int],
    editor_view: EditorView,
    times: TimeFormatter,
) -> str:
    """Return the message that asks editors for a review: subject line, then text.

    Subject and first lines have what a person needs to decide. What supports it follows.

    Args:
        templates: the Jinja environment.
        event_text: the text of the event, in the language of the message.
        request: the event, its draft, and the objections to the draft.
        limits: the length limit of posts, by channel; a channel whose limit is not
            known is missing.
        editor_view: what only editors may see.
        times: formats times in the time zone of the place.
    """
    template = templates.get_template("letters/en/review.txt")
    translations = times.translations
    event, facts = request.event, request.event.facts
    checks = ordered_checks(facts)
    results = [
        (c, check_result(c, translations), check_note(c, translations)) for c in checks
    ]
    return template.render(
        s=event_text,
        event=event,
        facts=facts,
        clock=_clock(times, event),
        made=times.instant(request.draft.made_at),
        passed=[(result, note) for c, result, note in results if c.passed],
        doubts=[(result, note) for c, result, note in results if not c.passed],
        why=note_in_words(translations.table, request.draft.note),
        basis=_basis(event, translations),
        silent=silent_signals(facts, translations),
        draft=request.draft,
        request=request,
        objections=request.objections,
        limits=limits,
        desk=editor_view,
        config=request.config_option,
    )


def _clock(times: TimeFormatter, event: IncidentEvent) -> str:
    """Return the clock time of the levels where the event is: "21:00 in Tehran"."""
    at = times.local(event.facts.timing.as_of)
    return f"{at:%H:%M} UTC" if times.zone == "UTC" else f"{at:%H:%M} in {times.city}"


def _basis(event: IncidentEvent, translations: Translations) -> dict[str, str]:
    """Return the verdict rule, baseline and reason of an event in words."""
    words, checks = translations.table, event.facts.checks
    return {
        "rule": rule_in_words(words, event.facts.rule, checks),
        "baseline": describe_baseline(translations, event.facts, "methods_long"),
        "reason": rule_in_words(words, event.reason, checks),
    }
