"""Stored readings, read from a folder as if they were served now."""
