"""Names of languages."""

from babel import Locale


def language_name(code: str) -> str:
    """Return the name of a language in the language itself, such as "Français".

    Source of the names: Unicode CLDR.
    """
    locale = Locale.parse(code, sep="-")
    name = locale.get_display_name(locale) or code
    return f"{name[:1].upper()}{name[1:]}"
