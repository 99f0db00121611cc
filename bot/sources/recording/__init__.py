"""A source of stored readings, which are read from a folder as if they were live."""
