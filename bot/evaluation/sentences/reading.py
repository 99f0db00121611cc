"""Reads the claims of English sentences, with its own patterns.

This module reads only what is printed, as a reader of the news would. It shares no code
with the part of the program that writes the sentences, or with the claim linter.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.evaluation.sentences.read_times import (
    AROUND_TOLERANCE,
    LOCAL_TIMES,
    WEEKDAY,
    date,
    local_clocks,
    read_lengths,
    read_times,
    weekday_name,
)
from bot.evaluation.sentences.statements import Kind, Statement
from bot.model.signal import Family

_PERCENT = r"(?P<level>less than 1%|\d+%)"
# The end of a sentence: a full stop, followed by a space and a capital, a digit or an
# emoji.
_SENTENCE = re.compile(r"(?<=[.])\s+(?=[A-Z0-9✅⚠📵🔎])")
_FAMILIES = {
    "active probing": Family.ACTIVE_PROBING,
    "google traffic": Family.TRAFFIC,
    "bgp routing": Family.CONTROL_PLANE,
    "network telescope": Family.TELESCOPE,
}
_FAMILY = "|".join(_FAMILIES)
# The things that a sentence may call missing, each with the family that measures it.
_MISSING = {
    "answer probes": Family.ACTIVE_PROBING,
    "google traffic": Family.TRAFFIC,
    "bgp routes": Family.CONTROL_PLANE,
    "network telescope": Family.TELESCOPE,
}
_HALF = 0.495
"""A level below this is printed as under 50%; its missing share is called "most"."""
_COUNTS = {"two": 2, "three": 3, "four": 4}


@dataclass(frozen=True, slots=True)
class _Context:
    """A sentence, with what is needed to understand its times.

    Attributes:
        published_at: when the sentence was published; aware, UTC.
        last_named_time: the time that the text named most recently before the sentence;
            None if it named none.
    """

    sentence: str
    published_at: datetime
    last_named_time: datetime | None

    def times(self, text: str) -> list[datetime]:
        return read_times(text, self.published_at, self.last_named_time)

    def says(self, kind: Kind, **claim: object) -> Statement:
        return Statement(kind, self.sentence, **claim)  # type: ignore[arg-type]


_Reader = Callable[[re.Match[str], _Context], Iterator[Statement]]


def read(text: str, published_at: datetime) -> list[Statement]:
    """Return the claims of a text that was published at `published_at` (aware, UTC)."""
    text = without_stops(re.sub(r"https?://\S+", "", text).replace("\n", " "))
    statements = list(_read_clocks(text, published_at))
    # Local times in brackets are removed, because they repeat the times in UTC.
    plain = re.sub(r"\s*\([^()]*\bin [A-Z][^()]*\)", "", text)
    last_named_time: datetime | None = None
    for sentence in filter(None, map(str.strip, _SENTENCE.split(plain))):
        for statement in _read_sentence(
            _Context(sentence, published_at, last_named_time)
        ):
            statements.append(statement)
            # A later time without a date is on the day of this statement's time.
            last_named_time = statement.until or last_named_time
    return statements


def without_stops(text: str) -> str:
    """Return a text without the full stops after abbreviations such as "St."."""
    return text.replace("St. ", "St ").replace("U.S. ", "US ")


def _read_clocks(text: str, published_at: datetime) -> Iterator[Statement]:
    for m in LOCAL_TIMES.finditer(text):
        yield Statement(Kind.LOCAL, m[0], word=m["city"], clocks=local_clocks(m))
    for m in re.finditer(WEEKDAY, text):
        right = weekday_name(date(m[2], m[3], published_at))
        yield Statement(Kind.WEEKDAY, m[0], word=m[1], names=(right,))


def _read_sentence(context: _Context) -> Iterator[Statement]:
    statements = [
        statement
        for pattern, reader in _READERS
        for m in re.finditer(pattern, context.sentence)
        for statement in reader(m, context)
    ]
    if statements:
        yield from statements
        return
    neutral = re.search(_NEUTRAL, context.sentence)
    yield Statement(Kind.NEUTRAL if neutral else Kind.UNREAD, context.sentence)


def _level(text: str) -> float:
    return 0.005 if text.startswith("less") else float(text.rstrip("%")) / 100


def _names(text: str) -> tuple[str, ...]:
    """Return the names in a list; an item such as "3 more" is left out."""
    names = re.split(r", | and ", text)
    return tuple(n for n in names if n and not re.fullmatch(r"\d+ (?:more|others?)", n))


def _read_now(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    times = context.times(m["time"])
    if times:
        yield context.says(Kind.NOW, level=_level(m["level"]), until=times[-1])


def _read_title(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    """Read from a title the level of the named parts, or of the place.

    A title names no time, so the claim is about the newest readings.
    """
    for name in _names(m["name"]) if m["name"] else [None]:
        names = (name,) if name else ()
        yield context.says(Kind.NOW, level=_level(m["level"]), names=names)


def _read_affected_level(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    """Read the level that a sentence gives for all affected parts together."""
    level, times = _level(m["level"]), context.times(m["time"])
    yield context.says(Kind.NOW, level=level, highest=level, until=times[-1])


def _read_range(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    times = context.times(m.groupdict().get("time") or "")
    yield context.says(
        Kind.NOW,
        level=_level(f"{m['low']}%"),
        highest=_level(f"{m['high']}%"),
        until=times[-1] if times else None,
    )


def _read_levels(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    """Read a list of measurements, regions or networks with their levels."""
    times = context.times(m.groupdict().get("time") or "")
    list_time = times[-1] if times else None
    named = (
        rf"(?:^|, | and |: )(?P<name>[^,:()]+?)(?: is)?(?: at)? {_PERCENT}"
        r"(?: \((?:at )?(?P<own>[^)]*)\))?"
    )
    for item in re.finditer(named, m["levels"]):
        own = _own_time(item["own"], list_time, context) if item["own"] else list_time
        family = _FAMILIES.get(item["name"].lower())
        yield context.says(
            Kind.NOW,
            level=_level(item["level"]),
            family=family,
            names=() if family else (item["name"],),
            until=own,
        )


def _read_missing(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    """Read clauses such as "most BGP routes are still missing (4% of normal)".

    If "most" or "some" does not fit the level, a statement that is always false follows.
    """
    times = context.times(m.groupdict().get("time") or "")
    when = times[-1] if times else None
    named = (
        rf"(?P<share>[Mm]ost|[Ss]ome) [^()]*?(?P<family>{'|'.join(_MISSING)})[^(]*"
        rf"\({_PERCENT} of normal(?: at (?P<own>[^)]*))?\)"
    )
    for clause in re.finditer(named, m["clauses"], flags=re.IGNORECASE):
        level = _level(clause["level"])
        own = _own_time(clause["own"], when, context) if clause["own"] else when
        family = _MISSING[clause["family"].lower()]
        yield context.says(Kind.NOW, level=level, family=family, until=own)
        if (clause["share"].lower() == "most") != (level < _HALF):
            yield context.says(Kind.SEVERITY, word="most")


def _own_time(
    text: str, list_time: datetime | None, context: _Context
) -> datetime | None:
    """Return the time in the brackets after one level of a list.

    If the brackets have no time, the result is `list_time`, the time of the other levels. A
    time without a date is on the day of `list_time`.
    """
    times = context.times(text)
    if not times:
        return list_time
    if list_time is None or re.search("[A-Z][a-z]", text):
        return times[-1]
    return list_time.replace(hour=times[-1].hour, minute=times[-1].minute)


def _read_slightly_below(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    """Read a list of levels that are called slightly below normal.

    If a level does not fit these words, a claim that is never true is added.
    """
    for statement in _read_levels(m, context):
        yield statement
        if not _HALF < statement.level < 1.0:
            yield context.says(Kind.SEVERITY, word="slightly below")


def _read_lowest(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    yield context.says(Kind.LOWEST, level=_level(m["level"]))


def _read_lowest_point(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    family = _FAMILIES.get(m["name"].lower())
    names = () if family else (m["name"],)
    times = context.times(m["time"])
    claim = {"level": _level(m["level"]), "family": family, "names": names}
    yield context.says(Kind.LOWEST, **claim)
    yield context.says(Kind.NOW, until=times[-1], **claim)


def _read_began(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    yield from _interval(Kind.BEGAN, m["time"], context)


def _read_ended(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    yield from _interval(Kind.ENDED, m["time"], context)


def _interval(kind: Kind, text: str, context: _Context) -> Iterator[Statement]:
    text = text.split(", not ")[0]
    times = context.times(text)
    if "around" in text and times:
        yield context.says(
            kind, since=times[0] - AROUND_TOLERANCE, until=times[0] + AROUND_TOLERANCE
        )
    elif len(times) > 1:
        yield context.says(kind, since=times[0], until=times[1])


def _read_lasted(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    shortest, longest = read_lengths(m["length"])
    yield context.says(Kind.LASTED, shortest=shortest, longest=longest)


def _read_cuts(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    shortest, longest = read_lengths(m["length"])
    yield context.says(
        Kind.CUTS, shortest=shortest, longest=longest, count=int(m["count"])
    )


def _read_severity(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    yield context.says(Kind.SEVERITY, word=m["word"].lower())


def _read_scope(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    yield context.says(Kind.SCOPE, word=m["word"].lower())


def _read_normal(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    for name in _names(re.sub(r" \(IODA\)| at (?:less than )?\d+%", "", m["names"])):
        family = _FAMILIES.get(name.lower())
        yield context.says(
            Kind.NORMAL,
            families=(family,) if family else (),
            names=() if family else (name,),
        )


def _read_measured(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    named = re.findall(_FAMILY, m[0], flags=re.IGNORECASE)
    count = _COUNTS.get((m.groupdict().get("count") or "").lower(), len(named))
    yield context.says(
        Kind.MEASURED,
        families=tuple(_FAMILIES[name.lower()] for name in named),
        count=count,
    )


def _read_affected(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    yield context.says(Kind.AFFECTED, names=_names(m["names"]))


def _says(kind: Kind) -> _Reader:
    def reader(_: re.Match[str], context: _Context) -> Iterator[Statement]:
        yield context.says(kind)

    return reader


_RANGE = r"(?P<low>\d+)–(?P<high>\d+)%"  # noqa: RUF001 -- the printed en dash
_ITS_TIME = r"of normal levels(?: at |, | \()(?P<time>[^.)]+)"
_CLAUSES = r"(?P<clauses>(?:most|some) [^.]+)"
_IT = r"(?:Connectivity|It|it)(?: in [^.]*?)? is"
_ONE = r"(?!Connectivity |It )[A-Z][^.:%]*? is at (?:less than )?\d+%"
_COUNTED = r"(?:(?P<count>[Tt]wo|[Tt]hree|[Ff]our) i|[Ii])ndependent measurements"
_READERS: tuple[tuple[str, _Reader], ...] = (
    (rf"(?:^At|{_IT} at|reads|^Level [^:]*:) {_PERCENT} {_ITS_TIME}", _read_now),
    (rf"(?:[Aa]t|now:|affected:) {_RANGE} {_ITS_TIME}", _read_range),
    (rf"affected: {_PERCENT} {_ITS_TIME}", _read_affected_level),
    (rf"(?:At|As of) (?P<time>[^,]+), {_CLAUSES}", _read_missing),
    (rf"Partly back in [^;]+; {_CLAUSES}", _read_missing),
    (
        r"(?:onnectivity (?:of|in) (?:the )?(?P<name>[A-Z].*?) )?"
        r"(?:(?:is|is back|is partly back,|falls|falls again,|stands) )?"
        rf"(?:at|to) {_PERCENT} of normal levels(?: \(#\w+\))?\.?$",
        _read_title,
    ),
    (rf"(?:at|to) {_RANGE} of normal levels\.?$", _read_range),
    (r"[Ss]till down at (?P<time>.+?): (?P<levels>[^.]+)", _read_levels),
    (r"[Ss]till down: (?P<levels>[^.]+ \((?P<time>[^)]*)\))\.?$", _read_levels),
    (r"[Ss]till down: (?P<levels>[^.()]+)\.?$", _read_levels),
    (r"^At (?P<time>[^:]*:\d\d[^:]*): (?P<levels>[^.]+)", _read_levels),
    (rf"^(?:Networks: )?(?P<levels>{_ONE}[^.]*?)(?: {_ITS_TIME})?\.?$", _read_levels),
    (r"^Signals down: (?P<levels>[^.]+)", _read_levels),
    (r"^Signals slightly below[^:]*: (?P<levels>[^.]+)", _read_slightly_below),
    (r"^(?:Regions|Networks): (?P<levels>[^.]*%[^.]*)", _read_levels),
    (rf"lowest (?:so far )?was {_PERCENT}", _read_lowest),
    (rf"^Lowest(?: so far)?: {_PERCENT}", _read_lowest),
    (rf"as the lowest; (?:by revised readings )?it was {_PERCENT}", _read_lowest),
    (rf"^Lowest: (?P<name>.+?) {_PERCENT} at (?P<time>[^.]+)", _read_lowest_point),
    (
        r"(?:began|Began:) (?P<time>[^.]+?)(?= and ended|[.]|$)",
        _read_began,
    ),
    (r"(?:ended|Ended:) (?P<time>[^.]+)", _read_ended),
    (r"(?:lasted|Lasted:|Lasting:) (?P<length>[^.]+)", _read_lasted),
    (
        r"There (?:were|have been) (?P<count>\d+) cuts(?: so far)?, (?P<length>[^.]+)",
        _read_cuts,
    ),
    (r"(?P<word>minor|significant|blackout|near-total)", _read_severity),
    (r"(?P<word>[Nn]ation-scale|[Rr]egional)", _read_scope),
    (
        r"back (?:to|at) normal levels|drop in connectivity [^.]* is over",
        _says(Kind.BACK),
    ),
    (r"[Pp]artly back", _says(Kind.PARTLY)),
    (r"dropped again|fallen back|falls again", _says(Kind.AGAIN)),
    (r"we withdraw|is withdrawn", _says(Kind.WITHDRAWN)),
    (r"Normal again: (?P<names>[^.]+)", _read_normal),
    (r"Back: (?P<names>[^.]+)", _read_normal),
    (r"Partly back in [^:]+: (?P<names>[^;.]+)", _read_normal),
    (r"Signals at normal levels: (?P<names>[^.]+)", _read_normal),
    (r"^(?:Affected|Regions|Networks): (?P<names>[^.%]+)\.?$", _read_affected),
    (rf"{_COUNTED}[^.]*", _read_measured),
    (r"[Oo]ne source \([^)]*\)", _read_measured),
    (r"^Measured by [^.]+", _read_measured),
)
_NEUTRAL = (
    r"cause is not known|may still be restricted|[Nn]ot corroborated|^Source: |This is as of"
    r"|connectivity is missing|No level can be given|no level can be given|^The report, with"
    r"|[Nn]o reading (?:of [^.]*?)?since |^It began as |^Line chart: .*: no reading since |^\W*(?:Confirmed|Update): |^(?:State|Place): |^Signals (?:without a current reading|whose change [^:]*): "
    r"|^Signals: |^Percent of |^100% is |^Gaps in the lines|^\W*Correction: |^Corrected: "
    r"|^The data as of .* no longer support it|has become the usual one, so it may be"
)
