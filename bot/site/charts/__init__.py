"""Writes the SVG charts of the site: of incidents, and the timeline of all."""
