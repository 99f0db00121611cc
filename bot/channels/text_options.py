"""What every channel's section says of its voice."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from bot.model.draft import ColorScheme, Links, Outlet
from bot.settings import Lax, Section


class TextOptions(Section):
    """How a channel speaks; the base of every section of one with readers.

    Attributes:
        lang: the language of its posts, a CLDR code.
        links: which posts carry the report's address.
        templates: a folder of `templates/posts/` whose templates go before those of
            the channel's kind and the common ones; empty: none.
        plain: no emoji; the words say the same without them.
        theme: light or dark pictures. An event has one picture for all its channels: it
            is dark where each of them asks for that.
    """

    lang: str = "en"
    links: Lax[Links] = Links.ALWAYS
    templates: Annotated[str, Field(pattern=r"^([a-z][a-z0-9-]*)?$")] = ""
    plain: bool = False
    theme: Lax[ColorScheme] = ColorScheme.LIGHT

    def spoken(self, outlet: Outlet) -> Outlet:
        """The outlet, with what the operator says of how it is to be spoken to."""
        return replace(
            outlet,
            lang=self.lang,
            links=self.links,
            templates=self.templates,
            plain=self.plain,
            theme=self.theme,
        )
