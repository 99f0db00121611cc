"""Incidents, what was concluded about them, and what people did about them."""
