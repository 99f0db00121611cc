"""Fitting of a text to a channel: its length, what is left out, and direction marks."""
