"""The recording source."""
