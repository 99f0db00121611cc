"""A generated benchmark: made-up series with known outages and known artefacts."""
