"""The renderer: an event becomes a draft, a letter to the editors, and a page."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, TemplateError

from bot import __version__
from bot.charts.canvas.theme import DARK, LIGHT, POST, Theme
from bot.charts.illustrator import Illustrator
from bot.claims.linter import Linter
from bot.errors import RenderingError
from bot.model.attribution import Attribution
from bot.model.classification import Background
from bot.model.draft import (
    ColorScheme,
    Described,
    Draft,
    DraftState,
    Links,
    Outlet,
    Picture,
    Text,
)
from bot.model.incident import EventKind, Evidence, IncidentEvent, State
from bot.model.incident_report import IncidentReport, Listing
from bot.model.objection import Objection
from bot.model.operator_alert import OperatorAlert
from bot.model.source_status import SourceStatus
from bot.places import Register
from bot.rendering.messages import ReviewRequest, review_letter
from bot.site.front_page import Lists
from bot.site.pages import Site
from bot.text.catalogue import read_source
from bot.text.causes import editor_view
from bot.text.event_text import EventText, build
from bot.text.length import count
from bot.text.slots import fit, read_slots
from bot.text.template_functions import localise_slot, template_functions
from bot.text.times import TimeFormatter
from bot.text.translations import (
    Translations,
    load_glyphs,
    load_translations,
    source_brands,
)

_ALT_LIMIT = 1000
_LANG = "en"


_OF_PAGES = ("site/", "words/", f"locale/{_LANG}/", "alt/", "charts/")
_FAILURES = (
    OSError,
    TemplateError,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    TypeError,
)
_OURS = (EventKind.CORRECTED, EventKind.RETRACTED)
"""Steps that speak of our own words, not of a drop."""


@dataclass(frozen=True, slots=True)
class TemplateRenderer:
    """Writes with the templates, draws with matplotlib; a `ports.Renderer`.

    Attributes:
        site: the folder of the static site; base_url: its public address.
        contact: where readers send corrections.
        limits: the longest post by channel, shown to the editors.
        scorecard: the address or the folder of the score page; empty: none.
        lists: what the front page lists, kept from one tick to the next.
    """

    register: Register
    site: Path
    base_url: str
    contact: str
    templates: Environment
    limits: Mapping[str, int] = field(default_factory=dict)
    scorecard: str = ""
    lists: Lists = field(default_factory=Lists, compare=False, repr=False)

    def draft(
        self, event: IncidentEvent, evidence: Evidence, outlets: Sequence[Outlet]
    ) -> tuple[Draft, bytes | None]:
        """Words for every outlet, and the chart; without a chart the words still go.

        Raises:
            RenderingError: the words themselves cannot be made.
        """
        with _named(f"the draft of {event.key}"):
            texts = tuple(self._text(event, outlet) for outlet in outlets)
        picture, image, alts, note = self._picture(event, evidence, outlets)
        draft = Draft(
            id=event.key,
            incident=event.incident,
            event=event.key,
            texts=tuple(replace(text, alt=alts.get(text.channel)) for text in texts),
            picture=picture,
            state=DraftState.WAITING,
            version=1,
            made_at=event.at,
            note=note,
        )
        return draft, image

    def write(self, event: IncidentEvent, outlet: Outlet) -> Text:
        """The words for one outlet, without the chart.

        Raises:
            RenderingError: they cannot be made, or do not fit.
        """
        return self._text(event, outlet)

    def marked(self, event: IncidentEvent, outlet: Outlet, words: str) -> Text:
        """Words that are out, marked as corrected or retracted by `event` (P11).

        Where both do not fit, the mark stands alone: the page keeps what was said.

        Raises:
            RenderingError: the mark cannot be made.
        """
        catalogue = load_translations(self.templates, outlet.lang)
        event_text = build(event, catalogue, self.register)
        mark = self._rendered(
            event.kind, event_text, catalogue, outlet, "_marked"
        ).strip()
        ways = (f"{mark}\n\n{words}", mark)
        body = next((w for w in ways if count(w, outlet) <= outlet.limit), mark)
        return Text(outlet.name, outlet.lang, body, count(body, outlet))

    def check(
        self,
        event: IncidentEvent,
        text: Text,
        causes: Sequence[Attribution] = (),
        picture: Described | None = None,
    ) -> tuple[Objection, ...]:
        """What nothing in the facts backs.

        What only the opening says, or the picture's description, stands at 0.

        Raises:
            RenderingError: the list of the language is broken.
        """
        linter = Linter(self.register, self.templates)
        found = linter.check(event, text.body, text.lang, causes)
        known = {(one.kind, one.words) for one in found}
        beside = linter.check(event, text.opening or "", text.lang, causes)
        if picture is not None:
            beside += self.check_alt(event, picture, text.lang, causes)
        told = {(one.kind, one.words): one for one in beside}
        more = (one for key, one in told.items() if key not in known)
        return (*found, *(replace(one, start=0, end=0) for one in more))

    def check_alt(
        self,
        event: IncidentEvent,
        picture: Described,
        lang: str,
        causes: Sequence[Attribution] = (),
    ) -> tuple[Objection, ...]:
        """What neither the facts nor the picture's arrays back in its description.

        Raises:
            RenderingError: the list of the language is broken.
        """
        shown = self._illustrator(lang).contents(event, picture.evidence)
        linter = Linter(self.register, self.templates)
        return linter.check(event, picture.alt, lang, causes, shown)

    def review(self, event: IncidentEvent, draft: Draft, background: Background) -> str:
        """The letter to the editors: first line its subject, then its text."""
        words = load_translations(self.templates, _LANG)
        moments = TimeFormatter(words, self.register, event.facts.place)
        desk = editor_view(event, background, moments)
        event_text = build(event, words, self.register, self._link(event.incident))
        objections = {
            t.channel: self.check(
                event, t, picture=draft.described(t, background.evidence)
            )
            for t in draft.texts
        }
        return review_letter(
            self.templates,
            event_text,
            ReviewRequest(event, draft, objections),
            self.limits,
            desk,
        )

    def trouble(self, troubles: Sequence[OperatorAlert], now: datetime) -> str:
        """The letter to the operators: first line its subject, then its text."""
        template = self.templates.get_template("letters/en/trouble.txt")
        try:
            return template.render(troubles=troubles, now=now)
        except TemplateError as error:
            raise RenderingError(f"the letter to the operators: {error}") from error

    def publish_page(self, dossier: IncidentReport) -> None:
        """Write the report page, its charts and data (P15).

        Raises:
            RenderingError: the page could not be written.
        """
        with _named(f"the page of {dossier.incident.id}"):
            self._site().publish(dossier)

    def list_incidents(self, listing: Listing) -> None:
        """Take up what the front page lists from now on; write the archive's pages.

        Raises:
            RenderingError: a page could not be written.
        """
        with _named("the list of incidents"):
            self._site().list_incidents(listing)

    def publish_sources(self, conditions: Sequence[SourceStatus], at: datetime) -> None:
        """Write on the front page how every source stands as of `at` (aware, UTC).

        Raises:
            RenderingError: the page could not be written.
        """
        with _named("the front page"):
            self._site().publish_sources(conditions, at)

    def site_version(self) -> str:
        """What every page is made with: program, templates, settings and brands."""
        names = self.templates.list_templates(
            filter_func=lambda name: name.startswith(_OF_PAGES)
        )
        settings = (__version__, self.base_url, self.contact, self.scorecard)
        brands = source_brands(self.templates)
        parts = [
            repr(settings),
            repr(brands),
            *(read_source(self.templates, name) for name in names),
        ]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def site_exists(self) -> bool:
        """Whether the site was written before, and nobody removed it since."""
        return (self.site / "index.html").is_file()

    def _site(self) -> Site:
        drawn = self._illustrator(_LANG)
        return Site(self.site, drawn, self.contact, self.scorecard, self.lists)

    def _text(self, event: IncidentEvent, outlet: Outlet) -> Text:
        """The words for one outlet; two ways of them where only openings are linked."""
        link = self._link(event.incident)
        text = self._worded(event, outlet, link if outlet.links is Links.ALWAYS else "")
        if outlet.links is not Links.FIRST:
            return text
        return replace(text, opening=self._worded(event, outlet, link).body)

    def _worded(self, event: IncidentEvent, outlet: Outlet, link: str) -> Text:
        words = load_translations(self.templates, outlet.lang)
        # Whatever the step: what one family alone shows is worded as that (P7).
        suspected = event.facts.state is State.SUSPECTED and event.kind not in _OURS
        kind = EventKind.SUSPECTED if suspected else event.kind
        event_text = build(event, words, self.register, link)
        rendered = self._rendered(kind, event_text, words, outlet)
        slots = tuple(localise_slot(slot, words) for slot in read_slots(rendered))
        return replace(fit(slots, outlet), machine_draft=not words.info.reviewed)

    def _rendered(
        self,
        kind: EventKind,
        event_text: EventText,
        words: Translations,
        outlet: Outlet,
        name: str = "",
    ) -> str:
        """The template of a step (or the one called `name`), in the outlet's words."""
        glyph = "" if outlet.plain else self._glyph(kind, event_text.scope)
        event_text = replace(event_text, glyph=glyph)
        template = self.templates.select_template(_names(outlet, name or kind))
        try:
            return template.render(
                s=event_text, **template_functions(words, event_text)
            )
        except TemplateError as error:
            raise RenderingError(f"the post for {outlet.name}: {error}") from error

    def _glyph(self, kind: EventKind, scope: str) -> str:
        glyphs = load_glyphs(self.templates)
        return glyphs["kinds"].get(kind) or glyphs["scopes"].get(scope, "")

    def _picture(
        self, event: IncidentEvent, evidence: Evidence, outlets: Sequence[Outlet]
    ) -> tuple[Picture | None, bytes | None, dict[str, str], str]:
        """The chart, and it in words where an outlet speaks another language.

        If it fails, why: the one place where that may happen.
        """
        lang = self._drawn_in(outlets)
        others = [
            o for o in outlets if load_translations(self.templates, o.lang).lang != lang
        ]
        limit = min((o.alt_limit for o in outlets), default=_ALT_LIMIT)
        try:
            artist, theme = self._illustrator(lang), _theme(outlets)
            image, alt = artist.picture(event, evidence, limit, theme)
            alts = {
                o.name: self._illustrator(o.lang).describe(event, evidence, o.alt_limit)
                for o in others
            }
        except (RenderingError, TemplateError, ValueError, RuntimeError) as error:
            return None, None, {}, f"no chart: {error}"
        picture = Picture(
            name=f"{event.incident}-{event.seq}.png",
            mime="image/png",
            width=POST.width,
            height=POST.height,
            sha256=hashlib.sha256(image).hexdigest(),
            alt=alt,
        )
        return picture, image, alts, ""

    def _drawn_in(self, outlets: Sequence[Outlet]) -> str:
        """The outlets' language, if all share one that charts have words in.

        One event has one picture: everyone shares the same bytes, and their hash.
        """
        langs = {load_translations(self.templates, o.lang).lang for o in outlets}
        lang = langs.pop() if len(langs) == 1 else _LANG
        drawn = load_translations(self.templates, lang).has("chart", "foot")
        return lang if drawn else _LANG

    def _illustrator(self, lang: str) -> Illustrator:
        words = load_translations(self.templates, lang)
        return Illustrator(self.templates, words, self.register, self.base_url)

    def _link(self, incident: str) -> str:
        # A region's name may hold letters that an address cannot.
        return f"{self.base_url.rstrip('/')}/i/{quote(incident)}/"


@contextmanager
def _named(what: str) -> Iterator[None]:
    """Whatever goes wrong with a page or a draft is its own failure, and no other's."""
    try:
        yield
    except RenderingError as error:
        raise RenderingError(f"{what} could not be written: {error}") from error
    except _FAILURES as error:
        raise RenderingError(f"{what} could not be written: {error}") from error


def _theme(outlets: Sequence[Outlet]) -> Theme:
    """Dark only where every outlet asks for it: one event has one picture."""
    return DARK if {one.theme for one in outlets} == {ColorScheme.DARK} else LIGHT


def _names(outlet: Outlet, name: str) -> list[str]:
    """Where an outlet's template may be: its own set, its kind's, the common ones."""
    sets = [f"{one}/" for one in (outlet.templates, outlet.kind) if one]
    return [f"posts/{one}{name}.txt" for one in (*sets, "")]
