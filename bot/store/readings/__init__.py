"""Readings, stored as rows of packed bins, and gaps."""
