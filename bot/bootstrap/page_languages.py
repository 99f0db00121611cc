"""The languages in which pages are written beside those in the language of the site."""

from jinja2 import Environment

from bot.config.sections import Config
from bot.site.languages.messages import SITE_LANG
from bot.text.catalogue import read_info
from bot.text.template_files import page_languages, templates_root


def other_page_languages(config: Config, templates: Environment) -> tuple[str, ...]:
    """Return the codes of the other languages of pages, sorted.

    These are the languages in `[site]`. Without this key, they are the languages of posts
    whose translation is reviewed: pages wait for no person, as posts do (P16).
    """
    available = page_languages(templates_root())
    chosen = config.site.languages
    if chosen is None:
        sections = config.channels.values()
        posted = {getattr(section, "lang", SITE_LANG) for section in sections}
        bases = {lang.partition("-")[0] for lang in posted} & {*available}
        chosen = tuple(b for b in bases if read_info(templates, b).is_reviewed)
    return tuple(sorted({*chosen} - {SITE_LANG}))
