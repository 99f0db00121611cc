"""The timeline of an incident, and the levels and cuts that are computed from it."""
