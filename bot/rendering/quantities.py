"""Quantities as words, with numbers behind them (see docs/words.md)."""

_WORDS = ((0.9, "almost-all"), (0.5, "most"), (0.2, "some"))


def missing(level: float) -> str:
    """How much of the ordinary level is missing, by name; empty: too little to say.

    `level` is a fraction of ordinary. It is rounded as it is shown, so that the word
    and the number beside it never disagree.
    """
    share = round(1.0 - int(level * 100 + 0.5) / 100, 2)
    return next((word for least, word in _WORDS if share >= least), "")
