"""Candidate rules: a TOML file of the values that differ from the live rules.

    name = "later-probing"

    [thresholds]
    hold = "2h"
    limits.active-probing = { on = 0.75, off = 0.9 }

    [pace]
    update_every = "12h"

`[thresholds]` may set any field of `Thresholds`, and `[pace]` any field of
`EventTiming`. The file may also change rows of the verdict table (see
`candidate_rows`). All other fields keep their live values. Candidate rules are scored
and shown on the scorecard, but never publish anything.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Annotated, Any, Self, get_type_hints

from pydantic import Field, ValidationError, create_model, model_validator

from bot.detection.fusion.rules import VerdictRule
from bot.detection.thresholds import Limit, Thresholds
from bot.errors import ConfigError
from bot.evaluation.candidate_rows import CandidateRow, Slug, candidate_table
from bot.evaluation.threshold_provenance import thresholds_of
from bot.incidents.steps import EventTiming
from bot.model.signal import Family
from bot.settings import Duration, Section
from bot.tick.rules import AssessmentRules

_Fraction = Annotated[float, Field(gt=0, lt=1)]


class _Limit(Section):
    on: _Fraction
    off: _Fraction

    @model_validator(mode="after")
    def _exit_above_entry(self) -> Self:
        # If `off` were below `on`, a reading between the two would begin a drop and end it
        # at once, again and again.
        if self.off < self.on:
            raise ValueError(
                "a drop must not end at a lower level than it begins: off >= on"
            )
        return self


_Limits = dict[Annotated[Family, Field(strict=False)], _Limit]
_FIELD_TYPES: Mapping[Any, Any] = {
    timedelta: Duration,
    float: Annotated[float, Field(gt=0)],
    int: Annotated[int, Field(gt=0)],
    Mapping[Family, Limit]: _Limits,
    Mapping[str, Limit]: dict[str, _Limit],
}
"""For each type of field in the rules, the type of such a field in the file."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One difference between the live and the candidate rules.

    For a row of the verdict table, the value is the row's position, counted from 1.

    Attributes:
        live: the value in the live rules; None if the live rules have no such value.
        candidate: the value in the candidate rules; None if they have no such value.
    """

    name: str
    live: float | None
    candidate: float | None


@dataclass(frozen=True, slots=True)
class CandidateRules:
    """Candidate rules and their name."""

    name: str
    rules: AssessmentRules

    def changes(self, live_rules: AssessmentRules) -> tuple[RuleChange, ...]:
        """Return the changed values, then the added and removed rows, sorted by name."""
        old = {t.name: t.value for t in thresholds_of(live_rules)}
        new = {t.name: t.value for t in thresholds_of(self.rules)}
        return tuple(
            RuleChange(name, old.get(name), new.get(name))
            for name in sorted(old | new)
            if old.get(name) != new.get(name)
        ) + _changed_rows(live_rules, self.rules)


def _changed_rows(
    live_rules: AssessmentRules, candidate_rules: AssessmentRules
) -> tuple[RuleChange, ...]:
    """Return the rows that only one of the two tables has, each with its position."""
    old, new = (
        {r.id: n for n, r in enumerate(x.table, 1)}
        for x in (live_rules, candidate_rules)
    )
    return tuple(
        RuleChange(f"row.{name}", _as_float(old.get(name)), _as_float(new.get(name)))
        # Rows that both tables have are left out. They are equal, even if an inserted
        # row has moved them to other positions.
        for name in sorted(old.keys() ^ new.keys())
    )


def _as_float(position: int | None) -> float | None:
    return None if position is None else float(position)


def read_candidate_rules(
    text: str, file_name: str, live_rules: AssessmentRules
) -> CandidateRules:
    """Return the candidate rules: the live rules with the values that `text` sets.

    Args:
        text: TOML as in the module's docstring.
        file_name: the file's name, for error messages.
        live_rules: the live rules, which supply each value that the file does not set.

    Raises:
        ConfigError: the file is not valid TOML; or keys or values are wrong (the
            message names each of them); or rows do not fit the verdict table; or
            nothing is changed.
    """
    parsed = _parse(text, file_name)
    rules = replace(
        live_rules,
        thresholds=_with_overrides(live_rules.thresholds, parsed.thresholds),
        timing=_with_overrides(live_rules.timing, parsed.pace),
        table=_verdict_table(live_rules, parsed, file_name),
    )
    candidate = CandidateRules(parsed.name, rules)
    # A file that changes nothing is refused, because the scorecard would show the live
    # rules twice.
    if not candidate.changes(live_rules):
        raise ConfigError(
            (
                f"{file_name}: the file changes nothing; set a value that differs from the live one",
            )
        )
    return candidate


def _parse(text: str, file_name: str) -> Any:  # noqa: ANN401 - a generated model
    """Return the content of the file, validated.

    Raises:
        ConfigError: the file is not valid TOML, or has wrong keys or values. The
            message names each of them (P16).
    """
    try:
        return _file_model().model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError((f"{file_name}: {error}",)) from error
    except ValidationError as error:
        raise ConfigError(
            tuple(
                f"{file_name}: {'.'.join(map(str, e['loc']))}: {e['msg']}"
                for e in error.errors()
            )
        ) from error


def _verdict_table(
    live_rules: AssessmentRules,
    parsed: Any,  # noqa: ANN401 - a generated model
    file_name: str,
) -> tuple[VerdictRule, ...]:
    try:
        return candidate_table(live_rules.table, parsed.without, parsed.rows)
    except ValueError as error:
        raise ConfigError((f"{file_name}: {error}",)) from error


def _file_model() -> type[Section]:
    """Return the model of the file, generated from the fields of the rules.

    Because the model is generated, candidate rules can set a new threshold without a
    change to this module.
    """
    models = {
        "thresholds": _section_model(Thresholds),
        "pace": _section_model(EventTiming),
    }
    tables: dict[str, Any] = {
        name: (model, Field(default_factory=model)) for name, model in models.items()
    }
    tables["without"] = tuple[Slug, ...], Field(default=(), strict=False)
    tables["rows"] = tuple[CandidateRow, ...], Field(default=(), strict=False)
    return create_model("CandidateFile", __base__=Section, name=(Slug, ...), **tables)


def _section_model(rules: type[Thresholds | EventTiming]) -> type[Section]:
    types = get_type_hints(rules)
    file_types: dict[str, Any] = {
        f.name: (_FIELD_TYPES.get(types[f.name], types[f.name]), None)
        for f in fields(rules)
    }
    return create_model(rules.__name__, __base__=Section, **file_types)


def _with_overrides(live_part: Any, section: Section) -> Any:  # noqa: ANN401 - either part of the rules
    """Return `live_part` with the values that `section` sets.

    A limit that `section` does not list keeps its live value.
    """
    values: dict[str, Any] = {}
    # Only fields that the file sets are used. The default of another field would
    # override the live value.
    for name in sorted(section.model_fields_set):
        value = getattr(section, name)
        if isinstance(value, dict):
            limits = {key: Limit(limit.on, limit.off) for key, limit in value.items()}
            value = {**getattr(live_part, name), **limits}
        values[name] = value
    return replace(live_part, **values)
