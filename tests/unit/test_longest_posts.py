"""The longest posts fit 280 characters in every language (P4)."""

from dataclasses import replace

import pytest

from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, State
from tests.builders import PROBING, X, event, facts, series
from tests.unit.test_shared_wording import LANGUAGES, WRITER


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", ["GS", "AG"])
@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (EventKind.SUSPECTED, State.SUSPECTED),
        (EventKind.ESCALATED, State.CONFIRMED),
        (EventKind.REOPENED, State.CONFIRMED),
    ],
)
def test_a_long_name_fits_where_the_level_is_silent(kind, state, place, lang):
    """The mark of a reconstruction and the time of the last reading are long as well."""
    entity = Entity(EntityKind.COUNTRY, place)
    silent = facts(
        place=entity,
        state=state,
        level=None,
        series=(series(PROBING, None, entity),),
        reconstruction=True,
    )
    text = WRITER._text(event(kind, facts=silent), replace(X, lang=lang))
    assert text.length <= 280
