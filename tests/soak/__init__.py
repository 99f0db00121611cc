"""Runs in which the process dies or the network fails at random steps (P10)."""
