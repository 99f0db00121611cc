"""Refuses a text by a person if the text has hidden characters or mixed alphabets."""

from bot.characters import character_problem
from bot.errors import BotError


def require_visible(*, may_have_lines: bool = False, **texts: str) -> None:
    """Refuse texts of a person that have hidden characters or mixed alphabets.

    Args:
        may_have_lines: whether the texts may have line breaks and isolates (see
            `character_problem`).
        **texts: the texts, by the name of their command-line option.

    Raises:
        BotError: a text has a hidden character, or a word with letters of two
            alphabets. The message names the option of each such text.
    """
    problems = [
        f"--{name.replace('_', '-')} {problem}"
        for name, text in texts.items()
        if (problem := character_problem(text, may_have_lines=may_have_lines))
    ]
    if problems:
        raise BotError("; ".join(problems))
