"""The sentence oracle: it compares published sentences with the truth of a world."""
