"""Refuses texts of persons that readers would see otherwise than they are."""

from bot.characters import problem_of
from bot.errors import BotError


def require_visible(*, lines: bool = False, **texts: str) -> None:
    """Check the characters of texts that a person wrote.

    Args:
        lines: whether the texts may have line breaks.
        **texts: the texts, by the name of their option.

    Raises:
        BotError: a text has a hidden character, or a word of two alphabets; the message
            names each such option.
    """
    problems = [
        f"--{name.replace('_', '-')} {problem}"
        for name, text in texts.items()
        if (problem := problem_of(text, lines=lines))
    ]
    if problems:
        raise BotError("; ".join(problems))
