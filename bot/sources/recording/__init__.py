"""A source that serves the readings of a recording as if they were live."""
