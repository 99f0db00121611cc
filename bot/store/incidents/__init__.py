"""Incidents with their events, classifications, attributions and manual corrections."""
