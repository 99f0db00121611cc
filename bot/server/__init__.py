"""Serves the report site over HTTP: files, health, and a stream of new steps."""
