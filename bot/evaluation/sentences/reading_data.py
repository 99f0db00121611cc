"""Reads the claims of `incident.json`, as another program would."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.evaluation.sentences.statements import Kind, Statement
from bot.model.signal import Family

Json = Mapping[str, Any]
_FILE = "incident.json"
_OVER = frozenset({"restored", "partly-restored"})
_WITHDRAWN = "retracted"
_WHOLE = "national"


def read_data(document: Json) -> list[Statement]:
    """Return the claims in `incident.json`; the sentence of each claim names the file.

    Args:
        document: the content of the file. Times are texts, UTC, to the second; levels
            are fractions of the normal level.

    Raises:
        KeyError: a field is missing.
        ValueError: a time or a family cannot be read.
    """
    # If the incident is withdrawn, only its state is read: the other fields still have
    # what was published before.
    withdrawn = document["state"] == _WITHDRAWN
    claims = [Statement(Kind.WITHDRAWN, "state: retracted")]
    return [
        replace(claim, sentence=f"{_FILE}, {claim.sentence}")
        for claim in (claims if withdrawn else _read_facts(document))
    ]


def _read_facts(document: Json) -> Iterator[Statement]:
    yield from _read_levels(document)
    yield from _read_limits("onset", Kind.BEGAN, document["onset"])
    yield from _read_limits("restored", Kind.ENDED, document["restored"])
    yield from _read_cuts(document)
    yield _read_severity(document)
    yield _read_scope(document)


def _read_levels(document: Json) -> Iterator[Statement]:
    """Read the level of the place, and the level of each of its signals.

    Telescopes are left out: their counts may double by chance, and no page gives them
    as levels.
    """
    if document["level"] is not None:
        at = document["level_read_at"]
        yield Statement(
            Kind.NOW,
            f"level: {document['level']:.3f} at {at}",
            level=document["level"],
            until=_time(at) if at else None,
        )
    for signal in document["signals"]:
        family = Family(signal["family"])
        if signal["level"] is not None and family is not Family.TELESCOPE:
            yield Statement(
                Kind.NOW,
                f"{signal['id']}: {signal['level']:.3f} at {signal['read_at']}",
                level=signal["level"],
                family=family,
                until=_time(signal["read_at"]),
            )


def _read_limits(name: str, kind: Kind, limits: Json | None) -> Iterator[Statement]:
    """Read the interval in which something began or ended; yield nothing for None."""
    if limits is not None:
        text = f"{name}: {limits['from']} to {limits['to']}"
        since, until = _time(limits["from"]), _time(limits["to"])
        yield Statement(kind, text, since=since, until=until)


def _read_cuts(document: Json) -> Iterator[Statement]:
    """Read when each cut began and ended, the number of cuts, and their duration."""
    cuts: Sequence[Json] = document["cuts"]
    for number, cut in enumerate(cuts, start=1):
        yield from _read_limits(f"cut {number} began", Kind.BEGAN, cut["began"])
        yield from _read_limits(f"cut {number} ended", Kind.ENDED, cut["ended"])
    as_of = document["as_of"]
    lengths = [_lengths(cut, as_of) for cut in cuts]
    shortest = sum((length[0] for length in lengths), timedelta(0))
    longest = sum((length[1] for length in lengths), timedelta(0))
    # If any cut may be two cuts, the file makes no claim about the number of cuts.
    counted = len(cuts) > 1 and not any(_may_hide_another(c, as_of) for c in cuts)
    yield Statement(
        Kind.CUTS if counted else Kind.LASTED,
        f"cuts: {len(cuts)}, between {shortest} and {longest} in all",
        shortest=shortest,
        longest=longest,
        count=len(cuts),
    )


def _may_hide_another(cut: Json, as_of: str) -> bool:
    """Return whether a cut may be two cuts.

    There are three reasons. For a time within the cut, no series was seen low
    (`unseen`). Or readings are missing before the cut (`silent_before`). Or the
    beginning or end is known only to an interval of more than six hours.
    """
    seen = min(cut["seen_until"] or as_of, as_of)
    limits = [cut["began"], cut["ended"] or {"from": seen, "to": as_of}]
    widths = [_time(limit["to"]) - _time(limit["from"]) for limit in limits]
    hidden = cut["unseen"] or cut["silent_before"]
    return bool(hidden or max(widths) > timedelta(hours=6))


def _lengths(cut: Json, as_of: str) -> tuple[timedelta, timedelta]:
    """Return the shortest and the longest possible duration of a cut.

    If a cut is not over, its end is assumed between `seen_until` and `as_of`. The shortest
    duration leaves out the interval `unseen`, which lies in the cut. The longest duration
    includes the interval `silent_before`, which lies before the cut.
    """
    seen = min(cut["seen_until"] or as_of, as_of)
    began, ended = cut["began"], cut["ended"] or {"from": seen, "to": as_of}
    shortest = _time(ended["from"]) - _time(began["to"])
    if cut["unseen"]:
        shortest -= _time(cut["unseen"]["to"]) - _time(cut["unseen"]["from"])
    longest = _time(ended["to"]) - _time(began["from"])
    if silence := cut["silent_before"]:
        longest += _time(silence["to"]) - _time(silence["from"])
    return max(shortest, timedelta(0)), max(longest, timedelta(0))


def _read_severity(document: Json) -> Statement:
    """Read the severity.

    If the incident is restored or partly restored, "(state: restored)" is added to the
    sentence. `fits_severity` then accepts the severity of an earlier time, too.
    """
    word, over = document["severity"], document["state"] in _OVER
    text = f"severity: {word}" + (" (state: restored)" if over else "")
    return Statement(Kind.SEVERITY, text, word=word)


def _read_scope(document: Json) -> Statement:
    """Read whether the whole place was disrupted, or only parts of it."""
    word = "nation-scale" if document["scope"] == _WHOLE else "regional"
    return Statement(Kind.SCOPE, f"scope: {document['scope']}", word=word)


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
