"""Rules on trial: a TOML of the numbers that differ, judged beside the live ones.

    name = "later-probing"

    [thresholds]
    hold = "2h"
    limits.active-probing = { on = 0.75, off = 0.9 }

    [pace]
    update_every = "12h"

Any field of `Thresholds` and of `Pace` may stand in it, and rows of the table of
verdicts (see `shadow_rows`); what is left out stays as it is. Shadow rules are scored
and shown; nothing is ever told by them.
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
from bot.evaluation.candidate_rows import CandidateRow, Slug, table
from bot.evaluation.threshold_provenance import thresholds_of
from bot.incidents.transitions import Pace
from bot.model.signal import Family
from bot.settings import Duration, Section
from bot.tick.assessment import Rules

_Fraction = Annotated[float, Field(gt=0, lt=1)]


class _Limit(Section):
    on: _Fraction
    off: _Fraction

    @model_validator(mode="after")
    def _exit_above_entry(self) -> Self:
        if self.off < self.on:
            raise ValueError("a drop ends above where it begins: off >= on")
        return self


_Limits = dict[Annotated[Family, Field(strict=False)], _Limit]
_FORMS: Mapping[Any, Any] = {
    timedelta: Duration,
    float: Annotated[float, Field(gt=0)],
    int: Annotated[int, Field(gt=0)],
    Mapping[Family, Limit]: _Limits,
    Mapping[str, Limit]: dict[str, _Limit],
}
"""How a field of the rules is written, by its type; another type as it is."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One number that the rules on trial have otherwise; None: there is none.

    Of a row of the table it is its place.
    """

    name: str
    live: float | None
    shadow: float | None


@dataclass(frozen=True, slots=True)
class CandidateRules:
    """Rules on trial, and what they are called."""

    name: str
    rules: Rules

    def changes(self, live: Rules) -> tuple[RuleChange, ...]:
        """What differs from the live rules, by name."""
        ours = {t.name: t.value for t in thresholds_of(live)}
        theirs = {t.name: t.value for t in thresholds_of(self.rules)}
        return tuple(
            RuleChange(name, ours.get(name), theirs.get(name))
            for name in sorted(ours | theirs)
            if ours.get(name) != theirs.get(name)
        ) + _rows_changed(live, self.rules)


def _rows_changed(live: Rules, trial: Rules) -> tuple[RuleChange, ...]:
    """The rows that only one of the tables has, each with its place there."""
    ours, theirs = ({r.id: n for n, r in enumerate(x.table, 1)} for x in (live, trial))
    return tuple(
        RuleChange(f"row.{name}", _number(ours.get(name)), _number(theirs.get(name)))
        for name in sorted(ours.keys() ^ theirs.keys())
    )


def _number(place: int | None) -> float | None:
    return None if place is None else float(place)


def read_candidate_rules(text: str, where: str, live: Rules) -> CandidateRules:
    """The rules on trial that `text` describes, made from the live ones.

    Args:
        text: TOML, as above.
        where: what the file is called in messages.
        live: what stays where the file says nothing.

    Raises:
        ConfigError: naming `where` and every wrong key at once.
    """
    try:
        told: Any = _file().model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError((f"{where}: {error}",)) from error
    except ValidationError as error:
        raise ConfigError(
            tuple(
                f"{where}: {'.'.join(map(str, e['loc']))}: {e['msg']}"
                for e in error.errors()
            )
        ) from error
    rules = replace(
        live,
        thresholds=_changed(live.thresholds, told.thresholds),
        pace=_changed(live.pace, told.pace),
        table=_table_of(live, told, where),
    )
    shadow = CandidateRules(told.name, rules)
    if not shadow.changes(live):
        raise ConfigError((f"{where}: it changes nothing; name a threshold",))
    return shadow


def _table_of(live: Rules, told: Any, where: str) -> tuple[VerdictRule, ...]:  # noqa: ANN401 - a made-up model
    try:
        return table(live.table, told.without, told.rows)
    except ValueError as error:
        raise ConfigError((f"{where}: {error}",)) from error


def _file() -> type[Section]:
    """The file's form, made from the fields of the rules themselves."""
    tables: dict[str, Any] = {
        name: (form, Field(default_factory=form))
        for name, form in (("thresholds", _table(Thresholds)), ("pace", _table(Pace)))
    }
    tables["without"] = tuple[Slug, ...], Field(default=(), strict=False)
    tables["rows"] = tuple[CandidateRow, ...], Field(default=(), strict=False)
    return create_model("ShadowFile", __base__=Section, name=(Slug, ...), **tables)


def _table(rules: type[Thresholds | Pace]) -> type[Section]:
    types = get_type_hints(rules)
    forms: dict[str, Any] = {
        f.name: (_FORMS.get(types[f.name], types[f.name]), None) for f in fields(rules)
    }
    return create_model(rules.__name__, __base__=Section, **forms)


def _changed(live: Any, told: Section) -> Any:  # noqa: ANN401 - either part of the rules
    """`live` with what was told; limits are added to those that there are."""
    found: dict[str, Any] = {}
    for name in sorted(told.model_fields_set):
        value = getattr(told, name)
        if isinstance(value, dict):
            limits = {key: Limit(one.on, one.off) for key, one in value.items()}
            value = {**getattr(live, name), **limits}
        found[name] = value
    return replace(live, **found)
