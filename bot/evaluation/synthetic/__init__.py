"""The synthetic benchmark: generated series with known outages and known artefacts."""
