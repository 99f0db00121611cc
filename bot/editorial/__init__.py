"""Editorial use cases: decisions, drafts, review, corrections, causes."""
