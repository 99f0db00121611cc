"""Phrases about a disruption: noun, missing share, baseline and changes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.model.entity import EntityKind
from bot.model.event import Facts
from bot.model.incident import EventKind, Phase, State
from bot.model.interval import Interval
from bot.model.verdict import BaselineMethod, Scope, Severity, round_to_percent
from bot.text.translations import Translations

# The least missing share for each word; docs/words.md and pages publish these shares.
SHARE_WORDS = ((0.9, "almost-all"), (0.5, "most"), (0.2, "some"))


def missing_share(level: float) -> str:
    """Return the word for the share of the normal level that is missing at `level`.

    The result is "" if less than 20% is missing. A level of 1.0 is normal. The level is
    rounded as in texts, so the word always agrees with the percentage beside it.
    """
    share = round(1.0 - round_to_percent(level) / 100, 2)
    return next((word for least, word in SHARE_WORDS if share >= least), "")


_LOOKBACK: Mapping[str, timedelta] = {
    BaselineMethod.DAILY: timedelta(days=7),
    BaselineMethod.FLAT: timedelta(days=7),
}
_DEFAULT_LOOKBACK = timedelta(weeks=4)
_KEPT_LOOKBACK = timedelta(weeks=1)


def baseline_reference(
    facts: Facts, window: Interval, translations: Translations
) -> str:
    """Describe the baseline of the readings in `window`: method and dates."""
    method = facts.levels.method or ""
    # A kept baseline is always from the week before the onset, for every window.
    if method == BaselineMethod.KEPT:
        until = facts.timing.onset.since
        since = until - _KEPT_LOOKBACK
    else:
        until = facts.timing.as_of
        since = window.since - _LOOKBACK.get(method, _DEFAULT_LOOKBACK)
    if not translations.has("references", method):
        method = "unknown"
    same = since.year == until.year
    dates = {
        "since": translations.date(since, "date" if same else "dated"),
        "until": translations.date(until, "dated"),
    }
    reference = translations.translate("references", method, **dates)
    return translations.translate("chart", "reference", reference=reference)


def disruption_noun(
    translations: Translations,
    place: EntityKind,
    scope: Scope,
    severity: Severity,
    table: str = "nouns",
) -> str:
    """Return the noun for a disruption of this scope and severity.

    The table "phrases" has each noun with its article. Only English has this table; in
    other languages the result is the noun in the table "nouns".
    """
    # The nouns for the scope "national" are for countries. Other places have others.
    wide = scope is Scope.NATIONAL and place is not EntityKind.COUNTRY
    path = ("place" if wide else scope, severity)
    noun = translations.find(table, *path)
    return noun if isinstance(noun, str) else translations.translate("nouns", *path)


def text_severity(facts: Facts) -> Severity:
    """Return the severity that texts give.

    If the incident is over or partly restored, this is the worst severity so far. If
    not, it is the present severity.
    """
    if facts.timing.restored is None and facts.state is not State.PARTLY_RESTORED:
        return facts.severity
    order = list(Severity)
    seen = [p.severity for p in facts.phases] + [facts.severity]
    return max(seen, key=order.index)


def earlier_noun(translations: Translations, facts: Facts) -> str:
    """Return the noun of the first phase, such as "a regional internet blackout".

    Only in English does it have its article. The result is "" if the scope is the same
    now, or if the present noun is the same.
    """
    if not facts.phases or facts.phases[0].scope == facts.scope:
        return ""
    first = facts.phases[0]
    then = disruption_noun(
        translations, facts.place.kind, first.scope, first.severity, table="phrases"
    )
    now = disruption_noun(
        translations, facts.place.kind, facts.scope, facts.severity, table="phrases"
    )
    return "" if then == now else then


def _since_escalation(phases: Sequence[Phase]) -> Sequence[Phase]:
    """Return the phases after the last confirmation, escalation or reopening."""
    falls = (EventKind.ESCALATED, EventKind.REOPENED, EventKind.CONFIRMED)
    last = max((n for n, p in enumerate(phases) if p.kind in falls), default=-1)
    return phases[last + 1 :]


def escalation_change(phases: Sequence[Phase], facts: Facts) -> str:
    """Return what an escalation changed: "again", "wider", "deeper" or ""."""
    if not phases:
        return ""
    last, scopes, severities = phases[-1], list(Scope), list(Severity)
    # A fall after a partial return is "again", even if it is also wider or deeper.
    if any(p.kind is EventKind.PARTLY_RESTORED for p in _since_escalation(phases)):
        return "again"
    if scopes.index(facts.scope) > scopes.index(last.scope):
        return "wider"
    deeper = severities.index(facts.severity) > severities.index(last.severity)
    return "deeper" if deeper else ""
