"""The claim linter: compares each statement of a draft with the facts of its event."""
