"""Fusion: the findings of a place and its parts become one verdict."""
