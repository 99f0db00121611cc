"""Hands the levels of the watched places to the report site, a few in each tick."""
