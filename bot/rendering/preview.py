"""A preview of events: all texts in several languages, with the linter's objections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, TemplateError

from bot.errors import RenderingError, reason_of
from bot.model.draft import Objection, Outlet, OutletText, Picture, PictureDescription
from bot.model.event import IncidentEvent
from bot.model.incident import Evidence
from bot.rendering.renderer import TemplateRenderer
from bot.site.static_files import write_atomically
from bot.text.translations import load_translations

_LANG = "en"


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A part of a text, with the objections to this part, if there are any."""

    text: str
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class OutletPreview:
    """The text for one outlet; if there is none, `trouble` says why."""

    outlet: Outlet
    text: OutletText | None
    objections: tuple[Objection, ...] = ()
    trouble: str = ""

    @property
    def share(self) -> int:
        """The length of the text in percent of the outlet's limit."""
        return round(100 * self.text.length / self.outlet.limit) if self.text else 0

    @property
    def pieces(self) -> tuple[TextSpan, ...]:
        """The parts of the text; a part ends where an objection begins or ends."""
        return tuple(_pieces(self.text.body if self.text else "", self.objections))


@dataclass(frozen=True, slots=True)
class LanguagePreview:
    """One event in one language: its text for every outlet, and its alt text."""

    lang: str
    specimens: tuple[OutletPreview, ...]
    alt: str = ""
    alt_objections: tuple[Objection, ...] = ()

    @property
    def cards(self) -> tuple[tuple[OutletPreview, ...], ...]:
        """The previews of outlets; outlets with the same text are in one group."""
        groups: dict[str, list[OutletPreview]] = {}
        for specimen in self.specimens:
            # Outlets that fail for the same reason share a card as well.
            body = specimen.text.body if specimen.text else specimen.trouble
            groups.setdefault(body, []).append(specimen)
        return tuple(tuple(group) for group in groups.values())


@dataclass(frozen=True, slots=True)
class EventPreview:
    """One event: its texts by language, and its chart, or a `note` why it has none."""

    event: IncidentEvent
    languages: tuple[LanguagePreview, ...]
    picture: Picture | None
    image: bytes | None
    note: str

    @property
    def wrong(self) -> int:
        """The number of objections to texts and alt texts."""
        specimens = (s for preview in self.languages for s in preview.specimens)
        to_texts = sum(len(specimen.objections) for specimen in specimens)
        to_alts = sum(len(preview.alt_objections) for preview in self.languages)
        return to_texts + to_alts


def preview_event(
    renderer: TemplateRenderer,
    event: IncidentEvent,
    evidence: Evidence,
    outlets: Sequence[Outlet],
    langs: Sequence[str],
) -> EventPreview:
    """Return the preview of `event`; an error message replaces each text that fails."""
    texts = [
        LanguagePreview(
            lang, tuple(_specimen(renderer, event, outlet, lang) for outlet in outlets)
        )
        for lang in langs
    ]
    # An event has only one picture, so one draft is made for all languages. The draft
    # holds the picture, and an alt text in each language.
    outlet_by_lang = [
        # A draft holds one alt text for each outlet. Each language therefore gets an
        # outlet, whose name is the language code.
        replace(fitting[0].outlet, name=preview.lang)
        for preview in texts
        if (fitting := [s for s in preview.specimens if s.text])
    ]
    draft, image = renderer.draft(event, evidence, outlet_by_lang)
    picture_alt = draft.picture.alt if draft.picture else ""
    alts = {text.lang: text.alt or picture_alt for text in draft.texts}
    previews = tuple(
        _with_alt(
            renderer, event, text, PictureDescription(alts.get(text.lang, ""), evidence)
        )
        for text in texts
    )
    return EventPreview(event, previews, draft.picture, image, draft.note)


def _with_alt(
    renderer: TemplateRenderer,
    event: IncidentEvent,
    preview: LanguagePreview,
    picture: PictureDescription,
) -> LanguagePreview:
    alt, lang = picture.alt, preview.lang
    objections = renderer.check_alt(event, picture, lang) if alt else ()
    return replace(preview, alt=alt, alt_objections=objections)


def write_page(
    templates: Environment, title: str, previews: Sequence[EventPreview], out: Path
) -> Path:
    """Write the preview page and its pictures into `out`; return the page's path.

    Raises:
        RenderingError: the page or a picture cannot be written.
    """
    page = out / "preview.html"
    try:
        out.mkdir(parents=True, exist_ok=True)
        for preview in previews:
            if preview.image is not None:
                (out / f"{preview.event.key}.png").write_bytes(preview.image)
        template = templates.get_template("site/en/preview.html")
        names = _event_names(templates, previews)
        write_atomically(
            page, template.render(title=title, shown=previews, names=names)
        )
    except (OSError, TemplateError) as error:
        raise RenderingError(
            f"the preview cannot be written: {reason_of(error)}"
        ) from error
    return page


def _event_names(
    templates: Environment, previews: Sequence[EventPreview]
) -> dict[str, str]:
    """Return the name of the kind of each event, by event key."""
    translations = load_translations(templates, _LANG)
    return {
        preview.event.key: translations.translate("kinds", preview.event.kind)
        for preview in previews
    }


def _specimen(
    renderer: TemplateRenderer, event: IncidentEvent, outlet: Outlet, lang: str
) -> OutletPreview:
    outlet = replace(outlet, lang=lang)
    try:
        text = renderer.write(event, outlet)
    except RenderingError as error:
        # If one text fails, for example because it is too long, the others are shown.
        return OutletPreview(outlet, None, trouble=str(error))
    return OutletPreview(outlet, text, renderer.check(event, text))


def _pieces(body: str, objections: Sequence[Objection]) -> Iterator[TextSpan]:
    """Yield the parts of `body`, divided where an objection begins or ends."""
    cuts = {0, len(body), *(edge for o in objections for edge in (o.start, o.end))}
    for start, end in pairwise(sorted(cuts)):
        # Objections may overlap, so a part can have several.
        here = tuple(o for o in objections if o.start <= start and end <= o.end)
        yield TextSpan(body[start:end], here)
