"""Posts of the demonstration say what two NetBlocks posts said about the same blackout."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import bootstrap
from bot.config.sections import Config
from bot.model.draft import Outlet
from bot.model.event import IncidentEvent
from bot.model.incident import EventKind
from bot.model.verdict import Scope
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.replay import run
from bot.replay.demo_recording import make_demo_recording
from bot.sources.recording.source import Recording
from bot.sources.registry import all_brands
from bot.text.fitting.slots import read_slots
from bot.text.template_functions import localise_slot
from bot.text.text_builder import build
from bot.text.translations import (
    environment,
    languages,
    load_translations,
    templates_root,
)
from tests.builders import KZ, X

REGISTER = load_register()
TEMPLATES = environment(templates_root(), all_brands())
WRITER = TemplateRenderer(
    REGISTER, Path("site"), "https://outagewire.example.org", "", TEMPLATES
)
LANGUAGES = [
    # `make test` runs one language each in Latin, Arabic and Chinese script, and
    # `make test-all` runs all languages.
    pytest.param(lang, marks=[] if lang in {"en", "fa", "zh"} else [pytest.mark.slow])
    for lang in languages(templates_root())
]


def outlet(lang: str) -> Outlet:
    """Return the outlet whose posts have room for all that the report said.

    With the mark of a reconstruction, 280 characters are too few in most languages.
    """
    return replace(X, lang=lang, limit=280 if lang in {"en", "fa", "zh"} else 500)


@pytest.fixture(scope="module")
def steps(tmp_path_factory) -> Iterator[tuple[IncidentEvent, ...]]:
    """Yield all events of the demonstration's one incident."""
    recording = _with_iso_times(make_demo_recording())
    out = tmp_path_factory.mktemp("report")
    application, clock = bootstrap.build_replay(recording, out, Config())
    lag = max(signal.lag for signal in recording.signals)
    pages = run.WritePages.NEVER
    run.run_ticks(application.runner, clock, recording.span, lag, lambda _: None, pages)
    (incident,) = application.store.incidents.all()
    yield application.store.incidents.events(incident.id)
    application.store.close()


def _with_iso_times(recording: Recording) -> Recording:
    """Return the recording with ISO times in its lines, as in a recording on disk."""
    return replace(
        recording,
        lines=tuple(
            row._replace(
                text=(
                    f"{datetime.fromtimestamp(row.time_s, UTC):%Y-%m-%dT%H:%MZ}",
                    *row.text[1:],
                )
            )
            for row in recording.lines
        ),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_post_names_mobile_operators_with_their_levels(steps, lang):
    """The post states what NetBlocks posted on 5 January 2022, and adds levels and times.

    "... leading mobile internet services Kcell, Beeline and Tele2 remain ..."
    """
    step = next(s for s in steps if s.is_confirmed and s.facts.scope is Scope.MOBILE)
    text = WRITER._text(step, outlet(lang))
    words = load_translations(TEMPLATES, lang)
    assert text.length <= outlet(lang).limit
    assert words.translate("nouns", "mobile", step.facts.severity) in text.body
    assert REGISTER.hashtag(KZ, lang) in text.body
    assert all(brand in text.body for brand in ("Kcell", "Beeline", "Tele2"))
    for network in step.facts.parts.networks:
        if network.brand in {"Kcell", "Beeline", "Tele2"}:
            assert words.percent(network.level or 0.0) in text.body.replace(
                "\u061c", ""
            )
    event_text = build(step, words, REGISTER)
    assert event_text.timing.onset in text.body.replace("\u061c", "")
    assert text.body.endswith("/i/KZ-2022-0104/")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_post_states_scope_level_and_time(steps, lang):
    """The post states what NetBlocks posted on 5 January 2022, and adds levels and times.

    "... now in the midst of a nation-scale internet blackout after a day of ..."
    """
    step = next(
        s
        for s in steps
        if s.kind is EventKind.ESCALATED and s.facts.scope is Scope.NATIONAL
    )
    text = WRITER._text(step, outlet(lang))
    words = load_translations(TEMPLATES, lang)
    assert text.length <= outlet(lang).limit
    assert words.translate("nouns", "national", step.facts.severity) in text.body
    assert REGISTER.hashtag(KZ, lang) in text.body
    assert words.percent(step.facts.levels.now or 0.0) in text.body
    assert words.date(step.facts.timing.as_of, "clock") in text.body
    event_text = build(step, words, REGISTER)
    assert event_text.names.earlier in text.body
    assert text.body.endswith("/i/KZ-2022-0104/")
    # The time is given in UTC and in local time (P9).
    assert event_text.timing.as_of in text.body.replace("\u061c", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_of_a_post_is_cut_off(steps, lang):
    """Each line of a short post consists of whole sentences, some in a shorter form."""
    for step in steps:
        short = WRITER._text(step, replace(X, lang=lang)).body
        full = WRITER._text(step, replace(X, lang=lang, limit=10_000)).body
        brief = {form for slot in sentence_forms(step, lang) for form in slot}
        for line in short.split("\n"):
            rest = line
            for form in sorted((*brief, *full.split("\n")), key=len, reverse=True):
                rest = rest.replace(form, "")
            assert not rest.strip(), f"{lang}: {rest!r} in {short!r}"


def sentence_forms(step: IncidentEvent, lang: str) -> Iterator[tuple[str, ...]]:
    """Yield all forms, full and shorter, of each sentence of the post on an event."""
    words, outlet = load_translations(TEMPLATES, lang), replace(X, lang=lang)
    event_text = build(step, words, REGISTER, WRITER._link(step.incident))
    rendered = WRITER._render(step.kind, event_text, words, outlet)
    for slot in read_slots(rendered):
        yield localise_slot(slot, words).variants
