"""Calculates everything in a bundle again from its readings and events."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.charts.versions import version_differences, versions_in_use, versions_text
from bot.cli.evidence.bundle_reader import Bundle, BundledEvent
from bot.cli.evidence.edited_texts import unsupported_claims
from bot.cli.evidence.number_checks import (
    Check,
    level_checks,
    missing_readings,
    state_checks,
    undrawn_bins,
)
from bot.errors import RenderingError
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.site.evidence.archive import decompress
from bot.site.evidence.contents import (
    EVENT,
    INCIDENT,
    PICTURE,
    READINGS,
    TABLE,
    TEXTS,
    TIMELINE,
)
from bot.site.evidence.records import value_json
from bot.site.page_files import DOCUMENT, page_folder
from bot.sources.registry import all_brands
from bot.text.places_affected import zone_of
from bot.text.times import TimeFormatter
from bot.text.translations import environment, load_translations, templates_root

_LANG = "en"
"""The language of the pages."""
_UNRELEASED = "it may depend on steps that are not released"


@dataclass
class Comparison:
    """What was compared.

    Attributes:
        same: how many things of each kind are the same, by kind.
        different: a sentence for each difference; it begins with the file.
        not_compared: a sentence for each thing that another version made.
        edited: how many texts a person wrote; none of them is among `same`.
        undrawn: how many bins of readings are outside the periods of the tables.
    """

    same: Counter[str] = field(default_factory=Counter)
    different: list[str] = field(default_factory=list)
    not_compared: list[str] = field(default_factory=list)
    edited: int = 0
    undrawn: int = 0


def recompute(files: Mapping[str, bytes]) -> Comparison:
    """Calculate everything in a bundle again, without a network, and compare it.

    `files` has the content of each file, by path. Their hashes are compared before.

    Raises:
        BundleError: a record in the bundle cannot be read.
    """
    with tempfile.TemporaryDirectory() as scratch:
        work = _Recomputation(Bundle(files), Path(scratch))
        work.run()
        return work.result


@dataclass
class _Recomputation:
    """The comparison of one bundle; the page is written again into `scratch`."""

    bundle: Bundle
    scratch: Path
    result: Comparison = field(default_factory=Comparison)

    def run(self) -> None:
        self.renderer.open_site().publish(self.bundle.report)
        self._compare_document()
        self._compare_timeline()
        for number, bundled in enumerate(self.bundle.events):
            self._compare_numbers(bundled, self.bundle.events[:number])
            self._compare_page(bundled)
            self._compare_drafts(bundled)
            self.result.undrawn += undrawn_bins(bundled, self.bundle.files)

    @cached_property
    def renderer(self) -> TemplateRenderer:
        """The renderer of the installed version, for the site of the bundle."""
        return TemplateRenderer(
            register=load_register(),
            site=self.scratch,
            base_url=self.bundle.status.site,
            contact="",
            templates=environment(templates_root(), all_brands()),
            # Such a site has no feeds and no bundles.
            unpublished=True,
        )

    @cached_property
    def _installed(self) -> str:
        return versions_text(versions_in_use(self.renderer.templates))

    @cached_property
    def _is_whole(self) -> bool:
        """Whether no step was left out of the facts of an event (P12)."""
        return not any(bundled.texts.left_out for bundled in self.bundle.events)

    def _compare_document(self) -> None:
        folder = page_folder(self.scratch, self.bundle.report.incident.id)
        written = json.loads((folder / DOCUMENT).read_bytes())
        document = self.bundle.document
        for key in sorted({*written, *document}):
            self._compare(
                "values of incident.json",
                f"{INCIDENT}: {key}",
                (document.get(key), written.get(key)),
                self.bundle.status.written_with,
            )

    def _compare_timeline(self) -> None:
        timeline = self.bundle.report.events[-1].facts.timeline
        pair = self.bundle.content(TIMELINE), value_json(timeline)
        version = self.bundle.status.written_with
        self._compare("timelines", TIMELINE, pair, version)

    def _compare_numbers(
        self, bundled: BundledEvent, earlier: tuple[BundledEvent, ...]
    ) -> None:
        self.result.same["steps"] += self._all_hold(
            bundled, state_checks(bundled, earlier)
        )
        self.result.not_compared += [
            f"{bundled.folder}{READINGS}: the readings of {series} are missing"
            for series in missing_readings(bundled)
        ]
        checks = list(level_checks(bundled))
        if self._all_hold(bundled, checks):
            self.result.same["levels"] += len(checks)

    def _all_hold(self, bundled: BundledEvent, checks: Iterable[Check]) -> bool:
        """Report each check that fails; return whether none does."""
        failed = [
            f"{bundled.folder}{EVENT}: {what} is {stated}, and should be {calculated}"
            for what, stated, calculated in checks
            if stated != calculated
        ]
        if self._is_whole:
            self.result.different += failed
        else:
            self.result.not_compared += [f"{f}: {_UNRELEASED}" for f in failed]
        return not failed

    def _compare_page(self, bundled: BundledEvent) -> None:
        """Compare the picture, the table and the paragraph of the page."""
        folder = page_folder(self.scratch, bundled.event.incident)
        files, texts = self.bundle.files, bundled.texts
        for kind, name, suffix in (
            ("pictures", PICTURE, "png"),
            ("tables of readings", TABLE, "csv"),
        ):
            path = folder / f"{bundled.event.seq}.{suffix}"
            written = path.read_bytes() if path.is_file() else None
            stated = files.get(f"{bundled.folder}{name}")
            if stated is not None and name == TABLE:
                stated = decompress(f"{bundled.folder}{name}", stated)
            if stated is not None or written is not None:
                pair = stated, written
                label = f"{bundled.folder}{name}"
                self._compare(kind, label, pair, texts.drawn_with)
        self._compare(
            "texts",
            f"{bundled.folder}{TEXTS}: the paragraph on the page",
            (texts.lead, self._lead(bundled)),
            self.bundle.status.written_with,
        )

    def _lead(self, bundled: BundledEvent) -> str:
        translations = load_translations(self.renderer.templates, _LANG)
        register = self.renderer.register
        zone = zone_of(self.bundle.report.events[-1].facts, register)
        times = TimeFormatter(translations, register, zone)
        return self.renderer.open_site().first_paragraph(bundled.event, times)

    def _compare_drafts(self, bundled: BundledEvent) -> None:
        """Compare the posts, the description of their picture, and the picture."""
        texts = bundled.texts
        if not texts.posts:
            return
        if texts.edited:
            self._check_edited(bundled)
            return
        if not texts.outlets:
            self.result.not_compared.append(
                f"{bundled.folder}{TEXTS}: {len(texts.posts)} texts; the settings of their"
                " outlets were not stored"
            )
            return
        event, outlets = bundled.event, texts.outlets
        try:
            draft, _ = self.renderer.draft(event, bundled.evidence, outlets)
        except RenderingError as error:
            self.result.different.append(f"{bundled.folder}{TEXTS}: {error}")
            return
        label, version = f"{bundled.folder}{TEXTS}", texts.made_with
        for post in texts.posts:
            text = draft.text_for(str(post.outlet))
            written = {text.body, text.opening} if text else set()
            is_same = text is not None and text.lang == post.lang
            pair = post.text, post.text if is_same and post.text in written else None
            self._compare("texts", f"{label}: a post in {post.lang}", pair, version)
        picture = draft.picture
        for what, stated, now in (
            ("descriptions", texts.alt, picture.alt if picture else None),
            ("posted pictures", texts.picture, picture.sha256 if picture else None),
        ):
            self._compare(what, f"{label}: {what}", (stated, now), version)

    def _check_edited(self, bundled: BundledEvent) -> None:
        """Check the texts that a person wrote against the facts; see `edited_texts`."""
        texts = bundled.texts
        self.result.edited += len(texts.posts)
        for claim in unsupported_claims(self.renderer, bundled):
            label = f"{bundled.folder}{TEXTS}: {claim.text}"
            differences = version_differences(texts.made_with or "", self._installed)
            if claim.may_be_approved:
                self.result.not_compared.append(
                    f"{label}; only a person can have taken responsibility for it"
                )
            elif differences or not self._is_whole:
                reason = ", ".join(differences) or _UNRELEASED
                self.result.not_compared.append(f"{label} ({reason})")
            else:
                self.result.different.append(label)

    def _compare(
        self, kind: str, label: str, pair: tuple[object, object], version: str | None
    ) -> None:
        """Compare what a bundle has with what was calculated.

        A difference counts only if the same versions made both.
        """
        stated, calculated = pair
        if stated == calculated:
            self.result.same[kind] += 1
        elif version is None:
            self.result.not_compared.append(f"{label}: its versions were not stored")
        elif differences := version_differences(version, self._installed):
            reasons = ", ".join(differences)
            self.result.not_compared.append(f"{label}: made with {reasons}")
        elif not self._is_whole:
            self.result.not_compared.append(f"{label}: {_UNRELEASED}")
        else:
            self.result.different.append(
                f"{label}: this does not follow from the readings and events"
            )
