"""The sentence oracle: it compares published sentences with a generated world."""
