"""Charts: one look, one file a kind, all from the same arrays."""
