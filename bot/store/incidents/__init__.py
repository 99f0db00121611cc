"""Incidents with their events, classes, attributions and manual corrections."""
