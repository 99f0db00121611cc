"""Invisible marks that keep words, numbers and signs in order in mixed directions."""

import re
from collections.abc import Iterator

import regex

ARABIC_MARK = "\N{ARABIC LETTER MARK}"
LATIN_MARK = "\N{LEFT-TO-RIGHT MARK}"
_ISOLATE, _END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
# The pattern matches runs of Latin words in a right-to-left text: names, addresses,
# "UTC", "UTC+3:30". It skips text between isolate marks, whose order is fixed; runs
# that already have a mark; and links, which a mark would break.
_WORD = r"\p{Latin}(?:[\p{Latin}\p{M}\d&'/_-]|\.(?=\w))*"
_OFFSET = r"[+\N{MINUS SIGN}]\p{Nd}+(?::\p{Nd}+)?"
_LATIN = regex.compile(
    rf"(?:https?://\S+|{_ISOLATE}[^{_END}]*)(*SKIP)(*FAIL)"
    rf"|(?>{_WORD}(?:(?:,? | \N{{EN DASH}} ){_WORD})*(?:{_OFFSET})?)(?!{ARABIC_MARK})"
)
_RTL_LETTER = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RTL = re.compile(f"[{_RTL_LETTER}]")
# A run of right-to-left words in a text that is read from the left, such as the name of a
# network. A number between two words belongs to the run; one after it does not.
_RTL_WORD = rf"[{_RTL_LETTER}][{_RTL_LETTER}\p{{M}}\u200c\u200d]*"
_RTL_RUN = regex.compile(
    rf"(?P<start>^)?(?>{_RTL_WORD}(?: (?:\p{{Nd}}+ )?{_RTL_WORD})*)(?!{LATIN_MARK})",
    regex.MULTILINE,
)
_SEPARATE = regex.compile(
    rf"{_ISOLATE}[^{_END}]*(*SKIP)(*FAIL)"
    r"|https?://\S+|[\w.+-]+@[\w.-]+\w|\d{4}-\d\d-\d\d(?: \d\d:\d\d)?"
    rf"|(?>{_WORD}(?:(?:,? | \N{{EN DASH}} ){_WORD})*(?:{_OFFSET})?){ARABIC_MARK}?"
)
_ADDRESS = re.compile("://|@")
_PERCENT = re.compile("[%\N{ARABIC PERCENT SIGN}]")


def mark_latin(text: str) -> str:
    """Add a mark after each run of Latin words in a right-to-left text.

    Without the mark, digits and names after a Latin word would be shown as part of the
    run, in the wrong order. The Arabic letter mark is invisible. On X it counts as one
    character; a pair of isolates would count as four.
    """
    return _LATIN.sub(lambda match: match[0] + ARABIC_MARK, text)


def mark_rtl(text: str) -> str:
    """Add a mark after each run of right-to-left words in a text read from the left.

    Without the mark, a number after an Arabic name would be shown left of the name, with
    its percent sign on the wrong side: a level would be misread. A line that begins with
    such a run gets a mark in front too, because the first letter of a line determines its
    direction. The mark is invisible; on X it counts as two characters.
    """
    return _RTL_RUN.sub(_marked_run, text)


def _marked_run(match: regex.Match[str]) -> str:
    before = LATIN_MARK if match["start"] is not None else ""
    return f"{before}{match[0]}{LATIN_MARK}"


def split_latin(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text; the second value is true for parts to be isolated.

    These are runs of Latin words, addresses and dates in digits. In a text that is read
    from the right, they would otherwise be shown in the wrong order.
    """
    end = 0
    for match in _SEPARATE.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False
        yield match[0], True
        end = match.end()
    if end < len(text):
        yield text[end:], False


def isolate(text: str, *, rtl: bool) -> str:
    """Return `text`, a credit or an address, marked as one unit if `rtl` is true.

    If `rtl` is true, two marks (an isolate) keep brackets, signs and leading digits in
    their places. If not, `text` is returned unchanged.
    """
    return f"{_ISOLATE}{text}{_END}" if rtl else text


def mark_line(line: str) -> str:
    """Return a line of a plain text with marks; addresses get none, to be copied.

    A line without right-to-left letters is returned unchanged.
    """
    if not _RTL.search(line):
        return line
    parts = (
        part.rstrip(ARABIC_MARK) + ARABIC_MARK
        if is_latin and not _ADDRESS.search(part)
        else part
        for part, is_latin in split_latin(line)
    )
    return f"{ARABIC_MARK if begins_with_number(line) else ''}{''.join(parts)}"


def begins_with_number(text: str) -> bool:
    """Whether a text needs a mark in front, to be shown as after a right-to-left letter.

    It does if its first letter or digit is a digit, and its order depends on this.
    """
    first = next((c for c in text if c.isalnum()), "")
    depends = bool(_RTL.search(text) or _PERCENT.search(text))
    return first.isdigit() and depends and not text.startswith(ARABIC_MARK)


def from_right(line: str) -> str:
    """Return one line of a right-to-left picture with the marks that it needs.

    The first letter of a line determines the line's direction. A percent sign is shown
    left of its number only after an Arabic letter or a mark. A line that does not begin
    with a right-to-left letter therefore gets a mark in front. A line without any
    right-to-left letter and without a percent sign is returned unchanged.
    """
    if not _RTL.search(line) and not _PERCENT.search(line):
        return line
    first = next((c for c in line if c.isalnum()), "")
    begins = line.startswith(ARABIC_MARK) or (_RTL.match(first) and not first.isdigit())
    return f"{'' if begins else ARABIC_MARK}{mark_latin(line)}"


def close_isolates(lines: list[str]) -> list[str]:
    """Return the lines of a wrapped text; no isolate spans two lines.

    An isolate that continues on the next line is closed and opened again.
    """
    closed, is_open = [], False
    for line in lines:
        begins = _ISOLATE if is_open else ""
        is_open = line.rfind(_ISOLATE) > line.rfind(_END) or (
            is_open and _END not in line
        )
        closed.append(f"{begins}{line}{_END if is_open else ''}")
    return closed


def join_lines(lines: list[str]) -> str:
    """Join the lines that `close_isolates` returned into one text."""
    return " ".join(lines).replace(f"{_END} {_ISOLATE}", " ")
