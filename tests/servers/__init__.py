"""Servers for tests: real ones where there are any, an honest stand-in for X."""
