"""Sources of readings, one package each, and their registry."""
