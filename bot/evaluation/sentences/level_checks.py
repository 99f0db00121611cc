"""Compares levels in statements, and words for levels, with the truth."""

import re

import numpy as np

from bot.evaluation.sentences.reading import without_stops
from bot.evaluation.sentences.seen_cuts import Publication
from bot.evaluation.sentences.statements import Statement
from bot.evaluation.sentences.truth import Floats, Truth
from bot.model.signal import Family

_NOISE = 0.1
"""The least tolerance of a printed level: generated series have noise, as real ones do.

Noise is a share of the level, so the tolerance grows with the level (see `_reads`)."""
_ABOVE = 0.15
"""The least tolerance for a traffic level, if this level is above normal.

If the baseline of traffic does not depend on the weekday, it is off by up to a fifth.
"""
_SPREADS = 3.0
"""How far a printed level may be from the truth, in standard deviations of its series.

The baseline has noise too. The resulting error grows with the level (see `_reads`).
"""
_LOWEST_SPREADS = 4.0
"""As `_SPREADS`, but for a level that is called the lowest.

It is larger, because the lowest of many readings lies farther from the truth than a
single reading."""
_SEVERITIES = {
    "minor": (0.75, 1.1),
    "moderate": (0.50, 0.75),
    "significant": (0.20, 0.50),
    "major": (0.20, 0.50),
    "blackout": (0.0, 0.20),
    "near-total": (0.0, 0.20),
}
_NORMAL = 0.75
"""The least level at which a measurement may be called normal again.

Twice the noise of the measurement is subtracted from this level.
"""
_STANDS = 0.98
"""A family that was never below this level shows no outage."""


def has_stated_level(
    statement: Statement, truth: Truth, publication: Publication
) -> bool:
    """Return whether each named part has the stated level at the stated time.

    If no part is named, the place is compared. A range of levels is compared by
    `_spans`.
    """
    if statement.highest is not None:
        return _spans(statement, truth, publication)
    subjects = parts_named(statement.names, truth)
    return bool(subjects) and all(
        _reads(statement, statement.level, subject, publication) for subject in subjects
    )


def _spans(statement: Statement, truth: Truth, publication: Publication) -> bool:
    """Return whether each end of a range of levels is the level of some part."""
    ends = (statement.level, statement.highest or 0.0)
    return all(
        any(_reads(statement, end, part, publication) for part in truth.parts.values())
        for end in ends
    )


def parts_named(names: tuple[str, ...], truth: Truth) -> list[Truth]:
    """Return the truth about each named part; about the place if no name is given.

    The list is empty if a name is unknown.
    """
    if not names:
        return [truth]
    by_name = {without_stops(t.name): t for t in (truth, *truth.parts.values())}
    parts = [by_name.get(name) for name in names]
    return [] if None in parts else [part for part in parts if part is not None]


def _reads(
    statement: Statement, level: float, truth: Truth, publication: Publication
) -> bool:
    """Return whether the true level of a family is close to `level`.

    Any family may fit; if the statement names a family, only this family is compared.
    Any of the newest bins may fit; if the statement names a time, only this time is
    compared.
    """
    families = [statement.family] if statement.family else truth.families
    return any(
        bool(
            np.any(
                abs(_levels_then(statement, truth, f, publication) - level)
                <= _tolerance_above(truth, f, level) * (1 + level)
            )
        )
        for f in families
        if f in truth.remaining_levels
    )


def _levels_then(
    statement: Statement, truth: Truth, family: Family, publication: Publication
) -> Floats:
    if statement.until is None:
        return truth.levels(family, publication.earliest_present, publication.time)
    return np.array([truth.level_at(family, statement.until)])


def _tolerance_above(truth: Truth, family: Family, level: float) -> float:
    """Return the tolerance for a level; traffic above normal has a larger tolerance."""
    above = family is Family.TRAFFIC and level > 1
    return max(_ABOVE if above else 0.0, _tolerance(truth, family))


