"""The options for the text and pictures of a channel's posts."""

from dataclasses import replace
from typing import Annotated

from bot.model.draft import ColorScheme, LinkPolicy, Outlet
from bot.settings import Lax, Section, matching


class TextOptions(Section):
    """The base class of most channels' configuration sections.

    Attributes:
        lang: the language of the channel's posts, as a CLDR code.
        links: which posts link to the report.
        templates: a folder in `templates/posts/` whose templates take precedence over
            those of the channel's kind and the common ones; "": none.
        plain: whether emoji are left out of posts.
        theme: light or dark pictures. All channels of an event share one picture. It is
            dark only if all these channels ask for a dark picture.
    """

    lang: str = "en"
    links: Lax[LinkPolicy] = LinkPolicy.ALWAYS
    templates: Annotated[
        str,
        matching(
            r"([a-z][a-z0-9-]*)?",
            "write the name of a folder in templates/posts: small letters, digits and"
            " hyphens",
        ),
    ] = ""
    plain: bool = False
    theme: Lax[ColorScheme] = ColorScheme.LIGHT

    def apply_to(self, outlet: Outlet) -> Outlet:
        """Return `outlet` with the values of these options."""
        return replace(
            outlet,
            lang=self.lang,
            links=self.links,
            templates=self.templates,
            plain=self.plain,
            theme=self.theme,
        )
