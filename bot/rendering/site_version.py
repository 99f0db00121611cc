"""The version of the site, by which pages that are out of date are found."""

import hashlib

from jinja2 import Environment

from bot import __version__
from bot.text.catalogue import read_source
from bot.text.translations import source_brands


def version_of_pages(
    templates: Environment, languages: tuple[str, ...], settings: object
) -> str:
    """Return a digest of program version, settings, brands and page templates.

    Args:
        templates: the templates of posts and pages.
        languages: the languages of the pages.
        settings: what else the pages depend on; its `repr` must be the same for equal
            settings.
    """
    # A change in these folders makes all pages out of date.
    catalogues = (f"locale/{lang}/" for lang in languages)
    folders = ("site/", "words/", "alt/", "charts/", *catalogues)
    names = templates.list_templates(filter_func=lambda name: name.startswith(folders))
    brands = source_brands(templates)
    sources = (read_source(templates, name) for name in names)
    parts = (repr((__version__, settings)), repr(brands), *sources)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
