"""Readers who subscribe by e-mail: their choices, their addresses, their messages."""
