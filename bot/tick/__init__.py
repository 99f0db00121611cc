"""One tick in order: read, assess, record, classify, decide, show, post."""
