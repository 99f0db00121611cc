"""Readings as rows of packed bins, and their gaps."""
