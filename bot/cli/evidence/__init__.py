"""The commands that check and hand out evidence bundles."""
