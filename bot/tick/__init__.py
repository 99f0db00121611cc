"""One tick in order: read, detect, record, decide, show."""
