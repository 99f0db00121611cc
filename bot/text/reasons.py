"""Words for stored ids: rules, reasons, states and channels (P17).

The parameter `words` is a table from `templates/words/`: `Translations.table`, or the
result of `load_words`. Commands use `load_words`, which needs no catalogue.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.model.verdict import Check
from bot.text.template_files import templates_root

Words = Mapping[str, object]
_HELD_BACK = "held-back-by-"
_RULE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Read the English words of the pages.

    Raises:
        RenderingError: there are no templates.
    """
    path = templates_root() / "words" / "en.toml"
    return tomllib.loads(path.read_text("utf-8"))


def rule_in_words(words: Words, rule: str, checks: Iterable[Check]) -> str:
    """Return a clause in lower case for a verdict rule, or for the reason of an event.

    Args:
        words: the table of words.
        rule: the stored id of the rule or reason.
        checks: the checks of the event. If a check held the verdict back, they show
            whether the check failed or has no answer.
    """
    if not rule.startswith(_HELD_BACK):
        return _word(words, "rules", rule)
    name = rule.removeprefix(_HELD_BACK)
    failed = any(check.name == name and check.passed is False for check in checks)
    result = _entry(words, "checks", name, "failed" if failed else "unanswered")
    key = "held-back" if failed else "held-back-unanswered"
    return _word(words, "rules", key).format(result=result or _plain(name))


def class_rule_in_words(words: Words, rule: str) -> str:
    """Return a clause in lower case for the rule that set a class."""
    return _word(words, "class_rules", rule)


def class_evidence_in_words(words: Words, item: str) -> str:
    """Return evidence of a classification: "hours held: 6.2" for "hours-held=6.2"."""
    name, _, value = item.partition("=")
    shown = _entry(words, "family_names", value) or value.replace("..", " to ")
    return f"{_plain(name)}: {_plain(shown)}" if value else _plain(name)


def note_in_words(words: Words, note: str) -> str:
    """Return a draft's note, with sentences instead of the ids of reasons.

    A note may hold several ids, separated by commas, and after them a semicolon and an
    error message. An id that the table lacks is taken for the name of a policy rule if it
    has the form of one. If any part before the semicolon is neither, the note is returned
    unchanged.
    """
    ids, separator, message = note.partition("; ")
    reasons = [part.strip() for part in ids.split(",")]
    texts = [_reason(words, reason) for reason in reasons]
    if any(text is None for text in texts):
        return note
    sentences = "; ".join(text for text in texts if text is not None)
    return f"{sentences}{separator}{message}"


def state_in_words(words: Words, table: str, state: str) -> str:
    """Return the words for a stored state, from the table `table` of `words`."""
    return _word(words, table, state)


def posted_in_words(words: Words, kind: str) -> str:
    """Return the words for where a kind of channel publishes, such as "on Mastodon"."""
    return _entry(words, "posted", kind) or _word(words, "posted", "other")


def _reason(words: Words, reason: str) -> str | None:
    text = _entry(words, "reasons", reason)
    if text is None and _RULE_NAME.fullmatch(reason):
        return _word(words, "reasons", "policy-rule").format(name=reason)
    return text


def _word(words: Words, table: str, key: str) -> str:
    """Return the text of a key; if it has none, the key with spaces for hyphens."""
    return _entry(words, table, key) or _plain(key)


def _plain(key: str) -> str:
    return key.replace("-", " ").replace("_", " ")


def _entry(words: Words, *path: str) -> str | None:
    entry: object = words
    for key in path:
        if not isinstance(entry, Mapping):
            return None
        entry = entry.get(key)
    return entry if isinstance(entry, str) else None
