"""The claim linter: whatever a draft says is held against the facts of its event."""
