"""Refuses texts of persons that have hidden characters or mixed alphabets."""

from bot.characters import problem_of
from bot.errors import BotError


def require_visible(*, lines: bool = False, **texts: str) -> None:
    """Refuse texts of a person that have hidden characters or mixed alphabets.

    Args:
        lines: whether the texts may have line breaks and isolates.
        **texts: the texts, by the name of their command-line option.

    Raises:
        BotError: a text has a hidden character, or a word with letters of two
            alphabets. The message names the option of each such text.
    """
    problems = [
        f"--{name.replace('_', '-')} {problem}"
        for name, text in texts.items()
        if (problem := problem_of(text, lines=lines))
    ]
    if problems:
        raise BotError("; ".join(problems))
