"""Atom and JSON feeds of the incidents that the report site shows."""