def _tolerance(truth: Truth, family: Family, spreads: float = _SPREADS) -> float:
    """Return how far a level may be from the truth.

    `_reads` allows more for high levels.
    """
    return max(_NOISE, spreads * truth.noise[family])


def is_lowest_level(
    statement: Statement, truth: Truth, publication: Publication
) -> bool:
    """Return whether the stated level was the lowest until the text was published."""
    subjects = parts_named(statement.names, truth)
    if statement.family is not None:
        return _fell_to_stated_level(statement, statement.family, subjects, publication)
    if not statement.names:
        subjects += truth.parts.values()
    return any(
        bool(
            np.any(
                abs(_lowest_so_far(subject, family, publication) - statement.level)
                <= _tolerance(subject, family, _LOWEST_SPREADS)
            )
        )
        for subject in subjects
        for family in Family
        if family in subject.remaining_levels
    )


def _fell_to_stated_level(
    statement: Statement,
    family: Family,
    subjects: list[Truth],
    publication: Publication,
) -> bool:
    """Return whether a family really fell to the stated lowest level.

    The true lowest level may be even lower: no reading shows the level of a silent
    family.
    """
    return all(
        statement.level
        >= float(_lowest_so_far(subject, family, publication)[-1])
        - _tolerance(subject, family, _LOWEST_SPREADS)
        for subject in subjects
    )


def _lowest_so_far(truth: Truth, family: Family, publication: Publication) -> Floats:
    """Return, for each of the newest bins, the lowest level up to this bin.

    It is not known which of the newest bins was the last one when the text was written,
    so each of them has its own lowest level.
    """
    levels = truth.levels(family, publication.since, publication.time)
    newest = len(truth.levels(family, publication.earliest_present, publication.time))
    return np.asarray(np.minimum.accumulate(levels)[-newest:])


def _minimum(truth: Truth, family: Family, publication: Publication) -> float:
    return float(np.min(truth.levels(family, publication.since, publication.time)))


def fits_severity(statement: Statement, truth: Truth, publication: Publication) -> bool:
    """Return whether a family of the place or of a part had the stated severity."""
    if statement.word not in _SEVERITIES:
        return False
    low, high = _SEVERITIES[statement.word]
    # A sentence with one of these phrases may be about any time since the beginning of
    # the incident. Any other sentence is about the present.
    over = re.search("estored|at its worst|partly back after", statement.sentence)
    since = publication.since if over else publication.earliest_present
    subjects = (truth, *truth.parts.values())
    levels = [
        (subject.levels(f, since, publication.time), _tolerance(subject, f))
        for subject in subjects
        for f in subject.families
    ]
    # Only families that have fallen show how deep the disruption is. If there are none,
    # all families are compared.
    fallen = [(part, noise) for part, noise in levels if np.any(part < _STANDS)]
    return any(
        bool(np.any((part >= low - noise) & (part <= high + noise)))
        for part, noise in fallen or levels
    )


def is_normal(statement: Statement, truth: Truth, publication: Publication) -> bool:
    """Return whether each named family is normal in each named part.

    Without named families, all families must be normal. Without named parts, the place
    must be normal.
    """
    subjects = parts_named(statement.names, truth)
    return bool(subjects) and all(
        float(
            np.max(
                subject.levels(family, publication.earliest_present, publication.time)
            )
        )
        >= _NORMAL - 2 * subject.noise[family]
        for subject in subjects
        for family in statement.families or subject.families
    )


def is_partly_back(_: Statement, truth: Truth, publication: Publication) -> bool:
    """Return whether a family of the place or a part is well above its lowest level."""
    return any(
        float(
            np.max(
                subject.levels(family, publication.earliest_present, publication.time)
            )
        )
        > _minimum(subject, family, publication) + 0.1
        for subject in (truth, *truth.parts.values())
        for family in subject.families
    )
