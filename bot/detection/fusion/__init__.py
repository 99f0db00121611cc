"""How the findings of a place become one verdict."""
