"""Combines the findings of a place and of its parts into one verdict."""
