"""Checks texts that a person wrote against the facts, as when they were approved."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.cli.evidence.bundle_reader import BundledEvent
from bot.model.draft import ObjectionWeight, OutletText, PictureDescription
from bot.rendering.renderer import TemplateRenderer
from bot.site.evidence.records import PublicPost


@dataclass(frozen=True, slots=True)
class UnsupportedClaim:
    """A claim of a text that the facts in the bundle do not support.

    Attributes:
        text: the claim and the reason, in a sentence.
        may_be_approved: whether a person may publish it after a second person took
            responsibility, or after a source was filed that the bundle does not have.
    """

    text: str
    may_be_approved: bool


def unsupported_claims(
    renderer: TemplateRenderer, bundled: BundledEvent
) -> Iterator[UnsupportedClaim]:
    """Yield the claims of an event's edited texts that its facts do not support.

    No text with a claim of the other kind can be approved; see `editorial.review`. So if
    there is one, the text was changed later.
    """
    for post in bundled.texts.posts:
        text = OutletText(str(post.outlet), post.lang, post.text, len(post.text))
        for objection in renderer.check(
            bundled.event, text, picture=_description(bundled, post)
        ):
            yield UnsupportedClaim(
                f'a post in {post.lang} that a person wrote says "{objection.words}"'
                f" ({objection.kind}): {objection.facts}",
                objection.weight is ObjectionWeight.SECOND,
            )


def _description(bundled: BundledEvent, post: PublicPost) -> PictureDescription | None:
    """Return the picture's description, which is stored in one language only."""
    alt = bundled.texts.alt
    first = bundled.texts.posts[0]
    if alt is None or not bundled.evidence.traces or post.lang != first.lang:
        return None
    return PictureDescription(alt, bundled.evidence)
